/**
 * Which cells a command on a selection changes, and to what: clear, fill, one value for all. Pure once the rows are
 * there; what may not be changed is left out and counted, so that it can be said.
 */
import type { GridRow } from '../../../shared/contract/shapes.ts';
import type { GridColumn } from '../columns.ts';
import type { Display } from '../display.ts';
import type { CellEntry, Entry } from '../edit/commit.ts';
import { isFilled } from '../filled.ts';

/** The columns by their place, how many new rows stand above the first of the list, and the rows that are loaded. */
export type GridCells = {
  readonly columns: readonly GridColumn[];
  readonly top: number;
  readonly rowOf: (row: number) => GridRow | undefined;
};

/** A row of the plane: its id, and all of it where it is loaded. */
export type PlaneRow = { readonly id: string; readonly row: GridRow | null };

export type Target = PlaneRow & { readonly column: GridColumn };

/** The cells to write, and how many were left because they cannot be typed into. */
export type Plan = { readonly cells: readonly CellEntry[]; readonly left: number };

export type Rules = {
  readonly display: Display;
  /** Why a cell cannot be typed into; null where it can. */
  readonly lock: (row: GridRow, column: GridColumn) => string | null;
};

/** A row that is not loaded is judged by the engine; its column is judged here. */
const isLocked = ({ row, column }: Target, { lock }: Rules): boolean =>
  column.editor === null || (row !== null && lock(row, column) !== null);

/** @param entryFor null where the cell stays as it is */
export const planCells = (targets: readonly Target[], rules: Rules, entryFor: (target: Target) => Entry | null): Plan => {
  const cells = new Map<string, CellEntry>();
  const left = new Set<string>();
  for (const target of targets) {
    const { id, column } = target;
    const key = `${id} ${column.key}`;
    if (isLocked(target, rules)) left.add(key);
    else {
      const entry = entryFor(target);
      if (entry) cells.set(key, { row: id, column, entry });
    }
  }
  return { cells: [...cells.values()], left: left.size };
};

/** A state is left by a step of its own, never by taking it away. */
export const planClear = (targets: readonly Target[], rules: Rules): Plan =>
  planCells(
    targets.filter(({ column }) => column.editor !== 'state'),
    rules,
    ({ row, column }) => (row && !isFilled(rules.display.row(row), column.key) ? null : { text: '', taken: null }),
  );

/** What a cell holds as what it would be typed as: a record that is linked to is taken over by name and by id. */
export const entryOf = (column: GridColumn, stored: GridRow, display: Display): Entry => {
  const text = display.open(column, stored);
  const row = display.row(stored);
  const value = row.v[column.key];
  const raw = row.i?.[column.key]?.raw;
  const isLink = column.editor === 'link' || column.editor === 'ref';
  if (!isLink || value === null || value === undefined || (raw !== null && raw !== undefined)) return { text, taken: null };
  const label = row.l?.[column.key];
  return { text, taken: { value, code: label?.code ?? null, title: label?.title ?? null } };
};

/** An entry for another column: there only its text means something. A state is moved to by its name. */
export const entryFor = (entry: Entry, from: GridColumn, to: GridColumn): Entry =>
  from.key === to.key && to.editor !== 'state' ? entry : { text: entry.text, taken: null };

const counted = (count: number, one: string, many: string): string => `${count.toLocaleString()} ${count === 1 ? one : many}`;

export const countCells = (count: number): string => counted(count, 'cell', 'cells');

/** `12 cells cleared; 3 that cannot be typed into were left.` */
export const describeDone = (done: string, changed: number, left: number): string => {
  const what = changed === 0 ? 'Nothing to change' : `${countCells(changed)} ${done}`;
  return left === 0
    ? `${what}.`
    : `${what}; ${left.toLocaleString()} that cannot be changed ${left === 1 ? 'was' : 'were'} left.`;
};
