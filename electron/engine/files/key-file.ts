/** Files with a key or a password: a line, for this user alone. Made once; only what a system encrypts is written again. */
import { closeSync, constants, fsyncSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { AppError } from '../../../shared/contract/define.ts';
import { fullPath, readBytes } from './disk.ts';

const LARGEST_KEY_FILE = 1024;

/** @throws AppError `bad-file` when others may read it */
export const readKeyFile = (path: string): string => {
  const text = Buffer.from(readBytes(path, LARGEST_KEY_FILE)).toString('utf8');
  if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0)
    throw new AppError('bad-file', `Others can read ${path}. A key is its owner's alone: chmod 600.`, { path });
  return text;
};

export const hasKeyFile = (path: string): boolean => statSync(fullPath(path), { throwIfNoEntry: false }) !== undefined;

/** @throws AppError `bad-file` where a key could not be made, as one is there */
export const refuseKeyFile = (path: string): void => {
  if (hasKeyFile(path))
    throw new AppError('bad-file', `There is a file ${path} already: name another. Nothing was changed.`, { path });
};

/** @throws AppError `bad-file` when there is such a file: a key is never replaced */
export const makeKeyFile = (path: string, text: string): void => {
  fullPath(path);
  let handle: number;
  try {
    handle = openSync(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
  } catch (error) {
    throw new AppError('bad-file', `The key file ${path} cannot be made: is there one already?`, {
      path,
      reason: error instanceof Error ? error.message : String(error),
    });
  }
  try {
    writeSync(handle, `${text}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
};

/** @param text what a system has encrypted: it takes the place of what was there */
export const writeKeyFile = (path: string, text: string): void => {
  const aside = `${path}.new`;
  rmSync(aside, { force: true });
  makeKeyFile(aside, text);
  renameSync(aside, path);
};

/** For a key that is kept elsewhere by now. */
export const removeKeyFile = (path: string): void => rmSync(fullPath(path), { force: true });
