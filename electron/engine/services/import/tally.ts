/** What is counted of the rows of one source while they are planned and written. */
import type { BoundColumn } from './bind.ts';
import type { Found } from './cells.ts';

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
  issue(column: BoundColumn | null, code: string, level: 'error' | 'warning'): void;
  /** Counts what was found in the cells of a row. */
  note(found: Found): void;
  issuesOf(column: BoundColumn): number;
};

export const createTally = (): Tally => {
  const issues = new Map<BoundColumn, number>();
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
    issue: (column, code, level) => {
      tally.issuesByCode[code] = (tally.issuesByCode[code] ?? 0) + 1;
      if (level === 'error') tally.issues += 1;
      else tally.warnings += 1;
      if (column !== null) issues.set(column, (issues.get(column) ?? 0) + 1);
    },
    note: (found) => {
      for (const { column, bad } of found.issues) tally.issue(column, bad['!'][1], 'error');
      tally.kept += found.kept.length;
    },
    issuesOf: (column) => issues.get(column) ?? 0,
  };
  return tally;
};
