/**
 * What a register asks of the database: the numbers of its rows in order, their count and sums. A list is read in
 * slices of the table, each a short read of its own, and put in order beside the data (order.ts), so that building one
 * over a million rows never holds up a page of another.
 */
import type { Database } from 'better-sqlite3';
import type { Filter } from '../../../shared/domain/filter.ts';
import { sortKey } from '../../../shared/domain/fold.ts';
import type { Scalar } from '../../../shared/domain/kinds.ts';
import { tableOf, type TableName } from '../../../shared/model/index.ts';
import { columnOf, declaredOrder, fromOf, labelColumn, type Column } from './column.ts';
import type { ReadContext } from './computed.ts';
import type { Fields } from './fields.ts';
import { compileFilter, type Where } from './filter-sql.ts';
import { contextParams } from './grid-rows.ts';
import { createIdOrder } from './id-order.ts';
import { orderRows, rankTexts, type Keyed, type Pause, type SortColumn } from './order.ts';

export type SortBy = readonly { readonly field: string; readonly dir: 'asc' | 'desc' }[];
export type What = { readonly table: TableName; readonly fields: Fields; readonly filter: Filter | null; readonly sort: SortBy };

/** Rows of the table a slice covers. */
const SLICE = 20_000;

type Sorted = { readonly column: Column; readonly isDescending: boolean };
type Params = Record<string, Scalar>;

const sortedBy = ({ table, fields, sort }: What): readonly Sorted[] =>
  sort.map(({ field, dir }) => ({ column: columnOf(table, fields, field), isDescending: dir === 'desc' }));

const whereOf = ({ table, fields, filter }: What, context: ReadContext): Where => {
  const { sql, params } = compileFilter(table, fields, filter);
  return { sql: `t._alive = 1 AND ${sql}`, params: { ...contextParams(context), ...params } };
};

const hasLabel = ({ field }: Column): boolean => field.kind === 'link' || field.kind === 'ref';

/** Columns SQLite orders as we do: numbers, days, and texts with a stored key. Others are ranked in order.ts. */
const isPlain = ({ field, kind, isInteger, isComputed, sortKey: key }: Column): boolean =>
  !isComputed &&
  !hasLabel({ field } as Column) &&
  declaredOrder(field) === null &&
  (isInteger || kind === 'date' || key !== null);

/** The statement of the first rows where SQL alone can order them; null where the list must be built. */
export const firstSql = (what: What, where: string): string | null => {
  const sorted = sortedBy(what);
  if (!sorted.every(({ column }) => isPlain(column))) return null;
  const terms = sorted.flatMap(({ column, isDescending }) => {
    const dir = isDescending ? 'DESC' : 'ASC';
    return [...(column.sortKey === null ? [] : [`${column.sortKey} ${dir} NULLS LAST`]), `${column.value} ${dir} NULLS LAST`];
  });
  return `SELECT t._n FROM ${fromOf(what.table)} WHERE ${where} ORDER BY ${[...terms, 't.id'].join(', ')} LIMIT :limit`;
};

/** One slice of the list: row numbers and, column by column, what they are ordered by, each as one JSON list. */
export const sliceSql = (what: What, where: string, isWhole: boolean): string => {
  const values = sortedBy(what).flatMap(({ column }) =>
    column.sortKey === null ? [column.value] : [column.value, column.sortKey],
  );
  const lists = ['t._n', ...values].map((value) => `json_group_array(${value})`).join(', ');
  return isWhole
    ? `SELECT ${lists} FROM ${fromOf(what.table)} WHERE ${where}`
    : `SELECT ${lists} FROM ${fromOf(what.table, 'NOT INDEXED')} WHERE t._n > :after AND t._n <= :upto AND ${where}`;
};

export const probeSql = (what: What, where: string): string =>
  `SELECT count(*) FROM (SELECT 1 FROM ${fromOf(what.table)} WHERE ${where} LIMIT ${SLICE + 1})`;

export const totalsSql = (what: What, where: string, columns: readonly Column[], currency: string | null): string => {
  const sums = columns.flatMap(({ value }) => [`sum((${value}) / 1000000)`, `sum((${value}) % 1000000)`]);
  return `SELECT ${currency ?? "''"} AS currency, ${sums.join(', ')} FROM ${fromOf(what.table)} WHERE ${where} ${
    currency === null ? '' : 'GROUP BY 1'
  }`;
};

type Collected = { readonly numbers: number[]; readonly values: readonly (readonly Scalar[])[] };

export const createRegisterReader = (db: Database) => {
  const idOrder = createIdOrder(db);

  /** Reads what to order, in one go where it is little, else slice by slice of the whole table. */
  const collect = async (what: What, where: Where, pause: Pause): Promise<Collected> => {
    const numbers: number[] = [];
    const values: Scalar[][] = [];
    const take = (lists: readonly string[]): void => {
      lists.forEach((json, at) => {
        const list = JSON.parse(json) as Scalar[];
        if (at === 0) for (const n of list) numbers.push(n as number);
        else {
          const into = (values[at - 1] ??= []);
          for (const value of list) into.push(value);
        }
      });
    };
    const few = db.prepare<[Params], number>(probeSql(what, where.sql)).pluck().get(where.params) ?? 0;
    if (few <= SLICE) {
      take(
        db
          .prepare<[Params], string[]>(sliceSql(what, where.sql, true))
          .raw()
          .get(where.params) ?? [],
      );
      return { numbers, values };
    }
    const slice = db.prepare<[Params], string[]>(sliceSql(what, where.sql, false)).raw();
    const end = db.prepare<[], number | null>(`SELECT max(_n) FROM "${what.table}"`).pluck().get() ?? 0;
    for (let after = 0; after < end; after += SLICE) {
      await pause();
      take(slice.get({ ...where.params, after, upto: after + SLICE }) ?? []);
    }
    return { numbers, values };
  };

  /** Labels of the linked rows by id, with the key they sort by. */
  const linkLabels = (column: Column): ReadonlyMap<string, Keyed> => {
    const { field } = column;
    const read = (table: TableName, key: string, prefix: string): readonly (readonly [string, Keyed])[] => {
      const isKeyed = tableOf(table).fields[key]?.keyed === true;
      return db
        .prepare<[], [string, string | null, string | null]>(
          `SELECT id, "${key}", ${isKeyed ? `"${key}_sort"` : 'NULL'} FROM "${table}" WHERE "${key}" IS NOT NULL`,
        )
        .raw()
        .all()
        .map(([id, text, stored]) => [`${prefix}${id}`, { text: String(text), key: stored ?? sortKey(String(text)) }]);
    };
    if (field.kind === 'link') {
      const { table, key } = labelColumn(field);
      return new Map(read(table, key, ''));
    }
    if (field.kind !== 'ref') return new Map();
    return new Map(field.to.flatMap((to) => read(to as TableName, tableOf(to as TableName).title, `${to}/`)));
  };

  const rankDistinct = async (column: Column, keyOf: ReadonlyMap<string, string>, pause: Pause) => {
    const declared = declaredOrder(column.field);
    if (declared !== null) {
      const places = new Map(declared.map((key, at) => [key, at]));
      return new Map([...keyOf.keys()].map((key) => [key, places.get(key) ?? declared.length]));
    }
    if (!hasLabel(column))
      return rankTexts(
        [...keyOf].map(([text, key]) => ({ text, key })),
        pause,
      );
    const labels = linkLabels(column);
    const used = new Map([...keyOf.keys()].flatMap((id) => (labels.has(id) ? [[id, labels.get(id) as Keyed] as const] : [])));
    const distinct = new Map([...used.values()].map((label) => [label.text, label]));
    const ranks = await rankTexts([...distinct.values()], pause);
    return new Map([...used].map(([id, { text }]) => [id, ranks.get(text) ?? NaN]));
  };

  /** Texts as their ranks among the distinct ones; equal keys are told apart by the text itself. */
  const textColumn = async (column: Column, texts: readonly Scalar[], keys: readonly Scalar[] | undefined, pause: Pause) => {
    const keyOf = new Map<string, string>();
    const isDay = column.kind === 'date';
    for (let at = 0; at < texts.length; at += 1) {
      const text = texts[at];
      if (typeof text !== 'string' || keyOf.has(text)) continue;
      const stored = keys?.[at];
      keyOf.set(text, typeof stored === 'string' ? stored : isDay || hasLabel(column) ? text : sortKey(text));
    }
    await pause();
    const ranks = await rankDistinct(column, keyOf, pause);
    const values = new Float64Array(texts.length);
    for (let at = 0; at < texts.length; at += 1) {
      const text = texts[at];
      values[at] = typeof text === 'string' ? (ranks.get(text) ?? NaN) : NaN;
    }
    return values;
  };

  const numberColumn = (numbers: readonly Scalar[]): Float64Array =>
    Float64Array.from(numbers, (value) => (typeof value === 'number' ? value : NaN));

  const sortColumns = async (what: What, values: Collected['values'], pause: Pause): Promise<readonly SortColumn[]> => {
    const columns: SortColumn[] = [];
    let at = 0;
    for (const { column, isDescending } of sortedBy(what)) {
      const own = values[at] ?? [];
      const keys = column.sortKey === null ? undefined : values[at + 1];
      at += column.sortKey === null ? 1 : 2;
      columns.push({
        values: column.isInteger ? numberColumn(own) : await textColumn(column, own, keys, pause),
        isDescending,
      });
    }
    return columns;
  };

  return {
    /**
     * The numbers of the first rows, where that costs less than building the list.
     * @returns null where only the list can tell
     */
    first(what: What, limit: number, context: ReadContext): readonly number[] | null {
      const where = whereOf(what, context);
      const sql = firstSql(what, where.sql);
      return sql === null
        ? null
        : db
            .prepare<[Params], number>(sql)
            .pluck()
            .all({ ...where.params, limit });
    },

    /** The numbers of all rows in order: by the sort, nothing entered last, ties by raw text, then by id. */
    async list(what: What, context: ReadContext, pause: Pause): Promise<Uint32Array> {
      const { numbers, values } = await collect(what, whereOf(what, context), pause);
      const byId = await idOrder(what.table, numbers, pause);
      const order = await orderRows(
        numbers.length,
        [...(await sortColumns(what, values, pause)), { values: byId, isDescending: false }],
        pause,
      );
      return order.map((at) => numbers[at] ?? 0);
    },

    /** Sums by field, then by currency ('' where the field has none), in stored units. */
    totals(what: What, keys: readonly string[], currency: string | null, context: ReadContext) {
      const columns = keys.map((key) => columnOf(what.table, what.fields, key));
      const where = whereOf(what, context);
      const sums: Record<string, Record<string, string>> = {};
      const add = (some: readonly Column[], by: string | null): void => {
        if (some.length === 0) return;
        const rows = db
          .prepare<[Params], (bigint | string | null)[]>(totalsSql(what, where.sql, some, by))
          .safeIntegers(true)
          .raw()
          .all(where.params);
        some.forEach(({ key }, at) => {
          const found = rows.flatMap(([unit, ...parts]) => {
            const [high, low] = [parts[at * 2], parts[at * 2 + 1]];
            return typeof high === 'bigint' && typeof low === 'bigint'
              ? [[String(unit ?? ''), String(high * 1_000_000n + low)]]
              : [];
          });
          sums[key] = Object.fromEntries(found) as Record<string, string>;
        });
      };
      add(
        columns.filter(({ kind }) => kind !== 'money'),
        null,
      );
      add(
        columns.filter(({ kind }) => kind === 'money'),
        currency,
      );
      return sums;
    },
  };
};

export type RegisterReader = ReturnType<typeof createRegisterReader>;
