/**
 * From a typed cell to the store: shown at once, sent in order, rolled back only when the engine refuses, and
 * then with the reason on the cell and the text kept. One commit is one undo step, of one cell or of a whole paste.
 * Commits of one grid follow one another, so that the second cell of a new row never overtakes the first.
 */
import type { Client } from '../../../shared/contract/index.ts';
import type { Changed, Patch, Refusal } from '../../../shared/contract/shapes.ts';
import type { ProblemCode } from '../../../shared/domain/problems.ts';
import { levelOf } from '../../../shared/domain/problems.ts';
import type { TableName } from '../../../shared/model/index.ts';
import { isTableName, tableOf } from '../../../shared/model/index.ts';
import type { GridColumn } from '../columns.ts';
import { sayCreate } from './create.ts';
import type { CellInput, Edits, Shown } from './edits.ts';

/** A list item that was taken: the value to store and what to show for it. `makes`: it is made by the same step. */
export type Taken = {
  readonly value: string | number;
  readonly code: string | null;
  readonly title: string | null;
  readonly makes?: Patch;
};

/**
 * What an editor hands over: the text as typed and, where a list item was taken, which one, perhaps a moment later.
 * `bad`: what is known to be wrong with the text before anybody reads it; it is kept with that.
 */
export type Entry = {
  readonly text: string;
  readonly taken: Taken | null | Promise<Taken | null>;
  readonly bad?: ProblemCode | undefined;
};

export type CellEntry = { readonly row: string; readonly column: GridColumn; readonly entry: Entry };

/** What the change is, for its history, and whether cells that may not be changed are left out instead of all. */
export type How = { readonly source?: 'edit' | 'paste' | 'fill'; readonly isLenient?: boolean };

export type CommitHost = {
  readonly port: Pick<Client, 'records.apply' | 'records.transition'>;
  readonly table: TableName;
  readonly edits: Edits;
  /** Where it was done, for the undo step: `orders`, `orders/<id>`. */
  readonly screen: string;
  /** Values a new row starts with beside what is typed; null where the row is a record already. */
  startOf(row: string): Readonly<Record<string, CellInput>> | null;
  /** What has to change with a new row: the places of the rows below it. */
  along(row: string): readonly Patch[];
  /** The rows are records now. */
  inserted(rows: readonly string[]): void;
  /** Whether the row is there to be looked at; what cannot be seen needs no picture. */
  isShown?(row: string): boolean;
  /** Text as the one parser reads it here, for the picture until the engine answers. */
  read(column: GridColumn, text: string, row: string): Shown;
  /** The picture of these rows changed. */
  redraw(rows: readonly string[]): void;
  /** The engine took it: these rows are to be read again. */
  saved(rows: readonly string[]): void;
  /** Also said aloud; the cell carries the reason in any case. */
  failed(message: string): void;
};

export type Commit = {
  /**
   * Resolves when the engine has answered, with its answer; null where it would not take it, or there was nothing to
   * take. Never rejects: what failed is on the cells.
   */
  (cells: readonly CellEntry[], label?: string, how?: How): Promise<Changed | null>;
  /** When everything typed so far has been answered. */
  settled(): Promise<void>;
};

type Held = CellEntry & { readonly ticket: number | null };
type Input = {
  readonly row: string;
  readonly field: string;
  readonly input: CellInput;
  readonly move: string | null;
  readonly makes?: Patch | undefined;
};

/** Beyond this many cells nobody typed them: they are still where they came from, and are not kept one by one. */
const mostKept = 500;

const shownTaken = (taken: Taken): Shown => ({ value: taken.value, label: { code: taken.code, title: taken.title } });

const labelOf = (table: TableName, cells: readonly CellEntry[]): string => {
  const { one } = tableOf(table);
  const [first] = cells;
  const taken = first?.entry.taken instanceof Promise ? null : first?.entry.taken;
  if (taken?.makes && isTableName(taken.makes.table)) return sayCreate(taken.makes.table, taken.title ?? taken.code ?? '');
  return cells.length === 1 && first ? `${one}: ${first.column.label}` : `${one}: ${cells.length} cells`;
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const rowsOf = (cells: readonly { readonly row: string }[]): readonly string[] => [...new Set(cells.map(({ row }) => row))];

/** The picture of an edit while a look-up may still decide what it means. */
const firstPicture = (host: CommitHost, { column, row, entry: { text, taken, bad } }: CellEntry): Shown => {
  if (bad !== undefined) return { bad: { raw: text, code: bad, level: levelOf(bad) } };
  if (taken instanceof Promise) return { value: text, label: { code: null, title: text } };
  return taken === null ? host.read(column, text, row) : shownTaken(taken);
};

/** A state that is chosen alone is a step of its own, with its own reasons why not; among others it is written like them. */
const inputOf = ({ row, column, entry: { text, bad } }: Held, taken: Taken | null, isAlone: boolean): Input => {
  const field = column.key;
  if (bad !== undefined) return { row, field, input: { '!': [text, bad] }, move: null };
  if (taken === null) return { row, field, input: { '?': text }, move: null };
  const move = isAlone && column.editor === 'state' ? String(taken.value) : null;
  return { row, field, input: taken.value, move, makes: taken.makes };
};

const resolve = async (host: CommitHost, held: readonly Held[]): Promise<readonly Input[]> => {
  const inputs: Input[] = [];
  for (const cell of held) {
    const { column, row, ticket, entry } = cell;
    const isAsked = entry.taken instanceof Promise;
    const taken = entry.taken instanceof Promise ? await entry.taken : entry.taken;
    if (isAsked && ticket !== null) host.edits.show(ticket, taken ? shownTaken(taken) : host.read(column, entry.text, row));
    inputs.push(inputOf(cell, taken, held.length === 1));
  }
  return inputs;
};

const patchesOf = (host: CommitHost, inputs: readonly Input[]): readonly Patch[] => {
  const byRow = new Map<string, Record<string, CellInput>>();
  for (const { row, field, input } of inputs) byRow.set(row, Object.assign(byRow.get(row) ?? {}, { [field]: input }));
  const made = new Map(inputs.flatMap(({ makes }) => (makes ? [[makes.id, makes] as const] : [])));
  const written = [...byRow].flatMap(([row, values]): Patch[] => {
    const start = host.startOf(row);
    if (start === null) return [{ kind: 'update', table: host.table, id: row, values }];
    const kept = Object.fromEntries(host.edits.refusedOf(row).map(({ field, text }) => [field, { '?': text }]));
    return [...host.along(row), { kind: 'insert', table: host.table, id: row, values: { ...start, ...kept, ...values } }];
  });
  return [...made.values(), ...written];
};

/** Cells that were left out show what they held before. */
const letGoRefused = (edits: Edits, refused: readonly Refusal[]): void => {
  for (const { row, field } of refused) {
    if (field === null) edits.dropRow(row);
    else edits.drop({ row, field });
  }
};

const write = async (host: CommitHost, inputs: readonly Input[], label: string, how: How): Promise<Changed | null> => {
  const { port, table, screen, edits } = host;
  const patches = patchesOf(
    host,
    inputs.filter(({ move }) => move === null),
  );
  const { source = 'edit', isLenient = false } = how;
  const changed =
    patches.length === 0
      ? null
      : await port['records.apply']({ patches: [...patches], label, source, screen, ...(isLenient ? { skip: true } : {}) });
  for (const { row, field, move } of inputs)
    if (move !== null) await port['records.transition']({ table, id: row, field, to: move, screen });
  const refused = changed?.refused ?? [];
  letGoRefused(edits, refused);
  const left = new Set(refused.flatMap(({ row, field }) => (field === null ? [row] : [])));
  const own = new Set(inputs.map(({ row }) => row));
  const made = patches.filter(({ kind, id }) => kind === 'insert' && own.has(id) && !left.has(id)).map(({ id }) => id);
  for (const id of made) for (const { ticket } of edits.refusedOf(id)) edits.acknowledge(ticket);
  if (made.length > 0) host.inserted(made);
  return changed;
};

export const createCommit = (host: CommitHost): Commit => {
  const { edits, table } = host;
  let queue: Promise<unknown> = Promise.resolve();

  const hold = (cells: readonly CellEntry[]): readonly Held[] => {
    const isKept = cells.length <= mostKept;
    return cells.map((cell) => {
      const { row, column, entry } = cell;
      const isShown = host.isShown?.(row) ?? true;
      const ticket = isShown ? edits.hold({ row, field: column.key }, entry.text, firstPicture(host, cell), isKept) : null;
      return { ...cell, ticket };
    });
  };

  const refuse = (held: readonly Held[], message: string): void => {
    for (const { ticket, row, column } of held) {
      if (ticket === null) continue;
      if (held.length <= mostKept) edits.refuse(ticket, message);
      else edits.drop({ row, field: column.key });
    }
    host.failed(message);
  };

  const send = async (held: readonly Held[], label: string, how: How): Promise<Changed | null> => {
    const rows = rowsOf(held);
    try {
      const inputs = await resolve(host, held);
      host.redraw(rows);
      const changed = await write(host, inputs, label, how);
      for (const { ticket } of held) if (ticket !== null) edits.acknowledge(ticket);
      host.saved(rows);
      return changed;
    } catch (error) {
      refuse(held, messageOf(error));
      host.redraw(rows);
      return null;
    }
  };

  const commit = (cells: readonly CellEntry[], label = labelOf(table, cells), how: How = {}): Promise<Changed | null> => {
    if (cells.length === 0) return queue.then(() => null);
    const held = hold(cells);
    host.redraw(rowsOf(cells));
    const sent = queue.then(() => send(held, label, how));
    queue = sent;
    return sent;
  };
  return Object.assign(commit, {
    settled: async () => {
      await queue;
    },
  });
};
