/** What an import says of each file when it is done: counts, evidence, and everything a person should look at. */
import type { OutputOf } from '../../../../shared/contract/define.ts';
import type { imports } from '../../../../shared/contract/imports.ts';
import { countOf, isBlank } from '../../../../shared/domain/import/evidence.ts';
import { outsideOfText } from '../../../../shared/domain/limits.ts';
import { fieldOf } from '../../../../shared/model/index.ts';
import type { Bound } from './bind.ts';
import type { Identified, SourceRow } from './identify.ts';
import type { Outcomes, Result } from './outcome.ts';
import { isRefused, refusedReason } from './refused.ts';
import type { RowPlanner } from './rows.ts';
import type { Pass } from './run.ts';
import type { Tally } from './tally.ts';

export type ImportReport = OutputOf<(typeof imports)['import.run']>;
export type FileReport = ImportReport['files'][number];

const SHOWN = 10;

const listed = (what: string, texts: readonly string[]): string[] =>
  texts.length === 0
    ? []
    : [`${what} (${texts.length}): ${texts.slice(0, SHOWN).join(', ')}${texts.length > SHOWN ? ', …' : ''}`];

const numberOf = ({ source }: Bound, row: SourceRow): number => source.table.numbers[row.at] ?? row.at + 1;
const shown = (row: SourceRow): string =>
  row.cells
    .filter((cell) => !isBlank(cell))
    .join(' · ')
    .slice(0, 120);

const notesOf = ({ bound, rows }: Identified, tally: Tally): readonly string[] => {
  const fate = (wanted: SourceRow['fate']): readonly SourceRow[] => rows.filter((row) => row.fate === wanted);
  const repeats = fate('repeat').map((row) => {
    const first = rows[row.of];
    return `row ${numberOf(bound, row)} repeats ${row.key}${first ? ` of row ${numberOf(bound, first)}` : ''}`;
  });
  const refused = new Set(rows.filter(isRefused).map((row) => `row ${numberOf(bound, row)}: ${refusedReason(row)}`));
  const copies = rows.filter((row) => /^#.+:(?!1$)\d+$/.test(row.key) && (row.fate === 'new' || row.fate === 'known'));
  return [
    ...bound.notes,
    ...listed(
      'Left out as furniture of a report',
      fate('furniture').map((row) => `row ${numberOf(bound, row)} “${shown(row)}”`),
    ),
    ...listed('Not taken', [...refused]),
    ...listed('The same row again', repeats),
    ...listed(
      'The same row twice; both are kept',
      copies.map((row) => `row ${numberOf(bound, row)}`),
    ),
    ...listed(
      'Left out because of errors',
      fate('left').map((row) => `row ${numberOf(bound, row)}`),
    ),
    ...listed(
      'Deleted here and not made again',
      fate('deleted').map((row) => row.key),
    ),
    ...(tally.kept > 0 ? [`Changed here and in the file, yours kept: ${countOf(tally.kept, 'cell')}`] : []),
    ...(tally.inactivated > 0 ? [`No longer in the file, marked inactive: ${tally.inactivated}`] : []),
    ...listed('Shipped, kept until the order has lines', tally.waiting),
    ...listed('Shipped before it was ordered', tally.early),
  ];
};

const columnsOf = (bound: Bound, tally: Tally): FileReport['columns'] => {
  const { table, first } = bound.source;
  const counts = table.headers.map(() => 0);
  for (let at = first; at < table.rows.length; at += 1) {
    table.rows[at]?.forEach((cell, column) => {
      if (!isBlank(cell)) counts[column] = (counts[column] ?? 0) + 1;
    });
  }
  return table.headers.map((header, at) => {
    const column = bound.columns.find((one) => one.at === at);
    return {
      header,
      to: column?.target ?? null,
      type: column?.kind ?? null,
      evidence: column?.evidence ? { ...column.evidence, because: [...column.evidence.because] } : null,
      cells: counts[at] ?? 0,
      issues: column ? tally.issuesOf(column) : 0,
    };
  });
};

const plain = ({
  answer,
  sure,
  because,
}: FileReport['encoding'] | Bound['source']['table']['encoding']): FileReport['encoding'] => ({
  answer,
  sure,
  because: [...because],
});

/** The report of one file. The lost cells of a file are told by the first of its entries. */
const reportOnFile = (identified: Identified, tally: Tally): FileReport => {
  const { bound, rows } = identified;
  const { table, entry, ledger } = bound.source;
  const lost = ledger.claim() ? ledger.lost() : new Map<number, number>();
  const count = (fate: SourceRow['fate']): number => rows.reduce((sum, row) => sum + (row.fate === fate ? 1 : 0), 0);
  const lostNotes = [...lost].map(([column, cells]) => `${table.headers[column] ?? `#${column + 1}`}: ${cells}`);
  return {
    file: table.file,
    sheet: table.sheet,
    table: entry.table,
    rows: rows.length,
    added: tally.added,
    updated: tally.updated,
    same: tally.same,
    furniture: count('furniture'),
    skipped: count('repeat'),
    refused: rows.reduce((sum, row) => sum + (isRefused(row) ? 1 : 0), 0),
    deletedHere: count('deleted'),
    issues: tally.issues,
    warnings: tally.warnings,
    kept: tally.kept,
    lost: [...lost.values()].reduce((sum, cells) => sum + cells, 0),
    issuesByCode: tally.issuesByCode,
    problems: tally.problems().map((problem) => ({ ...problem })),
    encoding: plain(table.encoding),
    delimiter: plain(table.delimiter),
    headerRow: plain(table.headerRow),
    columns: columnsOf(bound, tally),
    notes: [...table.notes, ...listed('Cells that went nowhere, by column', lostNotes), ...notesOf(identified, tally)],
  };
};

/** What the rules say of the rows of a source joins what its cells said. */
const countRules = (planner: RowPlanner, outcomes: Outcomes): void => {
  for (const row of planner.identified.rows) {
    for (const issue of outcomes.ruled(planner, row)) {
      const field = fieldOf(planner.identified.bound.source.entry.table, issue.field);
      const outside = field && issue.raw !== null ? outsideOfText(field, issue.raw) : undefined;
      planner.tally.issue({ ...issue, label: field?.label ?? issue.field, outside }, numberOf(planner.identified.bound, row));
    }
  }
};

export const countResults = ({ planners, outcomes }: Pick<Pass, 'planners' | 'outcomes'>): Record<Result, number> => {
  const results: Record<Result, number> = { new: 0, update: 0, same: 0, error: 0, out: 0 };
  for (const planner of planners) for (const row of planner.identified.rows) results[outcomes.result(planner, row)] += 1;
  return results;
};

/** @param left rows that were left out */
export const reportOn = ({ ready, planners, outcomes, batch }: Pass, left: number, isDry: boolean, ms: number): ImportReport => {
  for (const planner of planners) countRules(planner, outcomes);
  const files = planners.map((planner) => reportOnFile(planner.identified, planner.tally));
  return {
    batch,
    dryRun: isDry,
    files,
    unmatched: [...ready.sources.unmatched],
    absent: [...ready.sources.absent],
    results: countResults({ planners, outcomes }),
    lost: files.reduce((sum, file) => sum + file.lost, 0),
    refused: files.reduce((sum, file) => sum + file.refused, 0),
    left,
    ms,
  };
};
