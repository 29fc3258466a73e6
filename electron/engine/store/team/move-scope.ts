/** The scope that rows are in: set once for all of them when the file joins a team. */
import { tableNames } from '../../../../shared/model/index.ts';
import type { Db } from '../file/db.ts';
import { layoutOf } from '../file/layout.ts';

/** Rows that name another row by table and id go where that one is; all others go by their own table. */
export const moveScope = (db: Db, { scope, rank }: { readonly scope: number; readonly rank: number }): void => {
  const ofRank = tableNames.filter((name) => layoutOf(name).scopeRank === rank);
  for (const table of ofRank) db.prepare(`UPDATE ${table} SET _scope = ?`).run(scope);
  const names = JSON.stringify(ofRank);
  db.prepare(`UPDATE external_refs SET _scope = ? WHERE "table" IN (SELECT value FROM json_each(?))`).run(scope, names);
};
