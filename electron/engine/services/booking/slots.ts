/**
 * Capacity that several want (B2): how a booking stands among those of its slot, where else there is room, and why it may
 * not take what is not there.
 */
import {
  alternatives,
  holdStanding,
  type CapacityHold,
  type HoldStanding,
  type Slot,
} from '../../../../shared/domain/booking/holds.ts';
import type { Reader, StoredRow } from '../../store/api.ts';
import { numberOf, textOf } from './read.ts';

/** States in which nothing of a slot is taken. */
const GIVEN_BACK: readonly string[] = ['need', 'declined', 'cancelled', 'no_show', 'failed'];
const MOST_OFFERED = 5;

/** When a booking came to want its slot: when it was held; of one that a file brought, when it was made, as ids stand in that order. */
const stampOf = (booking: StoredRow): number =>
  numberOf(booking['held_at']) ?? Number.parseInt(booking.id.replaceAll('-', '').slice(0, 12), 16);

const holdOf = (booking: StoredRow): CapacityHold => ({
  id: booking.id,
  slot: String(booking['slot_id'] ?? ''),
  amount: numberOf(booking['slot_amount']) ?? 1,
  stamp: { at: stampOf(booking), device: booking.id },
  expiresAt: numberOf(booking['hold_until']),
  isReleased: GIVEN_BACK.includes(String(booking['status'])),
  isFirm: booking['status'] !== 'hold',
});

/** Whether it takes its slot now. */
export const isHolding = (booking: StoredRow, now: number): boolean => {
  const { isReleased, isFirm, expiresAt } = holdOf(booking);
  return !isReleased && (isFirm || expiresAt === null || expiresAt > now);
};

const slotOf = (row: StoredRow): Slot => ({
  id: row.id,
  kind: String(row['kind'] ?? ''),
  starts: String(row['starts_on'] ?? ''),
  capacity: numberOf(row['capacity']) ?? 0,
});

const holdsOf = (slot: string, read: Reader): readonly CapacityHold[] =>
  read.match('bookings', 'slot_id', slot).flatMap((id) => {
    const row = read.get('bookings', id);
    return row === undefined ? [] : [holdOf(row)];
  });

/** After everybody. */
const LAST = { at: Number.MAX_SAFE_INTEGER, device: '' };

type Free = { readonly id: string; readonly name: string; readonly starts_on: string };

/** Slots of the kind with room for as much, nearest first. */
const freeInstead = (slot: StoredRow, amount: number, now: number, read: Reader): readonly Free[] => {
  const slots = read.match('slots', 'kind', String(slot['kind'] ?? '')).flatMap((id) => read.get('slots', id) ?? []);
  const holds = slots.flatMap(({ id }) => holdsOf(id, read));
  return alternatives(slotOf(slot), amount, slots.map(slotOf), { holds, now })
    .slice(0, MOST_OFFERED)
    .map(({ id, starts }) => ({ id, name: textOf(read.get('slots', id)?.['name']) ?? '', starts_on: starts }));
};

const standingOf = (own: CapacityHold, slot: StoredRow, now: number, read: Reader): HoldStanding =>
  // Nothing else writes here: every other stream is read.
  holdStanding(own, holdsOf(own.slot, read), { capacity: numberOf(slot['capacity']) ?? 0, streams: [], now });

const slotRow = (booking: StoredRow, read: Reader): StoredRow | undefined => {
  const slot = textOf(booking['slot_id']);
  return slot === null ? undefined : read.get('slots', slot);
};

/** How its hold stands, and where there is room where it has none. */
export const holdIn = (
  booking: StoredRow,
  read: Reader,
  now: number,
): { readonly hold: HoldStanding | null; readonly alternatives: Free[] } => {
  const slot = slotRow(booking, read);
  if (slot === undefined) return { hold: null, alternatives: [] };
  const own = holdOf(booking);
  const hold = standingOf(own, slot, now, read);
  return { hold, alternatives: hold === 'lost' || hold === 'expired' ? [...freeInstead(slot, own.amount, now, read)] : [] };
};

/** Why a booking may not take its slot, with where there is room; null where it may. @param isLast everybody else came first */
export const judgeSlot = (booking: StoredRow, read: Reader, now: number, isLast: boolean): string | null => {
  const slot = slotRow(booking, read);
  if (slot === undefined) return null;
  const held = holdOf(booking);
  const own = { ...held, isReleased: false, isFirm: true, stamp: isLast ? LAST : held.stamp };
  if (standingOf(own, slot, now, read) !== 'lost') return null;
  const free = freeInstead(slot, own.amount, now, read).map(({ name, starts_on: starts }) => `${name} (${starts})`);
  const full = `${textOf(slot['name']) ?? 'The slot'} has no room for ${own.amount}.`;
  return free.length === 0 ? full : `${full} Free: ${free.join(', ')}.`;
};
