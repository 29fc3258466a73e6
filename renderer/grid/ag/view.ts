/** What a source may ask of a mounted grid: rows put in, drawn again, counted. */
import type { IRowNode } from 'ag-grid-community';
import type { GridRow } from '../../../shared/contract/shapes.ts';
import type { GridView } from '../source.ts';
import { focusedPlace, focusPlace, planeRowOf, rowAt, rowCount } from './place.ts';
import type { Api } from './types.ts';

const pinnedNodes = (api: Api): readonly IRowNode<GridRow>[] =>
  Array.from({ length: api.getPinnedTopRowCount() }, (_, at) => api.getPinnedTopRow(at)).filter(
    (node): node is IRowNode<GridRow> => node !== undefined,
  );

const isSorted = (api: Api): boolean => api.getColumnState().some(({ sort }) => sort != null);

export const nodeOf = (api: Api, id: string): IRowNode<GridRow> | undefined =>
  pinnedNodes(api).find((node) => node.data?.id === id) ?? api.getRowNode(id);

type Host = {
  /** Whether a cell of the grid has the focus, and no editor. */
  readonly holdsFocus: () => boolean;
  /** Rows were put in or drawn again. */
  readonly onChange: () => void;
  /** The list is made anew: no row stands where it stood. */
  readonly onReset: () => void;
};

export const gridView = (api: Api, { holdsFocus, onChange, onReset }: Host): GridView => {
  const redraw = (ids: readonly string[]): void => {
    const rowNodes = ids.flatMap((id) => nodeOf(api, id) ?? []);
    if (rowNodes.length > 0) api.refreshCells({ rowNodes, force: true });
    onChange();
  };
  return {
    loaded: () => {
      const found = new Map<string, number>();
      api.forEachNode(({ data, rowIndex }) => {
        if (data && rowIndex !== null) found.set(data.id, rowIndex);
      });
      return found;
    },
    rowOf: (id) => nodeOf(api, id)?.data,
    replace: (rows) => {
      for (const row of rows) api.getRowNode(row.id)?.setData(row);
      redraw(rows.map((row) => row.id));
    },
    redraw,
    reset: (count) => {
      onReset();
      if (count === null) {
        api.purgeInfiniteCache();
        return;
      }
      api.setRowCount(count, true);
      api.refreshInfiniteCache();
    },
    setCount: (count) => api.setRowCount(count, true),
    setDrafts: (rows) => {
      api.setGridOption('pinnedTopRowData', [...rows]);
      onChange();
    },
    setRows: (rows) => {
      const at = holdsFocus() ? focusedPlace(api) : null;
      const id = at ? rowAt(api, at.row)?.id : undefined;
      api.setGridOption('rowData', [...rows]);
      // Of rows that are all known the library takes what is in them and not their order, which is that of a sort where there is one.
      if (!isSorted(api) && rows.some(({ id: one }, place) => api.getDisplayedRowAtIndex(place)?.data?.id !== one))
        api.refreshClientSideRowModel('everything');
      // The library keeps the focus by its place: a line put in above would leave the next key to another record.
      const row = id === undefined ? -1 : planeRowOf(api, id);
      if (at && row >= 0 && row !== at.row) focusPlace(api, { ...at, row });
      // The line that was not there yet goes when its order is confirmed: the focus stays in the lines, on the last.
      const last = rowCount(api) - 1;
      if (at && row < 0 && at.row > last) focusPlace(api, { ...at, row: last });
    },
  };
};
