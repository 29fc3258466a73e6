/**
 * Which cells of a sheet are numbers. To everything behind the readers a cell is text; but `1.500` of a number is one
 * and a half, and `1.500` of a text may be fifteen hundred. Four bytes a cell: a sheet has millions.
 */
import { MOST_COLUMNS } from './table.ts';

/** Cells by row and column in one number each. */
export type NumberMarks = Uint32Array<ArrayBuffer>;

/** @param row and @param column count from 0 */
export const markOf = (row: number, column: number): number => row * MOST_COLUMNS + column;

/** Looks cells up, in any order they were marked in. @returns what is asked with the row counted from 1 */
export const createMarks = (slices: readonly NumberMarks[]): ((row: number, column: number) => boolean) => {
  const marks = new Uint32Array(slices.reduce((sum, { length }) => sum + length, 0));
  let filled = 0;
  for (const slice of slices) {
    marks.set(slice, filled);
    filled += slice.length;
  }
  marks.sort();
  return (row, column) => {
    const wanted = markOf(row - 1, column);
    let [from, to] = [0, marks.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((marks[middle] ?? 0) < wanted) from = middle + 1;
      else to = middle;
    }
    return marks[from] === wanted;
  };
};
