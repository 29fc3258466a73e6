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

/** @param of minor units of `currency` @returns minor units of the company's own, halves away from zero */
export const toBase = (of: bigint, currency: string, { base, rate, way }: Fx): bigint => {
  const [from, to] = [tenTo(minorDigits(currency)), tenTo(minorDigits(base))];
  const [up, down] = way === 'theirs' ? [BigInt(MICRO), BigInt(rate)] : [BigInt(rate), BigInt(MICRO)];
  return divideRounded(of * to * up, from * down);
};

/** @param of minor units of the company's own @returns minor units of `currency`, halves away from zero */
export const fromBase = (of: bigint, currency: string, { base, rate, way }: Fx): bigint => {
  const [from, to] = [tenTo(minorDigits(base)), tenTo(minorDigits(currency))];
  const [up, down] = way === 'theirs' ? [BigInt(rate), BigInt(MICRO)] : [BigInt(MICRO), BigInt(rate)];
  return divideRounded(of * to * up, from * down);
};
