/** What a mounted grid is to a source, without a window: the rows it was given, by position. */
import type { GridRow } from '../../shared/contract/shapes.ts';
import type { GridView } from '../../renderer/grid/source.ts';

export type MemoryView = GridView & {
  rows: (GridRow | undefined)[];
  drafts: readonly GridRow[];
  readonly redrawn: string[];
  /** How often it was told to ask for everything again. */
  resets: number;
  count: number | null;
};

export const memoryView = (): MemoryView => {
  const view: MemoryView = {
    rows: [],
    drafts: [],
    redrawn: [],
    resets: 0,
    count: null,
    loaded: () => new Map(view.rows.flatMap((row, at) => (row ? [[row.id, at] as const] : []))),
    rowOf: (id) => view.rows.find((row) => row?.id === id) ?? view.drafts.find((row) => row.id === id),
    replace: (rows) => {
      view.rows = view.rows.map((row) => rows.find((one) => one.id === row?.id) ?? row);
    },
    redraw: (ids) => void view.redrawn.push(...ids),
    reset: (count) => {
      view.resets += 1;
      view.count = count;
    },
    setCount: (count) => {
      view.count = count;
    },
    setDrafts: (rows) => {
      view.drafts = rows;
    },
    setRows: (rows) => {
      view.rows = [...rows];
    },
  };
  return view;
};
