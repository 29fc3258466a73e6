/**
 * When a line is done and what of it is behind (F1 to F4). Quantities are compared line by line: a percentage over an
 * order rounds the last two of 250,002 away, and with them the only way to deliver them.
 */
import type { Buckets } from '../fulfilment.ts';
import type { FulfilmentLine, LineNature } from './record.ts';
import { shareOf } from './tolerance.ts';

/** Still to be done: of goods to be shipped, of a service to be accepted or billed, whichever comes first (F3). */
export const outstandingOf = (
  nature: LineNature,
  { ordered, cancelled, short_closed, open, accepted, invoiced }: Buckets,
): bigint => {
  if (nature === 'goods') return open;
  const done = accepted > invoiced ? accepted : invoiced;
  const left = ordered - cancelled - short_closed - done;
  return left > 0n ? left : 0n;
};

/** Whether nothing is left to be done on any line. An order without lines is not complete. */
export const isComplete = (lines: readonly { readonly nature: LineNature; readonly buckets: Buckets }[]): boolean =>
  lines.length > 0 && lines.every(({ nature, buckets }) => outstandingOf(nature, buckets) === 0n);

/** A line that so little is missing of that it may be closed short without asking: offered, never done by itself. */
export const isWithinUnder = ({ ordered, nature, tolerance }: FulfilmentLine, buckets: Buckets): boolean => {
  const left = outstandingOf(nature, buckets);
  return left > 0n && left < ordered && left <= shareOf(ordered, tolerance.under);
};

/**
 * What is open past its promise, else what is open beyond what there is to send. Always the remainder.
 * @param supply in millionths; null = nothing is known of it
 */
export const backorderOf = ({ open }: Buckets, due: string | null, today: string, supply: bigint | null): bigint => {
  if (due !== null && due < today) return open;
  return supply === null || supply >= open ? 0n : open - (supply > 0n ? supply : 0n);
};

/** Delivered, accepted and gone back are facts of the goods; a return lowers only what is to be paid for (F5). */
export const billableOf = (nature: LineNature, { delivered, accepted, returned, invoiced }: Buckets): bigint => {
  const done = nature === 'goods' ? delivered - returned : accepted;
  return done > invoiced ? done - invoiced : 0n;
};

/** What is to be credited: billed, and not kept. */
export const creditableOf = ({ delivered, returned, invoiced, credited }: Buckets): bigint => {
  const kept = delivered - returned;
  const billed = invoiced - credited;
  return returned > 0n && billed > kept ? billed - kept : 0n;
};

/** Another product is sent only with the customer's word for it (F4): who gave it, and when. */
export const isConsentGiven = (consent: { readonly by: string; readonly on: string | null } | null): boolean =>
  consent !== null && consent.by.trim() !== '' && consent.on !== null;
