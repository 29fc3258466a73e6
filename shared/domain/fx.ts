/**
 * What money is in other money (M6): by one rate, of one day, from one source, which stands on a document from the day it
 * is agreed on. Nothing is added over currencies without one.
 */
import { canonicalJson } from './canonical.ts';
import { minorDigits } from './currency.ts';
import { divideRounded, tenTo } from './decimal.ts';
import { MICRO } from './kinds.ts';

export type Fx = {
  /** The company's own currency. */
  readonly base: string;
  /** Millionths: of the other currency for one of the own (`theirs`), or of the own for one of the other (`ours`). */
  readonly rate: number;
  readonly way: 'theirs' | 'ours';
  /** ISO day the rate is of. */
  readonly on: string;
  /** Who says so. */
  readonly source: string;
};

const isFx = (value: unknown): value is Fx => {
  if (typeof value !== 'object' || value === null) return false;
  const { base, rate, way, on, source } = value as Readonly<Record<string, unknown>>;
  const isRate = Number.isSafeInteger(rate) && Number(rate) > 0;
  const areTexts = [base, on, source].every((text) => typeof text === 'string');
  return isRate && areTexts && (way === 'theirs' || way === 'ours');
};

export const writeFx = (fx: Fx): string => canonicalJson(fx);

/** What stands on a document; null where nothing does, or nothing that can be read. */
export const readFx = (text: unknown): Fx | null => {
  if (typeof text !== 'string') return null;
  try {
    const read: unknown = JSON.parse(text);
    return isFx(read) ? read : null;
  } catch {
    return null;
  }
};

/** What of the own and what of the other currency are the same money. */
const parity = ({ rate, way }: Fx): { readonly own: bigint; readonly other: bigint } =>
  way === 'theirs' ? { own: BigInt(MICRO), other: BigInt(rate) } : { own: BigInt(rate), other: BigInt(MICRO) };

/** @param of minor units of `currency` @returns minor units of the company's own, halves away from zero */
export const toBase = (of: bigint, currency: string, fx: Fx): bigint => {
  const [from, to] = [tenTo(minorDigits(currency)), tenTo(minorDigits(fx.base))];
  const { own, other } = parity(fx);
  return divideRounded(of * to * own, from * other);
};

/** @param of minor units of the company's own @returns minor units of `currency`, halves away from zero */
export const fromBase = (of: bigint, currency: string, fx: Fx): bigint => {
  const [from, to] = [tenTo(minorDigits(fx.base)), tenTo(minorDigits(currency))];
  const { own, other } = parity(fx);
  return divideRounded(of * to * other, from * own);
};

/**
 * A unit price or cost in other money, at 10^-6, rounded once.
 * @param from, to what stands for the money it is in and for that it is wanted in; null = the company's own
 */
export const convertPrice = (price: number, from: Fx | null, to: Fx | null): number => {
  const [a, b] = [from, to].map((fx) => (fx === null ? { own: 1n, other: 1n } : parity(fx)));
  return a === undefined || b === undefined ? price : Number(divideRounded(BigInt(price) * a.own * b.other, a.other * b.own));
};
