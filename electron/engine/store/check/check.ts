/**
 * Checks a file as it stands: the pages and indexes, the log, and everything that is derived from other data against
 * the same made anew. Reads only, table by table, pausing in between; what it finds is said in words.
 */
import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { Scalar } from '../../../../shared/domain/kinds.ts';
import { storedFields, tableNames, tableOf, isTableName, type TableName } from '../../../../shared/model/index.ts';
import type { StoredRow } from '../api.ts';
import { compareSearch } from './check-search.ts';
import { checkSums } from './check-sums.ts';
import { derivedOf, moneyFields, type Look, type Money } from '../write/derived.ts';
import { layoutOf } from '../file/layout.ts';
import type { Pause } from '../write/order.ts';
import { checkLog } from '../log/verify.ts';

export type CheckOptions = {
  /** Every page and index entry, and every word of the search index. */
  readonly full: boolean;
};

export type CheckResult = {
  /** What is broken. */
  readonly faults: readonly string[];
  /** What a person may want to mend, though nothing is broken. */
  readonly notes: readonly string[];
};

const CHUNK = 5000;

/** Every table of the file, the search index and what the store keeps for itself too. */
const allTables = (db: Database): readonly string[] =>
  db.prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 ORDER BY name`).pluck().all();

const checkPages = async (db: Database, full: boolean, pause: Pause): Promise<readonly string[]> => {
  const faults: string[] = [];
  const say = (rows: readonly unknown[]): void => {
    for (const row of rows) if (row !== 'ok') faults.push(`file: ${String(row)}`);
  };
  const check = full ? 'integrity_check' : 'quick_check';
  const tables = full ? allTables(db) : tableNames;
  for (const table of tables) {
    say(db.prepare(`PRAGMA ${check}("${table}")`).pluck().all());
    await pause();
  }
  return faults;
};

type Loose = Readonly<Record<string, Scalar | bigint>>;

/** Columns made of the row itself: keys, the id in a reference, what a line comes to. */
const checkDerived = async (db: Database, table: TableName, pause: Pause): Promise<readonly string[]> => {
  const { columns } = derivedOf(table);
  if (columns.length === 0) return [];
  const page = db.prepare<[number], Loose>(`SELECT * FROM "${table}" WHERE _n > ? ORDER BY _n LIMIT ${CHUNK}`).safeIntegers(true);
  const bad = db.prepare<[string], string>(
    `SELECT field FROM cell_issues WHERE tbl = '${table}' AND "row" = ? AND origin = 'parse'`,
  );
  bad.pluck();
  const documentOf: Look['documentOf'] = (document, id) =>
    db.prepare<[string], Money>(`SELECT ${moneyFields.join(', ')} FROM ${document} WHERE id = ?`).get(id) ?? {};
  const wrong = new Map<string, number>();
  for (let rows = page.all(0); rows.length > 0; rows = page.all(Number(rows.at(-1)?.['_n'] ?? 0))) {
    for (const stored of rows) {
      const row = Object.fromEntries(
        Object.entries(stored).map(([key, value]) => [key, typeof value === 'bigint' ? Number(value) : value]),
      ) as StoredRow;
      const unread = new Set(bad.all(row.id));
      for (const { name, make } of columns) {
        const made = make(row, { isBad: (field) => unread.has(field), documentOf });
        const wanted = typeof made === 'number' ? BigInt(made) : made;
        if (wanted !== stored[name]) wrong.set(name, (wrong.get(name) ?? 0) + 1);
      }
    }
    await pause();
  }
  return [...wrong].map(([name, count]) => `${table}.${name}: ${count} rows differ from what they are made of`);
};

/** A row is alive unless it or a row it belongs to was deleted; an owner that is not here yet deletes nothing. */
const checkAlive = (db: Database, table: TableName): readonly string[] => {
  const { owner } = layoutOf(table);
  const own = 't._st = 1';
  const alive =
    owner === null
      ? own
      : `${own} AND NOT EXISTS (SELECT 1 FROM "${owner.owner}" o WHERE o.id = t."${owner.field}" AND o._alive = 0)`;
  const count = db.prepare<[], number>(`SELECT count(*) FROM "${table}" t WHERE t._alive <> (${alive})`).pluck().get() ?? 0;
  return count === 0 ? [] : [`${table}: ${count} rows are shown or hidden that should not be`];
};

/** Links that point at nothing, or at something deleted: allowed, as no change from elsewhere may ever be refused. */
const countDangling = (db: Database, table: TableName): readonly string[] =>
  storedFields(table).flatMap(([key, field]) => {
    if (field.kind !== 'link' || !isTableName(field.to)) return [];
    const count =
      db
        .prepare<[], number>(
          `SELECT count(*) FROM "${table}" t WHERE t._alive = 1 AND t."${key}" IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM "${field.to}" l WHERE l.id = t."${key}" AND l._alive = 1)`,
        )
        .pluck()
        .get() ?? 0;
    return count === 0
      ? []
      : [`${tableOf(table).many}: ${count} point at ${field.label.toLowerCase()} records that are not here`];
  });

/** What was issued is what it was when it came. */
const checkIssued = (db: Database): readonly string[] => {
  const all = db.prepare<[], { sha: Buffer; body: Buffer }>('SELECT sha, body FROM issued');
  let wrong = 0;
  for (const { sha, body } of all.iterate()) if (!createHash('sha256').update(body).digest().equals(sha)) wrong += 1;
  return wrong === 0 ? [] : [`issued documents: ${wrong} are not as they were issued`];
};

const checkWholeLog = async (db: Database, pause: Pause): Promise<readonly string[]> => {
  const faults: string[] = [];
  for (const fault of checkLog(db)) {
    if (fault !== null) faults.push(fault);
    await pause();
  }
  return faults;
};

export const checkFile = async (db: Database, { full }: CheckOptions, pause: Pause): Promise<CheckResult> => {
  const faults = [...(await checkPages(db, full, pause)), ...(await checkWholeLog(db, pause))];
  faults.push(...checkIssued(db));
  const notes: string[] = [];
  for (const table of tableNames) {
    await pause();
    faults.push(...checkAlive(db, table), ...(await checkDerived(db, table, pause)));
    notes.push(...countDangling(db, table));
  }
  faults.push(...(await checkSums(db, pause)), ...(await compareSearch(db, full, pause)));
  return { faults, notes };
};
