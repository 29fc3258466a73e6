/**
 * Files that went out of a workbench and come back. Their headers say exactly what each column shows, so nothing is
 * guessed: what the workbench works out is left out and said, a record is found by its id or by what names it here,
 * and a cell counts as changed only where it differs from what stands. A file is taken for one of ours only when nearly
 * all of its headers are those of one export and something in it is made by exports alone.
 */
import { AppError } from '../../../../shared/contract/define.ts';
import { isBlank } from '../../../../shared/domain/import/evidence.ts';
import { isFurniture } from '../../../../shared/domain/import/headers.ts';
import { cleanText } from '../../../../shared/domain/import/values.ts';
import { isUuid } from '../../../../shared/domain/uuid.ts';
import type { Field } from '../../../../shared/model/field.ts';
import { tableOf, type TableName } from '../../../../shared/model/index.ts';
import type { SourceTable } from '../../files/table.ts';
import type { Reader } from '../../store/api.ts';
import type { ExportShape } from '../../store/read/export-columns.ts';
import { ID_KEY, registerHeaders } from '../export/register-sheet.ts';
import { isReason } from './reason.ts';
import { importable } from './recipe.ts';
import { importTables, samplesOf } from './targets.ts';

/** What a column of such a file is. */
export type OwnColumn =
  | { readonly is: 'id' }
  | { readonly is: 'field'; readonly key: string; readonly field: Field; readonly part: 'value' | 'code' | 'title' }
  /** Of a list, the first entry. */
  | { readonly is: 'first'; readonly key: string }
  /** Follows from other fields or other records. */
  | { readonly is: 'computed' };

export type OwnFile = {
  readonly table: TableName;
  /** What it is an export of, in words. */
  readonly what: string;
  /** By column of the file; null: a column that somebody added. */
  readonly columns: readonly (OwnColumn | null)[];
};

/** The namespace of the keys of rows that came out of another workbench. */
export const ownSystem = (table: TableName): string => `workbench.${table}`;

export const isId = (text: string): boolean => isUuid(text.trim());

type Headers = ReadonlyMap<string, OwnColumn>;

/** A day of shipment follows from what was shipped; days of a line stand on its parts and can be written there. */
const isWorkedOut = (table: TableName, key: string, field: Field): boolean =>
  importable(table, key) === undefined ? !key.startsWith('x_') : field.kind === 'computed' && field.lives === undefined;

const fieldColumn = (table: TableName, key: string, field: Field, part: 'value' | 'code' | 'title'): OwnColumn =>
  isWorkedOut(table, key, field) ? { is: 'computed' } : { is: 'field', key, field, part };

const viewHeaders = ({ columns }: ExportShape, table: TableName): Headers =>
  new Map(
    columns.map(({ name, shows }): [string, OwnColumn] => {
      if (name === ID_KEY) return [name, { is: 'id' }];
      if (shows === null) return [name, { is: 'computed' }];
      if (shows.field.kind === 'list' && !shows.key.startsWith('x_')) return [name, { is: 'first', key: shows.key }];
      return [name, fieldColumn(table, shows.key, shows.field, shows.part)];
    }),
  );

const listHeaders = ({ fields }: ExportShape, table: TableName): Headers =>
  new Map(
    [...registerHeaders(table, fields)].map(([header, { key, part }]): [string, OwnColumn] => {
      const field = fields.get(key);
      return [header, field === undefined ? { is: 'id' } : fieldColumn(table, key, field, part)];
    }),
  );

/** Part of a file's headers that are of an export; a column or two may have been added. */
const MOST = 0.8;
const FEWEST = 2;
/** Columns of which all are an export's, when nothing else says that it is one. */
const MANY = 6;
const LOOKED_UP = 20;

/** Whether something in the file is made by exports alone: ids, both columns of a link, what is worked out. */
const hasMark = (columns: readonly (OwnColumn | null)[]): boolean => {
  const parts = new Map<string, Set<string>>();
  for (const column of columns) {
    if (column?.is !== 'field' || column.part === 'value') continue;
    parts.set(column.key, (parts.get(column.key) ?? new Set<string>()).add(column.part));
  }
  return (
    columns.some((column) => column?.is === 'id' || column?.is === 'computed') || [...parts.values()].some(({ size }) => size > 1)
  );
};

type Candidate = {
  readonly shape: ExportShape;
  readonly table: TableName | null;
  readonly columns: readonly (OwnColumn | null)[];
} & {
  readonly score: readonly number[];
};

const idsIn = (source: SourceTable, columns: readonly (OwnColumn | null)[]): readonly string[] => {
  const at = columns.findIndex((column) => column?.is === 'id');
  if (at < 0) return [];
  // The totals of a workbook stand under its ids: of a list of one row they would be half of it.
  const rows = source.rows.slice(0, LOOKED_UP + 1).filter((row) => !isFurniture(row, source.headers.length));
  return samplesOf({ ...source, rows }, at).slice(0, LOOKED_UP);
};

/** Whether every row that was looked at has the code of a record here. */
const areHere = (source: SourceTable, table: TableName, columns: readonly (OwnColumn | null)[], read: Reader): boolean => {
  const { code } = tableOf(table);
  const at = columns.findIndex((column) => column?.is === 'field' && column.key === code);
  if (code === undefined || at < 0) return false;
  const codes = source.rows.slice(0, LOOKED_UP).map((row) => cleanText(row[at] ?? ''));
  return codes.every((text) => text !== '' && read.match(table, code, text).length > 0);
};

const judge = (source: SourceTable, shape: ExportShape, table: TableName | null, headers: Headers, read: Reader): Candidate[] => {
  const found = source.headers.map((header) => headers.get(header) ?? null);
  const ids = idsIn(source, found);
  // A column that is called so and holds something else is another system's.
  const columns = ids.every(isId) ? found : found.map((column) => (column?.is === 'id' ? null : column));
  const own = source.headers.filter((header) => !isReason(header)).length;
  const known = columns.filter((column) => column !== null).length;
  const isMarked =
    hasMark(columns) || (table !== null && known >= MANY && known === own && areHere(source, table, columns, read));
  if (known < FEWEST || known < own * MOST || !isMarked) return [];
  const here = table === null ? 0 : ids.filter((id) => read.getAny(table, id.trim()) !== undefined).length;
  return [{ shape, table, columns, score: [here, known, known / headers.size] }];
};

const compare = (a: Candidate, b: Candidate): number => {
  const at = a.score.findIndex((value, place) => value !== b.score[place]);
  return at < 0 ? 0 : (b.score[at] ?? 0) - (a.score[at] ?? 0);
};

const namesOf = ({ columns }: ExportShape): Headers => new Map(columns.map(({ name }) => [name, { is: 'computed' }]));

/**
 * The export a file is, or null where it is none of ours.
 * @param given what the person says that the rows are
 * @throws AppError `bad-file` for an export of what cannot be imported
 */
export const findOwn = (
  read: Reader,
  source: SourceTable,
  shapes: readonly ExportShape[],
  given: TableName | null,
): OwnFile | null => {
  const all = shapes.flatMap((shape) => {
    const { table } = shape;
    if (table === null || !importTables.includes(table)) return judge(source, shape, null, namesOf(shape), read);
    return [viewHeaders(shape, table), listHeaders(shape, table)].flatMap((headers) =>
      judge(source, shape, table, headers, read),
    );
  });
  const [best, next] = all.filter(({ table }) => given === null || table === given).toSorted(compare);
  if (best === undefined) return null;
  const isOpen = next !== undefined && next.table !== best.table && compare(best, next) === 0;
  if (isOpen) return null;
  if (best.table === null) {
    throw new AppError(
      'bad-file',
      `${source.file} is an export of ${best.shape.view} (${best.shape.about}). That is for reading: such rows are not imported.`,
      { view: best.shape.view },
    );
  }
  return { table: best.table, what: tableOf(best.table).many, columns: best.columns };
};

/** What names the rows of a table where a file has no ids, likeliest first: each a list of fields that do so together. */
const NAMED_BY: Partial<Record<TableName, readonly (readonly string[])[]>> = {
  sites: [
    ['account_id', 'code'],
    ['account_id', 'name'],
  ],
  contacts: [['party', 'name']],
  order_lines: [['order_id', 'position']],
  activities: [['about', 'at', 'summary']],
};

export const namedBy = (table: TableName): readonly (readonly string[])[] => {
  const { code } = tableOf(table);
  return NAMED_BY[table] ?? (code === undefined ? [] : [[code]]);
};

/** The columns that name the rows of such a file: the id, else the first of the ways whose columns it has and fills. */
export const ownKey = (source: SourceTable, { table, columns }: OwnFile): readonly number[] => {
  const idAt = columns.findIndex((column) => column?.is === 'id');
  if (idAt >= 0) return [idAt];
  const columnOf = (key: string): number =>
    columns.findIndex(
      (column, at) => column?.is === 'field' && column.key === key && source.rows.some((row) => !isBlank(row[at] ?? '')),
    );
  return (
    namedBy(table)
      .map((fields) => fields.map(columnOf))
      .find((at) => !at.includes(-1)) ?? []
  );
};
