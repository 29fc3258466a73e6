/**
 * Rows straight into a file, with what the write path derives: for reading tests and for files too large to make
 * through it. Sums and search are made afterwards by `finish`.
 */
import type { Database } from 'better-sqlite3';
import { minorDigits } from '../../shared/domain/currency.ts';
import { matchKey, sortKey } from '../../shared/domain/fold.ts';
import { lineNet18, netMicros, roundMinor } from '../../shared/domain/money.ts';
import { documentOfLines } from '../../shared/model/documents.ts';
import { storedFields, tableNames, type TableName } from '../../shared/model/index.ts';
import { createSearchIndex } from '../../electron/engine/store/read/search.ts';
import { createSummaries } from '../../electron/engine/store/sums/summaries.ts';

export type Values = Readonly<Record<string, string | number | null>>;

/** The n-th id: a UUIDv7 in shape, growing with n. */
export const idAt = (n: number): string => {
  const hex = n.toString(16).padStart(12, '0');
  return `01900000-0000-7000-8000-${hex}`;
};

const derive = (table: TableName, row: Values): Record<string, string | number | bigint | null> => {
  const derived: Record<string, string | number | bigint | null> = {};
  for (const [key, field] of storedFields(table)) {
    const value = row[key] ?? null;
    if (field.keyed === true) {
      derived[`${key}_sort`] = typeof value === 'string' ? sortKey(value) : null;
      derived[`${key}_match`] = typeof value === 'string' ? matchKey(value) : null;
    }
    if (field.kind === 'ref') derived[`${key}_id`] = typeof value === 'string' ? value.slice(value.indexOf('/') + 1) : null;
  }
  return derived;
};

/** What a line comes to; its currency is one of two decimals here. */
const lineNet = ({ qty, price, discount }: Values): Record<string, bigint | null> => {
  if (typeof qty !== 'number' || typeof price !== 'number') return { net: null, net_micros: null };
  const exact = lineNet18(qty, price, typeof discount === 'number' ? discount : 0);
  return { net: roundMinor(exact, minorDigits('EUR')), net_micros: netMicros(exact) };
};

/** An inserter for one table; every row names `id` and any of its stored fields, and `_c` for custom ones. */
export const inserter = (db: Database, table: TableName): ((row: Values) => void) => {
  const keys = storedFields(table).map(([key]) => key);
  const keyColumns = Object.keys(derive(table, {}));
  const sums = documentOfLines(table) === undefined ? [] : ['net', 'net_micros'];
  const columns = ['id', ...keys, ...keyColumns, ...sums, '_c'];
  const insert = db.prepare(
    `INSERT INTO "${table}"(${columns.map((name) => `"${name}"`).join(', ')}, _scope, _h, _d, _st, _x, _alive)
     VALUES (${columns.map(() => '?').join(', ')}, 1, 1, 1, 1, '{}', 1)`,
  );
  return (row) => {
    const derived = derive(table, row);
    const net = sums.length === 0 ? {} : lineNet(row);
    insert.run([
      row['id'] ?? null,
      ...keys.map((key) => row[key] ?? null),
      ...keyColumns.map((key) => derived[key] ?? null),
      ...sums.map((key) => net[key] ?? null),
      row['_c'] ?? null,
    ]);
  };
};

export const insertRows = (db: Database, table: TableName, rows: readonly Values[]): void => {
  const insert = inserter(db, table);
  db.transaction(() => {
    for (const row of rows) insert(row);
  })();
};

/** Names the tables and makes sums and search of all that was inserted. */
export const finish = (db: Database): void => {
  db.transaction(() => {
    tableNames.forEach((name, at) => {
      db.prepare('INSERT INTO tables(idx, name) VALUES (?, ?) ON CONFLICT DO NOTHING').run(at + 1, name);
    });
    createSummaries(db).rebuild();
    createSearchIndex(db).rebuild();
  })();
};
