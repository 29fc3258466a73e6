/**
 * What lines and orders come to (RULES.md M1 to M6). Integers only: a line is computed once at 10^-18, everything
 * else is rounded from that, so that every device gives the same total in whatever order it adds.
 */
import { divideRounded, tenTo, type Rounding } from './decimal.ts';
import { MICRO } from './kinds.ts';

const ONE = BigInt(MICRO);
const LINE_DIGITS = 18;

/** Where an order rounds: each line, or once over the whole. */
type RoundingPolicy = 'line' | 'document';

/**
 * Quantity × price × (1 − discount), exact, in 10^-18 of the currency.
 * @param qty, price, discount in millionths
 */
export const lineNet18 = (qty: number | bigint, price: number | bigint, discount: number | bigint): bigint =>
  BigInt(qty) * BigInt(price) * (ONE - BigInt(discount));

/** The `net_micros` of a line: 10^-18 to 10^-6, halves away from zero. For reading only, never rounded again. */
export const netMicros = (net18: bigint): bigint => divideRounded(net18, tenTo(LINE_DIGITS - 6));

/** 10^-18 to minor units of a currency with so many digits (M1). */
export const roundMinor = (net18: bigint, digits: number, mode: Rounding = 'half_up'): bigint =>
  divideRounded(net18, tenTo(LINE_DIGITS - digits), mode);

/**
 * M2 (b), for partners who round the unit price first: round(unit × (1 − discount)) × quantity, in 10^-18.
 * @param digits of the minor unit
 */
export const lineNetByUnit18 = (
  qty: number | bigint,
  price: number | bigint,
  discount: number | bigint,
  digits: number,
): bigint => roundMinor(lineNet18(ONE, price, discount), digits) * tenTo(12 - digits) * BigInt(qty);

/** What the lines of an order come to, in minor units. */
export const orderNet = (
  lines18: readonly bigint[],
  policy: RoundingPolicy,
  digits: number,
  mode: Rounding = 'half_up',
): bigint =>
  policy === 'line'
    ? lines18.reduce((sum, line) => sum + roundMinor(line, digits, mode), 0n)
    : roundMinor(
        lines18.reduce((sum, line) => sum + line, 0n),
        digits,
        mode,
      );

type Part = { readonly id: string; readonly net: bigint };
const byId = (a: Part, b: Part): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
const size = (value: bigint): bigint => (value < 0n ? -value : value);

/**
 * Shares an amount over lines in proportion to their absolute net (M5): largest remainder first, ties to the lower
 * id; equal shares where every net is zero. The shares add up to the amount, whatever order the lines come in.
 */
export const allocate = (amount: bigint, parts: readonly Part[]): ReadonlyMap<string, bigint> => {
  const ordered = parts.toSorted(byId);
  const nets = ordered.map((part) => size(part.net));
  const sum = nets.reduce((total, net) => total + net, 0n);
  const weights = sum === 0n ? nets.map(() => 1n) : nets;
  const whole = sum === 0n ? BigInt(weights.length) : sum;
  if (whole === 0n) return new Map();
  const shares = weights.map((weight, at) => {
    const exact = size(amount) * weight;
    return { at, share: exact / whole, rest: exact % whole };
  });
  let left = size(amount) - shares.reduce((total, { share }) => total + share, 0n);
  for (const one of shares.toSorted((a, b) => (a.rest === b.rest ? a.at - b.at : a.rest > b.rest ? -1 : 1))) {
    if (left === 0n) break;
    one.share += 1n;
    left -= 1n;
  }
  const sign = amount < 0n ? -1n : 1n;
  return new Map(ordered.map((part, at) => [part.id, sign * (shares[at]?.share ?? 0n)]));
};
