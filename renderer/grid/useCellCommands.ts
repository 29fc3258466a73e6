/**
 * The named commands of the cell in focus: edit it, put today or what stands above into it, tick it. While it is typed
 * into they put their text at the caret.
 */
import type { RefObject } from 'react';
import type { GridRow } from '../../shared/contract/shapes.ts';
import { editText } from '../../shared/domain/format.ts';
import type { Via } from '../state/commands.ts';
import { useCommand } from '../state/commands.ts';
import { togglePeek } from '../state/peek.ts';
import { say } from '../state/toasts.ts';
import type { MountedGrid } from './ag/mount.ts';
import type { FocusedCell } from './ag/options.ts';
import type { GridColumn } from './columns.ts';
import type { Display } from './display.ts';
import type { Entry } from './edit/commit.ts';
import { entryOf } from './range/cells.ts';
import type { GridSource } from './source.ts';

type Grid = RefObject<MountedGrid | null>;

type CellHost = {
  readonly source: GridSource;
  readonly display: Display;
  /** Why a cell cannot be typed into; null where it can. */
  readonly lock: (row: GridRow, column: GridColumn) => string | null;
};

const typed = (text: string): Entry => ({ text, taken: null });

const todayText = ({ setting }: Display): string => editText({ kind: 'date' }, setting.today, setting);

/** Day and time as a person would type them into a column of such; the day alone in one of days. */
const nowText = ({ kind }: GridColumn, display: Display): string => {
  const { setting } = display;
  if (kind === 'date') return todayText(display);
  const minute = Math.floor(Date.now() / 60_000) * 60_000;
  return editText({ kind: 'instant' }, minute, setting);
};

/** Somebody types into a box of the grid that is no cell: a filter. */
const isTypedElsewhere = (via: Via, open: MountedGrid): boolean =>
  via === 'key' && !open.isEditing() && document.activeElement?.matches('input, textarea') === true;

export const useCellCommands = (grid: Grid, { source, display, lock }: CellHost): void => {
  /** Runs on the focused cell; passes the key on where there is none. */
  const onCell = (run: (cell: FocusedCell, open: MountedGrid) => void | false) => (via: Via) => {
    const open = grid.current;
    const cell = open?.focused();
    if (!open || !cell || isTypedElsewhere(via, open)) return false;
    return run(cell, open);
  };
  const write = (cell: FocusedCell, entry: Entry): void => {
    const reason = lock(cell.row, cell.column);
    if (reason !== null) return say(reason);
    void source.commit([{ row: cell.row.id, column: cell.column, entry }]);
  };
  /** Writes an entry, or types its text where an editor is open. */
  const enter = (entryFor: (cell: FocusedCell, open: MountedGrid) => Entry | null) =>
    onCell((cell, open) => {
      const entry = entryFor(cell, open);
      if (entry && !open.insert(entry.text)) write(cell, entry);
    });

  useCommand(
    'grid.edit',
    onCell((cell, open) => {
      if (!open.edit('caret')) say(lock(cell.row, cell.column) ?? 'This cell cannot be edited.');
    }),
  );
  useCommand(
    'grid.today',
    enter(() => typed(todayText(display))),
  );
  useCommand(
    'grid.now',
    enter(({ column }) => typed(nowText(column, display))),
  );
  useCommand(
    'grid.copy-above',
    enter(({ column }, open) => {
      const above = open.above();
      return above ? entryOf(column, above, display) : null;
    }),
  );
  useCommand(
    'peek.toggle',
    onCell((cell, open) => {
      if (open.isEditing()) return false;
      if (cell.column.editor !== 'flag') return togglePeek();
      write(cell, typed(display.row(cell.row).v[cell.column.key] === 1 ? 'no' : 'yes'));
    }),
  );
};
