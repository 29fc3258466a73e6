/**
 * Holds on capacity that others may take too (B2): a carrier's slot, a contractor's hours, a campaign slot. Without a hub
 * nobody decides, so a hold is only a wish until all that could have been earlier is known: every stream of the scope read
 * past its stamp. Then the first in stamp order have it. The same rows give the same answer on every device.
 */

/** Stamps as they order: time, counter, device. */
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

/** How far each other stream of the scope is read, as the time of its last stamp. None = this device is alone. */
export type Streams = readonly { readonly device: string; readonly readTo: number }[];

export type HoldStanding = 'released' | 'expired' | 'lost' | 'held' | 'confirmed';

const isEarlier = (a: Stamp, b: Stamp): boolean => a.at < b.at || (a.at === b.at && a.device < b.device);

const isOut = ({ isReleased, isFirm, expiresAt }: CapacityHold, now: number): boolean =>
  isReleased || (!isFirm && expiresAt !== null && expiresAt <= now);

/** How a hold stands now among all that want the slot. @param now UTC ms */
export const holdStanding = (
  hold: CapacityHold,
  all: readonly CapacityHold[],
  { capacity, streams, now }: { readonly capacity: number; readonly streams: Streams; readonly now: number },
): HoldStanding => {
  if (hold.isReleased) return 'released';
  if (isOut(hold, now)) return 'expired';
  const before = all
    .filter((one) => one.id !== hold.id && one.slot === hold.slot && !isOut(one, now) && isEarlier(one.stamp, hold.stamp))
    .reduce((sum, { amount }) => sum + amount, 0);
  if (before + hold.amount > capacity) return 'lost';
  const isKnown = streams.every(({ device, readTo }) => device === hold.stamp.device || readTo > hold.stamp.at);
  return isKnown ? 'confirmed' : 'held';
};

/** What of a slot nobody wants yet; below zero where more is wanted than there is. */
export const leftOf = (slot: string, capacity: number, all: readonly CapacityHold[], now: number): number =>
  capacity - all.filter((one) => one.slot === slot && !isOut(one, now)).reduce((sum, { amount }) => sum + amount, 0);

export type Slot = { readonly id: string; readonly kind: string; readonly starts: string; readonly capacity: number };

/** Other slots of the kind that still have room, the nearest day first: what a losing hold is offered. */
export const alternatives = (
  lost: Slot,
  amount: number,
  slots: readonly Slot[],
  { holds, now }: { readonly holds: readonly CapacityHold[]; readonly now: number },
): readonly Slot[] => {
  const distance = ({ starts }: Slot): number => Math.abs(Date.parse(starts) - Date.parse(lost.starts));
  return slots
    .filter((one) => one.id !== lost.id && one.kind === lost.kind && leftOf(one.id, one.capacity, holds, now) >= amount)
    .toSorted((a, b) => distance(a) - distance(b) || (a.id < b.id ? -1 : 1));
};
