/** A whole engine in one thread, and short ways to import the fixtures into it. */
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { openEngine, type LocalEngine } from '../../electron/engine/engine.ts';
import type { ArgsOf, OutputOf } from '../../shared/contract/define.ts';
import type { imports } from '../../shared/contract/imports.ts';
import { emptyFile } from '../fakes/empty-file.ts';
import { fakeEnv } from '../fakes/env.ts';
import { makeTemp } from '../setup/temp.ts';

export type Report = OutputOf<(typeof imports)['import.run']>;
export type Recipe = ArgsOf<(typeof imports)['import.run']>['recipe'];
export type Entry = Recipe['files'][number];
type Row = Readonly<Record<string, string | number | null>>;

export const fixtures = path.resolve(import.meta.dirname, '../fixtures/import');

export type Desk = {
  readonly engine: LocalEngine;
  /** A folder of the test. */
  readonly folder: string;
  /** Imports a fixture, or a file by its full path, by entries of a recipe. */
  run(file: string, entries: readonly Entry[], more?: Partial<Recipe> & { readonly dryRun?: boolean }): Promise<Report>;
  query(sql: string): Promise<readonly Row[]>;
};

/** @param seed keeps the ids of two desks apart */
export const openDesk = (seed = 0): Desk => {
  const folder = makeTemp();
  const engine = openEngine({
    ...fakeEnv(seed),
    db: emptyFile(path.join(folder, 'desk.db')),
    log: () => {},
    locale: 'en-GB',
    version: '1.0.0',
  });
  onTestFinished(() => engine.close());
  return {
    engine,
    folder,
    run: (file, entries, { dryRun = false, ...more } = {}) =>
      engine.call('import.run', {
        path: path.resolve(fixtures, file),
        recipe: { v: 1, name: 'Test', defaults: { currency: 'GBP', zone: 'Europe/London' }, ...more, files: [...entries] },
        dryRun,
      }),
    query: async (sql) => {
      const { columns, rows } = await engine.call('query.run', { sql });
      return rows.map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at] ?? null])));
    },
  };
};

/** An entry for accounts by code and name, and what more a test needs. */
export const accounts = (columns: Entry['columns'] = {}, more: Partial<Entry> = {}): Entry => ({
  pattern: '*',
  table: 'accounts',
  system: 'test.accounts',
  key: ['Code'],
  columns: { Code: { field: 'code' }, Name: { field: 'name' }, ...columns },
  ...more,
});
