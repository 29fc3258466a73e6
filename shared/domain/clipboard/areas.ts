/** The rows and columns that a selection of several areas comes to: a copy of them must be one rectangle. */

export type Rect = {
  readonly from: { readonly row: number; readonly col: number };
  readonly to: { readonly row: number; readonly col: number };
};

export type Lines = { readonly rows: readonly number[]; readonly cols: readonly number[] };

const range = (from: number, to: number): readonly number[] => Array.from({ length: to - from + 1 }, (_, at) => from + at);

const union = (ranges: readonly (readonly number[])[]): readonly number[] =>
  [...new Set(ranges.flat())].toSorted((a, b) => a - b);

/** Rows and columns of the areas, in order; null where the areas leave a hole in their rectangle. */
export const linesOf = (areas: readonly Rect[]): Lines | null => {
  if (areas.length === 0) return null;
  const [rows, cols] = [
    union(areas.map(({ from, to }) => range(from.row, to.row))),
    union(areas.map(({ from, to }) => range(from.col, to.col))),
  ];
  const isWhole = rows.every((row) => {
    const here = areas.filter(({ from, to }) => from.row <= row && row <= to.row);
    return union(here.map(({ from, to }) => range(from.col, to.col))).length === cols.length;
  });
  return isWhole ? { rows, cols } : null;
};
