/**
 * How computed fields are made, each once, as SQL over the row `t` and, where the write path keeps sums of the row,
 * those sums as `s`. Lists, forms, filters and sorting all read these; nothing else may compute them.
 */
import type { TableName } from '../../../../shared/model/index.ts';
import { deadlineWords } from '../../../../shared/domain/claims/read.ts';
import { statusCodes } from '../../../../shared/domain/tracking/codes.ts';
import { safeSum } from '../sums/sums-sql.ts';

/** What a reading depends on beside the rows. Bound as :today, :since, :zone, :currency, :me and :now. */
export type ReadContext = {
  /** Today in the company's zone, ISO day. */
  readonly today: string;
  /** The company's IANA zone. */
  readonly zone: string;
  /** The company's currency: what an account without one of its own is counted in. */
  readonly currency: string;
  /** The person sitting here, if known. */
  readonly me: string | null;
  /** UTC milliseconds, to the minute: what the time left of clocks is counted from. */
  readonly now: number;
};

/** The sums kept beside a row (store/summaries.ts), joined on its rowid. */
export const sumsJoin: Partial<Record<TableName, string>> = {
  orders: 'LEFT JOIN order_sums s ON s.n = t._n',
  order_lines: 'LEFT JOIN line_sums s ON s.n = t._n',
  quotes: 'LEFT JOIN quote_sums s ON s.n = t._n',
  invoices: 'LEFT JOIN invoice_sums s ON s.n = t._n',
  cases: 'LEFT JOIN case_clocks s ON s.n = t._n LEFT JOIN sla_versions v ON v.id = s.version',
  bookings: 'LEFT JOIN booking_sums s ON s.n = t._n',
  claims: 'LEFT JOIN claim_clocks s ON s.n = t._n',
};

/** Late now: something is still to come that was wanted before today. What was shipped late is late no more. */
export const isOverdue = '(s.is_open = 1 AND s.due_on < :today)';

const daysLate = (isOpen: string, due: string, shipped: string): string =>
  `nullif(max(coalesce(${shipped}, 0), CASE WHEN ${isOpen} = 1 AND ${due} < :today ` +
  `THEN CAST(julianday(:today) - julianday(${due}) AS INTEGER) ELSE 0 END), 0)`;

/** Worst days late: of what was shipped, and of what is still open and was wanted before today. */
export const lateDays = daysLate('s.is_open', 's.due_on', 's.late_shipped');

/** A note about an account is no contact with it; calls, visits and mails are. */
const lastContact = (about: string): string => `(SELECT max(a.at) FROM activities a
  WHERE a.about_id = ${about} AND a._alive = 1 AND a.kind <> 'note')`;

const accountContact = `nullif(max(coalesce(${lastContact('t.id')}, -1), coalesce((SELECT max(a.at)
  FROM contacts c CROSS JOIN activities a ON a.about_id = c.id AND a._alive = 1 AND a.kind <> 'note'
  WHERE c.party_id = t.id AND c._alive = 1), -1)), -1)`;

/** A quote that waits for an answer and may no longer be accepted (Q1): days since its last. */
export const expiredDays = `CASE WHEN t.status IN ('approved', 'sent') AND t.valid_to < :today
  THEN CAST(julianday(:today) - julianday(t.valid_to) AS INTEGER) END`;

/** (net − cost) / net in millionths, to a tenth of a percent (A1): for reading only. Null where nothing is sold or a cost is not known. */
const margin = (of: 's' | 't'): string => `CASE WHEN ${of}.net_micros > 0 AND ${of}.cost_micros IS NOT NULL
  THEN CAST(round((${of}.net_micros - ${of}.cost_micros) * 1000.0 / ${of}.net_micros) AS INTEGER) * 1000 END`;

/** What stands of a quote line on orders that were not cancelled. */
const orderedQty = `coalesce((SELECT ${safeSum('l.qty')} FROM order_lines l CROSS JOIN orders o ON o.id = l.order_id
  WHERE l.quote_line_id = t.id AND l._alive = 1 AND coalesce(o.status, '') <> 'cancelled'), 0)`;

/** Days an invoice is past its day while something of it is open and not in dispute (K3). */
export const overdueDays = `CASE WHEN s.open > s.disputed AND t.due_on < :today
  THEN CAST(julianday(:today) - julianday(t.due_on) AS INTEGER) END`;

const creditedOf = (what: 'qty' | 'amount'): string =>
  `coalesce((SELECT ${safeSum(`c.${what}`)} FROM credit_lines c WHERE c.invoice_line_id = t.id AND c._alive = 1), 0)`;

/** Working milliseconds a clock has left; of one that waits that says nothing. */
const clockLeft = (key: 'respond' | 'resolve'): string => `CASE s.${key}_state
  WHEN 'running' THEN s.${key}_left - work_between(v.terms, s.mark, :now)
  WHEN 'missed' THEN s.${key}_left END`;

/** The last event in words, and where it was. */
const lastEvent = `CASE WHEN s.last_code IS NOT NULL THEN CASE s.last_code
  ${statusCodes.map(({ code, label }) => `WHEN '${code}' THEN '${label}'`).join(' ')} ELSE s.last_code END
  || CASE WHEN coalesce(s.last_place, '') = '' THEN '' ELSE ', ' || s.last_place END END`;

/** Days after the end of its window: by what happened, else by the latest estimate. */
const slipDays = `CASE WHEN t.deliver_to IS NOT NULL AND coalesce(s.delivered_at, s.eta) IS NOT NULL
  THEN CAST(julianday(local_day(coalesce(s.delivered_at, s.eta), :zone)) - julianday(local_day(t.deliver_to, :zone)) AS INTEGER) END`;

/** Nothing of it arrived, and its window is over. */
export const isBookingLate = `(t.status IN ('need', 'hold', 'tendered', 'accepted', 'accepted_exception', 'declined', 'confirmed', 'in_progress')
  AND s.delivered_at IS NULL AND t.deliver_to < :now)`;

/** What a credit note comes to, tax included. */
const creditNoteAmount = (note: string): string =>
  `coalesce((SELECT ${safeSum('c.amount')} FROM credit_lines c WHERE c.credit_note_id = ${note}.id AND c._alive = 1), 0) + coalesce(${note}.tax, 0)`;

/** What the customer was credited for what a claim is about: in its own currency, or nothing is said (T3). */
const claimCredit = `(SELECT ${creditNoteAmount('n')} FROM credit_notes n CROSS JOIN invoices i ON i.id = n.invoice_id
  WHERE n.id = t.credit_note_id AND n._alive = 1 AND i.currency = t.currency)`;

/** By table and field. A field that is missing here is a bug that a test finds. */
export const computed: Partial<Record<TableName, Readonly<Record<string, string>>>> = {
  accounts: {
    territory: `(SELECT nullif(p.id, 'local') FROM scopes p WHERE p.idx = t._scope)`,
    open_orders: '(SELECT count(*) FROM order_sums o WHERE o.account_id = t.id AND o.is_open = 1)',
    open_issues: `(SELECT count(*) FROM cases c WHERE c.account_id = t.id AND c._alive = 1 AND c.status IN ('new', 'open', 'waiting'))`,
    overdue_orders: '(SELECT count(*) FROM order_sums o WHERE o.account_id = t.id AND o.is_open = 1 AND o.due_on < :today)',
    revenue_12m: `(SELECT sum(o.net) FROM order_sums o WHERE o.account_id = t.id AND o.is_revenue = 1
      AND o.ordered_on > :since AND o.ordered_on <= :today AND o.currency = coalesce(t.currency, :currency))`,
    last_contact_on: `local_day(${accountContact}, :zone)`,
  },
  tasks: { done: "CASE WHEN t.status = 'done' THEN 1 ELSE 0 END" },
  contacts: { last_contact_on: `local_day(${lastContact('t.id')}, :zone)` },
  orders: {
    shipped_on: 's.shipped_on',
    line_count: 's.lines',
    net: 's.net',
    late_days: lateDays,
  },
  quotes: { net: 's.net', margin: margin('s'), line_count: 's.lines', expired_days: expiredDays },
  quote_lines: {
    net: 't.net',
    margin: margin('t'),
    ordered_qty: orderedQty,
    remaining_qty: `CASE WHEN t.accepted_qty IS NOT NULL THEN max(t.accepted_qty - ${orderedQty}, 0) END`,
  },
  invoices: {
    total: 's.total',
    open: 's.open',
    paid: 's.paid',
    credited: 's.credited',
    disputed: 's.disputed',
    line_count: 's.lines',
    overdue_days: overdueDays,
  },
  invoice_lines: { credited: creditedOf('amount'), credited_qty: creditedOf('qty') },
  credit_notes: {
    amount: creditNoteAmount('t'),
  },
  disputes: {
    age_days: 'CAST(julianday(coalesce(t.closed_on, :today)) - julianday(t.opened_on) AS INTEGER)',
  },
  payments: {
    unapplied: `t.amount - coalesce((SELECT ${safeSum('p.amount')} FROM allocations p WHERE p.payment_id = t.id AND p._alive = 1), 0)`,
  },
  cases: {
    respond_left: clockLeft('respond'),
    resolve_left: clockLeft('resolve'),
    respond_due: 's.respond_due',
    resolve_due: 's.resolve_due',
    next_due: 's.next_due',
    respond_state: 's.respond_state',
    resolve_state: 's.resolve_state',
  },
  bookings: {
    eta: 's.eta',
    slip_days: slipDays,
    cost: 's.cost',
    charge: 's.charge',
    unbilled: 's.unbilled',
    last_event: lastEvent,
    last_at: 's.last_at',
  },
  claims: {
    next_step: `CASE s.kind ${Object.entries(deadlineWords)
      .map(([key, { label }]) => `WHEN '${key}' THEN '${label}'`)
      .join(' ')} END`,
    next_due: 's.due',
    credited: claimCredit,
    net_loss: `CASE WHEN t.paid IS NOT NULL OR t.credit_note_id IS NOT NULL
      THEN CASE WHEN t.credit_note_id IS NULL THEN 0 ELSE ${claimCredit} END - coalesce(t.paid, 0) END`,
  },
  returns: {
    credited: `(SELECT sum(${creditNoteAmount('n')}) FROM credit_notes n WHERE n.return_id = t.id AND n._alive = 1)`,
  },
  slots: {
    taken: `coalesce((SELECT sum(coalesce(b.slot_amount, 1)) FROM bookings b WHERE b.slot_id = t.id AND b._alive = 1
      AND b.status NOT IN ('need', 'declined', 'cancelled', 'no_show', 'failed')
      AND (b.status <> 'hold' OR b.hold_until IS NULL OR b.hold_until > :now)), 0)`,
  },
  order_lines: {
    net: 't.net',
    requested: 's.requested',
    promised: 's.promised',
    open_qty: 's.open_qty',
    shipped_qty: 's.shipped_qty',
  },
};

/** The currency of what hangs on an invoice. */
const ofInvoice = '(SELECT i.currency FROM invoices i WHERE i.id = t.invoice_id)';

const ofBooking = '(SELECT b.currency FROM bookings b WHERE b.id = t.booking_id)';

/** The currency of a table's money: its own column, or that of the row that owns it. */
export const currencyOf: Partial<Record<TableName, string>> = {
  accounts: 'coalesce(t.currency, :currency)',
  cases: 'coalesce((SELECT a.currency FROM accounts a WHERE a.id = t.account_id), :currency)',
  products: 'coalesce(t.currency, :currency)',
  prices: 'coalesce(t.currency, :currency)',
  orders: 't.currency',
  order_lines: '(SELECT o.currency FROM orders o WHERE o.id = t.order_id)',
  quotes: 't.currency',
  quote_lines: '(SELECT q.currency FROM quotes q WHERE q.id = t.quote_id)',
  invoices: 't.currency',
  invoice_lines: ofInvoice,
  credit_notes: ofInvoice,
  credit_lines:
    '(SELECT i.currency FROM credit_notes k CROSS JOIN invoices i ON i.id = k.invoice_id WHERE k.id = t.credit_note_id)',
  payments: 't.currency',
  allocations: '(SELECT p.currency FROM payments p WHERE p.id = t.payment_id)',
  promises: ofInvoice,
  payment_plans: ofInvoice,
  instalments: '(SELECT i.currency FROM payment_plans p CROSS JOIN invoices i ON i.id = p.invoice_id WHERE p.id = t.plan_id)',
  disputes: ofInvoice,
  partner_rates: 'coalesce(t.currency, :currency)',
  partner_papers: 'coalesce(t.currency, :currency)',
  required_papers: 'coalesce(t.currency, :currency)',
  charge_rules: 'coalesce(t.currency, :currency)',
  bookings: 't.currency',
  claims: 't.currency',
  returns: 't.currency',
  tenders: ofBooking,
  booking_charges: ofBooking,
};
