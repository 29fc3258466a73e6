/**
 * Capacity that several want (B2): how a booking stands among those of its slot, where else there is room, and why it may
 * not take what is not there.
 */
import {
  alternatives,
  holdStanding,
  unheardOf,
  type CapacityHold,
  type HoldStanding,
  type Slot,
} from '../../../../shared/domain/booking/holds.ts';
import type { Unheard } from '../../../../shared/domain/booking/hold-words.ts';
import type { Reader, StoredRow } from '../../store/api.ts';
import { BEGUN } from '../../../../shared/domain/booking/states.ts';
import { numberOf, textOf } from './read.ts';

/** States in which nothing of a slot is taken. */
const GIVEN_BACK: readonly string[] = ['need', 'declined', 'cancelled', 'no_show', 'failed'];
const MOST_OFFERED = 5;

/** Before everybody, and after. */
const FIRST = { at: 0, device: '' };
const LAST = { at: Number.MAX_SAFE_INTEGER, device: '' };

/**
 * When a booking came to want its slot, by the stamps of the log: a clock that is behind, and a hold that is done again, take no place
 * that somebody else has.
 */
const placeOf = ({ id }: StoredRow, read: Reader): CapacityHold['stamp'] => {
  const [held, slot] = [read.stampOf('bookings', id, 'held_at'), read.stampOf('bookings', id, 'slot_id')];
  return held === undefined || slot === undefined ? LAST : { at: Math.max(held.at, slot.at), device: held.device };
};

const termsOf = (booking: StoredRow): Pick<CapacityHold, 'expiresAt' | 'isReleased' | 'isFirm'> => ({
  expiresAt: numberOf(booking['hold_until']),
  isReleased: GIVEN_BACK.includes(String(booking['status'])),
  isFirm: booking['status'] !== 'hold',
});

const isBegun = ({ status }: StoredRow): boolean => BEGUN.includes(String(status));

/** What has begun uses the slot, whoever came first: it ends by nothing, and who was before it has lost. */
const holdOf = (booking: StoredRow, read: Reader): CapacityHold => ({
  id: booking.id,
  slot: String(booking['slot_id'] ?? ''),
  amount: numberOf(booking['slot_amount']) ?? 1,
  ...termsOf(booking),
  ...(isBegun(booking) ? { stamp: FIRST, expiresAt: null } : { stamp: placeOf(booking, read) }),
});

/** Whether it takes its slot now. */
export const isHolding = (booking: StoredRow, now: number): boolean => {
  const { isReleased, isFirm, expiresAt } = termsOf(booking);
  return !isReleased && (isFirm || expiresAt === null || expiresAt > now);
};

export const slotOf = (row: StoredRow): Slot => ({
  id: row.id,
  kind: String(row['kind'] ?? ''),
  starts: String(row['starts_on'] ?? ''),
  partner: textOf(row['partner_id']),
  capacity: numberOf(row['capacity']) ?? 0,
});

export const holdsOf = (slot: string, read: Reader): readonly CapacityHold[] =>
  read.match('bookings', 'slot_id', slot).flatMap((id) => {
    const row = read.get('bookings', id);
    return row === undefined ? [] : [holdOf(row, read)];
  });

type Free = { readonly id: string; readonly name: string; readonly starts_on: string };

/** Slots of the kind with room for as much, nearest first. */
const freeInstead = (slot: StoredRow, amount: number, now: number, read: Reader): readonly Free[] => {
  const slots = read.match('slots', 'kind', String(slot['kind'] ?? '')).flatMap((id) => read.get('slots', id) ?? []);
  const holds = slots.flatMap(({ id }) => holdsOf(id, read));
  return alternatives(slotOf(slot), amount, slots.map(slotOf), { holds, now })
    .slice(0, MOST_OFFERED)
    .map(({ id, starts }) => ({ id, name: textOf(read.get('slots', id)?.['name']) ?? '', starts_on: starts }));
};

const slotRow = (booking: StoredRow, read: Reader): StoredRow | undefined => {
  const slot = textOf(booking['slot_id']);
  return slot === null ? undefined : read.get('slots', slot);
};

type Standing = { readonly hold: HoldStanding | null; readonly unheard: Unheard[]; readonly alternatives: Free[] };

const standingIn = (own: CapacityHold, slot: StoredRow, read: Reader, now: number) => {
  if (own.stamp === FIRST) return { hold: 'confirmed' as const, unheard: [] };
  const all = holdsOf(own.slot, read);
  const judging = { capacity: slotOf(slot).capacity, streams: read.heard() ?? [], now };
  const unheard = unheardOf(own, all, judging).map(({ device, code, at }): Unheard => ({
    code,
    who: read.whoAt(device),
    since: at,
  }));
  return { hold: holdStanding(own, all, judging), unheard };
};

/** How its hold stands, whom it waits for, and where there is room where it has none. */
export const holdIn = (booking: StoredRow, read: Reader, now: number): Standing => {
  const slot = slotRow(booking, read);
  if (slot === undefined) return { hold: null, unheard: [], alternatives: [] };
  const own = holdOf(booking, read);
  const { hold, unheard } = standingIn(own, slot, read, now);
  return {
    hold,
    unheard,
    alternatives: hold === 'lost' || hold === 'expired' ? [...freeInstead(slot, own.amount, now, read)] : [],
  };
};

/** All that want a slot, as they stand, the first first. */
export const wantsOf = (slot: StoredRow, read: Reader, now: number) =>
  holdsOf(slot.id, read)
    .filter(({ isReleased }) => !isReleased)
    .toSorted((a, b) => a.stamp.at - b.stamp.at || (a.stamp.device < b.stamp.device ? -1 : 1))
    .map((own) => ({
      id: own.id,
      number: textOf(read.get('bookings', own.id)?.['number']) ?? '',
      amount: own.amount,
      ...standingIn(own, slot, read, now),
    }));

/** Why a booking may not take its slot, with where there is room; null where it may. @param isLast everybody else came first */
export const judgeSlot = (booking: StoredRow, read: Reader, now: number, isLast: boolean): string | null => {
  const slot = slotRow(booking, read);
  if (slot === undefined) return null;
  const held = holdOf(booking, read);
  const own = { ...held, isReleased: false, isFirm: true, stamp: isLast ? LAST : held.stamp };
  // Whoever is not heard yet holds up nobody's work: only what is known to be taken is.
  if (holdStanding(own, holdsOf(own.slot, read), { capacity: slotOf(slot).capacity, streams: [], now }) !== 'lost') return null;
  const free = freeInstead(slot, own.amount, now, read).map(({ name, starts_on: starts }) => `${name} (${starts})`);
  const full = `${textOf(slot['name']) ?? 'The slot'} has no room for ${own.amount}.`;
  return free.length === 0 ? full : `${full} Free: ${free.join(', ')}.`;
};
