/**
 * How much of an order line may still come back, and what it is credited for (T1). Quantities in millionths, amounts in
 * minor units.
 */
import { addDays } from '../dates.ts';
import { divideRounded } from '../decimal.ts';

export type Returnable = {
  readonly delivered: bigint;
  /** Came back already. */
  readonly returned: bigint;
  /** Asked for or authorised in returns that are under way. */
  readonly inReturns: bigint;
};

/** `returnable = delivered - already returned - open returns`, never below nothing. */
export const returnableOf = ({ delivered, returned, inReturns }: Returnable): bigint => {
  const left = delivered - returned - inReturns;
  return left > 0n ? left : 0n;
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

export type Settlement = {
  /** At the net price, discount and tax rate of the invoice. */
  readonly credit: bigint;
  /** A line of its own, so that the credit stays what was paid. */
  readonly fee: bigint;
};

/**
 * What accepted goods are credited for: their part of what was billed; the restocking fee beside it.
 * @param billed of the line, `invoiced` of it in millionths @param feeShare millionths of the credit
 */
export const settleReturn = (
  qty: bigint,
  line: { readonly billed: bigint; readonly invoiced: bigint },
  feeShare: number,
): Settlement => {
  const credit = line.invoiced === 0n ? 0n : divideRounded(line.billed * qty, line.invoiced);
  return { credit, fee: divideRounded(credit * BigInt(feeShare), 1_000_000n) };
};
