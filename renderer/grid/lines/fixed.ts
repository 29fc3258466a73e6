/** Rows that are given and not made here, as the check of an import and Today: none is added, copied or taken away. */
import type { GridRow } from '../../../shared/contract/shapes.ts';
import { createEdits } from '../edit/edits.ts';
import { MemorySource } from './memory.ts';

export abstract class FixedSource extends MemorySource {
  readonly edits = createEdits();
  protected rows: readonly GridRow[] = [];

  /** Why rows are neither added nor taken away, in words. */
  protected abstract readonly refusal: string;

  readonly isGhost = (): boolean => false;

  start(): () => void {
    return () => undefined;
  }

  touched(): void {}

  isDraft(): boolean {
    return false;
  }

  addRow(after: string | null): string {
    return after ?? '';
  }

  addRows(): readonly string[] {
    return [];
  }

  deleteRows(): Promise<number> {
    return Promise.reject(new Error(this.refusal));
  }

  duplicateRows(): Promise<readonly string[]> {
    return Promise.reject(new Error(this.refusal));
  }

  protected override all(): readonly GridRow[] {
    return this.rows;
  }

  protected override placed({ length }: readonly GridRow[]): void {
    this.store.set({ count: length, isLoading: false, version: this.store.get().version + 1 });
  }
}
