/**
 * Late before it is late (B6): an estimate past the window, or a milestone that should have come and has not. An exception
 * has an owner, a next action and the time the customer was told; a delivery without proof is a job after some days.
 */
import { addWorkingDays, type Calendar } from '../order/calendar.ts';
import { reasonLabel } from './codes.ts';
import type { Picture } from './events.ts';

const MINUTE = 60_000;

/** How long after its time a milestone may be missing before that says something, in milliseconds. */
const allowances: Readonly<Record<'pickup' | 'delivery', number>> = { pickup: 30 * MINUTE, delivery: 30 * MINUTE };

export type Windows = {
  /** UTC ms; null where none was agreed. */
  readonly pickupTo: number | null;
  readonly deliverTo: number | null;
};

export type Late =
  | { readonly kind: 'late'; readonly by: number; readonly reason: string }
  | { readonly kind: 'predicted_late'; readonly by: number; readonly reason: string };

const minutes = (ms: number): string => {
  const all = Math.round(ms / MINUTE);
  const [hours, rest] = [Math.floor(all / 60), all % 60];
  if (hours === 0) return `${rest} m`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} m`;
};

const because = (reason: string | null): string => {
  const label = reasonLabel(reason);
  return label === null ? '' : `: ${label.toLowerCase()}`;
};

/** How late a booking is or will be, with the reason in words; null while nothing says so. @param now UTC ms */
export const lateOf = (
  picture: Picture,
  { pickupTo, deliverTo }: Windows,
  now: number,
  etaReason: string | null = null,
): Late | null => {
  const { deliveredAt, pickedUpAt, eta } = picture;
  if (deliveredAt !== null) {
    const by = deliverTo === null ? 0 : deliveredAt - deliverTo;
    return by > 0 ? { kind: 'late', by, reason: `Delivered ${minutes(by)} after the window` } : null;
  }
  if (deliverTo !== null && now > deliverTo)
    return { kind: 'late', by: now - deliverTo, reason: `Not delivered, ${minutes(now - deliverTo)} after the window` };
  if (deliverTo !== null && eta !== null && eta > deliverTo)
    return {
      kind: 'predicted_late',
      by: eta - deliverTo,
      reason: `Expected ${minutes(eta - deliverTo)} after the window${because(etaReason)}`,
    };
  if (pickupTo !== null && pickedUpAt === null && now > pickupTo + allowances.pickup)
    return { kind: 'predicted_late', by: now - pickupTo, reason: `Not picked up, ${minutes(now - pickupTo)} after its time` };
  return null;
};

/** Whether the promise was kept, by what was first told and by what was told last. */
export const promiseKept = (
  deliveredAt: number,
  { original, latest }: { readonly original: number | null; readonly latest: number | null },
): { readonly original: boolean | null; readonly latest: boolean | null } => ({
  original: original === null ? null : deliveredAt <= original,
  latest: latest === null ? null : deliveredAt <= latest,
});

export type Exception = {
  readonly owner: string | null;
  readonly nextAction: string | null;
  readonly customerToldAt: number | null;
};

/** What an exception still lacks, in words; null where it is in hand. */
export const exceptionLack = ({ owner, nextAction, customerToldAt }: Exception): string | null => {
  if (owner === null) return 'Owner: none';
  if ((nextAction ?? '').trim() === '') return 'Next action: none';
  return customerToldAt === null ? 'Customer not told yet' : null;
};

/** Working days after delivery by which the proof has to be here (RULES 3.15). */
const POD_DAYS = 2;

/** The day the proof is due. @param delivered the day of delivery */
export const podDueOn = (delivered: string, calendar: Calendar, days = POD_DAYS): string | null =>
  addWorkingDays(delivered, days, calendar);
