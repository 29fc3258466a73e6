/** Files named by a person or a program. A path is data: what it names must exist, be what is expected, and be of bounded size. */
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, readSync, statSync, type Stats } from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { AppError } from '../../../shared/contract/define.ts';

/** The largest text file that is read, in bytes. */
export const LARGEST_FILE = 256 * 1024 * 1024;
const MOST_FILES = 1000;

/** The engine's own folder is nobody's: a path that counts from somewhere is refused. @throws AppError `bad-file` */
export const fullPath = (path: string): string => {
  if (!isAbsolute(path) || path.includes('\0')) throw new AppError('bad-file', `Not a full path: ${path}`, { path });
  return path;
};

const stat = (path: string): Stats => {
  fullPath(path);
  try {
    return statSync(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const why = code === 'ENOENT' || code === 'ENOTDIR' ? 'There is no file or folder' : `Cannot open (${code})`;
    throw new AppError('bad-file', `${why}: ${path}`, { path });
  }
};

const MAY_NOT: readonly string[] = ['EACCES', 'EPERM', 'EROFS'];

/** Why a file cannot be written, in words that name its folder. */
export const writeFault = (path: string, error: unknown): AppError => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const folder = dirname(path);
  const nothing = 'Nothing was written.';
  if (code === 'ENOENT')
    return new AppError('io', `There is no folder ${folder}: make it first, or choose another. ${nothing}`, { path, folder });
  if (code === 'ENOTDIR') return new AppError('io', `${folder} is no folder: choose another. ${nothing}`, { path, folder });
  if (code === 'EEXIST') return new AppError('io', `${path} is no folder: choose another. ${nothing}`, { path });
  if (code === 'EISDIR') return new AppError('io', `${path} is a folder: name a file in it. ${nothing}`, { path });
  if (MAY_NOT.includes(code))
    return new AppError('io', `You may not write ${basename(path)} in the folder ${folder}: choose another. ${nothing}`, {
      path,
      folder,
    });
  if (code === 'ENOSPC')
    return new AppError('io', `The disk of ${folder} is full: make room, or choose another. ${nothing}`, { path, folder });
  return new AppError('io', `Cannot write ${path}: ${error instanceof Error ? error.message : String(error)}`, { path });
};

/** Makes a folder for what is written. @throws AppError `io` */
export const makeFolder = (folder: string): void => {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw writeFault(folder, error);
  }
};

/** The files to read: the file itself, or the files in a folder by name, hidden ones left out. */
export const listFiles = (path: string): readonly string[] => {
  const found = stat(path);
  if (found.isFile()) return [path];
  if (!found.isDirectory()) throw new AppError('bad-file', `Neither a file nor a folder: ${path}`, { path });
  const names = readdirSync(path)
    .filter((name) => !name.startsWith('.'))
    .toSorted();
  if (names.length > MOST_FILES) throw new AppError('too-large', `More than ${MOST_FILES} files in ${path}`, { path });
  return names.map((name) => join(path, name)).filter((file) => stat(file).isFile());
};

/** @throws AppError `bad-file`; `details.folder` says that it is one */
const statFile = (path: string): Stats => {
  const found = stat(path);
  if (found.isDirectory())
    throw new AppError('bad-file', `A folder is read by a recipe that names its files: ${path}`, { path, folder: true });
  if (!found.isFile()) throw new AppError('bad-file', `Not a file: ${path}`, { path });
  return found;
};

/** The bytes of a regular file. @throws AppError `bad-file`, `too-large`, `io` */
export const readBytes = (path: string, largest: number = LARGEST_FILE): Uint8Array => {
  const found = statFile(path);
  if (found.size > largest) {
    const limit = `${Math.round(largest / 1024 / 1024)} MB`;
    throw new AppError('too-large', `${basename(path)} is larger than ${limit}: split it`, { path, size: found.size });
  }
  try {
    return readFileSync(path);
  } catch (error) {
    throw new AppError('io', `Cannot read ${path}: ${error instanceof Error ? error.message : String(error)}`, { path });
  }
};

/** Bytes by which a file shows what it is. */
export const HEAD = 4096;

/** How a regular file begins, and its size in bytes. @throws AppError `bad-file`, `io` */
export const readHead = (path: string): { readonly head: Uint8Array; readonly size: number } => {
  const found = statFile(path);
  try {
    const handle = openSync(path, 'r');
    try {
      const head = Buffer.alloc(HEAD);
      return { head: head.subarray(0, readSync(handle, head, 0, HEAD, 0)), size: found.size };
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    throw new AppError('io', `Cannot read ${path}: ${error instanceof Error ? error.message : String(error)}`, { path });
  }
};
