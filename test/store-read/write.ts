/** Changes through the real write path, and what they left: kept sums and search beside sums and search made anew. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { AppError } from '../../shared/contract/define.ts';
import { tableNames } from '../../shared/model/index.ts';
import type { Change, StorePatch } from '../../electron/engine/store/api.ts';
import { createSearchIndex, isSearched } from '../../electron/engine/store/read/search.ts';
import { createSummaries } from '../../electron/engine/store/sums/summaries.ts';
import { openWriteStore } from '../../electron/engine/store/write/write-store.ts';
import { emptyFile } from '../fakes/empty-file.ts';
import { fakeEnv } from '../fakes/env.ts';
import { fakeRules } from '../fakes/rules.ts';

const change: Change = { actor: 'person-1', source: 'edit', label: 'Edit', reason: null, screen: null, window: 'w1' };

export type WriteFile = {
  readonly path: string;
  /** False when the change was refused. */
  apply(patches: readonly StorePatch[]): boolean;
  undo(): void;
  redo(): void;
  /** Sums and search as the write path left them, and made anew over the same rows. */
  compare(): { readonly kept: unknown; readonly anew: unknown };
  close(): void;
};

/** All that sums and search hold: what a contentless index knows is its words and the rows they are in. */
const snapshot = (db: Database.Database): unknown => {
  db.exec(
    tableNames
      .filter(isSearched)
      .map((name) => `CREATE VIRTUAL TABLE IF NOT EXISTS temp.words_${name} USING fts5vocab(main, search_${name}, instance);`)
      .join(''),
  );
  return {
    lines: db.prepare('SELECT * FROM line_sums ORDER BY n').all(),
    orders: db.prepare('SELECT * FROM order_sums ORDER BY n').all(),
    words: tableNames
      .filter(isSearched)
      .map((name) => [name, db.prepare(`SELECT term, doc, offset FROM temp.words_${name} ORDER BY 1, 2, 3`).raw().all()]),
  };
};

export const openWrite = (): WriteFile => {
  const folder = mkdtempSync(join(tmpdir(), 'store-read-'));
  const path = emptyFile(join(folder, 'test.db'));
  const store = openWriteStore({ db: path, ...fakeEnv(), rules: fakeRules(), log: () => undefined, emit: () => undefined });
  const compare: WriteFile['compare'] = () => {
    const copy = join(folder, 'copy.db');
    const source = new Database(path, { readonly: true });
    source.prepare('VACUUM INTO ?').run(copy);
    source.close();
    const db = new Database(copy);
    try {
      const kept = snapshot(db);
      createSummaries(db).rebuild();
      createSearchIndex(db).rebuild();
      return { kept, anew: snapshot(db) };
    } finally {
      db.close();
      rmSync(copy);
    }
  };
  return {
    path,
    apply: (patches) => {
      try {
        store.apply(patches, change);
        return true;
      } catch (error) {
        if (error instanceof AppError) return false;
        throw error;
      }
    },
    undo: () => void store.undo(change),
    redo: () => void store.redo(change),
    compare,
    close: () => {
      store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
