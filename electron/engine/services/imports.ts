/** Files in: what a file holds, what a recipe says, and the import itself. */
import { basename } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError, type CallContext } from '../../../shared/contract/define.ts';
import type { Commands, Queries } from '../../../shared/contract/index.ts';
import type { Recipe } from '../../../shared/contract/recipe.ts';
import { judgeColumn } from '../../../shared/domain/import/columns.ts';
import type { Evidence } from '../../../shared/domain/import/evidence.ts';
import type { EngineEnv } from '../env.ts';
import { readBytes } from '../files/disk.ts';
import { readSource } from '../files/source.ts';
import type { Change, WriteStore } from '../store/api.ts';
import { baseCurrency, companyPatches, readCompany } from './company.ts';
import { assumedMark, cellsOf } from './import/judge.ts';
import { parseRecipe } from './import/recipe.ts';
import { runImport } from './import/run.ts';

export type ImportDeps = {
  readonly store: WriteStore;
  readonly env: Pick<EngineEnv, 'clock' | 'ids' | 'random' | 'zone'>;
  /** How a change by this caller is signed. */
  readonly changeOf: (context: CallContext, source: Change['source'], label: string) => Change;
};

const SAMPLE = 5;
const LARGEST_RECIPE = 1_000_000;
const FALLBACK_CURRENCY = 'USD';

const plain = ({ answer, sure, because }: Evidence) => ({ answer, sure, because: [...because] });

const breatheFor =
  ({ signal }: CallContext) =>
  async (): Promise<void> => {
    await nextTurn();
    if (signal.aborted) throw new AppError('cancelled', 'The file was no longer wanted.');
  };

/** What can be asked of files without writing anything. */
export const createImportQueries = (env: Pick<EngineEnv, 'clock'>): Pick<Queries, 'import.inspect' | 'import.recipe'> => ({
  'import.inspect': async ({ path, ...options }, context) => {
    const table = await readSource(path, options, breatheFor(context));
    const now = new Date(env.clock()).getUTCFullYear();
    const source = { table, first: 0 };
    const assumed = assumedMark(source, { now, zone: 'UTC', locale: null });
    const columns = table.headers.map((header, at) => {
      const cells = cellsOf(source, at, null);
      const { type, dates } = judgeColumn(cells, now, assumed);
      const sample = [...new Set(cells.slice(0, 200).map(({ text }) => text))].slice(0, SAMPLE);
      return { header, type: plain(type), dateOrder: dates && plain(dates), filled: cells.length, sample };
    });
    return {
      file: basename(path),
      encoding: plain(table.encoding),
      delimiter: plain(table.delimiter),
      headerRow: plain(table.headerRow),
      rows: table.rows.length,
      columns,
    };
  },
  'import.recipe': ({ path }) => ({ recipe: parseRecipe(new TextDecoder().decode(readBytes(path, LARGEST_RECIPE))) }),
});

/** Zone and currency of a company that has none yet: the recipe's, else what this computer says; not confirmed by anybody. */
const settingsFor = ({ store, env }: ImportDeps, recipe: Recipe) => {
  if (readCompany(store) !== null) return { currency: baseCurrency(store), zone: null, patches: [] };
  const currency = recipe.defaults?.currency ?? baseCurrency(store) ?? FALLBACK_CURRENCY;
  const zone = recipe.defaults?.zone ?? env.zone;
  const wanted = { zone, currency, weekStart: 1, fiscalMonth: 1, name: '' };
  return { currency, zone, patches: companyPatches(store, env.ids, wanted, false) };
};

export const createImports = (deps: ImportDeps): Pick<Commands, 'import.run'> => ({
  'import.run': (input, context) => {
    const { store, env } = deps;
    const { currency, zone, patches } = settingsFor(deps, input.recipe);
    const companyZone = store.setting('company.zone');
    return runImport(
      {
        store,
        env,
        change: deps.changeOf(context, 'import', `Import ${input.recipe.name}`),
        zone: typeof companyZone === 'string' ? companyZone : zone,
        currency,
        settings: patches,
      },
      input,
      context,
    );
  },
});
