/**
 * What a booking brings with it: its number, and what a move writes beside the state: a hold's end, the event that says so,
 * the day its proof is due.
 */
import { dayIn, instantAt } from '../../../../shared/domain/dates.ts';
import { addWorkingDays } from '../../../../shared/domain/order/calendar.ts';
import { moveCodes } from '../../../../shared/domain/tracking/codes.ts';
import { podDueOn } from '../../../../shared/domain/tracking/late.ts';
import type { StorePatch, StoredRow } from '../../store/api.ts';
import { numberOf, pictureOfBooking, textOf } from '../booking/read.ts';
import { isHolding } from '../booking/slots.ts';
import { companyToday, companyZone } from '../company/company.ts';
import { isOtherVisit, withCells } from './booking-guards.ts';
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
  const now = deps.env.clock();
  // Whoever holds a slot keeps the place they have; who comes to it, or comes back to it, is the last.
  const since = isHolding(booking, now) ? numberOf(booking['held_at']) : now;
  if (to === 'hold') {
    const last = addWorkingDays(companyToday(read, deps.env), HOLD_DAYS, WEEK);
    const until = numberOf(booking['hold_until']) ?? (last === null ? null : instantAt(zone, last, '18:00'));
    return [move, set(id, { hold_until: until, held_at: since })];
  }
  // Going back gives what was held free at once.
  if (to === 'need') return [move, set(id, { hold_until: null, held_at: null })];
  if (to === 'tendered' && typeof booking['slot_id'] === 'string') return [move, set(id, { held_at: since })];
  if (to === 'in_progress' && booking['status'] === 'confirmed' && picture.pickedUpAt === null)
    return [move, eventPatch(booking, moveCodes.in_progress(booking['kind']), work)];
  if (to !== 'done' || booking['status'] === 'closed') return [move];
  const delivered = dayIn(zone, picture.deliveredAt ?? now);
  const proof = booking['kind'] === 'campaign' || picture.podAt !== null ? null : podDueOn(delivered, WEEK);
  return [
    move,
    ...(picture.deliveredAt === null ? [eventPatch(booking, moveCodes.done(booking['kind']), work)] : []),
    set(id, { pod_due_on: proof }),
  ];
};

/** What a change of a booking changes with it: its place at a slot, and an override that was of another partner or day. */
const beside = (before: StoredRow, own: Settled, { read, deps }: Work): Settled => {
  const after = withCells(before, own);
  const now = deps.env.clock();
  const isMore = Number(after['slot_amount'] ?? 1) > Number(before['slot_amount'] ?? 1);
  const isMoved = after['slot_id'] !== before['slot_id'] || isMore;
  const isOverridden = textOf(before['override_reason']) !== null && own['override_reason'] === undefined;
  return {
    ...own,
    ...(isMoved && isHolding(before, now) ? { held_at: now } : {}),
    ...(isOverridden && isOtherVisit(before, after, companyZone(read, deps.env))
      ? { override_reason: null, override_by: null }
      : {}),
  };
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
    ...(Object.keys(own).length > 0 ? [{ ...patch, values: before === undefined ? own : beside(before, own, work) }] : []),
    ...(status === undefined ? [] : typedState('bookings', patch, before, status, work, withMove)),
  ];
};
