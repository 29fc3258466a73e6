/** A discount of a whole document (M5): on orders and quotes, and what of it each line of an invoice bears; views that show it. */
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

/** The rate a document was agreed by, of its day and source. */
const FX = `json_extract(t.fx_policy, '$.rate') / 1000000.0 AS fx_rate,
  ${word("json_extract(t.fx_policy, '$.way')", WAYS)} AS fx_way, json_extract(t.fx_policy, '$.on') AS fx_on,
  json_extract(t.fx_policy, '$.source') AS fx_source, json_extract(t.fx_policy, '$.base') AS fx_currency`;
const LOST = {
  price: 'Price',
  timing: 'Timing',
  competitor: 'Competitor',
  no_decision: 'No decision',
  duplicate: 'Duplicate',
  withdrawn: 'Our withdrawal',
};

export const headerDiscount = `
ALTER TABLE orders ADD COLUMN header_discount INTEGER;
ALTER TABLE orders ADD COLUMN header_percent INTEGER;
ALTER TABLE quotes ADD COLUMN header_discount INTEGER;
ALTER TABLE quotes ADD COLUMN header_percent INTEGER;
ALTER TABLE invoice_lines ADD COLUMN header_discount INTEGER;
ALTER TABLE order_sums ADD COLUMN discount INTEGER;
ALTER TABLE quote_sums ADD COLUMN discount INTEGER;

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
  b.code AS bill_to_code, b.name AS bill_to, t.delivery_window,
  ${money('t.header_discount', 't.currency')} AS header_discount, ${decimal('t.header_percent')} AS header_percent,
  ${money('s.discount', 't.currency')} AS discount_taken
FROM live_orders t LEFT JOIN order_sums s ON s.n = t._n
  LEFT JOIN accounts a ON a.id = t.account_id AND a._alive = 1 LEFT JOIN sites i ON i.id = t.site_id AND i._alive = 1
  LEFT JOIN contacts c ON c.id = t.contact_id AND c._alive = 1 LEFT JOIN partners k ON k.id = t.carrier_id AND k._alive = 1
  LEFT JOIN people o ON o.id = t.owner_id AND o._alive = 1 LEFT JOIN accounts b ON b.id = t.bill_to_id AND b._alive = 1;

DROP VIEW v_quotes;
CREATE VIEW v_quotes AS SELECT t.id, t.number, a.code AS account_code, a.name AS account, t.subject,
  ${word('t.status', QUOTE_STATES)} AS status, t.quoted_on, t.valid_to, t.sent_on, t.decided_on, s.lines, s.counted, t.currency,
  ${decimal('s.net_micros')} AS net, ${exact('s.net_micros')} AS net_exact, s.net_micros,
  ${money('s.net', 't.currency')} AS net_rounded,
  CASE WHEN s.net_micros > 0 THEN (s.net_micros - s.cost_micros) * 1.0 / s.net_micros END AS margin,
  ${decimal('t.probability')} AS probability, t.next_step, t.next_step_on, t.requested, t.revision, t.base_number,
  r.number AS revised_from, i.code AS site_code, i.name AS site, c.name AS contact, o.code AS owner_code, o.name AS owner,
  t.terms, t.incoterm, t.customer_ref, ${word('t.rounding', { line: 'Each line', document: 'Whole quote' })} AS rounding,
  t.price_on, t.recipient, ${word('t.channel', { mail: 'E-mail', portal: 'Portal', paper: 'Paper', told: 'Told' })} AS channel,
  ${word('t.loss_reason', LOST)} AS loss_reason, t.competitor, t.wording, t.notes,
  t.charge_mode, t.rates_to, t.transit, t.free_days,
  ${word('t.line_rounding', WORK)} AS line_rounding, ${FX}, t.sales_channel,
  ${money('t.header_discount', 't.currency')} AS header_discount, ${decimal('t.header_percent')} AS header_percent,
  ${money('s.discount', 't.currency')} AS discount_taken
FROM live_quotes t LEFT JOIN quote_sums s ON s.n = t._n
  LEFT JOIN accounts a ON a.id = t.account_id AND a._alive = 1 LEFT JOIN sites i ON i.id = t.site_id AND i._alive = 1
  LEFT JOIN contacts c ON c.id = t.contact_id AND c._alive = 1 LEFT JOIN people o ON o.id = t.owner_id AND o._alive = 1
  LEFT JOIN quotes r ON r.id = t.revised_from AND r._alive = 1;

DROP VIEW v_invoice_lines;
CREATE VIEW v_invoice_lines AS SELECT t.id, i.number AS invoice_number, t.position, i.issued_on,
  ${word('i.status', INVOICE_STATES)} AS invoice_status, a.code AS account_code, a.name AS account, p.sku, p.name AS product,
  ${decimal('t.qty')} AS qty, t.uom, ${decimal('t.price')} AS price, ${decimal('t.discount')} AS discount, i.currency,
  ${money('t.amount', 'i.currency')} AS amount, t.description, t.note, t.tax_code,
  ${money('t.header_discount', 'i.currency')} AS header_discount
FROM live_invoice_lines t LEFT JOIN invoices i ON i.id = t.invoice_id AND i._alive = 1 LEFT JOIN accounts a ON a.id = i.account_id AND a._alive = 1
  LEFT JOIN products p ON p.id = t.product_id AND p._alive = 1;
`;
