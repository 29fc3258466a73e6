/** What counts as something in a cell: a value, or text that could not be read. */
import type { GridRow } from '../../shared/contract/shapes.ts';

export const isFilled = ({ v, i }: GridRow, key: string): boolean => {
  const value = v[key];
  const raw = i?.[key]?.raw;
  return (value !== null && value !== undefined && value !== '') || (raw !== null && raw !== undefined);
};
