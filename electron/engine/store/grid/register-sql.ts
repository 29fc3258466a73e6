/** The statements of a register, as text: here for reading, running and for the guard that looks at their plans. */
import type { Filter } from '../../../../shared/domain/filter.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import { columnOf, declaredOrder, fromOf, type Column } from '../file/column.ts';
import type { ReadContext } from './computed.ts';
import type { Fields } from '../read/fields.ts';
import { compileFilter, type Where } from './filter-sql.ts';
import { contextParams } from './grid-rows.ts';
import { hasLabel, orderValue } from './sort-columns.ts';

export type SortBy = readonly { readonly field: string; readonly dir: 'asc' | 'desc' }[];
export type What = { readonly table: TableName; readonly fields: Fields; readonly filter: Filter | null; readonly sort: SortBy };
export type Sorted = { readonly column: Column; readonly isDescending: boolean };

export const sortedBy = ({ table, fields, sort }: What): readonly Sorted[] =>
  sort.map(({ field, dir }) => ({ column: columnOf(table, fields, field), isDescending: dir === 'desc' }));

export const whereOf = ({ table, fields, filter }: What, context: ReadContext): Where => {
  const { sql, params, words } = compileFilter(table, fields, filter);
  return { sql: `t._alive = 1 AND ${sql}`, params: { ...contextParams(context), ...params }, words };
};

/** Columns SQLite orders as we do: numbers, days, and texts with a stored key. Others are ranked beside the data. */
const isPlain = (column: Column): boolean =>
  !column.isComputed &&
  !hasLabel(column) &&
  declaredOrder(column.field) === null &&
  (column.isInteger || column.kind === 'date' || column.sortKey !== null);

/** The first rows where SQL alone can order them; null where the list must be built. */
export const firstSql = (what: What, where: string): string | null => {
  const sorted = sortedBy(what);
  if (!sorted.every(({ column }) => isPlain(column))) return null;
  const terms = sorted.flatMap(({ column, isDescending }) => {
    const dir = isDescending ? 'DESC' : 'ASC';
    const by = column.sortKey === null ? [column.value] : [column.sortKey, column.value];
    return by.map((value) => `${value} ${dir} NULLS LAST`);
  });
  return `SELECT t._n FROM ${fromOf(what.table)} WHERE ${where} ORDER BY ${[...terms, 't.id'].join(', ')} LIMIT :limit`;
};

/** Whether there are more rows than are read in one go. */
export const probeSql = ({ table }: What, where: string): string =>
  `SELECT count(*) FROM (SELECT 1 FROM ${fromOf(table)} WHERE ${where} LIMIT :most)`;

/** The rows of a condition: all of them, or those of a slice of the table. */
const rowsIn = ({ table }: What, where: string, isWhole: boolean): string =>
  isWhole
    ? `FROM ${fromOf(table)} WHERE ${where}`
    : `FROM ${fromOf(table, 'NOT INDEXED')} WHERE t._n > :after AND t._n <= :upto AND ${where}`;

/** Row numbers and, column by column, what they are ordered by, each as one JSON list. */
export const sliceSql = (what: What, where: string, isWhole: boolean): string => {
  const lists = ['t._n', ...sortedBy(what).map(({ column }) => orderValue(column))].map((value) => `json_group_array(${value})`);
  return `SELECT ${lists.join(', ')} ${rowsIn(what, where, isWhole)}`;
};

/** Sums in two parts each, as their total may pass 64 bits; by currency where one is given. */
export const sumsSql = (
  what: What,
  where: string,
  columns: readonly Column[],
  currency: string | null,
  isWhole: boolean,
): string => {
  const sums = columns.flatMap(({ value }) => [`sum((${value}) / 1000000)`, `sum((${value}) % 1000000)`]);
  const group = currency === null ? '' : 'GROUP BY 1';
  return `SELECT ${currency ?? "''"} AS currency, ${sums.join(', ')} ${rowsIn(what, where, isWhole)} ${group}`;
};

/** Every order is in this one currency, if there is only one: then no sum has to ask each row. */
export const soleCurrencySql =
  'SELECT CASE WHEN min(currency) = max(currency) AND count(*) = count(currency) THEN min(currency) END FROM order_sums';
