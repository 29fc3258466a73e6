/** Things that belong to one cell each, found by their cell, by its row and by their ticket: a paste holds thousands at once. */
import type { Cell } from './keeper.ts';
import { keyOf } from './keeper.ts';

type Item = Cell & { readonly serial: number };

export class Held<T extends Item> {
  private readonly items = new Map<string, T>();
  private readonly rows = new Map<string, Set<string>>();
  private readonly tickets = new Map<number, string>();

  isEmpty(): boolean {
    return this.items.size === 0;
  }

  all(): readonly T[] {
    return [...this.items.values()];
  }

  at(cell: Cell): T | undefined {
    return this.items.get(keyOf(cell));
  }

  byTicket(serial: number): T | undefined {
    const key = this.tickets.get(serial);
    return key === undefined ? undefined : this.items.get(key);
  }

  ofRow(row: string): readonly T[] {
    return [...(this.rows.get(row) ?? [])].flatMap((key) => this.items.get(key) ?? []);
  }

  /** Puts an item in place of the one its cell has. */
  put(item: T): void {
    this.remove(item);
    const key = keyOf(item);
    this.items.set(key, item);
    this.tickets.set(item.serial, key);
    this.rows.set(item.row, (this.rows.get(item.row) ?? new Set()).add(key));
  }

  remove(cell: Cell): T | undefined {
    const key = keyOf(cell);
    const item = this.items.get(key);
    if (!item) return undefined;
    this.items.delete(key);
    this.tickets.delete(item.serial);
    const own = this.rows.get(item.row);
    own?.delete(key);
    if (own?.size === 0) this.rows.delete(item.row);
    return item;
  }
}
