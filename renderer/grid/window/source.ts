/**
 * A register as a grid source: rows by position from an engine view, changes drawn in place, new rows pinned at
 * the top until the next Re-apply. Positions never move by themselves; when the order or the filter no longer
 * holds, the state says so.
 */
import type { GridRow, Patch } from '../../../shared/contract/shapes.ts';
import type { Filter } from '../../../shared/domain/filter.ts';
import { tableOf } from '../../../shared/model/index.ts';
import type { TableName } from '../../../shared/model/index.ts';
import type { GridColumn } from '../columns.ts';
import type { Commit } from '../edit/commit.ts';
import { createCommit } from '../edit/commit.ts';
import type { Edits } from '../edit/edits.ts';
import { createEdits } from '../edit/edits.ts';
import type { GridSource, GridView, SourceHost, SourceState, Touched } from '../source.ts';
import { asError, coalesce, copyOf, countedLabel, createState, emptyState } from '../source.ts';
import { Drafts } from './drafts.ts';
import type { Figures, Found, Page, Part, Search, Sort, Totals, What } from './register.ts';
import { RegisterWindow } from './register.ts';
import { both } from '../filters.ts';
import { disturbs, rangesOf } from './touched.ts';

/** Beyond this many unknown changed rows the register is simply no longer what it was. */
const askedOneByOne = 20;

/** New rows that have room at the top; more are shown where they belong once they are records. */
const mostPinned = 8;

/** The most rows one answer has. */
const mostRead = 1000;

/** The most ids one list of a filter has; a filter may have several. */
const mostNamed = 1000;

const named = (ids: readonly string[]): Filter => {
  const lists = Array.from({ length: Math.max(1, Math.ceil(ids.length / mostNamed)) }, (_, at) =>
    ids.slice(at * mostNamed, (at + 1) * mostNamed),
  );
  return { any: lists.map((list) => ({ field: 'id', in: list })) };
};

const isSame = (a: What, b: What): boolean => JSON.stringify(a) === JSON.stringify(b);

type Dirty = { readonly ids: ReadonlySet<string>; readonly isAll: boolean };
const clean: Dirty = { ids: new Set(), isAll: false };

export class RegisterSource implements GridSource {
  readonly mode = 'windowed';
  readonly table: TableName;
  readonly edits: Edits;
  readonly commit: Commit;
  private readonly register: RegisterWindow;
  private readonly drafts = new Drafts();
  private readonly store = createState<SourceState>(emptyState);
  private view: GridView | null = null;
  private what: What;
  /** What the screen asks for; `what` may show less of it. */
  private filter: Filter | null;
  /** 0 = not open; a late answer to an older opening is dropped. */
  private generation = 0;
  private lastGeneration = 0;
  private dirty = clean;
  /** What could not be read, as without an engine: made good when it is back. */
  private isUnopened = false;
  private hasMissedRows = false;
  private readonly reread = coalesce(() => this.readDirty());

  constructor(
    private readonly host: SourceHost,
    first: Omit<What, 'table'>,
  ) {
    this.table = host.table;
    this.what = { table: host.table, ...first };
    this.filter = first.filter;
    this.register = new RegisterWindow(host.port);
    this.edits = createEdits({
      table: host.table,
      screen: host.screen,
      isNew: (id) => this.drafts.isNew(id),
      redraw: (ids) => this.view?.redraw(ids),
    });
    this.commit = createCommit({
      port: host.port,
      table: host.table,
      edits: this.edits,
      screen: host.screen,
      startOf: (id) => (this.drafts.isNew(id) ? host.start() : null),
      along: () => [],
      isShown: (id) => this.drafts.has(id) || this.view?.rowOf(id) !== undefined,
      inserted: (ids) => {
        // They stand at the top and have a place of their own: Re-apply puts them there. For many there is no room.
        if (this.drafts.becomeRecords(ids)) this.store.set({ isStale: true });
        else void this.reapply();
      },
      read: (column, text, id) => host.read(column, text, this.drafts.rowOf(id) ?? this.view?.rowOf(id)),
      redraw: (ids) => this.view?.redraw(ids),
      saved: (ids) => {
        host.saved();
        this.readAgain(ids);
      },
      failed: (message) => host.failed(message),
    });
  }

  /** Opens the register; returns how to forget it. */
  start(): () => void {
    if (this.generation === 0) void this.open(this.what, false);
    return () => {
      this.generation = 0;
      this.register.close();
    };
  }

  attach(view: GridView): () => void {
    this.view = view;
    this.showDrafts();
    return () => {
      if (this.view === view) this.view = null;
    };
  }

  readonly state = (): SourceState => this.store.get();

  readonly subscribe = (listener: () => void): (() => void) => this.store.subscribe(listener);

  readonly isGhost = (): boolean => false;

  isDraft(id: string): boolean {
    return this.drafts.isNew(id);
  }

  /** Shows what another filter lets through; the rows on the screen stay until the new ones are there. */
  filterBy(filter: Filter | null): void {
    this.filter = filter;
    const next = { ...this.what, filter };
    if (isSame(this.what, next)) return;
    this.settleDrafts();
    void this.open(next, true);
  }

  async page(from: number, to: number, sort: Sort): Promise<Page> {
    const next = { ...this.what, sort };
    if (this.generation === 0 || !isSame(this.what, next)) void this.open(next, false);
    const mark = this.edits.mark();
    const result = await this.register.rows(from, to).catch((error: unknown) => {
      this.hasMissedRows = true;
      throw error;
    });
    this.edits.arrived(
      result.rows.map(({ id }) => id),
      mark,
    );
    if (this.store.get().error) this.store.set({ error: null });
    return result;
  }

  find(id: string): Promise<number | null> {
    return this.register.find(id);
  }

  edge(field: string, from: number, back: boolean): Promise<number> {
    return this.register.edge(field, from, back);
  }

  async search(asked: Search, signal: AbortSignal): Promise<Found> {
    return this.register.search(asked, signal);
  }

  figures(parts: readonly Part[], signal: AbortSignal): Promise<Figures> {
    return this.register.figures(parts, signal);
  }

  totals(fields: readonly string[]): Promise<Totals> {
    return this.register.totals(fields);
  }

  async reapply(): Promise<void> {
    this.settleDrafts();
    if (this.store.get().count === null) return this.open(this.what, true);
    try {
      const count = await this.register.refresh();
      this.view?.reset(count);
      this.store.set({ count, isStale: false, error: null, version: this.store.get().version + 1 });
    } catch (error) {
      this.store.set({ error: asError(error) });
    }
  }

  touched({ ids, isLinked }: Touched): void {
    if (ids === null && this.isUnopened) return void this.open(this.what, true);
    const isEmpty = this.store.get().count === 0 && this.drafts.rows().length === 0;
    const isOwn = ids === null || ids.length > 0;
    if (isEmpty && isOwn) return void this.reapply();
    if (ids === null) {
      this.askMissed();
      this.store.set({ isStale: true });
    }
    this.dirty = { ids: new Set([...this.dirty.ids, ...(ids ?? [])]), isAll: this.dirty.isAll || isLinked || ids === null };
    void this.reread();
  }

  adopt(id: string): void {
    if (this.drafts.has(id)) return;
    this.drafts.add([{ id, v: {} }], false);
    this.showDrafts();
  }

  addRow(): string {
    const row: GridRow = { id: this.host.newId(), v: {} };
    this.drafts.dropEmpty((id) => this.hasText(id));
    this.drafts.add([row], false);
    this.showDrafts();
    return row.id;
  }

  addRows(count: number): readonly string[] {
    const rows = Array.from({ length: count }, (): GridRow => ({ id: this.host.newId(), v: {} }));
    const ids = rows.map(({ id }) => id);
    this.drafts.dropEmpty((id) => this.hasText(id));
    if (count > mostPinned) this.drafts.addUnseen(ids);
    else this.drafts.add(rows, false);
    this.showDrafts();
    return ids;
  }

  idsAt(from: number, to: number): Promise<readonly string[]> {
    return this.register.ids(from, to);
  }

  async rowsAt(from: number, to: number): Promise<readonly GridRow[]> {
    const rows: GridRow[] = [];
    for (let at = from; at < to; at += mostRead) rows.push(...(await this.register.rows(at, Math.min(to, at + mostRead))).rows);
    return rows;
  }

  showOnly(ids: readonly string[] | null): void {
    const only = ids === null ? null : named(ids);
    this.settleDrafts();
    void this.open({ ...this.what, filter: both(this.filter, only) }, true);
  }

  async deleteRows(ids: readonly string[]): Promise<number> {
    await this.commit.settled();
    const { table, host, drafts } = this;
    const records = ids.filter((id) => !drafts.isNew(id));
    const patches = records.map((id): Patch => ({ kind: 'delete', table, id }));
    if (patches.length > 0)
      await host.port['records.apply']({ patches, label: countedLabel('Delete', table, records.length), screen: host.screen });
    drafts.drop(ids);
    for (const id of ids) this.edits.dropRow(id);
    this.showDrafts();
    this.readAgain(records);
    return records.length;
  }

  async duplicateRows(rows: readonly GridRow[], columns: readonly GridColumn[]): Promise<readonly string[]> {
    if (rows.length === 0) return [];
    const { table, host, edits } = this;
    const patches = rows.map((row): Extract<Patch, { kind: 'insert' }> => {
      const values = { ...host.start(), ...copyOf(edits.over(row), columns, tableOf(table).code) };
      return { kind: 'insert', table, id: host.newId(), values };
    });
    const ids = patches.map(({ id }) => id);
    await host.port['records.apply']({ patches, label: countedLabel('Duplicate', table, rows.length), screen: host.screen });
    this.drafts.add(
      ids.map((id) => ({ id, v: {} })),
      true,
    );
    this.showDrafts();
    this.readAgain(ids);
    return ids;
  }

  /** `resets`: the grid is told to ask again, once the new list is there; a grid that sorts asks by itself. */
  private async open(what: What, resets: boolean): Promise<void> {
    this.what = what;
    this.lastGeneration += 1;
    const mine = this.lastGeneration;
    this.generation = mine;
    this.store.set({ isLoading: true, isStale: false });
    try {
      const count = await this.register.open(what);
      if (mine !== this.generation) return;
      this.isUnopened = false;
      if (resets) this.view?.reset(null);
      this.view?.setCount(count);
      this.store.set({ count, isLoading: false, error: null, version: this.store.get().version + 1 });
    } catch (error) {
      if (mine !== this.generation) return;
      this.isUnopened = true;
      this.store.set({ isLoading: false, error: asError(error) });
    }
  }

  private askMissed(): void {
    if (!this.hasMissedRows) return;
    this.hasMissedRows = false;
    this.view?.reset(this.store.get().count);
  }

  private hasText(id: string): boolean {
    return this.edits.refusedOf(id).length > 0;
  }

  private settleDrafts(): void {
    this.drafts.settle((id) => this.hasText(id));
    this.showDrafts();
  }

  private showDrafts(): void {
    const rows = this.drafts.rows();
    this.view?.setDrafts(rows);
    if (this.store.get().drafts !== rows.length) this.store.set({ drafts: rows.length });
  }

  private readAgain(ids: readonly string[]): void {
    if (ids.length === 0) return;
    this.dirty = { ...this.dirty, ids: new Set([...this.dirty.ids, ...ids]) };
    void this.reread();
  }

  private async readDirty(): Promise<void> {
    const { ids, isAll } = this.dirty;
    this.dirty = clean;
    if (!this.view) return;
    try {
      await this.readDrafts(this.drafts.records().filter((id) => isAll || ids.has(id)));
      const loaded = this.view.loaded();
      const positions = isAll ? [...loaded.values()] : [...ids].flatMap((id) => loaded.get(id) ?? []);
      for (const { from, to } of rangesOf(positions)) {
        const mark = this.edits.mark();
        this.put((await this.register.rows(from, to)).rows, mark);
      }
      await this.askUnknown([...ids].filter((id) => !loaded.has(id) && !this.drafts.has(id)));
      if (!this.isUnopened && this.store.get().error) this.store.set({ error: null });
    } catch (error) {
      this.store.set({ error: asError(error) });
    }
  }

  private async readDrafts(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      const mark = this.edits.mark();
      const row = await this.host.port['records.get']({ table: this.table, id });
      if (!row) continue;
      this.edits.arrived([id], mark);
      this.drafts.replace(row);
    }
    if (ids.length > 0) this.showDrafts();
  }

  private put(rows: readonly GridRow[], mark: number): void {
    const { view } = this;
    this.edits.arrived(
      rows.map(({ id }) => id),
      mark,
    );
    const hasMoved = rows.some((row) => {
      const before = view?.rowOf(row.id);
      return before !== undefined && disturbs(before, row, this.what);
    });
    view?.replace(rows);
    this.store.set({ version: this.store.get().version + 1, ...(hasMoved ? { isStale: true } : {}) });
  }

  /** Rows that changed and are not on the screen: one that the register does not have may belong to it now. */
  private async askUnknown(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const found = ids.length > askedOneByOne ? [null] : await Promise.all(ids.map((id) => this.find(id)));
    if (found.includes(null)) this.store.set({ isStale: true });
  }
}
