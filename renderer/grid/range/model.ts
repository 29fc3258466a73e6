/**
 * What is selected in a grid, as arithmetic over displayed rows and columns: no grid, no page, no data. Everything
 * that selects (keys, mouse, commands) makes one of these; everything that acts on a selection (painting, sums,
 * clipboard, fill) reads one, so that what is painted is what is acted on.
 */
import type { Place } from '../moves.ts';

export type { Place } from '../moves.ts';

/** A rectangle of cells, both ends inside it; `from` is its top left. Rows and columns as displayed now. */
export type Area = { readonly from: Place; readonly to: Place };

/**
 * The areas, at least one. The last is the one keys extend: from `anchor`, the cell that has the keyboard focus and
 * that typing goes to, to `focus`, the end that Shift and an arrow move. One cell in focus is a selection of one cell.
 */
export type Selection = { readonly areas: readonly Area[]; readonly anchor: Place; readonly focus: Place };

/** How many rows and columns there are, drafts and the row to type into among them. */
export type Plane = { readonly rows: number; readonly cols: number };

export const areaOf = (a: Place, b: Place): Area => ({
  from: { row: Math.min(a.row, b.row), col: Math.min(a.col, b.col) },
  to: { row: Math.max(a.row, b.row), col: Math.max(a.col, b.col) },
});

export const single = (at: Place): Selection => ({ areas: [areaOf(at, at)], anchor: at, focus: at });

export const isInside = ({ from, to }: Area, { row, col }: Place): boolean =>
  row >= from.row && row <= to.row && col >= from.col && col <= to.col;

export const isSelected = ({ areas }: Selection, at: Place): boolean => areas.some((area) => isInside(area, at));

export const sizeOf = ({ from, to }: Area): number => (to.row - from.row + 1) * (to.col - from.col + 1);

/** Whether only the cell in focus is selected. */
export const isSingle = ({ areas: [first, ...more] }: Selection): boolean =>
  first !== undefined && more.length === 0 && sizeOf(first) === 1;

export const isSamePlace = (a: Place, b: Place): boolean => a.row === b.row && a.col === b.col;

const isSameArea = (a: Area, b: Area): boolean => isSamePlace(a.from, b.from) && isSamePlace(a.to, b.to);

const clamp = (value: number, count: number): number => Math.min(Math.max(0, value), Math.max(0, count - 1));

export const clampPlace = ({ row, col }: Place, { rows, cols }: Plane): Place => ({
  row: clamp(row, rows),
  col: clamp(col, cols),
});

const lastArea = ({ areas, anchor }: Selection): Area => areas.at(-1) ?? areaOf(anchor, anchor);

const withLast = (selection: Selection, area: Area, focus: Place): Selection => ({
  areas: [...selection.areas.slice(0, -1), area],
  anchor: selection.anchor,
  focus,
});

/** The last area from its anchor to a cell. */
export const extendTo = (selection: Selection, to: Place): Selection => withLast(selection, areaOf(selection.anchor, to), to);

/** The far end to another row; the columns stay, so that whole rows stay whole. */
export const extendToRow = (selection: Selection, row: number): Selection => {
  const { from, to } = lastArea(selection);
  const rows = areaOf({ ...selection.anchor, col: from.col }, { row, col: to.col });
  return withLast(selection, rows, { ...selection.focus, row });
};

/** The far end to another column; the rows stay. */
export const extendToCol = (selection: Selection, col: number): Selection => {
  const { from, to } = lastArea(selection);
  const cols = areaOf({ row: from.row, col: selection.anchor.col }, { row: to.row, col });
  return withLast(selection, cols, { ...selection.focus, col });
};

/** One more area, beginning at a cell. */
export const addArea = ({ areas }: Selection, from: Place, to: Place = from): Selection => ({
  areas: [...areas, areaOf(from, to)],
  anchor: from,
  focus: to,
});

/** What is left of an area without another: at most four rectangles, above, left, right, below. */
export const without = (area: Area, hole: Area): readonly Area[] => {
  const { from, to } = area;
  const top = Math.max(from.row, hole.from.row);
  const bottom = Math.min(to.row, hole.to.row);
  const left = Math.max(from.col, hole.from.col);
  const right = Math.min(to.col, hole.to.col);
  if (top > bottom || left > right) return [area];
  const rest: Area[] = [
    { from, to: { row: top - 1, col: to.col } },
    { from: { row: top, col: from.col }, to: { row: bottom, col: left - 1 } },
    { from: { row: top, col: right + 1 }, to: { row: bottom, col: to.col } },
    { from: { row: bottom + 1, col: from.col }, to },
  ];
  return rest.filter((one) => one.from.row <= one.to.row && one.from.col <= one.to.col);
};

/** Ctrl and a click: a cell that is not selected becomes an area, one that is leaves its areas. */
export const toggleCell = (selection: Selection, at: Place): Selection => {
  if (!isSelected(selection, at)) return addArea(selection, at);
  const areas = selection.areas.flatMap((area) => without(area, areaOf(at, at)));
  const last = areas.at(-1);
  return last ? { areas, anchor: last.from, focus: last.to } : single(at);
};

/** The same cells as areas that do not overlap: what sums and writing go over. */
export const disjoint = (areas: readonly Area[]): readonly Area[] => {
  const kept: Area[] = [];
  for (const area of areas) {
    let rest: readonly Area[] = [area];
    for (const one of kept) rest = rest.flatMap((part) => without(part, one));
    kept.push(...rest);
  }
  return kept;
};

/** How many cells are selected; those in two areas count once. */
export const countCells = ({ areas }: Selection): number => disjoint(areas).reduce((sum, area) => sum + sizeOf(area), 0);

/** Rows from `from` up to but not including `to`. */
export type RowRange = { readonly from: number; readonly to: number };

/** The rows that are touched, in order, neighbours joined. */
export const rowRanges = (areas: readonly Area[]): readonly RowRange[] => {
  const ranges: RowRange[] = [];
  for (const { from, to } of areas.toSorted((a, b) => a.from.row - b.from.row)) {
    const last = ranges.at(-1);
    if (last && from.row <= last.to) ranges[ranges.length - 1] = { from: last.from, to: Math.max(last.to, to.row + 1) };
    else ranges.push({ from: from.row, to: to.row + 1 });
  }
  return ranges;
};

export const countRows = ({ areas }: Selection): number => rowRanges(areas).reduce((sum, { from, to }) => sum + to - from, 0);

/** The rows of the selection whole. */
export const wholeRows = ({ areas, anchor, focus }: Selection, { cols }: Plane): Selection => ({
  areas: areas.map(({ from, to }) => ({ from: { row: from.row, col: 0 }, to: { row: to.row, col: cols - 1 } })),
  anchor,
  focus: { row: focus.row, col: cols - 1 },
});

/** The columns of the selection whole. */
export const wholeColumns = ({ areas, anchor, focus }: Selection, { rows }: Plane): Selection => ({
  areas: areas.map(({ from, to }) => ({ from: { row: 0, col: from.col }, to: { row: rows - 1, col: to.col } })),
  anchor,
  focus: { row: rows - 1, col: focus.col },
});

/** The rows between the anchor and a row, whole: a click in the column of row numbers with Shift. */
export const rowsTo = ({ areas, anchor }: Selection, row: number, { cols }: Plane): Selection => ({
  areas: [...areas.slice(0, -1), areaOf({ row: anchor.row, col: 0 }, { row, col: cols - 1 })],
  anchor,
  focus: { row, col: cols - 1 },
});

/** The columns between the anchor and a column, whole. */
export const columnsTo = ({ areas, anchor }: Selection, col: number, { rows }: Plane): Selection => ({
  areas: [...areas.slice(0, -1), areaOf({ row: 0, col: anchor.col }, { row: rows - 1, col })],
  anchor,
  focus: { row: rows - 1, col },
});

const selectArea = ({ from, to }: Area, anchor: Place): Selection => ({ areas: [{ from, to }], anchor, focus: to });

/** The block of data around the focus; where that is what is selected already, everything. */
export const selectAll = (selection: Selection, block: Area, { rows, cols }: Plane): Selection => {
  const [only, ...more] = selection.areas;
  const isBlock = more.length === 0 && only !== undefined && isSameArea(only, block);
  const everything = areaOf({ row: 0, col: 0 }, { row: rows - 1, col: cols - 1 });
  return selectArea(isBlock || !isInside(block, selection.anchor) ? everything : block, selection.anchor);
};

/** The run of rows with something in them around a row; the row alone where it is blank. */
export const blockRows = (at: number, rows: number, isBlank: (row: number) => boolean): RowRange => {
  if (isBlank(at)) return { from: at, to: at + 1 };
  let from = at;
  let to = at + 1;
  while (from > 0 && !isBlank(from - 1)) from -= 1;
  while (to < rows && !isBlank(to)) to += 1;
  return { from, to };
};

/** The cell after a cell of an area: down its columns for Enter, along its rows for Tab; null at its end. */
const nextIn = ({ from, to }: Area, { row, col }: Place, along: 'rows' | 'columns', back: boolean): Place | null => {
  const height = to.row - from.row + 1;
  const width = to.col - from.col + 1;
  const at = along === 'rows' ? (row - from.row) * width + (col - from.col) : (col - from.col) * height + (row - from.row);
  const next = at + (back ? -1 : 1);
  if (next < 0 || next >= height * width) return null;
  return along === 'rows'
    ? { row: from.row + Math.floor(next / width), col: from.col + (next % width) }
    : { row: from.row + (next % height), col: from.col + Math.floor(next / height) };
};

/** Enter (down the columns) and Tab (along the rows) within what is selected, around its end, area after area. */
export const cycle = (selection: Selection, along: 'rows' | 'columns', back: boolean): Selection => {
  const { areas, anchor } = selection;
  const at = areas.findLastIndex((area) => isInside(area, anchor));
  const here = areas[at];
  if (!here) return selection;
  const next = nextIn(here, anchor, along, back);
  if (next) return { ...selection, anchor: next };
  const other = areas[(at + (back ? -1 : 1) + areas.length) % areas.length] ?? here;
  return { ...selection, anchor: back ? other.to : other.from };
};

export const collapse = ({ anchor }: Selection): Selection => single(anchor);

/** The selection after rows came or went above it. */
export const shiftRows = ({ areas, anchor, focus }: Selection, by: number): Selection => {
  const move = ({ row, col }: Place): Place => ({ row: row + by, col });
  return { areas: areas.map(({ from, to }) => ({ from: move(from), to: move(to) })), anchor: move(anchor), focus: move(focus) };
};

/** What is still there of a selection when there are fewer rows or columns; the cell in focus at least. */
export const clip = ({ areas, anchor, focus }: Selection, plane: Plane): Selection => {
  const hasRoom = ({ from }: Area): boolean => from.row < plane.rows && from.col < plane.cols;
  const kept = areas.filter(hasRoom).map(({ from, to }) => areaOf(clampPlace(from, plane), clampPlace(to, plane)));
  const at = clampPlace(anchor, plane);
  return kept.length === 0 || !kept.some((area) => isInside(area, at))
    ? single(at)
    : { areas: kept, anchor: at, focus: clampPlace(focus, plane) };
};

/** Whether two selections are of the same cells, begun and ended alike. */
export const isSameSelection = (a: Selection, b: Selection): boolean =>
  a.areas.length === b.areas.length &&
  isSamePlace(a.anchor, b.anchor) &&
  isSamePlace(a.focus, b.focus) &&
  a.areas.every((area, at) => {
    const other = b.areas[at];
    return other !== undefined && isSameArea(area, other);
  });
