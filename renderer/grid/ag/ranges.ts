/**
 * What is selected in one grid: kept beside the library's own idea of the focus, painted on the cells that are drawn,
 * and dropped when the rows under it become others. The anchor of the selection always is the cell in focus.
 *
 * Painted twice: the column's class rules mark cells as they are made, and on every change the cells that stand are
 * marked directly. Asking the library to draw them again costs five times as much and queues up under a held key.
 */
import type { IRowNode } from 'ag-grid-community';
import type { GridRow } from '../../../shared/contract/shapes.ts';
import { markClasses, marksAt } from '../range/marks.ts';
import { sayMark } from './dom.ts';
import type { Place, Plane, Selection } from '../range/model.ts';
import { clip, collapse, isSamePlace, isSameSelection, isSelected, isSingle, shiftRows, single } from '../range/model.ts';
import { focusColumns, focusedPlace, focusPlace, loadedRows, planeRowOf, rowCount } from './place.ts';
import type { Api } from './types.ts';

export type RangeHost = {
  readonly api: Api;
  readonly element: HTMLElement;
  /** Something else is selected now. */
  readonly onSelect: (selection: Selection | null) => void;
};

/** The place of a cell drawn on the page; null for what is no cell of a row, as the sign at its start. */
type Drawn = { readonly cell: Element; readonly place: Place };

const rowOfElement = (row: Element, top: number): number => {
  const index = row.getAttribute('row-index') ?? '';
  if (index.startsWith('b-')) return -1;
  return index.startsWith('t-') ? Number(index.slice(2)) : Number(index) + top;
};

export class Ranges {
  private now: Selection | null = null;
  private painted: Selection | null = null;
  private cols: ReadonlyMap<string, number> | null = null;
  private top = 0;
  /** The focus is on its way to the anchor of what was selected. */
  private isMoving = false;
  /** Which rows the corners of the areas are. */
  private corners: ReadonlyMap<number, string> = new Map();

  constructor(private readonly host: RangeHost) {
    const { api } = host;
    api.addEventListener('modelUpdated', () => this.rowsChanged());
    api.addEventListener('pinnedRowDataChanged', () => this.rowsChanged());
    api.addEventListener('displayedColumnsChanged', () => this.columnsChanged());
    api.addEventListener('sortChanged', () => this.reset());
  }

  /** What is selected now; the library may tell of a move of the focus a moment later. */
  get(): Selection | null {
    this.follow();
    return this.now;
  }

  plane(): Plane {
    return { rows: rowCount(this.host.api), cols: this.columns().size };
  }

  /** Whether more than the cell in focus is selected. */
  isWide(): boolean {
    return this.now !== null && !isSingle(this.now);
  }

  /** Selects; the focus goes to the anchor. */
  select(selection: Selection): void {
    const { api } = this.host;
    this.isMoving = true;
    this.put(clip(selection, this.plane()));
    const at = focusedPlace(api);
    if (this.now && !(at && isSamePlace(at, this.now.anchor))) focusPlace(api, this.now.anchor);
    this.isMoving = false;
  }

  /** Back to the cell in focus; false where no more was selected. */
  collapse(): boolean {
    if (!this.now || isSingle(this.now)) return false;
    this.put(collapse(this.now));
    return true;
  }

  /** The focus moved, by a key or a click that selects nothing: then it is all that is selected. */
  follow(): void {
    if (this.isMoving || this.host.api.isDestroyed()) return;
    const at = focusedPlace(this.host.api);
    if (at === null) this.put(null);
    else if (!this.now || !isSamePlace(at, this.now.anchor)) this.put(single(at));
  }

  /** The list was made anew. */
  reset(): void {
    this.collapse();
    this.corners = new Map();
  }

  /** Rows came, went or were read again: the selection stays with its rows, or becomes the cell in focus. */
  private rowsChanged(): void {
    const { api } = this.host;
    if (api.isDestroyed()) return;
    const top = api.getPinnedTopRowCount();
    const by = top - this.top;
    this.top = top;
    if (!this.now) return;
    const wasWide = this.isWide();
    const moved = by === 0 ? this.now : shiftRows(this.now, by);
    const corners = [...this.corners].map(([row, id]) => [row + by, id] as const);
    const rows = loadedRows(api);
    const isOther = corners.some(([row, id]) => {
      const there = rows(row)?.id;
      return there !== undefined && there !== id;
    });
    this.put(isOther ? this.followed(moved, corners) : clip(moved, this.plane()));
    if (wasWide) this.repaint();
  }

  /** Other columns, or in another order. */
  private columnsChanged(): void {
    if (this.host.api.isDestroyed()) return;
    this.cols = null;
    const wasWide = this.isWide();
    const at = focusedPlace(this.host.api);
    this.put(at && single(at));
    if (wasWide) this.repaint();
  }

  /** The bits of `markClasses` that a cell has; asked by the class rules of its column. */
  marksOf(node: IRowNode<GridRow>, key: string): number {
    if (!this.now || node.rowIndex === null || node.rowPinned === 'bottom') return 0;
    const col = this.columns().get(key);
    const row = node.rowIndex + (node.rowPinned === 'top' ? 0 : this.host.api.getPinnedTopRowCount());
    return col === undefined ? 0 : marksAt(this.now, { row, col });
  }

  /** The place of the cell an element lies in. */
  placeOf(target: Element): Place | null {
    const cell = target.closest('.ag-cell');
    const row = cell?.closest('.ag-row');
    if (!cell || !row) return null;
    const col = this.columns().get(cell.getAttribute('col-id') ?? '');
    const at = rowOfElement(row, this.host.api.getPinnedTopRowCount());
    return col === undefined || at < 0 ? null : { row: at, col };
  }

  isSelected(target: Element): boolean {
    const at = this.placeOf(target);
    return this.now !== null && at !== null && isSelected(this.now, at);
  }

  /** The row an element lies in, the sign at its start among its cells. */
  rowOf(target: Element): number | null {
    const row = target.closest('.ag-row');
    const at = row ? rowOfElement(row, this.host.api.getPinnedTopRowCount()) : -1;
    return at < 0 ? null : at;
  }

  columns(): ReadonlyMap<string, number> {
    this.cols ??= new Map(focusColumns(this.host.api).map((column, col) => [column.getColId(), col]));
    return this.cols;
  }

  /** The selection where its rows went, if they all moved by as much; else the cell in focus. */
  private followed(selection: Selection, corners: readonly (readonly [number, string])[]): Selection {
    const { api } = this.host;
    const moves = new Set(corners.map(([row, id]) => planeRowOf(api, id) - row));
    const [by = 0, ...more] = moves;
    const isWhole = more.length === 0 && corners.every(([, id]) => planeRowOf(api, id) >= 0);
    if (isWhole) return clip(shiftRows(selection, by), this.plane());
    return single(focusedPlace(api) ?? selection.anchor);
  }

  private put(selection: Selection | null): void {
    const { api, onSelect } = this.host;
    const before = this.now;
    if (before === selection || (before && selection && isSameSelection(before, selection))) return;
    this.now = selection;
    this.top = api.getPinnedTopRowCount();
    const rows = loadedRows(api);
    this.corners = new Map(
      (selection?.areas ?? [])
        .flatMap(({ from, to }) => [from.row, to.row])
        .flatMap((row) => {
          const id = rows(row)?.id;
          return id === undefined ? [] : [[row, id] as const];
        }),
    );
    this.paint();
    onSelect(selection);
  }

  /** Marks the cells that are drawn and look different now. */
  private paint(): void {
    const before = this.painted;
    this.painted = this.now;
    const isWide = (selection: Selection | null): boolean => selection !== null && !isSingle(selection);
    if (!isWide(before) && !isWide(this.now)) return;
    for (const { cell, place } of this.drawn()) {
      const marks = marksAt(this.now, place);
      if (marks !== marksAt(before, place)) mark(cell, marks);
    }
  }

  /** Marks every cell that is drawn: rows may stand elsewhere than when they were marked. */
  private repaint(): void {
    for (const { cell, place } of this.drawn()) mark(cell, marksAt(this.now, place));
  }

  private *drawn(): Generator<Drawn> {
    const top = this.host.api.getPinnedTopRowCount();
    const cols = this.columns();
    for (const row of this.host.element.querySelectorAll('.ag-row')) {
      const at = rowOfElement(row, top);
      if (at < 0) continue;
      for (const cell of row.getElementsByClassName('ag-cell')) {
        const col = cols.get(cell.getAttribute('col-id') ?? '');
        if (col !== undefined) yield { cell, place: { row: at, col } };
      }
    }
  }
}

const mark = (cell: Element, marks: number): void => {
  sayMark(cell, marks);
  for (const [bit, name] of markClasses.entries()) cell.classList.toggle(name, (marks & (1 << bit)) !== 0);
};
