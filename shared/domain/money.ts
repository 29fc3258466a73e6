/**
 * What lines and orders come to (RULES.md M1 to M3). Integers only: a line is computed once at 10^-18, everything
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
const lineNetByUnit18 = (qty: number | bigint, price: number | bigint, discount: number | bigint, digits: number): bigint =>
  roundMinor(lineNet18(ONE, price, discount), digits) * tenTo(12 - digits) * BigInt(qty);

/** M2: (a) the whole line is rounded, or (b) its unit price after discount is, before it is multiplied. */
export type LineWork = 'line' | 'unit';

/** What stands on an account, a list or a document; nothing, and what a newer version made, is (a). */
export const lineWorkOf = (stored: unknown): LineWork => (stored === 'unit' ? 'unit' : 'line');

/**
 * What a line comes to by the order of work of its document (M2), in 10^-18.
 * @param digits of the minor unit
 */
export const lineExact18 = (
  { qty, price, discount }: Readonly<Record<'qty' | 'price' | 'discount', number | bigint>>,
  work: LineWork,
  digits: number,
): bigint => (work === 'unit' ? lineNetByUnit18(qty, price, discount, digits) : lineNet18(qty, price, discount));

/** What a line comes to by itself, in minor units. */
export const lineNet = (line: Parameters<typeof lineExact18>[0], work: LineWork, digits: number): bigint =>
  roundMinor(lineExact18(line, work, digits), digits);

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
