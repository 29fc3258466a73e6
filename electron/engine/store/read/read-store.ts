/**
 * The reading side of the store on one read-only connection: registers, records, search, issues. Services ask here
 * and never see SQL.
 */
import type { Database } from 'better-sqlite3';
import type { CellIssue, GridRow } from '../../../../shared/contract/shapes.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import { ofLiveRow } from './live-row.ts';
import { checkFile, type CheckOptions, type CheckResult } from '../check/check.ts';
import type { ReadContext } from '../grid/computed.ts';
import { countConflicts, listConflicts } from '../team/conflicts.ts';
import type { ConflictPage } from '../team/conflicts.ts';
import { customFields, knownTable, type Fields } from './fields.ts';
import { registerFunctions } from '../file/functions.ts';
import { createIssueLoader } from '../grid/grid-issues.ts';
import { createGridRows } from '../grid/grid-rows.ts';
import { hashTables, type TableHash } from '../file/hash.ts';
import type { Labels } from './labels.ts';
import { layoutOf } from '../file/layout.ts';
import { createLookup, type Hit } from './lookup.ts';
import type { Pause } from '../write/order.ts';
import { describeViews, type PublicView } from '../public/public-views.ts';
import { createReplica } from '../team/replica-hash.ts';
import type { Replica } from '../team/replica-hash.ts';
import { readReview } from '../team/review.ts';
import type { Review } from '../team/review.ts';
import { createSyncReader } from '../team/sync-read.ts';
import type { SyncReader } from '../team/sync-read.ts';
import { valuesOf } from '../file/values-of.ts';
import { createViews, type Views } from '../grid/views.ts';

export type IssuesAsked = {
  readonly table: string | null;
  readonly id: string | null;
  readonly level: CellIssue['level'] | null;
  readonly limit: number;
};
export type IssuePage = { readonly count: number; readonly issues: readonly CellIssue[] };

export type ReadStore = {
  readonly views: Views;
  /** One record, deleted ones too; null when it never was here. */
  get(table: string, id: string, context: ReadContext): GridRow | null;
  /** Live rows of a child table, by its owner, in order (`position`, then age). */
  children(table: string, owner: string, context: ReadContext): readonly GridRow[];
  labels(table: string, ids: readonly string[]): Labels;
  /** By name. */
  savedViews(context: ReadContext): readonly GridRow[];
  /** Different texts of a field that contain a text, at most `limit`. */
  valuesOf(table: string, field: string, text: string, limit: number): readonly string[];
  lookup(table: string, text: string, limit: number): readonly Hit[];
  search(text: string, tables: readonly TableName[] | null, limit: number): readonly Hit[];
  /** Errors before warnings. */
  issues(asked: IssuesAsked): IssuePage;
  /** The marks on the cells of rows, also those of rows their values live on. */
  marks(table: string, ids: readonly string[]): readonly Mark[];
  customFields(table: string): Fields;
  describeViews(): readonly PublicView[];
  check(options: CheckOptions, pause: Pause): Promise<CheckResult>;
  /** Counts, and hashes where asked, by table. @param owner the person at this computer, who is no data */
  hashes(owner: string | null, withHashes: boolean): Record<string, TableHash>;
  /** Values that lost to others unseen, newest first. */
  conflicts(limit: number): ConflictPage;
  /** Conflicts as they are decided. */
  review(limit: number): Review;
  readonly team: SyncReader;
  conflictCount(): number;
  /** What replicas of a team compare. */
  readonly replica: Replica;
  /** Reads all of it from one moment of the file, whatever is written meanwhile. */
  atOnce<T>(read: () => T): T;
};

export type Mark = Pick<CellIssue, 'row' | 'field' | 'raw' | 'code' | 'level'>;

const createMarks = (db: Database) => {
  const load = createIssueLoader(db);
  const alive = (table: TableName, ids: readonly string[]): readonly string[] =>
    db
      .prepare<[string], string>(`SELECT t.id FROM json_each(?) ids CROSS JOIN "${table}" t ON t.id = ids.value AND t._alive = 1`)
      .pluck()
      .all(JSON.stringify(ids));
  return (table: TableName, ids: readonly string[]): readonly Mark[] =>
    [...load(table, alive(table, ids), []).cells].flatMap(([row, cells]) =>
      Object.entries(cells).map(([field, { raw, code, level }]) => ({ row, field, raw, code, level })),
    );
};

const createIssuePages =
  (db: Database) =>
  (asked: IssuesAsked): IssuePage => {
    const where = `WHERE (:table IS NULL OR tbl = :table) AND (:id IS NULL OR "row" = :id)
      AND (:level IS NULL OR level = :level) AND ${ofLiveRow('tbl', 'cell_issues."row"')}`;
    const count = db.prepare<[IssuesAsked], number>(`SELECT count(*) FROM cell_issues ${where}`).pluck().get(asked) ?? 0;
    const issues = db
      .prepare<[IssuesAsked], CellIssue>(
        `SELECT tbl AS "table", "row", field, raw, code, level, origin FROM cell_issues ${where}
       ORDER BY level, tbl, "row", field, origin LIMIT :limit`,
      )
      .all(asked);
    return { count, issues };
  };

/** @param db a read-only connection of its own */
export const createReadStore = (db: Database): ReadStore => {
  registerFunctions(db);
  const rows = createGridRows(db);
  const lookup = createLookup(db);
  const marks = createMarks(db);
  const numbers = (sql: string, value: string): readonly number[] => db.prepare<[string], number>(sql).pluck().all(value);
  return {
    views: createViews(db, rows),
    get: (name, id, context) => {
      const table = knownTable(name);
      return rows.byNumber(table, numbers(`SELECT _n FROM "${table}" WHERE id = ?`, id), context)[0] ?? null;
    },
    children: (name, owner, context) => {
      const table = knownTable(name);
      const layout = layoutOf(table);
      if (layout.owner === null) return [];
      const order = layout.column.has('position') ? 'position, _h, id' : '_h, id';
      const sql = `SELECT _n FROM "${table}" WHERE "${layout.owner.field}" = ? AND _alive = 1 ORDER BY ${order}`;
      return rows.byNumber(table, numbers(sql, owner), context);
    },
    labels: (table, ids) => rows.labels(knownTable(table), new Set(ids)),
    savedViews: (context) => {
      const live = db.prepare<[], number>('SELECT _n FROM live_saved_views ORDER BY fold(name), _n').pluck().all();
      return rows.byNumber('saved_views', live, context);
    },
    valuesOf: (table, field, text, limit) => valuesOf(db, table, field, text, limit),
    lookup: (table, text, limit) => lookup.inTable(knownTable(table), text, limit),
    search: (text, tables, limit) => lookup.everywhere(text, tables, limit),
    issues: createIssuePages(db),
    marks: (table, ids) => marks(knownTable(table), ids),
    customFields: (table) => customFields(db, knownTable(table)),
    describeViews: () => describeViews(db),
    check: (options, pause) => checkFile(db, options, pause),
    hashes: (owner, withHashes) => hashTables(db, owner, withHashes),
    conflicts: (limit) => listConflicts(db, limit),
    review: (limit) => readReview(db, limit),
    team: createSyncReader(db),
    conflictCount: () => countConflicts(db),
    replica: createReplica(db),
    atOnce: (read) => db.transaction(read)(),
  };
};
