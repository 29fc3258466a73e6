/** What is counted of the rows of one source while they are planned and written. */
import { describeProblem, type Outside } from '../../../../shared/domain/problems.ts';
import type { BoundColumn } from './bind.ts';
import type { Found } from './cells.ts';

type Level = 'error' | 'warning';
/** A problem of a cell, or of a record where the file has no column for it. */
export type Counted = {
  readonly column: BoundColumn | null;
  readonly code: string;
  readonly level: Level;
  readonly label: string;
  readonly raw: string | null;
  readonly outside?: Outside | undefined;
};
export type Problem = {
  readonly code: string;
  readonly level: Level;
  readonly cells: number;
  /** Of the first such cell, as the file counts rows. */
  readonly row: number;
  readonly example: string;
};

export type Tally = {
  added: number;
  updated: number;
  same: number;
  inactivated: number;
  readonly issuesByCode: Record<string, number>;
  issues: number;
  warnings: number;
  kept: number;
  /** Orders whose day of shipment comes before the day they were made. */
  readonly early: string[];
  /** Orders whose day of shipment waits for their lines. */
  readonly waiting: string[];
  /** Counts a problem of a cell, or of a record where the file has no column for it. */
  issue(issue: Counted, row: number): void;
  /** Counts what was found in the cells of a row. */
  note(found: Found, row: number): void;
  /** The codes with their counts and a first cell. */
  problems(): readonly Problem[];
  issuesOf(column: BoundColumn): number;
};

export const createTally = (): Tally => {
  const issues = new Map<BoundColumn, number>();
  const first = new Map<string, Pick<Problem, 'level' | 'row' | 'example'>>();
  const tally: Tally = {
    added: 0,
    updated: 0,
    same: 0,
    inactivated: 0,
    issuesByCode: {},
    issues: 0,
    warnings: 0,
    kept: 0,
    early: [],
    waiting: [],
    issue: ({ column, code, level, ...about }, row) => {
      if (!first.has(code)) first.set(code, { level, row, example: describeProblem(code, about).message });
      tally.issuesByCode[code] = (tally.issuesByCode[code] ?? 0) + 1;
      if (level === 'error') tally.issues += 1;
      else tally.warnings += 1;
      if (column !== null) issues.set(column, (issues.get(column) ?? 0) + 1);
    },
    note: (found, row) => {
      for (const { column, bad } of found.issues) {
        const [raw, code] = bad['!'];
        tally.issue({ column, code, level: 'error', label: column.model.label, raw }, row);
      }
      for (const { column, code, raw } of found.doubts) {
        tally.issue({ column, code, level: 'warning', label: column.model.label, raw }, row);
      }
      tally.kept += found.kept.length;
    },
    problems: () =>
      [...first].map(([code, { level, row, example }]) => ({ code, level, cells: tally.issuesByCode[code] ?? 0, row, example })),
    issuesOf: (column) => issues.get(column) ?? 0,
  };
  return tally;
};
