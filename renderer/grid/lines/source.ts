/**
 * The lines of one document as a grid source: all of them in memory, a ghost row last that becomes a line as soon
 * as something is typed into it. The ghost already has the id its line will have, so the focus and every key
 * after the first land where they should.
 */
import type { Changed, GridRow, Patch } from '../../../shared/contract/shapes.ts';
import type { Filter } from '../../../shared/domain/filter.ts';
import type { TableName } from '../../../shared/model/index.ts';
import { tableOf } from '../../../shared/model/index.ts';
import type { GridColumn } from '../columns.ts';
import type { CellEntry, Commit, How } from '../edit/commit.ts';
import { createCommit } from '../edit/commit.ts';
import type { CellInput, Edits } from '../edit/edits.ts';
import { createEdits } from '../edit/edits.ts';
import type { GridSource, SourceHost, SourceState } from '../source.ts';
import { asError, coalesce, copyOf, countedLabel } from '../source.ts';
import type { NewRow } from './arrange.ts';
import { arrange, keepSame, makeRoom, moveLines, nextPosition, shiftRoom } from './arrange.ts';
import { LineFilter } from './filter.ts';
import { MemorySource } from './memory.ts';

export type LineHost = SourceHost & {
  /** The document whose lines these are. */
  readonly owner: string;
  /** Runs before a line is written: the document itself may not be there yet. */
  readonly before: () => Promise<void>;
};

export class LineSource extends MemorySource implements GridSource {
  readonly table: TableName;
  readonly edits: Edits;
  readonly commit: Commit;
  private readonly filter: LineFilter;
  private stored: readonly GridRow[] = [];
  private added: readonly NewRow[] = [];
  private ghost: GridRow;
  private hasGhost = false;
  /** Lines on their way to another place, and how often some were. */
  private moves = { open: 0, made: 0 };
  /** The rows as they stand, by id. */
  private byId: ReadonlyMap<string, GridRow> = new Map();
  private readonly read = coalesce(() => this.readAll());
  private hasRead = false;
  private sayRead = (): void => {};
  private readonly firstRead = new Promise<void>((done) => (this.sayRead = done));

  constructor(private readonly host: LineHost) {
    super();
    const { port, table, owner } = host;
    this.table = table;
    this.filter = new LineFilter({ port, table, owner, ids: () => this.stored.map(({ id }) => id) });
    this.ghost = { id: host.newId(), v: {} };
    this.edits = createEdits({
      table: host.table,
      screen: host.screen,
      isNew: (id) => this.isDraft(id),
      redraw: (ids) => this.view?.redraw(ids),
    });
    const write = this.createWrite();
    const commit = (cells: readonly CellEntry[], label?: string, how?: How): Promise<Changed | null> => {
      for (const { row, entry } of cells) if (entry.text.trim() !== '' || entry.taken !== null) this.wake(row);
      return write(
        cells.filter(({ row }) => !this.isGhost(row)),
        label,
        how,
      );
    };
    this.commit = Object.assign(commit, { settled: () => write.settled() });
  }

  /** Reads the lines; returns how to stop. */
  start(): () => void {
    void this.read();
    return () => undefined;
  }

  readonly isGhost = (id: string): boolean => id === this.ghost.id;

  touched(): void {
    void this.read();
  }

  isDraft(id: string): boolean {
    return this.isGhost(id) || this.added.some(({ row, isRecord }) => row.id === id && !isRecord);
  }

  /** When everything typed so far was answered, and the lines were read again with what the answers say of them. */
  async settled(): Promise<void> {
    await this.commit.settled();
    await this.read();
  }

  /** The stored lines, as last read: for sums and problems. */
  rows(): readonly GridRow[] {
    return this.stored;
  }

  adopt(id: string): void {
    if (this.isDraft(id) || this.stored.some((row) => row.id === id)) return;
    this.added = [...this.added, { row: { id, v: {} }, after: null, isRecord: false }];
    this.rearrange();
  }

  addRow(after: string | null): string {
    if (after === null || this.isGhost(after)) return this.ghost.id;
    const row: GridRow = { id: this.host.newId(), v: {} };
    this.added = [...this.added, { row, after, isRecord: false }];
    this.rearrange();
    return row.id;
  }

  addRows(count: number): readonly string[] {
    if (count === 0) return [];
    const first = nextPosition([...this.stored, ...this.added.map(({ row }) => row)]);
    const made = Array.from({ length: count }, (_, at): NewRow => {
      const row = at === 0 && this.hasGhost ? this.ghost : { id: this.host.newId(), v: {} };
      return { row, after: null, isRecord: false, position: first + at };
    });
    if (this.hasGhost) this.ghost = { id: this.host.newId(), v: {} };
    this.added = [...this.added, ...made];
    this.rearrange();
    return made.map(({ row }) => row.id);
  }

  async deleteRows(ids: readonly string[]): Promise<number> {
    const { table } = this;
    const records = ids.filter((id) => !this.isDraft(id));
    const patches = records.map((id): Patch => ({ kind: 'delete', table, id }));
    if (patches.length > 0) await this.apply(patches, countedLabel('Delete', table, records.length));
    this.added = this.added.filter(({ row }) => !ids.includes(row.id));
    this.stored = this.stored.filter(({ id }) => !records.includes(id));
    for (const id of ids) this.edits.dropRow(id);
    this.rearrange();
    return records.length;
  }

  async duplicateRows(rows: readonly GridRow[], columns: readonly GridColumn[]): Promise<readonly string[]> {
    if (rows.length === 0) return [];
    const { table, host, edits } = this;
    const room = makeRoom(table, this.stored, rows.at(-1)?.id ?? null);
    const inserts = rows.map((row, at): Extract<Patch, { kind: 'insert' }> => {
      const place: Readonly<Record<string, CellInput>> = room ? { position: room.position + at } : {};
      const values = { ...host.start(), ...copyOf(edits.over(row), columns, tableOf(table).code), ...place };
      return { kind: 'insert', table, id: host.newId(), values };
    });
    const moves = shiftRoom(room?.moves ?? [], rows.length - 1);
    await this.apply([...moves, ...inserts], countedLabel('Duplicate', table, rows.length));
    return inserts.map(({ id }) => id);
  }

  async moveRows(ids: readonly string[], by: -1 | 1): Promise<void> {
    const moved = moveLines(this.table, this.stored, new Set(ids), by);
    // Among lines that a filter hides there is no place to see.
    if (!moved || this.filter.isOn()) return;
    // They are seen where they go at once; what the engine says next is what stays.
    this.stored = moved.rows;
    this.moves = { open: this.moves.open + 1, made: this.moves.made + 1 };
    this.rearrange();
    await this.apply(moved.patches, countedLabel('Move', this.table, ids.length)).finally(() => {
      this.moves = { ...this.moves, open: this.moves.open - 1 };
      void this.read();
    });
  }

  /** Whoever opens a document to show one of its lines asks before they are read. */
  override async find(id: string): Promise<number | null> {
    await this.firstRead;
    // What undo brought back is asked for before the lines are read again.
    const at = await super.find(id);
    if (at !== null) return at;
    await this.readAll();
    return super.find(id);
  }

  /** Shows the lines that another filter lets through, and those that are being made; null shows all. */
  async filterBy(filter: Filter | null): Promise<void> {
    if (filter !== null) {
      await this.commit.settled();
      await this.firstRead;
    }
    await this.refilter(filter);
  }

  async reapply(): Promise<void> {
    void this.read();
    if (this.filter.isOn()) await this.refilter();
  }

  /** A document that is fixed takes no new lines, and its cells are drawn as locked. */
  showGhost(hasGhost: boolean): void {
    this.hasGhost = hasGhost;
    this.rearrange();
    this.view?.redraw(this.stored.map(({ id }) => id));
  }

  protected override all(): readonly GridRow[] {
    return arrange(this.stored, this.added, null);
  }

  protected override arranged(): readonly GridRow[] {
    const rows = arrange(this.stored, this.added, this.hasGhost ? this.ghost : null);
    return this.filter.isOn() ? rows.filter(({ id }) => this.filter.lets(id)) : rows;
  }

  protected override placed(rows: readonly GridRow[]): void {
    this.byId = new Map(rows.map((row) => [row.id, row]));
  }

  private async refilter(filter?: Filter | null): Promise<void> {
    try {
      if (!(await this.filter.apply(filter))) return;
      this.rearrange();
      this.tellCount({ isStale: false, error: null });
    } catch (error) {
      this.store.set({ error: asError(error) });
    }
  }

  /** How many lines are shown, and that they were read again. */
  private tellCount(more: Partial<SourceState>): void {
    const ids = this.stored.map(({ id }) => id);
    // Before the first read nobody knows: a page that was told of none would look for its first line once and not again.
    const count = this.hasRead ? this.filter.count(ids) : null;
    this.store.set({ count, version: this.store.get().version + 1, ...more });
  }

  /** Something was typed into the ghost: it is a line from now on, and a new ghost stands below it. */
  private wake(id: string): void {
    if (!this.isGhost(id)) return;
    this.added = [...this.added, { row: this.ghost, after: null, isRecord: false }];
    this.ghost = { id: this.host.newId(), v: {} };
    this.rearrange();
  }

  private roomFor(id: string) {
    return makeRoom(this.table, this.stored, this.added.find(({ row }) => row.id === id)?.after ?? null);
  }

  private startOf(id: string): Readonly<Record<string, CellInput>> | null {
    if (!this.isDraft(id)) return null;
    const position = this.added.find(({ row }) => row.id === id)?.position ?? this.roomFor(id)?.position;
    return { ...this.host.start(), ...(position === undefined ? {} : { position }) };
  }

  private createWrite(): Commit {
    const { host } = this;
    return createCommit({
      port: {
        'records.apply': async (args, options) => {
          await host.before();
          return host.port['records.apply'](args, options);
        },
        'records.transition': (args, options) => host.port['records.transition'](args, options),
      },
      table: host.table,
      edits: this.edits,
      screen: host.screen,
      startOf: (id) => this.startOf(id),
      along: (id) => this.roomFor(id)?.moves ?? [],
      inserted: (ids) => {
        const made = new Set(ids);
        this.added = this.added.map((one) => (made.has(one.row.id) ? { ...one, isRecord: true } : one));
      },
      read: (column, text, id) => host.read(column, text, this.byId.get(id)),
      redraw: (ids) => this.view?.redraw(ids),
      saved: () => {
        host.saved();
        void this.read();
      },
      failed: (message) => host.failed(message),
    });
  }

  private async apply(patches: readonly Patch[], label: string): Promise<void> {
    await this.commit.settled();
    await this.host.port['records.apply']({ patches: [...patches], label, screen: this.host.screen });
    void this.read();
  }

  private async readAll(): Promise<void> {
    const mark = this.edits.mark();
    const { made } = this.moves;
    const known = new Set(this.added.flatMap(({ row, isRecord }) => (isRecord ? [row.id] : [])));
    try {
      const { rows } = await this.host.port['records.children']({ table: this.table, owner: this.host.owner });
      // Lines were moved since: what was read has them where they were, and is read again.
      if (this.moves.open > 0 || made !== this.moves.made) return;
      const ids = rows.map(({ id }) => id);
      this.edits.arrived(ids, mark);
      this.stored = keepSame(this.stored, rows);
      // A new line that is listed stands where the engine has it; one that was a record when the list was asked for and is
      // not listed was undone. One written since cannot be in this list: taken away, the keys typed into it would be lost.
      this.added = this.added.filter(({ row }) => !known.has(row.id) && !ids.includes(row.id));
      this.hasRead = true;
      this.rearrange();
      this.view?.redraw(ids);
      this.tellCount({ isLoading: false, error: null, isStale: await this.filter.isStale() });
    } catch (error) {
      this.store.set({ isLoading: false, error: asError(error) });
    }
    this.sayRead();
  }
}
