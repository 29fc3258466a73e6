/**
 * The cells a copy of a row takes over. Text that could not be read is copied with it: nothing typed is lost. A price is
 * copied, whose it is is not: a copy asks the prices anew, and where they say another one, the copied one stays by hand.
 */
import type { CellInput } from '../../../../shared/domain/kinds.ts';
import { priceOrigin } from '../../../../shared/model/goods.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import type { Reader, StoredRow } from '../../store/api.ts';

/** @param left fields that are the row's own, and not the copy's */
export const copiedCells = (
  table: TableName,
  row: StoredRow,
  left: readonly string[],
  read: Reader,
): Record<string, CellInput> => ({
  ...Object.fromEntries(
    Object.entries(row).filter(([field, value]) => value !== null && !left.includes(field) && !Object.hasOwn(priceOrigin, field)),
  ),
  ...Object.fromEntries(
    read
      .issues(table, row.id)
      .filter(({ origin, raw, field }) => origin === 'parse' && raw !== null && !left.includes(field))
      .map(({ field, raw, code }) => [field, { '!': [raw ?? '', code] as const }]),
  ),
});
