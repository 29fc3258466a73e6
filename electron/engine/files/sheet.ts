/**
 * A table on its way into a file: columns of a kind, and rows of cells as text that is exact. A format decides how a
 * kind looks; nothing here knows what a column means.
 */

export type SheetKind = 'text' | 'integer' | 'decimal' | 'percent' | 'money' | 'date' | 'instant' | 'duration' | 'flag';

export type SheetColumn = {
  readonly header: string;
  readonly kind: SheetKind;
  /** Decimals that are always shown. */
  readonly places: number;
  /** CSS px; null = by its kind. */
  readonly width: number | null;
  /** Has a sum, where all its rows are of one currency or unit. */
  readonly sum: 'currency' | 'unit' | null;
  /** Of use to programs only: a workbook has it out of sight. */
  readonly isHidden?: true;
};

/** A cell that is not what its column is: the text as typed, and why it could not be used. */
export type MarkedCell = { readonly text: string; readonly note: string };

/**
 * By the kind of the column: numbers as exact decimal text (a percent as its fraction), a date as ISO day, an instant
 * and a duration in milliseconds, a flag as 0 or 1.
 */
export type SheetCell = string | number | null | MarkedCell;

export type SheetRow = {
  readonly cells: readonly SheetCell[];
  /** Of its amounts. */
  readonly currency: string | null;
  /** Of its quantities. */
  readonly unit: string | null;
};

/** Numbers stand at the right, and so do the headers over them. */
export const isRight = ({ kind }: SheetColumn): boolean => kind !== 'text' && kind !== 'flag';

export type SheetFile = {
  /** Takes rows; resolves when there is room for more. */
  readonly write: (rows: readonly SheetRow[]) => Promise<void>;
  /** Puts the file in its place. */
  readonly done: () => Promise<{ readonly path: string; readonly cut: number }>;
  /** Leaves no trace. */
  readonly drop: () => void;
};
