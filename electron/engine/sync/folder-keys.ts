/**
 * The keys of people in a shared folder (SYNC.md 2.10), in sheets of some each. A sheet never changes: one that lacks a key takes
 * the place of the one that had it, which is deleted. What copies of a sheet the program that carries the folder keeps of deleted
 * files, only whoever administers that program can delete.
 */
import { promises as fs } from 'node:fs';
import { basename, join } from 'node:path';
import { AppError } from '../../../shared/contract/define.ts';
import type { SubjectKey } from '../store/subjects/sealed.ts';
import { listFolder, readBounded, writeWhole } from './folder-io.ts';
import type { FolderIo } from './folder-io.ts';
import type { Hub, StreamName } from './hub.ts';
import { encodeSheet, MAX_SHEET_BYTES, parseSheet, PER_SHEET, sheetName, sheetOf } from './key-sheet.ts';
import type { Sheet } from './key-sheet.ts';

/** Beside the streams of a scope: whoever may read those may read these. */
const FOLDER = 'keys';
const IS_SHEET = /\.keys$/i;
const IS_REST = /^~\$.*\.tmp$/;
/** Nobody writes that long on one. */
const REST_MS = 3_600_000;
const MOST_SHEETS = 50_000;

const folderOf = (base: string, scope: string): string => join(base, scope, FOLDER);

/** Deletes what writers that died left half written, as it may hold a key. `now`: UTC milliseconds. */
export const clearKeyRests = async (base: string, scope: string, now: number): Promise<void> => {
  const folder = folderOf(base, scope);
  const { files } = await listFolder(folder, MOST_SHEETS);
  for (const name of files.filter((one) => IS_REST.test(one))) {
    const path = join(folder, name);
    const about = await fs.lstat(path).catch(() => null);
    if (about !== null && now - about.mtimeMs > REST_MS) await fs.rm(path, { force: true }).catch(() => undefined);
  }
};

type Placed = readonly [path: string, sheet: Sheet];

/** The sheets of a folder, and how one takes the place of another. */
const createSheets = (base: string, io: FolderIo) => {
  /** By path. A sheet that could not be read whole is read again. */
  const known = new Map<string, Sheet>();
  const write = async ({ scope, dev }: StreamName, keys: Sheet): Promise<string | null> => {
    if (keys.size === 0) return null;
    const bytes = encodeSheet(keys);
    const path = join(folderOf(base, scope), sheetName(dev, bytes));
    await writeWhole(path, bytes, io);
    known.set(path, keys);
    return path;
  };
  return {
    write,
    async all(scope: string): Promise<readonly Placed[]> {
      const folder = folderOf(base, scope);
      const { files } = await listFolder(folder, MOST_SHEETS);
      const found: Placed[] = [];
      for (const name of files.filter((one) => IS_SHEET.test(one))) {
        const path = join(folder, name);
        const bytes = known.has(path) ? null : await readBounded(path, MAX_SHEET_BYTES);
        const sheet = known.get(path) ?? (bytes === null ? null : parseSheet(bytes));
        if (sheet === null) continue;
        known.set(path, sheet);
        found.push([path, sheet]);
      }
      return found;
    },
    /** What stands in its place is there before it goes. */
    async replace(stream: StreamName, path: string, keys: Sheet): Promise<void> {
      if ((await write(stream, keys)) === path) return;
      try {
        await fs.rm(path, { force: true });
      } catch {
        throw new AppError('locked', 'Another program holds a file of the shared folder. It is tried again.');
      }
      known.delete(path);
    },
  };
};

export const folderKeys = (base: string, io: FolderIo): Pick<Hub, 'keys' | 'putKeys' | 'dropKeys'> => {
  const sheets = createSheets(base, io);
  return {
    async keys(scope, ids): Promise<readonly SubjectKey[]> {
      const asked = ids === null ? null : new Set(ids);
      const found = new Map<string, Buffer>();
      for (const [, sheet] of await sheets.all(scope))
        for (const [id, key] of sheet) if (asked === null || asked.has(id)) found.set(id, key);
      return [...found].map(([id, key]) => ({ id, key }));
    },
    async putKeys(stream, keys) {
      const all = await sheets.all(stream.scope);
      const left = keys.filter(({ id }) => !all.some(([, sheet]) => sheet.has(id)));
      const begun = all.find(([path, sheet]) => basename(path).startsWith(`${stream.dev}-`) && sheet.size < PER_SHEET);
      const first = sheetOf(left.splice(0, PER_SHEET - (begun?.[1].size ?? 0)));
      if (begun === undefined) await sheets.write(stream, first);
      else if (first.size > 0) await sheets.replace(stream, begun[0], new Map([...begun[1], ...first]));
      while (left.length > 0) await sheets.write(stream, sheetOf(left.splice(0, PER_SHEET)));
    },
    async dropKeys(stream, ids) {
      const gone = new Set(ids);
      for (const [path, sheet] of await sheets.all(stream.scope)) {
        const kept = new Map([...sheet].filter(([id]) => !gone.has(id)));
        if (kept.size < sheet.size) await sheets.replace(stream, path, kept);
      }
    },
  };
};
