/** Invoices, credit notes, payments, promises, plans, billing queries; what invoices come to; and their public views. */
import { decimal, money, searchTables, word } from './view-sql.ts';

const STATES = { draft: 'Draft', issued: 'Issued', void: 'Void' };
const QUERY_STATES = { open: 'Open', answered: 'Answered', closed: 'Closed' };
const HOW = { transfer: 'Transfer', debit: 'Direct debit', card: 'Card', cheque: 'Cheque', cash: 'Cash' };
const OUTCOMES = { rejected: 'Rejected', credit: 'Credited', rebill: 'Billed anew' };
const REASONS = {
  price: 'Price',
  quantity: 'Quantity',
  quality: 'Quality',
  late: 'Late',
  not_ordered: 'Not ordered',
  duplicate: 'Duplicate',
  tax: 'Tax',
  deduction: 'Deduction',
};

const SYSTEM = '_scope INTEGER, _h INTEGER, _d INTEGER, _st INTEGER, _x TEXT, _extra TEXT, _c TEXT, _alive INTEGER';

const tables: Readonly<Record<string, string>> = {
  invoices: `number TEXT, number_sort TEXT, number_match TEXT, account_id TEXT, order_id TEXT, po_ref TEXT, po_ref_sort TEXT,
  po_ref_match TEXT, status TEXT, issued_on TEXT, due_on TEXT, currency TEXT, freight INTEGER, terms TEXT, contact_id TEXT,
  owner_id TEXT, legal_number TEXT, legal_number_sort TEXT, legal_number_match TEXT, notes TEXT`,
  invoice_lines: `invoice_id TEXT, position INTEGER, product_id TEXT, qty INTEGER, uom TEXT, price INTEGER, discount INTEGER,
  amount INTEGER, description TEXT, note TEXT, order_line_id TEXT`,
  credit_notes: `number TEXT, number_sort TEXT, number_match TEXT, invoice_id TEXT, account_id TEXT, credited_on TEXT,
  reason TEXT, legal_number TEXT, legal_number_sort TEXT, legal_number_match TEXT`,
  credit_lines: 'credit_note_id TEXT, invoice_line_id TEXT, qty INTEGER, amount INTEGER',
  payments: `account_id TEXT, received_on TEXT, amount INTEGER, method TEXT, reference TEXT, currency TEXT, note TEXT`,
  allocations: 'payment_id TEXT, invoice_id TEXT, amount INTEGER',
  promises: 'invoice_id TEXT, amount INTEGER, promised_for TEXT, said_on TEXT, said_by TEXT',
  payment_plans: 'invoice_id TEXT, agreed_on TEXT, settled_before INTEGER',
  instalments: 'plan_id TEXT, due_on TEXT, amount INTEGER',
  disputes: `number TEXT, number_sort TEXT, number_match TEXT, invoice_id TEXT, invoice_line_id TEXT, account_id TEXT,
  status TEXT, reason TEXT, amount INTEGER, opened_on TEXT, due_on TEXT, processor_id TEXT, coordinator_id TEXT,
  responsible_id TEXT, contact_id TEXT, description TEXT, answer TEXT, answered_on TEXT, root_cause TEXT, outcome TEXT,
  credit_note_id TEXT, closed_on TEXT`,
};

const made = Object.entries(tables)
  .map(
    ([name, columns]) => `CREATE TABLE ${name}(_n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  ${columns}, ${SYSTEM});
CREATE VIEW live_${name} AS SELECT * FROM ${name} WHERE _alive = 1;`,
  )
  .join('\n');

const account = 'LEFT JOIN accounts a ON a.id = t.account_id AND a._alive = 1';
const invoice = 'LEFT JOIN invoices i ON i.id = t.invoice_id AND i._alive = 1';
const person = (alias: string, field: string): string =>
  `LEFT JOIN people ${alias} ON ${alias}.id = t.${field} AND ${alias}._alive = 1`;

export const invoices = `
${made}
${searchTables(['invoices', 'invoice_lines', 'credit_notes', 'payments', 'disputes'])}

CREATE INDEX invoices_number ON invoices(number_match);
CREATE INDEX invoices_legal ON invoices(legal_number_match);
CREATE INDEX invoices_po ON invoices(po_ref_match);
CREATE INDEX invoices_account ON invoices(account_id);
CREATE INDEX invoices_order ON invoices(order_id);
CREATE INDEX invoices_status ON invoices(status);
CREATE INDEX invoices_due ON invoices(due_on);
CREATE INDEX invoice_lines_invoice ON invoice_lines(invoice_id);
CREATE INDEX invoice_lines_ordered ON invoice_lines(order_line_id);
CREATE INDEX invoice_lines_product ON invoice_lines(product_id);
CREATE INDEX credit_notes_number ON credit_notes(number_match);
CREATE INDEX credit_notes_legal ON credit_notes(legal_number_match);
CREATE INDEX credit_notes_invoice ON credit_notes(invoice_id);
CREATE INDEX credit_notes_account ON credit_notes(account_id);
CREATE INDEX credit_lines_note ON credit_lines(credit_note_id);
CREATE INDEX credit_lines_line ON credit_lines(invoice_line_id);
CREATE INDEX payments_account ON payments(account_id);
CREATE INDEX allocations_payment ON allocations(payment_id);
CREATE INDEX allocations_invoice ON allocations(invoice_id);
CREATE INDEX promises_invoice ON promises(invoice_id);
CREATE INDEX payment_plans_invoice ON payment_plans(invoice_id);
CREATE INDEX instalments_plan ON instalments(plan_id);
CREATE INDEX disputes_number ON disputes(number_match);
CREATE INDEX disputes_invoice ON disputes(invoice_id);
CREATE INDEX disputes_account ON disputes(account_id);
CREATE INDEX disputes_status ON disputes(status);

-- Derived, kept by the write path (store/invoice-sums.ts), rebuilt at will. n is the _n of the invoice; amounts are minor
-- units of its currency. open: of an issued one, total less paid less credited; 0 of any other. disputed: never more than open.
CREATE TABLE invoice_sums(n INTEGER PRIMARY KEY, lines INTEGER NOT NULL, total INTEGER, paid INTEGER, credited INTEGER,
  open INTEGER, disputed INTEGER) STRICT;

CREATE VIEW v_invoices AS SELECT t.id, t.number, t.legal_number, a.code AS account_code, a.name AS account,
  o.number AS order_number, t.po_ref, ${word('t.status', STATES)} AS status, t.issued_on, t.due_on, t.currency, s.lines,
  ${money('s.total', 't.currency')} AS total, ${money('s.open', 't.currency')} AS open,
  ${money('s.paid', 't.currency')} AS paid, ${money('s.credited', 't.currency')} AS credited,
  ${money('s.disputed', 't.currency')} AS disputed, ${money('t.freight', 't.currency')} AS freight, t.terms,
  c.name AS contact, p.code AS owner_code, p.name AS owner, t.notes
FROM live_invoices t LEFT JOIN invoice_sums s ON s.n = t._n ${account}
  LEFT JOIN orders o ON o.id = t.order_id AND o._alive = 1 LEFT JOIN contacts c ON c.id = t.contact_id AND c._alive = 1
  ${person('p', 'owner_id')};

CREATE VIEW v_invoice_lines AS SELECT t.id, i.number AS invoice_number, t.position, i.issued_on,
  ${word('i.status', STATES)} AS invoice_status, a.code AS account_code, a.name AS account, p.sku, p.name AS product,
  ${decimal('t.qty')} AS qty, t.uom, ${decimal('t.price')} AS price, ${decimal('t.discount')} AS discount, i.currency,
  ${money('t.amount', 'i.currency')} AS amount, t.description, t.note
FROM live_invoice_lines t ${invoice} LEFT JOIN accounts a ON a.id = i.account_id AND a._alive = 1
  LEFT JOIN products p ON p.id = t.product_id AND p._alive = 1;

CREATE VIEW v_credit_notes AS SELECT t.id, t.number, t.legal_number, i.number AS invoice_number, a.code AS account_code,
  a.name AS account, t.credited_on, i.currency,
  ${money('(SELECT sum(l.amount) FROM credit_lines l WHERE l.credit_note_id = t.id AND l._alive = 1)', 'i.currency')} AS amount,
  t.reason
FROM live_credit_notes t ${invoice} ${account};

CREATE VIEW v_credit_lines AS SELECT t.id, n.number AS credit_note_number, i.number AS invoice_number, l.position,
  p.sku, p.name AS product, ${decimal('t.qty')} AS qty, i.currency, ${money('t.amount', 'i.currency')} AS amount
FROM live_credit_lines t LEFT JOIN credit_notes n ON n.id = t.credit_note_id AND n._alive = 1
  LEFT JOIN invoices i ON i.id = n.invoice_id AND i._alive = 1
  LEFT JOIN invoice_lines l ON l.id = t.invoice_line_id AND l._alive = 1
  LEFT JOIN products p ON p.id = l.product_id AND p._alive = 1;

CREATE VIEW v_payments AS SELECT t.id, a.code AS account_code, a.name AS account, t.received_on, t.currency,
  ${money('t.amount', 't.currency')} AS amount, ${word('t.method', HOW)} AS method, t.reference, t.note
FROM live_payments t ${account};

CREATE VIEW v_allocations AS SELECT t.id, p.reference AS payment, p.received_on, i.number AS invoice_number, p.currency,
  ${money('t.amount', 'p.currency')} AS amount
FROM live_allocations t LEFT JOIN payments p ON p.id = t.payment_id AND p._alive = 1 ${invoice};

CREATE VIEW v_promises AS SELECT t.id, i.number AS invoice_number, t.promised_for, t.said_on, t.said_by, i.currency,
  ${money('t.amount', 'i.currency')} AS amount
FROM live_promises t ${invoice};

CREATE VIEW v_payment_plans AS SELECT t.id, i.number AS invoice_number, t.agreed_on, i.currency,
  ${money('t.settled_before', 'i.currency')} AS settled_before
FROM live_payment_plans t ${invoice};

CREATE VIEW v_instalments AS SELECT t.id, i.number AS invoice_number, p.agreed_on, t.due_on, i.currency,
  ${money('t.amount', 'i.currency')} AS amount
FROM live_instalments t LEFT JOIN payment_plans p ON p.id = t.plan_id AND p._alive = 1
  LEFT JOIN invoices i ON i.id = p.invoice_id AND i._alive = 1;

CREATE VIEW v_disputes AS SELECT t.id, t.number, i.number AS invoice_number, a.code AS account_code, a.name AS account,
  ${word('t.status', QUERY_STATES)} AS status, ${word('t.reason', REASONS)} AS reason, i.currency,
  ${money('t.amount', 'i.currency')} AS amount, t.opened_on, t.due_on, t.answered_on, t.closed_on,
  w.name AS processor, k.name AS coordinator, r.name AS responsible, t.description, t.answer, t.root_cause,
  ${word('t.outcome', OUTCOMES)} AS outcome, n.number AS credit_note_number
FROM live_disputes t ${invoice} ${account} ${person('w', 'processor_id')} ${person('k', 'coordinator_id')}
  ${person('r', 'responsible_id')} LEFT JOIN credit_notes n ON n.id = t.credit_note_id AND n._alive = 1;
`;
