/** Returns, a row for each line that comes back; the credit notes they were settled by, and the fee on a line of its own. */
import { decimal, money, searchTables, word } from './view-sql.ts';

const SYSTEM = '_scope INTEGER, _h INTEGER, _d INTEGER, _st INTEGER, _x TEXT, _extra TEXT, _c TEXT, _alive INTEGER';

const STATES = {
  requested: 'Requested',
  authorised: 'Authorised',
  denied: 'Denied',
  labelled: 'Label sent',
  received: 'Received',
  accepted: 'Accepted',
  rejected: 'Rejected',
  settled: 'Settled',
};
const OPERATIONS = {
  refund: 'Refund, goods come back',
  refund_keep: 'Refund, goods stay',
  replace: 'The same again',
  replace_other: 'Another product instead',
  repair: 'Repair',
  not_ordered: 'Goods nobody ordered',
};

const joined = (table: string, alias: string, field: string): string =>
  `LEFT JOIN ${table} ${alias} ON ${alias}.id = t.${field} AND ${alias}._alive = 1`;

const credited = (note: string): string =>
  `((SELECT sum(l.amount) FROM credit_lines l WHERE l.credit_note_id = ${note}.id AND l._alive = 1) + coalesce(${note}.tax, 0))`;

export const returns = `
CREATE TABLE returns(_n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  number TEXT, number_sort TEXT, number_match TEXT, account_id TEXT, order_id TEXT, product_id TEXT, status TEXT, operation TEXT,
  due_on TEXT, qty INTEGER, authorised INTEGER, received INTEGER, accepted INTEGER, reason TEXT, owner_id TEXT, fee_share INTEGER,
  override TEXT, finding TEXT, shipment TEXT, shipment_sort TEXT, shipment_match TEXT, requested_on TEXT, received_on TEXT,
  settled_on TEXT, uom TEXT, currency TEXT, replacement_id TEXT, order_line_id TEXT, description TEXT, ${SYSTEM});
CREATE VIEW live_returns AS SELECT * FROM returns WHERE _alive = 1;
${searchTables(['returns'])}

CREATE INDEX returns_number ON returns(number_match);
CREATE INDEX returns_shipment ON returns(shipment_match);
CREATE INDEX returns_account ON returns(account_id);
CREATE INDEX returns_order ON returns(order_id);
CREATE INDEX returns_line ON returns(order_line_id);
CREATE INDEX returns_status ON returns(status);
CREATE INDEX returns_due ON returns(due_on);

ALTER TABLE credit_notes ADD COLUMN return_id TEXT;
ALTER TABLE credit_lines ADD COLUMN description TEXT;
CREATE INDEX credit_notes_return ON credit_notes(return_id);

CREATE VIEW v_returns AS SELECT t.id, t.number, a.code AS account_code, a.name AS account, o.number AS order_number, p.sku,
  p.name AS product, ${word('t.status', STATES)} AS status, ${word('t.operation', OPERATIONS)} AS operation, t.due_on,
  ${decimal('t.qty')} AS qty, ${decimal('t.authorised')} AS authorised, ${decimal('t.received')} AS received,
  ${decimal('t.accepted')} AS accepted, t.uom, t.currency,
  ${money(`(SELECT sum(${credited('n')}) FROM credit_notes n WHERE n.return_id = t.id AND n._alive = 1)`, 't.currency')} AS credited,
  t.reason, w.code AS owner_code, w.name AS owner, ${decimal('t.fee_share')} AS fee_share, t.override, t.finding, t.shipment,
  t.requested_on, t.received_on, t.settled_on, r.number AS replacement_number, t.description
FROM live_returns t ${joined('accounts', 'a', 'account_id')} ${joined('orders', 'o', 'order_id')}
  ${joined('products', 'p', 'product_id')} ${joined('people', 'w', 'owner_id')} ${joined('orders', 'r', 'replacement_id')};

DROP VIEW v_credit_notes;
CREATE VIEW v_credit_notes AS SELECT t.id, t.number, t.legal_number, i.number AS invoice_number, a.code AS account_code,
  a.name AS account, t.credited_on, i.currency, ${money(credited('t'), 'i.currency')} AS amount, t.reason,
  ${money('t.tax', 'i.currency')} AS tax, r.number AS return_number
FROM live_credit_notes t ${joined('invoices', 'i', 'invoice_id')} ${joined('accounts', 'a', 'account_id')}
  ${joined('returns', 'r', 'return_id')};

DROP VIEW v_credit_lines;
CREATE VIEW v_credit_lines AS SELECT t.id, n.number AS credit_note_number, i.number AS invoice_number, l.position,
  p.sku, coalesce(t.description, p.name) AS product, ${decimal('t.qty')} AS qty, i.currency,
  ${money('t.amount', 'i.currency')} AS amount
FROM live_credit_lines t LEFT JOIN credit_notes n ON n.id = t.credit_note_id AND n._alive = 1
  LEFT JOIN invoices i ON i.id = n.invoice_id AND i._alive = 1 ${joined('invoice_lines', 'l', 'invoice_line_id')}
  LEFT JOIN products p ON p.id = l.product_id AND p._alive = 1;
`;
