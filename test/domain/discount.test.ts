/** M5: the discount of a whole document, by amount or percent, and what of it each line bears. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { discountOnTop, headerDiscount, headerFraction } from '../../shared/domain/discount.ts';
import { documentNet, documentTotals, type DocumentPolicy } from '../../shared/domain/totals.ts';
import { lineNets } from '../../shared/domain/credit/unbilled.ts';
import { roundMinor, lineExact18 } from '../../shared/domain/money.ts';

test.each([
  [10_000n, null, null, 0n],
  [10_000n, null, 50_000, 500n],
  [6_336n, null, 50_000, 317n],
  [10_000n, 250n, null, 250n],
  // An amount wins.
  [10_000n, 250n, 50_000, 250n],
  // Never more than there is, never less than nothing.
  [10_000n, 12_000n, null, 10_000n],
  [10_000n, -5n, null, 0n],
  [10_000n, null, 1_200_000, 10_000n],
  [0n, 250n, null, 0n],
  [-100n, null, 50_000, 0n],
])('M5: of %s, %s or %s millionths: %s', (net, amount, percent, taken) => {
  expect(headerDiscount(net, { amount, percent })).toBe(taken);
});

test('A2: a percent is judged by itself, an amount by what it comes to, rounded up; one on top of the other', () => {
  expect(headerFraction(6_336n, { amount: null, percent: 50_000 })).toBe(50_000);
  expect(headerFraction(6_336n, { amount: 317n, percent: null })).toBe(50_032);
  expect(headerFraction(0n, { amount: 317n, percent: null })).toBe(0);
  expect([discountOnTop(100_000, 50_000), discountOnTop(0, 50_000), discountOnTop(333_333, 1)]).toEqual([
    145_000, 50_000, 333_334,
  ]);
});

const policy = fc.record({
  digits: fc.constantFrom(0, 2, 3),
  mode: fc.constant('half_up' as const),
  work: fc.constantFrom('line', 'unit' as const),
  rounding: fc.constantFrom('line', 'document' as const),
  tax: fc.constantFrom('line', 'document' as const),
  taxMode: fc.constant('half_up' as const),
  isTaxIncluded: fc.boolean(),
  taxTable: fc.constant('1'),
  fx: fc.constant(null),
}) satisfies fc.Arbitrary<DocumentPolicy>;

const line = fc.record({
  qty: fc.integer({ min: -2_000_000, max: 90_000_000 }),
  price: fc.integer({ min: 0, max: 50_000_000 }),
  discount: fc.constantFrom(0, 50_000, 333_333),
});
const header = fc.oneof(
  fc.record({ amount: fc.bigInt(-10n, 90_000n), percent: fc.constantFrom(null, 50_000) }),
  fc.record({ amount: fc.constant(null), percent: fc.integer({ min: 0, max: 1_000_000 }) }),
);

test('M5: lines with their shares add up to the whole, in any order, and the sums that are kept say the same', () => {
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), header, policy, (list, asked, by) => {
      const lines = list.map((one, at) => ({ ...one, id: `l${at}`, taxCode: null }));
      const discount = headerDiscount(documentNet(lines, by), asked);
      const work = (of: typeof lines) => documentTotals({ lines: of, discount, charges: [], rates: new Map() }, by);
      const whole = work(lines);
      expect(whole.lines.reduce((sum, { total }) => sum + total, 0n)).toBe(whole.net - discount);
      expect(whole.total).toBe(whole.net - discount);
      expect(work(lines.toReversed())).toEqual(whole);
      const nets = lines.map((one) => ({ id: one.id, net: roundMinor(lineExact18(one, by.work, by.digits), by.digits) }));
      const kept = lineNets(nets, { whole: by.rounding === 'document' ? whole.net : null, discount });
      expect(whole.lines.map(({ id, total }) => [id, total])).toEqual(whole.lines.map(({ id }) => [id, kept.get(id)?.net]));
    }),
  );
});
