/** Files as a new user's, with this build's tables in them: they are made once a process and copied, for tests open many. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openMigrated } from '../../electron/engine/store/file/migrate.ts';

const make = (): Buffer => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'workbench-empty-'));
  try {
    const file = path.join(folder, 'empty.db');
    openMigrated(file, 0).db.close();
    return fs.readFileSync(file);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
};

let empty: Buffer | undefined;

/** @param file where nothing is yet @returns the same path */
export const emptyFile = (file: string): string => {
  empty ??= make();
  fs.writeFileSync(file, empty, { flag: 'wx' });
  return file;
};
