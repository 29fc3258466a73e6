/** M6: payments in other money than their invoices, by the rate of the day they came in, with the difference told. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contract } from '../../shared/contract/index.ts';
import { settleOpen } from '../../shared/domain/credit/settle.ts';
import { fromBase, toBase, type Fx } from '../../shared/domain/fx.ts';
import { pageContext as context } from '../fakes/context.ts';
import { openBilling } from './billing.ts';

/** An invoice of 425.00 EUR, booked at 1.25 EUR for 1 GBP; since the 16th 1.20. */
const openAbroad = async () => {
  const world = openBilling((desk, { order }) => {
    const rate = (rated_on: string, of: number) =>
      desk.insert('exchange_rates', { currency: 'EUR', rate: of, rated_on, source: 'ECB' });
    rate('2026-01-02', 1_250_000);
    rate('2026-01-16', 1_200_000);
    desk.update('orders', order, { currency: 'EUR' });
  });
  world.deliver(50);
  const invoice = await world.issued();
  world.desk.env.tick(86_400_000);
  const record = async (amount: number, currency: string | null, more: Record<string, unknown> = {}) =>
    world.commands['payments.record'](
      contract['payments.record'].input.parse({ account: world.account, amount, on: '2026-01-16', currency, ...more }),
      context,
    );
  const story = async () =>
    contract['invoices.story'].output.parse(await world.queries['invoices.story']({ id: invoice }, context)).payments;
  return { ...world, invoice, record, story };
};

test('M6: converted by the rate of its day, and what that is more than was booked is told', async () => {
  const { desk, invoice, record, story, totals, unset, allocate, unapplied } = await openAbroad();
  await record(20_000, 'GBP', { invoice });
  // 200.00 GBP are 240.00 EUR, which were booked as 192.00 GBP.
  expect(await totals(invoice)).toMatchObject({ paid: '24000', open: '18500' });
  expect(await story()).toMatchObject([
    {
      amount: '24000',
      exchange: { taken: '20000', currency: 'GBP', rate: { rate: 1_200_000, on: '2026-01-16' }, difference: '800', base: 'GBP' },
    },
  ]);
  // What comes for nothing in particular is set against what is in its own money, and else by a person.
  const { id } = await record(20_000, 'GBP');
  const [payment] = (await unset()).payments;
  expect(payment).toMatchObject({ id, unapplied: '20000', elsewhere: [{ invoice, open: '15417' }] });
  expect(() => allocate(id, [invoice, 15_418])).toThrow(/more than is open/);
  await allocate(id, [invoice, 15_417]);
  expect(await totals(invoice)).toMatchObject({ paid: '42500', open: '0' });
  expect(await unapplied()).toMatchObject([{ id, unapplied: '4583' }]);
  const shown = 'SELECT amount, settled, fx_rate, fx_on, fx_difference FROM v_allocations ORDER BY amount';
  expect(desk.look((db) => db.prepare(shown).all())).toEqual([
    { amount: 154.17, settled: 185, fx_rate: 1.2, fx_on: '2026-01-16', fx_difference: 6.17 },
    { amount: 200, settled: 240, fx_rate: 1.2, fx_on: '2026-01-16', fx_difference: 8 },
  ]);
});

test('M6: in the invoice’s own money only the difference of the days is told; without a rate nothing is set', async () => {
  const { invoice, record, story, totals } = await openAbroad();
  await record(12_000, null, { invoice });
  // 120.00 EUR: booked as 96.00 GBP, came in as 100.00 GBP.
  expect(await story()).toMatchObject([{ amount: '12000', exchange: { taken: '12000', currency: 'EUR', difference: '400' } }]);
  await expect(record(5_000, 'JPY', { invoice })).rejects.toThrow(/no exchange rate between JPY and EUR on 2026-01-16/);
  await expect(record(5_000, 'XXQ')).rejects.toThrow(/no currency/);
  expect(await totals(invoice)).toMatchObject({ open: '30500' });
});

test('M6: whatever the rates, no more is settled than is open, and what is enough settles all of it', () => {
  const fx = fc.record({
    base: fc.constant('GBP'),
    rate: fc.integer({ min: 1, max: 200_000_000 }),
    way: fc.constantFrom('theirs' as const, 'ours' as const),
    on: fc.constant('2026-01-15'),
    source: fc.constant(''),
  });
  const exchangeBy = (rate: Fx, currency: string) => ({
    there: (amount: bigint) => fromBase(amount, currency, rate),
    back: (amount: bigint) => toBase(amount, currency, rate),
  });
  const minor = fc.bigInt({ min: 1n, max: 10_000_000n });
  fc.assert(
    fc.property(fx, fc.constantFrom('EUR', 'JPY', 'BHD'), minor, minor, (rate, currency, amount, open) => {
      const exchange = exchangeBy(rate, currency);
      const { taken, settled } = settleOpen(amount, open, exchange);
      expect(taken <= amount && settled <= open).toBe(true);
      if (amount >= exchange.back(open)) expect([taken, settled]).toEqual([exchange.back(open), open]);
      else expect(taken).toBe(amount);
    }),
    { numRuns: 2_000 },
  );
});
