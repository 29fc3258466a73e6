/** The named commands of a grid's rows and problems: what the menu, the palette and the keys of shared/commands.ts do to them. */
import type { RefObject } from 'react';
import { tableOf } from '../../shared/model/index.ts';
import { client } from '../client/client.ts';
import { runCommand, useCommand } from '../state/commands.ts';
import { say } from '../state/toasts.ts';
import type { MountedGrid } from './ag/mount.ts';
import type { GridColumn } from './columns.ts';
import type { Display } from './display.ts';
import type { GridSource } from './source.ts';
import type { RowRange } from './range/model.ts';
import { rowRanges, shiftRows } from './range/model.ts';
import { refuseTooMany, rowsOf, wholeRowsOf } from './range/rows.ts';
import { nextProblem, problemsIn, problemsOf } from './problems.ts';
import { sayUndoable } from '../state/undoable.ts';

type Grid = RefObject<MountedGrid | null>;

type CommandHost = {
  readonly source: GridSource;
  readonly columns: readonly GridColumn[];
  readonly display: Display;
  readonly canAdd: boolean;
  /** Whether it answers the walk through problems itself. */
  readonly walks: boolean;
};

/** What a command on rows works on: the rows of the selection, each once. */
const selectedRanges = (grid: Grid): readonly RowRange[] => rowRanges(grid.current?.selection()?.areas ?? []);

const deleteSelected = async (grid: Grid, { source }: CommandHost): Promise<void> => {
  const open = grid.current;
  if (!open) return;
  open.commitOpen();
  const ranges = selectedRanges(grid);
  refuseTooMany(ranges.reduce((sum, { from, to }) => sum + to - from, 0));
  const cells = open.cells();
  const rows = (await Promise.all(ranges.map((range) => rowsOf(cells, source, range)))).flat();
  const ids = rows.flatMap(({ id }) => (source.isGhost(id) ? [] : [id]));
  if (ids.length === 0) return;
  const at = open.selection()?.anchor;
  const here = open.focused()?.row.id;
  const count = await source.deleteRows(ids);
  // A row that goes takes the focus along, out of the cells.
  if (at && here !== undefined && open.placeOf(here) < 0) open.focusAt(at);
  if (count === 0) return;
  const { one, many } = tableOf(source.table);
  const what = count === 1 ? `${one} deleted.` : `${count.toLocaleString()} ${many.toLowerCase()} deleted.`;
  sayUndoable(what);
};

const addRow = (grid: Grid, { source }: CommandHost): void => {
  const open = grid.current;
  if (!open) return;
  open.commitOpen();
  const id = source.addRow(open.focused()?.row.id ?? null);
  open.focusCell(id, null);
};

/** More copies than this come by a paste, which shows what becomes of them. */
const mostCopies = 1000;

const duplicateSelected = async (grid: Grid, { source, columns }: CommandHost): Promise<void> => {
  const open = grid.current;
  const cell = open?.focused();
  if (!open || !cell) return;
  open.commitOpen();
  const ranges = selectedRanges(grid);
  refuseTooMany(
    ranges.reduce((sum, { from, to }) => sum + to - from, 0),
    mostCopies,
  );
  const cells = open.cells();
  const found = (await Promise.all(ranges.map((range) => wholeRowsOf(cells, source, range)))).flat();
  const rows = found.filter((row) => !source.isDraft(row.id) && row.gone === undefined);
  const [id] = await source.duplicateRows(rows, columns);
  // Lines are read again before the copy is there to have the focus.
  if (id !== undefined && source.mode === 'memory') await source.find(id);
  if (id !== undefined) requestAnimationFrame(() => grid.current?.focusCell(id, cell.column.key));
};

/** The lines of the selection one place up or down; the selection goes with them. */
const moveSelected = async (grid: Grid, { source }: CommandHost, by: -1 | 1): Promise<void> => {
  const open = grid.current;
  const selection = open?.selection();
  if (!open || !selection) return;
  if (open.isSorted()) return say('The lines are sorted by a column. Take the sorting away to put them in another order.');
  open.commitOpen();
  await source.commit.settled();
  const ranges = rowRanges(selection.areas);
  const cells = open.cells();
  const rows = (await Promise.all(ranges.map((range) => rowsOf(cells, source, range)))).flat();
  const ids = rows.flatMap(({ id }) => (source.isDraft(id) ? [] : [id]));
  const [first] = ids;
  const before = first === undefined ? -1 : open.placeOf(first);
  const done = source.moveRows?.(ids, by);
  // At the edge they stay.
  if (first !== undefined && open.placeOf(first) !== before) open.select(shiftRows(selection, by));
  await done;
};

/** What could not be done is said; nothing of it was done. */
const orSay = (work: Promise<void>): Promise<void> =>
  work.catch((error: unknown) => say(error instanceof Error ? error.message : String(error), { tone: 'danger' }));

/** The problem cell after the focused one gets the focus; false where there is none. */
const walkProblems = async (grid: Grid, { source, columns, display }: CommandHost, back: boolean): Promise<boolean> => {
  const open = grid.current;
  if (!open) return false;
  open.commitOpen();
  await source.commit.settled();
  const { rows } = await source.page(0, 0, []);
  const found =
    source.mode === 'memory'
      ? problemsIn(
          rows.map((row) => display.row(row)),
          columns,
        )
      : await problemsOf(client, source, columns);
  const cell = open.focused();
  const here = cell
    ? { row: (await source.find(cell.row.id)) ?? -1, col: columns.findIndex(({ key }) => key === cell.column.key) }
    : null;
  const next = nextProblem(here, found, back);
  if (!next) return false;
  open.show(next.field, true);
  if (next.row >= 0) open.focusIndex(next.row);
  else open.focusCell(next.id, next.field);
  open.focusColumn(next.field);
  return true;
};

export const useGridCommands = (grid: Grid, host: CommandHost): void => {
  const { source } = host;
  const addable = host.canAdd ? () => addRow(grid, host) : null;
  useCommand('grid.insert-row', addable);
  useCommand('grid.delete-rows', host.canAdd ? () => orSay(deleteSelected(grid, host)) : null);
  useCommand('grid.duplicate-rows', host.canAdd ? () => orSay(duplicateSelected(grid, host)) : null);
  const move = (by: -1 | 1) => () => orSay(moveSelected(grid, host, by));
  const isMovable = host.canAdd && source.moveRows !== undefined;
  useCommand('grid.row-up', isMovable ? move(-1) : null);
  useCommand('grid.row-down', isMovable ? move(1) : null);
  const walk = (back: boolean) => async (): Promise<void> => {
    if (!(await walkProblems(grid, host, back)))
      say('No cell of this list needs attention.', {
        action: { label: 'Look elsewhere', run: () => void runCommand('problem.first') },
      });
  };
  useCommand('problem.next', host.walks ? walk(false) : null);
  useCommand('problem.previous', host.walks ? walk(true) : null);
  useCommand('filter.apply', source.mode === 'windowed' ? () => source.reapply() : null);
};
