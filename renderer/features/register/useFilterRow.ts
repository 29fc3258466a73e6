/** The filter's boxes under the headers of a grid: shown by key, one tree with the chips and the text where there are some. */
import type { RefObject } from 'react';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { FilterQuery } from '../../../shared/domain/filter-text.ts';
import type { FilterRow } from '../../grid/filterRow.ts';
import type { Filters } from '../../grid/filters.ts';
import type { GridHandle } from '../../grid/handle.ts';
import { useLatest } from '../../grid/useLatest.ts';
import { useCommand } from '../../state/commands.ts';

const readAfterMs = 150;

/** What was typed into a box and cannot be read: it stays there until it is mended. */
type Unread = { readonly text: string; readonly message: string };

const noTexts: ReadonlyMap<string, string> = new Map();

type Texts = ReadonlyMap<string, string>;
type Unreads = ReadonlyMap<string, Unread>;

const saidBy = (texts: Texts, unread: Unreads, key: string): string => unread.get(key)?.text ?? texts.get(key) ?? '';

/** Reads what is typed into boxes a moment after each key, or at once; two boxes read in one moment both count. */
const useReading = (filters: Filters | null, query: FilterQuery, texts: Texts, onChange: (query: FilterQuery) => void) => {
  const [unread, setUnread] = useState<Unreads>(new Map());
  const latest = useLatest({ filters, onChange, texts, unread });
  // A box that is read before the page was drawn again builds on the one read before it.
  const now = useRef(query);
  useLayoutEffect(() => {
    now.current = query;
  });
  const timers = useRef(new Map<string, ReturnType<typeof setTimeout>>());
  useEffect(() => {
    const waiting = timers.current;
    return () => {
      for (const timer of waiting.values()) clearTimeout(timer);
    };
  }, []);
  const read = useCallback(
    async (key: string, text: string): Promise<void> => {
      timers.current.delete(key);
      const result = await latest.current.filters?.readColumn(now.current, key, text);
      if (!result) return;
      const [error] = result.errors;
      setUnread(
        (now) => new Map([...now].filter(([one]) => one !== key).concat(error ? [[key, { text, message: error.message }]] : [])),
      );
      if (error) return;
      now.current = result.query;
      latest.current.onChange(result.query);
    },
    [latest],
  );
  const type = useCallback(
    (key: string, text: string, isDone: boolean): void => {
      const { texts: said, unread: kept } = latest.current;
      const waiting = timers.current.get(key);
      if (isDone && waiting === undefined && saidBy(said, kept, key) === text) return;
      clearTimeout(waiting);
      if (isDone) void read(key, text);
      else
        timers.current.set(
          key,
          setTimeout(() => void read(key, text), readAfterMs),
        );
    },
    [latest, read],
  );
  return { unread, type };
};

/** What the boxes say of a query, while they are shown. */
const useTexts = (filters: Filters | null, query: FilterQuery, isShown: boolean): Texts => {
  const [texts, setTexts] = useState(noTexts);
  useEffect(() => {
    if (!filters || !isShown) return undefined;
    let isCurrent = true;
    const print = async (): Promise<void> => {
      const printed = await filters.columnTexts(query);
      if (isCurrent) setTexts(printed);
    };
    void print();
    return () => {
      isCurrent = false;
    };
  }, [filters, query, isShown]);
  return texts;
};

export const useFilterRow = (
  filters: Filters | null,
  query: FilterQuery,
  onChange: (query: FilterQuery) => void,
  grid: RefObject<GridHandle | null>,
  onHide?: () => void,
): FilterRow | null => {
  const [isShown, setIsShown] = useState(false);
  const texts = useTexts(filters, query, isShown);
  const { unread, type } = useReading(filters, query, texts, onChange);
  useCommand('filter.row', () => {
    const isThere = document.activeElement?.classList.contains('col-filter') === true;
    if (isShown && isThere) {
      setIsShown(false);
      onHide?.();
      grid.current?.focus();
      return;
    }
    flushSync(() => setIsShown(true));
    grid.current?.focusFilter();
  });
  return useMemo(
    () =>
      filters && isShown
        ? {
            text: (key) => saidBy(texts, unread, key),
            problem: (key) => unread.get(key)?.message ?? null,
            type,
            suggest: (key, text) => filters.suggest(key, text),
          }
        : null,
    [filters, isShown, texts, unread, type],
  );
};
