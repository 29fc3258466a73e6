/**
 * What becomes of each row of a run: what was planned of it, and what the rules say of the record once it is written.
 * The report counts from here, the check shows from here; so the two cannot differ.
 */
import type { CellIssue, Changed } from '../../../../shared/contract/shapes.ts';
import type { CellValue } from '../../../../shared/domain/kinds.ts';
import type { BoundColumn } from './bind.ts';
import type { Found } from './cells.ts';
import type { SourceRow } from './identify.ts';
import { isRefused } from './refused.ts';
import type { PlannedRow, RowPlanner } from './rows.ts';

/** What is written of a row. */
export type Written = 'new' | 'update' | 'same';
export type Result = Written | 'error' | 'out';

/** Something about a cell; `column` is null where the file has none for the field. */
export type RowIssue = {
  readonly field: string;
  readonly column: BoundColumn | null;
  readonly code: string;
  readonly raw: string | null;
  readonly level: 'error' | 'warning';
  /** Whether the text could not be read, or what it says breaks a rule. */
  readonly origin: CellIssue['origin'];
  /** What the cell was taken as, where that is in doubt. */
  readonly taken?: CellValue;
};

type Noted = { readonly written: Written; readonly found: Found };

export type Outcomes = {
  /** Keeps what was planned of a row. */
  readonly note: (planner: RowPlanner, planned: PlannedRow) => void;
  /** Keeps what the rules say of rows that were just written. */
  readonly take: (changed: Pick<Changed, 'rows' | 'issues'>) => void;
  readonly written: (planner: RowPlanner, row: SourceRow) => Written | null;
  readonly found: (planner: RowPlanner, row: SourceRow) => Found | null;
  /** What the rules say of the record. */
  readonly ruled: (planner: RowPlanner, row: SourceRow) => readonly RowIssue[];
  /** What is wrong with the cells, then what the rules say. */
  readonly issues: (planner: RowPlanner, row: SourceRow) => readonly RowIssue[];
  readonly result: (planner: RowPlanner, row: SourceRow) => Result;
};

const keyOf = (table: string, id: string): string => `${table}/${id}`;
const isPlain = ({ found }: PlannedRow): boolean =>
  found.issues.length === 0 && found.doubts.length === 0 && found.changed.length === 0 && found.kept.length === 0;

/** Which files of a run tell of the same records: an issue is told by the one that has its column, else by the first. */
const createOwners = (planners: readonly RowPlanner[]) => {
  const familyOf = ({ identified: { bound } }: RowPlanner): string => `${bound.source.entry.table}/${bound.source.entry.system}`;
  const first = new Map<string, RowPlanner>();
  for (const planner of planners) {
    for (const { field } of planner.identified.bound.columns) {
      const name = `${familyOf(planner)}/${field}`;
      if (!first.has(name)) first.set(name, planner);
    }
  }
  return (planner: RowPlanner, row: SourceRow, field: string): boolean => {
    const owner = first.get(`${familyOf(planner)}/${field}`);
    return owner === undefined ? !row.joins : owner === planner;
  };
};

const parsedOf = ({ issues, doubts }: Found): readonly RowIssue[] => [
  ...issues.map(({ column, bad }): RowIssue => {
    const [raw, code] = bad['!'];
    return { field: column.field, column, code, raw, level: 'error', origin: 'parse' };
  }),
  ...doubts.map(({ column, code, raw, value }): RowIssue => {
    return { field: column.field, column, code, raw, level: 'warning', origin: 'parse', taken: value };
  }),
];

/** @param planners of the run, all of them */
export const createOutcomes = (planners: readonly RowPlanner[]): Outcomes => {
  const noted = new Map<RowPlanner, Map<number, Noted | Written>>(planners.map((planner) => [planner, new Map()]));
  const ruled = new Map<string, CellIssue[]>();
  const tells = createOwners(planners);
  const notedOf = (planner: RowPlanner, row: SourceRow): Noted | Written | undefined => noted.get(planner)?.get(row.at);

  const written: Outcomes['written'] = (planner, row) => {
    const one = notedOf(planner, row);
    return one === undefined ? null : typeof one === 'string' ? one : one.written;
  };
  const found: Outcomes['found'] = (planner, row) => {
    const one = notedOf(planner, row);
    return one === undefined || typeof one === 'string' ? null : one.found;
  };
  const ruledOf: Outcomes['ruled'] = (planner, row) => {
    const { bound } = planner.identified;
    const known = row.id === '' ? undefined : ruled.get(keyOf(bound.source.entry.table, row.id));
    if (known === undefined) return [];
    return known
      .filter(({ field }) => tells(planner, row, field))
      .map(({ field, code, level }): RowIssue => {
        const column = bound.columns.find((one) => one.field === field) ?? null;
        return { field, column, code, raw: column === null ? null : (row.cells[column.at] ?? ''), level, origin: 'rule' };
      });
  };
  const issues: Outcomes['issues'] = (planner, row) => {
    const cells = found(planner, row);
    return cells === null ? ruledOf(planner, row) : [...parsedOf(cells), ...ruledOf(planner, row)];
  };
  return {
    note: (planner, planned) => {
      const kind: Written = planned.isNew ? 'new' : planned.tells ? 'update' : 'same';
      noted.get(planner)?.set(planned.row.at, isPlain(planned) ? kind : { written: kind, found: planned.found });
    },
    take: (changed) => {
      if (ruled.size > 0) for (const { table, id } of changed.rows) ruled.delete(keyOf(table, id));
      for (const issue of changed.issues) {
        if (issue.origin !== 'rule') continue;
        const key = keyOf(issue.table, issue.row);
        const known = ruled.get(key);
        if (known) known.push(issue);
        else ruled.set(key, [issue]);
      }
    },
    written,
    found,
    ruled: ruledOf,
    issues,
    result: (planner, row) => {
      const kind = written(planner, row);
      if (kind === null) return isRefused(row) ? 'error' : 'out';
      if (kind === 'same') return 'same';
      return issues(planner, row).some(({ level }) => level === 'error') ? 'error' : kind;
    },
  };
};
