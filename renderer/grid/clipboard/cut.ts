/** The cells that are to move with the next paste. One in the whole window, as there is one clipboard. */
import type { GridColumn } from '../columns.ts';
import type { CellEntry } from '../edit/commit.ts';
import type { GridSource } from '../source.ts';

type Cut = {
  /** The copy it belongs to: another copy, here or elsewhere, and it moves nothing. */
  readonly copy: string;
  readonly source: GridSource;
  readonly cells: readonly { readonly row: string; readonly column: GridColumn }[];
  /** The cut is over. */
  readonly ended: () => void;
};

let now: Cut | null = null;

export const endCut = (): void => {
  const was = now;
  now = null;
  was?.ended();
};

export const beginCut = (cut: Cut): void => {
  endCut();
  now = cut;
};

/** What empties the cells that move, but for those pasted onto; null where this paste moves nothing of this grid. */
export const cutCells = (copy: string | null, source: GridSource, pasted: readonly CellEntry[]): readonly CellEntry[] | null => {
  if (!now || copy !== now.copy || source !== now.source) return null;
  const kept = new Set(pasted.map(({ row, column }) => `${row}/${column.key}`));
  return now.cells
    .filter(({ row, column }) => !kept.has(`${row}/${column.key}`))
    .map(({ row, column }) => ({ row, column, entry: { text: '', taken: null } }));
};
