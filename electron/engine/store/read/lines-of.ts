/** The lines of a product in documents of some states: from the product, which has an index, and never row by row. */
import { documents, documentTables } from '../../../../shared/model/documents.ts';
import type { Reader } from '../api.ts';
import type { Db } from '../file/db.ts';

export const createLinesOf = (db: Db): Reader['linesOf'] => {
  const statements = Object.fromEntries(
    documentTables.map((name) => {
      const { lines, link } = documents[name];
      const sql = `SELECT l.id FROM live_${lines} l CROSS JOIN live_${name} d ON d.id = l.${link}
        WHERE l.product_id = ? AND d.status IN (SELECT value FROM json_each(?))`;
      return [name, db.prepare<[string, string], string>(sql).pluck()];
    }),
  );
  return (table, product, states) => statements[table]?.all(product, JSON.stringify(states)) ?? [];
};
