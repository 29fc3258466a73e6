/**
 * Quantity breaks (P6). A line is a stretch of units; each rule, best first, takes of it what its band allows, until
 * nothing is left. Positions are in the product's own units at 10^-12, so that units of measure mix exactly.
 *
 * all_units takes all that is left, where the quantity lies in the band · up_to_max, once the minimum is reached, the
 * units up to the band's maximum · graduated the units from the one that is numbered `min` to the one numbered `max`.
 */
import { divideRounded } from '../decimal.ts';
import { MICRO } from '../kinds.ts';
import { compareCandidates, factorOf, minimumOf, type Candidate } from './candidates.ts';
import type { PriceAsk, PriceRule } from './types.ts';

const ONE = BigInt(MICRO);

/** From (excluded) to (included). */
export type Stretch = { readonly from: bigint; readonly to: bigint };

/** What one rule takes of a line. */
export type Taken = { readonly candidate: Candidate; readonly amount: bigint };

export type Cover =
  | { readonly kind: 'taken'; readonly taken: readonly Taken[]; readonly left: readonly Stretch[] }
  /** Rules that are equal in everything the search asks. */
  | { readonly kind: 'conflict'; readonly rules: readonly PriceRule[] };

/** The quantity asked for, in the product's own units at 10^-12. Nothing entered yet, or a return, counts as what one would pay for it. */
export const lengthOf = (ask: PriceAsk): bigint => {
  const qty = ask.qty === 0 ? ONE : BigInt(Math.abs(ask.qty));
  return qty * BigInt(factorOf(ask.uom, ask) ?? MICRO);
};

/** Units that count towards the band besides those of the line. */
export const besideOf = ({ id, basis }: PriceRule, ask: PriceAsk): bigint => (basis === 'line' ? 0n : (ask.beside.get(id) ?? 0n));

/** The quantity a band is measured against. */
export const measuredOf = (rule: PriceRule, ask: PriceAsk): bigint => besideOf(rule, ask) + lengthOf(ask);

const ceilToOne = (value: bigint, one: bigint): bigint => ((value + one - 1n) / one) * one;

/** The stretch a rule may take, by its band; null = its band is not reached, or left behind. */
const bandOf = (candidate: Candidate, ask: PriceAsk): Stretch | null => {
  const { rule, factor } = candidate;
  const measured = measuredOf(rule, ask);
  const max = rule.max === null ? null : BigInt(rule.max) * BigInt(factor);
  if (minimumOf(candidate) > measured) return null;
  const whole = { from: 0n, to: lengthOf(ask) };
  // Several lines together reach a band or do not: which of them holds which unit nobody could say.
  if (rule.mode === 'all_units' || rule.basis === 'group') return max !== null && measured > max ? null : whole;
  const before = besideOf(rule, ask);
  const unit = ONE * BigInt(factor);
  const start = rule.mode === 'graduated' && rule.min > 0 ? ceilToOne(minimumOf(candidate), unit) - unit : 0n;
  const from = start > before ? start - before : 0n;
  const to = max === null || max - before > whole.to ? whole.to : max - before;
  return from < to ? { from, to } : null;
};

const lengthsOf = (stretches: readonly Stretch[]): bigint => stretches.reduce((sum, { from, to }) => sum + to - from, 0n);

const without = (left: readonly Stretch[], taken: Stretch): readonly Stretch[] =>
  left.flatMap(({ from, to }) =>
    [
      { from, to: to < taken.from ? to : taken.from },
      { from: from > taken.to ? from : taken.to, to },
    ].filter((rest) => rest.from < rest.to),
  );

/** What a rule would take of what is left; nothing where its band lies elsewhere. */
const takeOf = (candidate: Candidate, left: readonly Stretch[], ask: PriceAsk): { amount: bigint; rest: readonly Stretch[] } => {
  const band = bandOf(candidate, ask);
  const rest = band === null ? left : without(left, band);
  return { amount: lengthsOf(left) - lengthsOf(rest), rest };
};

/**
 * Lets the rules of a level take what is left of a line.
 * @param candidates best first
 */
export const coverLine = (candidates: readonly Candidate[], start: readonly Stretch[], ask: PriceAsk): Cover => {
  const taken: Taken[] = [];
  let left = start;
  for (const candidate of candidates) {
    if (left.length === 0) break;
    const { amount, rest } = takeOf(candidate, left, ask);
    if (amount === 0n) continue;
    const equals = candidates.filter(
      (other) => other === candidate || (compareCandidates(other, candidate) === 0 && takeOf(other, left, ask).amount > 0n),
    );
    if (equals.length > 1) return { kind: 'conflict', rules: equals.map(({ rule }) => rule) };
    taken.push({ candidate, amount });
    left = rest;
  }
  return { kind: 'taken', taken, left };
};

/** One price with the rule it is of: per `factor` of the product's own units, for `amount` of them at 10^-12. */
export type Part = { readonly price: number; readonly factor: number; readonly amount: bigint };

/**
 * The price of one unit of the line over all its parts, rounded once, at 10^-6.
 * @param factor product's own units in one unit of the line
 */
export const averagePrice = (parts: readonly Part[], factor: number): number => {
  const scale = parts.reduce((product, part) => product * BigInt(part.factor), 1n);
  const amount = parts.reduce((sum, part) => sum + part.amount, 0n);
  const worth = parts.reduce((sum, part) => sum + BigInt(part.price) * part.amount * (scale / BigInt(part.factor)), 0n);
  return Number(divideRounded(worth * BigInt(factor), amount * scale));
};

/** A rule's price in the unit of the line. */
export const priceIn = ({ rule, factor }: Candidate, ask: PriceAsk): number =>
  averagePrice([{ price: rule.price, factor, amount: 1n }], factorOf(ask.uom, ask) ?? MICRO);
