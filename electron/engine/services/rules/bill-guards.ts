/**
 * Why an invoice or a billing query may not move on: nothing leaves the house that bills more than was delivered, and no
 * query ends without words.
 */
import type { Reader, StoredRow } from '../../store/api.ts';
import { judgeBilled } from '../billing/billing.ts';
import { documentBlockers, sayBlockers } from '../orders/blockers.ts';

const isEmpty = (value: unknown): boolean => typeof value !== 'string' || value.trim() === '';

/** @param refusal why this device does not post invoices; null where it does */
export const invoiceGuard = (invoice: StoredRow, to: string, read: Reader, refusal: string | null): string | null => {
  if (to !== 'issued') return null;
  const blockers = documentBlockers('invoices', invoice.id, read);
  return blockers.length > 0 ? sayBlockers(blockers) : (judgeBilled(invoice, read) ?? refusal);
};

/** A query is answered with words, and closed with an outcome. */
export const disputeGuard = (dispute: StoredRow, to: string): string | null => {
  if (to === 'answered' && isEmpty(dispute['answer'])) return 'Say what the answer is: Answer query asks for it.';
  return to === 'closed' && isEmpty(dispute['outcome']) ? 'Say how it ended: Close query asks for it.' : null;
};
