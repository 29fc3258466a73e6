/** A new file in a folder of its own, and a reading store over it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import type { ReadContext } from '../../electron/engine/store/grid/computed.ts';
import { openReader } from '../../electron/engine/store/file/db.ts';
import { openMigrated } from '../../electron/engine/store/file/migrate.ts';
import { createReadStore, type ReadStore } from '../../electron/engine/store/read/read-store.ts';
import { emptyFile } from '../fakes/empty-file.ts';

export const context: ReadContext = {
  today: '2026-06-15',
  zone: 'Europe/Berlin',
  currency: 'EUR',
  me: null,
  now: Date.parse('2026-03-02T12:00:00Z'),
};

export type TestFile = {
  readonly path: string;
  /** The writing connection. */
  readonly db: Database;
  readonly read: ReadStore;
  readonly reader: Database;
  readonly close: () => void;
};

export const newFile = (): TestFile => {
  const folder = mkdtempSync(join(tmpdir(), 'store-read-'));
  const path = emptyFile(join(folder, 'test.db'));
  const { db } = openMigrated(path, Date.UTC(2026, 0, 1));
  const reader = openReader(path);
  return {
    path,
    db,
    reader,
    read: createReadStore(reader),
    close: () => {
      reader.close();
      db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** Lets other work run between slices. */
export const pause = (): Promise<void> => Promise.resolve();
