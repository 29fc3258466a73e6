/**
 * One import from files to a finished batch. Reading, binding and identifying come first and refuse what cannot be
 * known; only then is anything written, document by document, with a breath between chunks for progress and cancel.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError, type CallContext } from '../../../../shared/contract/define.ts';
import type { Recipe } from '../../../../shared/contract/recipe.ts';
import type { CellValue } from '../../../../shared/domain/kinds.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import type { EngineEnv } from '../../env.ts';
import type { Change, StorePatch, WriteStore } from '../../store/api.ts';
import { bindSources } from './bind.ts';
import { createCustoms } from './customs.ts';
import { createKeyIndex, identifyRows, type Identified } from './identify.ts';
import { createLinks } from './links.ts';
import { checkRecipe } from './recipe.ts';
import { reportOn, type ImportReport } from './report.ts';
import { createPlanner, type RowContext } from './rows.ts';
import { createShipments } from './shipments.ts';
import { readSources } from './sources.ts';
import { createWriter } from './write.ts';
import { writeAll, type Run } from './write-all.ts';

export type ImportParts = {
  readonly store: WriteStore;
  readonly env: Pick<EngineEnv, 'clock' | 'ids' | 'random' | 'zone'>;
  readonly change: Change;
  /** The company's zone and base currency as they stand; null where nobody has said. */
  readonly zone: string | null;
  readonly currency: string | null;
  /** Patches that keep the recipe's zone and currency as the company's, where it has none. */
  readonly settings: readonly StorePatch[];
};

/** Between slices others get their turn, progress is told, and a cancelled call ends. */
const createBreath = (context: CallContext, total: number, what: string): Run['breathe'] => {
  let done = 0;
  return async (rows) => {
    done += rows;
    context.progress(Math.min(done, total), total, what);
    await nextTurn();
    stopWhenCancelled(context);
  };
};

const stopWhenCancelled = ({ signal }: CallContext): void => {
  if (signal.aborted) throw new AppError('cancelled', 'The import was cancelled. Nothing of it was kept.');
};

const currencyFor =
  ({ store, currency }: ImportParts, recipe: Recipe) =>
  (values: Readonly<Record<string, CellValue>>): string | null => {
    if (recipe.defaults?.currency !== undefined) return recipe.defaults.currency;
    const account = values['account_id'];
    const own = typeof account === 'string' ? store.get('accounts', account)?.['currency'] : null;
    return typeof own === 'string' ? own : currency;
  };

const pendingOf = (all: readonly Identified[]): Set<string> =>
  new Set(
    all
      .filter(({ bound }) => bound.source.entry.table !== 'order_lines')
      .flatMap(({ rows }) => rows.filter((row) => row.fate === 'new').map((row) => row.id)),
  );

const isOf = ({ bound: { source } }: Identified, table: TableName, system: string): boolean =>
  source.entry.table === table && source.entry.system === system;

const prepare = async (parts: ImportParts, path: string, recipe: Recipe, context: CallContext) => {
  const { store, env } = parts;
  const breathe = async (): Promise<void> => {
    await nextTurn();
    stopWhenCancelled(context);
  };
  const sources = await readSources(path, recipe, async (part) => {
    context.progress(Math.round(part * 100), 100, 'Reading');
    await breathe();
  });
  const customs = createCustoms(store, env.ids, env.random);
  const zone = recipe.defaults?.zone ?? parts.zone ?? env.zone;
  const now = new Date(env.clock()).getUTCFullYear();
  const bound = bindSources(sources.list, customs, { now, zone, locale: recipe.defaults?.locale ?? null });
  const index = createKeyIndex();
  const all: Identified[] = [];
  for (const one of bound) all.push(await identifyRows(one, store, env.ids, index, breathe));
  const links = createLinks(store, all, index);
  const rowContext: RowContext = {
    store,
    ids: env.ids,
    links,
    currencyOf: currencyFor(parts, recipe),
    told: new Map(),
    isTold: (table, system) => all.filter((one) => isOf(one, table, system)).length > 1,
  };
  const planners = all.map((one, at) => {
    const { table, system } = one.bound.source.entry;
    return createPlanner(
      one,
      rowContext,
      all.slice(0, at).filter((earlier) => isOf(earlier, table, system)),
    );
  });
  return { sources, customs, all, planners };
};

/**
 * Runs an import, or counts what it would do.
 * @throws AppError `bad-file`, `bad-recipe`, `ambiguous`, `too-large`, `io`, `cancelled`; nothing is left behind then
 */
export const runImport = async (
  parts: ImportParts,
  input: { readonly path: string; readonly recipe: Recipe; readonly dryRun: boolean },
  context: CallContext,
): Promise<ImportReport> => {
  const { store, env, change } = parts;
  const { recipe, dryRun } = input;
  const started = env.clock();
  checkRecipe(recipe);
  const { sources, customs, all, planners } = await prepare(parts, input.path, recipe, context);
  const writer = createWriter(dryRun ? null : () => store.batch(change.label, change));
  const total = all.reduce((sum, { rows }) => sum + rows.length, 0);
  const breathe = createBreath(context, total, dryRun ? 'Checking' : 'Importing');
  const run: Run = {
    store,
    writer,
    shipments: createShipments(store, env.ids),
    customs,
    planners,
    pending: pendingOf(all),
    late: [],
    breathe,
  };
  let batch: string | null;
  try {
    writer.add([...parts.settings, ...customs.take()]);
    await writeAll(run);
    stopWhenCancelled(context);
    batch = writer.done();
  } catch (error) {
    writer.undo();
    throw error;
  }
  const files = planners.map((planner) => reportOn(planner.identified, planner.tally));
  const lost = files.reduce((sum, file) => sum + file.lost, 0);
  return {
    batch,
    dryRun,
    files,
    unmatched: [...sources.unmatched],
    absent: [...sources.absent],
    lost,
    ms: env.clock() - started,
  };
};
