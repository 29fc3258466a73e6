import { expect, test } from 'vitest';
import { isBilledTwice, isFreightTwice, stillBilled, type BilledPart } from '../../shared/domain/credit/billed-twice.ts';

/** So many at 10.00 each, on an invoice; what was credited of them by quantity, and by amount. */
const part = (invoice: string, qty: number, creditedQty = 0, creditedAmount = creditedQty * 1000, each = 1000): BilledPart => ({
  invoice,
  qty: BigInt(qty),
  amount: BigInt(qty * each),
  credited: { qty: BigInt(creditedQty), amount: BigInt(creditedAmount) },
});
const units = (count: number) => Array.from({ length: count }, (_, at) => part(`I${at}`, 1));

test.each([
  ['one invoice for more than was delivered', [part('A', 5), part('A', 2)], 4, false],
  ['two invoices for what was delivered', [part('A', 3), part('B', 1)], 4, false],
  ['two invoices for one delivery', [part('A', 4), part('B', 4)], 4, true],
  ['a delivery that is billed a unit at a time', units(150), 150, false],
  ['one unit of them twice', [...units(150), part('B', 1)], 150, true],
  ['one of two that is credited by quantity', [part('A', 4), part('B', 4, 4)], 4, false],
  ['one of two that is credited by its amount', [part('A', 4), part('B', 4, 0, 4000)], 4, false],
  ['one of two that is credited by a part of its amount', [part('A', 4), part('B', 4, 0, 3999)], 4, true],
  ['one of two, half by quantity and the rest by amount', [part('A', 4), part('B', 4, 2, 4000)], 4, false],
  ['what costs nothing, and is credited by quantity or not at all', [part('A', 4, 0, 0, 0), part('B', 4, 0, 0, 0)], 4, true],
] as const)('F3: %s', (_what, parts, done, isTwice) => {
  expect(isBilledTwice(parts, BigInt(done))).toBe(isTwice);
});

test('F3: what is credited in full is billed no more, however it was credited', () => {
  expect([part('A', 4), part('A', 4, 1), part('A', 4, 4), part('A', 4, 0, 4000)].map(stillBilled)).toEqual([4n, 3n, 0n, 0n]);
});

test.each([
  ['on one invoice, for more than the order has by now', [500n, 0n], 400n, 0n, false],
  ['in parts', [400n, 100n], 500n, 0n, false],
  ['twice', [500n, 500n], 500n, 0n, true],
  ['twice, of an order that has none', [500n, 500n], 0n, 0n, true],
  ['twice, and in part credited', [500n, 500n], 500n, 499n, true],
  ['twice, and credited', [500n, 500n], 500n, 500n, false],
] as const)('F3: freight %s', (_what, freights, agreed, credited, isTwice) => {
  expect(isFreightTwice(freights, agreed, credited)).toBe(isTwice);
});
