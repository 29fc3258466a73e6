/**
 * Brings a file to this build's schema, or refuses it untouched. All pending steps run in one transaction; a file
 * that held data is copied first, so that whatever happens the old file can be had back.
 */
import { closeSync, existsSync, fsyncSync, openSync, statSync } from 'node:fs';
import { AppError } from '../../../../shared/contract/define.ts';
import { APPLICATION_ID } from '../../mark.ts';
import { openReader, openWriter, withReasons } from './db.ts';
import type { Db } from './db.ts';
import { migrations } from '../migrations/index.ts';
import type { Migration } from '../migrations/index.ts';

export type Opened = {
  readonly db: Db;
  /** The copy made before migrating; null when there was nothing to migrate or to lose. */
  readonly backup: string | null;
};

const versionOf = (db: Db): number => Number(db.pragma('user_version', { simple: true }));

/** Looks with a read-only handle, which cannot even checkpoint: a refused file stays as it is, byte for byte. */
const refuseUnknown = (path: string, newest: number): void => {
  if (!existsSync(path) || statSync(path).size === 0) return;
  const db = openReader(path);
  try {
    withReasons(() => {
      const version = versionOf(db);
      const owner = Number(db.pragma('application_id', { simple: true }));
      const isEmpty = db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
      if (owner !== APPLICATION_ID && !(isEmpty && version === 0))
        throw new AppError('bad-file', 'The file is a database of another program. It was not changed.');
      if (version > newest)
        throw new AppError('newer-file', 'The file was made by a newer version of the workbench. It was not changed.', {
          schema: version,
          known: newest,
        });
    });
  } finally {
    db.close();
  }
};

const fsyncFile = (path: string): void => {
  const handle = openSync(path, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
};

const copyBefore = (db: Db, path: string, version: number, now: number): string => {
  const stamp = new Date(now).toISOString().replace(/[-:]|\.\d+Z$/g, '');
  let copy = `${path}.v${version}-${stamp}.backup`;
  for (let more = 2; existsSync(copy); more += 1) copy = `${path}.v${version}-${stamp}-${more}.backup`;
  db.prepare('VACUUM INTO ?').run(copy);
  fsyncFile(copy);
  return copy;
};

const assertGrowing = (steps: readonly Migration[]): void => {
  steps.forEach((step, at) => {
    if (step.id <= (steps[at - 1]?.id ?? 0)) throw new AppError('internal', `Migration ${step.id} is out of order`);
  });
};

/**
 * Opens the file for writing with the schema of `steps`, making it when missing.
 * @param now UTC ms, for the name of the copy
 * @throws AppError `newer-file`, `bad-file`, `damaged-file`, `read-only`, `locked`, `io`
 */
export const openMigrated = (path: string, now: number, steps: readonly Migration[] = migrations): Opened => {
  assertGrowing(steps);
  const newest = steps.at(-1)?.id ?? 0;
  refuseUnknown(path, newest);
  const db = openWriter(path);
  try {
    return withReasons(() => {
      const version = versionOf(db);
      const pending = steps.filter((step) => step.id > version);
      if (pending.length === 0) return { db, backup: null };
      const backup = version > 0 ? copyBefore(db, path, version, now) : null;
      db.transaction(() => {
        for (const step of pending) db.exec(step.sql);
        db.pragma(`application_id = ${APPLICATION_ID}`);
        db.pragma(`user_version = ${newest}`);
      }).exclusive();
      return { db, backup };
    });
  } catch (error) {
    db.close();
    throw error;
  }
};
