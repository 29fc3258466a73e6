/**
 * Holds on capacity that others may take too (B2): a carrier's slot, a contractor's hours, a campaign slot. Without a hub
 * nobody decides, so a hold is only a wish until all that could have been earlier is known: every stream of the scope read
 * past its stamp. Then the first in stamp order have it. The same rows give the same answer on every device.
 */
import { stampAt, stampTime } from '../hlc.ts';

/** Stamps as they order: of the hybrid clock (SYNC.md 2.5), then by device. */
type Stamp = { readonly at: number; readonly device: string };

export type CapacityHold = {
  readonly id: string;
  readonly slot: string;
  /** How much of the slot it takes. */
  readonly amount: number;
  readonly stamp: Stamp;
  /** UTC ms it ends at by itself; null where it stands until it is given back. */
  readonly expiresAt: number | null;
  /** Given back: withdrawn, rejected, cancelled. */
  readonly isReleased: boolean;
  /** A person or the partner bound it: it expires no more. */
  readonly isFirm: boolean;
};

/** How far a stream of the team is read, as its last stamp: all that its device writes from now on comes later. */
export type Stream = { readonly device: string; readonly readTo: number };

export type HoldStanding = 'released' | 'expired' | 'lost' | 'held' | 'confirmed';

/** What a hold is judged by. `streams`: of all other devices of the team; none = this device is alone. `now`: UTC ms. */
export type Judging<S extends Stream = Stream> = {
  readonly capacity: number;
  readonly streams: readonly S[];
  readonly now: number;
};

const DAY_MS = 86_400_000;
/** Who says nothing for so long made no hold that still stands: a hold ends after three working days (RULES 3.15). */
const SILENCE_MS = 7 * DAY_MS;

const isEarlier = (a: Stamp, b: Stamp): boolean => a.at < b.at || (a.at === b.at && a.device < b.device);

const isOut = ({ isReleased, isFirm, expiresAt }: CapacityHold, now: number): boolean =>
  isReleased || (!isFirm && expiresAt !== null && expiresAt <= now);

const amountOf = (holds: readonly CapacityHold[]): number => holds.reduce((sum, { amount }) => sum + amount, 0);

/** Those that want the same slot and came first, whether or not they ended by themselves meanwhile. */
const beforeOf = (hold: CapacityHold, all: readonly CapacityHold[]): readonly CapacityHold[] =>
  all.filter((one) => one.id !== hold.id && one.slot === hold.slot && !one.isReleased && isEarlier(one.stamp, hold.stamp));

/**
 * The stamp past which every stream has to be read before a hold is settled: its own; and where it has room only because an
 * earlier one ended by itself, the end of that, as whoever held it may have bound it just before.
 */
const settledAt = (hold: CapacityHold, all: readonly CapacityHold[], { capacity, now }: Judging): number => {
  const before = beforeOf(hold, all);
  if (amountOf(before) + hold.amount <= capacity) return hold.stamp.at;
  return Math.max(hold.stamp.at, ...before.flatMap((one) => (isOut(one, now) ? stampAt(one.expiresAt ?? 0) : [])));
};

/** Until when others are waited for: a hold ends by itself, and so has what whoever is silent for as long may have held. */
const waitsUntil = ({ stamp, expiresAt }: CapacityHold): number => expiresAt ?? stampTime(stamp.at) + SILENCE_MS;

const standsOf = (hold: CapacityHold, all: readonly CapacityHold[], { capacity, now }: Judging): 'open' | HoldStanding => {
  if (hold.isReleased) return 'released';
  if (isOut(hold, now)) return 'expired';
  const before = beforeOf(hold, all).filter((one) => !isOut(one, now));
  return amountOf(before) + hold.amount > capacity ? 'lost' : 'open';
};

/** The streams that a hold still has to be read past, whether or not they are waited for; none where it is lost or over. */
export const unheardOf = <S extends Stream>(
  hold: CapacityHold,
  all: readonly CapacityHold[],
  judging: Judging<S>,
): readonly S[] => {
  if (standsOf(hold, all, judging) !== 'open') return [];
  const past = settledAt(hold, all, judging);
  const isKnown = ({ device, readTo }: S): boolean => readTo > past || (device === hold.stamp.device && past === hold.stamp.at);
  return judging.streams.filter((stream) => !isKnown(stream));
};

/** How a hold stands now among all that want the slot. */
export const holdStanding = (hold: CapacityHold, all: readonly CapacityHold[], judging: Judging): HoldStanding => {
  const stands = standsOf(hold, all, judging);
  if (stands !== 'open') return stands;
  return unheardOf(hold, all, judging).length === 0 || waitsUntil(hold) <= judging.now ? 'confirmed' : 'held';
};

/**
 * The stamp that a device has to have written past before a hold of another is settled for all (B2); null where nobody waits for
 * a word of this device.
 */
export const wordWanted = (
  hold: CapacityHold,
  all: readonly CapacityHold[],
  { own, ...judging }: Omit<Judging, 'streams'> & { readonly own: string },
): number | null => {
  const asked = { ...judging, streams: [{ device: own, readTo: 0 }] };
  const isWaited = unheardOf(hold, all, asked).length > 0 && waitsUntil(hold) > judging.now;
  return isWaited ? settledAt(hold, all, asked) : null;
};

/** What of a slot nobody wants yet; below zero where more is wanted than there is. */
export const leftOf = (slot: string, capacity: number, all: readonly CapacityHold[], now: number): number =>
  capacity - all.filter((one) => one.slot === slot && !isOut(one, now)).reduce((sum, { amount }) => sum + amount, 0);

export type Slot = {
  readonly id: string;
  readonly kind: string;
  readonly starts: string;
  readonly partner: string | null;
  readonly capacity: number;
};

/** Other slots of the kind that still have room, the nearest day first, of a day those of its partner: what a losing hold is offered. */
export const alternatives = (
  lost: Slot,
  amount: number,
  slots: readonly Slot[],
  { holds, now }: { readonly holds: readonly CapacityHold[]; readonly now: number },
): readonly Slot[] => {
  const distance = ({ starts }: Slot): number => Math.abs(Date.parse(starts) - Date.parse(lost.starts));
  const isOther = ({ partner }: Slot): number => (partner === lost.partner ? 0 : 1);
  return slots
    .filter((one) => one.id !== lost.id && one.kind === lost.kind && leftOf(one.id, one.capacity, holds, now) >= amount)
    .toSorted((a, b) => distance(a) - distance(b) || isOther(a) - isOther(b) || (a.id < b.id ? -1 : 1));
};
