/**
 * The cells of one row to the fields they change. A new row takes everything; a known row takes only what its source
 * changed since the last import, and leaves alone what a person changed meanwhile.
 */
import { isBlank } from '../../../../shared/domain/import/evidence.ts';
import type { Reading } from '../../../../shared/domain/import/reading.ts';
import { isBad, type Bad, type CellValue, type Scalar } from '../../../../shared/domain/kinds.ts';
import { listItems } from '../../../../shared/domain/parse/list.ts';
import type { ProblemCode } from '../../../../shared/domain/problems.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import type { StoredRow } from '../../store/api.ts';
import type { Bound, BoundColumn } from './bind.ts';
import { withinField, type Links } from './links.ts';
import { isLink, readCell, readLink, sourceOf, textOf, type ReadRow } from './read-cell.ts';
import { FIRST } from './recipe.ts';
import { hashSource, hashValue, isSameText, readEntry, seenEntry, type Seen } from './seen.ts';
import { besidesOf, type IsSettled, type Says, type Stands } from './standing.ts';

export type RowCells = {
  /** Stored fields to write. */
  readonly values: Record<string, CellValue>;
  /** Fields that no column and no rule can hold: the day an order went out. */
  readonly resolved: Record<string, CellValue>;
  readonly seen: Record<string, string>;
  /** What a person should know of the cells: those that cannot be read, those of a known row that are new, those left alone. */
  readonly found: Found;
};

export type Found = {
  readonly issues: { readonly column: BoundColumn; readonly bad: Bad }[];
  /** Values that were taken and might have been meant otherwise. */
  readonly doubts: Doubt[];
  readonly changed: BoundColumn[];
  /** The person's value stayed. */
  readonly kept: BoundColumn[];
};

export type Doubt = {
  readonly column: BoundColumn;
  readonly code: ProblemCode;
  readonly raw: string;
  readonly value: CellValue;
};

/** The record as it stands, for a known row. */
export type Standing = Stands & {
  readonly seen: Seen;
  /** Whether an import of this source told of the row before: what differs then is a person's work. */
  readonly isKnown: boolean;
};

/** Constants stand in `seen` beside the fields, so that a changed recipe is a changed source. */
const constantKey = (field: string): string => `=${field}`;

/** Days of a line are written with it: the rules put them on its schedule lines. */
const isResolved = ({ model }: BoundColumn): boolean => model.kind === 'computed' && model.lives === undefined;
const isOnChildren = ({ model }: BoundColumn): boolean => model.kind === 'computed' && model.lives !== undefined;

/** Sets one element of a list; an empty one is taken out. */
const withElement = (list: Scalar, element: string, value: string | null): string | null => {
  const items = list === null ? [] : listItems(String(list)).map(([label, text]): [string, string] => [label, text]);
  const at = element === FIRST ? (items.length === 0 ? -1 : 0) : items.findIndex(([label]) => label === element);
  if (value === null) {
    if (at >= 0) items.splice(at, 1);
  } else if (at >= 0) items[at] = [items[at]?.[0] ?? '', value];
  else items.push([element === FIRST ? '' : element, value]);
  return items.length === 0 ? null : JSON.stringify(items);
};

/** The text of one entry of a list. */
export const elementOf = (list: Scalar, element: string): string | null =>
  list === null
    ? null
    : (listItems(String(list)).find(([label], at) => (element === FIRST ? at === 0 : label === element))?.[1] ?? null);

/** The value a field has now: its bad text where it has one. */
const standingValue = ({ row, issues }: Standing, column: BoundColumn): CellValue => {
  const stored = row[column.field] ?? null;
  if (column.element !== null) return elementOf(stored, column.element);
  if (stored !== null) return stored;
  const issue = issues.find((one) => one.field === column.field && one.origin === 'parse');
  return issue && issue.raw !== null ? { '!': [issue.raw, issue.code] } : null;
};

/** Whether a field holds a value that can be read. */
const stands = (standing: Standing, column: BoundColumn): boolean => {
  const value = standingValue(standing, column);
  return value !== null && !isBad(value);
};

export type CellReader = {
  /** Reads the cells of a new row. */
  readNew(row: ReadRow, currency: string | null): RowCells;
  /** Whether a source differs from what it last told. Cheap: nothing is read but the text. */
  hasChanged(row: ReadRow, seen: Seen): boolean;
  /** Reads what an export of ours says otherwise than what stands. */
  readOwn(row: ReadRow, stands: Stands, currency: string | null): RowCells;
  /** Reads what changed in a known row. */
  readChanges(row: ReadRow, standing: Standing, currency: string | null): RowCells;
  /** The text of the currency column, where there is one. */
  currencyOf(row: ReadRow): string | null;
};

const emptyCells = (seen: Seen): RowCells => ({
  values: {},
  resolved: {},
  seen: { ...seen },
  found: { issues: [], doubts: [], changed: [], kept: [] },
});

const put = (to: RowCells, column: BoundColumn, value: CellValue, list: Scalar): void => {
  const { field, element } = column;
  if (isResolved(column)) to.resolved[field] = value;
  else if (element === null || isBad(value)) to.values[field] = value;
  else {
    const before = Object.hasOwn(to.values, field) ? to.values[field] : list;
    const text = value === null ? null : String(value);
    to.values[field] = withElement(isBad(before) ? null : (before ?? null), element, text);
  }
};

const note = (to: RowCells, column: BoundColumn, row: ReadRow, { value, doubt }: Reading): void => {
  const source = sourceOf(row, column);
  const entry = seenEntry(source, column.wayOf(source), value, isLink(column) && isBad(value));
  if (entry === undefined) delete to.seen[column.target];
  else to.seen[column.target] = entry;
  if (isBad(value)) to.found.issues.push({ column, bad: value });
  if (doubt !== null) to.found.doubts.push({ column, code: doubt, raw: textOf(row, column), value });
};

/** Constants of the recipe that changed since they were written, where nobody changed the field. */
const changeConstants = (to: RowCells, constants: Bound['constants'], { row, seen }: Standing): void => {
  for (const [field, value] of constants) {
    const last = readEntry(seen[constantKey(field)]).value;
    if (last === hashValue(value)) continue;
    if (value === null) delete to.seen[constantKey(field)];
    else to.seen[constantKey(field)] = hashValue(value);
    if (hashValue(row[field] ?? null) === last) to.values[field] = value;
  }
};

/** Whose the record of a link has to be: what the row says of that, else what stands. */
const createWithin = (bound: { readonly columns: readonly BoundColumn[]; readonly table: TableName }, links: Links) => {
  const { columns, table } = bound;
  const fields = new Map(columns.filter(isLink).map((column) => [column, withinField(table, column)]));
  return (column: BoundColumn, row: ReadRow, stored: StoredRow | null): string | null => {
    const field = fields.get(column) ?? null;
    if (field === null) return null;
    const said = columns.find((one) => one.field === field && !isBlank(textOf(row, one)));
    const id = said === undefined ? stored?.[field] : links.resolve(said, textOf(row, said));
    return typeof id === 'string' ? id : null;
  };
};

type Reads = {
  readonly read: (column: BoundColumn, row: ReadRow, currency: string | null, stored: StoredRow | null) => Reading;
  /** Whether another column has said the same of a link: the code beside the name. */
  readonly isSaid: (row: ReadRow, column: BoundColumn) => boolean;
  readonly isTold: (to: RowCells, column: BoundColumn) => boolean;
};

const createReads = ({ columns, source }: Bound, links: Links): Reads => {
  const besides = besidesOf(columns);
  const withinOf = createWithin({ columns, table: source.entry.table }, links);
  return {
    read: (column, row, currency, stored) =>
      isLink(column)
        ? readLink(column, row, (text) => links.resolve(column, text, withinOf(column, row, stored)))
        : readCell(column, row, currency),
    isSaid: (row, column) => besides.get(column)?.some((other) => !isBlank(textOf(row, other))) === true,
    isTold: (to, column) =>
      besides.get(column)?.length !== 0 && Object.hasOwn(to.values, column.field) && !isBad(to.values[column.field]),
  };
};

/** What is asked of the record as it stands. */
type Stand = { readonly says: Says; readonly isSettled: IsSettled };

const createOwnReader =
  ({ columns }: Bound, { read, isSaid, isTold }: Reads, { says, isSettled }: Stand): CellReader['readOwn'] =>
  (row, stands, currency) => {
    const to = emptyCells({});
    for (const column of columns) {
      if (says(stands, column, row, currency) || isTold(to, column)) continue;
      // A name beside a code that was taken out, or the other way round, still says which record it is.
      if (isBlank(textOf(row, column)) && isSaid(row, column)) continue;
      if (isSettled(stands, column)) {
        to.found.kept.push(column);
        continue;
      }
      const reading = read(column, row, currency, stands.row);
      note(to, column, row, reading);
      to.found.changed.push(column);
      put(to, column, reading.value, stands.row[column.field] ?? null);
    }
    return { ...to, seen: {} };
  };

const createNewReader =
  ({ columns, constants }: Bound, { read, isTold }: Reads): CellReader['readNew'] =>
  (row, currency) => {
    const to = emptyCells({});
    for (const column of columns) {
      if (isBlank(textOf(row, column)) && isBlank(sourceOf(row, column))) continue;
      const reading = read(column, row, currency, null);
      if (reading.value !== null && !isTold(to, column)) put(to, column, reading.value, null);
      note(to, column, row, reading);
    }
    for (const [field, value] of constants) {
      to.values[field] = value;
      if (value !== null) to.seen[constantKey(field)] = hashValue(value);
    }
    return to;
  };

export const createCellReader = (bound: Bound, links: Links, stand: Stand): CellReader => {
  const { columns, constants } = bound;
  const reads = createReads(bound, links);
  const { read, isTold } = reads;
  const currencyColumn = columns.find((column) => column.target === 'currency');
  const readChange = (to: RowCells, column: BoundColumn, row: ReadRow, standing: Standing, currency: string | null): void => {
    const text = textOf(row, column);
    const source = sourceOf(row, column);
    const isMended = text !== source;
    const last = readEntry(standing.seen[column.target]);
    const told = hashSource(source, column.wayOf(source));
    if (!last.isOpen && !isMended && last.source === told) return;
    const reading = read(column, row, currency, standing.row);
    const { value } = reading;
    const now = hashValue(standingValue(standing, column));
    // The source says what it said before, which cannot be read this way: what stands is kept, and told unless it is
    // somebody's own, of which the file says nothing new.
    if (!isMended && isBad(value) && isSameText(last.source, told) && stands(standing, column)) {
      to.seen[column.target] = `${told}.${now}`;
      if (now === last.value) to.found.kept.push(column);
      return;
    }
    note(to, column, row, reading);
    const change = (list: Scalar): void => {
      if (isTold(to, column)) return;
      to.found.changed.push(column);
      put(to, column, value, list);
    };
    if (isResolved(column) || isOnChildren(column)) return change(null);
    if (now === hashValue(value)) return;
    if (now !== last.value && !isMended && standing.isKnown) to.found.kept.push(column);
    else change(standing.row[column.field] ?? null);
  };

  return {
    currencyOf: (row) => {
      const value = currencyColumn ? readCell(currencyColumn, row, null).value : null;
      return typeof value === 'string' ? value.toUpperCase() : null;
    },
    readNew: createNewReader(bound, reads),
    readOwn: createOwnReader(bound, reads, stand),
    hasChanged: (row, seen) =>
      row.asRead !== null ||
      columns.some((column) => {
        const last = readEntry(seen[column.target]);
        const text = textOf(row, column);
        return last.isOpen || last.source !== hashSource(text, column.wayOf(text));
      }) ||
      constants.some(([field, value]) => readEntry(seen[constantKey(field)]).value !== hashValue(value)),
    readChanges: (row, standing, currency) => {
      const to = emptyCells(standing.seen);
      for (const column of columns) readChange(to, column, row, standing, currency);
      changeConstants(to, constants, standing);
      return to;
    },
  };
};
