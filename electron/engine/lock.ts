/**
 * One engine per file. The lock is an exclusive transaction held on `<file>.lock`, a SQLite file of its own: the
 * system frees it when the process dies, however it dies, so there is never a stale lock to judge.
 */
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { AppError } from '../../shared/contract/define.ts';
import { findHolder } from './address.ts';

const POLL_MS = 50;
const PATIENCE_MS = 3000;

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

const tryLock = (file: string): Lock | undefined => {
  const db = new Database(`${file}.lock`, { timeout: 0 });
  try {
    // Nothing is ever written here, so no journal is to be left behind by a crash.
    db.pragma('journal_mode = MEMORY');
    db.exec('BEGIN EXCLUSIVE');
    return { release: () => void db.close() };
  } catch (error) {
    db.close();
    if (isBusy(error)) return undefined;
    throw error;
  }
};

/**
 * Waits a moment for an engine that is just ending, or just starting and about to say where it is.
 * @param file a path from `resolveFile`
 * @throws AppError `locked` with `{pid, host, url}` of the engine that holds it; null when that one does not say
 */
export const acquireLock = async (file: string): Promise<Lock> => {
  for (let waited = 0; ; waited += POLL_MS) {
    const lock = tryLock(file);
    if (lock) return lock;
    const address = findHolder(file);
    if (address || waited >= PATIENCE_MS)
      throw new AppError('locked', `This file is open in ${who(address?.host)} already.`, {
        file,
        holder: address ? { pid: address.pid, host: address.host, url: address.url } : null,
      });
    await wait(POLL_MS);
  }
};
