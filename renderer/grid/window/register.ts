/**
 * A register as the engine keeps it: one open view, its count, its rows by position (DECISIONS.md 6).
 * Knows nothing of the grid that shows it, so that paging, reopening and late answers are tested alone.
 * A question that was overtaken by a newer one is answered with what it asked for; whoever shows it drops it.
 */
import type { Client, WorkbenchContract } from '../../../shared/contract/index.ts';
import type { GridRow } from '../../../shared/contract/shapes.ts';
import type { ArgsOf, OutputOf } from '../../../shared/contract/define.ts';
import { AppError } from '../../../shared/contract/define.ts';
import type { Filter } from '../../../shared/domain/filter.ts';
import type { TableName } from '../../../shared/model/index.ts';

export type Sort = readonly { readonly field: string; readonly dir: 'asc' | 'desc' }[];

/** What a register shows. */
export type What = { readonly table: TableName; readonly filter: Filter | null; readonly sort: Sort };

export type ViewPort = Pick<
  Client,
  | 'view.first'
  | 'view.open'
  | 'view.rows'
  | 'view.ids'
  | 'view.find'
  | 'view.edge'
  | 'view.figures'
  | 'view.search'
  | 'view.refresh'
  | 'view.close'
  | 'view.totals'
>;

/** The first page may come before the list is built: then the count is not known yet. */
export type Page = { readonly rows: readonly GridRow[]; readonly count: number | null };

/** What is looked for in a register, and where; positions are those of the view. */
export type Search = Omit<ArgsOf<WorkbenchContract['view.search']>, 'view'>;
export type Found = OutputOf<WorkbenchContract['view.search']>;

/** Sums by field, then by currency: decimal strings in stored units. */
export type Totals = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Rows from a position up to, not including, another, in some columns. */
export type Part = ArgsOf<WorkbenchContract['view.figures']>['parts'][number];
export type Figures = OutputOf<WorkbenchContract['view.figures']>;

type Opened = { readonly view: string; readonly count: number };

const isGone = (error: unknown): boolean => error instanceof AppError && error.code === 'view-gone';

const requestOf = (what: What) => ({ table: what.table, filter: what.filter, sort: [...what.sort] });

/** The most rows `view.first` gives. */
const firstPageLimit = 200;

export class RegisterWindow {
  private what: What | null = null;
  private opening: Promise<Opened> | null = null;
  private isOpen = false;

  constructor(private readonly port: ViewPort) {}

  /** Opens a view; the one before is closed when the new one is there, and goes on where there is none. */
  async open(what: What): Promise<number> {
    const { count } = await this.openView(what);
    return count;
  }

  /** Rows `from` up to but not including `to`. */
  async rows(from: number, to: number): Promise<Page> {
    const { what } = this;
    if (this.isOpen || from > 0 || to > firstPageLimit || !what) return this.readView(from, to);
    const early = this.port['view.first']({ ...requestOf(what), limit: to }).catch(() => null);
    const first = await Promise.race([early, this.current().then(() => null)]);
    return first ? { rows: first.rows, count: null } : this.readView(from, to);
  }

  /** Ids of rows `from` up to but not including `to`. */
  ids(from: number, to: number): Promise<readonly string[]> {
    return this.ask(async ({ view }) => (await this.port['view.ids']({ view, from, to })).ids);
  }

  /** The position of a record, null when it is not in the view. */
  find(id: string): Promise<number | null> {
    return this.ask(async ({ view }) => (await this.port['view.find']({ view, id })).index);
  }

  edge(field: string, from: number, back: boolean): Promise<number> {
    return this.ask(async ({ view }) => (await this.port['view.edge']({ view, field, from, back })).index);
  }

  /** Cells that say a text, from a position on: as many as one call looks at. */
  search(asked: Search, signal: AbortSignal): Promise<Found> {
    return this.ask(({ view }) => this.port['view.search']({ ...asked, view }, { signal }));
  }

  /** The same filter and order over what is there now. Resolves with the new count. */
  refresh(): Promise<number> {
    return this.ask(async ({ view }) => {
      const { count } = await this.port['view.refresh']({ view });
      this.opening = Promise.resolve({ view, count });
      return count;
    });
  }

  totals(fields: readonly string[]): Promise<Totals> {
    return this.ask(async ({ view }) => (await this.port['view.totals']({ view, fields: [...fields] })).sums);
  }

  figures(parts: readonly Part[], signal: AbortSignal): Promise<Figures> {
    return this.ask(({ view }) => this.port['view.figures']({ view, parts: [...parts] }, { signal }));
  }

  close(): void {
    void this.forget(this.opening);
    this.opening = null;
    this.what = null;
  }

  private async forget(old: Promise<Opened> | null): Promise<void> {
    try {
      const opened = await old;
      if (opened) await this.port['view.close']({ view: opened.view });
    } catch {
      // A view that never opened, or an engine that is gone, has nothing to close.
    }
  }

  private async openView(next: What): Promise<Opened> {
    const { what, opening, isOpen } = this;
    const mine = this.port['view.open'](requestOf(next));
    this.what = next;
    this.isOpen = false;
    this.opening = mine;
    try {
      const opened = await mine;
      void this.forget(opening);
      if (this.opening === mine) this.isOpen = true;
      else void this.forget(mine);
      return opened;
    } catch (error) {
      if (this.opening === mine) Object.assign(this, { what, opening, isOpen });
      else void this.forget(opening);
      throw error;
    }
  }

  private current(): Promise<Opened> {
    return this.opening ?? Promise.reject(new AppError('view-gone', 'This list is not open.'));
  }

  /** Asks the open view; where the engine has forgotten it (a restart), opens it again once. */
  private async ask<T>(question: (opened: Opened) => Promise<T>): Promise<T> {
    const asked = this.current();
    try {
      return await question(await asked);
    } catch (error) {
      const { what } = this;
      if (!isGone(error) || !what) throw error;
      return question(await (this.opening === asked ? this.openView(what) : this.current()));
    }
  }

  private readView(from: number, to: number): Promise<Page> {
    return this.ask(async ({ view, count }) => {
      const { rows } = await this.port['view.rows']({ view, from, to });
      return { rows, count };
    });
  }
}
