/**
 * A recipe for a file that has none yet, from a shell: what the person says of the file with options, what the workbench
 * proposes, and that as a file of its own to be read, changed and used again.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { AppError, type OutputOf } from '../../../shared/contract/define.ts';
import type { AmbiguousColumn, imports } from '../../../shared/contract/imports.ts';
import type { Recipe } from '../../../shared/contract/recipe.ts';
import { nearestChoices } from '../../../shared/domain/parse/choice.ts';
import { tableNames, tableOf } from '../../../shared/model/index.ts';
import { printProposal } from './report.ts';
import { usage, type Work } from './work.ts';

type Proposal = OutputOf<(typeof imports)['import.propose']>;

/** A table by its name or by what its rows are called. @throws AppError `usage` */
const readTable = (text: string | undefined): string | null => {
  if (text === undefined) return null;
  const shown = tableNames.filter((name) => tableOf(name).shown === true);
  const choices = shown.map((name) => ({ key: name, label: name, aliases: [tableOf(name).one, tableOf(name).many] }));
  const wanted = text.trim().toLowerCase();
  const found = choices.find(({ key, aliases }) => [key, ...aliases].some((word) => word.toLowerCase() === wanted));
  if (found) return found.key;
  throw usage(`There is no table “${text}”. Did you mean ${nearestChoices(text, choices, 2).join(' or ')}?`);
};

const readHeaderRow = (text: string | undefined): number | null => {
  if (text === undefined) return null;
  if (!/^\d{1,4}$/.test(text) || Number(text) > 1000) throw usage(`--header-row takes the number of a row, or 0, not “${text}”.`);
  return Number(text);
};

/** What settles the columns that nobody can read for sure; each may be left out. */
type Answers = {
  readonly dateOrder?: 'dmy' | 'mdy' | 'ymd';
  readonly decimal?: '.' | ',';
  readonly type?: 'decimal' | 'percent';
};

/** @throws AppError `usage` */
const readAnswers = ({ dates, decimal, percents }: Work['asked']['values']): Answers => {
  if (dates !== undefined && dates !== 'dmy' && dates !== 'mdy' && dates !== 'ymd') {
    throw usage(`--dates takes dmy, mdy or ymd, not “${dates}”.`);
  }
  if (decimal !== undefined && decimal !== '.' && decimal !== ',') {
    throw usage(`--decimal takes . or , and not “${decimal}”.`);
  }
  if (percents !== undefined && percents !== 'fractions' && percents !== 'whole') {
    throw usage(`--percents takes fractions (0.05 is 5 %) or whole (5 is 5 %), not “${percents}”.`);
  }
  return {
    ...(dates === undefined ? {} : { dateOrder: dates }),
    ...(decimal === undefined ? {} : { decimal }),
    ...(percents === undefined ? {} : { type: percents === 'whole' ? 'percent' : 'decimal' }),
  };
};

const openColumns = (error: unknown): readonly AmbiguousColumn[] => {
  if (!(error instanceof AppError) || error.code !== 'ambiguous') return [];
  return (error.details as { readonly columns?: readonly AmbiguousColumn[] } | undefined)?.columns ?? [];
};

/** The recipe with what the person said of the columns that ask; a column whose cells prove something is left alone. */
const answer = (recipe: Recipe, open: readonly AmbiguousColumn[], answers: Answers): Recipe => ({
  ...recipe,
  files: recipe.files.map((entry, at) => {
    const own = open.filter((column) => column.entry === at);
    const columns = Object.entries(entry.columns).map(([name, column]) => {
      const asks = own.find(({ header }) => header === name)?.asks;
      const said = asks === undefined ? undefined : answers[asks];
      return [name, asks === undefined || said === undefined ? column : { ...column, [asks]: said }] as const;
    });
    return { ...entry, columns: Object.fromEntries(columns) };
  }),
});

/** Calls with a recipe, and once more where the options answer what it is asked. */
export const answering = async <T>(
  { asked }: Work,
  recipe: Recipe,
  call: (recipe: Recipe) => Promise<T>,
): Promise<{ readonly recipe: Recipe; readonly result: T }> => {
  try {
    return { recipe, result: await call(recipe) };
  } catch (error) {
    const answers = readAnswers(asked.values);
    const open = openColumns(error);
    if (!open.some(({ asks }) => answers[asks] !== undefined)) throw error;
    const settled = answer(recipe, open, answers);
    return { recipe: settled, result: await call(settled) };
  }
};

/** A file whose columns say nothing is not guessed to be anything. */
const refuseUnknown = ({ table, columns, saved }: Proposal): void => {
  const isHeadless = columns.every(({ header }) => /^#\d+$/.test(header));
  if (saved !== null || !(isHeadless || columns.every(({ how }) => how === 'none'))) return;
  throw new AppError(
    'bad-file',
    `${table.because[0] ?? ''}. Say with --header-row N which row names the columns, 0 where none does, and with --table NAME what the rows are. Try workbench inspect.`,
  );
};

/** @throws AppError `usage`, `bad-file` */
export const proposeFor = async ({ client, asked, output, options }: Work, path: string): Promise<Recipe> => {
  const { table, sheet, encoding, json, 'header-row': row } = asked.values;
  readAnswers(asked.values);
  const reading = {
    path,
    table: readTable(table),
    sheet: sheet ?? null,
    encoding: encoding ?? null,
    headerRow: readHeaderRow(row),
  };
  const proposal = await client['import.propose'](reading, options);
  if (table === undefined) refuseUnknown(proposal);
  if (json !== true) printProposal(proposal, output);
  return proposal.recipe;
};

/** Writes a recipe for people: `import --recipe` reads it. @throws AppError `io` */
export const writeRecipe = ({ folder, output, asked }: Work, to: string, recipe: Recipe): void => {
  const path = resolve(folder, to);
  try {
    writeFileSync(path, `${JSON.stringify(recipe, null, 2)}\n`);
  } catch (error) {
    const folder = dirname(path);
    const why = existsSync(folder)
      ? `The recipe cannot be written to ${path}: ${error instanceof Error ? error.message : String(error)}`
      : `There is no folder ${folder}: make it first, or choose another. Nothing was written.`;
    throw new AppError('io', why, { path });
  }
  if (asked.values.json !== true) output.print(`Recipe written to ${path}: change it there, and import with --recipe ${to}`);
};
