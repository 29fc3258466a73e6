/**
 * A register as the engine keeps it: one open view, its count, its rows by position (DECISIONS.md 6).
 * Knows nothing of the grid that shows it, so that paging, reopening and late answers are tested alone.
 * A question that was overtaken by a newer one is answered with what it asked for; whoever shows it drops it.
 */
import type { Client } from '../../../shared/contract/index.ts';
import type { GridRow } from '../../../shared/contract/shapes.ts';
import { AppError } from '../../../shared/contract/define.ts';
import type { Filter } from '../../../shared/domain/filter.ts';
import type { TableName } from '../../../shared/model/index.ts';

export type Sort = readonly { readonly field: string; readonly dir: 'asc' | 'desc' }[];

/** What a register shows. */
export type What = { readonly table: TableName; readonly filter: Filter | null; readonly sort: Sort };

export type ViewPort = Pick<
  Client,
  'view.first' | 'view.open' | 'view.rows' | 'view.find' | 'view.refresh' | 'view.close' | 'view.totals'
>;

/** The first page may come before the list is built: then the count is not known yet. */
export type Page = { readonly rows: readonly GridRow[]; readonly count: number | null };

export type Totals = Readonly<Record<string, Readonly<Record<string, string>>>>;

export type RegisterWindow = {
  /** Opens a view and closes the one before. Resolves with its count. */
  open(what: What): Promise<number>;
  /** Rows `from` up to but not including `to`. */
  rows(from: number, to: number): Promise<Page>;
  /** The position of a record, null when it is not in the view. */
  find(id: string): Promise<number | null>;
  /** The same filter and order over what is there now. Resolves with the new count. */
  refresh(): Promise<number>;
  totals(fields: readonly string[]): Promise<Totals>;
  close(): void;
};

type Opened = { readonly view: string; readonly count: number };

const isGone = (error: unknown): boolean => error instanceof AppError && error.code === 'view-gone';

const requestOf = (what: What) => ({ table: what.table, filter: what.filter, sort: [...what.sort] });

const firstPageLimit = 200;

export const createRegisterWindow = (port: ViewPort): RegisterWindow => {
  let what: What | null = null;
  let opening: Promise<Opened> | null = null;
  let isOpen = false;

  const forget = (old: Promise<Opened> | null): void => {
    old?.then(
      ({ view }) => port['view.close']({ view }).catch(() => undefined),
      () => undefined,
    );
  };

  /** The view before is closed when the new one is there; where there is no new one, it goes on. */
  const openView = (next: What): Promise<Opened> => {
    const before = { what, opening, isOpen };
    what = next;
    isOpen = false;
    const mine = port['view.open'](requestOf(next));
    opening = mine;
    mine.then(
      ({ view }) => {
        forget(before.opening);
        if (opening === mine) isOpen = true;
        else port['view.close']({ view }).catch(() => undefined);
      },
      () => {
        if (opening === mine) ({ what, opening, isOpen } = before);
        else forget(before.opening);
      },
    );
    return mine;
  };

  const current = (): Promise<Opened> => {
    if (!opening) throw new AppError('view-gone', 'This list is not open.');
    return opening;
  };

  /** Asks the open view; where the engine has forgotten it (a restart), opens it again once. */
  const ask = async <T>(question: (opened: Opened) => Promise<T>): Promise<T> => {
    const asked = current();
    try {
      return await question(await asked);
    } catch (error) {
      if (!isGone(error) || !what) throw error;
      const again = opening === asked ? openView(what) : current();
      return question(await again);
    }
  };

  const readView = (from: number, to: number): Promise<Page> =>
    ask(async ({ view, count }) => {
      const { rows } = await port['view.rows']({ view, from, to });
      return { rows, count };
    });

  return {
    open: async (next) => (await openView(next)).count,
    rows: async (from, to) => {
      if (isOpen || from > 0 || to > firstPageLimit || !what) return readView(from, to);
      const early = port['view.first']({ ...requestOf(what), limit: to });
      const first = await Promise.race([early.catch(() => null), current().then(() => null)]);
      return first ? { rows: first.rows, count: null } : readView(from, to);
    },
    find: (id) => ask(async ({ view }) => (await port['view.find']({ view, id })).index),
    refresh: () =>
      ask(async (opened) => {
        const { count } = await port['view.refresh']({ view: opened.view });
        opening = Promise.resolve({ view: opened.view, count });
        return count;
      }),
    totals: (fields) => ask(async ({ view }) => (await port['view.totals']({ view, fields: [...fields] })).sums),
    close: () => {
      forget(opening);
      opening = null;
      what = null;
    },
  };
};
