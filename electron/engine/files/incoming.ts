/**
 * Files handed over in parts by a page, which has their bytes and no path: dropped on it, or pasted. They lie in a
 * folder beside the database that only this person can read, for as long as the engine lives; what a crash left there
 * is cleared at the next start. A name is data: of what it says only a plain file name is used.
 */
import { appendFileSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, parse } from 'node:path';
import { AppError } from '../../../shared/contract/define.ts';
import { LARGEST_FILE } from './disk.ts';

/** Files that lie there at once: the oldest goes when another comes. */
const MOST_FILES = 20;
const LONGEST_NAME = 120;

export type Part = {
  /** Null with the first part. */
  readonly id: string | null;
  readonly name: string;
  /** Where the part begins, in bytes. */
  readonly at: number;
  readonly bytes: Uint8Array;
  readonly last: boolean;
};

export type Incoming = {
  /** Takes the next part of a file. @throws AppError `invalid`, `not-found`, `too-large`, `io` */
  readonly take: (part: Part) => { readonly id: string; readonly path: string | null };
  /** Removes everything that was handed over. */
  readonly clear: () => void;
};

/** Names that Windows keeps for its devices, whatever their ending. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;

/** A plain file name: no folder, no sign a file system forbids, nothing hidden, of bounded length. */
export const plainName = (name: string): string => {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const plain = last
    // oxlint-disable-next-line no-control-regex -- control characters are what is taken out
    .replace(/[\u0000-\u001f\u007f<>:"|?*]/g, '_')
    .replace(/^[\s.]+|[\s.]+$/g, '');
  const { name: stem, ext } = parse(plain);
  const safe = RESERVED.test(stem) ? `_${stem}` : stem;
  const ending = ext.slice(0, 20);
  return safe === '' ? 'file' : `${safe.slice(0, LONGEST_NAME - ending.length)}${ending}`;
};

/** Where the files handed over to the engine of a database lie. */
export const incomingFolder = (db: string): string => `${db}.incoming`;

type Staged = { readonly folder: string; readonly path: string; size: number; isWhole: boolean };

const act = <T>(what: () => T): T => {
  try {
    return what();
  } catch (error) {
    throw new AppError('io', `The file could not be taken: ${error instanceof Error ? error.message : String(error)}`);
  }
};

/** @param db the database; what an earlier engine left beside it is removed */
export const createIncoming = (db: string, ids: () => string): Incoming => {
  const root = incomingFolder(db);
  const files = new Map<string, Staged>();
  const clear = (): void => {
    files.clear();
    rmSync(root, { recursive: true, force: true });
  };
  clear();

  const drop = (id: string): void => {
    const file = files.get(id);
    files.delete(id);
    if (file) rmSync(file.folder, { recursive: true, force: true });
  };
  const begin = (name: string): string => {
    for (const oldest of [...files.keys()].slice(0, Math.max(0, files.size - MOST_FILES + 1))) drop(oldest);
    const id = ids();
    const folder = join(root, id);
    const path = join(folder, plainName(name));
    act(() => {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeFileSync(path, '', { mode: 0o600, flag: 'wx' });
    });
    files.set(id, { folder, path, size: 0, isWhole: false });
    return id;
  };
  const find = (id: string): Staged => {
    const file = files.get(id);
    if (file) return file;
    throw new AppError('not-found', 'The file that this is a part of is no longer here. Choose it again.', { id });
  };
  return {
    clear,
    take: ({ id: given, name, at, bytes, last }) => {
      const id = given ?? begin(name);
      const file = find(id);
      if (file.isWhole || at !== file.size) {
        throw new AppError('invalid', 'The parts of a file come in order.', { id, at, expected: file.size });
      }
      if (file.size + bytes.length > LARGEST_FILE) {
        drop(id);
        const limit = `${Math.round(LARGEST_FILE / 1024 / 1024)} MB`;
        throw new AppError('too-large', `${plainName(name)} is larger than ${limit}: split it`, { id });
      }
      act(() => appendFileSync(file.path, bytes));
      file.size += bytes.length;
      file.isWhole = last;
      if (last && act(() => statSync(file.path)).size !== file.size) {
        drop(id);
        throw new AppError('io', 'The file did not arrive whole. Choose it again.', { id });
      }
      return { id, path: last ? file.path : null };
    },
  };
};
