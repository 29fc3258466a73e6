import path from 'node:path';
import { expect, test } from 'vitest';
import { derivedOf } from '../../electron/engine/store/write/derived.ts';
import { openMigrated } from '../../electron/engine/store/file/migrate.ts';
import { isIntegerKind } from '../../shared/domain/kinds.ts';
import { storedFields, tableNames } from '../../shared/model/index.ts';
import { makeTemp } from '../setup/temp.ts';

type Column = { readonly name: string; readonly type: string };

const SYSTEM = [
  '_scope INTEGER',
  '_h INTEGER',
  '_d INTEGER',
  '_st INTEGER',
  '_x TEXT',
  '_extra TEXT',
  '_c TEXT',
  '_alive INTEGER',
];

const open = () => {
  const { db } = openMigrated(path.join(makeTemp(), 'schema.db'), 0);
  return db;
};

test.each(tableNames)('%s has the columns of the model, and no rule of its own beyond the id', (name) => {
  const db = open();
  const columns = db.prepare<[], Column>(`SELECT name, type FROM pragma_table_info('${name}')`).all();
  const derived = derivedOf(name)
    .columns.filter(({ name: column }) => /^(?:net|cost)/.test(column))
    .map((column) => `${column.name} INTEGER`);
  const wanted = storedFields(name).flatMap(([key, field]) => [
    `${key} ${isIntegerKind(field.kind) ? 'INTEGER' : 'TEXT'}`,
    ...(field.keyed === true ? [`${key}_sort TEXT`, `${key}_match TEXT`] : []),
    ...(field.kind === 'ref' ? [`${key}_id TEXT`] : []),
  ]);
  // A later migration adds its columns at the end.
  expect(columns.map((column) => `${column.name} ${column.type}`).toSorted()).toEqual(
    ['_n INTEGER', 'id TEXT', ...wanted, ...derived, ...SYSTEM].toSorted(),
  );
  const sql = db.prepare<[], string>(`SELECT sql FROM sqlite_schema WHERE name = '${name}'`).pluck().get() ?? '';
  expect(sql.replace('id TEXT NOT NULL UNIQUE', '')).not.toMatch(/NOT NULL|UNIQUE|CHECK|REFERENCES|DEFAULT|STRICT/);
  expect(db.prepare(`SELECT count(*) FROM live_${name}`).pluck().get()).toBe(0);
  db.close();
});

test('every other table is strict, but for the search index', () => {
  const db = open();
  const loose = db
    .prepare<[], string>(
      `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'`,
    )
    .pluck()
    .all()
    .filter((name) => !name.startsWith('search_'));
  expect(loose.toSorted()).toEqual([...tableNames].toSorted());
  db.close();
});
