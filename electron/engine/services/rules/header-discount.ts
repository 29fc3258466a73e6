/** What the rules say of the discount of a whole document (M5): one of amount and percent, and never more than there is. */
import { isBad } from '../../../../shared/domain/kinds.ts';
import { isDocumentTable, documentOfLines, type DocumentTable } from '../../../../shared/model/documents.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import type { Beside, Reader, StoredRow } from '../../store/api.ts';
import { documentTotals } from '../orders/orders.ts';
import { documentOf } from './lines.ts';
import type { Settled } from './work.ts';

/** What is typed last stands: an amount takes the place of a percent, and the other way round. */
export const oneDiscount = (before: StoredRow | undefined, values: Settled): Settled => {
  const { header_discount: amount, header_percent: percent } = values;
  const isSet = (value: Settled[string] | undefined): boolean => value !== undefined && value !== null && !isBad(value);
  if (isSet(amount) === isSet(percent)) return values;
  const other = isSet(amount) ? 'header_percent' : 'header_discount';
  return typeof before?.[other] === 'number' ? { ...values, [other]: null } : values;
};

/** Whether an amount is more than the lines come to, of a document that has some. */
export const isDiscountOver = (table: DocumentTable, document: StoredRow, read: Reader): boolean => {
  const { header_discount: amount } = document;
  // A row that is only read for an import has no lines here yet.
  if (typeof amount !== 'number' || amount <= 0 || read.get(table, document.id) === undefined) return false;
  // By what was ordered: what is cancelled later takes its part of the discount with it.
  const ordered = table === 'orders' ? read.children('order_lines', document.id) : undefined;
  const { counted, net, discount } = documentTotals(table, read, document.id, ordered);
  return counted > 0 && BigInt(amount) > BigInt(net) + BigInt(discount);
};

/** The document a line belongs to, where it has an amount to take off: whether that is too much hangs on the line. */
export const besideDiscounted = (table: TableName, row: StoredRow, read: Reader): readonly Beside[] => {
  const of = documentOfLines(table);
  if (of === undefined || !isDocumentTable(of)) return [];
  const document = documentOf(of, row, read);
  return typeof document?.['header_discount'] === 'number' ? [{ table: of, id: document.id }] : [];
};
