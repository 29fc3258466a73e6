/**
 * Where the focus goes, as arithmetic over columns and rows: Tab with wrap, the return column of a Tab run,
 * the edge of a block of data. Pure, so that every corner is a line in a table of cases.
 */

/** A cell by its place: row index and column index among the columns that can hold the focus. */
export type Place = { readonly row: number; readonly col: number };

/**
 * The cell after (or before) a cell in reading order. Null at the very end: the caller adds a row or stays.
 */
export const tabTo = (from: Place, columns: number, rows: number, back: boolean): Place | null => {
  const col = from.col + (back ? -1 : 1);
  if (col >= 0 && col < columns) return { row: from.row, col };
  const row = from.row + (back ? -1 : 1);
  if (row < 0 || row >= rows) return null;
  return { row, col: back ? columns - 1 : 0 };
};

/**
 * The column that Enter returns to: a Tab run remembers where it began; every other move ends it.
 */
export type TabRun = { readonly origin: number } | null;

export const startRun = (run: TabRun, col: number): TabRun => run ?? { origin: col };

/** The cell below (or above) after Enter, in the column where the Tab run began. Null past the edge. */
export const enterTo = (from: Place, rows: number, back: boolean, run: TabRun): Place | null => {
  const row = from.row + (back ? -1 : 1);
  if (row < 0 || row >= rows) return null;
  return { row, col: run && !back ? run.origin : from.col };
};

/**
 * Excel's Ctrl+arrow along one line of cells: from inside a block to its last filled cell, from its edge or
 * from a blank to the next filled cell, else to the end of the line. `isFilled` is asked only for 0 … count-1, and says
 * null where it does not know; then the answer is null too.
 */
export const edgeOf = (at: number, count: number, step: -1 | 1, isFilled: (index: number) => boolean | null): number | null => {
  const last = step > 0 ? count - 1 : 0;
  if (at === last) return at;
  const next = isFilled(at + step);
  const here = isFilled(at);
  if (next === null || here === null) return null;
  const isInBlock = here && next;
  let index = at + step;
  while (index !== last) {
    const filled = isFilled(isInBlock ? index + step : index);
    if (filled === null) return null;
    if (filled !== isInBlock) return index;
    index += step;
  }
  return index;
};

/**
 * Where a row added or a problem found sits after the current cell, in reading order and around the end:
 * the first of `candidates` after `from`, else the first of all. Candidates are in reading order.
 */
export const nextAround = <T extends Place>(from: Place, candidates: readonly T[], back: boolean): T | null => {
  const after = (p: Place): boolean => p.row > from.row || (p.row === from.row && p.col > from.col);
  const before = (p: Place): boolean => p.row < from.row || (p.row === from.row && p.col < from.col);
  if (back) return candidates.findLast(before) ?? candidates.at(-1) ?? null;
  return candidates.find(after) ?? candidates[0] ?? null;
};
