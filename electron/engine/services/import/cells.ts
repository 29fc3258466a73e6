/**
 * The cells of one row to the fields they change. A new row takes everything; a known row takes only what its source
 * changed since the last import, and leaves alone what a person changed meanwhile.
 */
import { isBlank } from '../../../../shared/domain/import/evidence.ts';
import { isBad, type CellValue, type Scalar } from '../../../../shared/domain/kinds.ts';
import { listItems } from '../../../../shared/domain/parse/list.ts';
import type { StoredRow } from '../../store/api.ts';
import type { CellIssue } from '../../../../shared/contract/shapes.ts';
import type { Bound, BoundColumn } from './bind.ts';
import { mapText } from './judge.ts';
import type { Links } from './links.ts';
import type { Tally } from './report.ts';
import { hashSource, hashValue, readEntry, seenEntry, type Seen } from './seen.ts';

export type RowCells = {
  /** Stored fields to write. */
  readonly values: Record<string, CellValue>;
  /** Fields that no column and no rule can hold: the day an order went out. */
  readonly resolved: Record<string, CellValue>;
  readonly seen: Record<string, string>;
};

/** The record as it stands, for a known row. */
export type Standing = { readonly row: StoredRow; readonly issues: readonly CellIssue[]; readonly seen: Seen };

/** Constants stand in `seen` beside the fields, so that a changed recipe is a changed source. */
const constantKey = (field: string): string => `=${field}`;

const isLink = ({ model }: BoundColumn): boolean => model.kind === 'link' || model.kind === 'ref';
/** Days of a line are written with it: the rules put them on its schedule lines. */
const isResolved = ({ model }: BoundColumn): boolean => model.kind === 'computed' && model.lives === undefined;
const isOnChildren = ({ model }: BoundColumn): boolean => model.kind === 'computed' && model.lives !== undefined;

/** Sets one element of a list; an empty one is taken out. */
const withElement = (list: Scalar, element: string, value: string | null): string | null => {
  const items = list === null ? [] : listItems(String(list)).map(([label, text]): [string, string] => [label, text]);
  const at = items.findIndex(([label]) => label === element);
  if (value === null) {
    if (at >= 0) items.splice(at, 1);
  } else if (at >= 0) items[at] = [element, value];
  else items.push([element, value]);
  return items.length === 0 ? null : JSON.stringify(items);
};

const elementOf = (list: Scalar, element: string): string | null =>
  list === null ? null : (listItems(String(list)).find(([label]) => label === element)?.[1] ?? null);

/** The value a field has now: its bad text where it has one. */
const standingValue = ({ row, issues }: Standing, column: BoundColumn): CellValue => {
  const stored = row[column.field] ?? null;
  if (column.element !== null) return elementOf(stored, column.element);
  if (stored !== null) return stored;
  const issue = issues.find((one) => one.field === column.field && one.origin === 'parse');
  return issue && issue.raw !== null ? { '!': [issue.raw, issue.code] } : null;
};

export type CellReader = {
  /** Reads the cells of a new row. */
  readNew(cells: readonly string[], currency: string | null): RowCells;
  /** Whether a source differs from what it last told. Cheap: nothing is read but the text. */
  hasChanged(cells: readonly string[], seen: Seen): boolean;
  /** Reads what changed in a known row. */
  readChanges(cells: readonly string[], standing: Standing, currency: string | null): RowCells;
  /** The text of the currency column, where there is one. */
  currencyOf(cells: readonly string[]): string | null;
};

const textOf = (cells: readonly string[], column: BoundColumn): string => mapText(column.map, cells[column.at] ?? '');

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

const note = (to: RowCells, column: BoundColumn, text: string, value: CellValue, tally: Tally): void => {
  const entry = seenEntry(text, value, isLink(column) && isBad(value));
  if (entry === undefined) delete to.seen[column.target];
  else to.seen[column.target] = entry;
  if (isBad(value)) tally.issue(column, value);
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

export const createCellReader = ({ columns, constants }: Bound, links: Links, tally: Tally): CellReader => {
  const currencyColumn = columns.find((column) => column.target === 'currency');
  const read = (column: BoundColumn, text: string, currency: string | null): CellValue => {
    if (isBlank(text)) return null;
    return isLink(column) ? links.resolve(column, text) : column.read(text, currency);
  };
  const readChange = (to: RowCells, column: BoundColumn, text: string, standing: Standing, currency: string | null): void => {
    const source = hashSource(text);
    const last = readEntry(standing.seen[column.target]);
    if (!last.isOpen && last.source === source) return;
    const value = read(column, text, currency);
    note(to, column, text, value, tally);
    if (isResolved(column) || isOnChildren(column)) return put(to, column, value, null);
    const now = hashValue(standingValue(standing, column));
    if (now === hashValue(value)) return;
    if (now !== last.value) tally.keep(column);
    else put(to, column, value, standing.row[column.field] ?? null);
  };

  return {
    currencyOf: (cells) => {
      const value = currencyColumn ? currencyColumn.read(textOf(cells, currencyColumn), null) : null;
      return typeof value === 'string' ? value.toUpperCase() : null;
    },
    readNew: (cells, currency) => {
      const to: RowCells = { values: {}, resolved: {}, seen: {} };
      for (const column of columns) {
        const text = textOf(cells, column);
        if (isBlank(text)) continue;
        const value = read(column, text, currency);
        put(to, column, value, null);
        note(to, column, text, value, tally);
      }
      for (const [field, value] of constants) {
        to.values[field] = value;
        if (value !== null) to.seen[constantKey(field)] = hashValue(value);
      }
      return to;
    },
    hasChanged: (cells, seen) =>
      columns.some((column) => {
        const last = readEntry(seen[column.target]);
        return last.isOpen || last.source !== hashSource(textOf(cells, column));
      }) || constants.some(([field, value]) => readEntry(seen[constantKey(field)]).value !== hashValue(value)),
    readChanges: (cells, standing, currency) => {
      const to: RowCells = { values: {}, resolved: {}, seen: { ...standing.seen } };
      for (const column of columns) readChange(to, column, textOf(cells, column), standing, currency);
      changeConstants(to, constants, standing);
      return to;
    },
  };
};
