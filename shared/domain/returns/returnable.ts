/**
 * How much of an order line may still come back, how much of it each step is about, and what is kept of its price (T1).
 * Quantities in millionths, amounts in minor units.
 */
import { addDays } from '../dates.ts';
import { divideRounded } from '../decimal.ts';
import { operationOf } from './states.ts';

export type Returnable = {
  readonly delivered: bigint;
  /** Came back already, and stayed. */
  readonly returned: bigint;
  /** Asked for or authorised in returns that are under way. */
  readonly inReturns: bigint;
};

/** `returnable = delivered - already returned - open returns`, never below nothing. */
export const returnableOf = ({ delivered, returned, inReturns }: Returnable): bigint => {
  const left = delivered - returned - inReturns;
  return left > 0n ? left : 0n;
};

type Held = {
  readonly status: string;
  readonly operation: string;
  readonly asked: bigint;
  readonly authorised: bigint;
};

/**
 * What one return takes of `returnable` without anything having come back: what was asked for, then what was authorised. What
 * stays with the customer for its money never comes back, and is not returned a second time.
 */
export const heldBy = ({ status, operation, asked, authorised }: Held): bigint => {
  if (status === 'denied' || operation === 'not_ordered') return 0n;
  if (status === 'requested') return asked;
  const isAwaited = status === 'authorised' || status === 'labelled';
  return isAwaited || operationOf(operation)?.comesBack === false ? authorised : 0n;
};

export type ReturnRefusal = { readonly code: 'NOTHING' | 'TOO_MUCH' | 'TOO_LATE' | 'NOT_DELIVERED'; readonly message: string };

type Asked = {
  readonly qty: bigint;
  readonly operation: string;
  /** Why it is taken back although it is too late. */
  readonly override: string | null;
};

type Line = Returnable & {
  /** The last delivery; null = none. */
  readonly deliveredOn: string | null;
};

/** The last day a line may be asked back. @param days of the window; null = it never ends */
export const lastDayFor = (deliveredOn: string, days: number | null): string | null =>
  days === null ? null : addDays(deliveredOn, days);

/** Why a line may not be asked back so; null where it may. Goods nobody ordered were never delivered on the line. */
export const judgeReturn = (line: Line, asked: Asked, today: string, days: number | null): ReturnRefusal | null => {
  if (asked.qty <= 0n) return { code: 'NOTHING', message: 'Say how many come back.' };
  if (asked.operation === 'not_ordered') return null;
  if (line.deliveredOn === null) return { code: 'NOT_DELIVERED', message: 'Nothing of this line was delivered.' };
  if (asked.qty > returnableOf(line))
    return { code: 'TOO_MUCH', message: 'That is more than was delivered and is not coming back already.' };
  const last = lastDayFor(line.deliveredOn, days);
  const isLate = last !== null && today > last;
  if (isLate && (asked.override ?? '').trim() === '')
    return { code: 'TOO_LATE', message: `It could be returned until ${last}. Say why it is taken back all the same.` };
  return null;
};

const tooMuch = {
  authorise: 'That is more than was asked for.',
  receive: 'That is more than was authorised.',
  accept: 'That is more than came back.',
} as const;

/** Why a step may not be of so many; null where it may. Of what came back nothing may be good. */
export const judgePart = (step: keyof typeof tooMuch, qty: bigint, most: bigint): string | null => {
  if (qty < 0n || (qty === 0n && step !== 'accept')) return 'Say how many.';
  return qty > most ? tooMuch[step] : null;
};

/** How many of what came back go out to the customer again: what was not accepted, and what is repaired or sent anew. */
export const sentBackOf = (operation: string, received: bigint, accepted: bigint): bigint =>
  operationOf(operation)?.goesOutAgain === true ? received : received - accepted;

/** A line of its own, so that the credit stays what was paid. @param share millionths of the credit */
export const restockingFee = (credit: bigint, share: number): bigint => divideRounded(credit * BigInt(share), 1_000_000n);
