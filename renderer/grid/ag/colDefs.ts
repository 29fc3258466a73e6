/** Columns of ours as the grid library wants them. */
import type { CellClassParams, ColDef, ValueGetterParams } from 'ag-grid-community';
import type { GridRow } from '../../../shared/contract/shapes.ts';
import { copiedSides, isOnLine } from '../clipboard/ants.ts';
import type { GridColumn } from '../columns.ts';
import { lineKey } from '../columns.ts';
import { compareCells } from '../display.ts';
import { markClasses } from '../range/marks.ts';
import type { Sort } from '../window/register.ts';
import type { CellContext } from './cells.ts';
import { LineCell, StateCell, ValueCell } from './cells.ts';
import { NoteEditor, TextEditor } from './editors.ts';
import { FilterBox, NoFilter } from './filterBox.ts';
import { ListEditor } from './listEditor.ts';
import type { Widths } from './widths.ts';

/** The sign at the start of a register's rows. */
export const stateKey = '_state';

export type ColumnSetup = {
  readonly sort: Sort;
  readonly isEditable: (row: GridRow, column: GridColumn) => boolean;
  /** Whether the filter has a box under each header. */
  readonly hasFilters: boolean;
  readonly widths: Widths;
};

const editorOf = (column: GridColumn) => {
  switch (column.editor) {
    case 'note':
      return NoteEditor;
    case 'choice':
    case 'flag':
    case 'link':
    case 'ref':
    case 'state':
      return ListEditor;
    default:
      return TextEditor;
  }
};

const problemLevel = (column: GridColumn, context: CellContext, row: GridRow | undefined): 'error' | 'warning' | null =>
  row ? (context.display.cell(column, row).problem?.level ?? null) : null;

/** The classes of a selection, for cells as they are made; those that stand are marked by the selection itself. */
const markRules = (key: string): NonNullable<ColDef<GridRow>['cellClassRules']> =>
  Object.fromEntries(
    markClasses.map((name, bit) => [
      name,
      ({ node, context }: CellClassParams<GridRow>): boolean => ((context as CellContext).marksOf(node, key) & (1 << bit)) !== 0,
    ]),
  );

/** The line around what was copied. */
const copiedRules = (key: string): NonNullable<ColDef<GridRow>['cellClassRules']> =>
  Object.fromEntries(
    copiedSides.map((side) => [
      `ants-${side}`,
      ({ data, context }: CellClassParams<GridRow>): boolean =>
        data !== undefined && isOnLine((context as CellContext).copied, side, data.id, key),
    ]),
  );

const isFoundNow = ({ find }: CellContext, row: string | undefined, field: string): boolean =>
  row !== undefined && find?.now?.row === row && find.now.field === field;

const tooltipOf = (column: GridColumn, context: CellContext, row: GridRow | undefined): string | null => {
  if (!row) return null;
  const view = context.display.cell(column, row);
  return view.problem?.message ?? (column.kind === 'note' || column.kind === 'text' ? view.text : null);
};

/** Whether the filter knows the column: what it holds can be compared with a text. */
export const isFilterable = ({ key, kind }: GridColumn): boolean => key !== lineKey && kind !== 'json';

const filterBox = (column: GridColumn): ColDef<GridRow> => ({
  filter: NoFilter,
  floatingFilter: true,
  floatingFilterComponent: FilterBox,
  floatingFilterComponentParams: { of: column },
  suppressFloatingFilterButton: true,
  suppressHeaderFilterButton: true,
});

const colDef = (column: GridColumn, setup: ColumnSetup): ColDef<GridRow> => {
  const { key, align, field } = column;
  const sorted = setup.sort.find((s) => s.field === key);
  const isLine = key === lineKey;
  return {
    colId: key,
    headerName: column.label,
    initialWidth: setup.widths.drawn(column.width),
    minWidth: setup.widths.drawn(isLine ? 44 : 40),
    ...(column.flex ? { initialFlex: 1, minWidth: setup.widths.drawn(Math.max(column.width, 180)) } : {}),
    initialPinned: column.frozen ? 'left' : undefined,
    lockPinned: true,
    lockVisible: isLine,
    lockPosition: isLine ? 'left' : undefined,
    initialHide: column.hidden,
    sortable: column.isSortable && !isLine,
    initialSort: sorted?.dir,
    initialSortIndex: sorted ? setup.sort.indexOf(sorted) : undefined,
    headerClass: align === 'right' ? 'num' : '',
    headerTooltip: field.help ?? '',
    cellClass: `k-${column.kind}${align === 'right' ? ' num' : ''}${isLine ? ' rown' : ''}`,
    cellClassRules: {
      ...markRules(key),
      ...copiedRules(key),
      bad: ({ data, context }) => problemLevel(column, context as CellContext, data) === 'error',
      warn: ({ data, context }) => problemLevel(column, context as CellContext, data) === 'warning',
      'find-now': ({ data, context }) => isFoundNow(context as CellContext, data?.id, key),
      locked: ({ data, node }) => !node.rowPinned && data !== undefined && !setup.isEditable(data, column),
    },
    editable: ({ data, node }) => node.rowPinned !== 'bottom' && data !== undefined && setup.isEditable(data, column),
    valueGetter: ({ data }: ValueGetterParams<GridRow>) => data?.v[key] ?? null,
    // What such a cell shows is no value of its own: only that its row is another says that it may show something else.
    ...(column.view ? { equals: () => false } : {}),
    tooltip: ({ data, context }) => tooltipOf(column, context as CellContext, data),
    cellRenderer: isLine && !column.view ? LineCell : ValueCell,
    cellRendererParams: { of: column },
    cellEditor: editorOf(column),
    cellEditorPopup: column.editor === 'note',
    cellEditorPopupPosition: 'over',
    cellEditorParams: { of: column },
    ...(setup.hasFilters && isFilterable(column) ? filterBox(column) : {}),
    comparator: (_a, _b, left, right) => (left.data && right.data ? compareCells(column, left.data, right.data) : 0),
  };
};

/** CSS px at the usual size of text. */
const stateWidth = 28;

const stateDef = (width: number): ColDef<GridRow> => ({
  colId: stateKey,
  headerName: 'State',
  headerClass: 'state-head',
  headerTooltip: 'State of the row',
  width,
  minWidth: width,
  maxWidth: width,
  pinned: 'left',
  lockPinned: true,
  lockPosition: 'left',
  lockVisible: true,
  resizable: false,
  sortable: false,
  suppressNavigable: true,
  suppressHeaderKeyboardEvent: () => false,
  editable: false,
  cellClass: 'state',
  cellRenderer: StateCell,
  valueGetter: () => null,
  tooltip: false,
});

export const colDefs = (columns: readonly GridColumn[], setup: ColumnSetup): ColDef<GridRow>[] => {
  const own = columns.map((column) => colDef(column, setup));
  return columns.some((column) => column.key === lineKey) ? own : [stateDef(setup.widths.drawn(stateWidth)), ...own];
};
