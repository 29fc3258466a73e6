/**
 * What is rounded first (M2), of accounts, price lists and documents; exchange rates by day, and the one that a document
 * was agreed by (M6).
 */
import { decimal, exact, firstOf, instant, money, word } from './view-sql.ts';

const SYSTEM = '_scope INTEGER, _h INTEGER, _d INTEGER, _st INTEGER, _x TEXT, _extra TEXT, _c TEXT, _alive INTEGER';

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
const LOST = {
  price: 'Price',
  timing: 'Timing',
  competitor: 'Competitor',
  no_decision: 'No decision',
  duplicate: 'Duplicate',
  withdrawn: 'Our withdrawal',
};
const WORK = { line: 'Quantity × price, rounded', unit: 'Price rounded, × quantity' };
const WAYS = { theirs: 'Theirs for 1 of ours', ours: 'Ours for 1 of theirs' };

/** The rate a document was agreed by, of its day and source. */
const FX = `json_extract(t.fx_policy, '$.rate') / 1000000.0 AS fx_rate,
  ${word("json_extract(t.fx_policy, '$.way')", WAYS)} AS fx_way, json_extract(t.fx_policy, '$.on') AS fx_on,
  json_extract(t.fx_policy, '$.source') AS fx_source, json_extract(t.fx_policy, '$.base') AS fx_currency`;

export const exchange = `
CREATE TABLE exchange_rates(_n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  currency TEXT, rate INTEGER, way TEXT, rated_on TEXT, source TEXT, ${SYSTEM});
CREATE VIEW live_exchange_rates AS SELECT * FROM exchange_rates WHERE _alive = 1;
CREATE INDEX exchange_rates_currency ON exchange_rates(currency);
CREATE VIEW v_exchange_rates AS SELECT t.id, t.currency, ${decimal('t.rate')} AS rate, ${word('t.way', WAYS)} AS way, t.rated_on,
  t.source FROM live_exchange_rates t;

ALTER TABLE accounts ADD COLUMN line_rounding TEXT;
ALTER TABLE price_lists ADD COLUMN line_rounding TEXT;
ALTER TABLE orders ADD COLUMN line_rounding TEXT;
ALTER TABLE quotes ADD COLUMN line_rounding TEXT;
ALTER TABLE orders ADD COLUMN fx_policy TEXT;
ALTER TABLE quotes ADD COLUMN fx_policy TEXT;
ALTER TABLE invoices ADD COLUMN fx_policy TEXT;

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
  ${decimal('t.over_share')} AS over_share, ${decimal('t.under_share')} AS under_share, t.no_credit_check, t.tax_exempt_no, t.tax_exempt_to,
  ${word('t.line_rounding', WORK)} AS line_rounding
FROM live_accounts t LEFT JOIN accounts p ON p.id = t.parent_id AND p._alive = 1
  LEFT JOIN people o ON o.id = t.owner_id AND o._alive = 1;

DROP VIEW v_price_lists;
CREATE VIEW v_price_lists AS SELECT t.id, t.code, t.name,
  CASE t.kind WHEN 'general' THEN 'General' WHEN 'tier' THEN 'Tier' WHEN 'account' THEN 'Account'
    WHEN 'contract' THEN 'Contract' WHEN 'campaign' THEN 'Campaign' ELSE t.kind END COLLATE NOCASE AS kind,
  a.code AS account_code, a.name AS account, i.code AS site_code, i.name AS site,
  CASE t.tier WHEN 'a' THEN 'A' WHEN 'b' THEN 'B' WHEN 'c' THEN 'C' ELSE t.tier END COLLATE NOCASE AS tier,
  t.currency, t.valid_from, t.valid_to, t.version, t.replaces, t.takes_promotions,
  (SELECT count(*) FROM live_prices r WHERE r.list_id = t.id) AS prices, t.notes,
  ${word('t.line_rounding', WORK)} AS line_rounding
FROM live_price_lists t LEFT JOIN accounts a ON a.id = t.account_id AND a._alive = 1
  LEFT JOIN sites i ON i.id = t.site_id AND i._alive = 1;

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
  ${word('t.line_rounding', WORK)} AS line_rounding, ${FX}
FROM live_orders t LEFT JOIN order_sums s ON s.n = t._n
  LEFT JOIN accounts a ON a.id = t.account_id AND a._alive = 1 LEFT JOIN sites i ON i.id = t.site_id AND i._alive = 1
  LEFT JOIN contacts c ON c.id = t.contact_id AND c._alive = 1 LEFT JOIN partners k ON k.id = t.carrier_id AND k._alive = 1
  LEFT JOIN people o ON o.id = t.owner_id AND o._alive = 1;

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
  ${word('t.line_rounding', WORK)} AS line_rounding, ${FX}
FROM live_quotes t LEFT JOIN quote_sums s ON s.n = t._n
  LEFT JOIN accounts a ON a.id = t.account_id AND a._alive = 1 LEFT JOIN sites i ON i.id = t.site_id AND i._alive = 1
  LEFT JOIN contacts c ON c.id = t.contact_id AND c._alive = 1 LEFT JOIN people o ON o.id = t.owner_id AND o._alive = 1
  LEFT JOIN quotes r ON r.id = t.revised_from AND r._alive = 1;

DROP VIEW v_invoices;
CREATE VIEW v_invoices AS SELECT t.id, t.number, t.legal_number, a.code AS account_code, a.name AS account,
  o.number AS order_number, t.po_ref, ${word('t.status', INVOICE_STATES)} AS status, t.issued_on, t.due_on, t.currency, s.lines,
  ${money('s.total', 't.currency')} AS total, ${money('s.open', 't.currency')} AS open,
  ${money('s.paid', 't.currency')} AS paid, ${money('s.credited', 't.currency')} AS credited,
  ${money('s.disputed', 't.currency')} AS disputed, ${money('t.freight', 't.currency')} AS freight, t.terms,
  c.name AS contact, p.code AS owner_code, p.name AS owner, t.notes, ${money('t.tax', 't.currency')} AS tax,
  ${FX}
FROM live_invoices t LEFT JOIN invoice_sums s ON s.n = t._n LEFT JOIN accounts a ON a.id = t.account_id AND a._alive = 1
  LEFT JOIN orders o ON o.id = t.order_id AND o._alive = 1 LEFT JOIN contacts c ON c.id = t.contact_id AND c._alive = 1
  LEFT JOIN people p ON p.id = t.owner_id AND p._alive = 1;
`;
