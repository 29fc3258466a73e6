/** The editing of one record: its edits, its commits, and the moment it becomes a record. */
import type { Client } from '../../../shared/contract/index.ts';
import type { GridRow } from '../../../shared/contract/shapes.ts';
import { inSentence } from '../../../shared/domain/in-sentence.ts';
import type { TableName } from '../../../shared/model/index.ts';
import { tableOf } from '../../../shared/model/index.ts';
import type { GridColumn } from '../../grid/columns.ts';
import type { Commit } from '../../grid/edit/commit.ts';
import { createCommit } from '../../grid/edit/commit.ts';
import type { CellInput, Edits, Shown } from '../../grid/edit/edits.ts';
import { createEdits } from '../../grid/edit/edits.ts';

type Host = {
  readonly port: Pick<Client, 'records.apply' | 'records.transition'>;
  readonly table: TableName;
  readonly id: string;
  readonly screen: string;
  readonly start: () => Readonly<Record<string, CellInput>> | null;
  readonly read: (column: GridColumn, text: string, row: GridRow | undefined) => Shown;
  /** Reads the record again; undefined where it could not be read. */
  readonly reread: () => Promise<GridRow | null | undefined>;
  readonly saved: () => void;
  readonly failed: (message: string) => void;
};

export class RecordEditing {
  readonly edits: Edits;
  readonly commit: Commit;
  /** The record as last read; null where there is none, undefined while it is read. */
  private stored: GridRow | null | undefined;
  private making: Promise<void> | null = null;
  private reading: Promise<void> = Promise.resolve();
  private count = 0;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly host: Host) {
    const { port, table, screen } = host;
    this.edits = createEdits({ table, screen, isNew: () => this.isMissing(), redraw: () => this.tell() });
    this.commit = createCommit({
      port,
      table,
      edits: this.edits,
      screen,
      startOf: () => (this.isMissing() ? host.start() : null),
      along: () => [],
      inserted: () => {
        this.making = Promise.resolve();
      },
      read: (column, text) => host.read(column, text, this.stored ?? undefined),
      redraw: () => this.tell(),
      saved: () => {
        this.reading = this.readAgain();
      },
      failed: (message) => host.failed(message),
    });
  }

  readonly version = (): number => this.count;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  show(row: GridRow | null | undefined): void {
    this.stored = row;
  }

  /** The record as it stands, with what is typed over it; undefined where there is none. */
  row(): GridRow | undefined {
    return this.stored ? this.edits.over(this.stored) : undefined;
  }

  /** When everything typed so far was answered, and the record was read again. */
  async settled(): Promise<void> {
    await this.commit.settled();
    await this.reading;
  }

  /** Makes the record with what it starts with, if it is not there yet. */
  async make(): Promise<void> {
    await this.commit.settled();
    const { port, table, id, screen, start } = this.host;
    const values = start();
    if (!this.isMissing() || values === null) return this.making ?? undefined;
    const label = `New ${inSentence(tableOf(table).one)}`;
    const insert = async (): Promise<void> => {
      await port['records.apply']({ patches: [{ kind: 'insert', table, id, values: { ...values } }], label, screen });
    };
    this.making = insert();
    try {
      await this.making;
    } catch (error) {
      this.making = null;
      throw error;
    }
  }

  private isMissing(): boolean {
    return this.stored === null && this.making === null;
  }

  private async readAgain(): Promise<void> {
    this.host.saved();
    const mark = this.edits.mark();
    const row = await this.host.reread();
    if (row !== undefined) this.stored = row;
    this.edits.arrived([this.host.id], mark);
    this.tell();
  }

  private tell(): void {
    this.count += 1;
    for (const listener of this.listeners) listener();
  }
}
