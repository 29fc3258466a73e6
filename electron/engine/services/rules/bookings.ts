/**
 * What a booking brings with it: its number, and what a move writes beside the state: a hold's end, the event that says so,
 * the day its proof is due.
 */
import { dayIn, instantAt } from '../../../../shared/domain/dates.ts';
import { addWorkingDays } from '../../../../shared/domain/order/calendar.ts';
import { podDueOn } from '../../../../shared/domain/tracking/late.ts';
import type { StorePatch, StoredRow } from '../../store/api.ts';
import { numberOf, pictureOfBooking, textOf } from '../booking/read.ts';
import { companyToday, companyZone } from '../company.ts';
import { moveOf, typedState } from './states.ts';
import { fill, type Settled, type Work, type Write } from './work.ts';

/** Holds end after three working days (RULES 3.15). */
const HOLD_DAYS = 3;
const WEEK = { days: [1, 2, 3, 4, 5], closed: new Set<string>() };

/** A booking of an order is for its account; every one has a number from the beginning. */
export const newBooking = (values: Settled, { read, change, deps }: Work): Settled => {
  const order = typeof values['order_id'] === 'string' ? read.get('orders', values['order_id']) : undefined;
  const account = values['account_id'] ?? order?.['account_id'];
  const currency = order?.['currency'] ?? (typeof account === 'string' ? read.get('accounts', account)?.['currency'] : undefined);
  return fill(values, {
    number: change.source === 'import' ? undefined : deps.nextNumber('bookings'),
    account_id: account,
    currency: currency ?? textOf(read.setting('currency')),
    site_id: order?.['site_id'],
    owner_id: order?.['owner_id'] ?? (read.get('people', change.actor) ? change.actor : undefined),
    zone: companyZone(read, deps.env),
    kind: 'shipment',
  });
};

/** What a move is called on the way: goods are loaded and unloaded, a visit or a campaign begins and ends. */
const EVENT: Readonly<Record<'in_progress' | 'done', (kind: unknown) => string>> = {
  in_progress: (kind) => (kind === 'shipment' ? 'AF' : 'BEG'),
  done: (kind) => (kind === 'shipment' ? 'D1' : 'END'),
};

const eventPatch = (booking: StoredRow, code: string, { read, change, deps }: Work): StorePatch => {
  const now = deps.env.clock();
  const values = {
    booking_id: booking.id,
    code,
    happened_at: now,
    recorded_at: now,
    zone: companyZone(read, deps.env),
    source: 'person',
    person_id: read.get('people', change.actor) ? change.actor : null,
  };
  return { kind: 'insert', table: 'tracking_events', id: deps.env.ids(), values };
};

const set = (id: string, values: Settled): StorePatch => ({ kind: 'update', table: 'bookings', id, values });

/** A move of a booking with all it brings. Who moved it first by an event keeps that event's time. */
export const bookingMove = (id: string, to: string, why: string | null, work: Work): readonly StorePatch[] => {
  const { read, deps } = work;
  const booking = read.get('bookings', id);
  const move = moveOf('bookings', id, to, why);
  if (booking === undefined) return [move];
  const zone = companyZone(read, deps.env);
  const picture = pictureOfBooking(read, id);
  if (to === 'hold') {
    const last = addWorkingDays(companyToday(read, deps.env), HOLD_DAYS, WEEK);
    const until = numberOf(booking['hold_until']) ?? (last === null ? null : instantAt(zone, last, '18:00'));
    return [move, set(id, { hold_until: until })];
  }
  // Going back gives what was held free at once.
  if (to === 'need') return [move, set(id, { hold_until: null })];
  if (to === 'in_progress' && booking['status'] === 'confirmed' && picture.pickedUpAt === null)
    return [move, eventPatch(booking, EVENT.in_progress(booking['kind']), work)];
  if (to !== 'done' || booking['status'] === 'closed') return [move];
  const delivered = dayIn(zone, picture.deliveredAt ?? deps.env.clock());
  const proof = booking['kind'] === 'campaign' || picture.podAt !== null ? null : podDueOn(delivered, WEEK);
  return [
    move,
    ...(picture.deliveredAt === null ? [eventPatch(booking, EVENT.done(booking['kind']), work)] : []),
    set(id, { pod_due_on: proof }),
  ];
};

/** A status typed in a cell runs its moves. */
export const updateBooking = (
  patch: Write,
  before: StoredRow | undefined,
  values: Settled,
  work: Work,
): readonly StorePatch[] => {
  const { status, ...own } = values;
  const withMove = (to: string): readonly StorePatch[] => bookingMove(patch.id, to, null, work);
  return [
    ...(Object.keys(own).length > 0 ? [{ ...patch, values: own }] : []),
    ...(status === undefined ? [] : typedState('bookings', patch, before, status, work, withMove)),
  ];
};
