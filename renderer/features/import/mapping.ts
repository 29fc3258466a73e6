/**
 * Changes of a recipe by hand: which column goes where, how it is read, what names a row. Pure: the recipe is the
 * one truth of the mapping, and everything shown is read from it.
 */
import type { AmbiguousColumn } from '../../../shared/contract/imports.ts';
import { headerKey } from '../../../shared/domain/import/headers.ts';
import type { Kind } from '../../../shared/domain/kinds.ts';
import { fieldIn, kindOf } from './targets.ts';
import type { Checked, CheckedRow, Column, DateOrder, Entry, Inspected, Recipe } from './types.ts';

const INDEX = /^#(\d+)$/;

/** Where a column that a recipe names stands in a file: its exact header, its position, its header more loosely. -1: nowhere. */
export const placeOf = (headers: readonly string[], name: string): number => {
  const exact = headers.indexOf(name);
  if (exact >= 0) return exact;
  const position = INDEX.exec(name);
  if (position) return Number(position[1]) <= headers.length ? Number(position[1]) - 1 : -1;
  const key = headerKey(name);
  return key === '' ? -1 : headers.findIndex((header) => headerKey(header) === key);
};

/** One line of the mapping: a column of the file, or of the recipe where the file has not been looked at. */
export type MappedColumn = {
  /** What the recipe calls it. */
  readonly name: string;
  readonly header: string;
  /** Index in the file; null where the file is not known or does not have it. */
  readonly at: number | null;
  readonly column: Column | undefined;
};

/** A name the recipe can use for a column that it does not know yet. */
const freshName = (headers: readonly string[], at: number): string => {
  const header = headers[at] ?? '';
  return header === '' || headers.indexOf(header) !== at ? `#${at + 1}` : header;
};

export const columnsOf = (entry: Entry, inspected: Inspected | null): readonly MappedColumn[] => {
  if (inspected === null) {
    return Object.entries(entry.columns).map(([name, column]) => ({ name, header: name, at: null, column }));
  }
  const headers = inspected.columns.map(({ header }) => header);
  const known = new Map(Object.keys(entry.columns).map((name) => [placeOf(headers, name), name]));
  const own = headers.map((header, at): MappedColumn => {
    const name = known.get(at) ?? freshName(headers, at);
    return { name, header: header === '' ? `Column ${at + 1}` : header, at, column: entry.columns[name] };
  });
  const absent = Object.entries(entry.columns).filter(([name]) => placeOf(headers, name) < 0);
  return [...own, ...absent.map(([name, column]): MappedColumn => ({ name, header: name, at: null, column }))];
};

export const withEntry = (recipe: Recipe, index: number, change: (entry: Entry) => Entry): Recipe => ({
  ...recipe,
  files: recipe.files.map((entry, at) => (at === index ? change(entry) : entry)),
});

export const withColumn = (recipe: Recipe, index: number, name: string, column: Column): Recipe =>
  withEntry(recipe, index, (entry) => ({ ...entry, columns: { ...entry.columns, [name]: column } }));

/** A column without one of its settings. */
export const without = (column: Column, key: keyof Column): Column => {
  const { [key]: _, ...rest } = column;
  return rest;
};

/** Adds a column to those that name a row, or takes it away. A key is held by its field where it has one. */
export const withKey = (recipe: Recipe, index: number, { name, column }: MappedColumn, isKey: boolean): Recipe =>
  withEntry(recipe, index, (entry) => {
    const rest = entry.key.filter((one) => one !== name && one !== column?.field);
    return { ...entry, key: isKey ? [...rest, name].slice(0, 5) : rest };
  });

export const isKey = (entry: Entry, { name, header, column }: MappedColumn): boolean =>
  entry.key.some((one) => one === name || one === header || one === column?.field);

/** What the text of a column is read as. */
export const readKind = (table: string, column: Column | undefined): Kind | null => {
  if (column === undefined || column.ignore === true) return null;
  if (column.custom !== undefined) return column.type ?? null;
  const field = fieldIn(table, column);
  return field === undefined ? null : field.kind === 'list' ? 'text' : kindOf(field);
};

export const isDateKind = (kind: Kind | null): boolean => kind === 'date' || kind === 'instant';
export const isNumberKind = (kind: Kind | null): boolean =>
  kind === 'integer' || kind === 'decimal' || kind === 'money' || kind === 'percent';

/** What a column looks like it holds, where the recipe leaves it open: the kind of a custom field is found by its cells. */
export const shownKind = (table: string, mapped: MappedColumn, inspected: Inspected | null): string | null => {
  const kind = readKind(table, mapped.column);
  if (kind !== null || mapped.column?.custom === undefined || mapped.at === null) return kind;
  return inspected?.columns[mapped.at]?.type.answer ?? null;
};

export type Candidate = AmbiguousColumn['candidates'][number];

export type Question = {
  readonly entry: number;
  readonly name: string;
  readonly header: string;
  readonly asks: 'dateOrder' | 'decimal' | 'type';
  /** The cells that prove one thing and the cells that prove the other. */
  readonly because: readonly string[];
  /** The answers there are, each with how a cell is read then; none where the check has not asked yet. */
  readonly candidates: readonly Candidate[];
};

/** What the check asked of columns, by file and header: `ambiguous` says it in its details. */
export type Asked = {
  readonly file: string;
  readonly header: string;
  readonly asks: string;
  readonly because: readonly string[];
  readonly candidates: readonly Candidate[];
};

const askedOf = (entry: Entry, mapped: MappedColumn, asked: readonly Asked[], index: number): Question[] => {
  const found = asked.find(({ header }) => header === mapped.header || header === mapped.name);
  if (!found || mapped.column === undefined || mapped.column.ignore === true) return [];
  const asks = found.asks === 'decimal' || found.asks === 'type' ? found.asks : 'dateOrder';
  // What was answered since is no question any more.
  return mapped.column[asks] === undefined && entry.columns[mapped.name] !== undefined
    ? [{ entry: index, name: mapped.name, header: mapped.header, asks, because: found.because, candidates: found.candidates }]
    : [];
};

/** What only a person can say, before any row can be checked. Nothing of it is ever answered beforehand. */
export const questionsOf = (recipe: Recipe, inspected: Inspected | null, asked: readonly Asked[]): readonly Question[] =>
  recipe.files.flatMap((entry, index) => {
    const own = recipe.files.length === 1 ? inspected : null;
    return columnsOf(entry, own).flatMap((mapped): Question[] => {
      const { name, header, at, column } = mapped;
      const dates = at === null ? null : (own?.columns[at]?.dateOrder ?? null);
      const isOpen = dates !== null && !dates.sure && column?.dateOrder === undefined;
      const kind = shownKind(entry.table, mapped, own);
      if (isOpen && (kind === 'date' || kind === 'instant'))
        return [{ entry: index, name, header, asks: 'dateOrder', because: dates.because, candidates: [] }];
      return askedOf(entry, mapped, asked, index);
    });
  });

/** The same order for every column of dates; null = each as found. */
export const withDates = (recipe: Recipe, index: number, inspected: Inspected | null, order: DateOrder | null): Recipe =>
  withEach(recipe, index, inspected, ['date', 'instant'], (column) =>
    order === null ? without(column, 'dateOrder') : { ...column, dateOrder: order },
  );

/** The same decimal mark for every column of numbers; null = each as found. */
export const withNumbers = (recipe: Recipe, index: number, inspected: Inspected | null, decimal: '.' | ',' | null): Recipe =>
  withEach(recipe, index, inspected, ['integer', 'decimal', 'money', 'percent'], (column) =>
    decimal === null ? without(column, 'decimal') : { ...column, decimal },
  );

const withEach = (
  recipe: Recipe,
  index: number,
  inspected: Inspected | null,
  kinds: readonly string[],
  change: (column: Column) => Column,
): Recipe =>
  withEntry(recipe, index, (entry) => {
    const changed = columnsOf(entry, inspected).flatMap((mapped): [string, Column][] => {
      const kind = shownKind(entry.table, mapped, inspected);
      return mapped.column !== undefined && kind !== null && kinds.includes(kind) ? [[mapped.name, change(mapped.column)]] : [];
    });
    return { ...entry, columns: { ...entry.columns, ...Object.fromEntries(changed) } };
  });

/** A recipe for one file, whatever its own file was called. */
export const fitAny = (recipe: Recipe): Recipe =>
  recipe.files.length === 1 ? withEntry(recipe, 0, (entry) => ({ ...entry, pattern: '*' })) : recipe;

/** How many columns go somewhere, of all. */
export const countMapped = (recipe: Recipe, inspected: Inspected | null): { readonly mapped: number; readonly of: number } => {
  const all = recipe.files.flatMap((entry) => columnsOf(entry, recipe.files.length === 1 ? inspected : null));
  return { mapped: all.filter(({ column }) => column !== undefined && column.ignore !== true).length, of: all.length };
};

/** Cells that have nowhere to go, beside those of rows that are left out as a whole and shown as such. */
export const countLost = (check: Checked | null, rows: readonly CheckedRow[]): number => {
  const out = rows
    .filter(({ result }) => result === 'out')
    .reduce((sum, { cells }) => sum + cells.filter(({ text }) => text.trim() !== '').length, 0);
  return Math.max(0, (check?.report.lost ?? 0) - out);
};

/** Rows by what becomes of them, with those with errors or without. */
export const resultsOf = ({ results, leaving }: Pick<Checked, 'results' | 'leaving'>, leaveErrors: boolean): Checked['results'] =>
  leaveErrors ? leaving : results;

/** The rows that are written. */
export const countWritten = ({ new: added, update: updated, error: wrong }: Checked['results']): number =>
  added + updated + wrong;
