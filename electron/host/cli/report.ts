/** An import's report, as a person reads it in a terminal. */
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { imports } from '../../../shared/contract/imports.ts';
import { countOf } from '../../../shared/domain/import/evidence.ts';
import { formatTable, type Output } from './output.ts';

type Report = OutputOf<(typeof imports)['import.run']>;
type Inspection = OutputOf<(typeof imports)['import.inspect']>;
type Proposal = OutputOf<(typeof imports)['import.propose']>;
type Check = OutputOf<(typeof imports)['import.check']>;
type Rows = OutputOf<(typeof imports)['import.rows']>['rows'];
type Recipes = OutputOf<(typeof imports)['import.recipes']>['recipes'];
type Evidence = Inspection['encoding'];

const explain = ({ answer, sure, because }: Evidence): string =>
  `${answer}${sure ? '' : ' (not sure)'}${because.length > 0 ? `: ${because.join('; ')}` : ''}`;

const counts = [
  'rows',
  'added',
  'updated',
  'same',
  'skipped',
  'furniture',
  'refused',
  'deletedHere',
  'issues',
  'warnings',
  'kept',
  'lost',
] as const;
const words: Readonly<Record<(typeof counts)[number], string>> = {
  rows: 'rows',
  added: 'new',
  updated: 'updated',
  same: 'same',
  skipped: 'repeated',
  furniture: 'set aside',
  refused: 'not taken',
  deletedHere: 'deleted here',
  issues: 'issues',
  warnings: 'warnings',
  kept: 'yours kept',
  lost: 'lost',
};

/** What a person should look at: guesses, issues by code, remarks. */
const remarks = (file: Report['files'][number]): readonly string[] => {
  const guesses = (['encoding', 'delimiter', 'headerRow'] as const)
    .filter((name) => !file[name].sure)
    .map((name) => `${name === 'headerRow' ? 'header row' : name}: ${explain(file[name])}`);
  const columns = file.columns
    .filter((column) => column.evidence?.sure === false)
    .map((column) => `column “${column.header}”: ${column.evidence ? explain(column.evidence) : ''}`);
  const issues = file.problems.map(({ code, cells, level, row, example }) => {
    const what = `${countOf(cells, 'cell')} ${level === 'error' ? 'to put right' : 'to look at'}`;
    return `${what} (${code}), the first in row ${row}: ${example}`;
  });
  return [...guesses, ...columns, ...issues, ...file.notes];
};

export const printReport = (report: Report, output: Output): void => {
  const rows = report.files.map((file) => [file.file, file.table, ...counts.map((name) => file[name])]);
  output.print(formatTable(['file', 'table', ...counts.map((name) => words[name])], rows));
  for (const file of report.files) {
    for (const remark of remarks(file)) output.print(`${file.file}: ${remark}`);
  }
  if (report.unmatched.length > 0) output.print(`Not named by the recipe: ${report.unmatched.join(', ')}`);
  if (report.absent.length > 0) output.print(`Named by the recipe and not there: ${report.absent.join(', ')}`);
  const sum = (name: 'added' | 'updated'): number => report.files.reduce((all, file) => all + file[name], 0);
  const left = report.left > 0 ? `, ${report.left} left out` : '';
  const what = `${sum('added')} new, ${sum('updated')} updated, ${report.lost} lost${left}, ${(report.ms / 1000).toFixed(1)} s`;
  output.print(
    report.dryRun ? `Dry run, nothing was written: ${what}` : report.batch === null ? `Nothing changed: ${what}` : what,
  );
};

export const printInspection = (found: Inspection, output: Output): void => {
  output.print(`${found.file}${found.sheet === null ? '' : `, sheet “${found.sheet}”`}: ${countOf(found.rows, 'row')}`);
  for (const { name, rows, hidden } of found.sheets)
    output.print(`sheet “${name}”: ${countOf(rows, 'row')}${hidden ? ', hidden' : ''}`);
  output.print(`encoding: ${explain(found.encoding)}`);
  output.print(`separator: ${explain(found.delimiter)}`);
  output.print(`header: ${explain(found.headerRow)}`);
  const rows = found.columns.map((column) => [
    column.header,
    `${column.type.answer}${column.type.sure ? '' : ' ?'}`,
    column.dateOrder?.answer ?? '',
    column.filled,
    column.sample.join(' · '),
  ]);
  output.print(formatTable(['column', 'type', 'date order', 'filled', 'for example'], rows));
  for (const column of found.columns) {
    const reasons = [...column.type.because, ...(column.dateOrder?.because ?? [])];
    if (reasons.length > 0) output.print(`“${column.header}”: ${reasons.join('; ')}`);
  }
};

/** Where each column goes, and why. */
export const printProposal = ({ recipe, table, columns, notes }: Proposal, output: Output): void => {
  const [entry] = recipe.files;
  const goes = (header: string): string => {
    const column = entry?.columns[header];
    if (column?.ignore) return '(ignored)';
    const to = column?.field ?? (column?.custom === undefined ? '' : `custom field ${column.custom}`);
    return column?.lookup === undefined ? to : `${to}, by ${column.lookup.table}.${column.lookup.by}`;
  };
  output.print(`rows are: ${explain(table)}`);
  output.print(`told apart by: ${entry?.key.join(', ') || 'their own text'}`);
  output.print(
    formatTable(
      ['column', 'goes to', 'because'],
      columns.map(({ header, because }) => [header, goes(header), because]),
    ),
  );
  for (const note of notes) output.print(`to know: ${note}`);
  output.print('');
};

/** What becomes of rows, with the cells that need attention. */
export const printRows = (rows: readonly Rows[number][], { entries, results, readable }: Check, output: Output): void => {
  const total = Object.values(results).reduce((sum, count) => sum + count, 0);
  const columnsOf = ({ entry, file }: Rows[number]) =>
    entries.find((one) => one.entry === entry && one.file === file)?.columns ?? [];
  const cellsOf = (row: Rows[number]): string =>
    columnsOf(row)
      .flatMap(({ label }, at) => {
        const cell = row.cells[at];
        if (!cell || (cell.code === null && cell.old === null)) return [];
        return [cell.old === null ? `${label}: ${cell.text}` : `${label}: ${cell.old} → ${cell.text}`];
      })
      .join(' · ');
  output.print(
    formatTable(
      ['file', 'row', 'result', 'problem', 'cells'],
      rows.map((row) => [row.file, row.row, row.result, row.problem, cellsOf(row)]),
    ),
  );
  if (readable < total)
    output.print(`${readable} of ${total} rows can be listed; those that need attention come first among them.`);
  output.print('');
};

export const printRecipes = (recipes: Recipes, output: Output): void => {
  if (recipes.length === 0)
    return output.print('No recipe is kept here. The import screen keeps them, and workbench call import.keep.');
  const rows = recipes.map(({ id, name, recipe }) => [name, recipe.files.map(({ table }) => table).join(', '), id]);
  output.print(formatTable(['recipe', 'tables', 'id'], rows));
};
