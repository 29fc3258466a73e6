/** How the grid library is set up, the same for every screen. */
import type { ColumnState } from 'ag-grid-community';
import type { GridRow } from '../../../shared/contract/shapes.ts';
import type { Density } from '../../ui/tokens.ts';
import { nonce } from '../../ui/nonce.ts';
import type { GridColumn } from '../columns.ts';
import type { Display } from '../display.ts';
import type { LookupPort } from '../edit/options.ts';
import type { Layout } from '../layout.ts';
import type { GridSource } from '../source.ts';
import type { Sort } from '../window/register.ts';
import type { CellContext } from './cells.ts';
import { stateKey } from './colDefs.ts';
import type { Frozen } from './frozen.ts';
import { gridTheme } from './theme.ts';
import type { Options } from './types.ts';
import type { Widths } from './widths.ts';

export type FocusedCell = { readonly row: GridRow; readonly column: GridColumn };

export type MountOptions = {
  readonly source: GridSource;
  readonly port: LookupPort;
  readonly columns: readonly GridColumn[];
  readonly display: Display;
  /** The accessible name. */
  readonly label: string;
  readonly sort: Sort;
  readonly density: Density;
  readonly textSize: number;
  readonly stateField: string | null;
  readonly ghost: CellContext['ghost'];
  /** Why a cell cannot be typed into; null where it can. */
  readonly lock: CellContext['lock'];
  /** Somebody typed into a cell that cannot be edited. */
  readonly onRefused: (cell: FocusedCell) => void;
  /** The focus moved, or what it is on was read again. */
  readonly onFocus: (cell: FocusedCell | null) => void;
  /** Something else is selected. */
  readonly onSelect: () => void;
  readonly onLayout: (layout: Layout) => void;
  readonly onSort: (sort: Sort) => void;
  /** A double click on a cell that cannot be edited. */
  readonly onOpen: (row: GridRow) => void;
};

/** What of it the cells know from the start. */
export const contextOf = ({ source, port, display, stateField, ghost, lock }: MountOptions) =>
  ({ source, port, display, stateField, ghost, lock, totals: {}, find: null, copied: null }) as const;

const blockSize = 100;
const keptBlocks = 20;

/**
 * The columns as a person left them: widths at the usual size of text, frozen what was frozen. What the window makes of a
 * column that takes what is left over is nobody's choice.
 */
export const layoutOf = (states: readonly ColumnState[], widths: Widths, frozen: Frozen): Layout =>
  states
    .filter(({ colId }) => colId !== stateKey)
    .map(({ colId, width, hide, flex }) => ({
      key: colId,
      width: widths.usualOf(colId, flex == null ? (width ?? 0) : null),
      hidden: hide === true,
      frozen: frozen.has(colId),
    }));

/** At most three columns, the first clicked first. */
export const sortOf = (states: readonly ColumnState[]): Sort =>
  states
    .flatMap(({ colId, sort, sortIndex }) => (sort ? [{ field: colId, dir: sort, at: sortIndex ?? 0 }] : []))
    .toSorted((a, b) => a.at - b.at)
    .map(({ field, dir }) => ({ field, dir }))
    .slice(0, 3);

const windowed = (source: GridSource, onRows: () => void): Options => ({
  rowModelType: 'infinite',
  cacheBlockSize: blockSize,
  maxBlocksInCache: keptBlocks,
  cacheOverflowSize: 1,
  infiniteInitialRowCount: 1,
  datasource: {
    getRows: (params) => {
      const sort = params.sortModel.map(({ colId, sort: dir }) => ({ field: colId, dir }));
      const answer = async (): Promise<void> => {
        try {
          const { rows, count } = await source.page(params.startRow, params.endRow, sort.slice(0, 3));
          params.successCallback([...rows], count ?? undefined);
          onRows();
        } catch {
          // The source says what went wrong; the rows that are there stay.
          params.failCallback();
        }
      };
      void answer();
    },
  },
});

const inMemory: Options = { rowModelType: 'clientSide', rowData: [], suppressModelUpdateAfterUpdateTransaction: true };

const fixed: Options = {
  getRowId: ({ data }) => data.id,
  readOnlyEdit: true,
  enterNavigatesVertically: true,
  enterNavigatesVerticallyAfterEdit: true,
  suppressStartEditOnTab: true,
  stopEditingWhenCellsLoseFocus: true,
  ensureDomOrder: true,
  animateRows: false,
  suppressColumnMoveAnimation: true,
  suppressDragLeaveHidesColumns: true,
  suppressNoRowsOverlay: true,
  suppressScrollOnNewData: true,
  tooltipShowDelay: 400,
  defaultColDef: {
    cellDataType: false,
    resizable: true,
    suppressHeaderMenuButton: true,
    tooltip: false,
    // A column made narrow, or larger text: the header takes a second line before it is cut.
    wrapHeaderText: true,
    autoHeaderHeight: true,
  },
};

const rowLooks = (source: GridSource): Options => ({
  rowClassRules: {
    'is-gone': ({ data }) => data?.gone !== undefined,
    'is-draft': ({ data }) => data !== undefined && source.isDraft(data.id) && !source.isGhost(data.id),
    'is-ghost': ({ data }) => data !== undefined && source.isGhost(data.id),
    'is-importing': ({ data }) => data?.importing === true,
  },
  postSortRows: ({ nodes }) => {
    const at = nodes.findIndex(({ data }) => data !== undefined && source.isGhost(data.id));
    const [ghost] = at < 0 ? [] : nodes.splice(at, 1);
    if (ghost) nodes.push(ghost);
  },
});

/** @param onRows called when rows came in */
export const gridOptions = ({ source, density, textSize }: MountOptions, onRows: () => void): Options => ({
  ...fixed,
  ...(source.mode === 'memory' ? inMemory : windowed(source, onRows)),
  ...rowLooks(source),
  theme: gridTheme(density, textSize),
  styleNonce: nonce(),
});
