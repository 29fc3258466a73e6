/** What must be put right before a document may move on, in words; null where nothing stands in the way. */
import { judgeLoss } from '../../../../shared/domain/quote/outcome.ts';
import { makeCurrent } from '../../../../shared/domain/quote/revisions.ts';
import { expiredDays } from '../../../../shared/domain/quote/validity.ts';
import type { DocumentTable, StatedTable } from '../../../../shared/model/documents.ts';
import type { Reader, StoredRow } from '../../store/api.ts';
import { documentBlockers, sayBlockers } from '../blockers.ts';
import { disputeGuard, invoiceGuard } from './bill-guards.ts';
import { revisionsOf } from '../quote-rows.ts';

const blocked = (table: DocumentTable, id: string, read: Reader): string | null => {
  const blockers = documentBlockers(table, id, read);
  return blockers.length === 0 ? null : sayBlockers(blockers);
};

const orderGuard = (order: StoredRow, to: string, read: Reader): string | null =>
  // Taking back a closing asks nothing: it was confirmed once.
  to !== 'confirmed' || order['status'] === 'closed' ? null : blocked('orders', order.id, read);

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

const nameOf = (quote: StoredRow): string => (quote['number'] === null ? 'This quote' : `Quote ${quote['number']}`);

const expired = (quote: StoredRow, today: string): string | null => {
  const { status, valid_to: last } = quote;
  return expiredDays(String(status), textOf(last), today) > 0
    ? `${nameOf(quote)} was valid to ${last} and is expired. Revise it, so that its prices are of today.`
    : null;
};

const sendGuard = (quote: StoredRow, read: Reader, today: string): string | null =>
  quote['status'] === 'superseded'
    ? makeCurrent(revisionsOf(quote, read), quote.id, today).refusal
    : (blocked('quotes', quote.id, read) ?? expired({ ...quote, status: 'approved' }, today));

const quoteGuard = (quote: StoredRow, to: string, read: Reader, today: string): string | null => {
  if (to === 'in_review' || to === 'approved') return blocked('quotes', quote.id, read);
  if (to === 'sent') return sendGuard(quote, read, today);
  if (to === 'rejected') return judgeLoss({ reason: textOf(quote['loss_reason']), competitor: textOf(quote['competitor']) });
  if (to === 'accepted') return expired(quote, today);
  if (to !== 'partly_accepted') return null;
  const isChosen = read.children('quote_lines', quote.id).some((line) => Number(line['accepted_qty'] ?? 0) > 0);
  return isChosen ? expired(quote, today) : 'Say which lines were accepted: Accept lists them.';
};

/** Why a document may not move to a state yet. */
export const guardMove = (
  table: StatedTable,
  before: StoredRow | undefined,
  to: string,
  read: Reader,
  today: () => string,
): string | null => {
  if (before === undefined) return null;
  switch (table) {
    case 'orders':
      return orderGuard(before, to, read);
    case 'quotes':
      return quoteGuard(before, to, read, today());
    case 'invoices':
      return invoiceGuard(before, to, read);
    case 'disputes':
      return disputeGuard(before, to);
  }
};
