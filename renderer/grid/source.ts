/**
 * Where a grid's rows come from, whichever way: a register read by position from the engine, or the lines of one
 * document held in memory. The grid engine sees only this; a source sees the grid only as a `GridView`.
 */
import type { Client } from '../../shared/contract/index.ts';
import type { GridRow } from '../../shared/contract/shapes.ts';
import type { TableName } from '../../shared/model/index.ts';
import { tableOf } from '../../shared/model/index.ts';
import type { GridColumn } from './columns.ts';
import type { Commit } from './edit/commit.ts';
import type { CellInput, Edits, Shown } from './edit/edits.ts';
import type { Figures, Found, Page, Part, Search, Sort, Totals, ViewPort } from './window/register.ts';

/** What a source may ask of the grid that shows it. */
export type GridView = {
  /** The rows held now and where they stand. Pinned rows are not among them. */
  loaded(): ReadonlyMap<string, number>;
  /** The row as last put in. */
  rowOf(id: string): GridRow | undefined;
  /** Newer versions of rows that stay where they are. */
  replace(rows: readonly GridRow[]): void;
  /** Draws rows again: what lies over them changed. */
  redraw(ids: readonly string[]): void;
  /** Windowed: drop every row and ask again; `count` rows are there, null while not known. */
  reset(count: number | null): void;
  /** Windowed: the count became known. */
  setCount(count: number): void;
  /** Windowed: the new rows at the top. */
  setDrafts(rows: readonly GridRow[]): void;
  /** In memory: all the rows, in order. */
  setRows(rows: readonly GridRow[]): void;
};

export type SourceState = {
  /** Null while not known. */
  readonly count: number | null;
  readonly isLoading: boolean;
  /** What went wrong last, with the last good rows kept. */
  readonly error: Error | null;
  /** The order or the filter no longer holds for some rows, or rows are missing: Re-apply. */
  readonly isStale: boolean;
  /** New rows at the top that are not in the count. */
  readonly drafts: number;
  /** Rises when rows were read again: totals follow. */
  readonly version: number;
};

/** What `isStale` is called where it is said. */
export const staleNote = 'Some rows stand where they were until Re-apply';

export const emptyState: SourceState = { count: null, isLoading: true, error: null, isStale: false, drafts: 0, version: 0 };

/** Reads typed text as the engine will, for the picture until it has. */
export type Reader = (column: GridColumn, text: string, row: GridRow | undefined) => Shown;

export type GridPort = ViewPort & Pick<Client, 'records.apply' | 'records.transition' | 'records.get' | 'records.children'>;

export type SourceHost = {
  readonly port: GridPort;
  readonly table: TableName;
  readonly screen: string;
  readonly read: Reader;
  readonly newId: () => string;
  /** Values every new row starts with: the account of a page, the order of its lines. */
  readonly start: () => Readonly<Record<string, CellInput>>;
  readonly failed: (message: string) => void;
  /** The engine took a change. */
  readonly saved: () => void;
};

/** Rows that changed in the engine, as the `changed` event says it: by id, or some unknown ones. */
export type Touched = { readonly ids: readonly string[] | null; readonly isLinked: boolean };

export type GridSource = {
  readonly table: TableName;
  readonly mode: 'windowed' | 'memory';
  readonly edits: Edits;
  readonly commit: Commit;
  /** Begins to read; returns how to end it. */
  start(): () => void;
  attach(view: GridView): () => void;
  readonly state: () => SourceState;
  readonly subscribe: (listener: () => void) => () => void;
  touched(change: Touched): void;
  /** The row below the last, there to be typed into. */
  readonly isGhost: (id: string) => boolean;
  /** Whether the row is not a record yet. */
  isDraft(id: string): boolean;
  /** A new row that an earlier window, or an earlier look at this screen, left with text in it. */
  adopt?(id: string): void;
  /** A new row: behind a row where they have places, else at the top or end. Its id. */
  addRow(after: string | null): string;
  /** New rows for what goes past the last one: at the end of lines, at the top of a register. Their ids, in order. */
  addRows(count: number): readonly string[];
  /** Ids by position, of rows that need not be loaded; new rows at the top of a register are not counted. */
  idsAt(from: number, to: number): Promise<readonly string[]>;
  /** The same rows whole. */
  rowsAt(from: number, to: number): Promise<readonly GridRow[]>;
  /** Leaves only these rows in sight; null shows all again. */
  showOnly(ids: readonly string[] | null): void;
  /** Takes rows away: records by one undo step, drafts at once. */
  deleteRows(ids: readonly string[]): Promise<number>;
  /** Copies of rows as new records, by one undo step; of no rows nothing is made. Their ids. */
  duplicateRows(rows: readonly GridRow[], columns: readonly GridColumn[]): Promise<readonly string[]>;
  /** Records of a document one place up or down, as one undo step. They stand there when this returns. */
  moveRows?(ids: readonly string[], by: -1 | 1): Promise<void>;
  /** Rows by position; in memory all of them at once. */
  page(from: number, to: number, sort: Sort): Promise<Page>;
  /** Position of a record; null where it is not shown. */
  find(id: string): Promise<number | null>;
  /** The row where a block of data ends, or the next begins, along a column: where most rows are not loaded. */
  edge?(field: string, from: number, back: boolean): Promise<number>;
  /** Windowed: cells that say a text, from a position on, in pieces. */
  search?(asked: Search, signal: AbortSignal): Promise<Found>;
  /** Figures over cells by position, parts that share none: where most rows are not loaded. */
  figures?(parts: readonly Part[], signal: AbortSignal): Promise<Figures>;
  /** The same filter and order over what is there now. */
  reapply(): Promise<void>;
  totals(fields: readonly string[]): Promise<Totals>;
};

export const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

/** `Delete order line`, `Delete 3 order lines`: the label of an undo step. */
export const countedLabel = (verb: string, table: TableName, count: number): string => {
  const { one, many } = tableOf(table);
  return count === 1 ? `${verb} ${one.toLowerCase()}` : `${verb} ${count} ${many.toLowerCase()}`;
};

/**
 * Runs a job at most once at a time: asked again meanwhile, it runs once more afterwards. Change events come ten
 * a second during an import; reading follows as fast as it can and no faster.
 */
export const coalesce = (job: () => Promise<void>): (() => Promise<void>) => {
  let running: Promise<void> | null = null;
  let isWanted = false;
  const run = async (): Promise<void> => {
    do {
      isWanted = false;
      await job();
    } while (isWanted);
    running = null;
  };
  return () => {
    isWanted = true;
    running ??= run();
    return running;
  };
};

/** A small store that React can follow. */
export const createState = <T>(first: T) => {
  let now = first;
  const listeners = new Set<() => void>();
  return {
    get: (): T => now,
    set: (part: Partial<T>): void => {
      now = { ...now, ...part };
      for (const listener of listeners) listener();
    },
    subscribe: (listener: () => void): (() => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
};

/** What a copy of a row starts with: what was typed into it, not what the engine made of it. */
export const copyOf = (
  row: GridRow,
  columns: readonly GridColumn[],
  code: string | undefined,
): Readonly<Record<string, CellInput>> =>
  Object.fromEntries(
    columns
      .filter((column) => column.editor !== null && column.editor !== 'state' && column.key !== code)
      .flatMap(({ key }): [string, CellInput][] => {
        const raw = row.i?.[key]?.raw;
        if (raw !== undefined && raw !== null) return [[key, { '?': raw }]];
        const value = row.v[key];
        return value === undefined || value === null ? [] : [[key, value]];
      }),
  );
