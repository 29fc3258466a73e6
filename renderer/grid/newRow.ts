/**
 * The way through a new row of a register: first the cells it cannot do without, then the others, from left to right.
 * Typing begins where the record gets its name, and Enter does not leave the row while there is something to fill in.
 */
import type { GridRow } from '../../shared/contract/shapes.ts';
import type { GridColumn } from './columns.ts';

const isEmpty = (row: GridRow, key: string): boolean => {
  const value = row.v[key];
  return (value === undefined || value === null || value === '') && row.i?.[key]?.raw == null;
};

const isNeeded = (row: GridRow, { field, key, editor }: GridColumn): boolean =>
  editor !== null && field.required === true && isEmpty(row, key);

/** The cell a new row begins in, among the columns as they stand: the first it needs, else the first that can be typed into. */
export const firstCell = (row: GridRow, columns: readonly GridColumn[]): number => {
  const needed = columns.findIndex((column) => isNeeded(row, column));
  return needed >= 0
    ? needed
    : Math.max(
        0,
        columns.findIndex(({ editor }) => editor !== null),
      );
};

/** The cell after one that was filled in; null past the last, where the row is done. */
export const nextCell = (row: GridRow, columns: readonly GridColumn[], from: number): number | null => {
  const all = columns.map((column, at) => ({ column, at }));
  const needed = all.filter(({ column, at }) => at !== from && isNeeded(row, column));
  const next =
    needed.find(({ at }) => at > from) ?? needed[0] ?? all.find(({ column, at }) => at > from && column.editor !== null);
  return next?.at ?? null;
};
