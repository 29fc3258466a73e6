/**
 * What the quantities of a price are measured by (P6), and products that are variants of others (P3); what is still to be
 * billed of confirmed orders, by account (K1); payments in other money than their invoices (M6).
 */
import { channels } from './0210-channels.ts';
import { decimal, money, word } from './view-sql.ts';

const BREAKS = { all_units: 'All units', up_to_max: 'Up to max', graduated: 'Graduated' };
const BASES = { line: 'The line', group: 'Lines of the group', period: 'Bought in its period' };

export const breaks = `
ALTER TABLE prices ADD COLUMN break_basis TEXT;
ALTER TABLE products ADD COLUMN variant_of TEXT;
-- Whether a line may change the prices of others is asked at every change of a line.
CREATE INDEX prices_by_group ON prices(break_basis) WHERE break_basis = 'group';

-- Derived, kept by the write path (store/credit-sums.ts). n is the _n of the order; minor units of its currency.
CREATE TABLE credit_sums(n INTEGER PRIMARY KEY, account_id TEXT NOT NULL, currency TEXT, total INTEGER NOT NULL,
  billed INTEGER NOT NULL) STRICT;
CREATE INDEX credit_sums_account ON credit_sums(account_id);

ALTER TABLE allocations ADD COLUMN settled INTEGER;
ALTER TABLE allocations ADD COLUMN fx_policy TEXT;
ALTER TABLE allocations ADD COLUMN fx_difference INTEGER;

DROP VIEW v_allocations;
CREATE VIEW v_allocations AS SELECT t.id, p.reference AS payment, p.received_on, i.number AS invoice_number, p.currency,
  ${money('t.amount', 'p.currency')} AS amount, i.currency AS invoice_currency,
  ${money('coalesce(t.settled, t.amount)', 'i.currency')} AS settled,
  ${decimal("json_extract(t.fx_policy, '$.rate')")} AS fx_rate, json_extract(t.fx_policy, '$.on') AS fx_on,
  json_extract(t.fx_policy, '$.source') AS fx_source,
  ${money('t.fx_difference', "json_extract(t.fx_policy, '$.base')")} AS fx_difference
FROM live_allocations t LEFT JOIN payments p ON p.id = t.payment_id AND p._alive = 1
  LEFT JOIN invoices i ON i.id = t.invoice_id AND i._alive = 1;

DROP VIEW v_prices;
CREATE VIEW v_prices AS SELECT t.id, l.code AS list_code, l.name AS list, p.sku, p.name AS product,
  g.code AS group_code, g.name AS "group", t.uom, ${decimal('t.min_qty')} AS min_qty, ${decimal('t.max_qty')} AS max_qty,
  ${word('t.break_mode', BREAKS)} AS break_mode, ${decimal('t.price')} AS price, t.currency, t.valid_from, t.valid_to,
  t.priority, t.notes, ${word('t.break_basis', BASES)} AS break_basis
FROM live_prices t LEFT JOIN price_lists l ON l.id = t.list_id AND l._alive = 1
  LEFT JOIN products p ON p.id = t.product_id AND p._alive = 1
  LEFT JOIN product_groups g ON g.id = t.group_id AND g._alive = 1;

DROP VIEW v_products;
CREATE VIEW v_products AS SELECT t.id, t.sku, t.name, g.code AS group_code, g.name AS "group", t.uom, t.pack,
  ${decimal('t.list_price')} AS list_price, ${decimal('t.cost')} AS cost, ${decimal('t.floor_price')} AS floor_price,
  t.currency, ${decimal('t.stock')} AS stock, ${decimal('t.on_order')} AS on_order, ${decimal('t.reorder_at')} AS reorder_at,
  t.lead_days, v.code AS supplier_code, v.name AS supplier,
  ${word('t.status', { active: 'Active', discontinued: 'Discontinued' })} AS status, t.notes,
  ${decimal('t.pack_qty')} AS pack_qty, ${decimal('t.min_qty')} AS min_qty,
  ${word('t.nature', { goods: 'Goods', service: 'Service' })} AS nature, s.sku AS substitute,
  ${decimal('t.over_share')} AS over_share, ${decimal('t.under_share')} AS under_share, t.tax_code,
  ${decimal('t.weight')} AS weight, ${decimal('t.volume')} AS volume, w.sku AS variant_of
FROM live_products t LEFT JOIN product_groups g ON g.id = t.group_id AND g._alive = 1
  LEFT JOIN partners v ON v.id = t.supplier_id AND v._alive = 1 LEFT JOIN products s ON s.id = t.substitute_id AND s._alive = 1
  LEFT JOIN products w ON w.id = t.variant_of AND w._alive = 1;
${channels}`;
