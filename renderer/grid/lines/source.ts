/**
 * The lines of one document as a grid source: all of them in memory, a ghost row last that becomes a line as soon
 * as something is typed into it. The ghost already has the id its line will have, so the focus and every key
 * after the first land where they should.
 */
import type { GridRow, Patch } from '../../../shared/contract/shapes.ts';
import { tableOf } from '../../../shared/model/index.ts';
import { createCommit } from '../edit/commit.ts';
import type { CellInput } from '../edit/edits.ts';
import { createEdits } from '../edit/edits.ts';
import type { GridSource, GridView, SourceHost, SourceState } from '../source.ts';
import { coalesce, copyOf, createState, emptyState } from '../source.ts';
import type { NewRow } from './arrange.ts';
import { arrange, keepSame, makeRoom } from './arrange.ts';

export type LineHost = SourceHost & {
  /** The document whose lines these are. */
  readonly owner: string;
  /** Whether the last row is a ghost to type into. */
  readonly hasGhost: () => boolean;
  /** Runs before the first line of a document is written: the document itself may not be there yet. */
  readonly before: () => Promise<void>;
};

export type LineSource = GridSource & {
  /** The stored lines, as last read: for sums and problems. */
  rows(): readonly GridRow[];
  isGhost(id: string): boolean;
  /** Shows or hides the ghost after the document changed. */
  rearrange(): void;
};

export const createLineSource = (host: LineHost): LineSource => {
  const { port, table, owner } = host;
  const edits = createEdits();
  const state = createState<SourceState>(emptyState);
  let view: GridView | null = null;
  let stored: readonly GridRow[] = [];
  let added: readonly NewRow[] = [];
  let ghost: GridRow = { id: host.newId(), v: {} };

  const isGhost = (id: string): boolean => id === ghost.id;
  const isNew = (id: string): boolean => isGhost(id) || added.some((n) => n.row.id === id && !n.isRecord);
  const shown = (): readonly GridRow[] => arrange(stored, added, host.hasGhost() ? ghost : null);
  const show = (): void => view?.setRows(shown());
  const roomFor = (id: string) => makeRoom(table, stored, added.find((n) => n.row.id === id)?.after ?? null);

  /** Something was typed into the ghost: it is a line from now on, and a new ghost stands below it. */
  const wake = (id: string): void => {
    if (!isGhost(id)) return;
    added = [...added, { row: ghost, after: null, isRecord: false }];
    ghost = { id: host.newId(), v: {} };
    show();
  };

  const read = coalesce(async () => {
    const mark = edits.mark();
    try {
      const { rows } = await port['records.children']({ table, owner });
      edits.arrived(
        rows.map((row) => row.id),
        mark,
      );
      stored = keepSame(stored, rows);
      // A new line that the engine does not list any more was undone elsewhere.
      const listed = new Set(rows.map((row) => row.id));
      added = added.filter((n) => !n.isRecord && !listed.has(n.row.id));
      show();
      view?.redraw(rows.map((row) => row.id));
      state.set({ count: rows.length, isLoading: false, error: null, version: state.get().version + 1 });
    } catch (error) {
      state.set({ isLoading: false, error: error instanceof Error ? error : new Error(String(error)) });
    }
  });

  const startOf = (id: string): Readonly<Record<string, CellInput>> | null => {
    if (!isNew(id)) return null;
    const room = roomFor(id);
    return { ...host.start(), ...(room ? { position: room.position } : {}) };
  };

  const write = createCommit({
    port: {
      'records.apply': async (args, options) => {
        await host.before();
        return port['records.apply'](args, options);
      },
      'records.transition': (args, options) => port['records.transition'](args, options),
    },
    table,
    edits,
    screen: host.screen,
    startOf,
    along: (id) => roomFor(id)?.moves ?? [],
    inserted: (id) => {
      added = added.map((n) => (n.row.id === id ? { ...n, isRecord: true } : n));
    },
    read: (column, text, id) =>
      host.read(
        column,
        text,
        shown().find((row) => row.id === id),
      ),
    redraw: (ids) => view?.redraw(ids),
    saved: () => {
      host.saved();
      read();
    },
    failed: host.failed,
  });
  const commit: typeof write = Object.assign(
    (...[cells, label]: Parameters<typeof write>) => {
      for (const { row, entry } of cells) if (entry.text.trim() !== '' || entry.taken !== null) wake(row);
      return write(
        cells.filter(({ row }) => !isGhost(row)),
        label,
      );
    },
    { settled: write.settled },
  );

  const apply = async (patches: readonly Patch[], label: string): Promise<void> => {
    await commit.settled();
    await port['records.apply']({ patches: [...patches], label, screen: host.screen });
    read();
  };
  const { one, many } = tableOf(table);
  const counted = (verb: string, count: number): string =>
    count === 1 ? `${verb} ${one.toLowerCase()}` : `${verb} ${count} ${many.toLowerCase()}`;

  read();
  return {
    table,
    mode: 'memory',
    edits,
    commit,
    attach: (next) => {
      view = next;
      show();
      return () => {
        if (view === next) view = null;
      };
    },
    state: state.get,
    subscribe: state.subscribe,
    touched: () => read(),
    isDraft: isNew,
    isGhost,
    addRow: (after) => {
      if (after === null || isGhost(after)) return ghost.id;
      const row: GridRow = { id: host.newId(), v: {} };
      added = [...added, { row, after, isRecord: false }];
      show();
      return row.id;
    },
    deleteRows: async (ids) => {
      const records = ids.filter((id) => !isNew(id));
      if (records.length > 0)
        await apply(
          records.map((id) => ({ kind: 'delete', table, id })),
          counted('Delete', records.length),
        );
      added = added.filter((n) => !ids.includes(n.row.id));
      for (const id of ids) edits.dropRow(id);
      stored = stored.filter((row) => !records.includes(row.id));
      show();
      return records.length;
    },
    duplicateRows: async (rows, columns) => {
      const last = rows.at(-1);
      const room = makeRoom(table, stored, last?.id ?? null);
      const { code } = tableOf(table);
      const made = rows.map((row, at) => ({
        id: host.newId(),
        values: {
          ...host.start(),
          ...copyOf(edits.over(row), columns, code),
          ...(room ? { position: room.position + at } : {}),
        },
      }));
      const moves = (room?.moves ?? []).map((patch): Patch => {
        if (patch.kind !== 'update' || typeof patch.values['position'] !== 'number') return patch;
        return { ...patch, values: { position: patch.values['position'] + rows.length - 1 } };
      });
      await apply(
        [...moves, ...made.map(({ id, values }): Patch => ({ kind: 'insert', table, id, values }))],
        counted('Duplicate', rows.length),
      );
      return made.map(({ id }) => id);
    },
    page: () => Promise.resolve({ rows: shown(), count: shown().length }),
    find: (id) => {
      const at = shown().findIndex((row) => row.id === id);
      return Promise.resolve(at < 0 ? null : at);
    },
    reapply: () => {
      show();
      return Promise.resolve();
    },
    totals: () => Promise.resolve({}),
    rows: () => stored,
    rearrange: show,
    close: () => {
      view = null;
    },
  };
};
