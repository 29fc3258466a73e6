/** What finding may ask of a mounted grid: its columns as they stand, the rows it holds itself, marks on its cells. */
import type { GridRow } from '../../../shared/contract/shapes.ts';
import type { Finder } from '../../../shared/domain/find.ts';
import type { GridColumn } from '../columns.ts';
import type { Place } from '../moves.ts';
import { isSelected } from '../range/model.ts';
import type { CellContext } from './cells.ts';
import { focusColumns, focusedPlace, focusPlace, rowAt, rowCount, showPlace } from './place.ts';
import type { Ranges } from './ranges.ts';
import type { Api } from './types.ts';

/** What is marked in the cells: every find, and the one cell the person is at. */
export type FindMarks = { readonly finder: Finder; readonly now: { readonly row: string; readonly field: string } | null };

export type FindView = {
  /** From left to right. */
  columns(): readonly GridColumn[];
  /** Rows that are here whole, with their place: new ones above a register, all of a document's. */
  ownRows(): readonly { readonly row: GridRow; readonly at: number }[];
  /** The place of a register's first row; null where there is no register. */
  registerAt(): number | null;
  /** Where the focus is or was last. */
  focused(): Place | null;
  /** Whether a place is in the cells that are selected; null where no more than one is. */
  selected(): ((at: Place) => boolean) | null;
  /** Whether a cell has the keyboard. */
  hasKeyboard(): boolean;
  reveal(at: Place): void;
  focus(at: Place): void;
  mark(marks: FindMarks | null): void;
};

export type FindParts = {
  readonly api: Api;
  readonly context: CellContext;
  readonly ranges: Ranges;
  readonly element: HTMLElement;
  readonly columnOf: (key: string) => GridColumn | undefined;
};

export const findView = ({ api, context, ranges, element, columnOf }: FindParts): FindView => {
  const { source } = context;
  const isRegister = source.mode === 'windowed';
  return {
    columns: () => focusColumns(api).flatMap((column) => columnOf(column.getColId()) ?? []),
    ownRows: () => {
      const count = isRegister ? api.getPinnedTopRowCount() : rowCount(api);
      return Array.from({ length: count }, (_, at) => ({ row: rowAt(api, at), at })).flatMap(({ row, at }) =>
        row && !source.isGhost(row.id) ? [{ row, at }] : [],
      );
    },
    registerAt: () => (isRegister ? api.getPinnedTopRowCount() : null),
    focused: () => focusedPlace(api),
    selected: () => {
      const selection = ranges.isWide() ? ranges.get() : null;
      return selection && ((at) => isSelected(selection, at));
    },
    hasKeyboard: () => element.contains(document.activeElement),
    reveal: (at) => showPlace(api, at),
    focus: (at) => focusPlace(api, at),
    mark: (marks) => {
      if (context.find === marks || api.isDestroyed()) return;
      context.find = marks;
      api.refreshCells({ force: true });
    },
  };
};
