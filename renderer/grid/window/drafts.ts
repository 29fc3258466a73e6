/** The new rows of a register: pinned at its top, newest first, until they are records and the register is re-applied. */
import type { GridRow } from '../../../shared/contract/shapes.ts';

type Draft = { readonly row: GridRow; readonly isRecord: boolean };

export class Drafts {
  private list: readonly Draft[] = [];

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
    return this.list.some(({ row, isRecord }) => row.id === id && !isRecord);
  }

  /** Ids of those that are records. */
  records(): readonly string[] {
    return this.list.filter(({ isRecord }) => isRecord).map(({ row }) => row.id);
  }

  add(rows: readonly GridRow[], isRecord: boolean): void {
    this.list = [...rows.map((row) => ({ row, isRecord })), ...this.list];
  }

  becomeRecord(id: string): void {
    this.list = this.list.map((draft) => (draft.row.id === id ? { ...draft, isRecord: true } : draft));
  }

  replace(row: GridRow): void {
    this.list = this.list.map((draft) => (draft.row.id === row.id ? { ...draft, row } : draft));
  }

  drop(ids: readonly string[]): void {
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
