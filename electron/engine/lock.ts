/**
 * One engine per file. The lock is an exclusive transaction held on `<file>.lock`, a SQLite file of its own: the
 * system frees it when the process dies, however it dies, so there is never a stale lock to judge.
 */
import Database from 'better-sqlite3';
import { AppError } from '../../shared/contract/define.ts';
import { readAddress } from './address.ts';

export type Lock = { readonly release: () => void };

const isBusy = (error: unknown): boolean => error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');

const who = (host: string | undefined): string =>
  host === 'electron'
    ? 'the workbench window'
    : host === 'browser'
      ? 'the workbench in a browser'
      : host === 'cli'
        ? 'the command line'
        : 'another program';

/**
 * @param file a path from `resolveFile`
 * @throws AppError `locked` with `{pid, host, url}` of the engine that holds it (null while it is still starting)
 */
export const acquireLock = (file: string): Lock => {
  const db = new Database(`${file}.lock`, { timeout: 0 });
  try {
    // Nothing is ever written here, so no journal is to be left behind by a crash.
    db.pragma('journal_mode = MEMORY');
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if (!isBusy(error)) throw error;
    const address = readAddress(file);
    throw new AppError('locked', `This file is open in ${who(address?.host)} already.`, {
      file,
      holder: address && { pid: address.pid, host: address.host, url: address.url },
    });
  }
  return { release: () => void db.close() };
};
