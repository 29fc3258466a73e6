/**
 * The search tables, and the public reading views `v_*` for queries, files and people (DECISIONS.md 2): names in
 * words, amounts as decimals, links as code and name. What each column means is told by store/public-views.ts.
 *
 * Columns are only ever added. `net` is exact and unrounded, as a number (`net`), as text (`net_exact`) and as an
 * integer of millionths (`net_micros`); `net_rounded` is what the document says by its own rounding.
 */

import { decimal, exact, firstOf, instant, money, searchTables, word } from './view-sql.ts';

const SEARCHED = [
  'people',
  'partners',
  'accounts',
  'sites',
  'contacts',
  'product_groups',
  'products',
  'orders',
  'order_lines',
  'activities',
];

const ORDER_STATES = { draft: 'Draft', submitted: 'Submitted', confirmed: 'Confirmed', cancelled: 'Cancelled', closed: 'Closed' };

export const views = `
${searchTables(SEARCHED)}

CREATE VIEW v_people AS SELECT t.id, t.code, t.name, t.first_name, t.last_name, t.job_title, t.email,
  ${firstOf('t.phones')} AS phone, m.code AS manager_code, m.name AS manager, t.hired_on, t.born_on, t.street, t.city,
  t.region, t.postcode, t.country, t.active, t.notes
FROM live_people t LEFT JOIN people m ON m.id = t.manager_id AND m._alive = 1;

CREATE VIEW v_partners AS SELECT t.id, t.code, t.name,
  ${word('t.kind', { carrier: 'Carrier', vendor: 'Vendor', contractor: 'Contractor', venue: 'Venue' })} AS kind,
  a.code AS account_code, a.name AS account, t.street, t.city, t.region, t.postcode, t.country,
  ${firstOf('t.phones')} AS phone, t.email, t.website, t.insurance_to, t.contract_to, t.active, t.notes
FROM live_partners t LEFT JOIN accounts a ON a.id = t.account_id AND a._alive = 1;

CREATE VIEW v_accounts AS SELECT t.id, t.code, t.name, p.code AS parent_code, p.name AS parent,
  ${word('t.status', { active: 'Active', prospect: 'Prospect', dormant: 'Dormant', on_stop: 'On stop' })} AS status,
  ${word('t.tier', { a: 'A', b: 'B', c: 'C' })} AS tier, o.code AS owner_code, o.name AS owner, t.industry,
  t.street, t.city, t.region, t.postcode, t.country, ${firstOf('t.phones')} AS phone, t.email, t.website, t.currency,
  t.terms, ${money('t.credit_limit', 't.currency')} AS credit_limit, t.next_step, t.next_step_on, t.renewal_on,
  (SELECT count(*) FROM order_sums s WHERE s.account_id = t.id AND s.is_open = 1) AS open_orders,
  ${instant(
    "(SELECT max(c.at) FROM activities c WHERE c.about_id = t.id AND c._alive = 1 AND c.kind <> 'note')",
  )} AS last_contact_at, t.notes
FROM live_accounts t LEFT JOIN accounts p ON p.id = t.parent_id AND p._alive = 1
  LEFT JOIN people o ON o.id = t.owner_id AND o._alive = 1;

CREATE VIEW v_sites AS SELECT t.id, a.code AS account_code, a.name AS account, t.code, t.name, t.street, t.city, t.region,
  t.postcode, t.country, t.instructions
FROM live_sites t LEFT JOIN accounts a ON a.id = t.account_id AND a._alive = 1;

CREATE VIEW v_contacts AS SELECT t.id, t.name, coalesce(a.code, p.code) AS account_code, coalesce(a.name, p.name) AS account,
  CASE WHEN a.id IS NOT NULL THEN 'Account' WHEN p.id IS NOT NULL THEN 'Partner' END COLLATE NOCASE AS account_kind,
  t.role, ${firstOf('t.emails')} AS email, ${firstOf('t.phones')} AS phone, t.next_due_on,
  ${word('t.consent', { yes: 'Yes', no: 'No', asked: 'Asked' })} AS consent, o.code AS owner_code, o.name AS owner, t.notes
FROM live_contacts t LEFT JOIN accounts a ON a.id = t.party_id AND a._alive = 1
  LEFT JOIN partners p ON p.id = t.party_id AND p._alive = 1 LEFT JOIN people o ON o.id = t.owner_id AND o._alive = 1;

CREATE VIEW v_product_groups AS SELECT t.id, t.code, t.name, p.code AS parent_code, p.name AS parent, t.description
FROM live_product_groups t LEFT JOIN product_groups p ON p.id = t.parent_id AND p._alive = 1;

CREATE VIEW v_products AS SELECT t.id, t.sku, t.name, g.code AS group_code, g.name AS "group", t.uom, t.pack,
  ${decimal('t.list_price')} AS list_price, ${decimal('t.cost')} AS cost, ${decimal('t.floor_price')} AS floor_price,
  t.currency, ${decimal('t.stock')} AS stock, ${decimal('t.on_order')} AS on_order, ${decimal('t.reorder_at')} AS reorder_at,
  t.lead_days, v.code AS supplier_code, v.name AS supplier,
  ${word('t.status', { active: 'Active', discontinued: 'Discontinued' })} AS status, t.notes
FROM live_products t LEFT JOIN product_groups g ON g.id = t.group_id AND g._alive = 1
  LEFT JOIN partners v ON v.id = t.supplier_id AND v._alive = 1;

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
  ${word('t.rounding', { line: 'Each line', document: 'Whole order' })} AS rounding, t.instructions, t.notes
FROM live_orders t LEFT JOIN order_sums s ON s.n = t._n
  LEFT JOIN accounts a ON a.id = t.account_id AND a._alive = 1 LEFT JOIN sites i ON i.id = t.site_id AND i._alive = 1
  LEFT JOIN contacts c ON c.id = t.contact_id AND c._alive = 1 LEFT JOIN partners k ON k.id = t.carrier_id AND k._alive = 1
  LEFT JOIN people o ON o.id = t.owner_id AND o._alive = 1;

CREATE VIEW v_order_lines AS SELECT t.id, d.number AS order_number, t.position, d.ordered_on,
  ${word('d.status', ORDER_STATES)} AS order_status, a.code AS account_code, a.name AS account, p.sku, p.name AS product,
  g.code AS group_code, g.name AS "group", o.code AS owner_code, o.name AS owner, k.code AS carrier_code, k.name AS carrier,
  d.ship_country, ${decimal('t.qty')} AS qty, t.uom, ${decimal('t.price')} AS price, ${decimal('t.discount')} AS discount,
  d.currency, ${decimal('t.net_micros')} AS net, ${exact('t.net_micros')} AS net_exact, t.net_micros,
  ${money('t.net', 'd.currency')} AS net_rounded, t.description, s.requested, s.promised,
  ${decimal('s.open_qty')} AS open_qty, ${decimal('s.shipped_qty')} AS shipped_qty, s.shipped_on, t.note
FROM live_order_lines t LEFT JOIN line_sums s ON s.n = t._n LEFT JOIN orders d ON d.id = t.order_id AND d._alive = 1
  LEFT JOIN accounts a ON a.id = d.account_id AND a._alive = 1 LEFT JOIN products p ON p.id = t.product_id AND p._alive = 1
  LEFT JOIN product_groups g ON g.id = p.group_id AND g._alive = 1 LEFT JOIN people o ON o.id = d.owner_id AND o._alive = 1
  LEFT JOIN partners k ON k.id = d.carrier_id AND k._alive = 1;

CREATE VIEW v_schedule_lines AS SELECT t.id, d.number AS order_number, l.position, p.sku, ${decimal('t.qty')} AS qty,
  t.requested, t.promised_original, t.promised
FROM live_schedule_lines t LEFT JOIN order_lines l ON l.id = t.line_id AND l._alive = 1
  LEFT JOIN orders d ON d.id = l.order_id AND d._alive = 1 LEFT JOIN products p ON p.id = l.product_id AND p._alive = 1;

CREATE VIEW v_fulfilments AS SELECT t.id, d.number AS order_number, l.position, p.sku,
  ${word('t.kind', {
    shipped: 'Shipped',
    delivered: 'Delivered',
    accepted: 'Accepted',
    returned: 'Returned',
    cancelled: 'Cancelled',
    short_closed: 'Closed short',
    invoiced: 'Invoiced',
    credited: 'Credited',
  })} AS kind, ${decimal('t.qty')} AS qty, t.happened_on,
  ${word('t.done_by', { us: 'Us', customer: 'Customer', carrier: 'Carrier' })} AS done_by, t.reason, t.source
FROM live_fulfilments t LEFT JOIN schedule_lines s ON s.id = t.schedule_id AND s._alive = 1
  LEFT JOIN order_lines l ON l.id = s.line_id AND l._alive = 1 LEFT JOIN orders d ON d.id = l.order_id AND d._alive = 1
  LEFT JOIN products p ON p.id = l.product_id AND p._alive = 1;

CREATE VIEW v_activities AS SELECT t.id, ${instant('t.at')} AS at,
  ${word('t.kind', { call: 'Call', visit: 'Visit', mail: 'Mail', note: 'Note' })} AS kind,
  substr(t.about, 1, instr(t.about, '/') - 1) AS about_table, coalesce(a.code, k.code, d.number) AS about_code,
  coalesce(a.name, c.name, k.name, d.number) AS about, t.summary, t.body, p.code AS person_code, p.name AS person
FROM live_activities t LEFT JOIN accounts a ON a.id = t.about_id AND a._alive = 1
  LEFT JOIN contacts c ON c.id = t.about_id AND c._alive = 1 LEFT JOIN partners k ON k.id = t.about_id AND k._alive = 1
  LEFT JOIN orders d ON d.id = t.about_id AND d._alive = 1 LEFT JOIN people p ON p.id = t.person_id AND p._alive = 1;

CREATE VIEW v_cell_issues AS SELECT tbl AS table_name, "row" AS id, field, raw, code, level, origin FROM cell_issues;

CREATE VIEW v_settings AS SELECT key, value FROM live_settings;
`;
