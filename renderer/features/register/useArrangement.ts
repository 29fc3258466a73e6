/**
 * How a register is arranged now, beside how its view was saved: whether they differ, and the commands that save, put
 * back, name and delete a view.
 */
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Filter } from '../../../shared/domain/filter.ts';
import type { FilterQuery } from '../../../shared/domain/filter-text.ts';
import { noFilter } from '../../../shared/domain/filter-text.ts';
import type { TableName } from '../../../shared/model/index.ts';
import { messageOf } from '../../ui/ErrorBar.tsx';
import type { GridColumn } from '../../grid/columns.ts';
import type { Filters } from '../../grid/filters.ts';
import type { Layout } from '../../grid/layout.ts';
import { arrangementOf } from '../../grid/layout.ts';
import type { Sort } from '../../grid/window/register.ts';
import { useCommand } from '../../state/commands.ts';
import type { ScreenId } from '../../state/tabs.ts';
import { say } from '../../state/toasts.ts';
import { densityAfter, useUi } from '../../state/ui.ts';
import type { Density } from '../../ui/tokens.ts';
import { recall, remember } from './remembered.ts';
import type { Arrangement, SavedView } from './saved.ts';
import { deleteView, makeView, renameView, saveView } from './saved.ts';
import type { KeptColumns } from './useColumns.ts';

type Register = {
  readonly screen: ScreenId;
  readonly table: TableName;
  /** What a built-in view lets through by itself. */
  readonly base: Filter | null;
  readonly saved: SavedView | null;
  readonly kept: KeptColumns | null;
  readonly filters: Filters | null;
  readonly query: FilterQuery;
  readonly sort: Sort;
  readonly layout: Layout;
  /** The text the query was typed as, where it was. */
  readonly typed: () => { readonly query: FilterQuery; readonly text: string } | null;
  readonly onMade: (id: string) => void;
  readonly onReset: () => void;
};

const failed = (error: unknown): void => say(messageOf(error), { tone: 'danger' });

/** Without the order, which a view keeps apart. */
const withoutSort = (text: string): string => text.replaceAll(/(?:^|\s)sort:(?:"[^"]*"|\S)+/gu, '').trim();

/** The filter in words: as it was typed where that is known, so that `this-month` stays so. */
const filterText = async ({ base, filters, query, typed }: Register): Promise<string> => {
  const last = typed();
  const own = last?.query === query ? withoutSort(last.text) : await filters?.print({ ...query, sort: [] });
  const before = base === null ? '' : await filters?.print({ ...noFilter, filter: base });
  return [before, own].filter(Boolean).join(' ');
};

/** The tree of the saved filter, followed when the record changes. */
const useSavedFilter = (filters: Filters | null, saved: SavedView | null): Filter | null | undefined => {
  const [read, setRead] = useState<{ readonly filter: Filter | null }>();
  const text = saved?.filter;
  useEffect(() => {
    if (!filters || text === undefined) return undefined;
    let isCurrent = true;
    const go = async (): Promise<void> => {
      const { readable } = await filters.read(text);
      if (isCurrent) setRead({ filter: readable.filter });
    };
    void go();
    return () => {
      isCurrent = false;
    };
  }, [filters, text]);
  return read?.filter;
};

const isKnown = (columns: readonly GridColumn[], key: string): boolean => columns.some((column) => column.key === key);

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The row height of a saved view is its own; everywhere else it is the window's. */
const useDensity = (saved: SavedView | null): Density | null => {
  const [density, setDensity] = useState(saved?.density ?? null);
  useCommand('density.next', saved ? () => setDensity((now) => densityAfter(now ?? useUi.getState().density)) : null);
  return saved ? density : null;
};

export const useArrangement = (register: Register) => {
  const { screen, table, saved, kept, filters, query, sort, layout, onMade, onReset } = register;
  const [naming, setNaming] = useState<'new' | 'rename' | null>(null);
  const density = useDensity(saved);
  const savedFilter = useSavedFilter(filters, saved);
  const all = kept?.columns;
  const isChanged = useMemo(() => {
    if (!saved || !all || savedFilter === undefined) return false;
    const was = arrangementOf(all, saved.layout);
    const sorted = saved.sort.filter(({ field }) => isKnown(all, field));
    return (
      !same(savedFilter, query.filter) ||
      !same(sorted, sort) ||
      (layout.length > 0 && !same(was, arrangementOf(all, layout))) ||
      saved.density !== density
    );
  }, [saved, all, savedFilter, query.filter, sort, layout, density]);

  const now = async (): Promise<Arrangement> => ({
    filter: await filterText(register),
    layout: layout.length > 0 || !all ? layout : arrangementOf(all, []),
    sort,
    density: density ?? useUi.getState().density,
  });
  /** Columns this version does not have stay in the view, for the one that has them. */
  const save = async (view: SavedView): Promise<void> => {
    const next = await now();
    const unknown = all ? view.layout.filter(({ key }) => !isKnown(all, key)) : [];
    return saveView(view, { ...next, layout: [...next.layout, ...unknown] });
  };
  const nameIt = async (to: string): Promise<void> => {
    setNaming(null);
    if (naming === 'rename' && saved) return renameView(saved, to);
    onMade(await makeView({ ...(await now()), name: to, screen, table }));
  };
  useCommand('view.save-as', () => setNaming('new'));
  useCommand('view.save', saved && isChanged ? () => save(saved).catch(failed) : null);
  useCommand('view.reset', saved && isChanged ? onReset : null);
  useCommand('view.rename', saved ? () => setNaming('rename') : null);
  useCommand('view.delete', saved ? () => deleteView(saved).catch(failed) : null);
  return {
    density,
    isChanged,
    naming,
    stopNaming: () => setNaming(null),
    nameIt: (to: string) => void nameIt(to).catch(failed),
  };
};

/** The order and layout as the grid tells them, kept while the window is open. */
export const useTold = (name: string, first: Sort, saved: SavedView | null) => {
  const [sort, setSort] = useState(() => recall(name).sort ?? first);
  const [layout, setLayout] = useState<Layout>(() => recall(name).layout ?? saved?.layout ?? []);
  // A filter of which only a part is heeded is saved whole, as long as nobody types another.
  const [firstTyped] = useState(() => {
    const { query, unread } = recall(name);
    return unread && { query, text: unread.text };
  });
  const typed = useRef<{ readonly query: FilterQuery; readonly text: string } | null>(firstTyped);
  return {
    sort,
    layout,
    typed: () => typed.current,
    tellTyped: (query: FilterQuery, text: string | null): void => {
      if (text !== null) typed.current = { query, text };
      remember(name, { unread: null });
    },
    tellSort: (next: Sort): void => {
      setSort(next);
      remember(name, { sort: next });
    },
    tellLayout: (next: Layout): void => {
      setLayout(next);
      if (saved) remember(name, { layout: next });
    },
  };
};
