/** The columns of a mounted grid as the person arranges them: shown, moved, sorted, and the filter's boxes under them. */
import type { GridRow } from '../../../shared/contract/shapes.ts';
import type { GridColumn } from '../columns.ts';
import type { FilterRow } from '../filterRow.ts';
import type { Layout } from '../layout.ts';
import { applyLayout } from '../layout.ts';
import type { Sort } from '../window/register.ts';
import { tellRowCount } from './aria.ts';
import type { ColumnSetup } from './colDefs.ts';
import { colDefs, isFilterable } from './colDefs.ts';
import type { FilterBoxes } from './filterBox.ts';
import { Frozen } from './frozen.ts';
import { layoutOf } from './options.ts';
import { focusColumns, focusedPlace, focusPlace, rowCount } from './place.ts';
import type { Api } from './types.ts';
import type { Widths } from './widths.ts';

/** A box that is scrolled to is made a moment later. */
const triesToFocus = 10;

export type ColumnBarHost = {
  readonly api: Api;
  readonly element: HTMLElement;
  readonly filters: FilterBoxes;
  readonly isEditable: (row: GridRow, column: GridColumn) => boolean;
  readonly sort: Sort;
  readonly widths: Widths;
  /** The columns stand differently now. */
  readonly onLayout: () => void;
};

export class ColumnBar {
  private columns: readonly GridColumn[];
  private readonly frozen: Frozen;

  constructor(
    private readonly host: ColumnBarHost,
    columns: readonly GridColumn[],
  ) {
    this.columns = columns;
    this.frozen = new Frozen(host.api, host.element, columns);
    host.filters.next = (key, back) => this.focusNext(key, back);
    host.filters.leave = (key) => this.leave(key);
    // Its keys are other ones than those of cells.
    host.element.querySelector('.ag-header')?.setAttribute('data-where', 'header');
  }

  all(): readonly GridColumn[] {
    return this.columns;
  }

  set(columns: readonly GridColumn[]): void {
    this.columns = columns;
    this.host.widths.know(columns);
    this.frozen.know(columns);
    this.define(columns);
  }

  /** The columns as they stand. */
  layout(): Layout {
    return layoutOf(this.host.api.getColumnState(), this.host.widths, this.frozen);
  }

  /** Draws them for another size of text, 1 for the usual one; what is kept of their widths stays. */
  scaleTo(scale: number): void {
    const { api, widths } = this.host;
    if (scale === widths.scale) return;
    const layout = this.layout();
    const fixed = api.getColumnState().filter(({ flex }) => flex == null);
    widths.scale = scale;
    this.define(applyLayout(this.columns, layout));
    const drawn = layout.filter(({ key }) => fixed.some(({ colId }) => colId === key));
    const least = (key: string): number => api.getColumn(key)?.getMinWidth() ?? 0;
    // Not a resizing that has ended: nobody is told of it.
    api.setColumnWidths(
      drawn.map(({ key, width }) => ({ key, newWidth: Math.max(least(key), widths.drawn(width)) })),
      false,
    );
    this.fit();
  }

  /** There is more room now, or less. The cell or header in focus keeps it, where it comes to stand elsewhere. */
  fit(): void {
    const { api, element } = this.host;
    // Its last event comes after the grid is gone.
    if (api.isDestroyed()) return;
    const holder = element.contains(document.activeElement) ? document.activeElement : null;
    const header = holder?.closest('.ag-header-cell[col-id]')?.getAttribute('col-id') ?? null;
    const isInCell = holder?.closest('.ag-cell') != null;
    if (!this.frozen.fit()) return;
    const at = focusedPlace(api);
    if (header !== null) this.focusHeader(header);
    else if (isInCell && at) focusPlace(api, at);
  }

  show(key: string, isShown: boolean): void {
    this.host.api.setColumnsVisible([key], isShown);
  }

  move(key: string, by: -1 | 1): void {
    const { api } = this.host;
    const order = api.getColumnState().map(({ colId }) => colId);
    const to = order.indexOf(key) + by;
    if (to >= 0 && to < order.length) api.moveColumnByIndex(order.indexOf(key), to);
    this.host.onLayout();
  }

  /** The column in focus: of its header, else of its cell; null where neither has the keyboard or had it. */
  target(): string | null {
    const { api, element } = this.host;
    const header = element.contains(document.activeElement) ? document.activeElement?.closest('.ag-header-cell[col-id]') : null;
    const key = header?.getAttribute('col-id') ?? api.getFocusedCell()?.column.getColId();
    return this.columns.some((column) => column.key === key) ? (key ?? null) : null;
  }

  focusHeader(key: string): void {
    const { api } = this.host;
    if (api.getColumn(key)?.isVisible() !== true) return focusPlace(api, focusedPlace(api) ?? { row: 0, col: 0 });
    api.ensureColumnVisible(key);
    api.setFocusedHeader(key);
  }

  /** One place along the columns that are shown. Frozen ones stay among themselves. */
  shift(key: string, by: -1 | 1): void {
    const { api } = this.host;
    const shown = focusColumns(api);
    const at = shown.findIndex((column) => column.getColId() === key);
    const [moved, other] = [shown[at], shown[at + by]];
    if (!moved || !other || moved.getPinned() !== other.getPinned()) return;
    const isOnHeader = this.isOnHeader();
    const to = api.getColumnState().findIndex(({ colId }) => colId === other.getColId());
    api.moveColumns([key], to);
    if (isOnHeader) this.focusHeader(key);
    this.host.onLayout();
  }

  /** @param by CSS px at the usual size of text; @returns why not, where it is not done */
  resize(key: string, by: number): string | null {
    const { api, widths } = this.host;
    const column = api.getColumn(key);
    if (!column) return null;
    const step = widths.drawn(by);
    if (by > 0 && column.isPinnedLeft() && this.frozen.isTooWide(this.frozen.keys(), step))
      return 'Frozen columns take half of the grid at most.';
    const width = Math.max(column.getMinWidth(), column.getActualWidth() + step);
    api.setColumnWidths([{ key, newWidth: width }]);
    return null;
  }

  /** A column was made wider by hand. */
  limit(key: string): void {
    this.frozen.limit(key);
  }

  /** Keeps the columns up to one in sight, or none. @returns why not, where it is not done */
  freezeTo(key: string | null): string | null {
    const shown = focusColumns(this.host.api).map((column) => column.getColId());
    const keys = key === null ? [] : shown.slice(0, shown.indexOf(key) + 1);
    if (this.frozen.isTooWide(keys)) return 'These columns are wider than half of the grid. Make them narrower, or freeze fewer.';
    const isOnHeader = this.isOnHeader();
    this.frozen.set(keys);
    if (isOnHeader && key !== null) this.focusHeader(key);
    this.host.onLayout();
    return null;
  }

  /** @returns why not, where it is not done */
  hide(key: string): string | null {
    const { api } = this.host;
    const shown = focusColumns(api);
    if (shown.length < 2) return 'One column has to stay.';
    const at = shown.findIndex((column) => column.getColId() === key);
    const next = shown[at + 1] ?? shown[at - 1];
    const isOnHeader = this.isOnHeader();
    const row = focusedPlace(api)?.row ?? 0;
    api.setColumnsVisible([key], false);
    if (isOnHeader && next) this.focusHeader(next.getColId());
    else focusPlace(api, { row, col: Math.min(at, shown.length - 2) });
    return null;
  }

  private isOnHeader(): boolean {
    return document.activeElement?.closest('.ag-header-cell') != null;
  }

  sortBy(sort: Sort): void {
    const state = sort.map(({ field, dir }, sortIndex) => ({ colId: field, sort: dir, sortIndex }));
    this.host.api.applyColumnState({ state, defaultState: { sort: null } });
  }

  /** Shows the boxes, or what they say now; null takes them away. */
  filterBy(row: FilterRow | null): void {
    const { api, element, filters } = this.host;
    const isOther = (row === null) !== (filters.row === null);
    filters.row = row;
    if (isOther) {
      this.define(applyLayout(this.columns, this.layout()));
      tellRowCount(element, (row === null ? 1 : 2) + rowCount(api) + api.getPinnedBottomRowCount());
    }
    for (const box of filters.boxes.values()) box.show();
  }

  /** Gives the box of a column the focus, for null that of the column in focus. */
  focusFilter(key: string | null): void {
    const { api } = this.host;
    const columns = focusColumns(api);
    const at = focusedPlace(api)?.col ?? 0;
    this.focusBox(key ?? columns[at]?.getColId() ?? '', triesToFocus);
  }

  private focusBox(key: string, tries: number): void {
    const { api, filters } = this.host;
    if (api.isDestroyed()) return;
    api.ensureColumnVisible(key);
    const box = filters.boxes.get(key);
    if (box) box.focus();
    else if (tries > 0) requestAnimationFrame(() => this.focusBox(key, tries - 1));
  }

  private focusNext(key: string, back: boolean): boolean {
    const keys = focusColumns(this.host.api)
      .map((column) => column.getColId())
      .filter((one) => this.hasBox(one));
    const next = keys[keys.indexOf(key) + (back ? -1 : 1)];
    if (next === undefined) this.leave(key);
    else this.focusBox(next, triesToFocus);
    return true;
  }

  private hasBox(key: string): boolean {
    return this.columns.some((column) => column.key === key && isFilterable(column));
  }

  private leave(key: string): void {
    const { api } = this.host;
    const col = focusColumns(api).findIndex((column) => column.getColId() === key);
    focusPlace(api, { row: focusedPlace(api)?.row ?? 0, col: Math.max(0, col) });
  }

  private define(columns: readonly GridColumn[]): void {
    const { api, sort, isEditable, filters, widths } = this.host;
    const setup: ColumnSetup = { sort, isEditable, hasFilters: filters.row !== null, widths };
    api.setGridOption('columnDefs', colDefs(columns, setup));
  }
}
