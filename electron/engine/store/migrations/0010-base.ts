/**
 * The first schema. Business tables follow shared/model: typed but free columns (no NOT NULL, UNIQUE or CHECK beyond
 * the id), so that no change from another device can ever stop `apply`. Local tables are STRICT.
 *
 * Synced tables: `_n` is local and never leaves the device. `_scope` and `_d` are indexes into scopes and devices.
 * (`_h`, `_d`) is the stamp of the insert and of every column not named in `_x` (JSON {column: [h, d]}). `_st` is 0
 * ghost, 1 live, 2 deleted. `_alive` = own and owner's `_st` is 1. `_c` holds custom fields, `_extra` columns this
 * build does not know. `<f>_sort`, `<f>_match`, `<f>_id`, `net_micros`, `net` and `_alive` are derived and never synced.
 *
 * Never edited once released: change the schema by a later migration.
 */
export const base = `
CREATE TABLE settings(_n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  key TEXT, value TEXT,
  _scope INTEGER, _h INTEGER, _d INTEGER, _st INTEGER, _x TEXT, _extra TEXT, _c TEXT, _alive INTEGER);
CREATE TABLE field_defs(_n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  "table" TEXT, key TEXT, kind TEXT, label TEXT, choices TEXT, personal INTEGER,
  _scope INTEGER, _h INTEGER, _d INTEGER, _st INTEGER, _x TEXT, _extra TEXT, _c TEXT, _alive INTEGER);
CREATE TABLE external_refs(_n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  "table" TEXT, "row" TEXT, system TEXT, key TEXT, key_sort TEXT, key_match TEXT, seen TEXT,
  _scope INTEGER, _h INTEGER, _d INTEGER, _st INTEGER, _x TEXT, _extra TEXT, _c TEXT, _alive INTEGER);
CREATE TABLE people(_n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  code TEXT, code_sort TEXT, code_match TEXT, name TEXT, name_sort TEXT, name_match TEXT, first_name TEXT,
  last_name TEXT, job_title TEXT, email TEXT, email_sort TEXT, email_match TEXT, phones TEXT, manager_id TEXT,
  hired_on TEXT, born_on TEXT, street TEXT, city TEXT, region TEXT, postcode TEXT, country TEXT, active INTEGER,
  notes TEXT,
  _scope INTEGER, _h INTEGER, _d INTEGER, _st INTEGER, _x TEXT, _extra TEXT, _c TEXT, _alive INTEGER);
CREATE TABLE partners(_n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  code TEXT, code_sort TEXT, code_match TEXT, name TEXT, name_sort TEXT, name_match TEXT, kind TEXT, account_id TEXT,
  street TEXT, city TEXT, city_sort TEXT, city_match TEXT, region TEXT, postcode TEXT, country TEXT, phones TEXT,
  email TEXT, website TEXT, insurance_to TEXT, contract_to TEXT, active INTEGER, notes TEXT,
  _scope INTEGER, _h INTEGER, _d INTEGER, _st INTEGER, _x TEXT, _extra TEXT, _c TEXT, _alive INTEGER);
CREATE TABLE accounts(_n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  code TEXT, code_sort TEXT, code_match TEXT, name TEXT, name_sort TEXT, name_match TEXT, parent_id TEXT,
  status TEXT, tier TEXT, next_step TEXT, next_step_on TEXT, renewal_on TEXT, owner_id TEXT, industry TEXT,
  street TEXT, city TEXT, city_sort TEXT, city_match TEXT, region TEXT, postcode TEXT, country TEXT,
  country_sort TEXT, country_match TEXT, phones TEXT, email TEXT, website TEXT, currency TEXT, terms TEXT,
  credit_limit INTEGER, notes TEXT,
  _scope INTEGER, _h INTEGER, _d INTEGER, _st INTEGER, _x TEXT, _extra TEXT, _c TEXT, _alive INTEGER);
CREATE TABLE sites(_n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  account_id TEXT, code TEXT, code_sort TEXT, code_match TEXT, name TEXT, name_sort TEXT, name_match TEXT,
  street TEXT, city TEXT, region TEXT, postcode TEXT, country TEXT, instructions TEXT,
  _scope INTEGER, _h INTEGER, _d INTEGER, _st INTEGER, _x TEXT, _extra TEXT, _c TEXT, _alive INTEGER);
CREATE TABLE contacts(_n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  name TEXT, name_sort TEXT, name_match TEXT, party TEXT, party_id TEXT, role TEXT, emails TEXT, phones TEXT,
  next_due_on TEXT, consent TEXT, owner_id TEXT, notes TEXT,
  _scope INTEGER, _h INTEGER, _d INTEGER, _st INTEGER, _x TEXT, _extra TEXT, _c TEXT, _alive INTEGER);
CREATE TABLE product_groups(_n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  code TEXT, code_sort TEXT, code_match TEXT, name TEXT, name_sort TEXT, name_match TEXT, parent_id TEXT,
  description TEXT,
  _scope INTEGER, _h INTEGER, _d INTEGER, _st INTEGER, _x TEXT, _extra TEXT, _c TEXT, _alive INTEGER);
CREATE TABLE products(_n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  sku TEXT, sku_sort TEXT, sku_match TEXT, name TEXT, name_sort TEXT, name_match TEXT, group_id TEXT, uom TEXT,
  pack TEXT, list_price INTEGER, cost INTEGER, floor_price INTEGER, currency TEXT, stock INTEGER, on_order INTEGER,
  reorder_at INTEGER, lead_days INTEGER, supplier_id TEXT, status TEXT, notes TEXT,
  _scope INTEGER, _h INTEGER, _d INTEGER, _st INTEGER, _x TEXT, _extra TEXT, _c TEXT, _alive INTEGER);
CREATE TABLE orders(_n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  number TEXT, number_sort TEXT, number_match TEXT, account_id TEXT, po_ref TEXT, po_ref_sort TEXT,
  po_ref_match TEXT, status TEXT, ordered_on TEXT, requested TEXT, promised TEXT, currency TEXT, site_id TEXT,
  contact_id TEXT, carrier_id TEXT, owner_id TEXT, freight INTEGER, terms TEXT, incoterm TEXT, delivery TEXT,
  cancel_after TEXT, price_on TEXT, ship_name TEXT, ship_street TEXT, ship_city TEXT, ship_region TEXT,
  ship_postcode TEXT, ship_country TEXT, rounding TEXT, instructions TEXT, notes TEXT,
  _scope INTEGER, _h INTEGER, _d INTEGER, _st INTEGER, _x TEXT, _extra TEXT, _c TEXT, _alive INTEGER);
CREATE TABLE order_lines(_n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  order_id TEXT, position INTEGER, product_id TEXT, qty INTEGER, uom TEXT, price INTEGER, discount INTEGER,
  description TEXT, note TEXT, net_micros INTEGER, net INTEGER,
  _scope INTEGER, _h INTEGER, _d INTEGER, _st INTEGER, _x TEXT, _extra TEXT, _c TEXT, _alive INTEGER);
CREATE TABLE schedule_lines(_n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  line_id TEXT, qty INTEGER, requested TEXT, promised_original TEXT, promised TEXT,
  _scope INTEGER, _h INTEGER, _d INTEGER, _st INTEGER, _x TEXT, _extra TEXT, _c TEXT, _alive INTEGER);
CREATE TABLE fulfilments(_n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  schedule_id TEXT, kind TEXT, qty INTEGER, happened_on TEXT, done_by TEXT, reason TEXT, source TEXT,
  _scope INTEGER, _h INTEGER, _d INTEGER, _st INTEGER, _x TEXT, _extra TEXT, _c TEXT, _alive INTEGER);
CREATE TABLE activities(_n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  about TEXT, about_id TEXT, kind TEXT, at INTEGER, summary TEXT, body TEXT, person_id TEXT,
  _scope INTEGER, _h INTEGER, _d INTEGER, _st INTEGER, _x TEXT, _extra TEXT, _c TEXT, _alive INTEGER);

CREATE VIEW live_settings AS SELECT * FROM settings WHERE _alive = 1;
CREATE VIEW live_field_defs AS SELECT * FROM field_defs WHERE _alive = 1;
CREATE VIEW live_external_refs AS SELECT * FROM external_refs WHERE _alive = 1;
CREATE VIEW live_people AS SELECT * FROM people WHERE _alive = 1;
CREATE VIEW live_partners AS SELECT * FROM partners WHERE _alive = 1;
CREATE VIEW live_accounts AS SELECT * FROM accounts WHERE _alive = 1;
CREATE VIEW live_sites AS SELECT * FROM sites WHERE _alive = 1;
CREATE VIEW live_contacts AS SELECT * FROM contacts WHERE _alive = 1;
CREATE VIEW live_product_groups AS SELECT * FROM product_groups WHERE _alive = 1;
CREATE VIEW live_products AS SELECT * FROM products WHERE _alive = 1;
CREATE VIEW live_orders AS SELECT * FROM orders WHERE _alive = 1;
CREATE VIEW live_order_lines AS SELECT * FROM order_lines WHERE _alive = 1;
CREATE VIEW live_schedule_lines AS SELECT * FROM schedule_lines WHERE _alive = 1;
CREATE VIEW live_fulfilments AS SELECT * FROM fulfilments WHERE _alive = 1;
CREATE VIEW live_activities AS SELECT * FROM activities WHERE _alive = 1;


-- Indexes that lists, children and matches need; each one costs import speed.
CREATE INDEX external_refs_key ON external_refs(system, key_match, "table");
CREATE INDEX external_refs_row ON external_refs("row");
CREATE INDEX people_code ON people(code_match);
CREATE INDEX people_name ON people(name_match);
CREATE INDEX people_email ON people(email_match);
CREATE INDEX partners_code ON partners(code_match);
CREATE INDEX partners_name ON partners(name_match);
CREATE INDEX accounts_code ON accounts(code_match);
CREATE INDEX accounts_name ON accounts(name_match);
CREATE INDEX accounts_parent ON accounts(parent_id);
CREATE INDEX sites_account ON sites(account_id);
CREATE INDEX sites_code ON sites(code_match);
CREATE INDEX sites_name ON sites(name_match);
CREATE INDEX contacts_party ON contacts(party_id);
CREATE INDEX contacts_name ON contacts(name_match);
CREATE INDEX product_groups_code ON product_groups(code_match);
CREATE INDEX product_groups_name ON product_groups(name_match);
CREATE INDEX products_sku ON products(sku_match);
CREATE INDEX products_name ON products(name_match);
CREATE INDEX products_group ON products(group_id);
CREATE INDEX orders_number ON orders(number_match);
CREATE INDEX orders_po ON orders(po_ref_match);
CREATE INDEX orders_account ON orders(account_id);
CREATE INDEX orders_status ON orders(status);
CREATE INDEX orders_ordered ON orders(ordered_on);
CREATE INDEX order_lines_order ON order_lines(order_id);
CREATE INDEX order_lines_product ON order_lines(product_id);
CREATE INDEX schedule_lines_line ON schedule_lines(line_id);
CREATE INDEX fulfilments_schedule ON fulfilments(schedule_id);
CREATE INDEX activities_about ON activities(about_id, at);

-- What this device knows of itself and of the others. Values of meta are JSON text.
CREATE TABLE meta(k TEXT PRIMARY KEY, v TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE tables(idx INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE scopes(idx INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE devices(idx INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT, code TEXT, pubkey BLOB,
  revoked_seq INTEGER) STRICT;
CREATE TABLE local_settings(k TEXT PRIMARY KEY, v TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE series(prefix TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT, WITHOUT ROWID;

-- The log (SYNC.md 2.1, 2.2). A transaction has a local number n; it stands in outbox as one payload v1 until it
-- is sealed, then in the segment whose first_n..last_n holds it. Sealed bytes never change.
CREATE TABLE cursor(scope INTEGER NOT NULL, dev INTEGER NOT NULL, seq INTEGER NOT NULL, hlc INTEGER NOT NULL,
  hash BLOB, PRIMARY KEY(scope, dev)) STRICT, WITHOUT ROWID;
CREATE TABLE outbox(n INTEGER PRIMARY KEY, scope INTEGER NOT NULL, ops INTEGER NOT NULL, payload TEXT NOT NULL) STRICT;
CREATE TABLE segments(idx INTEGER PRIMARY KEY, scope INTEGER NOT NULL, dev INTEGER NOT NULL, from_seq INTEGER NOT NULL,
  to_seq INTEGER NOT NULL, first_n INTEGER NOT NULL, last_n INTEGER NOT NULL, prev BLOB, hash BLOB NOT NULL,
  head TEXT NOT NULL, body BLOB NOT NULL, sig BLOB, batch TEXT, state INTEGER NOT NULL DEFAULT 0,
  UNIQUE(scope, dev, from_seq)) STRICT;
CREATE INDEX segments_n ON segments(first_n);
-- One small row per op: tbl is an index into tables, n the row's _n, (txn, pos) where its op stands.
CREATE TABLE history(tbl INTEGER NOT NULL, n INTEGER NOT NULL, h INTEGER NOT NULL, d INTEGER NOT NULL,
  txn INTEGER NOT NULL, pos INTEGER NOT NULL, PRIMARY KEY(tbl, n, h, d)) STRICT, WITHOUT ROWID;

-- What merging keeps beside the winner (SYNC.md 2.3, 2.4). Values are JSON text.
CREATE TABLE conflict(tbl TEXT NOT NULL, "row" TEXT NOT NULL, col TEXT NOT NULL, h INTEGER NOT NULL, d INTEGER NOT NULL,
  val TEXT, PRIMARY KEY(tbl, "row", col, h, d)) STRICT, WITHOUT ROWID;
CREATE TABLE superseded(tbl TEXT NOT NULL, "row" TEXT NOT NULL, col TEXT NOT NULL, h INTEGER NOT NULL,
  d INTEGER NOT NULL, PRIMARY KEY(tbl, "row", col, h, d)) STRICT, WITHOUT ROWID;
CREATE TABLE resolved(tbl TEXT NOT NULL, "row" TEXT NOT NULL, col TEXT NOT NULL, h INTEGER NOT NULL, d INTEGER NOT NULL,
  by TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY(tbl, "row", col, h, d)) STRICT, WITHOUT ROWID;
-- Transition ops. t0 is the first stamp of the op's transaction: what an undo names (undo_of, JSON text).
CREATE TABLE trans("row" TEXT NOT NULL, field TEXT NOT NULL, h INTEGER NOT NULL, d INTEGER NOT NULL, tbl TEXT NOT NULL,
  src TEXT, dst TEXT NOT NULL, actor TEXT NOT NULL, why TEXT, source TEXT NOT NULL, t0 INTEGER NOT NULL, batch TEXT,
  undo_of TEXT, ok INTEGER NOT NULL, PRIMARY KEY("row", field, h, d)) STRICT, WITHOUT ROWID;
CREATE TABLE elem(tbl TEXT NOT NULL, "row" TEXT NOT NULL, field TEXT NOT NULL, el TEXT NOT NULL, h INTEGER NOT NULL,
  d INTEGER NOT NULL, st INTEGER NOT NULL, PRIMARY KEY(tbl, "row", field, el)) STRICT, WITHOUT ROWID;
-- num is not unique: a second document with the same number must be kept and listed.
CREATE TABLE issued(id TEXT PRIMARY KEY, tbl TEXT NOT NULL, "row" TEXT NOT NULL, num TEXT, sha BLOB NOT NULL,
  body BLOB NOT NULL, h INTEGER NOT NULL, d INTEGER NOT NULL, canon INTEGER NOT NULL) STRICT;
CREATE INDEX issued_num ON issued(num);
CREATE INDEX issued_row ON issued("row");
CREATE TABLE deferred(idx INTEGER PRIMARY KEY, part TEXT NOT NULL, sv INTEGER NOT NULL) STRICT;

-- Cells that cannot be used as they stand (DECISIONS.md 3).
CREATE TABLE cell_issues(tbl TEXT NOT NULL, "row" TEXT NOT NULL, field TEXT NOT NULL, raw TEXT, code TEXT NOT NULL,
  level TEXT NOT NULL CHECK(level IN ('error', 'warning')), origin TEXT NOT NULL CHECK(origin IN ('parse', 'rule')),
  PRIMARY KEY(tbl, "row", field, origin)) STRICT, WITHOUT ROWID;

-- Batches (DECISIONS.md 4). batch_rows.n is the row's _n; old is JSON of the values before, NULL for an insert.
CREATE TABLE batches(idx INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, label TEXT NOT NULL, source TEXT NOT NULL,
  actor TEXT NOT NULL, state TEXT NOT NULL CHECK(state IN ('applying', 'done', 'undone')), started INTEGER NOT NULL,
  ended INTEGER) STRICT;
CREATE INDEX batches_applying ON batches(state) WHERE state = 'applying';
CREATE TABLE batch_rows(batch INTEGER NOT NULL, tbl INTEGER NOT NULL, n INTEGER NOT NULL, old TEXT,
  PRIMARY KEY(batch, tbl, n)) STRICT, WITHOUT ROWID;

-- Undo (DECISIONS.md 4): one linear log. data is JSON: what each field was, became, and the stamp that wrote it;
-- txns is JSON: the first stamps of the log transactions that last did the step.
CREATE TABLE undo_steps(n INTEGER PRIMARY KEY AUTOINCREMENT, actor TEXT NOT NULL, window TEXT NOT NULL, screen TEXT, label TEXT NOT NULL,
  source TEXT NOT NULL, reason TEXT, at INTEGER NOT NULL, state TEXT NOT NULL CHECK(state IN ('done', 'undone')),
  batch INTEGER, txns TEXT NOT NULL, bytes INTEGER NOT NULL, data TEXT NOT NULL) STRICT;
CREATE INDEX undo_steps_actor ON undo_steps(actor, state, n);
-- A stamp that undo or redo wrote on a field, and the earlier stamp whose value it brought back.
CREATE TABLE undo_stamps(tbl INTEGER NOT NULL, n INTEGER NOT NULL, field TEXT NOT NULL, h INTEGER NOT NULL,
  was_h INTEGER NOT NULL, was_d INTEGER NOT NULL, PRIMARY KEY(tbl, n, field, h)) STRICT, WITHOUT ROWID;

-- Derived, kept by the write path (store/summaries.ts), rebuilt at will. n is the _n of the line or order. Days are
-- ISO days; quantities and net_micros are 10^-6, net is minor units. due_on: earliest day an open schedule line is
-- wanted. closed_qty: closed short. has_open: something of it is open, whatever its state; is_open: and it is submitted
-- or confirmed. shipped_on: last shipment, for an order once nothing is open. late_shipped: worst days late of what shipped.
CREATE TABLE line_sums(n INTEGER PRIMARY KEY, is_open INTEGER NOT NULL, requested TEXT, promised TEXT, due_on TEXT,
  open_qty INTEGER, shipped_qty INTEGER, delivered_qty INTEGER, returned_qty INTEGER, closed_qty INTEGER, shipped_on TEXT,
  late_shipped INTEGER) STRICT;
CREATE TABLE order_sums(n INTEGER PRIMARY KEY, account_id TEXT, ordered_on TEXT, currency TEXT, is_open INTEGER NOT NULL,
  is_revenue INTEGER NOT NULL, has_open INTEGER NOT NULL, lines INTEGER NOT NULL, counted INTEGER NOT NULL, net INTEGER, net_micros INTEGER,
  qty INTEGER, open_qty INTEGER, shipped_qty INTEGER, delivered_qty INTEGER, returned_qty INTEGER, closed_qty INTEGER,
  requested TEXT, promised TEXT, due_on TEXT, shipped_on TEXT, late_shipped INTEGER) STRICT;
CREATE INDEX order_sums_open ON order_sums(account_id, due_on) WHERE is_open = 1;
CREATE INDEX order_sums_revenue ON order_sums(account_id, ordered_on, currency, net) WHERE is_revenue = 1;
`;
