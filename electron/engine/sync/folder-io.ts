/**
 * Files of a folder that another program copies to and fro, and that anybody may have written (SYNC.md 2.7). Written whole
 * or not at all; read within bounds, links never followed.
 */
import { randomBytes } from 'node:crypto';
import { constants, promises as fs } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '../../../shared/contract/define.ts';

/** What a scanner or a copying program does to a file for a moment. */
const BUSY = new Set(['EPERM', 'EBUSY', 'EACCES']);
const TRIES = 9;
const FIRST_WAIT_MS = 5;
const LONGEST_WAIT_MS = 400;

/** What the system says where somebody may not write at all. */
const BARRED = new Set(['EACCES', 'EPERM', 'EROFS']);
const FULL = new Set(['ENOSPC', 'EDQUOT']);

/** What shares and mounted folders say that cannot put a folder on the disk by itself. */
const UNSYNCED = new Set(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EPERM']);

/** Not there, or a file where a folder was looked for. */
const ABSENT = new Set(['ENOENT', 'ENOTDIR']);

export type FolderIo = {
  /** Writes a new file, and puts it on the disk. */
  readonly write: (path: string, bytes: Uint8Array) => Promise<void>;
  readonly rename: (from: string, to: string) => Promise<void>;
  readonly syncFolder: (path: string) => Promise<void>;
};

const syncOpened = async (path: string): Promise<void> => {
  const handle = await fs.open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

/**
 * The bytes of a file, or some of them; null when it is not there, no plain file, longer than allowed, shorter than asked for,
 * or cannot be read now.
 */
export const readBounded = async (
  path: string,
  most: number,
  part: { readonly at: number; readonly length: number } | null = null,
): Promise<Buffer | null> => {
  const handle = await fs
    .open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0))
    .catch(() => null);
  if (handle === null) return null;
  try {
    const about = await handle.stat();
    if (!about.isFile() || about.size > most) return null;
    const { at, length } = part ?? { at: 0, length: about.size };
    const bytes = Buffer.alloc(length);
    const { bytesRead } = await handle.read(bytes, 0, length, at);
    return bytesRead === length ? bytes : null;
  } catch {
    return null;
  } finally {
    await handle.close();
  }
};

const renameWhenFree = async (io: FolderIo, from: string, to: string): Promise<void> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await io.rename(from, to);
    } catch (error) {
      if (!BUSY.has(codeOf(error))) throw error;
      if (tries === TRIES) throw new AppError('locked', 'Another program holds a file of the shared folder. It is tried again.');
      await wait(Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** tries));
    }
  }
};

/** So that the name is on the disk too. Windows keeps names by itself and opens no folder; some shares cannot. */
const syncFolder = async (io: FolderIo, path: string): Promise<void> => {
  if (process.platform === 'win32') return;
  await io.syncFolder(path).catch((error: unknown) => {
    if (!UNSYNCED.has(codeOf(error))) throw error;
  });
};

const writeSynced = async (path: string, bytes: Uint8Array): Promise<void> => {
  const handle = await fs.open(path, 'wx');
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
};

export const plainIo: FolderIo = { write: writeSynced, rename: fs.rename, syncFolder: syncOpened };

/** Why a file was not written, in words. What was to be sent stays in the file of the device, and goes on its way by itself. */
const refusalOf = (error: unknown): AppError => {
  if (error instanceof AppError) return error;
  const reason = codeOf(error);
  if (BARRED.has(reason))
    return new AppError('denied', 'The shared folder may only be read here. What was to be sent is kept and tried again.', {
      reason,
    });
  const what = FULL.has(reason) ? 'is full' : 'cannot be written';
  return new AppError('io', `The shared folder ${what}. What was to be sent is kept and tried again.`, { reason });
};

/** A name for what is half written: copying programs leave names of this kind alone. */
export const restName = (): string => `~$${randomBytes(6).toString('hex')}.tmp`;

/** Writes a file whole under its name, or not at all. @throws AppError `denied`, `locked` or `io` */
export const writeWhole = async (path: string, bytes: Uint8Array, io: FolderIo): Promise<void> => {
  const folder = dirname(path);
  const temp = join(folder, restName());
  try {
    await fs.mkdir(folder, { recursive: true });
    await io.write(temp, bytes);
    await renameWhenFree(io, temp, path);
    await syncFolder(io, folder);
  } catch (error) {
    await fs.rm(temp, { force: true }).catch(() => undefined);
    throw refusalOf(error);
  }
};

/** Plain files and folders below a folder, in the order of their names; `isCut`: there are more. Empty when it is not there. @throws AppError `io` when it cannot be read */
export const listFolder = async (
  path: string,
  most: number,
): Promise<{ readonly files: readonly string[]; readonly folders: readonly string[]; readonly isCut: boolean }> => {
  const entries = await fs.readdir(path, { withFileTypes: true }).catch((error: unknown) => {
    // Taken for empty, it would hide a team, or somebody who was taken out of it.
    if (!ABSENT.has(codeOf(error)))
      throw new AppError('io', 'The shared folder cannot be read now. It is tried again.', { path });
    return [];
  });
  // A stream begins with its smallest name: what is left out is its end, and never its middle.
  const some = entries.toSorted((a, b) => (a.name < b.name ? -1 : 1)).slice(0, most);
  return {
    files: some.filter((entry) => entry.isFile()).map(({ name }) => name),
    folders: some.filter((entry) => entry.isDirectory()).map(({ name }) => name),
    isCut: entries.length > most,
  };
};

/**
 * What tells that a file is as it was; null where there is none. Programs that share folders give a file back the time it had
 * elsewhere, also when they fill it later: the system notes when that happened.
 */
export const fileStamp = async (path: string): Promise<string | null> => {
  const about = await fs.lstat(path).catch(() => null);
  return about?.isFile() === true ? [about.size, about.mtimeMs, about.ctimeMs, about.ino].join(' ') : null;
};
