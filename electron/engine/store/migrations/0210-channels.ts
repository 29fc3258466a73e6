/** The channel an order comes by, which lists and promotions may be for (P1); views that show it. */
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

export const channels = `
ALTER TABLE accounts ADD COLUMN sales_channel TEXT;
ALTER TABLE price_lists ADD COLUMN sales_channel TEXT;
ALTER TABLE promotions ADD COLUMN sales_channel TEXT;
ALTER TABLE orders ADD COLUMN sales_channel TEXT;
ALTER TABLE quotes ADD COLUMN sales_channel TEXT;
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
  ${word('t.line_rounding', WORK)} AS line_rounding, t.sales_channel
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
  ${word('t.line_rounding', WORK)} AS line_rounding, t.sales_channel
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
  ${word('t.line_rounding', WORK)} AS line_rounding, ${FX}, t.sales_channel
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
  ${word('t.line_rounding', WORK)} AS line_rounding, ${FX}, t.sales_channel
FROM live_quotes t LEFT JOIN quote_sums s ON s.n = t._n
  LEFT JOIN accounts a ON a.id = t.account_id AND a._alive = 1 LEFT JOIN sites i ON i.id = t.site_id AND i._alive = 1
  LEFT JOIN contacts c ON c.id = t.contact_id AND c._alive = 1 LEFT JOIN people o ON o.id = t.owner_id AND o._alive = 1
  LEFT JOIN quotes r ON r.id = t.revised_from AND r._alive = 1;

DROP VIEW v_promotions;
CREATE VIEW v_promotions AS SELECT t.id, t.code, t.name, t.percent / 1000000.0 AS percent,
  CASE t.applies WHEN 'lists' THEN 'Lists' WHEN 'all' THEN 'All prices' ELSE t.applies END COLLATE NOCASE AS applies,
  t.combines_with, a.code AS account_code, a.name AS account,
  CASE t.tier WHEN 'a' THEN 'A' WHEN 'b' THEN 'B' WHEN 'c' THEN 'C' ELSE t.tier END COLLATE NOCASE AS tier,
  p.sku, p.name AS product, g.code AS group_code, g.name AS "group", t.min_qty / 1000000.0 AS min_qty,
  t.valid_from, t.valid_to, t.priority, t.notes, t.sales_channel
FROM live_promotions t LEFT JOIN accounts a ON a.id = t.account_id AND a._alive = 1
  LEFT JOIN products p ON p.id = t.product_id AND p._alive = 1
  LEFT JOIN product_groups g ON g.id = t.group_id AND g._alive = 1;
`;
