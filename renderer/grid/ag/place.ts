/** Cells as rows and columns of one plane: rows pinned at the top count first, the totals row not at all. */
import type { Column, RowPinnedType } from 'ag-grid-community';
import type { GridRow } from '../../../shared/contract/shapes.ts';
import type { Place } from '../moves.ts';
import { stateKey } from './colDefs.ts';
import type { Api } from './types.ts';

/** The columns that can hold the focus, from left to right. */
export const focusColumns = (api: Api): readonly Column[] =>
  api.getAllDisplayedColumns().filter((column) => column.getColId() !== stateKey);

export const rowCount = (api: Api): number => api.getPinnedTopRowCount() + api.getDisplayedRowCount();

const split = (api: Api, row: number): { readonly index: number; readonly pinned: RowPinnedType } => {
  const top = api.getPinnedTopRowCount();
  return row < top ? { index: row, pinned: 'top' } : { index: row - top, pinned: null };
};

export const rowAt = (api: Api, row: number): GridRow | undefined => {
  const { index, pinned } = split(api, row);
  return (pinned === 'top' ? api.getPinnedTopRow(index) : api.getDisplayedRowAtIndex(index))?.data as GridRow | undefined;
};

type Block = { readonly startRow: number; readonly endRow: number };

/**
 * The rows as they are loaded now, to look at many of them. Asked for a row of a register that it has not, the library
 * would load the block around it.
 */
export const loadedRows = (api: Api): ((row: number) => GridRow | undefined) => {
  if (api.getGridOption('rowModelType') !== 'infinite') return (row) => rowAt(api, row);
  const blocks = Object.values(api.getCacheBlockState() as Readonly<Record<string, Block>>);
  const top = api.getPinnedTopRowCount();
  const isLoaded = (index: number): boolean => blocks.some(({ startRow, endRow }) => index >= startRow && index < endRow);
  return (row) => (row < top || isLoaded(row - top) ? rowAt(api, row) : undefined);
};

/** The row of the plane that shows a record, or -1. Rows not loaded are not found. */
export const planeRowOf = (api: Api, id: string): number => {
  const top = api.getPinnedTopRowCount();
  for (let index = 0; index < top; index += 1)
    if ((api.getPinnedTopRow(index)?.data as GridRow | undefined)?.id === id) return index;
  const index = api.getRowNode(id)?.rowIndex;
  return index === null || index === undefined ? -1 : top + index;
};

/** Where the focus is; null outside the cells, in the totals row, and once the grid is gone (its last event comes after). */
export const focusedPlace = (api: Api): Place | null => {
  if (api.isDestroyed()) return null;
  const cell = api.getFocusedCell();
  if (!cell || cell.rowPinned === 'bottom') return null;
  const col = focusColumns(api).findIndex((column) => column.getColId() === cell.column.getColId());
  if (col < 0) return null;
  return { row: cell.rowIndex + (cell.rowPinned === 'top' ? 0 : api.getPinnedTopRowCount()), col };
};

/** Scrolls to a row. Those pinned at the top are there. */
export const showRow = (api: Api, row: number): void => {
  const { index, pinned } = split(api, row);
  if (pinned === null && row >= 0 && row < rowCount(api)) api.ensureIndexVisible(index);
};

export const showColumn = (api: Api, col: number): void => {
  const column = focusColumns(api)[col];
  if (column) api.ensureColumnVisible(column);
};

/** Scrolls to a cell. */
export const showPlace = (api: Api, { row, col }: Place): void => {
  showRow(api, row);
  showColumn(api, col);
};

export const focusPlace = (api: Api, { row, col }: Place): void => {
  const column = focusColumns(api)[col];
  if (!column || row < 0 || row >= rowCount(api)) return;
  const { index, pinned } = split(api, row);
  showPlace(api, { row, col });
  api.setFocusedCell(index, column, pinned);
};

/** Opens the editor of a cell; false where it cannot be edited. */
export const openEditor = (api: Api, { row, col }: Place): boolean => {
  const column = focusColumns(api)[col];
  if (!column) return false;
  const { index, pinned } = split(api, row);
  api.startEditingCell({ rowIndex: index, colKey: column, rowPinned: pinned });
  return api.getEditingCells().length > 0;
};
