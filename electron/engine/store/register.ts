/**
 * What a register asks of the database: the numbers of its rows in order, their count and sums. Few rows are read in
 * one go; many in slices of the table, each a short read of its own, put in order beside the data (order.ts), so that
 * a list of a million rows never holds up a page of another.
 */
import type { Database } from 'better-sqlite3';
import type { Scalar } from '../../../shared/domain/kinds.ts';
import { columnOf, type Column } from './column.ts';
import { currencyOf, type ReadContext } from './computed.ts';
import { createIdOrder } from './id-order.ts';
import { orderRows, type Pause } from './order.ts';
import { firstSql, probeSql, sliceSql, soleCurrencySql, sortedBy, sumsSql, whereOf, type What } from './register-sql.ts';
import { createColumnReader, type ColumnReader } from './sort-columns.ts';

type Params = Record<string, Scalar>;
export type Sums = Record<string, Record<string, string>>;

const isMoney = ({ kind }: Column): boolean => kind === 'money';
const isOfOrders = ({ table }: What): boolean => table === 'orders' || table === 'order_lines';

/** Rows of the table a slice covers, and how many are read in one go. */
const SLICE = 10_000;

/** @param sliceRows smaller for tests */
export const createRegisterReader = (db: Database, sliceRows = SLICE) => {
  const idOrder = createIdOrder(db);
  const soleCurrency = db.prepare<[], string | null>(soleCurrencySql).pluck();

  /** Runs a reading over all rows of a condition: once, or slice by slice where they are many. */
  const readAll = async <T extends unknown[]>(
    what: What,
    where: { readonly sql: string; readonly params: Params },
    sqlOf: (isWhole: boolean) => string,
    take: (rows: readonly T[], capacity: number) => void,
    pause: Pause,
  ): Promise<void> => {
    const few = db.prepare<[Params], number>(probeSql(what, where.sql)).pluck();
    const most = sliceRows + 1;
    const isWhole = (few.get({ ...where.params, most }) ?? 0) < most;
    const statement = db.prepare<[Params], T>(sqlOf(isWhole)).raw();
    await pause();
    if (isWhole) return take(statement.all(where.params), most);
    const end = db.prepare<[], number | null>(`SELECT max(_n) FROM "${what.table}"`).pluck().get() ?? 0;
    for (let after = 0; after < end; after += sliceRows) {
      take(statement.all({ ...where.params, after, upto: Math.min(end, after + sliceRows) }), end);
      await pause();
    }
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
      const sorted = sortedBy(what);
      const where = whereOf(what, context);
      let numbers = new Uint32Array(0);
      let count = 0;
      let readers: readonly ColumnReader[] | undefined;
      await readAll<string[]>(
        what,
        where,
        (isWhole) => sliceSql(what, where.sql, isWhole),
        ([lists], capacity) => {
          if (readers === undefined) {
            numbers = new Uint32Array(capacity);
            readers = sorted.map(({ column }) => createColumnReader(db, column, capacity));
          }
          const [first = '[]', ...rest] = lists ?? [];
          for (const n of JSON.parse(first) as number[]) numbers[count++] = n;
          readers.forEach((reader, at) => reader.add(JSON.parse(rest[at] ?? '[]') as Scalar[]));
        },
        pause,
      );
      numbers = numbers.slice(0, count);
      const columns = [];
      for (const [at, reader] of [...(readers ?? [])].entries()) {
        columns.push({ values: await reader.finish(pause), isDescending: sorted[at]?.isDescending === true });
        await pause();
      }
      const byId = await idOrder(what.table, numbers, pause);
      await pause();
      const order = await orderRows(count, [...columns, { values: byId, isDescending: false }], pause);
      for (let at = 0; at < count; at += 1) order[at] = numbers[order[at] ?? 0] ?? 0;
      return order;
    },

    /** Sums by field, then by currency ('' where the field has none): decimal text in stored units. */
    async totals(what: What, keys: readonly string[], context: ReadContext, pause: Pause): Promise<Sums> {
      const columns = keys.map((key) => columnOf(what.table, what.fields, key)).filter(({ isInteger }) => isInteger);
      const totals = columns.map(() => new Map<string, bigint>());
      const where = whereOf(what, context);
      const hasMoney = columns.some(isMoney);
      let sole: string | null = null;
      const currencySql = (isWhole: boolean): string | null => {
        if (!hasMoney) return null;
        // One currency in the whole file spares asking each of many rows for its own.
        if (!isWhole && isOfOrders(what)) sole = soleCurrency.get() ?? null;
        return sole === null ? (currencyOf[what.table] ?? null) : null;
      };
      await readAll<(number | string | null)[]>(
        what,
        where,
        (isWhole) => sumsSql(what, where.sql, columns, currencySql(isWhole), isWhole),
        (rows) => {
          for (const [unit, ...parts] of rows) {
            for (const [at, column] of columns.entries()) {
              const [high, low] = [parts[at * 2], parts[at * 2 + 1]];
              if (typeof high !== 'number' || typeof low !== 'number') continue;
              const key = isMoney(column) ? (sole ?? String(unit ?? '')) : '';
              const total = totals[at] ?? new Map<string, bigint>();
              total.set(key, (total.get(key) ?? 0n) + BigInt(high) * 1_000_000n + BigInt(low));
            }
          }
        },
        pause,
      );
      const toTexts = (total: ReadonlyMap<string, bigint>) =>
        Object.fromEntries([...total].map(([unit, sum]) => [unit, String(sum)]));
      return Object.fromEntries(columns.map(({ key }, at) => [key, toTexts(totals[at] ?? new Map())]));
    },
  };
};
