/**
 * What even undo leaves where it is: what a customer holds, and what a bill or a later step rests on. Everything else is taken
 * back, by this person, on this device.
 */
import { invoicesOf } from '../billing/billing.ts';
import { bucketsOf, type Buckets } from '../../../../shared/domain/fulfilment.ts';
import { isAgreed } from '../../../../shared/model/agreed.ts';
import { fieldOf, type TableName } from '../../../../shared/model/index.ts';
import type { Reader, Rules, StoredRow } from '../../store/api.ts';
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

/** What goods went by, and what was billed: all but what was only cancelled or closed. */
const WENT: readonly string[] = ['shipped', 'delivered', 'accepted', 'returned', 'invoiced', 'credited'];

const schedulesOf = (order: string, read: Reader): readonly StoredRow[] =>
  read.children('order_lines', order).flatMap((line) => read.children('schedule_lines', line.id));

const hasEvents = (order: string, read: Reader): boolean =>
  schedulesOf(order, read).some((schedule) => eventsOf(schedule, read).length > 0);

/** Whether something of an order went out or was billed since a row was made: ids are in the order of time. */
const hasGoneSince = (order: string, since: string, read: Reader): boolean =>
  schedulesOf(order, read)
    .flatMap(({ id }) => read.children('fulfilments', id))
    .some(({ id, kind }) => WENT.includes(String(kind)) && id > since);

/** What goes with an order: its lines, what is to go out of them, and what is written about it. */
const OF_ORDER = ['orders', 'order_lines', 'schedule_lines', 'order_changes', 'order_holds'] as const;
/** What confirming settles; undoing that takes it back as long as nothing happened. */
const BY_CONFIRMING: readonly string[] = ['tax_policy', 'fx_policy'];

const orderOf = (table: (typeof OF_ORDER)[number], row: StoredRow, read: Reader): StoredRow | undefined => {
  if (table === 'orders') return row;
  const line = table === 'schedule_lines' ? read.get('order_lines', String(row['line_id'])) : row;
  return line === undefined ? undefined : read.get('orders', String(line['order_id']));
};

/**
 * What an order that was confirmed agreed on is changed by amendments alone: a step of the time it was a draft, somebody
 * else's or one's own, is not taken back from under it (O5). An amendment is taken back while nothing went out since.
 */
const isKeptOfOrder = (
  table: (typeof OF_ORDER)[number],
  row: StoredRow,
  field: string | null,
  { read, made, isPutRight }: Undone,
): boolean => {
  const order = orderOf(table, row, read);
  if (!isFixed('orders', order)) return false;
  const [amended] = made('order_changes').toSorted();
  if (amended !== undefined) return hasGoneSince(order.id, amended, read);
  if (table === 'orders' && field === 'status') return order['status'] === 'confirmed' && hasEvents(order.id, read);
  if (table === 'orders' && field !== null && BY_CONFIRMING.includes(field)) return hasEvents(order.id, read);
  if (table === 'order_changes' || table === 'order_holds') return false;
  // Text that nobody could read was never agreed on: it comes back as long as nothing rests on what it was put right to.
  if (isPutRight) return table === 'orders' ? invoicesOf(order.id, read).length > 0 : hasEvents(order.id, read);
  const isWhole = field === null || fieldOf(table, field) === undefined;
  return isWhole ? table !== 'orders' : isAgreed(table, field);
};

type Undone = Parameters<Rules['isFixed']>[3];

/**
 * What was sent is the customer's: not even undo changes it, as sending itself is never taken back.
 * @param field null = the row as such
 */
export const isBeyondUndo = (table: TableName, row: StoredRow, field: string | null, undone: Undone): boolean => {
  const { read } = undone;
  if (table === 'sent_quotes') return true;
  if (table === 'approvals') {
    const { quote_id: quote } = row;
    return typeof quote === 'string' && isFixed('quotes', read.get('quotes', quote));
  }
  if (isBilling(table, row)) return true;
  // What a credit note gave back to payments goes with it.
  if (table === 'allocations' && undone.made('credit_notes').length > 0) return true;
  if (table === 'claims') return isClaimKept(row, field);
  if (table === 'bookings' || table === 'booking_lines' || table === 'tenders' || table === 'booking_charges')
    return isKeptOfBooking(table, row, field, read);
  if (table === 'returns') return isReturnKept(row, field);
  if (table === 'fulfilments') return isRestedOn(row, read) || isInspected(row, read);
  const ofOrder = OF_ORDER.find((one) => one === table);
  if (ofOrder !== undefined) return isKeptOfOrder(ofOrder, row, field, undone);
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
