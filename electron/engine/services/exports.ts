/**
 * Files out: a register or a public view as CSV, written beside its place and renamed into it. A file that was only
 * named, not placed, goes into `exports` beside the database, and never over one that is there.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, parse } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError, type CallContext } from '../../../shared/contract/define.ts';
import type { Commands } from '../../../shared/contract/index.ts';
import type { EngineEnv } from '../env.ts';
import { createCsv } from '../files/csv.ts';
import { fullPath } from '../files/disk.ts';
import type { ReadContext } from '../store/computed.ts';
import { openExport } from '../store/export.ts';

export type ExportDeps = {
  readonly env: Pick<EngineEnv, 'db'>;
  /** What a reading depends on beside the rows, as it is now. */
  readonly context: () => ReadContext;
};

const pauseOf =
  ({ signal }: CallContext) =>
  async (): Promise<void> => {
    await nextTurn();
    if (signal.aborted) throw new AppError('cancelled', 'The export was cancelled. No file was written.');
  };

/** The database and what SQLite keeps beside it are never written over. */
const refuseOwnFile = (path: string, db: string): void => {
  if (path === db || path.startsWith(`${db}-`) || path.startsWith(`${db}.`)) {
    throw new AppError('denied', 'This is the file that is open. Choose another name for the export.', { path });
  }
};

/** @throws AppError `bad-file` for anything but a full path or a plain name */
const placeOf = (to: string, db: string): string => {
  if (isAbsolute(to)) return fullPath(to);
  if (to !== basename(to) || to.includes('\\') || to.startsWith('.')) return fullPath(to);
  const folder = join(dirname(db), 'exports');
  mkdirSync(folder, { recursive: true });
  const { name, ext } = parse(to);
  let path = join(folder, to);
  for (let more = 2; existsSync(path); more += 1) path = join(folder, `${name} ${more}${ext}`);
  return path;
};

export const createExports = ({ env, context }: ExportDeps): Pick<Commands, 'export.view'> => ({
  'export.view': async ({ to, ...asked }, call) => {
    const path = placeOf(to, env.db);
    refuseOwnFile(path, env.db);
    const exported = await openExport(env.db, asked, context(), pauseOf(call));
    try {
      const file = createCsv(path);
      let rows = 0;
      try {
        file.write([exported.columns]);
        for await (const page of exported.pages()) {
          file.write(page);
          rows += page.length;
          call.progress(rows, exported.total, 'Exporting');
        }
        file.done();
      } catch (error) {
        file.drop();
        throw error;
      }
      return { path, rows, without: [...exported.without] };
    } finally {
      exported.close();
    }
  },
});
