/** The named commands of a grid: what the menu, the palette and the keys of shared/commands.ts do to it. */
import type { RefObject } from 'react';
import type { GridRow } from '../../shared/contract/shapes.ts';
import { editText } from '../../shared/domain/format.ts';
import { tableOf } from '../../shared/model/index.ts';
import { client } from '../client/client.ts';
import { runCommand, useCommand } from '../state/commands.ts';
import { togglePeek } from '../state/peek.ts';
import { say } from '../state/toasts.ts';
import type { MountedGrid } from './ag/mount.ts';
import type { FocusedCell } from './ag/options.ts';
import type { GridColumn } from './columns.ts';
import type { Display } from './display.ts';
import type { Entry } from './edit/commit.ts';
import type { GridSource } from './source.ts';
import type { RowRange } from './range/model.ts';
import { rowRanges } from './range/model.ts';
import { refuseTooMany, rowsOf, wholeRowsOf } from './range/rows.ts';
import { nextProblem, problemsIn, problemsOf } from './problems.ts';

type Grid = RefObject<MountedGrid | null>;

type CommandHost = {
  readonly source: GridSource;
  readonly columns: readonly GridColumn[];
  readonly display: Display;
  /** Why a cell cannot be typed into; null where it can. */
  readonly lock: (row: GridRow, column: GridColumn) => string | null;
  readonly canAdd: boolean;
  /** Whether it answers the walk through problems itself. */
  readonly walks: boolean;
};

const typed = (text: string): Entry => ({ text, taken: null });

/** Day and time as a person would type them into a column of such; the day alone in one of days. */
const nowEntry = ({ kind }: GridColumn, { setting }: Display): Entry => {
  if (kind === 'date') return typed(setting.today);
  const minute = Math.floor(Date.now() / 60_000) * 60_000;
  return typed(editText({ kind: 'instant' }, minute, setting));
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
  const count = await source.deleteRows(ids);
  if (count === 0) return;
  const { one, many } = tableOf(source.table);
  const what = count === 1 ? `${one} deleted.` : `${count.toLocaleString()} ${many.toLowerCase()} deleted.`;
  say(what, { action: { label: 'Undo', command: 'edit.undo', run: () => runCommand('edit.undo') } });
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
  const rows = found.filter((row) => !source.isDraft(row.id) && row.gone !== true);
  const [id] = await source.duplicateRows(rows, columns);
  if (id !== undefined) requestAnimationFrame(() => grid.current?.focusCell(id, cell.column.key));
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
  const { source, display } = host;
  /** Runs on the focused cell when no editor is open; passes the key on otherwise. */
  const onCell = (run: (cell: FocusedCell, open: MountedGrid) => void | false) => (): boolean => {
    const open = grid.current;
    const cell = open?.focused();
    if (!open || !cell || open.isEditing()) return false;
    return run(cell, open) !== false;
  };
  const write = (cell: FocusedCell, entry: Entry): void => {
    const reason = host.lock(cell.row, cell.column);
    if (reason !== null) return say(reason);
    void source.commit([{ row: cell.row.id, column: cell.column, entry }]);
  };

  useCommand(
    'grid.edit',
    onCell((cell, open) => {
      if (!open.edit('caret')) say(host.lock(cell.row, cell.column) ?? 'This cell cannot be edited.');
    }),
  );
  useCommand(
    'grid.today',
    onCell((cell) => write(cell, typed(display.setting.today))),
  );
  useCommand(
    'grid.now',
    onCell((cell) => write(cell, nowEntry(cell.column, display))),
  );
  useCommand(
    'grid.copy-above',
    onCell((cell, open) => {
      const above = open.above();
      if (above) write(cell, typed(display.open(cell.column, above)));
    }),
  );
  useCommand(
    'peek.toggle',
    onCell((cell) => {
      if (cell.column.editor !== 'flag') return togglePeek();
      write(cell, typed(display.row(cell.row).v[cell.column.key] === 1 ? 'no' : 'yes'));
    }),
  );
  const addable = host.canAdd ? () => addRow(grid, host) : null;
  useCommand('grid.insert-row', addable);
  useCommand('grid.delete-rows', host.canAdd ? () => orSay(deleteSelected(grid, host)) : null);
  useCommand('grid.duplicate-rows', host.canAdd ? () => orSay(duplicateSelected(grid, host)) : null);
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
