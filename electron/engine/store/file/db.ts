/**
 * Opening a database file, and what can go wrong with it in words a person can act on. No integrity check runs here:
 * it costs seconds on a large file and belongs after the first page is shown.
 */
import { closeSync, existsSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { AppError } from '../../../../shared/contract/define.ts';
import type { ErrorCode } from '../../../../shared/contract/define.ts';

export type Db = Database.Database;

const reasons: readonly (readonly [prefix: string, code: ErrorCode, text: string])[] = [
  ['SQLITE_CORRUPT', 'damaged-file', 'The file is damaged. It was not changed; restore a backup.'],
  ['SQLITE_NOTADB', 'damaged-file', 'The file is damaged or is not a workbench file. It was not changed.'],
  ['SQLITE_READONLY', 'read-only', 'The file or its folder cannot be written. Nothing was changed.'],
  ['SQLITE_PERM', 'read-only', 'The file or its folder cannot be written. Nothing was changed.'],
  ['SQLITE_FULL', 'io', 'The disk is full. The last change was not made; all before it is safe.'],
  ['SQLITE_BUSY', 'locked', 'Another program is using the file. Nothing was changed.'],
  ['SQLITE_LOCKED', 'locked', 'Another program is using the file. Nothing was changed.'],
  ['SQLITE_CANTOPEN', 'io', 'The file cannot be opened. Is its folder there?'],
  ['SQLITE_IOERR', 'io', 'The disk could not be read or written. The last change was not made.'],
];

/** The reason of a failed database call as an AppError; anything else is returned as it is. */
export const toAppError = (error: unknown): unknown => {
  if (!(error instanceof Database.SqliteError)) return error;
  const reason = reasons.find(([prefix]) => error.code.startsWith(prefix));
  if (reason === undefined) return error;
  const [, code, text] = reason;
  return new AppError(code, text, { sqlite: error.code });
};

const refuseFolder = (path: string): void => {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true)
    throw new AppError('bad-file', 'This is a folder, not a file of the workbench.', { path });
};

/** better-sqlite3 looks for the folder itself, before SQLite could say anything. */
const refuseMissingFolder = (path: string): void => {
  if (!existsSync(dirname(path))) throw new AppError('io', 'The folder of the file does not exist.', { path });
};

/** Runs a database call and throws its reason as an AppError. */
export const withReasons = <T>(work: () => T): T => {
  try {
    return work();
  } catch (error) {
    throw toAppError(error);
  }
};

const MEGABYTE = 1024;

const prepareConnection = (db: Db, cacheMegabytes: number): void => {
  db.pragma('trusted_schema = OFF');
  db.pragma('temp_store = MEMORY');
  db.pragma(`cache_size = -${cacheMegabytes * MEGABYTE}`);
};

/** A new file is its owner's alone; SQLite gives the files beside it the same mode, and says why where none can be made. */
const makeOwn = (path: string): void => {
  if (existsSync(path)) return;
  try {
    closeSync(openSync(path, 'a', 0o600));
  } catch {
    return;
  }
};

/**
 * The one writing connection. Every commit is on the disk when it returns: better-sqlite3 would otherwise open WAL at
 * `synchronous=NORMAL`, which a power cut undoes. Checkpoints are ours to time (`checkpoint`), as one in the middle of
 * an edit is what a person feels; a checkpointed log is cut back, so that its size tells how much waits.
 */
export const openWriter = (path: string): Db =>
  withReasons(() => {
    refuseFolder(path);
    refuseMissingFolder(path);
    makeOwn(path);
    const db = new Database(path);
    try {
      db.pragma('journal_mode = WAL');
      db.pragma('synchronous = FULL');
      db.pragma('fullfsync = ON');
      db.pragma('checkpoint_fullfsync = ON');
      db.pragma('wal_autocheckpoint = 0');
      db.pragma('journal_size_limit = 0');
      prepareConnection(db, 128);
      return db;
    } catch (error) {
      db.close();
      throw error;
    }
  });

/** A connection that cannot write. The file must be there. */
export const openReader = (path: string): Db =>
  withReasons(() => {
    refuseFolder(path);
    const db = new Database(path, { readonly: true, fileMustExist: true });
    try {
      prepareConnection(db, 64);
      db.pragma('query_only = ON');
      return db;
    } catch (error) {
      db.close();
      throw error;
    }
  });
