/**
 * Tax: the code of a product and of each line, the certificate that frees an account, and on every document the table and
 * the way it was worked by (M3, M6). Of an invoice and a credit note also what tax added.
 */
import { decimal, exact, firstOf, instant, money, word } from './view-sql.ts';

const ORDER_STATES = { draft: 'Draft', submitted: 'Submitted', confirmed: 'Confirmed', cancelled: 'Cancelled', closed: 'Closed' };
const QUOTE_STATES = {
  draft: 'Draft',
  in_review: 'In review',
  approved: 'Approved',
  sent: 'Sent',
  accepted: 'Accepted',
  partly_accepted: 'Partly accepted',
  rejected: 'Rejected',
  withdrawn: 'Withdrawn',
  superseded: 'Superseded',
};
const INVOICE_STATES = { draft: 'Draft', issued: 'Issued', void: 'Void' };
const COUNTS = "coalesce(t.option_group, '') = '' AND coalesce(t.optional, 0) = 0 OR coalesce(t.chosen, 0) = 1";

export const tax = `
ALTER TABLE products ADD COLUMN tax_code TEXT;
ALTER TABLE accounts ADD COLUMN tax_exempt_no TEXT;
ALTER TABLE accounts ADD COLUMN tax_exempt_to TEXT;
ALTER TABLE order_lines ADD COLUMN tax_code TEXT;
ALTER TABLE quote_lines ADD COLUMN tax_code TEXT;
ALTER TABLE invoice_lines ADD COLUMN tax_code TEXT;
ALTER TABLE orders ADD COLUMN tax_policy TEXT;
ALTER TABLE quotes ADD COLUMN tax_policy TEXT;
ALTER TABLE invoices ADD COLUMN tax_policy TEXT;
ALTER TABLE invoices ADD COLUMN tax INTEGER;
ALTER TABLE credit_notes ADD COLUMN tax INTEGER;

DROP VIEW v_products;
CREATE VIEW v_products AS SELECT t.id, t.sku, t.name, g.code AS group_code, g.name AS "group", t.uom, t.pack,
  ${decimal('t.list_price')} AS list_price, ${decimal('t.cost')} AS cost, ${decimal('t.floor_price')} AS floor_price,
  t.currency, ${decimal('t.stock')} AS stock, ${decimal('t.on_order')} AS on_order, ${decimal('t.reorder_at')} AS reorder_at,
  t.lead_days, v.code AS supplier_code, v.name AS supplier,
  ${word('t.status', { active: 'Active', discontinued: 'Discontinued' })} AS status, t.notes,
  ${decimal('t.pack_qty')} AS pack_qty, ${decimal('t.min_qty')} AS min_qty,
  ${word('t.nature', { goods: 'Goods', service: 'Service' })} AS nature, s.sku AS substitute,
  ${decimal('t.over_share')} AS over_share, ${decimal('t.under_share')} AS under_share, t.tax_code
FROM live_products t LEFT JOIN product_groups g ON g.id = t.group_id AND g._alive = 1
  LEFT JOIN partners v ON v.id = t.supplier_id AND v._alive = 1 LEFT JOIN products s ON s.id = t.substitute_id AND s._alive = 1;

DROP VIEW v_accounts;
CREATE VIEW v_accounts AS SELECT t.id, t.code, t.name, p.code AS parent_code, p.name AS parent,
  ${word('t.status', { active: 'Active', prospect: 'Prospect', dormant: 'Dormant', on_stop: 'On stop' })} AS status,
  ${word('t.tier', { a: 'A', b: 'B', c: 'C' })} AS tier, o.code AS owner_code, o.name AS owner, t.industry,
  t.street, t.city, t.region, t.postcode, t.country, ${firstOf('t.phones')} AS phone, t.email, t.website, t.currency,
  t.terms, ${money('t.credit_limit', 't.currency')} AS credit_limit, t.next_step, t.next_step_on, t.renewal_on,
  (SELECT count(*) FROM order_sums s WHERE s.account_id = t.id AND s.is_open = 1) AS open_orders,
  ${instant(
    "(SELECT max(c.at) FROM activities c WHERE c.about_id = t.id AND c._alive = 1 AND c.kind <> 'note')",
  )} AS last_contact_at, t.notes, ${money('t.min_order', 't.currency')} AS min_order,
  ${decimal('t.over_share')} AS over_share, ${decimal('t.under_share')} AS under_share, t.no_credit_check, t.tax_exempt_no, t.tax_exempt_to
FROM live_accounts t LEFT JOIN accounts p ON p.id = t.parent_id AND p._alive = 1
  LEFT JOIN people o ON o.id = t.owner_id AND o._alive = 1;

DROP VIEW v_order_lines;
CREATE VIEW v_order_lines AS SELECT t.id, d.number AS order_number, t.position, d.ordered_on,
  ${word('d.status', ORDER_STATES)} AS order_status, a.code AS account_code, a.name AS account, p.sku, p.name AS product,
  g.code AS group_code, g.name AS "group", o.code AS owner_code, o.name AS owner, k.code AS carrier_code, k.name AS carrier,
  d.ship_country, ${decimal('t.qty')} AS qty, t.uom, ${decimal('t.price')} AS price, ${decimal('t.discount')} AS discount,
  d.currency, ${decimal('t.net_micros')} AS net, ${exact('t.net_micros')} AS net_exact, t.net_micros,
  ${money('t.net', 'd.currency')} AS net_rounded, t.description, s.requested, s.promised,
  ${decimal('s.open_qty')} AS open_qty, ${decimal('s.shipped_qty')} AS shipped_qty, s.shipped_on, t.note, t.tax_code
FROM live_order_lines t LEFT JOIN line_sums s ON s.n = t._n LEFT JOIN orders d ON d.id = t.order_id AND d._alive = 1
  LEFT JOIN accounts a ON a.id = d.account_id AND a._alive = 1 LEFT JOIN products p ON p.id = t.product_id AND p._alive = 1
  LEFT JOIN product_groups g ON g.id = p.group_id AND g._alive = 1 LEFT JOIN people o ON o.id = d.owner_id AND o._alive = 1
  LEFT JOIN partners k ON k.id = d.carrier_id AND k._alive = 1;

DROP VIEW v_quote_lines;
CREATE VIEW v_quote_lines AS SELECT t.id, d.number AS quote_number, t.position, d.quoted_on,
  ${word('d.status', QUOTE_STATES)} AS quote_status, a.code AS account_code, a.name AS account, p.sku, p.name AS product,
  ${decimal('t.qty')} AS qty, t.uom, ${decimal('t.price')} AS price, ${decimal('t.discount')} AS discount, d.currency,
  ${decimal('t.net_micros')} AS net, ${exact('t.net_micros')} AS net_exact, t.net_micros,
  ${money('t.net', 'd.currency')} AS net_rounded, (${COUNTS}) AS is_counted, t.description, t.option_group, t.optional,
  t.chosen, t.requested, ${decimal('t.cost')} AS cost, ${decimal('t.accepted_qty')} AS accepted_qty, t.note, t.tax_code
FROM live_quote_lines t LEFT JOIN quotes d ON d.id = t.quote_id AND d._alive = 1
  LEFT JOIN accounts a ON a.id = d.account_id AND a._alive = 1 LEFT JOIN products p ON p.id = t.product_id AND p._alive = 1;

DROP VIEW v_invoices;
CREATE VIEW v_invoices AS SELECT t.id, t.number, t.legal_number, a.code AS account_code, a.name AS account,
  o.number AS order_number, t.po_ref, ${word('t.status', INVOICE_STATES)} AS status, t.issued_on, t.due_on, t.currency, s.lines,
  ${money('s.total', 't.currency')} AS total, ${money('s.open', 't.currency')} AS open,
  ${money('s.paid', 't.currency')} AS paid, ${money('s.credited', 't.currency')} AS credited,
  ${money('s.disputed', 't.currency')} AS disputed, ${money('t.freight', 't.currency')} AS freight, t.terms,
  c.name AS contact, p.code AS owner_code, p.name AS owner, t.notes, ${money('t.tax', 't.currency')} AS tax
FROM live_invoices t LEFT JOIN invoice_sums s ON s.n = t._n LEFT JOIN accounts a ON a.id = t.account_id AND a._alive = 1
  LEFT JOIN orders o ON o.id = t.order_id AND o._alive = 1 LEFT JOIN contacts c ON c.id = t.contact_id AND c._alive = 1
  LEFT JOIN people p ON p.id = t.owner_id AND p._alive = 1;

DROP VIEW v_invoice_lines;
CREATE VIEW v_invoice_lines AS SELECT t.id, i.number AS invoice_number, t.position, i.issued_on,
  ${word('i.status', INVOICE_STATES)} AS invoice_status, a.code AS account_code, a.name AS account, p.sku, p.name AS product,
  ${decimal('t.qty')} AS qty, t.uom, ${decimal('t.price')} AS price, ${decimal('t.discount')} AS discount, i.currency,
  ${money('t.amount', 'i.currency')} AS amount, t.description, t.note, t.tax_code
FROM live_invoice_lines t LEFT JOIN invoices i ON i.id = t.invoice_id AND i._alive = 1 LEFT JOIN accounts a ON a.id = i.account_id AND a._alive = 1
  LEFT JOIN products p ON p.id = t.product_id AND p._alive = 1;

DROP VIEW v_credit_notes;
CREATE VIEW v_credit_notes AS SELECT t.id, t.number, t.legal_number, i.number AS invoice_number, a.code AS account_code,
  a.name AS account, t.credited_on, i.currency,
  ${money('((SELECT sum(l.amount) FROM credit_lines l WHERE l.credit_note_id = t.id AND l._alive = 1) + coalesce(t.tax, 0))', 'i.currency')} AS amount,
  t.reason, ${money('t.tax', 'i.currency')} AS tax
FROM live_credit_notes t LEFT JOIN invoices i ON i.id = t.invoice_id AND i._alive = 1 LEFT JOIN accounts a ON a.id = t.account_id AND a._alive = 1;
`;
