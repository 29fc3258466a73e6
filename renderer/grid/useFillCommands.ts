/**
 * Writing into what is selected: clear, fill down and right, one value for all of it. Each is one commit and so one step
 * of undo, over rows that are loaded and rows that are not.
 */
import type { RefObject } from 'react';
import { runCommand, useCommand } from '../state/commands.ts';
import { say } from '../state/toasts.ts';
import type { GridCells, MountedGrid } from './ag/mount.ts';
import type { Entry } from './edit/commit.ts';
import type { Plan, Rules, Target } from './range/cells.ts';
import { countCells, describeDone, entryFor, entryOf, planCells, planClear } from './range/cells.ts';
import type { Area, Selection } from './range/model.ts';
import { countRows, disjoint, isSingle } from './range/model.ts';
import { refuseTooMany, rowsOf, wholeRowsOf } from './range/rows.ts';
import type { GridSource } from './source.ts';

type Host = Rules & { readonly source: GridSource };
type Grid = RefObject<MountedGrid | null>;

/** What is done to cells: before it (`Clear 12 cells`) and after it (`12 cells cleared`). */
type Doing = { readonly label: (cells: string) => string; readonly done: string };

const clearing: Doing = { label: (cells) => `Clear ${cells}`, done: 'cleared' };
const fillingDown: Doing = { label: (cells) => `Fill ${cells} down`, done: 'filled' };
const fillingRight: Doing = { label: (cells) => `Fill ${cells} right`, done: 'filled' };
const filling: Doing = { label: (cells) => `Fill ${cells}`, done: 'filled' };

const undoAction = { label: 'Undo', command: 'edit.undo', run: () => runCommand('edit.undo') } as const;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const columnsOf = ({ columns }: GridCells, { from, to }: Area) => columns.slice(from.col, to.col + 1);

const rangeOf = ({ from, to }: Area) => ({ from: from.row, to: to.row + 1 });

/** Every cell of the selection, once. */
const targetsOf = async (cells: GridCells, source: GridSource, { areas }: Selection): Promise<readonly Target[]> => {
  const targets: Target[] = [];
  for (const area of disjoint(areas)) {
    const columns = columnsOf(cells, area);
    for (const row of await rowsOf(cells, source, rangeOf(area))) for (const column of columns) targets.push({ ...row, column });
  }
  return targets;
};

/** The first row of each area into the rows below it; of an area one row high, the row above into it. */
const planDown = async (cells: GridCells, { source, ...rules }: Host, { areas }: Selection): Promise<Plan> => {
  const targets: Target[] = [];
  const entries = new Map<string, Entry>();
  for (const area of areas) {
    const isFlat = area.from.row === area.to.row;
    const first = isFlat ? area.from.row - 1 : area.from.row;
    const [top] = first < 0 ? [] : await wholeRowsOf(cells, source, { from: first, to: first + 1 });
    if (!top) continue;
    const rows = await rowsOf(cells, source, { from: first + 1, to: area.to.row + 1 });
    for (const column of columnsOf(cells, area)) {
      const entry = entryFor(entryOf(column, top, rules.display), column, column);
      for (const row of rows) {
        targets.push({ ...row, column });
        entries.set(`${row.id} ${column.key}`, entry);
      }
    }
  }
  return planCells(targets, rules, ({ id, column }) => entries.get(`${id} ${column.key}`) ?? null);
};

/** The first column of each area into those right of it; of an area one column wide, the column before it into it. */
const planRight = async (cells: GridCells, { source, ...rules }: Host, { areas }: Selection): Promise<Plan> => {
  const targets: Target[] = [];
  const entries = new Map<string, Entry>();
  for (const area of areas) {
    const isFlat = area.from.col === area.to.col;
    const first = cells.columns[isFlat ? area.from.col - 1 : area.from.col];
    if (!first) continue;
    const columns = columnsOf(cells, area).filter(({ key }) => key !== first.key);
    for (const row of await wholeRowsOf(cells, source, rangeOf(area))) {
      const entry = entryOf(first, row, rules.display);
      for (const column of columns) {
        targets.push({ id: row.id, row, column });
        entries.set(`${row.id} ${column.key}`, entryFor(entry, first, column));
      }
    }
  }
  return planCells(targets, rules, ({ id, column }) => entries.get(`${id} ${column.key}`) ?? null);
};

/** Writes a plan as one step, and says what became of it where that is more than one cell. */
const write = async ({ source }: Host, { cells, left }: Plan, { label, done }: Doing): Promise<void> => {
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
  say(describeDone(done, written, left + refused), written > 0 ? { action: undoAction } : {});
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
  work().catch((error: unknown) => say(messageOf(error), { tone: 'danger' }));
  return true;
};

export const useFillCommands = (grid: Grid, host: Host): void => {
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
      const plan = planClear(await targetsOf(cells, source, selection), host);
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
    if (!open || !selection || isSingle(selection) || !open.isEditing()) return false;
    const cells = open.cells();
    const from = cells.columns[selection.anchor.col];
    const stored = cells.rowOf(selection.anchor.row);
    const typed = open.takeOpen();
    if (!from || !stored) return true;
    const entry = typed ?? entryOf(from, stored, display);
    const fill = async (): Promise<void> => {
      refuseTooMany(countRows(selection));
      const plan = planCells(await targetsOf(cells, source, selection), host, ({ column }) => entryFor(entry, from, column));
      await write(host, plan, filling);
    };
    fill().catch((error: unknown) => say(messageOf(error), { tone: 'danger' }));
    return true;
  });
};
