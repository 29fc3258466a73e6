/** Rows held in memory, as every source that holds them gives them to a grid: all that it shows, or a few of them. */
import type { GridRow } from '../../../shared/contract/shapes.ts';
import type { GridView, SourceState } from '../source.ts';
import { createState, emptyState } from '../source.ts';
import type { Page, Totals } from '../window/register.ts';

export abstract class MemorySource {
  readonly mode = 'memory';
  protected readonly store = createState<SourceState>(emptyState);
  protected view: GridView | null = null;
  private only: ReadonlySet<string> | null = null;

  /** Every row that is one, in order. */
  protected abstract all(): readonly GridRow[];
  /** The rows to be shown, where not only some are asked for. */
  protected abstract arranged(): readonly GridRow[];
  /** These rows are about to be shown. */
  protected abstract placed(rows: readonly GridRow[]): void;

  attach(view: GridView): () => void {
    this.view = view;
    view.setRows(this.shown());
    return () => {
      if (this.view === view) this.view = null;
    };
  }

  readonly state = (): SourceState => this.store.get();

  readonly subscribe = (listener: () => void): (() => void) => this.store.subscribe(listener);

  idsAt(from: number, to: number): Promise<readonly string[]> {
    return Promise.resolve(
      this.shown()
        .slice(from, to)
        .map(({ id }) => id),
    );
  }

  rowsAt(from: number, to: number): Promise<readonly GridRow[]> {
    return Promise.resolve(this.shown().slice(from, to));
  }

  page(): Promise<Page> {
    const rows = this.shown();
    return Promise.resolve({ rows, count: rows.length });
  }

  /** Sums of these rows are made where their document is. */
  totals(): Promise<Totals> {
    return Promise.resolve({});
  }

  find(id: string): Promise<number | null> {
    const at = this.shown().findIndex((row) => row.id === id);
    return Promise.resolve(at < 0 ? null : at);
  }

  showOnly(ids: readonly string[] | null): void {
    this.only = ids === null ? null : new Set(ids);
    this.rearrange();
  }

  protected rearrange(): void {
    const rows = this.shown();
    this.placed(rows);
    this.view?.setRows(rows);
  }

  protected shown(): readonly GridRow[] {
    const { only } = this;
    return only === null ? this.arranged() : this.all().filter(({ id }) => only.has(id));
  }
}
