/**
 * What a partner offers and at what price, and what it has to show before it may come (RULES 3.7): services, rates by lane
 * and weight, papers with their end and cover, what papers are required, capacity that is shared, and what customers are
 * charged for what partners cost.
 */
import { choice, computed, field, link, price, quantity } from './field.ts';
import { table } from './table.ts';

/** What can be booked. */
export const bookingKinds = [
  { key: 'shipment', label: 'Shipment', aliases: ['freight', 'transport'] },
  { key: 'visit', label: 'Visit', aliases: ['service visit', 'service'] },
  { key: 'campaign', label: 'Campaign', aliases: ['campaign slot', 'advertising'] },
] as const;

const paperTypes = [
  { key: 'liability', label: 'Public liability', aliases: ['insurance', 'liability insurance'] },
  { key: 'workers', label: 'Workers compensation', aliases: ['workcover', 'employer liability'] },
  { key: 'goods', label: 'Goods in transit', aliases: ['cargo insurance', 'carrier insurance'] },
  { key: 'licence', label: 'Licence', aliases: ['license'] },
  { key: 'swms', label: 'SWMS', aliases: ['method statement', 'rams'] },
  { key: 'induction', label: 'Site induction', aliases: ['induction'] },
  { key: 'agreement', label: 'Agreement', aliases: ['contract'] },
] as const;

const partner = link('Partner', 'partners', {
  required: true,
  width: 150,
  aliases: ['carrier', 'carrier code', 'scac', 'vendor', 'contractor', 'supplier'],
});
const from = field('date', 'From', { width: 96, aliases: ['valid from', 'start', 'effective', 'effective from', 'issued'] });
const to = field('date', 'To', { width: 96, aliases: ['valid to', 'valid until', 'end', 'expires', 'expiry', 'expiry date'] });
const currency = field('text', 'Currency', { width: 76, aliases: ['ccy'] });
const notes = field('note', 'Notes', { hidden: true, width: 200 });

export const partner_services = table({
  name: 'partner_services',
  one: 'Partner service',
  many: 'Partner services',
  scope: 'shared',
  owner: 'partner_id',
  title: 'name',
  shown: true,
  fields: {
    partner_id: partner,
    name: field('text', 'Service', { required: true, width: 130, keyed: true, aliases: ['service name', 'service level'] }),
    kind: choice('Kind', bookingKinds, { default: 'shipment', width: 96 }),
    cutoff: field('text', 'Cut-off', { width: 76, help: 'Time of day on the day of pickup, 16:00' }),
    transit_days: field('integer', 'Transit, days', { width: 96, min: 0, max: 400, aliases: ['transit time', 'lead time'] }),
    active: field('flag', 'Active', { default: 1, width: 72 }),
    notes,
  },
});

export const partner_rates = table({
  name: 'partner_rates',
  one: 'Rate',
  many: 'Rates',
  also: ['carrier rates', 'lanes', 'lane rates', 'tariff', 'freight rates'],
  scope: 'shared',
  owner: 'partner_id',
  title: 'code',
  shown: true,
  fields: {
    partner_id: partner,
    service: field('text', 'Service', { width: 100, aliases: ['service level'] }),
    kind: choice(
      'Kind',
      [
        { key: 'contract', label: 'Contract', aliases: ['agreed'] },
        { key: 'spot', label: 'Spot', aliases: ['quote'] },
      ],
      { default: 'contract', width: 84 },
    ),
    code: field('text', 'Charge code', { width: 92, default: 'FRT', aliases: ['charge', 'accessorial'] }),
    origin: field('text', 'From place', {
      width: 92,
      aliases: ['origin', 'from', 'origin zone', 'origin postcode', 'from postcode', 'from country'],
      help: 'A country or how postcodes begin; empty = anywhere.',
    }),
    destination: field('text', 'To place', {
      width: 92,
      aliases: ['destination', 'to', 'dest', 'destination zone', 'destination postcode', 'to postcode', 'to country'],
    }),
    basis: choice(
      'Per',
      [
        { key: 'flat', label: 'Load', aliases: ['shipment', 'flat'] },
        { key: 'kg', label: 'Kilogram', aliases: ['kg', 'weight'] },
        { key: 'piece', label: 'Piece', aliases: ['pallet', 'carton', 'unit'] },
      ],
      { default: 'kg', width: 84, aliases: ['basis', 'unit', 'uom'] },
    ),
    from_weight: quantity('From kg', { width: 84, min: 0, aliases: ['min weight', 'weight from', 'band from', 'break'] }),
    to_weight: quantity('To kg', { width: 84, min: 0, aliases: ['max weight', 'weight to', 'band to'], help: 'Not included.' }),
    price: price('Rate', { required: true, width: 92, min: 0, aliases: ['rate', 'unit rate', 'price', 'cost'] }),
    minimum: field('money', 'Minimum', { width: 92, min: 0, aliases: ['minimum charge', 'min charge', 'min'] }),
    fuel: field('percent', 'Fuel %', { width: 76, min: 0, max: 2_000_000, aliases: ['fuel', 'fuel surcharge'] }),
    per_cubic: field('integer', 'kg per m³', { hidden: true, width: 84, min: 0, aliases: ['volumetric', 'dim factor'] }),
    currency,
    valid_from: from,
    valid_to: to,
    notes,
  },
});

export const partner_papers = table({
  name: 'partner_papers',
  one: 'Paper of a partner',
  many: 'Papers of partners',
  also: ['insurance certificates', 'compliance documents', 'contractor documents'],
  scope: 'shared',
  owner: 'partner_id',
  title: 'type',
  shown: true,
  fields: {
    partner_id: partner,
    type: choice('Type', paperTypes, { required: true, width: 150, aliases: ['document', 'document type'] }),
    number: field('text', 'No.', { width: 120, aliases: ['policy', 'policy no', 'certificate', 'document no'] }),
    cover: field('money', 'Cover', { width: 110, min: 0, aliases: ['cover limit', 'sum insured', 'limit'] }),
    currency,
    valid_from: from,
    valid_to: to,
    checked_on: field('date', 'Seen', { width: 96, aliases: ['verified', 'checked'] }),
    notes,
  },
});

export const required_papers = table({
  name: 'required_papers',
  one: 'Required paper',
  many: 'Required papers',
  scope: 'shared',
  title: 'type',
  shown: true,
  fields: {
    kind: choice('For', bookingKinds, { required: true, default: 'visit', width: 96 }),
    type: choice('Type', paperTypes, { required: true, width: 150 }),
    cover: field('money', 'Cover at least', { width: 120, min: 0 }),
    currency,
  },
});

export const charge_rules = table({
  name: 'charge_rules',
  one: 'Charge rule',
  many: 'Charge rules',
  also: ['charges', 'accessorial charges'],
  scope: 'shared',
  title: 'code',
  shown: true,
  fields: {
    code: field('text', 'Charge code', { required: true, width: 92, keyed: true, aliases: ['charge'] }),
    account_id: link('Account', 'accounts', { width: 180, aliases: ['customer'] }),
    markup: field('percent', 'Mark-up %', { width: 92, min: 0, max: 10_000_000, aliases: ['markup'] }),
    fixed: field('money', 'Fixed', { width: 100, min: 0, aliases: ['amount', 'charge amount'] }),
    currency,
    valid_from: from,
    valid_to: to,
  },
});

export const slots = table({
  name: 'slots',
  one: 'Slot',
  many: 'Slots',
  also: ['inventory', 'campaign inventory'],
  scope: 'shared',
  title: 'name',
  shown: true,
  fields: {
    name: field('text', 'Slot', { required: true, width: 200, keyed: true, aliases: ['slot type', 'placement'] }),
    partner_id: link('Partner', 'partners', { width: 150, aliases: ['venue', 'publisher', 'carrier'] }),
    kind: choice('Kind', bookingKinds, { default: 'campaign', width: 96 }),
    starts_on: field('date', 'From', { width: 96, aliases: ['start', 'period start'] }),
    ends_on: field('date', 'To', { width: 96, aliases: ['end', 'period end'] }),
    capacity: field('integer', 'Capacity', { required: true, width: 84, min: 0 }),
    taken: computed('Taken', 'integer', { width: 72 }),
  },
});
