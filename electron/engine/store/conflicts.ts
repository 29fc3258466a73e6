/** Values that were written without knowing of each other, for a person to look at (SYNC.md 2.4). */
import type { CellValue } from '../../../shared/domain/kinds.ts';
import { isTableName } from '../../../shared/model/index.ts';
import type { Db } from './db.ts';
import { fieldOfRegister, isCustom, layoutOf, quote } from './layout.ts';

/** `kept`: what stands; `lost`: what was written beside it. */
export type Conflict = {
  readonly table: string;
  readonly row: string;
  readonly field: string;
  readonly kept: CellValue;
  readonly lost: CellValue;
  readonly device: string;
  /** The stamp of what was lost. */
  readonly stamp: number;
};
export type ConflictPage = { readonly count: number; readonly conflicts: readonly Conflict[] };

type Stored = Omit<Conflict, 'lost' | 'kept'> & { readonly val: string };

/** What somebody has seen and left is none any more. */
const OPEN = `FROM conflict c JOIN devices v ON v.idx = c.d WHERE NOT EXISTS (SELECT 1 FROM resolved r
  WHERE r.tbl = c.tbl AND r."row" = c."row" AND r.col = c.col AND r.h = c.h AND r.d = c.d)`;

/** What stands in a register now: a bad cell by its text. */
const createStanding = (db: Db) => {
  const bad = db
    .prepare<[string, string, string], string>(
      `SELECT raw FROM cell_issues WHERE tbl = ? AND "row" = ? AND field = ? AND origin = 'parse'`,
    )
    .pluck();
  return (table: string, row: string, register: string): CellValue => {
    if (!isTableName(table)) return null;
    const text = bad.get(table, row, fieldOfRegister(register));
    if (text !== undefined) return text;
    const isColumn = register === '_st' || layoutOf(table).column.has(register);
    const place = isColumn ? quote(register) : `json_extract(coalesce(${isCustom(register) ? '_c' : '_extra'}, '{}'), ?)`;
    const select = db.prepare<string[], CellValue>(`SELECT ${place} FROM ${table} WHERE id = ?`).pluck();
    return (isColumn ? select.get(row) : select.get(`$."${register}"`, row)) ?? null;
  };
};

/** @param limit how many are listed at most, newest first; all are counted */
export const listConflicts = (db: Db, limit: number): ConflictPage => {
  const count = db.prepare<[], number>(`SELECT count(*) ${OPEN}`).pluck().get() ?? 0;
  const stored = db
    .prepare<[number], Stored>(
      `SELECT c.tbl AS "table", c."row", c.col AS field, c.val, v.id AS device, c.h AS stamp ${OPEN} ORDER BY c.h DESC, v.id LIMIT ?`,
    )
    .all(limit);
  const standing = createStanding(db);
  const conflicts = stored.map(({ val, ...rest }) => ({
    ...rest,
    kept: standing(rest.table, rest.row, rest.field),
    lost: JSON.parse(val) as CellValue,
  }));
  return { count, conflicts };
};
