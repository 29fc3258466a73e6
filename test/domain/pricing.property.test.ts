import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clashOf, haveCommonDay } from '../../shared/domain/pricing/conflicts.ts';
import { resolvePrice } from '../../shared/domain/pricing/resolve.ts';
import { replay, traceText } from '../../shared/domain/pricing/trace.ts';
import type { PriceRule } from '../../shared/domain/pricing/types.ts';
import { ask, book, micros, promotion, rule } from './priceBook.ts';

const day = fc.constantFrom(null, '2026-01-01', '2026-03-01', '2026-03-15', '2026-06-30');
const customer = fc.constantFrom<Partial<PriceRule>>(
  { kind: 'general' },
  { kind: 'tier', tier: 't1' },
  { kind: 'account', account: 'A' },
  { kind: 'contract', account: 'A' },
  { kind: 'contract', account: 'P' },
  { kind: 'campaign', isReplacing: true },
);
const goods = fc.constantFrom<Partial<PriceRule>>({}, { product: null }, { product: null, group: 'crates' });

const anyRule = fc
  .record({
    customer,
    goods,
    uom: fc.constantFrom(null, 'EA', 'BOX'),
    min: fc.constantFrom(0, 1, 2, 5, 10),
    width: fc.constantFrom(null, 0, 3, 10),
    mode: fc.constantFrom('all_units' as const, 'up_to_max' as const, 'graduated' as const),
    basis: fc.constantFrom('line' as const, 'line' as const, 'group' as const, 'period' as const),
    price: fc.integer({ min: 0, max: 100_000_000 }),
    from: day,
    to: day,
    priority: fc.nat(2),
  })
  .map(({ customer: who, goods: what, width, min, price, ...rest }) => ({
    ...rest,
    ...who,
    ...what,
    price,
    min: min * 1_000_000,
    max: width === null ? null : (min + width) * 1_000_000,
  }));

const rules = fc.array(anyRule, { maxLength: 14 }).map((list) => list.map((one, at) => rule(`r${at}`, '0', one)));
const promotions = fc
  .array(
    fc.record({
      percent: fc.integer({ min: 0, max: 1_000_000 }),
      priority: fc.nat(3),
      stackableWith: fc.constantFrom([], ['*']),
    }),
  )
  .map((list) => list.map(({ percent, ...more }, at) => promotion(`p${at}`, '0', { ...more, percent })));
const asked = fc
  .record({
    qty: fc.integer({ min: 0, max: 30_000_000 }),
    uom: fc.constantFrom('EA', 'BOX'),
    beside: fc
      .array(fc.constantFrom(0n, 3n, 40n), { minLength: 14, maxLength: 14 })
      .map((units) => new Map(units.map((one, at) => [`r${at}`, one * 10n ** 12n]))),
  })
  .map((more) => ask('1', { tier: 't1', parents: ['P'], groups: ['crates'], units: { BOX: micros('12') }, ...more }));

describe('the trace of a price', () => {
  test('recomputes to the price, whatever the rules', () => {
    fc.assert(
      fc.property(asked, rules, promotions, (one, list, steps) => {
        const trace = resolvePrice(one, book(list, { promotions: steps }));
        expect(trace.outcome === 'priced').toBe(trace.price !== null);
        if (trace.price !== null) expect(replay(trace.steps)).toBe(trace.price);
        expect(trace.conflict.length > 1).toBe(trace.outcome === 'conflict');
      }),
      { numRuns: 2_000 },
    );
  });

  test('each step begins where the one before ended, and the parts are the whole line', () => {
    fc.assert(
      fc.property(asked, rules, promotions, (one, list, offers) => {
        const { steps, price } = resolvePrice(one, book(list, { promotions: offers }));
        steps.forEach((step, at) => {
          if (step.kind === 'promotion') expect(step.before).toBe(steps[at - 1]?.after);
          if (step.kind !== 'base') return;
          const amounts = step.parts.map(({ amount }) => BigInt(amount));
          const qty = BigInt(one.qty === 0 ? 1_000_000 : one.qty) * (one.uom === 'BOX' ? 12_000_000n : 1_000_000n);
          expect(amounts.reduce((sum, amount) => sum + amount, 0n)).toBe(qty);
          expect(amounts.every((amount) => amount > 0n)).toBe(true);
        });
        if (price !== null) expect(steps.at(-1)?.after).toBe(price);
      }),
      { numRuns: 1_000 },
    );
  });

  test('is the same text whatever order the rules come in', () => {
    fc.assert(
      fc.property(asked, rules, promotions, fc.func(fc.integer()), (one, list, offers, rank) => {
        const shuffled = list.toSorted((a, b) => rank(a.id) - rank(b.id));
        const here = resolvePrice(one, book(list, { promotions: offers }));
        const there = resolvePrice(one, book(shuffled, { promotions: offers.toReversed() }));
        expect(traceText(there)).toBe(traceText(here));
      }),
      { numRuns: 1_000 },
    );
  });

  test('the next break, once reached, is the price', () => {
    fc.assert(
      fc.property(asked, rules, (one, list) => {
        const flat = list.map((each) => ({ ...each, mode: 'all_units' as const, max: null }));
        const { next, outcome, level } = resolvePrice(one, book(flat));
        if (next === null || outcome !== 'priced') return;
        const there = resolvePrice({ ...one, qty: next.min }, book(flat));
        if (there.outcome === 'priced' && there.level === level) expect(there.price).toBe(next.price);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('clashes of prices', () => {
  test.each<[string, Partial<PriceRule>, Partial<PriceRule>, string | null]>([
    ['same days', {}, {}, 'tie'],
    ['same start', { from: '2026-01-01' }, { from: '2026-01-01', to: '2026-06-30' }, 'tie'],
    ['priorities', { priority: 1 }, {}, null],
    ['one after the other', { to: '2026-06-30' }, { from: '2026-07-01' }, null],
    ['both on the last day', { to: '2026-06-30' }, { from: '2026-06-30' }, 'overlap'],
    ['the later start replaces an open price', {}, { from: '2026-06-30' }, null],
    ['other minimum', { min: 1 }, {}, null],
    ['other unit', { uom: 'BOX' }, {}, null],
    ['other product', { product: 'lid' }, {}, null],
    ['other list', { list: 'x' }, {}, null],
  ])('%s', (_, first, second, clash) => {
    const [a, b] = [rule('a', '1', first), rule('b', '2', second)];
    expect([clashOf(a, b), clashOf(b, a)]).toEqual([clash, clash]);
    expect(clashOf(a, a)).toBeNull();
  });

  test('what is no tie is no conflict on any line of the two', () => {
    fc.assert(
      fc.property(asked, rules, fc.constantFrom('2026-01-01', '2026-03-01', '2026-06-30'), (one, list, date) => {
        const [a, b] = list.map((each) => ({ ...each, kind: 'general' as const, list: 'one' }));
        if (a === undefined || b === undefined) return;
        const { outcome } = resolvePrice({ ...one, date }, book([a, b]));
        if (outcome === 'conflict' && a.uom === b.uom) expect(clashOf(a, b)).toBe('tie');
      }),
      { numRuns: 2_000 },
    );
  });

  test('a common day is symmetric', () => {
    fc.assert(
      fc.property(
        day,
        day,
        day,
        day,
        (a, b, c, d) =>
          haveCommonDay({ from: a, to: b }, { from: c, to: d }) === haveCommonDay({ from: c, to: d }, { from: a, to: b }),
      ),
    );
  });
});
