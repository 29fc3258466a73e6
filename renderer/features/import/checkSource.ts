/**
 * The rows of a check as a grid source, held in memory. What is typed here goes into the import's own edits and not
 * into the store; rows come back from the check and take the place of the old ones without moving anything.
 */
import type { GridRow } from '../../../shared/contract/shapes.ts';
import { levelOf } from '../../../shared/domain/problems.ts';
import type { TableName } from '../../../shared/model/index.ts';
import type { CellEntry, Commit } from '../../grid/edit/commit.ts';
import { keepSame } from '../../grid/lines/arrange.ts';
import { FixedSource } from '../../grid/lines/fixed.ts';
import type { GridSource } from '../../grid/source.ts';
import { rowId } from './desk.ts';
import type { CheckedRow, RowResult } from './types.ts';

/** Columns of the grid beside those of the file. */
export const rowKey = 'position';
export const resultKey = '_result';
export const problemKey = '_problem';
/** The column of the grid that shows a column of the entry. */
export const columnKey = (index: number): string => `c${index}`;

export const levelOfCell = (code: string): 'error' | 'warning' => levelOf(code);

/** Cells of the grid, with what is wrong with them. A problem of the whole row stands in its own column. */
const toGridRow = (row: CheckedRow): GridRow => {
  const v: GridRow['v'] = { [rowKey]: row.row, [resultKey]: row.result, [problemKey]: problemOf(row) };
  const i: NonNullable<GridRow['i']> = {};
  row.cells.forEach((cell, at) => {
    const key = columnKey(at);
    v[key] = cell.text;
    if (cell.code !== null) i[key] = { raw: cell.text, code: cell.code, level: levelOfCell(cell.code) };
  });
  const isWhole = row.result === 'error' && !Object.values(i).some(({ level }) => level === 'error');
  if (isWhole) i[problemKey] = { raw: null, code: 'ROW', level: 'error' };
  return { id: rowId(row), v, i };
};

/** The row's own problem, else that of its first bad cell. */
export const problemOf = ({ problem, cells, result }: CheckedRow): string =>
  problem ??
  cells.find(({ code }) => code !== null && levelOf(code) === 'error')?.why ??
  cells.find(({ code }) => code !== null)?.why ??
  (result === 'same' ? 'Same as the record here' : '');

type Host = {
  readonly table: TableName;
  /** Cells were typed into. */
  readonly edit: (cells: readonly CellEntry[]) => void;
  /** When the rows are true again for what was typed. */
  readonly settled: () => Promise<void>;
};

export class CheckSource extends FixedSource implements GridSource {
  readonly table: TableName;
  protected readonly refusal = 'Rows of a file are not added or taken away here.';
  readonly commit: Commit;
  private checked: ReadonlyMap<string, CheckedRow> = new Map();
  private tab: RowResult | null = null;
  /** Rows that were in the tab when it was chosen: mending one does not take it away from under the cursor. */
  private kept: ReadonlySet<string> | null = null;

  constructor(host: Host) {
    super();
    this.table = host.table;
    const commit = (cells: readonly CellEntry[]): Promise<null> => {
      for (const { row, column, entry } of cells) {
        const ticket = this.edits.hold({ row, field: column.key }, entry.text, { value: entry.text });
        this.edits.acknowledge(ticket);
      }
      this.view?.redraw(cells.map(({ row }) => row));
      host.edit(cells);
      return Promise.resolve(null);
    };
    this.commit = Object.assign(commit, { settled: host.settled });
  }

  /** Puts in the rows of a check. Those that look the same stay what they were. */
  show(rows: readonly CheckedRow[]): void {
    const next = rows.map(toGridRow);
    this.edits.arrived(
      next.map(({ id }) => id),
      this.edits.mark(),
    );
    this.rows = keepSame(this.rows, next);
    this.checked = new Map(rows.map((row) => [rowId(row), row]));
    this.rearrange();
    this.view?.redraw(next.map(({ id }) => id));
  }

  /** Only rows of one result; null = all. */
  filterBy(tab: RowResult | null): void {
    this.tab = tab;
    this.kept = null;
    this.rearrange();
  }

  row(id: string): CheckedRow | undefined {
    return this.checked.get(id);
  }

  reapply(): Promise<void> {
    this.filterBy(this.tab);
    return Promise.resolve();
  }

  protected override arranged(): readonly GridRow[] {
    const { tab } = this;
    if (tab === null) return this.rows;
    const shown = this.rows.filter(({ id, v }) => v[resultKey] === tab || this.kept?.has(id) === true);
    this.kept = new Set(shown.map(({ id }) => id));
    return shown;
  }
}
