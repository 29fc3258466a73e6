/** Prices to ask in tests: a rule, a promotion, a question with everything that does not matter filled in. */
import { defaultLevels } from '../../shared/domain/pricing/levels.ts';
import { resolvePrice } from '../../shared/domain/pricing/resolve.ts';
import type { Trace } from '../../shared/domain/pricing/trace.ts';
import type { PriceAsk, PriceBook, PriceRule, Promotion } from '../../shared/domain/pricing/types.ts';
import { toScaled } from '../../shared/domain/decimal.ts';

/** `8.50` in millionths. */
export const micros = (text: string): number => Number(toScaled(text, 6));

const anyone = { account: null, site: null, tier: null, channel: null } as const;
const anything = { variant: null, product: null, group: null } as const;

export const rule = (id: string, price: string, more: Partial<PriceRule> = {}): PriceRule => ({
  ...anyone,
  ...anything,
  id,
  version: 'v1',
  list: `list of ${more.kind ?? 'general'}`,
  kind: 'general',
  isReplacing: false,
  isOpenToPromotions: more.kind !== 'contract',
  currency: 'GBP',
  uom: null,
  min: 0,
  max: null,
  mode: 'all_units',
  basis: 'line',
  price: micros(price),
  from: null,
  to: null,
  priority: 0,
  product: 'crate',
  ...more,
});

export const promotion = (id: string, percent: string, more: Partial<Promotion> = {}): Promotion => ({
  ...anyone,
  ...anything,
  id,
  version: 'v1',
  code: id.toUpperCase(),
  percent: micros(percent),
  min: 0,
  levels: [],
  stackableWith: [],
  priority: 0,
  from: null,
  to: null,
  ...more,
});

export const ask = (qty: string, more: Partial<PriceAsk> = {}): PriceAsk => ({
  account: 'A',
  parents: [],
  site: null,
  tier: null,
  channel: null,
  variant: null,
  product: 'crate',
  groups: [],
  uom: 'EA',
  baseUom: 'EA',
  units: {},
  qty: micros(qty),
  beside: new Map(),
  currency: 'GBP',
  date: '2026-03-15',
  agreed: null,
  ...more,
});

export const book = (rules: readonly PriceRule[], more: Partial<PriceBook> = {}): PriceBook => ({
  levels: defaultLevels,
  rules,
  promotions: [],
  ...more,
});

/** What a question comes to, in the decimals a person reads; null = no price. */
export const priceOf = (asked: PriceAsk, rules: readonly PriceRule[], more: Partial<PriceBook> = {}): number | null =>
  shown(resolvePrice(asked, book(rules, more)));

export const shown = ({ price }: Trace): number | null => (price === null ? null : price / 1_000_000);
