/**
 * One import from files to a finished batch. Reading, binding and identifying come first and refuse what cannot be
 * known; only then is anything written, document by document, with a breath between chunks for progress and cancel.
 * A check and a dry run are the same run into a batch that is only remembered.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError, type CallContext } from '../../../../shared/contract/define.ts';
import type { Recipe } from '../../../../shared/contract/recipe.ts';
import type { CellValue } from '../../../../shared/domain/kinds.ts';
import { fieldOf, type TableName } from '../../../../shared/model/index.ts';
import type { EngineEnv } from '../../env.ts';
import { companyToday } from '../company/company.ts';
import type { Batch, Change, Reader, Rules, StorePatch, WriteStore } from '../../store/api.ts';
import { bindSources, type Bound } from './bind.ts';
import { createCustoms, type Customs } from './customs.ts';
import { applyEdits, type Edits } from './edits.ts';
import { createKeyIndex, identifyRows, type Identified } from './identify.ts';
import { createLinks } from './links.ts';
import { createOutcomes, type Outcomes } from './outcome.ts';
import { checkRecipe } from './recipe.ts';
import { createRehearsal, type Rehearsal } from './rehearsal.ts';
import { createPlanner, type RowContext, type RowPlanner } from './rows.ts';
import { createFileMarks } from './settle.ts';
import { createShipments } from './shipments.ts';
import { readSources, type Source, type Sources } from './sources.ts';
import { createWriter } from './write.ts';
import { writeAll, type Run } from './write-all.ts';

export type ImportParts = {
  readonly store: WriteStore;
  readonly rules: Rules;
  readonly env: Pick<EngineEnv, 'clock' | 'ids' | 'random' | 'zone' | 'locale'>;
  readonly change: Change;
  /** The company's zone and base currency as they stand; null where nobody has said. */
  readonly zone: string | null;
  readonly currency: string | null;
  /** Patches that keep the recipe's zone and currency as the company's, where it has none. */
  readonly settings: readonly StorePatch[];
};

export type ImportInput = { readonly path: string; readonly recipe: Recipe; readonly edits: Edits };

/** Rows of each source that are left out, by index, with the reason. */
export type Left = ReadonlyMap<Source, ReadonlyMap<number, string>>;
export const NONE_LEFT: Left = new Map();

/** The files as they were read and bound: what every pass over them shares. */
export type Ready = {
  readonly recipe: Recipe;
  readonly sources: Omit<Sources, 'list'>;
  readonly bound: readonly Bound[];
  readonly customs: Customs;
};

/** One pass over the rows. */
export type Pass = {
  readonly ready: Ready;
  readonly planners: readonly RowPlanner[];
  readonly outcomes: Outcomes;
  readonly batch: string | null;
};

export const stopWhenCancelled = ({ signal }: CallContext): void => {
  if (signal.aborted) throw new AppError('cancelled', 'The import was cancelled. Nothing of it was kept.');
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

const currencyFor =
  ({ currency }: ImportParts, reader: Reader, recipe: Recipe) =>
  (values: Readonly<Record<string, CellValue>>): string | null => {
    if (recipe.defaults?.currency !== undefined) return recipe.defaults.currency;
    const account = values['account_id'];
    const own = typeof account === 'string' ? reader.get('accounts', account)?.['currency'] : null;
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

/**
 * Reads the files and binds their columns.
 * @throws AppError `bad-file`, `bad-recipe`, `ambiguous`, `too-large`, `io`, `cancelled`
 */
export const readFiles = async (parts: ImportParts, input: ImportInput, context: CallContext): Promise<Ready> => {
  const { store, env } = parts;
  const { recipe } = input;
  checkRecipe(recipe);
  const now = new Date(env.clock()).getUTCFullYear();
  const { list, ...sources } = await readSources(input.path, recipe, now, async (part) => {
    context.progress(Math.round(part * 100), 100, 'Reading');
    await nextTurn();
    stopWhenCancelled(context);
  });
  const customs = createCustoms(store, env.ids, env.random);
  const zone = recipe.defaults?.zone ?? parts.zone ?? env.zone;
  const mended = applyEdits(list, recipe, input.edits);
  const person = { locale: env.locale, today: companyToday(store, env) };
  const { locale = null, currency: given } = recipe.defaults ?? {};
  // Where a row has an account, that has a currency of its own.
  const currency = (table: TableName): string | null =>
    given ?? (fieldOf(table, 'account_id') === undefined ? parts.currency : null);
  const settle = { markOf: createFileMarks(now), locale, currency };
  const bound = bindSources(mended, customs, { now, zone, person, settle }, recipe);
  customs.mark();
  for (const { source } of bound) source.ledger.mark();
  return { recipe, sources, bound, customs };
};

const planAll = async (
  parts: ImportParts,
  { recipe, bound, customs }: Ready,
  reader: Reader,
  left: Left,
  context: CallContext,
): Promise<readonly RowPlanner[]> => {
  const { ids } = parts.env;
  customs.rewind();
  for (const { source } of bound) source.ledger.rewind();
  const breathe = async (): Promise<void> => {
    await nextTurn();
    stopWhenCancelled(context);
  };
  const index = createKeyIndex();
  const all: Identified[] = [];
  const systems = new Set(recipe.files.map(({ system }) => system));
  for (const one of bound) {
    const out = left.get(one.source);
    all.push(await identifyRows(one, reader, ids, index, breathe, { isLeft: (at) => out?.has(at) === true, systems }));
  }
  const rowContext: RowContext = {
    store: reader,
    ids,
    links: createLinks(reader, all, index),
    currencyOf: currencyFor(parts, reader, recipe),
    told: new Map(),
    isTold: (table, system) => all.filter((one) => isOf(one, table, system)).length > 1,
  };
  return all.map((one, at) => {
    const { table, system } = one.bound.source.entry;
    const earlier = all.slice(0, at).filter((other) => isOf(other, table, system));
    return createPlanner(one, rowContext, earlier);
  });
};

type PassOptions = {
  readonly reader: Reader;
  readonly begin: () => Batch;
  readonly left: Left;
  /** What it is called while it runs. */
  readonly what: string;
};

/** Goes over all rows once. @throws AppError; what was written by then is taken back */
const runPass = async (parts: ImportParts, ready: Ready, options: PassOptions, context: CallContext): Promise<Pass> => {
  const { reader, begin, left, what } = options;
  const planners = await planAll(parts, ready, reader, left, context);
  const outcomes = createOutcomes(planners);
  const writer = createWriter(begin, outcomes.take);
  const all = planners.map(({ identified }) => identified);
  const total = all.reduce((sum, { rows }) => sum + rows.length, 0);
  const run: Run = {
    store: reader,
    writer,
    shipments: createShipments(reader, parts.env.ids),
    customs: ready.customs,
    planners,
    pending: pendingOf(all),
    late: [],
    note: outcomes.note,
    breathe: createBreath(context, total, what),
  };
  try {
    writer.add([...parts.settings, ...ready.customs.take()]);
    await writeAll(run);
    stopWhenCancelled(context);
    return { ready, planners, outcomes, batch: writer.done() };
  } catch (error) {
    writer.undo();
    throw error;
  }
};

/** A pass that writes nothing, and the store as it would be after it. */
export const rehearse = async (
  parts: ImportParts,
  ready: Ready,
  left: Left,
  context: CallContext,
): Promise<Pass & { readonly rehearsal: Rehearsal }> => {
  const rehearsal = createRehearsal(parts.store, parts.rules, parts.change);
  const pass = await runPass(parts, ready, { ...rehearsal, left, what: 'Checking' }, context);
  return { ...pass, batch: null, rehearsal };
};

/** The pass that writes. */
export const write = (parts: ImportParts, ready: Ready, left: Left, context: CallContext): Promise<Pass> => {
  const { store, change } = parts;
  const begin = (): Batch => store.batch(change.label, change);
  return runPass(parts, ready, { reader: store, begin, left, what: 'Importing' }, context);
};
