/**
 * What a register asks of the database: the numbers of its rows in order, and sums over them. Rows are read in short
 * pieces and put in order beside the data (order.ts), so that a list of a million rows never holds up a page of another.
 */
import type { Database } from 'better-sqlite3';
import type { Scalar } from '../../../../shared/domain/kinds.ts';
import type { ReadContext } from './computed.ts';
import type { Params } from './filter-sql.ts';
import { createConditions, type Condition } from './found-words.ts';
import { createIdOrder } from '../file/id-order.ts';
import { orderRows, type Pause, type SortColumn } from '../write/order.ts';
import { createRegisterRows, SLICE } from './register-read.ts';
import { firstSql, sliceSql, sortedBy, whereOf, type Sorted, type What } from './register-sql.ts';
import { createColumnReader, type ColumnReader } from './sort-columns.ts';
import { createTotals } from './totals.ts';

/** Gathers row numbers and what they are ordered by, piece by piece. */
const createCollector = (db: Database, sorted: readonly Sorted[]) => {
  let numbers = new Uint32Array(0);
  let count = 0;
  let readers: readonly ColumnReader[] | undefined;
  const list = (json: Scalar | undefined): readonly Scalar[] => JSON.parse(String(json ?? '[]')) as readonly Scalar[];
  return {
    take(rows: readonly (readonly Scalar[])[], capacity: number): void {
      if (readers === undefined) {
        numbers = new Uint32Array(capacity);
        readers = sorted.map(({ column }) => createColumnReader(db, column, capacity));
      }
      const [first, ...rest] = rows[0] ?? [];
      for (const n of list(first)) numbers[count++] = Number(n);
      for (const [at, reader] of readers.entries()) reader.add(list(rest[at]));
    },
    numbers: (): Uint32Array => numbers.subarray(0, count),
    async columns(pause: Pause): Promise<SortColumn[]> {
      const columns: SortColumn[] = [];
      for (const [at, reader] of [...(readers ?? [])].entries()) {
        columns.push({ values: await reader.finish(pause), isDescending: sorted[at]?.isDescending === true });
        await pause();
      }
      return columns;
    },
  };
};

/** @param sliceRows smaller for tests */
export const createRegisterReader = (db: Database, sliceRows = SLICE) => {
  const idOrder = createIdOrder(db);
  const readRows = createRegisterRows(db, sliceRows);
  const findWords = createConditions(db);
  const conditionOf = (what: What, context: ReadContext, pause: Pause): Promise<Condition> =>
    findWords(what.table, what.fields, whereOf(what, context), pause);
  return {
    /**
     * The numbers of the first rows, where that costs less than building the list.
     * @returns null where only the list can tell
     */
    async first(what: What, limit: number, context: ReadContext, pause: Pause): Promise<readonly number[] | null> {
      const sql = firstSql(what, whereOf(what, context).sql);
      if (sql === null) return null;
      const { params } = await conditionOf(what, context, pause);
      return db
        .prepare<[Params], number>(sql)
        .pluck()
        .all({ ...params, limit });
    },

    /** The numbers of all rows in order: by the sort, nothing entered last, ties by raw text, then by id. */
    async list(what: What, context: ReadContext, pause: Pause): Promise<Uint32Array> {
      const where = await conditionOf(what, context, pause);
      const collector = createCollector(db, sortedBy(what));
      const sqlOf = (isWhole: boolean): string => sliceSql(what, where.sql, isWhole);
      await readRows({ what, where, sqlOf, take: (rows, capacity) => collector.take(rows, capacity) }, pause);
      const numbers = collector.numbers();
      const columns = await collector.columns(pause);
      const byId = await idOrder(what.table, numbers, pause);
      await pause();
      const order = await orderRows(numbers.length, [...columns, { values: byId, isDescending: false }], pause);
      for (let at = 0; at < order.length; at += 1) order[at] = numbers[order[at] ?? 0] ?? 0;
      return order;
    },

    totals: createTotals(db, readRows, findWords),
  };
};
