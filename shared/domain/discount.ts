/**
 * The discount of a whole document (RULES.md M5): an amount, or a percent of what its lines come to. An amount wins over
 * a percent. It never takes more than there is, and adds nothing.
 */
import { divideRounded } from './decimal.ts';
import { MICRO } from './kinds.ts';

const ONE = BigInt(MICRO);

/** Minor units, and millionths; null = none. */
export type HeaderDiscount = { readonly amount: bigint | null; readonly percent: number | null };

/** What stands on a document. */
export const headerDiscountOf = (document: Readonly<Record<string, unknown>>): HeaderDiscount => {
  const { header_discount: amount, header_percent: percent } = document;
  return {
    amount: typeof amount === 'number' || typeof amount === 'bigint' ? BigInt(amount) : null,
    percent: typeof percent === 'number' ? percent : null,
  };
};

/** What is taken off, in minor units. @param net what the lines come to */
export const headerDiscount = (net: bigint, { amount, percent }: HeaderDiscount): bigint => {
  const wanted = amount ?? (percent === null ? 0n : divideRounded(net * BigInt(percent), ONE));
  if (wanted <= 0n || net <= 0n) return 0n;
  return wanted < net ? wanted : net;
};

/**
 * What of each unit of money is taken off, in millionths, rounded up: the percent where it is one, so that a limit of five
 * percent lets five percent through whatever the cents say.
 */
export const headerFraction = (net: bigint, discount: HeaderDiscount): number => {
  const taken = headerDiscount(net, discount);
  if (taken === 0n) return 0;
  return discount.amount === null && discount.percent !== null
    ? Math.min(discount.percent, MICRO)
    : Number(ONE - divideRounded((net - taken) * ONE, net, 'down'));
};

/** One discount after another, in millionths, rounded up: 10 % and then 5 % are 14.5 %. */
export const discountOnTop = (own: number, more: number): number =>
  Number(ONE - divideRounded((ONE - BigInt(own)) * (ONE - BigInt(more)), ONE, 'down'));
