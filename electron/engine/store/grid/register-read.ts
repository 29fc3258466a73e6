/**
 * Reading all rows of a condition: few in one go, many in slices of the table, each a short read of its own, so that
 * nobody waits for a million rows.
 */
import type { Database } from 'better-sqlite3';
import type { Scalar } from '../../../../shared/domain/kinds.ts';
import type { Params } from './filter-sql.ts';
import type { Condition } from './found-words.ts';
import type { Pause } from '../write/order.ts';
import { probeSql, type What } from './register-sql.ts';

/** Rows of the table a slice covers, and how many are read in one go. */
export const SLICE = 10_000;

type Reading = {
  readonly what: What;
  readonly where: Condition;
  /** The statement, for all rows or for those of a slice. */
  readonly sqlOf: (isWhole: boolean) => string;
  /** Takes what a statement gave; `capacity` = the most rows there can be in all. */
  readonly take: (rows: readonly (readonly Scalar[])[], capacity: number) => void;
};

export type RegisterRows = (reading: Reading, pause: Pause) => Promise<void>;

export const createRegisterRows =
  (db: Database, sliceRows: number): RegisterRows =>
  async ({ what, where, sqlOf, take }, pause) => {
    const most = sliceRows + 1;
    const count = db.prepare<[Params], number>(probeSql(what, where.sql)).pluck();
    const isWhole = (count.get({ ...where.params, most }) ?? 0) < most;
    const statement = db.prepare<[Params], readonly Scalar[]>(sqlOf(isWhole)).raw();
    await pause();
    if (isWhole) return take(statement.all(where.params), most);
    const end = db.prepare<[], number | null>(`SELECT max(_n) FROM "${what.table}"`).pluck().get() ?? 0;
    for (let after = 0; after < end; after += sliceRows) {
      take(statement.all(where.paramsIn(after, Math.min(end, after + sliceRows))), end);
      await pause();
    }
  };
