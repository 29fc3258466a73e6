/**
 * The columns that stay in sight. They take half of the grid at most: where a panel or large text leaves less room than a
 * person froze, the last of them pass with the others until there is room again. What is kept of them is what was frozen.
 */
import type { GridColumn } from '../columns.ts';
import { focusColumns } from './place.ts';
import type { Api } from './types.ts';

const stateOf = (keys: readonly string[], pinned: 'left' | null) => keys.map((colId) => ({ colId, pinned }));

export class Frozen {
  private readonly wanted = new Set<string>();
  private readonly known = new Set<string>();

  constructor(
    private readonly api: Api,
    private readonly element: HTMLElement,
    columns: readonly GridColumn[],
  ) {
    this.know(columns);
  }

  /** Columns about to be drawn; those drawn already stay frozen or free. */
  know(columns: readonly GridColumn[]): void {
    for (const { key, frozen } of columns) {
      if (frozen && !this.known.has(key)) this.wanted.add(key);
      this.known.add(key);
    }
  }

  has(key: string): boolean {
    return this.wanted.has(key);
  }

  /** Whether they are too wide, and wider by so many CSS px. */
  isTooWide(keys: readonly string[], more = 0): boolean {
    return this.widthOf(keys) + more > this.room();
  }

  /** Those in sight now. */
  keys(): readonly string[] {
    return focusColumns(this.api).flatMap((column) => (column.isPinnedLeft() ? [column.getColId()] : []));
  }

  /** Freezes these and no others. */
  set(keys: readonly string[]): void {
    const free = focusColumns(this.api)
      .map((column) => column.getColId())
      .filter((key) => !keys.includes(key));
    this.wanted.clear();
    for (const key of keys) this.wanted.add(key);
    this.api.applyColumnState({ state: [...stateOf(keys, 'left'), ...stateOf(free, null)] });
  }

  /** One of them was made wider by its edge, or by what it holds: it stops where half of the grid is frozen. */
  limit(key: string): void {
    const column = this.api.getColumn(key);
    const over = this.widthOf(this.keys()) - this.room();
    if (!column?.isPinnedLeft() || over <= 0) return;
    this.api.setColumnWidths([{ key, newWidth: Math.max(column.getMinWidth(), Math.floor(column.getActualWidth() - over)) }]);
  }

  /** As many as there is room for now. @returns whether that changed anything */
  fit(): boolean {
    if (this.room() === 0 || this.api.getEditingCells().length > 0) return false;
    const wanted = focusColumns(this.api)
      .map((column) => column.getColId())
      .filter((key) => this.wanted.has(key));
    let count = wanted.length;
    while (count > 0 && this.isTooWide(wanted.slice(0, count))) count -= 1;
    if (count === this.keys().length) return false;
    this.api.applyColumnState({ state: [...stateOf(wanted.slice(0, count), 'left'), ...stateOf(wanted.slice(count), null)] });
    return true;
  }

  private widthOf(keys: readonly string[]): number {
    return keys.reduce((sum, key) => sum + (this.api.getColumn(key)?.getActualWidth() ?? 0), 0);
  }

  private room(): number {
    return this.element.clientWidth / 2;
  }
}
