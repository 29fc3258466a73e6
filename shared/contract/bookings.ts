/** Bookings: made from an order, tendered, answered, moved along; their events, proof and charges; status files of carriers. */
import { z } from 'zod';
import { command, query } from './define.ts';
import { changed, id } from './shapes.ts';

const screen = z.string().max(100).nullable().default(null);
const made = changed.extend({ id: z.string() });
const words = z.string().max(500);
const moment = z.int();
const kind = z.enum(['shipment', 'visit', 'campaign']);
const share = z.object({ share: z.number().int(), n: z.number().int() }).nullable();
/** A reason to book in spite of papers that do not hold. */
const override = words.nullable().default(null);

const offer = z.object({
  partner: z.string(),
  name: z.string(),
  rate: z.string(),
  kind: z.enum(['contract', 'spot']),
  service: z.string().nullable(),
  code: z.string(),
  /** Minor units; null while weight or pieces are not known. */
  base: z.string().nullable(),
  fuel: z.string().nullable(),
  total: z.string().nullable(),
  is_minimum: z.boolean(),
  score: share,
  /** What of its papers is in the way, in words. */
  papers: z.string().nullable(),
});

const event = z.object({
  id: z.string(),
  code: z.string(),
  label: z.string(),
  reason: z.string().nullable(),
  at: z.number().int(),
  recorded_at: z.number().int(),
  eta: z.number().int().nullable(),
  /** The estimate before it, where it moved it. */
  eta_before: z.number().int().nullable(),
  place: z.string().nullable(),
  source: z.string(),
  note: z.string().nullable(),
  is_corrected: z.boolean(),
});

const charge = z.object({
  id: z.string(),
  code: z.string(),
  cost: z.string().nullable(),
  charge: z.string().nullable(),
  fault: z.enum(['no_charge', 'no_cost', 'loss']).nullable(),
});

/** How a hold of capacity stands (B2). */
const standing = z.enum(['released', 'expired', 'lost', 'held', 'confirmed']);
/** Devices that were not heard of since it was held, with who last worked there and when; without a code, the team as such. */
const unheard = z.array(z.object({ code: z.string(), who: z.string().nullable(), since: z.number().int().nullable() }));

const story = z.object({
  currency: z.string(),
  events: z.array(event),
  tenders: z.array(
    z.object({
      id: z.string(),
      partner: z.string(),
      cost: z.string().nullable(),
      sent_at: z.number().int().nullable(),
      answer: z.string().nullable(),
      reason: z.string().nullable(),
    }),
  ),
  charges: z.array(charge),
  stops: z.array(z.object({ id: z.string(), name: z.string(), window: z.number().int().nullable() })),
  lines: z.number().int(),
  deliverables: z.array(z.object({ id: z.string(), name: z.string(), due_on: z.string().nullable(), is_done: z.boolean() })),
  /** Late or late soon, in words; null while nothing says so. */
  late: z.object({ kind: z.enum(['late', 'predicted_late']), reason: z.string() }).nullable(),
  /** What an exception still lacks, in words. */
  lacks: z.string().nullable(),
  papers: z.array(z.string()),
  excursions: z.array(z.object({ from: z.number().int(), to: z.number().int(), worst: z.number().int() })),
  /** Of a campaign: delivered of expected to date, 10^-6; what a make-good would bring. */
  pacing: z.string().nullable(),
  short: z.string().nullable(),
  hold: standing.nullable(),
  unheard,
  alternatives: z.array(z.object({ id: z.string(), name: z.string(), starts_on: z.string() })),
});

const statusFile = z.object({
  rows: z.number().int(),
  added: z.number().int(),
  /** Events that were here already. */
  known: z.number().int(),
  unmatched: z.number().int(),
  /** Rows newly kept because they were not taken; those of a file read before are kept already. */
  kept: z.number().int(),
  /** Rows whose times name no zone, of shipments that have none: read on the company's clocks. Null where there are none. */
  assumed: z.object({ zone: z.string(), rows: z.number().int() }).nullable(),
  faults: z.array(z.object({ at: z.number().int(), text: z.string(), why: z.string() })),
});

export const bookings = {
  'bookings.proposal': query(
    'What a booking of an order starts with: where to, how much of it is left to book, what it weighs',
    z.strictObject({ order: id }),
    z.object({
      account: z.string().nullable(),
      partner: z.string().nullable(),
      /** Millionths of a kilogram and of a cubic metre; null while products say nothing. */
      weight: z.string().nullable(),
      volume: z.string().nullable(),
      pieces: z.number().int().nullable(),
      ready_on: z.string().nullable(),
      lines: z.array(z.object({ line: z.string(), qty: z.string() })),
      refusal: z.string().nullable(),
    }),
  ),
  'bookings.offers': query(
    'What partners would take for a booking: contract rates first, then spot, each with fuel, on-time score and papers',
    z.union([z.strictObject({ id }), z.strictObject({ order: id })]),
    z.object({ currency: z.string(), offers: z.array(offer) }),
  ),
  'bookings.story': query('Everything that hangs on a booking', z.strictObject({ id }), story),
  'bookings.slot': query(
    'Who wants a slot, as they stand: first come first',
    z.strictObject({ id }),
    z.object({
      wants: z.array(z.object({ id: z.string(), number: z.string(), amount: z.number().int(), hold: standing, unheard })),
    }),
  ),
  'bookings.book': command(
    'A booking, of an order or by itself; tendered at once to a partner, or held',
    z.strictObject({
      order: id.nullable().default(null),
      account: id.nullable().default(null),
      partner: id.nullable().default(null),
      service: words.nullable().default(null),
      kind: kind.default('shipment'),
      pickup: moment.nullable().default(null),
      deliver: moment.nullable().default(null),
      slot: id.nullable().default(null),
      amount: z.int().min(1).max(1_000_000).default(1),
      /** What follows at once. */
      stage: z.enum(['need', 'hold', 'tender']).default('need'),
      override,
      screen,
    }),
    made,
  ),
  'bookings.tender': command(
    'Ask a partner for a booking, at its rate unless a cost is said',
    z.strictObject({
      id,
      partner: id.nullable().default(null),
      cost: z.int().nonnegative().nullable().default(null),
      override,
      screen,
    }),
    changed,
  ),
  'bookings.answer': command(
    'What the partner answered: accepted, with an exception, or declined with the reason',
    z.strictObject({
      id,
      answer: z.enum(['accepted', 'accepted_exception', 'declined']),
      reason: words.nullable().default(null),
      tracking: z.string().max(100).nullable().default(null),
      /** Which tender, where two are open; else that of the booking's partner. */
      tender: id.nullable().default(null),
      screen,
    }),
    changed,
  ),
  'bookings.advance': command(
    'The next step of a booking: tender, accept, confirm, pick up, deliver, close',
    z.strictObject({ id, override, screen }),
    changed,
  ),
  'bookings.end': command(
    'A booking that does not happen: cancelled, no show or failed, with the reason and whose fault it was',
    z.strictObject({
      id,
      to: z.enum(['cancelled', 'no_show', 'failed']),
      reason: words,
      fault: z.enum(['customer', 'partner', 'us', 'nobody']),
      screen,
    }),
    changed,
  ),
  'bookings.rebook': command(
    'Hold another slot for a booking that lost its own or whose hold is over: the one named, else the nearest with room',
    z.strictObject({ id, slot: id.nullable().default(null), screen }),
    changed,
  ),
  'bookings.event': command(
    'Add an event: what happened, when and where; an estimate, a temperature, the correction of an event',
    z.strictObject({
      id,
      code: z.string().regex(/^[A-Z0-9]{2,3}$/),
      at: moment.nullable().default(null),
      eta: moment.nullable().default(null),
      place: words.nullable().default(null),
      reason: z.string().max(10).nullable().default(null),
      note: words.nullable().default(null),
      /** 10^-6 degrees Celsius. */
      temperature: z.int().nullable().default(null),
      corrects: id.nullable().default(null),
      screen,
    }),
    changed,
  ),
  'bookings.proof': command(
    'Proof of delivery: who signed, when, what was noted, in which file',
    z.strictObject({
      id,
      name: words,
      at: moment.nullable().default(null),
      note: words.nullable().default(null),
      file: words.nullable().default(null),
      screen,
    }),
    changed,
  ),
  'bookings.cost': command(
    'A cost of a booking by charge code; what the customer is charged follows from the contract, else it is unbilled',
    z.strictObject({
      id,
      code: z.string().min(1).max(20),
      cost: z.int().nonnegative().nullable(),
      charge: z.int().nonnegative().nullable().default(null),
      note: words.nullable().default(null),
      screen,
    }),
    changed,
  ),
  'bookings.charge': command(
    'What the customer is charged for the costs of a booking that nobody is charged for, shared over them by cost; 0 with the reason: they are borne',
    z.strictObject({ id, charge: z.int().nonnegative(), note: words.nullable().default(null), screen }),
    changed,
  ),
  'bookings.make-good': command(
    'Make good what a campaign fell short of: a booking that names the first, with no charge',
    z.strictObject({ id, screen }),
    made,
  ),
  'tracking.read': command(
    'Read a status file of a carrier, X12 214 or a list: events are added to the bookings it names, the rest is kept',
    z.strictObject({ path: z.string().min(1).max(4096), screen }),
    statusFile,
  ),
  'partners.desk': query(
    'What a partner offers and shows: services, rates, papers with their end, how it keeps its word',
    z.strictObject({ id }),
    z.object({
      on_time: share,
      acceptance: share,
      open: z.number().int(),
      services: z.array(z.string()),
      rates: z.number().int(),
      papers: z.array(
        z.object({ id: z.string(), type: z.string(), to: z.string().nullable(), alert: z.number().int().nullable() }),
      ),
    }),
  ),
};
