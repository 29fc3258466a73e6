/**
 * From a typed cell to the store: shown at once, sent in order, rolled back only when the engine refuses, and
 * then with the reason on the cell and the text kept. One commit is one undo step. Commits of one grid follow
 * one another, so that the second cell of a new row never overtakes the first.
 */
import type { Client } from '../../../shared/contract/index.ts';
import type { Patch } from '../../../shared/contract/shapes.ts';
import type { TableName } from '../../../shared/model/index.ts';
import { tableOf } from '../../../shared/model/index.ts';
import type { GridColumn } from '../columns.ts';
import type { CellInput, Edits, Shown } from './edits.ts';

/** A list item that was taken: the value to store and what to show for it. */
export type Taken = { readonly value: string | number; readonly code: string | null; readonly title: string | null };

/** What an editor hands over: the text as typed and, where a list item was taken, which one, perhaps a moment later. */
export type Entry = { readonly text: string; readonly taken: Taken | null | Promise<Taken | null> };

export type CellEntry = { readonly row: string; readonly column: GridColumn; readonly entry: Entry };

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
  /** The row is a record now. */
  inserted(row: string): void;
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
  /** Resolves when the engine has answered; never rejects, what failed is on the cells. */
  (cells: readonly CellEntry[], label?: string): Promise<void>;
  /** When everything typed so far has been answered. */
  settled(): Promise<void>;
};

type Held = CellEntry & { readonly ticket: number };
type Input = { readonly row: string; readonly field: string; readonly input: CellInput };

const shownTaken = (taken: Taken): Shown => ({ value: taken.value, label: { code: taken.code, title: taken.title } });

const labelOf = (table: TableName, cells: readonly CellEntry[]): string => {
  const { one } = tableOf(table);
  const [first] = cells;
  return cells.length === 1 && first ? `${one}: ${first.column.label}` : `${one}: ${cells.length} cells`;
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The picture of an edit while a look-up may still decide what it means. */
const firstPicture = (host: CommitHost, { column, row, entry: { text, taken } }: CellEntry): Shown => {
  if (taken instanceof Promise) return { value: text, label: { code: null, title: text } };
  return taken === null ? host.read(column, text, row) : shownTaken(taken);
};

const resolve = async (host: CommitHost, { column, row, ticket, entry }: Held): Promise<Input & { taken: Taken | null }> => {
  const taken = await entry.taken;
  if (entry.taken instanceof Promise) host.edits.show(ticket, taken ? shownTaken(taken) : host.read(column, entry.text, row));
  return { row, field: column.key, taken, input: taken ? taken.value : { '?': entry.text } };
};

const patchesOf = (host: CommitHost, inputs: readonly Input[]): readonly Patch[] =>
  [...new Set(inputs.map((input) => input.row))].flatMap((row): Patch[] => {
    const values = Object.fromEntries(inputs.filter((i) => i.row === row).map((i) => [i.field, i.input]));
    const start = host.startOf(row);
    if (start === null) return [{ kind: 'update', table: host.table, id: row, values }];
    const kept = Object.fromEntries(host.edits.refusedOf(row).map(({ field, text }) => [field, { '?': text }]));
    return [...host.along(row), { kind: 'insert', table: host.table, id: row, values: { ...start, ...kept, ...values } }];
  });

export const createCommit = (host: CommitHost): Commit => {
  const { edits, port, table, screen } = host;
  let queue: Promise<void> = Promise.resolve();

  const write = async (inputs: readonly (Input & { taken: Taken | null })[], held: readonly Held[], label: string) => {
    const isMove = (cell: Held, at: number): boolean => cell.column.editor === 'state' && inputs[at]?.taken != null;
    const moves = inputs.filter((_, at) => held[at] !== undefined && isMove(held[at], at));
    const patches = patchesOf(
      host,
      inputs.filter((input) => !moves.includes(input)),
    );
    if (patches.length > 0) await port['records.apply']({ patches: [...patches], label, source: 'edit', screen });
    for (const { row, field, taken } of moves)
      await port['records.transition']({ table, id: row, field, to: String(taken?.value), screen });
    for (const patch of patches) {
      if (patch.kind !== 'insert') continue;
      for (const { ticket } of edits.refusedOf(patch.id)) edits.acknowledge(ticket);
      host.inserted(patch.id);
    }
  };

  const send = async (held: readonly Held[], label: string): Promise<void> => {
    const rows = [...new Set(held.map((cell) => cell.row))];
    try {
      const inputs = await Promise.all(held.map((cell) => resolve(host, cell)));
      host.redraw(rows);
      await write(inputs, held, label);
      for (const { ticket } of held) edits.acknowledge(ticket);
      host.saved(rows);
    } catch (error) {
      for (const { ticket } of held) edits.refuse(ticket, messageOf(error));
      host.redraw(rows);
      host.failed(messageOf(error));
    }
  };

  const commit = (cells: readonly CellEntry[], label = labelOf(table, cells)): Promise<void> => {
    if (cells.length === 0) return queue;
    const held = cells.map((cell) => ({
      ...cell,
      ticket: edits.hold({ row: cell.row, field: cell.column.key }, cell.entry.text, firstPicture(host, cell)),
    }));
    host.redraw([...new Set(cells.map((cell) => cell.row))]);
    queue = queue.then(() => send(held, label));
    return queue;
  };
  return Object.assign(commit, { settled: () => queue });
};
