/** The codes or names of a table, for suggestions: read from the file on a connection of its own. */
import type { TableName } from '../../../../shared/model/index.ts';
import { openReader } from './db.ts';
import { layoutOf, quote } from './layout.ts';

/** Different texts of a field of live rows, at most `limit`. */
export const readNames = (dbPath: string, table: TableName, field: string, limit: number): readonly string[] => {
  if (!layoutOf(table).column.has(field)) return [];
  const db = openReader(dbPath);
  try {
    return db
      .prepare<[number], string>(
        `SELECT DISTINCT ${quote(field)} FROM live_${table} WHERE typeof(${quote(field)}) = 'text' LIMIT ?`,
      )
      .pluck()
      .all(limit);
  } finally {
    db.close();
  }
};
