/**
 * Which scope an op may come in (SYNC.md invariant 23). A hub lets a person write in the streams of the own territories only; what is
 * in a piece is for the reader to look at: what all share comes in the stream of all, what hangs on accounts in that of a
 * territory, and what is private in none.
 */
import { isTableName } from '../../../../shared/model/index.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import { layoutOf } from '../file/layout.ts';
import type { Op } from '../log/payload.ts';
import { ACCOUNTS } from '../log/streams.ts';
import type { Streams } from '../log/streams.ts';

/** Whether an op of a table may come in a scope, by its index. */
export type Belongs = (table: TableName, op: Pick<Op, 'cols' | 'vals'>, scope: number) => boolean;

const SHARED = 0;

/** A key of another system is where the row is that it is for; where that is not said, anywhere. */
const rankOfOp = (table: TableName, { cols, vals }: Pick<Op, 'cols' | 'vals'>): number | null => {
  if (table !== 'external_refs') return layoutOf(table).scopeRank;
  const named = vals[cols.indexOf('table')];
  return typeof named === 'string' && isTableName(named) ? layoutOf(named).scopeRank : null;
};

export const createBelongs =
  (streams: Streams): Belongs =>
  (table, op, scope) => {
    const rank = rankOfOp(table, op);
    return rank === null || rank === (scope === streams.ofPlace(SHARED).scope ? SHARED : ACCOUNTS);
  };
