/** What a selection looks like on one cell: filled, and a line at the outline of its area. */
import type { Place, Selection } from './model.ts';
import { isInside, isSingle } from './model.ts';

/** The classes a cell can carry, in the order of their bits. */
export const markClasses = ['sel', 'sel-t', 'sel-r', 'sel-b', 'sel-l'] as const;

/** The classes of a cell as bits. A cell that is selected alone has the focus ring and nothing more. */
export const marksAt = (selection: Selection | null, at: Place): number => {
  if (!selection || isSingle(selection)) return 0;
  let marks = 0;
  for (const area of selection.areas) {
    if (!isInside(area, at)) continue;
    marks |= 1;
    if (area.from.row === at.row) marks |= 2;
    if (area.to.col === at.col) marks |= 4;
    if (area.to.row === at.row) marks |= 8;
    if (area.from.col === at.col) marks |= 16;
  }
  return marks;
};
