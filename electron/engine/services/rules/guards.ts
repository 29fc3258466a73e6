/** What must be put right before a document may move on, in words; null where nothing stands in the way. */
import { judgeLoss } from '../../../../shared/domain/quote/outcome.ts';
import { schedulesOf } from '../fulfilment/schedules.ts';
import { makeCurrent } from '../../../../shared/domain/quote/revisions.ts';
import { expiredDays } from '../../../../shared/domain/quote/validity.ts';
import type { DocumentTable, StatedTable } from '../../../../shared/model/documents.ts';
import type { Change, Reader, StoredRow } from '../../store/api.ts';
import { approvalBlockers, approvalOf, sayMissing } from '../approval/standing.ts';
import type { Legal } from '../company/issuing.ts';
import { documentBlockers, sayBlockers } from '../orders/blockers.ts';
import { bookingGuard } from './booking-guards.ts';
import { disputeGuard, invoiceGuard } from './bill-guards.ts';
import { claimGuard } from './claim-guards.ts';
import { caseGuard } from './case-guards.ts';
import { returnGuard } from './return-guards.ts';
import { orderChecks } from '../orders/order-checks.ts';
import { revisionsOf } from '../quotes/quote-rows.ts';

/** Who wants to move it, on what day and when, how amounts are written there, and whether a command of the workbench does. */
type Asked = {
  readonly read: Reader;
  readonly today: () => string;
  readonly now: () => number;
  readonly locale: string;
  readonly actor: string;
  readonly isCommand: boolean;
  readonly legal: Pick<Legal, 'refusal'>;
  /** Given with the move: some of what is in the way gives way to it. */
  readonly why?: string | null;
};

const blocked = (table: DocumentTable, id: string, read: Reader): string | null => {
  const blockers = documentBlockers(table, id, read);
  return blockers.length === 0 ? null : sayBlockers(blockers);
};

/** What went out is billed or comes back; only the remainder is cancelled (O4, F5). */
const sentOut = (order: StoredRow, read: Reader): string | null => {
  const isOut = read
    .children('order_lines', order.id)
    .flatMap(({ id }) => schedulesOf(id, read))
    .some(({ now }) => now.shipped > 0n || now.accepted > 0n || now.invoiced > 0n);
  return isOut ? 'Some of it went out or was billed. Cancel the remainder: what was delivered is still to be billed.' : null;
};

const orderGuard = (order: StoredRow, to: string, { read, today, locale, why, actor }: Asked): string | null => {
  if (to === 'cancelled') return sentOut(order, read);
  // Taking back a closing asks nothing: it was confirmed once.
  if (to !== 'confirmed' || order['status'] === 'closed') return null;
  const { blockers } = orderChecks(order, read, { today: today(), locale, why: why ?? null, actor });
  return blockers.length === 0 ? null : sayBlockers(blockers);
};

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

const nameOf = (quote: StoredRow): string => (quote['number'] === null ? 'This quote' : `Quote ${quote['number']}`);

const expired = (quote: StoredRow, today: string): string | null => {
  const { status, valid_to: last } = quote;
  return expiredDays(String(status), textOf(last), today) > 0
    ? `${nameOf(quote)} was valid to ${last} and is expired. Revise it, so that its prices are of today.`
    : null;
};

/** Somebody has to agree first (A2 to A4). What somebody was asked for is only theirs to give. */
const unapproved = (quote: StoredRow, { read, today, actor }: Asked): string | null => {
  const asking = { read, today: today() };
  const approval = approvalOf(quote, actor, asking);
  const missing = sayMissing(approval, read);
  if (missing === null) return null;
  const [first] = approvalBlockers(approval, quote, asking);
  return first === undefined ? missing : `${missing} ${first.message}.`;
};

/** Who is told, and how, is asked for by a command; so is who has to agree. */
const ASKED_FOR: Readonly<Record<string, string>> = {
  sent: 'Send it by “Send quote”: it asks to whom it goes, and keeps what was sent.',
  in_review: 'Use “Ask for approval”.',
};

const sendGuard = (quote: StoredRow, asked: Asked): string | null => {
  const today = asked.today();
  if (quote['status'] === 'superseded')
    // A draft that was set aside was offered to nobody: sending is how it gets there.
    return quote['sent_on'] === null
      ? 'Only a revision that was sent can be made current.'
      : makeCurrent(revisionsOf(quote, asked.read), quote.id, today).refusal;
  return blocked('quotes', quote.id, asked.read) ?? expired({ ...quote, status: 'approved' }, today) ?? unapproved(quote, asked);
};

const beforeGoing = (quote: StoredRow, to: string, asked: Asked): string | null => {
  const byCommand = asked.isCommand || quote['status'] === 'superseded' ? null : (ASKED_FOR[to] ?? null);
  if (to === 'sent') return sendGuard(quote, asked) ?? byCommand;
  const isBlocked = blocked('quotes', quote.id, asked.read);
  return isBlocked ?? (to === 'approved' ? unapproved(quote, asked) : byCommand);
};

const quoteGuard = (quote: StoredRow, to: string, asked: Asked): string | null => {
  const { read } = asked;
  const today = asked.today();
  if (to === 'in_review' || to === 'approved' || to === 'sent') return beforeGoing(quote, to, asked);
  if (to === 'superseded')
    return asked.isCommand ? null : 'A quote is superseded when its next revision is sent. Withdraw it instead.';
  if (to === 'rejected') return judgeLoss({ reason: textOf(quote['loss_reason']), competitor: textOf(quote['competitor']) });
  if (to === 'accepted') return expired(quote, today);
  if (to !== 'partly_accepted') return null;
  const isChosen = read.children('quote_lines', quote.id).some((line) => Number(line['accepted_qty'] ?? 0) > 0);
  return isChosen ? expired(quote, today) : 'Say which lines were accepted: Accept lists them.';
};

/** Who makes a change, as far as moves go. */
export const moverOf = ({ actor, isCommand }: Change): Pick<Asked, 'actor' | 'isCommand'> => ({
  actor,
  isCommand: isCommand === true,
});

/** Why a document may not move to a state yet. */
export const guardMove = (table: StatedTable, before: StoredRow | undefined, to: string, asked: Asked): string | null => {
  if (before === undefined) return null;
  switch (table) {
    case 'orders':
      return orderGuard(before, to, asked);
    case 'quotes':
      return quoteGuard(before, to, asked);
    case 'invoices':
      return invoiceGuard(before, to, asked.read, asked.legal.refusal('invoices', before));
    case 'cases':
      return caseGuard(before, to, asked.isCommand, asked.read);
    case 'claims':
      return claimGuard(before, to, asked.isCommand);
    case 'returns':
      return returnGuard(before, to, asked.isCommand);
    case 'disputes':
      return disputeGuard(before, to);
    case 'tasks':
    case 'commitments':
      return null;
    case 'bookings':
      return bookingGuard(before, to, asked);
  }
};
