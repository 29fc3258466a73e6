/**
 * The order desk: holds of orders and changes of confirmed ones, each a record of its own; what products are sold in,
 * the codes they go by, how much more or less a customer takes; and goods that went out in place of others.
 */
import { decimal, firstOf, instant, money, word } from './view-sql.ts';

const SYSTEM = '_scope INTEGER, _h INTEGER, _d INTEGER, _st INTEGER, _x TEXT, _extra TEXT, _c TEXT, _alive INTEGER';

const REASONS = { credit: 'Credit', price: 'Price', approval: 'Approval', stock: 'Stock', customer: 'Customer' };

export const orderDesk = `
ALTER TABLE products ADD COLUMN pack_qty INTEGER;
ALTER TABLE products ADD COLUMN min_qty INTEGER;
ALTER TABLE products ADD COLUMN nature TEXT;
ALTER TABLE products ADD COLUMN substitute_id TEXT;
ALTER TABLE products ADD COLUMN over_share INTEGER;
ALTER TABLE products ADD COLUMN under_share INTEGER;
ALTER TABLE accounts ADD COLUMN min_order INTEGER;
ALTER TABLE accounts ADD COLUMN over_share INTEGER;
ALTER TABLE accounts ADD COLUMN under_share INTEGER;
ALTER TABLE fulfilments ADD COLUMN substitute_id TEXT;
ALTER TABLE fulfilments ADD COLUMN consent TEXT;

CREATE TABLE product_codes(_n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  product_id TEXT, kind TEXT, code TEXT, code_sort TEXT, code_match TEXT, account_id TEXT, ${SYSTEM});
CREATE TABLE order_holds(_n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  order_id TEXT, reason TEXT, why TEXT, held_on TEXT, held_by TEXT, released_on TEXT, released_by TEXT, release_why TEXT,
  release_amount INTEGER, release_to TEXT, ${SYSTEM});
CREATE TABLE order_changes(_n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  order_id TEXT, number INTEGER, kind TEXT, line_id TEXT, qty_before INTEGER, qty_after INTEGER, price_before INTEGER,
  price_after INTEGER, discount_before INTEGER, discount_after INTEGER, promised_before TEXT, promised_after TEXT,
  changed_on TEXT, changed_by TEXT, reason TEXT, ${SYSTEM});

CREATE VIEW live_product_codes AS SELECT * FROM product_codes WHERE _alive = 1;
CREATE VIEW live_order_holds AS SELECT * FROM order_holds WHERE _alive = 1;
CREATE VIEW live_order_changes AS SELECT * FROM order_changes WHERE _alive = 1;

CREATE INDEX product_codes_product ON product_codes(product_id);
CREATE INDEX product_codes_code ON product_codes(code_match);
CREATE INDEX order_holds_order ON order_holds(order_id);
CREATE INDEX order_changes_order ON order_changes(order_id);

CREATE VIEW v_product_codes AS SELECT t.id, p.sku, p.name AS product,
  ${word('t.kind', { customer: 'Customer’s', barcode: 'Barcode', alias: 'Alias' })} AS kind, t.code,
  a.code AS account_code, a.name AS account
FROM live_product_codes t LEFT JOIN products p ON p.id = t.product_id AND p._alive = 1
  LEFT JOIN accounts a ON a.id = t.account_id AND a._alive = 1;

CREATE VIEW v_order_holds AS SELECT t.id, d.number AS order_number, ${word('t.reason', REASONS)} AS reason, t.why, t.held_on,
  h.name AS held_by, t.released_on, r.name AS released_by, t.release_why,
  ${money('t.release_amount', 'd.currency')} AS release_amount, t.release_to
FROM live_order_holds t LEFT JOIN orders d ON d.id = t.order_id AND d._alive = 1
  LEFT JOIN people h ON h.id = t.held_by AND h._alive = 1 LEFT JOIN people r ON r.id = t.released_by AND r._alive = 1;

CREATE VIEW v_order_changes AS SELECT t.id, d.number AS order_number, t.number,
  ${word('t.kind', { changed: 'Changed', added: 'Added', cancelled: 'Cancelled' })} AS kind, l.position, p.sku,
  ${decimal('t.qty_before')} AS qty_before, ${decimal('t.qty_after')} AS qty_after,
  ${decimal('t.price_before')} AS price_before, ${decimal('t.price_after')} AS price_after,
  ${decimal('t.discount_before')} AS discount_before, ${decimal('t.discount_after')} AS discount_after,
  t.promised_before, t.promised_after, t.changed_on, c.name AS changed_by, t.reason
FROM live_order_changes t LEFT JOIN orders d ON d.id = t.order_id AND d._alive = 1
  LEFT JOIN order_lines l ON l.id = t.line_id AND l._alive = 1 LEFT JOIN products p ON p.id = l.product_id AND p._alive = 1
  LEFT JOIN people c ON c.id = t.changed_by AND c._alive = 1;

DROP VIEW v_products;
CREATE VIEW v_products AS SELECT t.id, t.sku, t.name, g.code AS group_code, g.name AS "group", t.uom, t.pack,
  ${decimal('t.list_price')} AS list_price, ${decimal('t.cost')} AS cost, ${decimal('t.floor_price')} AS floor_price,
  t.currency, ${decimal('t.stock')} AS stock, ${decimal('t.on_order')} AS on_order, ${decimal('t.reorder_at')} AS reorder_at,
  t.lead_days, v.code AS supplier_code, v.name AS supplier,
  ${word('t.status', { active: 'Active', discontinued: 'Discontinued' })} AS status, t.notes,
  ${decimal('t.pack_qty')} AS pack_qty, ${decimal('t.min_qty')} AS min_qty,
  ${word('t.nature', { goods: 'Goods', service: 'Service' })} AS nature, s.sku AS substitute,
  ${decimal('t.over_share')} AS over_share, ${decimal('t.under_share')} AS under_share
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
  ${decimal('t.over_share')} AS over_share, ${decimal('t.under_share')} AS under_share
FROM live_accounts t LEFT JOIN accounts p ON p.id = t.parent_id AND p._alive = 1
  LEFT JOIN people o ON o.id = t.owner_id AND o._alive = 1;

DROP VIEW v_fulfilments;
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
  ${word('t.done_by', { us: 'Us', customer: 'Customer', carrier: 'Carrier' })} AS done_by, t.reason, t.source,
  i.sku AS substitute, t.consent
FROM live_fulfilments t LEFT JOIN schedule_lines s ON s.id = t.schedule_id AND s._alive = 1
  LEFT JOIN order_lines l ON l.id = s.line_id AND l._alive = 1 LEFT JOIN orders d ON d.id = l.order_id AND d._alive = 1
  LEFT JOIN products p ON p.id = l.product_id AND p._alive = 1
  LEFT JOIN products i ON i.id = t.substitute_id AND i._alive = 1;
`;
