/** The limit of an import: prepared inserts of the very rows it made. */
import type { Database } from 'better-sqlite3';
import { openReader } from '../../electron/engine/store/file/db.ts';

/** Rows as they stand in the file, by table. */
export type RawRows = ReadonlyMap<string, readonly unknown[][]>;

export const readRaw = (path: string, tables: readonly string[]): RawRows => {
  const db = openReader(path);
  const rows = new Map(tables.map((table) => [table, db.prepare<[], unknown[]>(`SELECT * FROM "${table}"`).raw().all()]));
  db.close();
  return rows;
};

export const insertRaw = (db: Database, rows: RawRows): void =>
  db.transaction(() => {
    for (const [table, values] of rows) {
      const insert = db.prepare(`INSERT INTO "${table}" VALUES (${(values[0] ?? []).map(() => '?').join(', ')})`);
      for (const row of values) insert.run(row);
    }
  })();
