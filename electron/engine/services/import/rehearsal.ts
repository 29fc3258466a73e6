/**
 * A batch that is remembered instead of written. A check and a dry run go the way of the import itself, row by row
 * through the same rules, against a reader that sees the store with their changes over it; so they find what the
 * import will find, and the store is never touched. Memory holds the rows that change, for as long as it lasts.
 */
import { isBad, isTyped, type Bad, type CellInput, type CellValue, type Scalar } from '../../../../shared/domain/kinds.ts';
import { fieldOf, isTableName, storedFields, tableOf, type TableName } from '../../../../shared/model/index.ts';
import type { Batch, Change, Reader, RuleIssue, Rules, StorePatch, StoredRow } from '../../store/api.ts';
import { asRow, createOverlay, createReaderOver, issuesOf, type Overlay, type Row } from './overlay.ts';

export type Rehearsal = {
  /** The store as it would be. */
  readonly reader: Reader;
  readonly begin: () => Batch;
  /** A row that was made or changed, as it would stand. */
  readonly changed: (table: TableName, id: string) => StoredRow | undefined;
};

/** One issue per field: the first error, else the first warning, as the store keeps them. */
const firstPerField = (issues: readonly RuleIssue[]): readonly RuleIssue[] => {
  const found = new Map<string, RuleIssue>();
  for (const issue of issues) {
    const known = found.get(issue.field);
    if (known === undefined || (known.level === 'warning' && issue.level === 'error')) found.set(issue.field, issue);
  }
  return [...found.values()];
};

/** What the rules say of a row, to be compared. */
const said = ({ ruled }: Row): string =>
  ruled
    .map(({ field, code }) => `${field} ${code}`)
    .toSorted()
    .join();

type Start = { readonly blank: Readonly<Record<string, Scalar>>; readonly states: readonly string[] };

/** What a new row of a table is before anything is written on it: its defaults, its states still open. */
const createStarts = () => {
  const known = new Map<TableName, Start>();
  return (table: TableName): Start => {
    const found = known.get(table);
    if (found) return found;
    const fields = storedFields(table);
    const blank = Object.fromEntries(fields.map(([name, field]): [string, Scalar] => [name, field.default ?? null]));
    const made = { blank, states: fields.filter(([, { kind }]) => kind === 'state').map(([name]) => name) };
    known.set(table, made);
    return made;
  };
};

/** A cell's part in its column, and the bad text beside it. */
const setCell = (row: Row, field: string, input: CellInput): void => {
  // What a file brings was read before: nothing is left as typed.
  const value: CellValue = isTyped(input) ? input['?'] : input;
  if (row.values === null) return;
  if (isBad(value)) row.bad.set(field, value);
  else row.bad.delete(field);
  row.values[field] = isBad(value) || value === '' ? null : value;
};

/** A state keeps standing where text names none. */
const setState = (row: Row, field: string, input: CellInput, otherwise: Scalar): void => {
  if (row.values === null) return;
  if (isBad(input)) row.bad.set(field, input);
  else row.bad.delete(field);
  row.values[field] = typeof input === 'string' && input !== '' ? input : otherwise;
};

/** Writes patches into the overlay, as the store would: a new row with its defaults and its first state. */
const createWrites = (base: Reader, overlay: Overlay, rules: Rules) => {
  const startOf = createStarts();
  const open = (table: TableName, id: string): Row | undefined => {
    const known = overlay.get(table, id);
    if (known) return known;
    const stored = base.get(table, id);
    if (!stored) return undefined;
    const had = base.issues(table, id);
    const parsed = had.filter(({ origin }) => origin === 'parse');
    const bad = new Map(parsed.map(({ field, raw, code }): [string, Bad] => [field, { '!': [raw ?? '', code] }]));
    const ruled = had.flatMap(({ field, code, level, origin }) => (origin === 'rule' ? [{ field, code, level }] : []));
    const row: Row = { table, id, values: { ...stored }, bad, ruled };
    overlay.put(row);
    return row;
  };
  const write = (row: Row, field: string, input: CellInput, otherwise: Scalar): void => {
    if (fieldOf(row.table, field)?.kind === 'state') setState(row, field, input, otherwise);
    else setCell(row, field, input);
    overlay.note(row, field);
  };
  const insert = (table: TableName, id: string, values: Readonly<Record<string, CellInput>>): Row => {
    const { blank, states } = startOf(table);
    const row: Row = { table, id, values: { ...blank }, bad: new Map(), ruled: [] };
    overlay.put(row);
    for (const name of states) setState(row, name, values[name] ?? null, rules.initial(table, name));
    for (const [name, value] of Object.entries(values)) if (!states.includes(name)) setCell(row, name, value);
    overlay.noteAll(row);
    return row;
  };
  const apply = (patch: StorePatch): Row | undefined => {
    const { table, id } = patch;
    if (!isTableName(table)) return undefined;
    if (patch.kind === 'insert') return insert(table, id, patch.values);
    const row = open(table, id);
    if (!row) return undefined;
    if (patch.kind === 'update') {
      for (const [name, value] of Object.entries(patch.values)) write(row, name, value, row.values?.[name] ?? null);
    } else if (patch.kind === 'transition') write(row, patch.field, patch.to, null);
    else if (patch.kind === 'delete') row.values = null;
    return row;
  };
  return { apply, open };
};

export const createRehearsal = (base: Reader, rules: Rules, change: Change): Rehearsal => {
  const overlay = createOverlay();
  const reader = createReaderOver(base, overlay);

  const { apply, open } = createWrites(base, overlay, rules);
  /** As the store: rows that were not touched, but whose issues hang on rows that were. */
  const besideRows = (touched: ReadonlyMap<Row, StoredRow | undefined>): readonly Row[] => {
    const found = new Set<Row>();
    for (const [row, was] of touched) {
      for (const { table, id } of rules.beside(row.table, was, asRow(row), reader)) {
        const other = open(table, id);
        if (other !== undefined && other.values !== null && !touched.has(other)) found.add(other);
      }
    }
    return [...found];
  };
  /** What the rules say of a row now. Nobody is told of the workbench's own tables. */
  const judge = (row: Row, check: ReturnType<Rules['checks']>): void => {
    const stands = asRow(row);
    const isAsked = tableOf(row.table).shown === true;
    row.ruled = stands === undefined || !isAsked ? [] : firstPerField(check(row.table, stands));
  };
  const applyAll = (patches: readonly StorePatch[]) => {
    const touched = new Map<Row, StoredRow | undefined>();
    for (const patch of patches) {
      for (const one of rules.expand(patch, change, reader)) {
        const was = one.kind === 'insert' || !isTableName(one.table) ? undefined : reader.get(one.table, one.id);
        const row = apply(one);
        if (row && !touched.has(row)) touched.set(row, was);
      }
    }
    const check = rules.checks(reader);
    for (const row of touched.keys()) judge(row, check);
    const beside = besideRows(touched).filter((row) => {
      const had = said(row);
      judge(row, check);
      return said(row) !== had;
    });
    const told = [...touched.keys(), ...beside];
    const issues = told.flatMap((row) => issuesOf(row).filter(({ origin }) => origin === 'rule'));
    return { rows: told.map(({ table, id }) => ({ table, id })), issues, step: null, refused: [] };
  };
  return {
    reader,
    begin: () => ({ id: '', apply: (patches) => base.together(() => applyAll(patches)), done: () => null, undo: () => {} }),
    changed: (table, id) => {
      const row = overlay.get(table, id);
      return row ? asRow(row) : undefined;
    },
  };
};
