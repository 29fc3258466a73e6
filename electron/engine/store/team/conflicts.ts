/** Values that were written without knowing of each other, for a person to look at (SYNC.md 2.4). */
import type { Statement } from 'better-sqlite3';
import { isBad } from '../../../../shared/domain/kinds.ts';
import type { CellValue, Scalar } from '../../../../shared/domain/kinds.ts';
import { isTableName } from '../../../../shared/model/index.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import { fieldOfRegister } from '../../../../shared/model/registers.ts';
import type { Db } from '../file/db.ts';
import { EXISTENCE } from '../file/cells.ts';
import { isCustom, layoutOf, quote } from '../file/layout.ts';
import { readRefused } from '../merge/refused.ts';
import type { RefusedMove } from '../merge/refused.ts';
import { DELETED, LIVE } from '../write/rows.ts';
import { readUnderDeletion } from './under-deletion.ts';
import type { Place } from './under-deletion.ts';

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
  /** What was written of a record that whoever deleted it had not seen: labels of fields. */
  readonly under?: readonly string[];
  /** What was added to it so, and the record of all those that the stamp is of. */
  readonly added?: readonly Place[];
  readonly wrote?: Place;
  /** A move that could not be made where it stands among all: what was lost is the state it led to. */
  readonly move?: Pick<RefusedMove, 'from' | 'meanwhile' | 'actor' | 'why' | 'stands'>;
};
export type ConflictPage = { readonly count: number; readonly conflicts: readonly Conflict[] };

type Stored = Omit<Conflict, 'lost' | 'kept'> & { readonly val: string };

/** What somebody has seen and left is none any more, and what nobody can read yet is none to decide. */
const OPEN = `FROM conflict c JOIN devices v ON v.idx = c.d WHERE c.val NOT LIKE '{"#":%' AND NOT EXISTS (SELECT 1 FROM resolved r
  WHERE r.tbl = c.tbl AND r."row" = c."row" AND r.col = c.col AND r.h = c.h AND r.d = c.d AND r.st = 1)`;

/** What stands in the register `:register` of a row of its table, `t`, as an expression of SQL; a bad cell has its text elsewhere. */
const standingSql = (table: TableName, register: string): string =>
  register === EXISTENCE || layoutOf(table).column.has(register)
    ? `t.${quote(register)}`
    : `(SELECT e.value FROM json_each(coalesce(t.${isCustom(register) ? '_c' : '_extra'}, '{}')) e WHERE e.key = :register)`;

/** The text of a bad cell that stands in the register of `c`. That of a state is its own register's (DECISIONS.md 3). */
const badSql = (table: TableName, register: string): string =>
  `SELECT i.raw FROM cell_issues i WHERE i.tbl = c.tbl AND i."row" = c."row" AND i.field = :field AND i.origin = 'parse'${
    layoutOf(table).states.includes(register) ? ' AND 0' : ''
  }`;

/** Whether two say the same: of text that could not be read, whyever it could not. */
export const isSaidSame = (one: CellValue, other: CellValue): boolean =>
  isBad(one) ? isBad(other) && one['!'][0] === other['!'][0] : one === other;

type Counted = 'values' | 'fields';

/** How many values stand beside others and differ from them, or in how many fields of records they do. */
const countBeside = (db: Db, what: Counted): number => {
  const places = db
    .prepare<[], { table: string; register: string }>(`SELECT DISTINCT c.tbl AS "table", c.col AS register ${OPEN}`)
    .all();
  return places.reduce((sum, { table, register }) => {
    const differs = isTableName(table)
      ? `AND NOT CASE WHEN EXISTS (${badSql(table, register)}) THEN (${badSql(table, register)}) IS json_extract(c.val, '$."!"[0]')
          ELSE json_type(c.val) <> 'object' AND json_extract(c.val, '$') IS
            (SELECT ${standingSql(table, register)} FROM ${quote(table)} t WHERE t.id = c."row") END`
      : '';
    const counting = what === 'values' ? 'count(*)' : 'count(DISTINCT c."row")';
    const counted = db.prepare<Readonly<Record<string, string>>, number>(
      `SELECT ${counting} ${OPEN} AND c.tbl = :table AND c.col = :register ${differs}`,
    );
    return sum + (counted.pluck().get({ table, register, field: fieldOfRegister(register) }) ?? 0);
  }, 0);
};

/** What a person has to decide, as it is listed for them: a field of a record is one, however many wrote in it. */
export const countConflicts = (db: Db): number => {
  const moved = new Set(readRefused(db).map(({ table, row, field }) => `${table} ${row} ${field}`));
  // That somebody else made it be there again is listed with what was written of it.
  const isBeside = db.prepare<[string, string], number>(
    `SELECT 1 ${OPEN} AND c.tbl = ? AND c."row" = ? AND c.col = '${EXISTENCE}' AND c.val <> '${DELETED}'`,
  );
  const under = readUnderDeletion(db).filter(({ table, row }) => isBeside.pluck().get(table, row) === undefined);
  return countBeside(db, 'fields') + under.length + moved.size;
};

/** Every value, deletion and move by itself. */
const countEach = (db: Db): number => countBeside(db, 'values') + readUnderDeletion(db).length + readRefused(db).length;

/** What stands in a register now. */
export const createStanding = (db: Db) => {
  const bad = db
    .prepare<[string, string, string], [raw: string, code: string]>(
      `SELECT raw, code FROM cell_issues WHERE tbl = ? AND "row" = ? AND field = ? AND origin = 'parse'`,
    )
    .raw();
  const statements = new Map<string, Statement<[{ register: string; row: string }], Scalar>>();
  return (table: string, row: string, register: string): CellValue => {
    if (!isTableName(table)) return null;
    const text = layoutOf(table).states.includes(register) ? undefined : bad.get(table, row, fieldOfRegister(register));
    if (text !== undefined) return { '!': text };
    const sql = `SELECT ${standingSql(table, register)} FROM ${quote(table)} t WHERE t.id = :row`;
    const select = statements.get(sql) ?? db.prepare<[{ register: string; row: string }], Scalar>(sql).pluck();
    statements.set(sql, select);
    return select.get({ register, row }) ?? null;
  };
};

/** @param limit how many are listed at most, newest first; all are counted */
export const listConflicts = (db: Db, limit: number): ConflictPage => {
  const count = countEach(db);
  const stored = db.prepare<[], Stored>(
    `SELECT c.tbl AS "table", c."row", c.col AS field, c.val, v.id AS device, c.h AS stamp ${OPEN} ORDER BY c.h DESC, v.id`,
  );
  const standing = createStanding(db);
  const conflicts: Conflict[] = [];
  for (const { val, ...rest } of stored.iterate()) {
    if (conflicts.length >= limit) break;
    const one = { ...rest, kept: standing(rest.table, rest.row, rest.field), lost: JSON.parse(val) as CellValue };
    // Two people wrote the same: kept in the log, nothing to decide.
    if (!isSaidSame(one.kept, one.lost)) conflicts.push(one);
  }
  for (const { table, row, fields, last, added, wrote } of readUnderDeletion(db).slice(0, limit))
    conflicts.push({
      ...{ table, row, field: EXISTENCE, kept: DELETED, lost: LIVE },
      ...{ device: last.device, stamp: last.h, under: fields, added, wrote },
    });
  for (const { table, row, field, to, now, device, stamp, ...move } of readRefused(db).slice(0, limit))
    conflicts.push({ table, row, field, kept: now, lost: to, device, stamp, move });
  return { count, conflicts: conflicts.toSorted((one, other) => other.stamp - one.stamp).slice(0, limit) };
};
