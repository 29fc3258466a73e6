/**
 * What chips are judged by (domain/chips), as SQL over `t` and `s`: read with a row to say its chips, and put into a
 * condition to find the rows whose cell shows one. Both read the same expressions and the same rules.
 */
import { chipsThatHold } from '../../../../shared/domain/chips.ts';
import type { BookingAmount } from '../../../../shared/domain/booking/chips.ts';
import type { Scalar } from '../../../../shared/domain/kinds.ts';
import type { InvoiceAmount } from '../../../../shared/domain/invoice-status.ts';
import type { OrderAmount } from '../../../../shared/domain/order-status.ts';
import type { QuoteAmount } from '../../../../shared/domain/quote-status.ts';
import { statusChips } from '../../../../shared/domain/status-chips.ts';
import { isStatedTable, paperOfLines, stated } from '../../../../shared/model/documents.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import { expiredDays, isBookingLate, isOverdue, lateDays, overdueDays } from './computed.ts';

type Facts = Readonly<Record<string, string>>;

/** A quantity that cannot be read is open all the same. */
const orderFacts = (order: string, status: string, isOpen: string): Readonly<Record<OrderAmount | 'status', string>> => ({
  status: `coalesce(${status}, '')`,
  held: `(SELECT count(*) FROM order_holds h WHERE h.order_id = ${order} AND h._alive = 1
    AND (h.released_on IS NULL OR h.release_to < :today))
    + (SELECT count(*) FROM credit_over c WHERE c.id = ${order})`,
  open: `CASE WHEN coalesce(s.open_qty, 0) = 0 THEN coalesce(${isOpen}, 0) ELSE s.open_qty END`,
  shipped: 'coalesce(s.shipped_qty, 0)',
  underway: '(coalesce(s.shipped_qty, 0) - coalesce(s.returned_qty, 0) - coalesce(s.delivered_qty, 0))',
  short: 'coalesce(s.closed_qty, 0)',
  overdue: `CASE WHEN ${isOverdue} THEN 1 ELSE 0 END`,
  late: `coalesce(${lateDays}, 0)`,
});

const quoteFacts: Readonly<Record<QuoteAmount | 'status', string>> = {
  status: "coalesce(t.status, '')",
  expired: `coalesce(${expiredDays}, 0)`,
};

const invoiceFacts: Readonly<Record<InvoiceAmount | 'status', string>> = {
  status: "coalesce(t.status, '')",
  overdue: `coalesce(${overdueDays}, 0)`,
  open: 'coalesce(s.open, 0)',
  disputed: 'coalesce(s.disputed, 0)',
  paid: 'coalesce(s.paid, 0)',
  credited: 'coalesce(s.credited, 0)',
};

const bookingFacts: Readonly<Record<BookingAmount | 'status', string>> = {
  status: "coalesce(t.status, '')",
  trouble: 'coalesce(s.trouble, 0)',
  late: `CASE WHEN ${isBookingLate} THEN 1 ELSE 0 END`,
  predicted: 'CASE WHEN s.delivered_at IS NULL AND s.eta > t.deliver_to THEN 1 ELSE 0 END',
  unproved: 'CASE WHEN s.proof_at IS NULL AND t.pod_due_on < :today THEN 1 ELSE 0 END',
  moving: 'coalesce(s.moving, 0)',
  picked: 'CASE WHEN s.picked_at IS NULL THEN 0 ELSE 1 END',
  lapsed: 'CASE WHEN t.hold_until < :now THEN 1 ELSE 0 END',
};

const tables: Partial<Record<TableName, Facts>> = {
  quotes: quoteFacts,
  invoices: invoiceFacts,
  bookings: bookingFacts,
  orders: orderFacts('t.id', 't.status', 's.has_open'),
  order_lines: orderFacts('t.order_id', '(SELECT o.status FROM orders o WHERE o.id = t.order_id)', 's.is_open'),
};

/** The chips of a document, which its lines are judged by too. */
const chipsOfTable = (table: TableName) => {
  const owner = isStatedTable(table) ? table : paperOfLines(table);
  return statusChips(owner && stated[owner].lifecycle);
};

/** The facts of a table's rows by name, as they are selected; none where rows have no chips. */
export const chipFacts = (table: TableName): readonly (readonly [string, string])[] => Object.entries(tables[table] ?? {});

/** The chips of a row, most urgent first. @param fact the value read under a name of `chipFacts` */
export const chipsOfFacts = (table: TableName, fact: (name: string) => Scalar): readonly string[] => {
  const amounts = chipFacts(table).map(([name]): [string, bigint] => {
    const value = fact(name);
    return [name, typeof value === 'number' ? BigInt(value) : 0n];
  });
  return chipsThatHold(chipsOfTable(table).chips, {
    status: String(fact('status') ?? ''),
    amounts: Object.fromEntries(amounts),
  });
};

const list = (texts: readonly string[]): string => texts.map((text) => `'${text}'`).join(', ');

/** The chip the status of a row is shown as, as SQL that is null where its state is shown; null where rows have none. */
export const shownChip = (table: TableName): string | null => {
  const facts = tables[table];
  if (facts === undefined) return null;
  const { shownIn, chips } = chipsOfTable(table);
  const whens = chips.map(({ key, states, some, none }) => {
    const terms = [
      ...(states === null ? [] : [`${facts['status']} IN (${list(states)})`]),
      ...some.map((name) => `${facts[name]} > 0`),
      ...none.map((name) => `${facts[name]} <= 0`),
    ];
    return `WHEN ${terms.join(' AND ')} THEN '${key}'`;
  });
  return `CASE WHEN ${facts['status']} NOT IN (${list(shownIn)}) THEN NULL ${whens.join(' ')} END`;
};
