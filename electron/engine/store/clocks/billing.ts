/** Clocks of money owed: invoices past their day, promises to pay, billing queries. */
import type { TableName } from '../../../../shared/model/index.ts';
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
  item: "coalesce(t.legal_number, t.number, 'Invoice') || ' not paid'",
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
  item: "coalesce(i.legal_number, i.number, 'Invoice') || ', payment promised'",
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
  item: "coalesce(t.number, 'Query') || coalesce(' on ' || coalesce(i.legal_number, i.number), '')",
  next: "CASE t.status WHEN 'answered' THEN 'Close it' ELSE 'Answer' END",
  record: { table: 'invoices', id: 't.invoice_id' },
};

const inNumbering = (what: string, table: TableName): string =>
  `(SELECT CASE WHEN json_valid(n.value) THEN ${what} END FROM settings n
    WHERE n.key = 'numbers.${table}' AND n._alive = 1 ORDER BY n._h, n.id LIMIT 1)`;

/** Whether this device gives the legal numbers of a table: only there somebody can post what waits (N1). */
const givenHere = (table: TableName): string =>
  `${inNumbering("json_extract(n.value, '$.issuer')", table)} = (SELECT json_extract(m.v, '$') FROM meta m WHERE m.k = 'device')`;

/** Whether no device is named any more: what waited goes out under its own number, by any. */
const givenByNobody = (table: TableName): string => `${inNumbering("json_type(n.value, '$.issuer')", table)} = 'null'`;

const READY = 't.ready_on <= :upto AND t.legal_number IS NULL AND t._alive = 1';

/** Drafts that were made ready on any device of the team. */
export const invoicesToPost: ClockSource = {
  key: 'post',
  label: 'Invoices to post',
  why: 'post',
  table: 'invoices',
  from: 'invoices t LEFT JOIN invoice_sums s ON s.n = t._n',
  where: `${READY} AND t.status = 'draft' AND ${givenHere('invoices')}`,
  due: 't.ready_on',
  money: 's.total',
  currency: 't.currency',
  owner: 't.owner_id',
  account: 't.account_id',
  item: "coalesce(t.number, 'Invoice') || ', ready to post'",
  next: "'Post it'",
};

export const creditsToPost: ClockSource = {
  key: 'post_credit',
  label: 'Credit notes to post',
  why: 'post',
  table: 'credit_notes',
  from: 'credit_notes t LEFT JOIN invoices i ON i.id = t.invoice_id',
  where: `${READY} AND (${givenHere('credit_notes')} OR ${givenByNobody('credit_notes')})`,
  due: 't.ready_on',
  owner: 'i.owner_id',
  account: 't.account_id',
  item: "coalesce(t.number, 'Credit note') || ', ready to post'",
  next: "'Post what waits, in Invoices'",
  record: { table: 'invoices', id: 't.invoice_id' },
};
