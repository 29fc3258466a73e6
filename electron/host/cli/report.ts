/** An import's report, as a person reads it in a terminal. */
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { imports } from '../../../shared/contract/imports.ts';
import { formatTable, type Output } from './output.ts';

type Report = OutputOf<(typeof imports)['import.run']>;
type Inspection = OutputOf<(typeof imports)['import.inspect']>;
type Evidence = Inspection['encoding'];

const explain = ({ answer, sure, because }: Evidence): string =>
  `${answer}${sure ? '' : ' (not sure)'}${because.length > 0 ? `: ${because.join('; ')}` : ''}`;

const counts = ['rows', 'added', 'updated', 'same', 'skipped', 'deletedHere', 'issues', 'kept', 'lost'] as const;
const words: Readonly<Record<(typeof counts)[number], string>> = {
  rows: 'rows',
  added: 'new',
  updated: 'updated',
  same: 'same',
  skipped: 'skipped',
  deletedHere: 'deleted here',
  issues: 'issues',
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
  const issues = Object.entries(file.issuesByCode).map(([code, cells]) => `${cells} cells kept as text: ${code}`);
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
  const what = `${sum('added')} new, ${sum('updated')} updated, ${report.lost} lost, ${(report.ms / 1000).toFixed(1)} s`;
  output.print(
    report.dryRun ? `Dry run, nothing was written: ${what}` : report.batch === null ? `Nothing changed: ${what}` : what,
  );
};

export const printInspection = (found: Inspection, output: Output): void => {
  output.print(`${found.file}: ${found.rows} rows`);
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
