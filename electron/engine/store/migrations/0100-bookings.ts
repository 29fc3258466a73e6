/**
 * Bookings and tracking: what partners offer and have to show, bookings with stops, lines, tenders, charges and
 * deliverables, events on the way; what the events of a booking come to; and their public views.
 */
import { decimal, instant, money, searchTables, word } from './view-sql.ts';

const KINDS = { shipment: 'Shipment', visit: 'Visit', campaign: 'Campaign' };
const PAPERS = {
  liability: 'Public liability',
  workers: 'Workers compensation',
  goods: 'Goods in transit',
  licence: 'Licence',
  swms: 'SWMS',
  induction: 'Site induction',
  agreement: 'Agreement',
};
const STATES = {
  need: 'To book',
  hold: 'Held',
  tendered: 'Requested',
  accepted: 'Accepted',
  accepted_exception: 'Accepted with exception',
  declined: 'Declined',
  confirmed: 'Confirmed',
  in_progress: 'Under way',
  done: 'Delivered',
  closed: 'Closed',
  cancelled: 'Cancelled',
  no_show: 'No show',
  failed: 'Failed',
};
const ANSWERS = {
  accepted: 'Accepted',
  accepted_exception: 'Accepted with exception',
  declined: 'Declined',
  withdrawn: 'Withdrawn',
};
const FAULTS = { customer: 'Customer', partner: 'Partner', us: 'Us', nobody: 'Nobody' };
const SOURCES = { person: 'You', carrier_file: 'Carrier file', carrier: 'Carrier', customer: 'Customer' };

const SYSTEM = '_scope INTEGER, _h INTEGER, _d INTEGER, _st INTEGER, _x TEXT, _extra TEXT, _c TEXT, _alive INTEGER';

const tables: Readonly<Record<string, string>> = {
  partner_services: `partner_id TEXT, name TEXT, name_sort TEXT, name_match TEXT, kind TEXT, cutoff TEXT, transit_days INTEGER,
    active INTEGER, notes TEXT`,
  partner_rates: `partner_id TEXT, service TEXT, kind TEXT, code TEXT, origin TEXT, destination TEXT, basis TEXT,
    from_weight INTEGER, to_weight INTEGER, price INTEGER, minimum INTEGER, fuel INTEGER, per_cubic INTEGER,
    currency TEXT, valid_from TEXT, valid_to TEXT, notes TEXT`,
  partner_papers: `partner_id TEXT, type TEXT, number TEXT, cover INTEGER, currency TEXT, valid_from TEXT, valid_to TEXT,
    checked_on TEXT, notes TEXT`,
  required_papers: `kind TEXT, type TEXT, cover INTEGER, currency TEXT`,
  charge_rules: `code TEXT, code_sort TEXT, code_match TEXT, account_id TEXT, markup INTEGER, fixed INTEGER, currency TEXT,
    valid_from TEXT, valid_to TEXT`,
  slots: `name TEXT, name_sort TEXT, name_match TEXT, partner_id TEXT, kind TEXT, starts_on TEXT, ends_on TEXT,
    capacity INTEGER`,
  bookings: `number TEXT, number_sort TEXT, number_match TEXT, order_id TEXT, account_id TEXT, partner_id TEXT, service TEXT,
    status TEXT, pickup_from INTEGER, tracking TEXT, tracking_sort TEXT, tracking_match TEXT, weight INTEGER,
    pieces INTEGER, kind TEXT, pickup_to INTEGER, deliver_from INTEGER, deliver_to INTEGER, zone TEXT,
    cutoff_at INTEGER, appointment TEXT, appointment_no TEXT, site_id TEXT, from_name TEXT, from_city TEXT,
    from_postcode TEXT, from_country TEXT, to_name TEXT, to_city TEXT, to_postcode TEXT, to_country TEXT, mode TEXT,
    volume INTEGER, chargeable INTEGER, equipment TEXT, temp_min INTEGER, temp_max INTEGER, hazard TEXT, seal TEXT,
    currency TEXT, reason TEXT, fault TEXT, override_reason TEXT, override_by TEXT, hold_until INTEGER, slot_id TEXT,
    slot_amount INTEGER, problem_owner_id TEXT, next_action TEXT, next_action_at INTEGER, told_at INTEGER,
    pod_name TEXT, pod_at INTEGER, pod_note TEXT, pod_file TEXT, pod_due_on TEXT, scope TEXT, permit TEXT,
    drawing TEXT, result TEXT, parts_used TEXT, live_from TEXT, live_to TEXT, units_booked INTEGER,
    units_delivered INTEGER, make_good_of TEXT, make_good_reason TEXT, owner_id TEXT, notes TEXT`,
  booking_stops: `booking_id TEXT, position INTEGER, kind TEXT, name TEXT, city TEXT, postcode TEXT, country TEXT,
    window_from INTEGER, window_to INTEGER, zone TEXT, appointment_no TEXT, pieces INTEGER, weight INTEGER`,
  booking_lines: `booking_id TEXT, order_line_id TEXT, qty INTEGER`,
  tenders: `booking_id TEXT, partner_id TEXT, rate_id TEXT, cost INTEGER, sent_at INTEGER, answer TEXT, answered_at INTEGER,
    reason TEXT`,
  booking_charges: `booking_id TEXT, code TEXT, cost INTEGER, charge INTEGER, source TEXT, note TEXT`,
  booking_deliverables: `booking_id TEXT, name TEXT, due_on TEXT, done_on TEXT`,
  tracking_events: `booking_id TEXT, code TEXT, reason_code TEXT, happened_at INTEGER, zone TEXT, recorded_at INTEGER, eta INTEGER,
    place TEXT, source TEXT, source_name TEXT, note TEXT, temperature INTEGER, corrects_id TEXT, person_id TEXT`,
  tracking_rest: `reference TEXT, code TEXT, happened_at INTEGER, eta INTEGER, place TEXT, note TEXT, source_name TEXT,
    row INTEGER, raw TEXT, recorded_at INTEGER`,
};

const made = Object.entries(tables)
  .map(
    ([name, columns]) => `CREATE TABLE ${name}(_n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  ${columns}, ${SYSTEM});
CREATE VIEW live_${name} AS SELECT * FROM ${name} WHERE _alive = 1;`,
  )
  .join('\n');

const joined = (table: string, alias: string, field: string): string =>
  `LEFT JOIN ${table} ${alias} ON ${alias}.id = t.${field} AND ${alias}._alive = 1`;
const partner = joined('partners', 'p', 'partner_id');
const account = joined('accounts', 'a', 'account_id');
const booking = joined('bookings', 'b', 'booking_id');

export const bookings = `
${made}
${searchTables(['bookings'])}

ALTER TABLE products ADD COLUMN weight INTEGER;
ALTER TABLE products ADD COLUMN volume INTEGER;

DROP VIEW v_products;
CREATE VIEW v_products AS SELECT t.id, t.sku, t.name, g.code AS group_code, g.name AS "group", t.uom, t.pack,
  ${decimal('t.list_price')} AS list_price, ${decimal('t.cost')} AS cost, ${decimal('t.floor_price')} AS floor_price,
  t.currency, ${decimal('t.stock')} AS stock, ${decimal('t.on_order')} AS on_order, ${decimal('t.reorder_at')} AS reorder_at,
  t.lead_days, v.code AS supplier_code, v.name AS supplier,
  ${word('t.status', { active: 'Active', discontinued: 'Discontinued' })} AS status, t.notes,
  ${decimal('t.pack_qty')} AS pack_qty, ${decimal('t.min_qty')} AS min_qty,
  ${word('t.nature', { goods: 'Goods', service: 'Service' })} AS nature, s.sku AS substitute,
  ${decimal('t.over_share')} AS over_share, ${decimal('t.under_share')} AS under_share, t.tax_code,
  ${decimal('t.weight')} AS weight, ${decimal('t.volume')} AS volume
FROM live_products t LEFT JOIN product_groups g ON g.id = t.group_id AND g._alive = 1
  LEFT JOIN partners v ON v.id = t.supplier_id AND v._alive = 1 LEFT JOIN products s ON s.id = t.substitute_id AND s._alive = 1;

CREATE INDEX partner_rates_kind ON partner_rates(kind);
CREATE INDEX partner_services_partner ON partner_services(partner_id);
CREATE INDEX partner_services_name ON partner_services(name_match);
CREATE INDEX partner_rates_partner ON partner_rates(partner_id);
CREATE INDEX partner_papers_partner ON partner_papers(partner_id);
CREATE INDEX partner_papers_end ON partner_papers(valid_to);
CREATE INDEX required_papers_kind ON required_papers(kind);
CREATE INDEX charge_rules_code ON charge_rules(code_match);
CREATE INDEX slots_name ON slots(name_match);
CREATE INDEX slots_kind ON slots(kind);
CREATE INDEX bookings_number ON bookings(number_match);
CREATE INDEX bookings_tracking ON bookings(tracking_match);
CREATE INDEX bookings_order ON bookings(order_id);
CREATE INDEX bookings_account ON bookings(account_id);
CREATE INDEX bookings_partner ON bookings(partner_id);
CREATE INDEX bookings_status ON bookings(status);
CREATE INDEX bookings_slot ON bookings(slot_id);
CREATE INDEX bookings_made_good ON bookings(make_good_of);
CREATE INDEX bookings_pickup ON bookings(pickup_from);
CREATE INDEX booking_stops_booking ON booking_stops(booking_id);
CREATE INDEX booking_lines_booking ON booking_lines(booking_id);
CREATE INDEX booking_lines_line ON booking_lines(order_line_id);
CREATE INDEX tenders_booking ON tenders(booking_id);
CREATE INDEX tenders_partner ON tenders(partner_id);
CREATE INDEX booking_charges_booking ON booking_charges(booking_id);
CREATE INDEX booking_deliverables_booking ON booking_deliverables(booking_id);
CREATE INDEX tracking_events_booking ON tracking_events(booking_id);
CREATE INDEX tracking_events_corrects ON tracking_events(corrects_id);

-- Derived, kept by the write path (store/booking-sums.ts), rebuilt at will. n is the _n of the booking. Moments are UTC ms;
-- cost, charge and unbilled are minor units of its currency. trouble: 1 while nothing put right what went wrong.
CREATE TABLE booking_sums(n INTEGER PRIMARY KEY, first_eta INTEGER, eta INTEGER, eta_reason TEXT, last_code TEXT,
  last_at INTEGER, last_place TEXT, picked_at INTEGER, delivered_at INTEGER, proof_at INTEGER, moving INTEGER NOT NULL,
  trouble INTEGER NOT NULL, trouble_code TEXT, cost INTEGER, charge INTEGER, unbilled INTEGER) STRICT;

CREATE VIEW v_partner_services AS SELECT t.id, p.code AS partner_code, p.name AS partner, t.name,
  ${word('t.kind', KINDS)} AS kind, t.cutoff, t.transit_days, ${word('t.active', { 0: 'No', 1: 'Yes' })} AS active, t.notes
FROM live_partner_services t ${partner};

CREATE VIEW v_partner_rates AS SELECT t.id, p.code AS partner_code, p.name AS partner, t.service,
  ${word('t.kind', { contract: 'Contract', spot: 'Spot' })} AS kind, t.code, t.origin, t.destination,
  ${word('t.basis', { flat: 'Load', kg: 'Kilogram', piece: 'Piece' })} AS basis, ${decimal('t.from_weight')} AS from_weight,
  ${decimal('t.to_weight')} AS to_weight, ${decimal('t.price')} AS price, ${money('t.minimum', 't.currency')} AS minimum,
  ${decimal('t.fuel')} AS fuel, t.per_cubic, t.currency, t.valid_from, t.valid_to, t.notes
FROM live_partner_rates t ${partner};

CREATE VIEW v_partner_papers AS SELECT t.id, p.code AS partner_code, p.name AS partner, ${word('t.type', PAPERS)} AS type,
  t.number, ${money('t.cover', 't.currency')} AS cover, t.currency, t.valid_from, t.valid_to, t.checked_on, t.notes
FROM live_partner_papers t ${partner};

CREATE VIEW v_required_papers AS SELECT t.id, ${word('t.kind', KINDS)} AS kind, ${word('t.type', PAPERS)} AS type,
  ${money('t.cover', 't.currency')} AS cover, t.currency
FROM live_required_papers t;

CREATE VIEW v_charge_rules AS SELECT t.id, t.code, a.code AS account_code, a.name AS account, ${decimal('t.markup')} AS markup,
  ${money('t.fixed', 't.currency')} AS fixed, t.currency, t.valid_from, t.valid_to
FROM live_charge_rules t ${account};

CREATE VIEW v_slots AS SELECT t.id, t.name, p.code AS partner_code, p.name AS partner, ${word('t.kind', KINDS)} AS kind,
  t.starts_on, t.ends_on, t.capacity,
  coalesce((SELECT sum(b.slot_amount) FROM bookings b WHERE b.slot_id = t.id AND b._alive = 1
    AND b.status NOT IN ('need', 'declined', 'cancelled', 'no_show', 'failed')), 0) AS taken
FROM live_slots t ${partner};

CREATE VIEW v_bookings AS SELECT t.id, t.number, o.number AS order_number, a.code AS account_code, a.name AS account,
  p.code AS partner_code, p.name AS partner, t.service, ${word('t.status', STATES)} AS status, ${word('t.kind', KINDS)} AS kind,
  ${instant('t.pickup_from')} AS pickup_from, ${instant('t.pickup_to')} AS pickup_to,
  ${instant('t.deliver_from')} AS deliver_from, ${instant('t.deliver_to')} AS deliver_to, t.zone, ${instant('s.eta')} AS eta,
  ${instant('s.first_eta')} AS first_eta, ${instant('s.picked_at')} AS picked_at, ${instant('s.delivered_at')} AS delivered_at,
  s.last_code, ${instant('s.last_at')} AS last_at, t.tracking, ${decimal('t.weight')} AS weight, t.pieces,
  ${decimal('t.volume')} AS volume, ${decimal('t.chargeable')} AS chargeable, t.currency, ${money('s.cost', 't.currency')} AS cost,
  ${money('s.charge', 't.currency')} AS charge, ${money('s.unbilled', 't.currency')} AS unbilled,
  ${instant('t.cutoff_at')} AS cutoff_at, ${word('t.appointment', { none: 'None', asked: 'Asked', set: 'Set' })} AS appointment,
  t.appointment_no, x.name AS site, t.from_name, t.from_city, t.from_postcode, t.from_country, t.to_name, t.to_city,
  t.to_postcode, t.to_country,
  ${word('t.mode', { road: 'Road', parcel: 'Parcel', air: 'Air', sea: 'Sea', rail: 'Rail' })} AS mode, t.equipment,
  ${decimal('t.temp_min')} AS temp_min, ${decimal('t.temp_max')} AS temp_max, t.hazard, t.seal, t.reason,
  ${word('t.fault', FAULTS)} AS fault, t.override_reason, y.name AS override_by, ${instant('t.hold_until')} AS hold_until,
  l.name AS slot, t.slot_amount, q.name AS problem_owner, t.next_action, ${instant('t.next_action_at')} AS next_action_at,
  ${instant('t.told_at')} AS told_at, t.pod_name, ${instant('t.pod_at')} AS pod_at, t.pod_note, t.pod_file, t.pod_due_on,
  t.scope, t.permit, t.drawing, ${word('t.result', { done: 'Done', revisit: 'Revisit', no_access: 'No access' })} AS result,
  t.parts_used, t.live_from, t.live_to, t.units_booked, t.units_delivered, m.number AS make_good_of,
  ${word('t.make_good_reason', { under_delivery: 'Under-delivery', terms: 'Terms', performance: 'Performance' })} AS make_good_reason,
  w.code AS owner_code, w.name AS owner, t.notes
FROM live_bookings t LEFT JOIN booking_sums s ON s.n = t._n ${account} ${partner} ${joined('orders', 'o', 'order_id')}
  ${joined('sites', 'x', 'site_id')} ${joined('people', 'y', 'override_by')} ${joined('slots', 'l', 'slot_id')}
  ${joined('people', 'q', 'problem_owner_id')} ${joined('bookings', 'm', 'make_good_of')} ${joined('people', 'w', 'owner_id')};

CREATE VIEW v_booking_stops AS SELECT t.id, b.number AS booking_number, t.position,
  ${word('t.kind', { pickup: 'Pickup', delivery: 'Delivery' })} AS kind, t.name, t.city, t.postcode, t.country,
  ${instant('t.window_from')} AS window_from, ${instant('t.window_to')} AS window_to, t.zone, t.appointment_no, t.pieces,
  ${decimal('t.weight')} AS weight
FROM live_booking_stops t ${booking};

CREATE VIEW v_booking_lines AS SELECT t.id, b.number AS booking_number, o.number AS order_number, l.position, p.sku,
  p.name AS product, ${decimal('t.qty')} AS qty
FROM live_booking_lines t ${booking} ${joined('order_lines', 'l', 'order_line_id')}
  LEFT JOIN orders o ON o.id = l.order_id AND o._alive = 1 LEFT JOIN products p ON p.id = l.product_id AND p._alive = 1;

CREATE VIEW v_tenders AS SELECT t.id, b.number AS booking_number, p.code AS partner_code, p.name AS partner, b.currency,
  ${money('t.cost', 'b.currency')} AS cost, ${instant('t.sent_at')} AS sent_at, ${word('t.answer', ANSWERS)} AS answer,
  ${instant('t.answered_at')} AS answered_at, t.reason
FROM live_tenders t ${booking} ${partner};

CREATE VIEW v_booking_charges AS SELECT t.id, b.number AS booking_number, t.code, b.currency,
  ${money('t.cost', 'b.currency')} AS cost, ${money('t.charge', 'b.currency')} AS charge,
  ${word('t.source', { contract: 'Contract', hand: 'By hand', unbilled: 'Nobody' })} AS source, t.note
FROM live_booking_charges t ${booking};

CREATE VIEW v_booking_deliverables AS SELECT t.id, b.number AS booking_number, t.name, t.due_on, t.done_on
FROM live_booking_deliverables t ${booking};

CREATE VIEW v_tracking_events AS SELECT t.id, b.number AS booking_number, t.code, t.reason_code,
  ${instant('t.happened_at')} AS happened_at, t.zone, ${instant('t.recorded_at')} AS recorded_at, ${instant('t.eta')} AS eta,
  t.place, ${word('t.source', SOURCES)} AS source, t.source_name, t.note, ${decimal('t.temperature')} AS temperature,
  t.corrects_id, w.name AS person
FROM live_tracking_events t ${booking} ${joined('people', 'w', 'person_id')};

CREATE VIEW v_tracking_rest AS SELECT t.id, t.reference, t.code, ${instant('t.happened_at')} AS happened_at,
  ${instant('t.eta')} AS eta, t.place, t.note, t.source_name, t.row, t.raw, ${instant('t.recorded_at')} AS recorded_at
FROM live_tracking_rest t;
`;
