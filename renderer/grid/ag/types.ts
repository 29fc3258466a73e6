/**
 * The grid library as the rest may see it: the community part only. Enterprise options and methods are on the
 * library's own types and would fail at run time with a line in the console, so here they do not exist.
 */
import type { GridApi, GridOptions } from 'ag-grid-community';
import type { GridRow } from '../../../shared/contract/shapes.ts';

type EnterpriseMethod =
  | 'addCellRange'
  | 'clearCellSelection'
  | 'clearRangeSelection'
  | 'copySelectedRangeDown'
  | 'copySelectedRangeToClipboard'
  | 'copySelectedRowsToClipboard'
  | 'copyToClipboard'
  | 'createCrossFilterChart'
  | 'createRangeChart'
  | 'cutToClipboard'
  | 'exportDataAsExcel'
  | 'exportMultipleSheetsAsExcel'
  | 'findNext'
  | 'findPrevious'
  | 'getCellRanges'
  | 'getDataAsExcel'
  | 'getSheetDataForExcel'
  | 'getStatusPanel'
  | 'openToolPanel'
  | 'pasteFromClipboard'
  | 'setAdvancedFilterModel'
  | 'setSideBarVisible'
  | 'showColumnMenu';

type EnterpriseOption =
  | 'cellSelection'
  | 'statusBar'
  | 'sideBar'
  | 'masterDetail'
  | 'rowNumbers'
  | 'findSearchValue'
  | 'getContextMenuItems'
  | 'getMainMenuItems'
  | 'enableCharts'
  | 'enableAdvancedFilter'
  | 'treeData'
  | 'groupDefaultExpanded'
  | 'grandTotalRow'
  | 'pivotMode'
  | 'undoRedoCellEditing';

export type Api = Omit<GridApi<GridRow>, EnterpriseMethod>;
export type Options = Omit<GridOptions<GridRow>, EnterpriseOption>;
