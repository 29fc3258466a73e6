/**
 * Writing into what is selected: clear, fill down and right, one value for all of it. Each is one commit and so one step
 * of undo, over rows that are loaded and rows that are not.
 */
import type { RefObject } from 'react';
import { useState } from 'react';
import { useCommand } from '../state/commands.ts';
import { say } from '../state/toasts.ts';
import type { MountedGrid } from './ag/mount.ts';
import type { GridCells, Plan } from './range/cells.ts';
import { countCells, describeDone, entryOf } from './range/cells.ts';
import type { Selection } from './range/model.ts';
import { countRows, isSingle } from './range/model.ts';
import type { PlanHost } from './range/plan.ts';
import { planDown, planEmpty, planRight, planValue } from './range/plan.ts';
import { refuseTooMany } from './range/rows.ts';
import type { SeriesGround } from './range/series.ts';
import { readGround } from './range/series.ts';
import { sayUndoable } from '../state/undoable.ts';

type Grid = RefObject<MountedGrid | null>;

/** What is done to cells: before it (`Clear 12 cells`) and after it (`12 cells cleared`). */
type Doing = { readonly label: (cells: string) => string; readonly done: string };

const clearing: Doing = { label: (cells) => `Clear ${cells}`, done: 'cleared' };
const fillingDown: Doing = { label: (cells) => `Fill ${cells} down`, done: 'filled' };
const fillingRight: Doing = { label: (cells) => `Fill ${cells} right`, done: 'filled' };
const fillingSeries: Doing = { label: (cells) => `Fill ${cells} with a series`, done: 'filled' };
const filling: Doing = { label: (cells) => `Fill ${cells}`, done: 'filled' };

const fail = (error: unknown): void => say(error instanceof Error ? error.message : String(error), { tone: 'danger' });

/** Writes a plan as one step, and says what became of it where that is more than one cell. */
const write = async ({ source }: PlanHost, { cells, left }: Plan, { label, done }: Doing): Promise<void> => {
  const changed = await source.commit(cells, cells.length === 1 ? undefined : label(countCells(cells.length)), {
    source: 'fill',
    isLenient: true,
  });
  // What the engine would not take at all it has said, and the cells say it.
  if (cells.length > 0 && !changed) return;
  const byRow = new Map<string, number>();
  for (const { row } of cells) byRow.set(row, (byRow.get(row) ?? 0) + 1);
  const refused = (changed?.refused ?? []).reduce((sum, { row, field }) => sum + (field === null ? (byRow.get(row) ?? 0) : 1), 0);
  const written = cells.length - refused;
  if (written === 1 && left + refused === 0) return;
  (written > 0 ? sayUndoable : say)(describeDone(done, written, left + refused));
};

/** Runs a plan over what is selected; false where an editor is open or no cell has the focus. */
const onSelection = (grid: Grid, run: (selection: Selection, cells: GridCells) => Promise<void>) => (): boolean => {
  const open = grid.current;
  const selection = open?.selection();
  if (!open || !selection || open.isEditing()) return false;
  const work = async (): Promise<void> => {
    refuseTooMany(countRows(selection));
    await run(selection, open.cells());
  };
  work().catch(fail);
  return true;
};

/** The series that is asked about; its plan is written when it was seen. */
export const useFillSeries = (grid: Grid, host: PlanHost) => {
  const [ground, setGround] = useState<SeriesGround | null>(null);
  useCommand(
    'grid.fill-series',
    onSelection(grid, async (selection, cells) => {
      const read = await readGround(cells, host.source, selection);
      if (read.rows.length > 1 && read.columns.length > 0) return setGround(read);
      say('Select the first cell or cells of a series and those below them that it is to fill.');
    }),
  );
  const close = (): void => {
    setGround(null);
    grid.current?.focus();
  };
  const fill = (plan: Plan): void => {
    close();
    write(host, plan, fillingSeries).catch(fail);
  };
  return { ground, fill, close };
};

export const useFillCommands = (grid: Grid, host: PlanHost): void => {
  const { source, lock, display } = host;

  /** One cell that cannot be typed into says why; several are counted. */
  const refuseOne = (selection: Selection, cells: GridCells): boolean => {
    const row = cells.rowOf(selection.anchor.row);
    const column = cells.columns[selection.anchor.col];
    const reason = isSingle(selection) && row && column ? lock(row, column) : null;
    if (reason !== null) say(reason);
    return reason !== null;
  };

  useCommand(
    'grid.clear',
    onSelection(grid, async (selection, cells) => {
      if (refuseOne(selection, cells)) return;
      const plan = await planEmpty(cells, host, selection);
      await (isSingle(selection) ? source.commit(plan.cells) : write(host, plan, clearing));
    }),
  );
  useCommand(
    'grid.fill-down',
    onSelection(grid, async (selection, cells) => {
      if (!refuseOne(selection, cells)) await write(host, await planDown(cells, host, selection), fillingDown);
    }),
  );
  useCommand(
    'grid.fill-right',
    onSelection(grid, async (selection, cells) => {
      if (!refuseOne(selection, cells)) await write(host, await planRight(cells, host, selection), fillingRight);
    }),
  );
  useCommand('grid.fill-selection', () => {
    const open = grid.current;
    const selection = open?.selection();
    if (!open || !selection || !open.isEditing()) return false;
    if (isSingle(selection)) return open.commitOpen();
    const cells = open.cells();
    const from = cells.columns[selection.anchor.col];
    const stored = cells.rowOf(selection.anchor.row);
    const typed = open.takeOpen();
    if (!from || !stored) return true;
    const entry = typed ?? entryOf(from, stored, display);
    const fill = async (): Promise<void> => {
      refuseTooMany(countRows(selection));
      await write(host, await planValue(cells, host, selection, { entry, from }), filling);
    };
    fill().catch(fail);
    return true;
  });
};
