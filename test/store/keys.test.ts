import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { edit, openTemp } from './open.ts';

/** As if another build, with another rule, had written the file. */
const age = (file: string, version: string): void => {
  const db = new Database(file);
  db.prepare(`UPDATE accounts SET name_sort = 'old', name_match = 'old'`).run();
  db.prepare(`UPDATE meta SET v = ? WHERE k = 'key_version'`).run(JSON.stringify(version));
  db.close();
};

const keysOf = (opened: ReturnType<typeof openTemp>): unknown =>
  opened.look((db) => db.prepare('SELECT name_sort, name_match, city_sort FROM accounts').get());

test('keys of another rule are made again when the file is opened, and others are left alone', () => {
  const opened = openTemp();
  const id = opened.env.ids();
  opened.store.apply([{ kind: 'insert', table: 'accounts', id, values: { name: 'Änne 7', city: 'Łódź' } }], edit);
  const made = keysOf(opened);
  opened.store.close();

  age(opened.file, '0/1.0');
  expect(keysOf(opened)).not.toEqual(made);
  const again = opened.reopen();
  expect(keysOf(again)).toEqual(made);
  expect(again.store.match('accounts', 'name', 'änne 7')).toEqual([id]);
});
