/** What clear, fill down, fill right and one value for all make of a selection: which cells, and to what. */
import type { Entry } from '../edit/commit.ts';
import type { GridColumn } from '../columns.ts';
import type { GridSource } from '../source.ts';
import type { GridCells, Plan, Rules, Target } from './cells.ts';
import { entryFor, entryOf, planCells, planClear } from './cells.ts';
import type { Area, Selection } from './model.ts';
import { disjoint } from './model.ts';
import { rowsOf, wholeRowsOf } from './rows.ts';

export type PlanHost = Rules & { readonly source: GridSource };

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
export const planDown = async (cells: GridCells, { source, ...rules }: PlanHost, { areas }: Selection): Promise<Plan> => {
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
export const planRight = async (cells: GridCells, { source, ...rules }: PlanHost, { areas }: Selection): Promise<Plan> => {
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

export const planEmpty = async (cells: GridCells, { source, ...rules }: PlanHost, selection: Selection): Promise<Plan> =>
  planClear(await targetsOf(cells, source, selection), rules);

/** A value of one column into every cell. */
export const planValue = async (
  cells: GridCells,
  { source, ...rules }: PlanHost,
  selection: Selection,
  { entry, from }: { readonly entry: Entry; readonly from: GridColumn },
): Promise<Plan> => planCells(await targetsOf(cells, source, selection), rules, ({ column }) => entryFor(entry, from, column));
