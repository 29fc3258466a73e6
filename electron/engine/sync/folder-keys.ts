/**
 * The keys of people in a shared folder (SYNC.md 2.10), in sheets of some each. A sheet never changes: one that lacks a key takes
 * the place of the one that had it, which is deleted. What copies of a sheet the program that carries the folder keeps of deleted
 * files, only whoever administers that program can delete.
 */
import { promises as fs } from 'node:fs';
import { basename, join } from 'node:path';
import { AppError } from '../../../shared/contract/define.ts';
import type { SubjectKey } from '../store/subjects/sealed.ts';
import { listFolder, readBounded, restName, writeWhole } from './folder-io.ts';
import type { FolderIo } from './folder-io.ts';
import type { Hub, HubProblem, StreamName } from './hub.ts';
import { encodeSheet, MAX_SHEET_BYTES, parseSheet, PER_SHEET, sheetName, sheetOf } from './key-sheet.ts';
import type { Sheet } from './key-sheet.ts';

/** Beside the streams of a scope: whoever may read those may read these. */
const FOLDER = 'keys';
const IS_SHEET = /\.keys$/i;
const IS_REST = /^~\$.*\.tmp$/;
/** Nobody writes that long on one. */
const REST_MS = 3_600_000;
/** Far above what a team leaves in a folder: keys of two million people. */
const MOST_SHEETS = 1000;

const folderOf = (base: string, scope: string): string => join(base, scope, FOLDER);

/** What time it is where the folder is, UTC milliseconds; null where nothing can be written. Clocks of devices may be days apart. */
const timeIn = async (folder: string, io: FolderIo): Promise<number | null> => {
  const path = join(folder, restName());
  try {
    await io.write(path, new Uint8Array());
    return (await fs.lstat(path)).mtimeMs;
  } catch {
    return null;
  } finally {
    await fs.rm(path, { force: true }).catch(() => undefined);
  }
};

/** Deletes what writers that died left half written, as it may hold a key. */
export const clearKeyRests = async (base: string, scope: string, io: FolderIo): Promise<void> => {
  const folder = folderOf(base, scope);
  const { files } = await listFolder(folder, MOST_SHEETS);
  const rests = files.filter((one) => IS_REST.test(one));
  const now = rests.length === 0 ? null : await timeIn(folder, io);
  if (now === null) return;
  for (const name of rests) {
    const path = join(folder, name);
    const about = await fs.lstat(path).catch(() => null);
    if (about !== null && now - about.mtimeMs > REST_MS) await fs.rm(path, { force: true }).catch(() => undefined);
  }
};

/** A sheet by what is in it: keys themselves are read when they are asked for. */
type Placed = { readonly path: string; readonly ids: ReadonlySet<string> };

/** The sheets of a folder, and how one takes the place of another. */
const createSheets = (base: string, io: FolderIo, tell: (problem: HubProblem) => void) => {
  /** By path. A sheet that could not be read whole is read again. */
  let known = new Map<string, ReadonlySet<string>>();
  const read = async (path: string): Promise<Sheet | null> => {
    const bytes = await readBounded(path, MAX_SHEET_BYTES);
    return bytes === null ? null : parseSheet(bytes);
  };
  const write = async ({ scope, dev }: StreamName, keys: Sheet): Promise<string | null> => {
    if (keys.size === 0) return null;
    const bytes = encodeSheet(keys);
    const path = join(folderOf(base, scope), sheetName(dev, bytes));
    await writeWhole(path, bytes, io);
    return path;
  };
  return {
    read,
    write,
    async all(scope: string): Promise<readonly Placed[]> {
      const folder = folderOf(base, scope);
      const { files, isCut } = await listFolder(folder, MOST_SHEETS);
      if (isCut) tell({ where: `${scope}/${FOLDER}`, what: `more than ${MOST_SHEETS} files; not all keys of people are read` });
      const here = new Map<string, ReadonlySet<string>>();
      for (const path of files.filter((one) => IS_SHEET.test(one)).map((name) => join(folder, name))) {
        const ids = known.get(path) ?? new Set((await read(path))?.keys());
        if (ids.size > 0) here.set(path, ids);
      }
      // Those of other scopes stay known; what is not there any more is forgotten.
      known = new Map([...[...known].filter(([path]) => !path.startsWith(join(folder, ''))), ...here]);
      return [...here].map(([path, ids]) => ({ path, ids }));
    },
    /** What stands in its place is there before it goes. */
    async replace(stream: StreamName, path: string, keys: Sheet): Promise<void> {
      if ((await write(stream, keys)) === path) return;
      try {
        await fs.rm(path, { force: true });
      } catch {
        throw new AppError('locked', 'Another program holds a file of the shared folder. It is tried again.');
      }
    },
  };
};

export const folderKeys = (
  base: string,
  io: FolderIo,
  tell: (problem: HubProblem) => void,
): Pick<Hub, 'keys' | 'putKeys' | 'dropKeys'> => {
  const sheets = createSheets(base, io, tell);
  return {
    async keys(scope, ids): Promise<readonly SubjectKey[]> {
      const found = new Map<string, Buffer>();
      for (const { path, ids: there } of await sheets.all(scope)) {
        const wanted = ids.filter((id) => there.has(id) && !found.has(id));
        const sheet = wanted.length === 0 ? null : await sheets.read(path);
        for (const id of wanted) {
          const key = sheet?.get(id);
          if (key !== undefined) found.set(id, key);
        }
      }
      return [...found].map(([id, key]) => ({ id, key }));
    },
    async putKeys(stream, keys) {
      const all = await sheets.all(stream.scope);
      const left = keys.filter(({ id }) => !all.some(({ ids }) => ids.has(id)));
      const begun = all.find(({ path, ids }) => basename(path).startsWith(`${stream.dev}-`) && ids.size < PER_SHEET);
      const sheet = begun === undefined ? null : await sheets.read(begun.path);
      if (begun !== undefined && sheet !== null && left.length > 0) {
        const more = sheetOf(left.splice(0, PER_SHEET - sheet.size));
        await sheets.replace(stream, begun.path, new Map([...sheet, ...more]));
      }
      while (left.length > 0) await sheets.write(stream, sheetOf(left.splice(0, PER_SHEET)));
    },
    async dropKeys(stream, ids) {
      const gone = new Set(ids);
      for (const { path, ids: there } of await sheets.all(stream.scope)) {
        const sheet = ids.some((id) => there.has(id)) ? await sheets.read(path) : null;
        if (sheet !== null) await sheets.replace(stream, path, new Map([...sheet].filter(([id]) => !gone.has(id))));
      }
    },
  };
};
