/**
 * What even undo leaves where it is: what a customer holds, and what a bill or a later step rests on. Everything else is taken
 * back, by this person, on this device.
 */
import { bucketsOf, type Buckets } from '../../../../shared/domain/fulfilment.ts';
import { isAgreed } from '../../../../shared/model/agreed.ts';
import { fieldOf, type TableName } from '../../../../shared/model/index.ts';
import type { Reader, StoredRow } from '../../store/api.ts';
import { isKeptOfBooking } from './booking-kept.ts';
import { isClaimKept } from './claim-guards.ts';
import { documentOf } from './lines.ts';
import { isFixed } from './refuse.ts';
import { isInspected, isReturnKept } from './return-guards.ts';
import { eventsOf } from './schedules.ts';

/** Credit notes as such, and what was billed and credited of an order: they go with a paper that left the house. */
const isBilling = (table: TableName, { kind }: StoredRow): boolean =>
  table === 'credit_notes' ||
  table === 'credit_lines' ||
  (table === 'fulfilments' && (kind === 'invoiced' || kind === 'credited'));

/** What has to stay of a kind of event, for what came after it: nothing is billed that was not delivered. */
const restingOn = (kind: unknown, { shipped, delivered, accepted, invoiced, credited }: Buckets): bigint => {
  const billed = invoiced - credited;
  if (kind === 'shipped') return delivered;
  if (kind === 'delivered') return accepted > billed ? accepted : billed;
  // Goods are billed by what was delivered, a service by what was accepted of it.
  return kind === 'accepted' && shipped === 0n ? billed : 0n;
};

const isRestedOn = (event: StoredRow, read: Reader): boolean => {
  const { kind, qty, schedule_id: id } = event;
  if (kind !== 'shipped' && kind !== 'delivered' && kind !== 'accepted') return false;
  const schedule = typeof id === 'string' ? read.get('schedule_lines', id) : undefined;
  if (schedule === undefined || read.get('fulfilments', event.id) === undefined) return false;
  const now = bucketsOf(Number(schedule['qty'] ?? 0), eventsOf(schedule, read));
  return now[kind] - BigInt(qty ?? 0) < restingOn(kind, now);
};

const hasEvents = (order: string, read: Reader): boolean =>
  read
    .children('order_lines', order)
    .some((line) => read.children('schedule_lines', line.id).some((schedule) => eventsOf(schedule, read).length > 0));

/**
 * What was sent is the customer's: not even undo changes it, as sending itself is never taken back.
 * @param field null = the row as such
 */
export const isBeyondUndo = (table: TableName, row: StoredRow, field: string | null, read: Reader): boolean => {
  if (table === 'sent_quotes') return true;
  if (table === 'approvals') {
    const { quote_id: quote } = row;
    return typeof quote === 'string' && isFixed('quotes', read.get('quotes', quote));
  }
  if (isBilling(table, row)) return true;
  if (table === 'claims') return isClaimKept(row, field);
  if (table === 'bookings' || table === 'booking_lines' || table === 'tenders' || table === 'booking_charges')
    return isKeptOfBooking(table, row, field, read);
  if (table === 'returns') return isReturnKept(row, field);
  if (table === 'fulfilments') return isRestedOn(row, read) || isInspected(row, read);
  if (table === 'orders') return field === 'status' && row['status'] === 'confirmed' && hasEvents(row.id, read);
  const ofInvoice =
    table === 'invoices' || table === 'invoice_lines'
      ? documentOf('invoices', { ...row, invoice_id: row['invoice_id'] ?? row.id }, read)
      : undefined;
  if (isFixed('invoices', ofInvoice) && ofInvoice['status'] === 'issued') return field === null || isAgreed(table, field);
  if (table !== 'quotes' && table !== 'quote_lines') return false;
  const quote = table === 'quotes' ? row : documentOf('quotes', row, read);
  if (!isFixed('quotes', quote) || quote['sent_on'] === null) return false;
  return field === null || isAgreed(table, field) || fieldOf(table, field)?.entry === 'command';
};
