/**
 * Bookings: shipments, service visits and campaign slots in one table with one life cycle (B1), and what hangs on them:
 * stops, the order lines they serve, tenders, costs and charges, deliverables. What happens on the way is in tracking.ts;
 * estimate, last event, cost and charge are derived from there.
 */
import { faultParties } from '../domain/booking/states.ts';
import { choice, computed, field, link, quantity, rate, state } from './field.ts';
import { bookingKinds } from './partner-desk.ts';
import { table } from './table.ts';

const given = { entry: 'command' } as const;
const hidden = { hidden: true } as const;

const appointment = choice(
  'Appointment',
  [
    { key: 'none', label: 'None' },
    { key: 'asked', label: 'Asked' },
    { key: 'set', label: 'Set' },
  ],
  { ...hidden, width: 100 },
);

export const bookings = table({
  name: 'bookings',
  one: 'Booking',
  many: 'Bookings',
  also: ['shipments', 'loads', 'consignments', 'visits'],
  scope: 'account',
  code: 'number',
  title: 'number',
  series: 'B',
  shown: true,
  fields: {
    number: field('text', 'Booking', {
      search: 'code',
      keyed: true,
      entry: 'command',
      width: 120,
      aliases: ['booking no', 'booking number', 'shipment no', 'shipment id', 'load', 'load no'],
    }),
    order_id: link('Order', 'orders', { width: 110, aliases: ['order no', 'order number'] }),
    account_id: link('Account', 'accounts', { required: true, width: 150, aliases: ['customer', 'customer id'] }),
    partner_id: link('Carrier', 'partners', { width: 120, aliases: ['partner', 'contractor', 'venue', 'scac'] }),
    service: field('text', 'Service', { width: 90, aliases: ['service level'] }),
    status: state('Status', 'booking', { width: 176, aliases: ['booking status', 'shipment status'] }),
    pickup_from: field('instant', 'Pickup', { width: 116, aliases: ['pickup date', 'collection', 'ship date', 'visit date'] }),
    eta: computed('ETA', 'instant', { width: 116 }),
    slip_days: computed('Slip', 'integer', { width: 72 }),
    tracking: field('text', 'Tracking', {
      search: 'code',
      keyed: true,
      width: 130,
      aliases: ['tracking no', 'tracking number', 'pro', 'pro number', 'awb', 'waybill', 'carrier reference'],
    }),
    weight: quantity('Weight', { width: 76, min: 0, aliases: ['weight kg', 'gross weight', 'kg'] }),
    pieces: field('integer', 'Pcs', { width: 56, min: 0, aliases: ['pieces', 'pallets', 'packages'] }),
    cost: computed('Cost', 'money', { width: 88 }),
    last_event: computed('Last event', 'text', { width: 180 }),
    last_at: computed('Last event at', 'instant', { ...hidden, width: 116 }),
    charge: computed('Charge', 'money', { ...hidden, width: 88 }),
    unbilled: computed('Unbilled', 'money', { ...hidden, width: 88 }),
    kind: choice('Kind', bookingKinds, { ...hidden, default: 'shipment', width: 92 }),
    pickup_to: field('instant', 'Pickup to', { ...hidden, width: 116 }),
    deliver_from: field('instant', 'Deliver from', { ...hidden, width: 116, aliases: ['delivery from'] }),
    deliver_to: field('instant', 'Deliver by', { ...hidden, width: 116, aliases: ['delivery date', 'deliver by', 'due'] }),
    zone: field('text', 'Time zone', { ...hidden, width: 120, help: 'Of the delivery window.' }),
    cutoff_at: field('instant', 'Cut-off', { ...hidden, width: 116 }),
    appointment,
    appointment_no: field('text', 'Appointment no.', { ...hidden, width: 120, search: 'words' }),
    site_id: link('To site', 'sites', { ...hidden, width: 140 }),
    from_name: field('text', 'From', { ...hidden, width: 140 }),
    from_city: field('text', 'From city', { ...hidden, width: 110, aliases: ['origin', 'origin city'] }),
    from_postcode: field('text', 'From postcode', { ...hidden, width: 100 }),
    from_country: field('text', 'From country', { ...hidden, width: 100 }),
    to_name: field('text', 'To', { ...hidden, width: 140, aliases: ['consignee'] }),
    to_city: field('text', 'To city', { ...hidden, width: 110, aliases: ['destination', 'destination city'] }),
    to_postcode: field('text', 'To postcode', { ...hidden, width: 100 }),
    to_country: field('text', 'To country', { ...hidden, width: 100 }),
    mode: choice(
      'Mode',
      [
        { key: 'road', label: 'Road', aliases: ['truck', 'ltl', 'ftl'] },
        { key: 'parcel', label: 'Parcel', aliases: ['courier'] },
        { key: 'air', label: 'Air' },
        { key: 'sea', label: 'Sea', aliases: ['ocean'] },
        { key: 'rail', label: 'Rail' },
      ],
      { ...hidden, width: 76 },
    ),
    volume: quantity('Volume, m³', { ...hidden, width: 84, min: 0, aliases: ['volume', 'cbm'] }),
    chargeable: quantity('Chargeable kg', { ...hidden, entry: 'command', width: 100 }),
    equipment: field('text', 'Equipment', { ...hidden, width: 110 }),
    temp_min: rate('Temp. min °C', { ...hidden, width: 92 }),
    temp_max: rate('Temp. max °C', { ...hidden, width: 92 }),
    hazard: field('text', 'Hazard class', { ...hidden, width: 92 }),
    seal: field('text', 'Seal', { ...hidden, width: 92 }),
    currency: field('text', 'Currency', { ...hidden, width: 76 }),
    /** Of what did not happen, or not as asked. */
    reason: field('text', 'Reason', { ...given, ...hidden, width: 180 }),
    fault: choice('Fault', faultParties, { ...given, ...hidden, width: 90 }),
    override_reason: field('text', 'Papers overridden', { ...given, ...hidden, width: 180 }),
    override_by: link('Overridden by', 'people', { ...given, ...hidden, width: 130 }),
    hold_until: field('instant', 'Held until', { ...given, ...hidden, width: 116 }),
    /** Its place among those that want the slot. */
    held_at: field('instant', 'Held since', { ...given, ...hidden, width: 116 }),
    slot_id: link('Slot', 'slots', { ...hidden, width: 150 }),
    quote_id: link('For quote', 'quotes', {
      ...hidden,
      width: 120,
      help: 'What the place is held for: the quote holds no longer than it does.',
    }),
    slot_amount: field('integer', 'Slots', { ...hidden, width: 64, min: 0 }),
    problem_owner_id: link('Exception owner', 'people', { ...hidden, width: 130 }),
    next_action: field('text', 'Next action', { ...hidden, width: 180 }),
    next_action_at: field('instant', 'Next action by', { ...hidden, width: 116 }),
    told_at: field('instant', 'Customer told', { ...hidden, width: 116 }),
    pod_name: field('text', 'Signed by', { ...given, ...hidden, width: 130 }),
    pod_at: field('instant', 'Signed at', { ...given, ...hidden, width: 116 }),
    pod_note: field('text', 'Exceptions noted', { ...given, ...hidden, width: 180 }),
    pod_file: field('text', 'Proof file', { ...given, ...hidden, width: 140 }),
    pod_due_on: field('date', 'Proof due', { ...given, ...hidden, width: 96 }),
    scope: field('note', 'Scope', { ...hidden, width: 200, search: 'words' }),
    permit: field('text', 'Permits', { ...hidden, width: 140 }),
    drawing: field('text', 'Drawing rev.', { ...hidden, width: 110 }),
    result: choice(
      'Result',
      [
        { key: 'done', label: 'Done' },
        { key: 'revisit', label: 'Revisit' },
        { key: 'no_access', label: 'No access' },
      ],
      { ...hidden, width: 92 },
    ),
    parts_used: field('note', 'Parts used', { ...hidden, width: 180 }),
    live_from: field('date', 'Live from', { ...hidden, width: 96 }),
    live_to: field('date', 'Live to', { ...hidden, width: 96 }),
    units_booked: field('integer', 'Units booked', { ...hidden, width: 96, min: 0, aliases: ['impressions booked'] }),
    units_delivered: field('integer', 'Units delivered', { ...hidden, width: 104, min: 0, aliases: ['impressions delivered'] }),
    make_good_of: link('Makes good', 'bookings', { ...given, ...hidden, width: 120 }),
    make_good_reason: choice(
      'Make-good reason',
      [
        { key: 'under_delivery', label: 'Under-delivery' },
        { key: 'terms', label: 'Terms' },
        { key: 'performance', label: 'Performance' },
      ],
      { ...given, ...hidden, width: 120 },
    ),
    owner_id: link('Owner', 'people', { ...hidden, width: 130 }),
    notes: field('note', 'Notes', { ...hidden, width: 200, search: 'words' }),
  },
});

export const booking_stops = table({
  name: 'booking_stops',
  one: 'Stop',
  many: 'Stops',
  scope: 'account',
  owner: 'booking_id',
  title: 'name',
  fields: {
    booking_id: link('Booking', 'bookings', { required: true }),
    position: field('integer', '#', { entry: 'command' }),
    kind: choice('Kind', [
      { key: 'pickup', label: 'Pickup' },
      { key: 'delivery', label: 'Delivery' },
    ]),
    name: field('text', 'Name'),
    city: field('text', 'City'),
    postcode: field('text', 'Postcode'),
    country: field('text', 'Country'),
    window_from: field('instant', 'From'),
    window_to: field('instant', 'To'),
    zone: field('text', 'Time zone'),
    appointment_no: field('text', 'Appointment no.'),
    pieces: field('integer', 'Pcs'),
    weight: quantity('Weight'),
  },
});

/** Which lines of an order it serves, and how much of each. */
export const booking_lines = table({
  name: 'booking_lines',
  one: 'Booked line',
  many: 'Booked lines',
  scope: 'account',
  owner: 'booking_id',
  title: 'qty',
  fields: {
    booking_id: link('Booking', 'bookings', { required: true }),
    order_line_id: link('Order line', 'order_lines', { required: true }),
    qty: quantity('Qty', { min: 0 }),
  },
});

export const tenders = table({
  name: 'tenders',
  one: 'Tender',
  many: 'Tenders',
  scope: 'account',
  owner: 'booking_id',
  title: 'sent_at',
  fields: {
    booking_id: link('Booking', 'bookings', { ...given, required: true }),
    partner_id: link('Partner', 'partners', { ...given, required: true }),
    rate_id: link('Rate', 'partner_rates', given),
    cost: field('money', 'Cost', given),
    sent_at: field('instant', 'Sent', given),
    answer: choice(
      'Answer',
      [
        { key: 'accepted', label: 'Accepted' },
        { key: 'accepted_exception', label: 'Accepted with exception' },
        { key: 'declined', label: 'Declined' },
        { key: 'withdrawn', label: 'Withdrawn' },
      ],
      given,
    ),
    answered_at: field('instant', 'Answered', given),
    reason: field('text', 'Reason', given),
  },
});

export const booking_charges = table({
  name: 'booking_charges',
  one: 'Charge',
  many: 'Charges',
  scope: 'account',
  owner: 'booking_id',
  title: 'code',
  fields: {
    booking_id: link('Booking', 'bookings', { required: true }),
    code: field('text', 'Code', { required: true }),
    cost: field('money', 'Cost'),
    charge: field('money', 'Charge'),
    source: choice('Charge by', [
      { key: 'contract', label: 'Contract' },
      { key: 'hand', label: 'By hand' },
      { key: 'unbilled', label: 'Nobody' },
    ]),
    /** The tender whose rate it comes from; of what a person entered, none. */
    tender_id: link('Tender', 'tenders', given),
    note: field('text', 'Note'),
  },
});

export const booking_deliverables = table({
  name: 'booking_deliverables',
  one: 'Deliverable',
  many: 'Deliverables',
  scope: 'account',
  owner: 'booking_id',
  title: 'name',
  fields: {
    booking_id: link('Booking', 'bookings', { required: true }),
    name: field('text', 'Deliverable', { required: true }),
    due_on: field('date', 'Due'),
    done_on: field('date', 'Done'),
  },
});
