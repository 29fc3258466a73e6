/**
 * The filter of one document's lines. The engine says which of them it lets through, so that it means what it means in
 * a register. Lines that were edited or made since stay in sight until it is applied again.
 */
import type { Client } from '../../../shared/contract/index.ts';
import type { Filter } from '../../../shared/domain/filter.ts';
import type { TableName } from '../../../shared/model/index.ts';
import { tableOf } from '../../../shared/model/index.ts';
import { both } from '../filters.ts';

export type LineFilterHost = {
  readonly port: Pick<Client, 'view.open' | 'view.ids' | 'view.close'>;
  readonly table: TableName;
  readonly owner: string;
  /** Ids of the lines there are now. */
  readonly ids: () => readonly string[];
};

/** The lines that were there, and those of them that are let through. */
type Applied = { readonly known: ReadonlySet<string>; readonly passing: ReadonlySet<string> };

export class LineFilter {
  private filter: Filter | null = null;
  private applied: Applied | null = null;
  /** A late answer to an earlier question is dropped. */
  private asked = 0;

  constructor(private readonly host: LineFilterHost) {}

  isOn(): boolean {
    return this.applied !== null;
  }

  lets(id: string): boolean {
    const { applied } = this;
    return applied === null || applied.passing.has(id) || !applied.known.has(id);
  }

  /** How many of some lines are shown. */
  count(ids: readonly string[]): number {
    return ids.filter((id) => this.lets(id)).length;
  }

  /** Another filter, or none; true once it is applied, false where a newer one was asked for meanwhile. */
  async apply(filter: Filter | null = this.filter): Promise<boolean> {
    this.asked += 1;
    const mine = this.asked;
    this.filter = filter;
    if (filter === null) {
      this.applied = null;
      return true;
    }
    const applied = await this.ask(filter);
    if (mine !== this.asked) return false;
    this.applied = applied;
    return true;
  }

  /** Whether the lines shown are no longer those it lets through. */
  async isStale(): Promise<boolean> {
    const { filter, applied } = this;
    if (filter === null || applied === null) return false;
    const { passing, known } = await this.ask(filter);
    return this.applied === applied && [...known].some((id) => passing.has(id) !== this.lets(id));
  }

  private async ask(filter: Filter): Promise<Applied> {
    const { port, table, owner, ids } = this.host;
    const known = new Set(ids());
    const own: Filter = { field: tableOf(table).owner ?? 'id', is: 'eq', value: owner };
    const { view, count } = await port['view.open']({ table, filter: both(own, filter), sort: [] });
    try {
      return { known, passing: new Set((await port['view.ids']({ view, from: 0, to: count })).ids) };
    } finally {
      // The engine forgets it with the window in any case.
      void port['view.close']({ view }).catch(() => undefined);
    }
  }
}
