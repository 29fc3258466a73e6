/** The folder of real files that acceptance tests read, where there is one; and the table they print of what became of each. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../import/desk.ts';

/** A folder of the acceptance data; null, said in one line, where it is absent. */
export const findData = (folder: string, whose: string): string | null => {
  const given = process.env['WORKBENCH_ACCEPTANCE_DATA'];
  const path = given === undefined ? '' : join(given, folder);
  if (path !== '' && existsSync(path)) return path;
  process.stdout.write(`${whose}: skipped, WORKBENCH_ACCEPTANCE_DATA names no folder with ${folder}\n`);
  return null;
};

type FileReport = Report['files'][number];
export type Line = {
  readonly file: string;
  readonly table: string;
  readonly rows: number;
  readonly columns: number;
  readonly mapped: number;
  readonly ignored: number;
  readonly issues: string;
  /** Cells of totals and notes, where a test counts them apart. */
  readonly furniture: number;
  readonly lost: number;
};

/** What became of one file. Columns without a single cell are in neither count. */
export const lineOf = ({ file, table, rows, columns, issuesByCode, lost }: FileReport, sheet: string | null = null): Line => {
  const filled = columns.filter(({ cells }) => cells > 0);
  const mapped = filled.filter(({ to }) => to !== null).length;
  const codes = Object.entries(issuesByCode).map(([code, count]) => `${code} ${count}`);
  return {
    file: sheet === null ? file : `${file} ${sheet}`,
    table,
    rows,
    columns: columns.length,
    mapped,
    ignored: filled.length - mapped,
    issues: codes.length === 0 ? '-' : codes.join(', '),
    furniture: 0,
    lost,
  };
};

/** Prints the lines below their headings. */
export const printTable = (title: string, lines: readonly Line[]): void => {
  const heads = ['file', 'table', 'rows', 'columns', 'mapped', 'ignored', 'issues', 'furniture', 'lost'] as const;
  const cells = [heads.map(String), ...lines.map((line) => heads.map((head) => String(line[head])))];
  const widths = heads.map((_, at) => Math.max(...cells.map((row) => row[at]?.length ?? 0)));
  const text = cells.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  process.stdout.write(`${[title, ...text].join('\n')}\n`);
};
