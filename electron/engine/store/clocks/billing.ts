/** Clocks of money owed: invoices past their day, promises to pay, billing queries. */
import type { ClockSource } from './source.ts';

/** What the customer has named a day for waits for that day. */
export const invoices: ClockSource = {
  key: 'invoice',
  label: 'Overdue invoices',
  why: 'payment',
  table: 'invoices',
  from: 'invoice_sums s CROSS JOIN invoices t ON t._n = s.n',
  fromRow: 'invoices t LEFT JOIN invoice_sums s ON s.n = t._n',
  where: `s.open > 0 AND s.open > s.disputed AND t.due_on < :today AND t.due_on <= :upto AND t._alive = 1
    AND NOT EXISTS (SELECT 1 FROM promises p WHERE p.invoice_id = t.id AND p._alive = 1 AND p.promised_for >= :today)`,
  due: 't.due_on',
  money: 's.open - s.disputed',
  currency: 't.currency',
  owner: 't.owner_id',
  account: 't.account_id',
  item: "coalesce(t.number, 'Invoice') || ' not paid'",
  next: "'Chase payment'",
};

const OPEN_PROMISE = `s.open > 0 AND NOT EXISTS (SELECT 1 FROM promises p WHERE p.invoice_id = t.invoice_id AND p._alive = 1
  AND (p.promised_for > t.promised_for OR (p.promised_for = t.promised_for AND p._n > t._n)))`;

/** The last day the customer named, while something is open; one that passed stays with its invoice, which is overdue. */
export const paymentPromises: ClockSource = {
  key: 'payment',
  label: 'Promises to pay',
  why: 'payment',
  table: 'promises',
  from: 'promises t CROSS JOIN invoices i ON i.id = t.invoice_id CROSS JOIN invoice_sums s ON s.n = i._n',
  where: `t.promised_for <= :upto AND t.promised_for >= :today AND t._alive = 1 AND ${OPEN_PROMISE}`,
  due: 't.promised_for',
  money: 't.amount',
  currency: 'i.currency',
  owner: 'i.owner_id',
  account: 'i.account_id',
  item: "coalesce(i.number, 'Invoice') || ', payment promised'",
  next: "'Look for the payment'",
  record: { table: 'invoices', id: 't.invoice_id' },
};

export const disputes: ClockSource = {
  key: 'query',
  label: 'Billing queries',
  why: 'query',
  table: 'disputes',
  from: 'disputes t LEFT JOIN invoices i ON i.id = t.invoice_id',
  where: "t.status IN ('open', 'answered') AND t.due_on <= :upto AND t._alive = 1",
  due: 't.due_on',
  money: 't.amount',
  currency: 'i.currency',
  owner: 't.processor_id',
  account: 't.account_id',
  item: "coalesce(t.number, 'Query') || coalesce(' on ' || i.number, '')",
  next: "CASE t.status WHEN 'answered' THEN 'Close it' ELSE 'Answer' END",
  record: { table: 'invoices', id: 't.invoice_id' },
};
