/** Values that were written without knowing of each other, for a person to look at (SYNC.md 2.4). */
import type { CellValue } from '../../../shared/domain/kinds.ts';
import type { Db } from './db.ts';

/** `kept`: what stands; `lost`: what was written beside it. */
export type Conflict = {
  readonly table: string;
  readonly row: string;
  readonly field: string;
  readonly lost: CellValue;
  readonly device: string;
  /** The stamp of what was lost. */
  readonly stamp: number;
};
export type ConflictPage = { readonly count: number; readonly conflicts: readonly Conflict[] };

type Stored = Omit<Conflict, 'lost'> & { readonly val: string };

/** What somebody has seen and left is none any more. */
const OPEN = `FROM conflict c JOIN devices v ON v.idx = c.d WHERE NOT EXISTS (SELECT 1 FROM resolved r
  WHERE r.tbl = c.tbl AND r."row" = c."row" AND r.col = c.col AND r.h = c.h AND r.d = c.d)`;

/** @param limit how many are listed at most, newest first; all are counted */
export const listConflicts = (db: Db, limit: number): ConflictPage => {
  const count = db.prepare<[], number>(`SELECT count(*) ${OPEN}`).pluck().get() ?? 0;
  const stored = db
    .prepare<[number], Stored>(
      `SELECT c.tbl AS "table", c."row", c.col AS field, c.val, v.id AS device, c.h AS stamp ${OPEN} ORDER BY c.h DESC, v.id LIMIT ?`,
    )
    .all(limit);
  return { count, conflicts: stored.map(({ val, ...rest }) => ({ ...rest, lost: JSON.parse(val) as CellValue })) };
};
