/**
 * Promotions, after the base price (P7): the highest priority first, each only together with those it combines with.
 * Contract prices take none unless they say so. Two of one priority that do not combine are a conflict, not a choice.
 */
import { lengthOf } from './breaks.ts';
import { factorOf, widthOf } from './candidates.ts';
import { isContract, type Level } from './levels.ts';
import { takeOff, type Passed, type TraceStep } from './trace.ts';
import { isValidOn, type PriceAsk, type Promotion } from './types.ts';

/** The base price a promotion would follow. */
export type Base = { readonly level: Level; readonly price: number; readonly isOpenToPromotions: boolean };

export type Promoted = {
  readonly price: number;
  readonly steps: readonly TraceStep[];
  readonly passed: readonly Passed[];
  readonly conflict: readonly string[];
};

const isFor = (wanted: string | null, given: string | null): boolean => wanted === null || wanted === given;

const isForCustomer = ({ account, site, tier, channel }: Promotion, ask: PriceAsk): boolean =>
  (account === null || account === ask.account || ask.parents.includes(account)) &&
  isFor(site, ask.site) &&
  isFor(tier, ask.tier) &&
  isFor(channel, ask.channel);

/** Whether a promotion holds for a line, whatever its base price is. Its minimum is in the product's own units. */
const holdsFor = (promotion: Promotion, ask: PriceAsk): boolean =>
  isValidOn(promotion, ask.date) &&
  isForCustomer(promotion, ask) &&
  widthOf(promotion, ask) !== null &&
  BigInt(promotion.min) * BigInt(factorOf(null, ask) ?? 0) <= lengthOf(ask);

const whyNot = ({ levels }: Promotion, { level, isOpenToPromotions }: Base): Passed['why'] | null => {
  if (isContract(level) && !isOpenToPromotions) return 'contract';
  return levels.length > 0 && !levels.includes(level) ? 'level' : null;
};

const names = (promotion: Promotion, other: Promotion): boolean =>
  promotion.stackableWith.includes('*') || promotion.stackableWith.includes(other.code);

/** Both have to say so: a discount is never given twice because only one of two allowed it. */
const isStackable = (a: Promotion, b: Promotion): boolean => names(a, b) && names(b, a);

const inOrder = (a: Promotion, b: Promotion): number => b.priority - a.priority || (a.id < b.id ? -1 : 1);

type Chosen = {
  readonly applied: readonly Promotion[];
  readonly passed: readonly Passed[];
  readonly conflict: readonly string[];
};

const choose = (eligible: readonly Promotion[]): Chosen => {
  const applied: Promotion[] = [];
  const passed: Passed[] = [];
  for (const promotion of eligible) {
    const against = applied.find((other) => !isStackable(promotion, other));
    if (against === undefined) applied.push(promotion);
    else if (against.priority === promotion.priority) return { applied, passed, conflict: [against.id, promotion.id] };
    else passed.push({ rule: promotion.id, code: promotion.code, why: 'stack' });
  }
  return { applied, passed, conflict: [] };
};

/** The steps that promotions add to a base price, and those that were left out. */
export const applyPromotions = (base: Base, promotions: readonly Promotion[], ask: PriceAsk): Promoted => {
  const holding = promotions.filter((promotion) => holdsFor(promotion, ask)).toSorted(inOrder);
  const barred = holding.flatMap((promotion): readonly Passed[] => {
    const why = whyNot(promotion, base);
    return why === null ? [] : [{ rule: promotion.id, code: promotion.code, why }];
  });
  const { applied, passed, conflict } = choose(holding.filter((promotion) => whyNot(promotion, base) === null));
  const steps: TraceStep[] = [];
  let { price } = base;
  for (const { id, version, code, percent } of conflict.length > 0 ? [] : applied) {
    const after = takeOff(price, percent);
    steps.push({ kind: 'promotion', rule: id, version, code, percent, before: price, after });
    price = after;
  }
  return { price, steps, passed: [...barred, ...passed], conflict };
};
