/**
 * Which rules of a level answer, best first (P3): the nearest customer, the exact unit before a converted one, the
 * narrowest product key, the highest minimum that is reached, the latest start, the explicit priority. Two that are
 * equal in all of it are nobody's to choose between.
 */
import { MICRO } from '../kinds.ts';
import type { Level } from './levels.ts';
import { standingOf } from './standing.ts';
import { isValidOn, type PriceAsk, type PriceRule, type ProductKey } from './types.ts';

export type Candidate = {
  readonly rule: PriceRule;
  readonly distance: number;
  readonly isExactUnit: boolean;
  /** 0 = the very product; the more, the wider. */
  readonly width: number;
  /** Product's own units in one unit of the rule. */
  readonly factor: number;
};

const WIDEST = 1_000;

/** How wide a key is that takes in the product: variant, product, group, groups above, everything; null = not this product. */
export const widthOf = (
  { variant, product, group }: ProductKey,
  ask: Pick<PriceAsk, 'variant' | 'product' | 'groups'>,
): number | null => {
  if (variant !== null) return variant === ask.variant ? 0 : null;
  if (product !== null) return product === ask.product ? 1 : null;
  if (group === null) return WIDEST;
  const distance = ask.groups.indexOf(group);
  return distance < 0 ? null : 2 + distance;
};

/** Product's own units in one of a unit; null = nobody has said. */
export const factorOf = (uom: string | null, { baseUom, units }: Pick<PriceAsk, 'baseUom' | 'units'>): number | null => {
  if (uom === null || uom === baseUom) return MICRO;
  const factor = Object.hasOwn(units, uom) ? units[uom] : undefined;
  return factor === undefined || factor <= 0 ? null : factor;
};

/** A line in a unit that nobody can convert is answered only by a price per that very unit. */
const ruleFactor = (rule: PriceRule, ask: PriceAsk): number | null =>
  factorOf(ask.uom, ask) === null ? (rule.uom === ask.uom ? MICRO : null) : factorOf(rule.uom, ask);

/** Cheapest questions first: most rules are for other products, days or currencies. */
const candidateOf = (rule: PriceRule, ask: PriceAsk): { readonly level: Level; readonly candidate: Candidate } | null => {
  const width = widthOf(rule, ask);
  if (width === null || rule.currency !== ask.currency || !isValidOn(rule, ask.date)) return null;
  const standing = standingOf(rule, ask);
  const factor = standing === null ? null : ruleFactor(rule, ask);
  if (standing === null || factor === null) return null;
  const isExactUnit = (rule.uom ?? ask.baseUom) === ask.uom;
  return { level: standing.level, candidate: { rule, distance: standing.distance, isExactUnit, width, factor } };
};

/** Without a day or a number there is nothing later or higher. */
const compareDays = (a: string | null, b: string | null): number => {
  const [one, other] = [a ?? '', b ?? ''];
  return one < other ? -1 : one > other ? 1 : 0;
};

/** Who of two is asked first by customer, unit and product; what bands and days decide only between equals. */
const compareKeys = (a: Candidate, b: Candidate): number =>
  a.distance - b.distance || Number(b.isExactUnit) - Number(a.isExactUnit) || a.width - b.width;

/** A minimum in the product's own units, at 10^-12. */
export const minimumOf = ({ rule, factor }: Candidate): bigint => BigInt(rule.min) * BigInt(factor);

/** Below zero: `a` is asked first. Zero: the two are equal and cannot both stand. */
export const compareCandidates = (a: Candidate, b: Candidate): number => {
  const [low, high] = [minimumOf(a), minimumOf(b)];
  return (
    compareKeys(a, b) ||
    (low < high ? 1 : low > high ? -1 : 0) ||
    compareDays(b.rule.from, a.rule.from) ||
    b.rule.priority - a.rule.priority
  );
};

const bestFirst = (a: Candidate, b: Candidate): number => compareCandidates(a, b) || (a.rule.id < b.rule.id ? -1 : 1);

/** The rules that hold for this product, customer, unit and day, whatever their band, by level; best first. */
export const candidatesByLevel = (rules: readonly PriceRule[], ask: PriceAsk): ReadonlyMap<Level, readonly Candidate[]> => {
  const byLevel = new Map<Level, Candidate[]>();
  for (const rule of rules) {
    const found = candidateOf(rule, ask);
    if (found === null) continue;
    const level = byLevel.get(found.level) ?? [];
    level.push(found.candidate);
    byLevel.set(found.level, level);
  }
  for (const level of byLevel.values()) level.sort(bestFirst);
  return byLevel;
};

/** Whether two stand in one ladder: only their bands and days tell them apart. */
export const isSameLadder = (a: Candidate, b: Candidate): boolean => a.rule.list === b.rule.list && compareKeys(a, b) === 0;
