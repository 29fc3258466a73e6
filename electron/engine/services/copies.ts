/** The cells a copy of a row takes over. Text that could not be read is copied with it: nothing typed is lost. */
import type { CellInput } from '../../../shared/domain/kinds.ts';
import type { TableName } from '../../../shared/model/index.ts';
import type { Reader, StoredRow } from '../store/api.ts';

/** @param left fields that are the row's own, and not the copy's */
export const copiedCells = (
  table: TableName,
  row: StoredRow,
  left: readonly string[],
  read: Reader,
): Record<string, CellInput> => ({
  ...Object.fromEntries(Object.entries(row).filter(([field, value]) => value !== null && !left.includes(field))),
  ...Object.fromEntries(
    read
      .issues(table, row.id)
      .filter(({ origin, raw, field }) => origin === 'parse' && raw !== null && !left.includes(field))
      .map(({ field, raw, code }) => [field, { '!': [raw ?? '', code] as const }]),
  ),
});
