import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { watch } from 'node:fs/promises';
import { once } from 'node:events';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { openReader } from '../../electron/engine/store/file/db.ts';
import { openMigrated } from '../../electron/engine/store/file/migrate.ts';
import { migrations } from '../../electron/engine/store/migrations/index.ts';
import { makeTemp } from '../setup/temp.ts';

const NOW = Date.UTC(2026, 0, 15, 9, 30, 5);
const bytesOf = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');
const failure = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('It did not fail');
};

const first = { id: 10, sql: 'CREATE TABLE notes(text TEXT)' };
const second = { id: 20, sql: 'ALTER TABLE notes ADD COLUMN more TEXT; UPDATE notes SET more = text' };

const fileOf = (steps = [first]): string => {
  const file = path.join(makeTemp(), 'file.db');
  const { db } = openMigrated(file, NOW, steps);
  db.exec(`INSERT INTO notes(text) VALUES('kept')`);
  db.close();
  return file;
};

test.runIf(process.platform !== 'win32')('a new file and those beside it can be read by its owner alone', () => {
  const file = path.join(makeTemp(), 'own.db');
  const { db } = openMigrated(file, NOW);
  const modes = [file, `${file}-wal`, `${file}-shm`].map((one) => statSync(one).mode & 0o777);
  db.close();
  expect(modes).toEqual([0o600, 0o600, 0o600]);
});

test('an empty file gets all migrations, and a second opening changes nothing', () => {
  const file = path.join(makeTemp(), 'new.db');
  writeFileSync(file, '');
  const made = openMigrated(file, NOW);
  expect(made.backup).toBeNull();
  expect(made.db.pragma('user_version', { simple: true })).toBe(migrations.at(-1)?.id);
  made.db.close();
  const before = bytesOf(file);
  const again = openMigrated(file, NOW);
  expect(again.backup).toBeNull();
  again.db.close();
  expect(bytesOf(file)).toBe(before);
});

test('the writer is durable: WAL, synchronous FULL, checkpoints by hand', () => {
  const { db } = openMigrated(path.join(makeTemp(), 'new.db'), NOW);
  const pragma = (name: string): unknown => db.pragma(name, { simple: true });
  expect(pragma('journal_mode')).toBe('wal');
  expect(pragma('synchronous')).toBe(2);
  expect(pragma('fullfsync')).toBe(1);
  expect(pragma('checkpoint_fullfsync')).toBe(1);
  expect(pragma('wal_autocheckpoint')).toBe(0);
  expect(pragma('trusted_schema')).toBe(0);
  db.close();
});

test('a file with data is copied before it is migrated', () => {
  const file = fileOf();
  const { db, backup } = openMigrated(file, NOW, [first, second]);
  expect(db.prepare('SELECT more FROM notes').pluck().get()).toBe('kept');
  db.close();
  expect(backup).toBe(`${file}.v10-20260115T093005.backup`);
  const old = openReader(backup ?? '');
  expect(old.pragma('user_version', { simple: true })).toBe(10);
  expect(old.prepare('SELECT * FROM notes').all()).toEqual([{ text: 'kept' }]);
  old.close();
});

test('a migration that fails leaves the file as it was, and the copy', () => {
  const file = fileOf();
  const broken = { id: 30, sql: 'ALTER TABLE nothing ADD COLUMN x TEXT' };
  failure(() => openMigrated(file, NOW, [first, second, broken]));
  const db = openReader(file);
  expect(db.pragma('user_version', { simple: true })).toBe(10);
  expect(db.prepare('SELECT * FROM notes').all()).toEqual([{ text: 'kept' }]);
  db.close();
  expect(readdirSync(path.dirname(file)).some((name) => name.endsWith('.backup'))).toBe(true);
});

test('a process that dies in the middle of a migration leaves the old file', async () => {
  const file = fileOf();
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'dying-migration.ts'), file], { stdio: 'inherit' });
  const died = once(child, 'exit');
  for await (const _ of watch(path.dirname(file))) if ((statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) break;
  child.kill('SIGKILL');
  await died;
  const { db } = openMigrated(file, NOW, [first]);
  expect(db.pragma('user_version', { simple: true })).toBe(10);
  expect(db.prepare('SELECT * FROM notes').all()).toEqual([{ text: 'kept' }]);
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  db.close();
});

test('a newer file is refused and not a byte of it changes', () => {
  const file = fileOf([first, second]);
  const before = bytesOf(file);
  expect(failure(() => openMigrated(file, NOW, [first]))).toMatchObject({
    code: 'newer-file',
    details: { schema: 20, known: 10 },
  });
  expect(bytesOf(file)).toBe(before);
});

test('a database of another program is refused and not changed', () => {
  const file = path.join(makeTemp(), 'other.db');
  const other = new Database(file);
  other.exec('CREATE TABLE theirs(a)');
  other.close();
  const before = bytesOf(file);
  expect(failure(() => openMigrated(file, NOW))).toMatchObject({ code: 'bad-file' });
  expect(bytesOf(file)).toBe(before);
});

test.each([
  ['no database at all', Buffer.from('this is a letter, not a database, and long enough to be looked at'.repeat(20))],
  ['a damaged header', Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(4080, 0xff)])],
])('%s is called damaged and not changed', (_, bytes) => {
  const file = path.join(makeTemp(), 'bad.db');
  writeFileSync(file, bytes);
  expect(failure(() => openMigrated(file, NOW))).toMatchObject({ code: 'damaged-file' });
  expect(readFileSync(file).equals(bytes)).toBe(true);
});

test('a folder that is not there is said in one line', () => {
  expect(failure(() => openMigrated(path.join(makeTemp(), 'no', 'such.db'), NOW))).toMatchObject({ code: 'io' });
});

test('a folder in place of a file is called one', () => {
  expect(failure(() => openMigrated(makeTemp(), NOW))).toMatchObject({
    code: 'bad-file',
    message: expect.stringContaining('folder') as unknown,
  });
});

test('migrations that are out of order are never run', () => {
  expect(failure(() => openMigrated(path.join(makeTemp(), 'x.db'), NOW, [second, first]))).toMatchObject({ code: 'internal' });
});
