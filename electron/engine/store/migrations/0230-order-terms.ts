/** Who pays and when goods are taken (O1), and why a person set a price (P8); views that show it. */
import { decimal, exact, money, word } from './view-sql.ts';

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
const WORK = { line: 'Quantity × price, rounded', unit: 'Price rounded, × quantity' };
const WAYS = { theirs: 'Theirs for 1 of ours', ours: 'Ours for 1 of theirs' };
const COUNTS = "coalesce(t.option_group, '') = '' AND coalesce(t.optional, 0) = 0 OR coalesce(t.chosen, 0) = 1";

/** The rate a document was agreed by, of its day and source. */
const FX = `json_extract(t.fx_policy, '$.rate') / 1000000.0 AS fx_rate,
  ${word("json_extract(t.fx_policy, '$.way')", WAYS)} AS fx_way, json_extract(t.fx_policy, '$.on') AS fx_on,
  json_extract(t.fx_policy, '$.source') AS fx_source, json_extract(t.fx_policy, '$.base') AS fx_currency`;

export const orderTerms = `
ALTER TABLE orders ADD COLUMN bill_to_id TEXT;
ALTER TABLE orders ADD COLUMN delivery_window TEXT;
ALTER TABLE invoices ADD COLUMN bill_to_id TEXT;
ALTER TABLE order_lines ADD COLUMN price_why TEXT;
ALTER TABLE quote_lines ADD COLUMN price_why TEXT;

DROP VIEW v_orders;
CREATE VIEW v_orders AS SELECT t.id, t.number, a.code AS account_code, a.name AS account, t.po_ref,
  ${word('t.status', ORDER_STATES)} AS status, t.ordered_on, t.requested, t.promised, s.shipped_on,
  CASE WHEN s.shipped_on IS NOT NULL THEN coalesce(s.late_shipped, 0) > 0 END AS late,
  CASE WHEN s.shipped_on IS NOT NULL THEN max(coalesce(s.late_shipped, 0), 0) END AS days_late,
  s.is_open, s.due_on, s.lines, s.counted, t.currency,
  ${decimal('s.net_micros')} AS net, ${exact('s.net_micros')} AS net_exact, s.net_micros,
  ${money('s.net', 't.currency')} AS net_rounded, ${money('t.freight', 't.currency')} AS freight,
  ${decimal('s.qty')} AS qty, ${decimal('s.open_qty')} AS open_qty, ${decimal('s.shipped_qty')} AS shipped_qty,
  i.code AS site_code, i.name AS site, c.name AS contact, k.code AS carrier_code, k.name AS carrier,
  o.code AS owner_code, o.name AS owner, t.terms, t.incoterm,
  ${word('t.delivery', { partials: 'Partials allowed', complete: 'Ship complete' })} AS delivery,
  t.cancel_after, t.price_on, t.ship_name, t.ship_street, t.ship_city, t.ship_region, t.ship_postcode, t.ship_country,
  ${word('t.rounding', { line: 'Each line', document: 'Whole order' })} AS rounding, t.instructions, t.notes,
  ${word('t.line_rounding', WORK)} AS line_rounding, ${FX}, t.sales_channel,
  b.code AS bill_to_code, b.name AS bill_to, t.delivery_window
FROM live_orders t LEFT JOIN order_sums s ON s.n = t._n
  LEFT JOIN accounts a ON a.id = t.account_id AND a._alive = 1 LEFT JOIN sites i ON i.id = t.site_id AND i._alive = 1
  LEFT JOIN contacts c ON c.id = t.contact_id AND c._alive = 1 LEFT JOIN partners k ON k.id = t.carrier_id AND k._alive = 1
  LEFT JOIN people o ON o.id = t.owner_id AND o._alive = 1 LEFT JOIN accounts b ON b.id = t.bill_to_id AND b._alive = 1;

DROP VIEW v_order_lines;
CREATE VIEW v_order_lines AS SELECT t.id, d.number AS order_number, t.position, d.ordered_on,
  ${word('d.status', ORDER_STATES)} AS order_status, a.code AS account_code, a.name AS account, p.sku, p.name AS product,
  g.code AS group_code, g.name AS "group", o.code AS owner_code, o.name AS owner, k.code AS carrier_code, k.name AS carrier,
  d.ship_country, ${decimal('t.qty')} AS qty, t.uom, ${decimal('t.price')} AS price, ${decimal('t.discount')} AS discount,
  d.currency, ${decimal('t.net_micros')} AS net, ${exact('t.net_micros')} AS net_exact, t.net_micros,
  ${money('t.net', 'd.currency')} AS net_rounded, t.description, s.requested, s.promised,
  ${decimal('s.open_qty')} AS open_qty, ${decimal('s.shipped_qty')} AS shipped_qty, s.shipped_on, t.note, t.tax_code, t.price_why
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
  t.chosen, t.requested, ${decimal('t.cost')} AS cost, ${decimal('t.accepted_qty')} AS accepted_qty, t.note, t.tax_code, t.price_why
FROM live_quote_lines t LEFT JOIN quotes d ON d.id = t.quote_id AND d._alive = 1
  LEFT JOIN accounts a ON a.id = d.account_id AND a._alive = 1 LEFT JOIN products p ON p.id = t.product_id AND p._alive = 1;

DROP VIEW v_invoices;
CREATE VIEW v_invoices AS SELECT t.id, t.number, t.legal_number, a.code AS account_code, a.name AS account,
  o.number AS order_number, t.po_ref, ${word('t.status', INVOICE_STATES)} AS status, t.issued_on, t.due_on, t.currency, s.lines,
  ${money('s.total', 't.currency')} AS total, ${money('s.open', 't.currency')} AS open,
  ${money('s.paid', 't.currency')} AS paid, ${money('s.credited', 't.currency')} AS credited,
  ${money('s.disputed', 't.currency')} AS disputed, ${money('t.freight', 't.currency')} AS freight, t.terms,
  c.name AS contact, p.code AS owner_code, p.name AS owner, t.notes, ${money('t.tax', 't.currency')} AS tax,
  ${FX}, b.code AS bill_to_code, b.name AS bill_to
FROM live_invoices t LEFT JOIN invoice_sums s ON s.n = t._n LEFT JOIN accounts a ON a.id = t.account_id AND a._alive = 1
  LEFT JOIN orders o ON o.id = t.order_id AND o._alive = 1 LEFT JOIN contacts c ON c.id = t.contact_id AND c._alive = 1
  LEFT JOIN people p ON p.id = t.owner_id AND p._alive = 1 LEFT JOIN accounts b ON b.id = t.bill_to_id AND b._alive = 1;
`;
