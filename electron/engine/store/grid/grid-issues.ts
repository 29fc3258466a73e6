/** The marks on the cells of a page of rows: their issues, those of rows they own, and running imports. */
import type { Database } from 'better-sqlite3';
import type { GridRow } from '../../../../shared/contract/shapes.ts';
import type { CellValue } from '../../../../shared/domain/kinds.ts';
import { isTableName, tableOf, type TableName } from '../../../../shared/model/index.ts';
import { fieldOfRegister } from '../../../../shared/model/registers.ts';
import { createRefusedReader } from '../merge/refused.ts';
import { createStanding, isSaidSame } from '../team/conflicts.ts';
import { errorsBelow } from '../write/owned-issues.ts';

type Cells = NonNullable<GridRow['i']>;
type Found = {
  readonly row: string;
  readonly field: string;
  readonly raw: string | null;
  readonly code: string;
  readonly level: 'error' | 'warning';
};

export type Marks = {
  readonly cells: ReadonlyMap<string, Cells>;
  /** How many errors stand in the rows that a row owns, where there are any. */
  readonly below: ReadonlyMap<string, number>;
  /** Numbers of rows that a batch is still writing. */
  readonly importing: ReadonlySet<number>;
};

/** Unreadable text first, then errors, then warnings: a cell shows the gravest. */
const GRAVEST_LAST = "ORDER BY i.origin = 'parse', i.level = 'error'";

const ownSql = `SELECT i."row", i.field, i.raw, i.code, i.level
  FROM json_each(?) ids CROSS JOIN cell_issues i ON i.tbl = ? AND i."row" = ids.value ${GRAVEST_LAST}`;

/** Issues of child rows that this table shows in fields of its own (`lives` in the model). */
const livingSql = (table: TableName): string | null => {
  const lives = Object.entries(tableOf(table).fields).flatMap(([key, { lives: place }]) => {
    const [child, field] = place?.split('.') ?? [];
    return child !== undefined && field !== undefined && isTableName(child) ? [{ key, child, field }] : [];
  });
  const child = lives[0]?.child;
  const owner = child === undefined ? undefined : tableOf(child).owner;
  if (child === undefined || owner === undefined) return null;
  const names = lives.map(({ key, field }) => `WHEN '${field}' THEN '${key}'`).join(' ');
  return `SELECT c."${owner}" AS "row", CASE i.field ${names} END AS field, i.raw, i.code, i.level
    FROM json_each(?) ids CROSS JOIN "${child}" c ON c."${owner}" = ids.value AND c._alive = 1
    CROSS JOIN cell_issues i ON i.tbl = '${child}' AND i."row" = c.id AND i.field IN (${lives.map(({ field }) => `'${field}'`).join(', ')})
    ${GRAVEST_LAST}`;
};

/** Fields of rows that somebody else wrote too, unseen. What nobody can read yet is nothing to decide. */
const besideSql = `SELECT c."row", c.col AS register, c.val
  FROM json_each(?) ids CROSS JOIN conflict c ON c.tbl = ? AND c."row" = ids.value WHERE c.col <> '_st' AND c.val NOT LIKE '{"#":%'
  AND NOT EXISTS (
    SELECT 1 FROM resolved r WHERE r.tbl = c.tbl AND r."row" = c."row" AND r.col = c.col AND r.h = c.h AND r.d = c.d AND r.st = 1)`;

type Beside = { readonly row: string; readonly register: string; readonly val: string };

const conflictIn = (row: string, field: string): Found => ({ row, field, raw: null, code: 'SYNC_CONFLICT', level: 'warning' });

/** A warning that gives way to whatever else is said of the cell; none where all wrote the same. */
const createConflictMarks = (db: Database) => {
  const beside = db.prepare<[string, string], Beside>(besideSql);
  const standing = createStanding(db);
  return (ids: string, table: TableName): readonly Found[] =>
    beside
      .all(ids, table)
      .filter(({ row, register, val }) => !isSaidSame(JSON.parse(val) as CellValue, standing(table, row, register)))
      .map(({ row, register }) => conflictIn(row, fieldOfRegister(register)));
};

/** Rows of which a move could not be made where it stands among all. */
const refusedSql = `SELECT DISTINCT t."row", t.field FROM json_each(?) ids CROSS JOIN trans t ON t."row" = ids.value
  WHERE t.ok = 0 AND t.tbl = ?`;

/** Their states: as of any field that somebody else wrote too. */
const createMoveMarks = (db: Database) => {
  const places = db.prepare<[string, string], { readonly row: string; readonly field: string }>(refusedSql);
  const read = createRefusedReader(db);
  return (ids: string, table: TableName): readonly Found[] =>
    places.all(ids, table).flatMap(({ row, field }) => {
      const isOpen = read({ table, row, field }).length > 0;
      return isOpen ? [conflictIn(row, field)] : [];
    });
};

export const createIssueLoader = (db: Database) => {
  const beside = createConflictMarks(db);
  const moves = createMoveMarks(db);
  const own = db.prepare<[string, string], Found>(ownSql);
  const anyBatch = db.prepare("SELECT 1 FROM batches WHERE state = 'applying' LIMIT 1").pluck();
  const importing = db
    .prepare<[string, string], number>(
      `SELECT b.n FROM batches a CROSS JOIN json_each(?) ids CROSS JOIN batch_rows b
        ON b.batch = a.idx AND b.tbl = (SELECT idx FROM tables WHERE name = ?) AND b.n = ids.value WHERE a.state = 'applying'`,
    )
    .pluck();
  const living = new Map<TableName, ((ids: string) => readonly Found[]) | null>();
  const livingOf = (table: TableName): ((ids: string) => readonly Found[]) | null => {
    const known = living.get(table);
    if (known !== undefined) return known;
    const sql = livingSql(table);
    const statement = sql === null ? null : db.prepare<[string], Found>(sql);
    const made = statement === null ? null : (ids: string) => statement.all(ids);
    living.set(table, made);
    return made;
  };

  const counters = new Map<TableName, readonly ((ids: string) => readonly string[])[]>();
  const countersOf = (table: TableName): readonly ((ids: string) => readonly string[])[] => {
    const known = counters.get(table);
    if (known !== undefined) return known;
    const made = errorsBelow(table).map(({ any, each }) => {
      const isAny = db.prepare(any);
      const rows = db.prepare<[{ ids: string }], string>(each).pluck();
      return (ids: string) => (isAny.get() === undefined ? [] : rows.all({ ids }));
    });
    counters.set(table, made);
    return made;
  };

  return (table: TableName, ids: readonly string[], numbers: readonly number[]): Marks => {
    const list = JSON.stringify(ids);
    const cells = new Map<string, Cells>();
    for (const { row, field, raw, code, level } of [
      ...beside(list, table),
      ...moves(list, table),
      ...(livingOf(table)?.(list) ?? []),
      ...own.all(list, table),
    ]) {
      const all = cells.get(row) ?? {};
      all[field] = { raw, code, level };
      cells.set(row, all);
    }
    const busy = anyBatch.get() === undefined ? [] : importing.all(JSON.stringify(numbers), table);
    const below = new Map<string, number>();
    for (const row of countersOf(table).flatMap((count) => count(list))) below.set(row, (below.get(row) ?? 0) + 1);
    return { cells, below, importing: new Set(busy) };
  };
};
