/**
 * What is selected, in the status bar and for the ear: the figures of several cells, a moment after the selection stands.
 * Rows that are not loaded are asked of the engine; many cells wait until the page has nothing better to do.
 */
import type { RefObject } from 'react';
import { useEffect, useRef } from 'react';
import { announce } from '../state/announce.ts';
import { setStatus } from '../state/status.ts';
import type { MountedGrid } from './ag/mount.ts';
import type { GridColumn } from './columns.ts';
import type { Display } from './display.ts';
import type { GridCells } from './range/cells.ts';
import type { Area, Selection } from './range/model.ts';
import { disjoint, isSingle, sizeOf } from './range/model.ts';
import type { Loaded, RangeStat } from './range/stats.ts';
import { figuresOf, joinFigures, statsOf } from './range/stats.ts';
import type { GridSource } from './source.ts';
import type { Figures, Part } from './window/register.ts';

/** The figures follow a held key, they do not run beside it. */
const settleMs = 80;
/** More cells than this are added up in an idle moment. */
const atOnce = 50_000;

const none: Figures = { filled: 0, figures: [] };

/** The rows of an area that are loaded, with what was typed over them; null where one of them is not. */
const loadedOf = ({ rowOf }: GridCells, { from, to }: Area, display: Display) => {
  const rows = [];
  for (let at = from.row; at <= to.row; at += 1) {
    const row = rowOf(at);
    if (!row) return null;
    rows.push(display.row(row));
  }
  return rows;
};

const columnsOf = ({ columns }: GridCells, { from, to }: Area): readonly GridColumn[] => columns.slice(from.col, to.col + 1);

/** Rows of the list by their position, of an area that reaches past what is loaded. */
const partOf = (cells: GridCells, area: Area): Part => ({
  from: Math.max(0, area.from.row - cells.top),
  to: area.to.row + 1 - cells.top,
  fields: columnsOf(cells, area).map(({ key }) => key),
});

type Asked = { readonly source: GridSource; readonly display: Display; readonly signal: AbortSignal };

const gather = async (cells: GridCells, areas: readonly Area[], { source, display, signal }: Asked): Promise<Figures> => {
  const here: Loaded[] = [];
  const parts: Part[] = [];
  for (const area of disjoint(areas)) {
    const columns = columnsOf(cells, area);
    const rows = loadedOf(cells, area, display);
    if (rows) here.push({ rows, columns });
    else {
      parts.push(partOf(cells, area));
      // New rows at the top are in no list of the engine.
      const drafts = { from: area.from, to: { row: Math.min(area.to.row, cells.top - 1), col: area.to.col } };
      here.push({ rows: loadedOf(cells, drafts, display) ?? [], columns });
    }
  }
  const far = parts.length === 0 ? none : ((await source.figures?.(parts, signal)) ?? none);
  return joinFigures([figuresOf(here, display.setting), far]);
};

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

const cellsIn = (areas: readonly Area[]): number => areas.reduce((sum, area) => sum + sizeOf(area), 0);

/** `3 rows by 4 columns selected, sum 1,240`. */
const spoken = ({ areas }: Selection, stats: readonly RangeStat[]): string => {
  const [first, ...more] = areas;
  if (!first) return '';
  const { from, to } = first;
  const size =
    more.length > 0
      ? `${areas.length} areas, ${plural(cellsIn(areas), 'cell', 'cells')}`
      : `${plural(to.row - from.row + 1, 'row', 'rows')} by ${plural(to.col - from.col + 1, 'column', 'columns')}`;
  const sum = stats.find(({ label }) => label === 'Sum');
  return `${size} selected${sum ? `, sum ${sum.value}` : ''}`;
};

/** Runs when the page is idle, at the latest after a second; returns how to call it off. */
const whenIdle = (run: () => void): (() => void) => {
  const handle = requestIdleCallback(run, { timeout: 1000 });
  return () => cancelIdleCallback(handle);
};

/** Follows the selection of one grid. */
const follow = (grid: RefObject<MountedGrid | null>, source: GridSource, display: RefObject<Display>) => {
  let asked = new AbortController();
  let callOff = (): void => undefined;
  let isShown = false;
  const clear = (): void => {
    callOff();
    asked.abort();
    if (isShown) {
      setStatus({ range: null });
      announce('selection', '');
    }
    isShown = false;
  };
  const show = async (selection: Selection, signal: AbortSignal): Promise<void> => {
    const open = grid.current;
    if (!open) return;
    const cells = open.cells();
    // Without an engine there is nothing to say of rows that are not here.
    const figures = await gather(cells, selection.areas, { source, display: display.current, signal }).catch(() => null);
    if (signal.aborted || figures === null) return;
    const stats = statsOf(figures, cells.columns, display.current.setting);
    isShown = true;
    setStatus({ range: stats });
    announce('selection', spoken(selection, stats));
  };
  const changed = (): void => {
    const selection = grid.current?.selection() ?? null;
    if (!selection || isSingle(selection)) return clear();
    callOff();
    asked.abort();
    asked = new AbortController();
    const { signal } = asked;
    const isMany = cellsIn(selection.areas) > atOnce;
    const run = (): void => void show(selection, signal);
    const timer = setTimeout(() => {
      if (isMany) callOff = whenIdle(run);
      else run();
    }, settleMs);
    callOff = () => clearTimeout(timer);
  };
  return { changed, clear };
};

/** @returns what to call when something else is selected */
export const useRangeStats = (
  grid: RefObject<MountedGrid | null>,
  source: GridSource,
  display: RefObject<Display>,
): RefObject<() => void> => {
  const tell = useRef<() => void>(() => undefined);
  useEffect(() => {
    const { changed, clear } = follow(grid, source, display);
    tell.current = changed;
    // Other values, other figures.
    const stop = source.subscribe(changed);
    return () => {
      tell.current = () => undefined;
      stop();
      clear();
    };
  }, [grid, source, display]);
  return tell;
};
