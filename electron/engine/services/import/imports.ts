/**
 * Files in, as the contract has it: handed over, looked at, met with fields, checked row by row, written as one batch;
 * recipes kept, rows with errors out again. What an import is lies in `import/`.
 */
import { basename } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError, type CallContext } from '../../../../shared/contract/define.ts';
import type { Commands, Queries } from '../../../../shared/contract/index.ts';
import type { Recipe } from '../../../../shared/contract/recipe.ts';
import { judgeColumn } from '../../../../shared/domain/import/columns.ts';
import type { Evidence } from '../../../../shared/domain/import/evidence.ts';
import { isTableName, tableOf } from '../../../../shared/model/index.ts';
import type { EngineEnv } from '../../env.ts';
import { readBytes } from '../../files/disk.ts';
import type { Incoming } from '../../files/incoming.ts';
import { readSource } from '../../files/source.ts';
import type { Change, Reader, Rules, WriteStore } from '../../store/api.ts';
import type { ExportShape } from '../../store/read/export-columns.ts';
import { readNames } from '../../store/file/names.ts';
import { baseCurrency, companyPatches, companyToday, companyZone, readCompany } from '../company/company.ts';
import { placeOf } from '../export/exports.ts';
import { createChecks, makeCheck } from './check.ts';
import { createDescribe, type Describe } from './describe.ts';
import { cellsOf } from './judge.ts';
import { countLeft, findLeft } from './leave.ts';
import { proposeRecipe } from './propose.ts';
import { parseRecipe } from './recipe.ts';
import { keepRecipe, savedRecipes } from './recipes.ts';
import { reportOn } from './report.ts';
import { createFileMarks } from './settle.ts';
import { writeRest } from './rest.ts';
import { NONE_LEFT, readFiles, rehearse, write, type ImportParts, type Pass } from './run.ts';

export type ImportDeps = {
  readonly store: WriteStore;
  readonly rules: Rules;
  readonly env: Pick<EngineEnv, 'db' | 'clock' | 'ids' | 'random' | 'zone' | 'locale'>;
  readonly incoming: Incoming;
  /** How a change by this caller is signed. */
  readonly changeOf: (context: CallContext, source: Change['source'], label: string) => Change;
};

type ImportQuery = 'import.inspect' | 'import.propose' | 'import.recipe' | 'import.recipes';
type ImportCommand =
  | 'import.stage'
  | 'import.keep'
  | 'import.check'
  | 'import.rows'
  | 'import.raw'
  | 'import.rest'
  | 'import.run';

const SAMPLE = 5;
const LARGEST_RECIPE = 1_000_000;
const FALLBACK_CURRENCY = 'USD';
/** Codes or names of a table that a missing one is compared with. */
const MOST_NAMES = 50_000;

const plain = ({ answer, sure, because }: Evidence) => ({ answer, sure, because: [...because] });

const breatheFor =
  ({ signal }: CallContext) =>
  async (): Promise<void> => {
    await nextTurn();
    if (signal.aborted) throw new AppError('cancelled', 'The file was no longer wanted.');
  };

const inspect =
  (env: Pick<EngineEnv, 'clock'>): Queries['import.inspect'] =>
  async ({ path, ...options }, context) => {
    const table = await readSource(path, options, breatheFor(context));
    const now = new Date(env.clock()).getUTCFullYear();
    const source = { table, first: 0 };
    const settle = createFileMarks(now);
    const columns = table.headers.map((header, at) => {
      const cells = cellsOf(source, at, null);
      const { type, dates, numbers } = judgeColumn(cells, now, { settle: () => settle(source) });
      const sample = [...new Set(cells.slice(0, 200).map(({ text }) => text))].slice(0, SAMPLE);
      return {
        header,
        type: plain(type),
        dateOrder: dates && plain(dates),
        decimal: numbers && plain(numbers),
        filled: cells.length,
        sample,
      };
    });
    return {
      file: basename(path),
      kind: table.kind,
      sheets: table.sheets.map((sheet) => ({ ...sheet })),
      sheet: table.sheet,
      encoding: plain(table.encoding),
      delimiter: plain(table.delimiter),
      headerRow: plain(table.headerRow),
      top: table.top.map((row) => [...row]),
      rows: table.rows.length,
      columns,
    };
  };

/** What can be asked of files without writing anything. */
export const createImportQueries = (
  env: Pick<EngineEnv, 'clock'>,
  read: Reader,
  shapes: () => readonly ExportShape[],
): Pick<Queries, ImportQuery> => ({
  'import.inspect': inspect(env),
  'import.propose': async ({ path, table, ...options }, context) => {
    if (table !== null && (!isTableName(table) || tableOf(table).shown !== true)) {
      throw new AppError('invalid', `There is no table “${table}” to import into.`, { table });
    }
    const source = await readSource(path, options, breatheFor(context));
    const { sheet, encoding, delimiter, headerRow } = options;
    const as = Object.fromEntries(
      Object.entries({ sheet, encoding, delimiter, headerRow }).filter(([, value]) => value !== null),
    );
    return read.together(() => proposeRecipe({ read, saved: savedRecipes(read), shapes: shapes() }, source, table, as));
  },
  'import.recipe': ({ path }) => ({ recipe: parseRecipe(new TextDecoder().decode(readBytes(path, LARGEST_RECIPE))) }),
  'import.recipes': () => ({ recipes: [...savedRecipes(read)] }),
});

/** Zone and currency of a company that has none yet: the recipe's, else what this computer says; not confirmed by anybody. */
const settingsFor = ({ store, env }: ImportDeps, recipe: Recipe) => {
  if (readCompany(store) !== null) return { currency: baseCurrency(store), zone: companyZone(store, env), patches: [] };
  const currency = recipe.defaults?.currency ?? baseCurrency(store) ?? FALLBACK_CURRENCY;
  const zone = recipe.defaults?.zone ?? companyZone(store, env);
  const wanted = { zone, currency, weekStart: 1, fiscalMonth: 1, name: '' };
  return { currency, zone, patches: companyPatches(store, env.ids, wanted, false) };
};

const partsFor = (deps: ImportDeps, recipe: Recipe, context: CallContext): ImportParts => {
  const { store, rules, env } = deps;
  const { currency, zone, patches } = settingsFor(deps, recipe);
  const change = deps.changeOf(context, 'import', `Import ${recipe.name}`);
  return { store, rules, env, change, zone, currency, settings: patches };
};

/** How the cells of a pass are put into words, as this company reads them. */
const describerFor =
  ({ store, env }: ImportDeps, { zone, currency }: ImportParts) =>
  ({ planners }: Pass): Describe =>
    createDescribe(planners, {
      store,
      names: (table, field) => readNames(env.db, table, field, MOST_NAMES),
      format: { locale: env.locale, zone: zone ?? env.zone, today: companyToday(store, env), currency },
    });

export const createImports = (deps: ImportDeps): Pick<Commands, ImportCommand> => {
  const { store, env, incoming } = deps;
  const checks = createChecks();
  return {
    'import.stage': ({ base64, ...part }) => incoming.take({ ...part, bytes: Buffer.from(base64, 'base64') }),
    'import.keep': (input, context) => {
      const { id, patch, label } = keepRecipe(store, env.ids, input);
      if (patch !== null) store.apply([patch], deps.changeOf(context, 'edit', label));
      return { id };
    },
    'import.check': async (input, context) => {
      const parts = partsFor(deps, input.recipe, context);
      const ready = await readFiles(parts, input, context);
      return checks.keep(await makeCheck(parts, ready, describerFor(deps, parts), context));
    },
    'import.rows': ({ check, results, from, count }) => {
      const { rows } = checks.find(check);
      const wanted = results === null ? rows : rows.filter(({ result }) => results.includes(result));
      return { total: wanted.length, rows: wanted.slice(from, from + count) };
    },
    'import.raw': ({ check, entry, file, row }) => {
      const { rows, raw } = checks.find(check);
      const at = rows.findIndex((one) => one.entry === entry && one.row === row && one.file === file);
      return { cells: [...(raw[at] ?? [])] };
    },
    'import.rest': async ({ check, to }) => {
      const look = { author: '', company: '', created: env.clock(), locale: env.locale, zone: companyZone(store, env) };
      const written = await writeRest(placeOf(to, env.db), checks.find(check).rest, look);
      const files = written.map((file) => ({ ...file }));
      const [first] = files;
      return { path: first?.path ?? to, rows: files.reduce((sum, { rows }) => sum + rows, 0), files };
    },
    'import.run': async (input, context) => {
      const started = env.clock();
      const parts = partsFor(deps, input.recipe, context);
      const ready = await readFiles(parts, input, context);
      const left = input.leaveErrors ? await findLeft(parts, ready, describerFor(deps, parts), context) : NONE_LEFT;
      const pass = await (input.dryRun ? rehearse : write)(parts, ready, left, context);
      return reportOn(pass, countLeft(left), input.dryRun, env.clock() - started);
    },
  };
};
