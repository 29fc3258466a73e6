/** Copies of the file by SQLite's own online backup: consistent at one moment, made while work goes on. */
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { AppError } from '../../../../shared/contract/define.ts';
import { openReader, toAppError } from './db.ts';
import type { Db } from './db.ts';

/** Small steps, so that edits between them wait no longer than a frame (PERFORMANCE.md 7). */
const PAGES_PER_STEP = 100;

const checkCopy = (path: string): void => {
  const copy = openReader(path);
  try {
    const answer = copy.pragma('quick_check(1)', { simple: true });
    if (answer !== 'ok') throw new AppError('damaged-file', `The copy is damaged: ${String(answer)}`);
  } finally {
    copy.close();
  }
};

const makeDurable = (path: string): void => {
  const handle = openSync(path, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
};

/**
 * Copies the database to a new file, checks the copy, and only then gives it its name.
 * @throws AppError `io` when the file is there already or cannot be written
 */
export const backupTo = async (db: Db, to: string): Promise<void> => {
  if (existsSync(to)) throw new AppError('io', 'There is a file of that name already. It was not changed.', { path: to });
  const part = `${to}.part`;
  try {
    rmSync(part, { force: true });
    await db.backup(part, { progress: () => PAGES_PER_STEP });
    checkCopy(part);
    makeDurable(part);
    renameSync(part, to);
  } catch (error) {
    throw toAppError(error);
  } finally {
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${part}${suffix}`, { force: true });
  }
};
