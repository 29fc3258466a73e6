/**
 * What waits in `_extra` beside the columns: values of those that this build does not know (SYNC.md 2.9), and what is sealed
 * under a key that has not come (2.10).
 */
import type { Db } from '../file/db.ts';
import type { WireValue } from '../subjects/sealed.ts';
import type { Row } from '../write/rows.ts';

type Values = Map<string, WireValue>;

export type Extras = ReturnType<typeof createExtras>;

export const parseExtras = (text: string | null | undefined): Values =>
  new Map(text ? Object.entries(JSON.parse(text) as Record<string, WireValue>) : []);

const prepare = (db: Db, table: string) => ({
  read: db.prepare<[number], string | null>(`SELECT _extra FROM ${table} WHERE _n = ?`).pluck(),
  write: db.prepare(`UPDATE ${table} SET _extra = ? WHERE _n = ?`),
});

export const createExtras = (db: Db) => {
  const cache = new Map<Row, Values>();
  const statements = new Map<string, ReturnType<typeof prepare>>();
  const sqlOf = (table: string): ReturnType<typeof prepare> => {
    const known = statements.get(table) ?? prepare(db, table);
    statements.set(table, known);
    return known;
  };
  const load = (row: Row): Values => {
    const known = cache.get(row) ?? parseExtras(sqlOf(row.layout.name).read.get(row.n));
    cache.set(row, known);
    return known;
  };
  return {
    get: (row: Row, column: string): WireValue => load(row).get(column) ?? null,
    names: (row: Row): Iterable<string> => load(row).keys(),
    set(row: Row, column: string, value: WireValue): void {
      const values = load(row);
      if (value === null) values.delete(column);
      else values.set(column, value);
      const sorted = [...values].toSorted(([a], [b]) => (a < b ? -1 : 1));
      const text = sorted.length === 0 ? null : JSON.stringify(Object.fromEntries(sorted));
      sqlOf(row.layout.name).write.run(text, row.n);
    },
    forget: (): void => cache.clear(),
  };
};
