/**
 * Column widths at a size of text: layouts hold them as they are at the usual size, the library as they are drawn. A width
 * that nobody changes is told exactly as it was, however often the size of text changes in between.
 */
import type { GridColumn } from '../columns.ts';

export class Widths {
  /** CSS px at the usual size of text, by column. */
  private readonly usual = new Map<string, number>();

  /** @param scale the size of text, 1 for the usual one */
  constructor(public scale: number) {}

  /** Columns about to be drawn; those drawn already keep the width they have. */
  know(columns: readonly GridColumn[]): void {
    for (const { key, width } of columns) if (!this.usual.has(key)) this.usual.set(key, width);
  }

  /** CSS px to draw for those of the usual size. */
  drawn(usual: number): number {
    return Math.round(usual * this.scale);
  }

  /** The width a column has at the usual size, drawn as wide as this by now; null: it takes what is left over. */
  usualOf(key: string, drawn: number | null): number {
    const before = this.usual.get(key);
    if (before !== undefined && (drawn === null || this.drawn(before) === drawn)) return before;
    const usual = Math.round((drawn ?? 0) / this.scale);
    this.usual.set(key, usual);
    return usual;
  }
}
