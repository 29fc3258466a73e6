/**
 * A file that is made beside its place and renamed into it, so that nobody ever reads half of one and a job that is
 * stopped leaves nothing. A place that another program holds open is told as such: what to do then is the caller's.
 */
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename, dirname, join, parse } from 'node:path';
import { AppError } from '../../../shared/contract/define.ts';
import { writeFault } from './disk.ts';

/** What to do where another program holds the file open: refuse, or write a copy beside it. */
export type WhenBusy = 'refuse' | 'copy';

export type PartFile = {
  /** Bytes written so far. */
  readonly size: () => number;
  readonly append: (bytes: Uint8Array) => void;
  /** Writes over what is there already. */
  readonly patch: (bytes: Uint8Array, at: number) => void;
  /** Puts the file in its place and says where that is. @throws AppError `io`; `details.busy` where it is held open */
  readonly done: () => string;
  /** Leaves no trace. */
  readonly drop: () => void;
};

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** What systems answer when a file cannot be replaced because a program has it open. */
const isHeldCode = (code: string): boolean => code === 'EBUSY' || code === 'EPERM' || code === 'EACCES';

/** Excel and LibreOffice lay a file of their own beside one that they have open. */
const isLocked = (path: string): boolean => {
  const [folder, name] = [dirname(path), basename(path)];
  return existsSync(path) && [`~$${name}`, `.~lock.${name}#`].some((lock) => existsSync(join(folder, lock)));
};

/** Windows lets nobody write to a file that Excel has open; a folder or a read-only file is no such case. */
const isHeld = (path: string): boolean => {
  if (isLocked(path)) return true;
  if (!existsSync(path)) return false;
  try {
    closeSync(openSync(path, 'r+'));
    return false;
  } catch (error) {
    return codeOf(error) === 'EBUSY';
  }
};

const busy = (path: string): AppError =>
  new AppError(
    'io',
    `${basename(path)} is open in another program, so it cannot be replaced. Close it there and try again, or save a copy.`,
    { path, busy: true },
  );

/** The first name of the kind `Orders 2.xlsx` that nobody uses. */
export const freePath = (path: string): string => {
  const { dir, name, ext } = parse(path);
  let free = path;
  for (let more = 2; existsSync(free); more += 1) free = join(dir, `${name} ${more}${ext}`);
  return free;
};

/** Opens the file that will become `path`. @throws AppError `io`; `details.busy` where the file in its place is held open */
export const openPart = (path: string, whenBusy: WhenBusy = 'refuse'): PartFile => {
  if (whenBusy === 'refuse' && isHeld(path)) throw busy(path);
  const part = `${path}.part-${process.pid}`;
  const act = <T>(what: () => T): T => {
    try {
      return what();
    } catch (error) {
      throw writeFault(path, error);
    }
  };
  const handle = act(() => openSync(part, 'w'));
  let size = 0;
  let isOpen = true;
  const close = (): void => {
    if (isOpen) closeSync(handle);
    isOpen = false;
  };
  const writeAll = (bytes: Uint8Array, at: number): void => {
    // The number of a closed file may be another file's by now.
    if (!isOpen) throw new Error('the file is closed');
    for (let from = 0; from < bytes.length;) from += writeSync(handle, bytes, from, bytes.length - from, at + from);
  };
  const place = (to: string): string => {
    renameSync(part, to);
    return to;
  };
  return {
    size: () => size,
    append: (bytes) => {
      act(() => writeAll(bytes, size));
      size += bytes.length;
    },
    patch: (bytes, at) => act(() => writeAll(bytes, at)),
    done: () => {
      act(() => fsyncSync(handle));
      act(close);
      if (isHeld(path)) {
        if (whenBusy === 'refuse') throw busy(path);
        return act(() => place(freePath(path)));
      }
      try {
        return place(path);
      } catch (error) {
        if (!isHeldCode(codeOf(error)) || !existsSync(path)) throw writeFault(path, error);
        if (whenBusy === 'refuse') throw busy(path);
        return act(() => place(freePath(path)));
      }
    },
    drop: () => {
      close();
      rmSync(part, { force: true });
    },
  };
};
