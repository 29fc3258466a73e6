/**
 * One grid on the page: the library set up once, the same for every screen, behind a handle of ours. Everything a
 * screen varies comes in as an option; nothing of the library goes out.
 */
import type { ColumnState } from 'ag-grid-community';
import type { GridRow } from '../../../shared/contract/shapes.ts';
import type { Density } from '../../ui/tokens.ts';
import type { GridColumn } from '../columns.ts';
import type { Display } from '../display.ts';
import type { Entry } from '../edit/commit.ts';
import type { LookupPort } from '../edit/options.ts';
import type { Layout } from '../layout.ts';
import type { Place } from '../moves.ts';
import type { GridSource } from '../source.ts';
import type { Sort } from '../window/register.ts';
import type { CellContext } from './cells.ts';
import { colDefs, stateKey } from './colDefs.ts';
import { beginEdit, commitEditor, followGridKeys } from './keyboard.ts';
import { createGrid } from './modules.ts';
import { focusColumns, focusedPlace, focusPlace, planeRowOf, rowAt, rowCount } from './place.ts';
import type { Session } from './session.ts';
import { newSession } from './session.ts';
import { gridTheme } from './theme.ts';
import type { Api, Options } from './types.ts';
import { gridView, nodeOf } from './view.ts';

export type FocusedCell = { readonly row: GridRow; readonly column: GridColumn };

export type MountOptions = {
  readonly source: GridSource;
  readonly port: LookupPort;
  readonly columns: readonly GridColumn[];
  readonly display: Display;
  readonly label: string;
  readonly sort: Sort;
  readonly density: Density;
  readonly textSize: number;
  readonly stateField: string | null;
  readonly ghost: CellContext['ghost'];
  readonly isGhost: (id: string) => boolean;
  readonly isEditable: (row: GridRow, column: GridColumn) => boolean;
  /** Somebody typed into a cell that cannot be edited. */
  readonly onRefused: (cell: FocusedCell) => void;
  readonly onFocus: (cell: FocusedCell | null) => void;
  readonly onLayout: (layout: Layout) => void;
  readonly onSort: (sort: Sort) => void;
  /** A double click on a cell that cannot be edited, or its plain twin. */
  readonly onOpen: (row: GridRow) => void;
};

export type MountedGrid = {
  focused(): FocusedCell | null;
  /** Gives a cell the focus; false where its row is not loaded. */
  focusCell(id: string, column: string | null): boolean;
  /** Windowed: scrolls to a position and gives it the focus, loaded or not. */
  focusIndex(index: number): void;
  /** Moves along the focused row. */
  focusColumn(column: string): void;
  focus(): void;
  edit(opening: Session['opening']): boolean;
  isEditing(): boolean;
  commitOpen(): void;
  moveDown(): void;
  /** The row above the focused one. */
  above(): GridRow | undefined;
  flash(id: string, columns: readonly string[]): void;
  /** Rows in memory or loaded, as they stand. */
  placeOf(id: string, column: string): Place | null;
  here(): Place | null;
  setColumns(columns: readonly GridColumn[]): void;
  show(column: string, isShown: boolean): void;
  move(column: string, by: -1 | 1): void;
  sortBy(sort: Sort): void;
  setDisplay(display: Display): void;
  setTotals(totals: Readonly<Record<string, string>> | null): void;
  setLook(density: Density, textSize: number): void;
  setLabel(label: string): void;
  destroy(): void;
};

const blockSize = 100;
const keptBlocks = 20;

const nonce = (): string => document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';

const layoutOf = (states: readonly ColumnState[]): Layout =>
  states
    .filter(({ colId }) => colId !== stateKey)
    .map(({ colId, width, hide }) => ({ key: colId, width: width ?? 0, hidden: hide === true }));

const sortOf = (states: readonly ColumnState[]): Sort =>
  states
    .flatMap(({ colId, sort, sortIndex }) => (sort ? [{ field: colId, dir: sort, at: sortIndex ?? 0 }] : []))
    .toSorted((a, b) => a.at - b.at)
    .map(({ field, dir }) => ({ field, dir }))
    .slice(0, 3);

const rowModel = (source: GridSource): Options =>
  source.mode === 'memory'
    ? { rowModelType: 'clientSide', rowData: [], suppressModelUpdateAfterUpdateTransaction: true }
    : {
        rowModelType: 'infinite',
        cacheBlockSize: blockSize,
        maxBlocksInCache: keptBlocks,
        cacheOverflowSize: 1,
        infiniteInitialRowCount: 1,
        datasource: {
          getRows: ({ startRow, endRow, sortModel, successCallback, failCallback }) => {
            const sort = sortModel.map(({ colId, sort: dir }) => ({ field: colId, dir }));
            source.page(startRow, endRow, sort.slice(0, 3)).then(
              ({ rows, count }) => successCallback([...rows], count ?? undefined),
              () => failCallback(),
            );
          },
        },
      };

const fixed: Options = {
  getRowId: ({ data }) => data.id,
  readOnlyEdit: true,
  enterNavigatesVertically: true,
  enterNavigatesVerticallyAfterEdit: true,
  suppressStartEditOnTab: true,
  stopEditingWhenCellsLoseFocus: true,
  ensureDomOrder: true,
  animateRows: false,
  suppressDragLeaveHidesColumns: true,
  suppressNoRowsOverlay: true,
  suppressScrollOnNewData: true,
  suppressColumnMoveAnimation: true,
  tooltipShowDelay: 400,
};

export const mountGrid = (element: HTMLElement, options: MountOptions): MountedGrid => {
  const { source } = options;
  const session = newSession();
  let columns = options.columns;
  const columnOf = (key: string): GridColumn | undefined => columns.find((column) => column.key === key);
  const context: CellContext = {
    source,
    display: options.display,
    totals: {},
    stateField: options.stateField,
    ghost: options.ghost,
    isGhost: options.isGhost,
  };
  const commit = (row: string, key: string, entry: Entry): void => {
    const column = columnOf(key);
    if (column) void source.commit([{ row, column, entry }]);
  };
  const setup = { session, port: options.port, mode: source.mode, sort: options.sort, isEditable: options.isEditable };

  const api: Api = createGrid<GridRow>(element, {
    ...fixed,
    ...rowModel(source),
    theme: gridTheme(options.density, options.textSize),
    styleNonce: nonce(),
    context,
    popupParent: element,
    columnDefs: colDefs(columns, setup),
    defaultColDef: { cellDataType: false, resizable: true, suppressHeaderMenuButton: true, tooltip: false },
    rowClassRules: {
      'is-gone': ({ data }) => data?.gone === true,
      'is-draft': ({ data }) => data !== undefined && source.isDraft(data.id) && !options.isGhost(data.id),
      'is-ghost': ({ data }) => data !== undefined && options.isGhost(data.id),
      'is-importing': ({ data }) => data?.importing === true,
    },
    postSortRows: ({ nodes }) => {
      const at = nodes.findIndex(({ data }) => data !== undefined && options.isGhost(data.id));
      const [ghost] = at < 0 ? [] : nodes.splice(at, 1);
      if (ghost) nodes.push(ghost);
    },
    onCellEditRequest: ({ data, column, newValue }) => commit(data.id, column.getColId(), newValue as Entry),
    onCellFocused: () => options.onFocus(focused()),
    onCellDoubleClicked: ({ data, column }) => {
      const of = columnOf(column.getColId());
      if (data && (!of || !options.isEditable(data, of))) options.onOpen(data);
    },
    onColumnResized: ({ finished }) => finished && options.onLayout(layoutOf(api.getColumnState())),
    onColumnMoved: ({ finished }) => finished && options.onLayout(layoutOf(api.getColumnState())),
    onColumnVisible: () => options.onLayout(layoutOf(api.getColumnState())),
    onSortChanged: () => options.onSort(sortOf(api.getColumnState())),
  });
  const setLabel = (label: string): void => {
    api.setGridAriaProperty('label', label);
    api.setGridAriaProperty('description', 'F6 leaves the grid.');
  };
  setLabel(options.label);

  const focused = (): FocusedCell | null => {
    const at = focusedPlace(api);
    const row = at ? rowAt(api, at.row) : undefined;
    const column = at ? columnOf(focusColumns(api)[at.col]?.getColId() ?? '') : undefined;
    return row && column ? { row, column } : null;
  };
  const pastEnd = (): boolean => {
    const before = rowCount(api);
    const row = focused()?.row;
    if (source.mode === 'memory' && row && !options.isGhost(row.id)) source.addRow(null);
    return rowCount(api) > before;
  };
  const refused = (): void => {
    const cell = focused();
    if (cell) options.onRefused(cell);
  };
  const host = { api, session, isWindowed: source.mode === 'windowed', commit, pastEnd, refused };
  const stopKeys = followGridKeys(element, host);
  const detach = source.attach(gridView(api));

  const placeOf = (id: string, key: string): Place | null => {
    const row = planeRowOf(api, id);
    const col = focusColumns(api).findIndex((column) => column.getColId() === key);
    return row < 0 || col < 0 ? null : { row, col };
  };
  const firstEditable = (): number =>
    Math.max(
      0,
      focusColumns(api).findIndex((column) => columnOf(column.getColId())?.editor != null),
    );

  return {
    focused,
    focusCell: (id, key) => {
      const row = planeRowOf(api, id);
      if (row < 0) return false;
      const col = key === null ? firstEditable() : focusColumns(api).findIndex((column) => column.getColId() === key);
      focusPlace(api, { row, col: Math.max(0, col) });
      return true;
    },
    focusIndex: (index) =>
      focusPlace(api, { row: api.getPinnedTopRowCount() + index, col: focusedPlace(api)?.col ?? firstEditable() }),
    focusColumn: (key) => {
      const at = focusedPlace(api);
      const col = focusColumns(api).findIndex((column) => column.getColId() === key);
      if (at && col >= 0) focusPlace(api, { ...at, col });
    },
    focus: () => {
      const at = focusedPlace(api) ?? { row: 0, col: firstEditable() };
      focusPlace(api, at);
    },
    edit: (opening) => beginEdit(host, opening),
    isEditing: () => api.getEditingCells().length > 0,
    commitOpen: () => commitEditor(host),
    moveDown: () => {
      const at = focusedPlace(api);
      if (at) focusPlace(api, { ...at, row: at.row + 1 });
    },
    above: () => {
      const at = focusedPlace(api);
      return at && at.row > 0 ? rowAt(api, at.row - 1) : undefined;
    },
    flash: (id, keys) => {
      const node = nodeOf(api, id);
      if (node) api.flashCells({ rowNodes: [node], ...(keys.length > 0 ? { columns: [...keys] } : {}), flashDuration: 1200 });
    },
    placeOf,
    here: () => focusedPlace(api),
    setColumns: (next) => {
      columns = next;
      api.setGridOption('columnDefs', colDefs(next, setup));
    },
    show: (key, isShown) => api.setColumnsVisible([key], isShown),
    move: (key, by) => {
      const order = api.getColumnState().map(({ colId }) => colId);
      const to = order.indexOf(key) + by;
      if (to >= 0 && to < order.length) api.moveColumnByIndex(order.indexOf(key), to);
      options.onLayout(layoutOf(api.getColumnState()));
    },
    sortBy: (sort) =>
      void api.applyColumnState({
        state: sort.map(({ field, dir }, sortIndex) => ({ colId: field, sort: dir, sortIndex })),
        defaultState: { sort: null },
      }),
    setDisplay: (display) => {
      context.display = display;
      api.refreshCells({ force: true });
    },
    setTotals: (totals) => {
      context.totals = totals ?? {};
      api.setGridOption('pinnedBottomRowData', totals ? [{ id: 'totals', v: {} }] : []);
      const node = api.getPinnedBottomRow(0);
      if (node) api.refreshCells({ rowNodes: [node], force: true });
    },
    setLook: (density, textSize) => api.setGridOption('theme', gridTheme(density, textSize)),
    setLabel,
    destroy: () => {
      stopKeys();
      detach();
      api.destroy();
    },
  };
};
