/**
 * Price lists, prices, promotions, units of products; the day of a cost; who a line's price is by. A price belongs to a
 * list without being owned by it: a list may hold more prices than one transaction may write.
 */
export const prices = `
CREATE TABLE product_units(_n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  product_id TEXT, uom TEXT, holds INTEGER,
  _scope INTEGER, _h INTEGER, _d INTEGER, _st INTEGER, _x TEXT, _extra TEXT, _c TEXT, _alive INTEGER);
CREATE TABLE price_lists(_n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  code TEXT, code_sort TEXT, code_match TEXT, name TEXT, name_sort TEXT, name_match TEXT, kind TEXT, account_id TEXT,
  site_id TEXT, tier TEXT, currency TEXT, valid_from TEXT, valid_to TEXT, version TEXT, replaces INTEGER,
  takes_promotions INTEGER, notes TEXT,
  _scope INTEGER, _h INTEGER, _d INTEGER, _st INTEGER, _x TEXT, _extra TEXT, _c TEXT, _alive INTEGER);
CREATE TABLE prices(_n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  list_id TEXT, product_id TEXT, group_id TEXT, uom TEXT, min_qty INTEGER, max_qty INTEGER, break_mode TEXT,
  price INTEGER, currency TEXT, valid_from TEXT, valid_to TEXT, priority INTEGER, notes TEXT,
  _scope INTEGER, _h INTEGER, _d INTEGER, _st INTEGER, _x TEXT, _extra TEXT, _c TEXT, _alive INTEGER);
CREATE TABLE promotions(_n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  code TEXT, code_sort TEXT, code_match TEXT, name TEXT, name_sort TEXT, name_match TEXT, percent INTEGER, applies TEXT,
  combines_with TEXT, account_id TEXT, tier TEXT, product_id TEXT, group_id TEXT, min_qty INTEGER, valid_from TEXT,
  valid_to TEXT, priority INTEGER, notes TEXT,
  _scope INTEGER, _h INTEGER, _d INTEGER, _st INTEGER, _x TEXT, _extra TEXT, _c TEXT, _alive INTEGER);

ALTER TABLE products ADD COLUMN cost_on TEXT;
ALTER TABLE order_lines ADD COLUMN by_hand INTEGER;
ALTER TABLE order_lines ADD COLUMN engine_price INTEGER;

CREATE VIEW live_product_units AS SELECT * FROM product_units WHERE _alive = 1;
CREATE VIEW live_price_lists AS SELECT * FROM price_lists WHERE _alive = 1;
CREATE VIEW live_prices AS SELECT * FROM prices WHERE _alive = 1;
CREATE VIEW live_promotions AS SELECT * FROM promotions WHERE _alive = 1;

CREATE INDEX product_units_product ON product_units(product_id);
CREATE INDEX price_lists_code ON price_lists(code_match);
CREATE INDEX price_lists_name ON price_lists(name_match);
CREATE INDEX price_lists_kind ON price_lists(kind, tier);
CREATE INDEX price_lists_account ON price_lists(account_id);
CREATE INDEX prices_list ON prices(list_id, product_id, group_id);
CREATE INDEX prices_product ON prices(product_id);
CREATE INDEX prices_group ON prices(group_id) WHERE group_id IS NOT NULL;
CREATE INDEX promotions_code ON promotions(code_match);
CREATE INDEX promotions_name ON promotions(name_match);

CREATE VIRTUAL TABLE search_price_lists USING fts5(words, content='', contentless_delete=1,
  tokenize='unicode61 remove_diacritics 2', prefix='1 2 3 4');
CREATE VIRTUAL TABLE search_promotions USING fts5(words, content='', contentless_delete=1,
  tokenize='unicode61 remove_diacritics 2', prefix='1 2 3 4');

CREATE VIEW v_product_units AS SELECT t.id, p.sku, p.name AS product, t.uom, t.holds / 1000000.0 AS holds, p.uom AS of_uom
FROM live_product_units t LEFT JOIN products p ON p.id = t.product_id AND p._alive = 1;

CREATE VIEW v_price_lists AS SELECT t.id, t.code, t.name,
  CASE t.kind WHEN 'general' THEN 'General' WHEN 'tier' THEN 'Tier' WHEN 'account' THEN 'Account'
    WHEN 'contract' THEN 'Contract' WHEN 'campaign' THEN 'Campaign' ELSE t.kind END COLLATE NOCASE AS kind,
  a.code AS account_code, a.name AS account, i.code AS site_code, i.name AS site,
  CASE t.tier WHEN 'a' THEN 'A' WHEN 'b' THEN 'B' WHEN 'c' THEN 'C' ELSE t.tier END COLLATE NOCASE AS tier,
  t.currency, t.valid_from, t.valid_to, t.version, t.replaces, t.takes_promotions,
  (SELECT count(*) FROM live_prices r WHERE r.list_id = t.id) AS prices, t.notes
FROM live_price_lists t LEFT JOIN accounts a ON a.id = t.account_id AND a._alive = 1
  LEFT JOIN sites i ON i.id = t.site_id AND i._alive = 1;

CREATE VIEW v_prices AS SELECT t.id, l.code AS list_code, l.name AS list, p.sku, p.name AS product,
  g.code AS group_code, g.name AS "group", t.uom, t.min_qty / 1000000.0 AS min_qty, t.max_qty / 1000000.0 AS max_qty,
  CASE t.break_mode WHEN 'all_units' THEN 'All units' WHEN 'up_to_max' THEN 'Up to max' WHEN 'graduated' THEN 'Graduated'
    ELSE t.break_mode END COLLATE NOCASE AS break_mode,
  t.price / 1000000.0 AS price, t.currency, t.valid_from, t.valid_to, t.priority, t.notes
FROM live_prices t LEFT JOIN price_lists l ON l.id = t.list_id AND l._alive = 1
  LEFT JOIN products p ON p.id = t.product_id AND p._alive = 1
  LEFT JOIN product_groups g ON g.id = t.group_id AND g._alive = 1;

CREATE VIEW v_promotions AS SELECT t.id, t.code, t.name, t.percent / 1000000.0 AS percent,
  CASE t.applies WHEN 'lists' THEN 'Lists' WHEN 'all' THEN 'All prices' ELSE t.applies END COLLATE NOCASE AS applies,
  t.combines_with, a.code AS account_code, a.name AS account,
  CASE t.tier WHEN 'a' THEN 'A' WHEN 'b' THEN 'B' WHEN 'c' THEN 'C' ELSE t.tier END COLLATE NOCASE AS tier,
  p.sku, p.name AS product, g.code AS group_code, g.name AS "group", t.min_qty / 1000000.0 AS min_qty,
  t.valid_from, t.valid_to, t.priority, t.notes
FROM live_promotions t LEFT JOIN accounts a ON a.id = t.account_id AND a._alive = 1
  LEFT JOIN products p ON p.id = t.product_id AND p._alive = 1
  LEFT JOIN product_groups g ON g.id = t.group_id AND g._alive = 1;
`;
