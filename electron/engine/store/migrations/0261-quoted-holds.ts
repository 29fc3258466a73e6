/** The quote a place is held for (Q4); the view of bookings that names it. */
import { decimal, instant, money, word } from './view-sql.ts';

const KINDS = { shipment: 'Shipment', visit: 'Visit', campaign: 'Campaign' };
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
const FAULTS = { customer: 'Customer', partner: 'Partner', us: 'Us', nobody: 'Nobody' };

const joined = (table: string, alias: string, field: string): string =>
  `LEFT JOIN ${table} ${alias} ON ${alias}.id = t.${field} AND ${alias}._alive = 1`;
const partner = joined('partners', 'p', 'partner_id');
const account = joined('accounts', 'a', 'account_id');

export const quotedHolds = `
ALTER TABLE bookings ADD COLUMN quote_id TEXT;
CREATE INDEX bookings_quote ON bookings(quote_id) WHERE quote_id IS NOT NULL;

DROP VIEW v_bookings;
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
  w.code AS owner_code, w.name AS owner, t.notes,
  h.number AS quote_number
FROM live_bookings t LEFT JOIN booking_sums s ON s.n = t._n ${account} ${partner} ${joined('orders', 'o', 'order_id')}
  ${joined('sites', 'x', 'site_id')} ${joined('people', 'y', 'override_by')} ${joined('slots', 'l', 'slot_id')}
  ${joined('people', 'q', 'problem_owner_id')} ${joined('bookings', 'm', 'make_good_of')} ${joined('people', 'w', 'owner_id')}
  ${joined('quotes', 'h', 'quote_id')};
`;
