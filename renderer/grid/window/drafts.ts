/** The new rows of a register: pinned at its top, newest first, until they are records and the register is re-applied. */
import type { GridRow } from '../../../shared/contract/shapes.ts';

type Draft = { readonly row: GridRow; readonly isRecord: boolean };

export class Drafts {
  private list: readonly Draft[] = [];
  /** More new rows than there is room for at the top: they are seen when they have their place. */
  private readonly unseen = new Set<string>();

  rows(): readonly GridRow[] {
    return this.list.map(({ row }) => row);
  }

  rowOf(id: string): GridRow | undefined {
    return this.list.find(({ row }) => row.id === id)?.row;
  }

  has(id: string): boolean {
    return this.rowOf(id) !== undefined;
  }

  /** Whether the row is not a record yet. */
  isNew(id: string): boolean {
    return this.unseen.has(id) || this.list.some(({ row, isRecord }) => row.id === id && !isRecord);
  }

  /** Ids of those that are records. */
  records(): readonly string[] {
    return this.list.filter(({ isRecord }) => isRecord).map(({ row }) => row.id);
  }

  add(rows: readonly GridRow[], isRecord: boolean): void {
    this.list = [...rows.map((row) => ({ row, isRecord })), ...this.list];
  }

  addUnseen(ids: readonly string[]): void {
    for (const id of ids) this.unseen.add(id);
  }

  /** Whether all of them stand at the top. */
  becomeRecords(ids: readonly string[]): boolean {
    const made = new Set(ids);
    this.list = this.list.map((draft) => (made.has(draft.row.id) ? { ...draft, isRecord: true } : draft));
    return ids.filter((id) => this.unseen.delete(id)).length === 0;
  }

  replace(row: GridRow): void {
    this.list = this.list.map((draft) => (draft.row.id === row.id ? { ...draft, row } : draft));
  }

  drop(ids: readonly string[]): void {
    for (const id of ids) this.unseen.delete(id);
    this.list = this.list.filter(({ row }) => !ids.includes(row.id));
  }

  /** Records leave: they stand in the register now. What is not a record yet stays if there is text in it. */
  settle(hasText: (id: string) => boolean): void {
    this.list = this.list.filter(({ row, isRecord }) => !isRecord && hasText(row.id));
  }

  /** New rows nobody typed into leave. */
  dropEmpty(hasText: (id: string) => boolean): void {
    this.list = this.list.filter(({ row, isRecord }) => isRecord || hasText(row.id));
  }
}
