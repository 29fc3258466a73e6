/**
 * Where a running engine can be reached: `<file>.engine.json`, for this user alone. It is only an address; who
 * holds the file is decided by the lock. A file left behind by a crash is harmless: nobody answers there.
 */
import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';

const shape = z.strictObject({
  v: z.literal(1),
  pid: z.int(),
  socket: z.string(),
  token: z.string(),
  host: z.enum(['electron', 'browser', 'cli']),
  url: z.string().nullable(),
});
export type Address = z.output<typeof shape>;

/** The one name of a file, so that two paths to it are one lock. Makes the folder when it is missing. */
export const resolveFile = (db: string): string => {
  const folder = dirname(db);
  mkdirSync(folder, { recursive: true });
  try {
    return realpathSync(db);
  } catch {
    return join(realpathSync(folder), basename(db));
  }
};

const addressPath = (file: string): string => `${file}.engine.json`;

/** The address of the engine that holds the file, as last written; undefined when there is none to be read. */
export const readAddress = (file: string): Address | undefined => {
  try {
    const parsed = shape.safeParse(JSON.parse(readFileSync(addressPath(file), 'utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
};

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is alive as well.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

/** The address of the engine that holds the file, if that engine lives. */
export const findHolder = (file: string): Address | undefined => {
  const address = readAddress(file);
  return address && isAlive(address.pid) ? address : undefined;
};

/** Written whole or not at all, readable by its owner from its first byte. */
export const writeAddress = (file: string, address: Address): void => {
  const draft = `${addressPath(file)}.${address.pid}`;
  rmSync(draft, { force: true });
  writeFileSync(draft, JSON.stringify(address), { mode: 0o600, flag: 'wx' });
  renameSync(draft, addressPath(file));
};

/** Removes the address, unless another engine has put its own there since. */
export const removeAddress = (file: string, pid: number): void => {
  if (readAddress(file)?.pid === pid) rmSync(addressPath(file), { force: true });
};

export const createToken = (): string => randomBytes(32).toString('base64url');

const isOurs = (folder: string): boolean => {
  const stat = lstatSync(folder);
  return stat.isDirectory() && stat.uid === userInfo().uid && (stat.mode & 0o077) === 0;
};

/** A folder only this user can enter (on Windows the temporary folder is one); somebody else's of that name is never used. */
const runtimeFolder = (): string => {
  if (process.platform === 'win32') return tmpdir();
  const folder = join(process.env['XDG_RUNTIME_DIR'] ?? tmpdir(), `account-workbench-${userInfo().uid}`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (isOurs(folder)) return folder;
  } catch {
    // Read-only, or not ours: a fresh name below.
  }
  const own = join(tmpdir(), `account-workbench-${randomBytes(8).toString('hex')}`);
  mkdirSync(own, { mode: 0o700 });
  return own;
};

const hashOf = (file: string): string => createHash('sha256').update(file).digest('hex').slice(0, 20);

/** Sockets have short names only (104 bytes on macOS), hence a hash and not the path. */
export const socketPath = (file: string): string =>
  process.platform === 'win32' ? `\\\\.\\pipe\\account-workbench-${hashOf(file)}` : join(runtimeFolder(), `${hashOf(file)}.sock`);

/** Where a detached engine's log goes. */
export const logPath = (file: string): string => join(runtimeFolder(), `account-workbench-${hashOf(file)}.log`);

/** Frees the name of a socket whose engine died, and keeps the new one to ourselves. Windows pipes need neither. */
export const clearSocket = (path: string): void => {
  if (process.platform !== 'win32') rmSync(path, { force: true });
};
export const protectSocket = (path: string): void => {
  if (process.platform !== 'win32') chmodSync(path, 0o600);
};
