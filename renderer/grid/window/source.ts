/**
 * A register as a grid source: rows by position from an engine view, changes drawn in place, new rows pinned at
 * the top until the next Re-apply. Positions never move by themselves; when the order or the filter no longer
 * holds, the state says so.
 */
import type { GridRow, Patch } from '../../../shared/contract/shapes.ts';
import type { Filter } from '../../../shared/domain/filter.ts';
import { tableOf } from '../../../shared/model/index.ts';
import { createCommit } from '../edit/commit.ts';
import { createEdits } from '../edit/edits.ts';
import type { GridSource, GridView, SourceHost, SourceState, Touched } from '../source.ts';
import { coalesce, copyOf, createState, emptyState } from '../source.ts';
import type { Sort, What } from './register.ts';
import { createRegisterWindow } from './register.ts';
import { disturbs, rangesOf } from './touched.ts';

type Draft = { readonly row: GridRow; readonly isRecord: boolean };

/** Beyond this many unknown changed rows the register is simply no longer what it was. */
const askedOneByOne = 20;

const sameWhat = (a: What, b: What): boolean => JSON.stringify(a) === JSON.stringify(b);

export type RegisterSource = GridSource & {
  /** Shows what another filter lets through; the rows on the screen stay until the new ones are there. */
  filterBy(filter: Filter | null): void;
};

export const createRegisterSource = (host: SourceHost, first: Omit<What, 'table'>): RegisterSource => {
  const { port, table } = host;
  const register = createRegisterWindow(port);
  const edits = createEdits();
  const state = createState<SourceState>(emptyState);
  let view: GridView | null = null;
  let what: What = { table, ...first };
  let drafts: readonly Draft[] = [];
  let generation = 0;
  let dirty: { ids: Set<string>; isAll: boolean } = { ids: new Set(), isAll: false };

  const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));
  const rowOf = (id: string): GridRow | undefined => drafts.find((d) => d.row.id === id)?.row ?? view?.rowOf(id);
  const showDrafts = (): void => {
    view?.setDrafts(drafts.map((d) => d.row));
    if (state.get().drafts !== drafts.length) state.set({ drafts: drafts.length });
  };

  /** `resets`: the grid is told to ask again, once the new list is there; the grid that sorts asks by itself. */
  const open = async (next: What, resets: boolean): Promise<void> => {
    what = next;
    generation += 1;
    const mine = generation;
    state.set({ isLoading: true, isStale: false });
    try {
      const count = await register.open(next);
      if (mine !== generation) return;
      if (resets) view?.reset(null);
      view?.setCount(count);
      state.set({ count, isLoading: false, error: null, version: state.get().version + 1 });
    } catch (error) {
      if (mine === generation) state.set({ isLoading: false, error: asError(error) });
    }
  };

  const put = (rows: readonly GridRow[], mark: number): void => {
    edits.arrived(
      rows.map((row) => row.id),
      mark,
    );
    const moved = rows.some((row) => {
      const before = view?.rowOf(row.id);
      return before !== undefined && disturbs(before, row, what);
    });
    view?.replace(rows);
    state.set({ version: state.get().version + 1, ...(moved ? { isStale: true } : {}) });
  };

  const readDrafts = async (ids: ReadonlySet<string>, isAll: boolean): Promise<void> => {
    for (const draft of drafts.filter((d) => d.isRecord && (isAll || ids.has(d.row.id)))) {
      const mark = edits.mark();
      const row = await port['records.get']({ table, id: draft.row.id });
      if (!row) continue;
      edits.arrived([row.id], mark);
      drafts = drafts.map((d) => (d.row.id === row.id ? { row, isRecord: true } : d));
      showDrafts();
    }
  };

  const askUnknown = async (ids: readonly string[]): Promise<void> => {
    if (ids.length === 0) return;
    if (ids.length > askedOneByOne || state.get().count === 0) return state.set({ isStale: true });
    const found = await Promise.all(ids.map((id) => register.find(id)));
    if (found.some((index) => index === null)) state.set({ isStale: true });
  };

  const reread = coalesce(async () => {
    const { ids, isAll } = dirty;
    dirty = { ids: new Set(), isAll: false };
    if (!view) return;
    try {
      await readDrafts(ids, isAll);
      const loaded = view.loaded();
      const positions = isAll ? [...loaded.values()] : [...ids].flatMap((id) => loaded.get(id) ?? []);
      for (const { from, to } of rangesOf(positions)) {
        const mark = edits.mark();
        put((await register.rows(from, to)).rows, mark);
      }
      const isDraft = (id: string): boolean => drafts.some((d) => d.row.id === id);
      if (!isAll) await askUnknown([...ids].filter((id) => !loaded.has(id) && !isDraft(id)));
    } catch (error) {
      state.set({ error: asError(error) });
    }
  });

  const readAgain = (ids: readonly string[]): void => {
    for (const id of ids) dirty.ids.add(id);
    reread();
  };

  const commit = createCommit({
    port,
    table,
    edits,
    screen: host.screen,
    startOf: (id) => (drafts.some((d) => d.row.id === id && !d.isRecord) ? host.start() : null),
    along: () => [],
    inserted: (id) => {
      drafts = drafts.map((d) => (d.row.id === id ? { ...d, isRecord: true } : d));
    },
    read: (column, text, id) => host.read(column, text, rowOf(id)),
    redraw: (ids) => view?.redraw(ids),
    saved: (ids) => {
      host.saved();
      readAgain(ids);
    },
    failed: host.failed,
  });

  const newDraft = (): GridRow => ({ id: host.newId(), v: {} });

  const page = async (from: number, to: number, sort: Sort) => {
    if (!sameWhat(what, { ...what, sort })) void open({ ...what, sort }, false);
    const mine = generation;
    const mark = edits.mark();
    const result = await register.rows(from, to);
    edits.arrived(
      result.rows.map((row) => row.id),
      mark,
    );
    if (mine === generation && state.get().error) state.set({ error: null });
    return result;
  };

  const reapply = async (): Promise<void> => {
    drafts = drafts.filter((d) => !d.isRecord);
    showDrafts();
    if (state.get().count === null) return open(what, true);
    try {
      const count = await register.refresh();
      view?.reset(count);
      state.set({ count, isStale: false, error: null, version: state.get().version + 1 });
    } catch (error) {
      state.set({ error: asError(error) });
    }
  };

  const touched = ({ ids, isLinked }: Touched): void => {
    if (state.get().count === 0 && drafts.length === 0 && !isLinked) return void reapply();
    if (ids === null || isLinked) dirty.isAll = true;
    else for (const id of ids) dirty.ids.add(id);
    if (ids === null && !isLinked) state.set({ isStale: true });
    reread();
  };

  void open(what, false);
  return {
    table,
    mode: 'windowed',
    edits,
    commit,
    attach: (next) => {
      view = next;
      showDrafts();
      return () => {
        if (view === next) view = null;
      };
    },
    state: state.get,
    subscribe: state.subscribe,
    touched,
    filterBy: (filter) => {
      const next = { ...what, filter };
      if (sameWhat(what, next)) return;
      drafts = drafts.filter((d) => !d.isRecord);
      showDrafts();
      void open(next, true);
    },
    isDraft: (id) => drafts.some((d) => d.row.id === id && !d.isRecord),
    addRow: () => {
      const row = newDraft();
      drafts = [{ row, isRecord: false }, ...drafts.filter((d) => d.isRecord || edits.refusedOf(d.row.id).length > 0)];
      showDrafts();
      return row.id;
    },
    deleteRows: async (ids) => {
      await commit.settled();
      const records = ids.filter((id) => !drafts.some((d) => d.row.id === id && !d.isRecord));
      const { one, many } = tableOf(table);
      const label = records.length === 1 ? `Delete ${one.toLowerCase()}` : `Delete ${records.length} ${many.toLowerCase()}`;
      if (records.length > 0)
        await port['records.apply']({
          patches: records.map((id) => ({ kind: 'delete', table, id })),
          label,
          screen: host.screen,
        });
      drafts = drafts.filter((d) => !ids.includes(d.row.id));
      for (const id of ids) edits.dropRow(id);
      showDrafts();
      readAgain(records);
      return records.length;
    },
    duplicateRows: async (rows, columns) => {
      const { code, one } = tableOf(table);
      const made = rows.map((row) => ({ id: host.newId(), values: copyOf(edits.over(row), columns, code) }));
      await port['records.apply']({
        patches: made.map(({ id, values }): Patch => ({ kind: 'insert', table, id, values: { ...host.start(), ...values } })),
        label: `Duplicate ${one.toLowerCase()}`,
        screen: host.screen,
      });
      drafts = [...made.map(({ id }) => ({ row: { id, v: {} }, isRecord: true })), ...drafts];
      showDrafts();
      readAgain(made.map(({ id }) => id));
      return made.map(({ id }) => id);
    },
    page,
    find: (id) => register.find(id),
    reapply,
    totals: (fields) => register.totals(fields),
    close: () => {
      generation += 1;
      register.close();
    },
  };
};
