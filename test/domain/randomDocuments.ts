/**
 * Documents made by chance from a seed: the same ones on every machine. Prices are looked for in a book of lists,
 * contracts and promotions; policies, discounts, freight and tax are the document's own.
 */
import { canonicalJson } from '../../shared/domain/canonical.ts';
import { resolvePrice } from '../../shared/domain/pricing/resolve.ts';
import { replay, traceText } from '../../shared/domain/pricing/trace.ts';
import type { PriceAsk, PriceRule, Promotion } from '../../shared/domain/pricing/types.ts';
import { documentTotals, type DocumentPolicy, type DocumentTotals } from '../../shared/domain/totals.ts';
import { ask, book, promotion, rule } from './priceBook.ts';

export type RandomLine = {
  readonly id: string;
  readonly ask: PriceAsk;
  readonly discount: number;
  readonly taxCode: string | null;
};
export type RandomDocument = {
  readonly lines: readonly RandomLine[];
  readonly discount: bigint;
  readonly charges: readonly { readonly id: string; readonly amount: bigint; readonly taxCode: string | null }[];
  readonly policy: DocumentPolicy;
};

type Chance = <T>(of: readonly T[]) => T;

/** Marsaglia's xorshift: enough for variety, and equal everywhere. */
export const createChance = (seed: number) => {
  let state = seed | 1;
  const next = (below: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
  const pick: Chance = (of) => {
    const one = of[next(of.length)];
    if (one === undefined) throw new Error('nothing to pick from');
    return one;
  };
  return { next, pick };
};

const PRODUCTS = Array.from({ length: 40 }, (_, at) => `p${at}`);
const RATES = new Map([
  ['S', 200_000],
  ['R', 50_000],
  ['Z', 0],
]);

/** A book in which most lines have a price, some several levels of them, a few none or too many. */
export const createBook = (seed: number): { readonly rules: readonly PriceRule[]; readonly promotions: readonly Promotion[] } => {
  const { next, pick } = createChance(seed);
  const kinds = [
    { kind: 'general' },
    { kind: 'tier', tier: 't1' },
    { kind: 'contract', account: 'A' },
    { kind: 'contract', account: 'P' },
    { kind: 'account', account: 'B' },
  ] as const;
  const rules = PRODUCTS.flatMap((product) =>
    Array.from({ length: 1 + next(6) }, (_, at) => {
      const min = pick([0, 0, 10, 100]) * 1_000_000;
      return rule(`${product}-${at}`, '0', {
        ...pick(kinds),
        product,
        price: next(50_000_000),
        min,
        max: pick([null, null, min + 200_000_000]),
        mode: pick(['all_units', 'up_to_max', 'graduated']),
        uom: pick([null, 'BOX']),
        priority: at,
        from: pick([null, '2026-01-01', '2026-03-01']),
      });
    }),
  );
  const promotions = [
    promotion('spring', '0', { percent: 50_000, levels: ['tier_list', 'general_list'], stackableWith: ['*'] }),
    promotion('group', '0', { percent: 33_333, product: pick(PRODUCTS), priority: 2, stackableWith: ['SPRING'] }),
  ];
  return { rules, promotions };
};

const lineOf = (id: string, { next, pick }: ReturnType<typeof createChance>, customer: Partial<PriceAsk>): RandomLine => ({
  id,
  ask: ask('1', {
    ...customer,
    product: pick(PRODUCTS),
    qty: 1 + next(400_000_000),
    uom: pick(['EA', 'EA', 'BOX']),
    units: { BOX: 12_000_000 },
  }),
  discount: pick([0, 0, 0, 50_000, 333_333]),
  taxCode: pick(['S', 'R', 'Z', null]),
});

export const createDocument = (chance: ReturnType<typeof createChance>): RandomDocument => {
  const { next, pick } = chance;
  const customer = pick([
    { account: 'A', tier: 't1', parents: ['P'] },
    { account: 'B', tier: null },
    { account: 'C', tier: 't1' },
  ]);
  return {
    lines: Array.from({ length: 1 + next(12) }, (_, at) => lineOf(`line-${at}-${next(1_000)}`, chance, customer)),
    discount: BigInt(pick([0, 0, next(5_000)])),
    charges: [{ id: 'freight', amount: BigInt(next(3_000)), taxCode: pick(['S', 'Z']) }],
    policy: {
      digits: pick([2, 2, 2, 0, 3]),
      mode: pick(['half_up', 'half_up', 'down', 'half_even']),
      work: pick(['line', 'unit']),
      rounding: pick(['line', 'document']),
      tax: pick(['line', 'document']),
      taxMode: pick(['half_up', 'half_up', 'down', 'up']),
      isTaxIncluded: pick([false, false, true]),
      taxTable: '2026-1',
      fx: null,
    },
  };
};

type Settled = { readonly totals: DocumentTotals; readonly text: string };

/** Prices and totals of a document, and one text of all of it. Throws where a trace does not recompute or lines do not add up. */
export const settle = ({ lines, policy, ...header }: RandomDocument, prices: ReturnType<typeof createBook>): Settled => {
  const rulesOf = (product: string): readonly PriceRule[] => prices.rules.filter((rule) => rule.product === product);
  const traces = lines.map(({ id, ask: one }) => ({
    id,
    trace: resolvePrice(one, book(rulesOf(one.product), { promotions: prices.promotions })),
  }));
  const pricedLines = lines.flatMap(({ id, ask: { qty }, discount, taxCode }) => {
    const trace = traces.find((one) => one.id === id)?.trace;
    if (trace?.price === null || trace === undefined) return [];
    if (replay(trace.steps) !== trace.price) throw new Error(`the trace of ${id} does not recompute`);
    return [{ id, qty, price: trace.price, discount, taxCode }];
  });
  const totals = documentTotals({ ...header, lines: pricedLines, rates: RATES }, policy);
  const sum = totals.lines.reduce((total, line) => total + line.total, 0n);
  if (pricedLines.length > 0 && sum !== totals.net - totals.discount + totals.charges) throw new Error('the lines do not add up');
  const plain: unknown = JSON.parse(
    JSON.stringify(totals, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
  );
  const texts = traces.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map(({ id, trace }) => `${id} ${traceText(trace)}`);
  // The totals are text, numbers and lists of them.
  return { totals, text: [...texts, canonicalJson(plain as Parameters<typeof canonicalJson>[0])].join('\n') };
};

/** Everything the other way round: lines, charges, rules, promotions. */
export const turned = <T extends { readonly lines: readonly unknown[]; readonly charges: readonly unknown[] }>(
  document: T,
): T => ({
  ...document,
  lines: document.lines.toReversed(),
  charges: document.charges.toReversed(),
});
