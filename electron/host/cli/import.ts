/** Files in, from a shell: look at one, import it by a recipe or by what is proposed, see what becomes of each row. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { AppError, type OutputOf } from '../../../shared/contract/define.ts';
import { rowResults, type imports } from '../../../shared/contract/imports.ts';
import type { Recipe } from '../../../shared/contract/recipe.ts';
import { answering, proposeFor, writeRecipe } from './propose.ts';
import { printInspection, printRecipes, printReport, printRows } from './report.ts';
import { usage, type Work } from './work.ts';

type Row = OutputOf<(typeof imports)['import.rows']>['rows'][number];
type Result = Row['result'];

const PAGE = 1000;

const plural: Readonly<Record<string, Result>> = { errors: 'error', updates: 'update' };

/** Which rows are listed. @throws AppError `usage` */
const readResults = (text: string | undefined): Result[] | null => {
  if (text === undefined || text === 'all') return null;
  return text.split(',').map((word): Result => {
    const key = word.trim();
    const found = rowResults.find((result) => result === key) ?? plural[key];
    if (found) return found;
    throw usage(`--rows takes all, errors, ${rowResults.join(', ')}, not “${key}”.`);
  });
};

/** The recipe of a file of that name, else the one that was kept under it. */
const findRecipe = async ({ client, options, folder }: Work, wanted: string): Promise<Recipe> => {
  const path = resolve(folder, wanted);
  if (existsSync(path)) return (await client['import.recipe']({ path }, options)).recipe;
  const { recipes } = await client['import.recipes']({}, options);
  const found = recipes.find(({ id, name }) => id === wanted || name === wanted);
  if (found) return found.recipe;
  const kept = recipes.length === 0 ? 'none is kept here' : `kept are ${recipes.map(({ name }) => `“${name}”`).join(', ')}`;
  throw new AppError('bad-recipe', `There is no recipe file ${path}, and ${kept}.`, { recipe: wanted });
};

const ONLY_PROPOSED = ['table', 'sheet', 'header-row', 'dates', 'decimal', 'percents', 'to'] as const;

const chooseRecipe = async (work: Work, path: string): Promise<Recipe> => {
  const { recipe, propose, ...others } = work.asked.values;
  if (propose === true) {
    if (recipe !== undefined) throw usage('import takes --recipe or --propose, not both.');
    return proposeFor(work, path);
  }
  if (recipe === undefined || recipe === '') throw usage('import needs --recipe, or --propose. Try workbench import --help.');
  const foreign = ONLY_PROPOSED.find((name) => others[name] !== undefined);
  if (foreign !== undefined) throw usage(`--${foreign} goes with --propose: a recipe says that itself.`);
  const found = await findRecipe(work, recipe);
  // What it is written in is of the file at hand, whatever the recipe was made for.
  return others.encoding === undefined
    ? found
    : { ...found, files: found.files.map((file) => ({ ...file, encoding: others.encoding })) };
};

const readRows = async ({ client, options }: Work, check: string, results: Result[] | null): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  for (;;) {
    const page = await client['import.rows']({ check, results, from: rows.length, count: PAGE }, options);
    rows.push(...page.rows);
    if (page.rows.length === 0 || rows.length >= page.total) return rows;
  }
};

/** Cells that went nowhere are no success, whoever reads only the exit status. */
const refuseLost = (lost: number, isDry: boolean): void => {
  if (lost === 0) return;
  const cells = lost === 1 ? '1 cell goes' : `${lost} cells go`;
  const undo = isDry ? '' : ' workbench undo takes the import back.';
  throw new AppError(
    'bad-recipe',
    `${cells} nowhere: give their columns a field or a custom field, or ignore them by name.${undo}`,
    { lost },
  );
};

/** Neither are rows that could not be taken: the file says two things of one record. */
const refuseClashes = (refused: number): void => {
  if (refused === 0) return;
  const rows = refused === 1 ? '1 row was' : `${refused} rows were`;
  throw new AppError(
    'bad-file',
    `${rows} not taken, as their key is not their own: see the remarks above; the other rows are in. Put the file right and import it again, or leave them out with --leave-errors.`,
    { refused },
  );
};

/** A recipe in a file is to be read and changed first: what it would do is told, and nothing is imported. */
const keepProposed = async (work: Work, path: string, proposed: Recipe, to: string): Promise<void> => {
  const { client, output, options, asked } = work;
  const look = (recipe: Recipe) => client['import.run']({ path, recipe, dryRun: true }, options);
  writeRecipe(work, to, proposed);
  const { recipe, result: report } = await answering(work, proposed, look);
  if (recipe !== proposed) writeRecipe(work, to, recipe);
  if (asked.values.json) output.json(report);
  else printReport(report, output);
};

export const runImport = async (work: Work): Promise<void> => {
  const { client, asked, output, options, folder } = work;
  const { values } = asked;
  const path = resolve(folder, asked.args[0] ?? '');
  const results = readResults(values.rows);
  const chosen = await chooseRecipe(work, path);
  if (values.to !== undefined) return keepProposed(work, path, chosen, values.to);
  const dryRun = values['dry-run'] === true;
  const leaveErrors = values['leave-errors'] === true;
  const needsCheck = values.rows !== undefined || values.rest !== undefined;
  const look = (recipe: Recipe) => (needsCheck ? client['import.check']({ path, recipe }, options) : Promise.resolve(null));
  const { recipe: looked, result: check } = await answering(work, chosen, look);
  const rows = check && values.rows !== undefined ? await readRows(work, check.check, results) : null;
  if (rows && check && values.json !== true) printRows(rows, check, output);
  const run = (recipe: Recipe) => client['import.run']({ path, recipe, dryRun, leaveErrors }, options);
  const { result: report } = await answering(work, looked, run);
  const rest =
    check && values.rest !== undefined && check.report.left > 0
      ? await client['import.rest']({ check: check.check, to: resolve(folder, values.rest) }, options)
      : null;
  if (values.json) output.json(check ? { report, results: check.results, rows, rest } : report);
  else {
    printReport(report, output);
    for (const file of rest?.files ?? []) output.print(`${file.rows} rows with errors written to ${file.path}`);
    if (values.rest !== undefined && rest === null) output.print('No row has errors: no file was written for them.');
  }
  refuseLost(report.lost, dryRun);
  refuseClashes(report.refused);
};

export const runInspect = async ({ client, asked, output, options, folder }: Work): Promise<void> => {
  const path = resolve(folder, asked.args[0] ?? '');
  const found = await client['import.inspect'](
    { path, sheet: asked.values.sheet ?? null, encoding: asked.values.encoding ?? null },
    options,
  );
  if (asked.values.json) output.json(found);
  else printInspection(found, output);
};

export const runRecipes = async ({ client, asked, output, options }: Work): Promise<void> => {
  const { recipes } = await client['import.recipes']({}, options);
  const [wanted] = asked.args;
  if (wanted === undefined) return asked.values.json ? output.json(recipes) : printRecipes(recipes, output);
  const found = recipes.find(({ id, name }) => id === wanted || name === wanted);
  if (!found) throw new AppError('not-found', `No recipe “${wanted}” is kept here. See workbench recipes.`, { recipe: wanted });
  output.json(found.recipe);
};
