/** The columns of a mounted grid as the person arranges them: shown, moved, sorted, and the filter's boxes under them. */
import type { GridRow } from '../../../shared/contract/shapes.ts';
import type { GridColumn } from '../columns.ts';
import type { FilterRow } from '../filterRow.ts';
import { applyLayout } from '../layout.ts';
import type { Sort } from '../window/register.ts';
import type { ColumnSetup } from './colDefs.ts';
import { colDefs, isFilterable } from './colDefs.ts';
import type { FilterBoxes } from './filterBox.ts';
import { layoutOf } from './options.ts';
import { focusColumns, focusedPlace, focusPlace } from './place.ts';
import type { Api } from './types.ts';

/** A box that is scrolled to is made a moment later. */
const triesToFocus = 10;

export type ColumnBarHost = {
  readonly api: Api;
  readonly element: HTMLElement;
  readonly filters: FilterBoxes;
  readonly isEditable: (row: GridRow, column: GridColumn) => boolean;
  readonly sort: Sort;
  /** The columns stand differently now. */
  readonly onLayout: () => void;
};

export class ColumnBar {
  private columns: readonly GridColumn[];

  constructor(
    private readonly host: ColumnBarHost,
    columns: readonly GridColumn[],
  ) {
    this.columns = columns;
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
    this.define(columns);
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

  /** @param by CSS px; @returns why not, where it is not done */
  resize(key: string, by: number): string | null {
    const { api } = this.host;
    const column = api.getColumn(key);
    if (!column) return null;
    const isTooWide = by > 0 && column.isPinnedLeft() && this.widthOf(this.frozen()) + by > this.mostFrozen();
    if (isTooWide) return 'Frozen columns take half of the grid at most.';
    const width = Math.max(column.getMinWidth(), column.getActualWidth() + by);
    api.setColumnWidths([{ key, newWidth: width }]);
    return null;
  }

  /** Keeps the columns up to one in sight, or none. @returns why not, where it is not done */
  freezeTo(key: string | null): string | null {
    const { api } = this.host;
    const shown = focusColumns(api).map((column) => column.getColId());
    const frozen = key === null ? [] : shown.slice(0, shown.indexOf(key) + 1);
    if (this.widthOf(frozen) > this.mostFrozen())
      return 'These columns are wider than half of the grid. Make them narrower, or freeze fewer.';
    const isOnHeader = this.isOnHeader();
    const free = shown.filter((one) => !frozen.includes(one));
    api.applyColumnState({
      state: [...frozen.map((colId) => ({ colId, pinned: 'left' as const })), ...free.map((colId) => ({ colId, pinned: null }))],
    });
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

  private frozen(): readonly string[] {
    return focusColumns(this.host.api).flatMap((column) => (column.isPinnedLeft() ? [column.getColId()] : []));
  }

  private widthOf(keys: readonly string[]): number {
    return keys.reduce((sum, key) => sum + (this.host.api.getColumn(key)?.getActualWidth() ?? 0), 0);
  }

  private mostFrozen(): number {
    return this.host.element.clientWidth / 2;
  }

  sortBy(sort: Sort): void {
    const state = sort.map(({ field, dir }, sortIndex) => ({ colId: field, sort: dir, sortIndex }));
    this.host.api.applyColumnState({ state, defaultState: { sort: null } });
  }

  /** Shows the boxes, or what they say now; null takes them away. */
  filterBy(row: FilterRow | null): void {
    const { api, filters } = this.host;
    const isOther = (row === null) !== (filters.row === null);
    filters.row = row;
    if (isOther) this.define(applyLayout(this.columns, layoutOf(api.getColumnState())));
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
    const { api, sort, isEditable, filters } = this.host;
    const setup: ColumnSetup = { sort, isEditable, hasFilters: filters.row !== null };
    api.setGridOption('columnDefs', colDefs(columns, setup));
  }
}
