/**
 * M2 and M6 over a real store: what is rounded first is the account's or its list's, and stands on the document; what a
 * document in other money is worth is by the rate it was agreed by.
 */
import { describe, expect, test } from 'vitest';
import { billingQueries } from '../../electron/engine/services/billing/billing-read.ts';
import { nextQueries } from '../../electron/engine/services/orders/next-step.ts';
import { orderCommands, orderQueries } from '../../electron/engine/services/orders/orders.ts';
import { contract } from '../../shared/contract/index.ts';
import { pageContext as context } from '../fakes/context.ts';
import { openBilling, UNIT } from './billing.ts';
import { openDesk, withOrder, type Desk } from './open.ts';

const totalsOf = async (desk: Desk, id: string) =>
  contract['orders.totals'].output.parse(await orderQueries({ read: desk.store })['orders.totals']({ id }, context));

/** The vector of M2: 12 at 3.333 less 15 %. */
const vector = { qty: 12 * UNIT, price: 3_333_000, discount: 150_000 };

const order = (desk: Desk, account: string, product: string, more: Readonly<Record<string, string>> = {}) => {
  const id = desk.insert('orders', { account_id: account, ...more });
  const line = desk.insert('order_lines', { order_id: id, product_id: product, ...vector });
  return { id, line };
};

describe('M2: what is rounded first', () => {
  test('an account that rounds the price first has it on its documents: 33.96; another 34.00; a document keeps its own', async () => {
    const desk = openDesk();
    const { account, product } = withOrder(desk);
    const before = order(desk, account, product);
    desk.update('accounts', account, { line_rounding: 'unit' });
    const after = order(desk, account, product);
    expect(desk.row('orders', after.id)['line_rounding']).toBe('unit');
    expect(await totalsOf(desk, before.id)).toMatchObject({ net: '3400' });
    expect(await totalsOf(desk, after.id)).toMatchObject({ net: '3396', net_micros: '33960000' });
    expect(desk.row('order_lines', after.line)['net']).toBe(3396);
    desk.update('orders', after.id, { rounding: 'document' });
    expect(await totalsOf(desk, after.id)).toMatchObject({ net: '3396' });
    // The list of orders says the same as the page.
    const kept = 'SELECT s.net FROM order_sums s JOIN orders o ON o._n = s.n WHERE o.id = ?';
    expect(desk.look((db) => db.prepare(kept).pluck().get(after.id))).toBe(3396);
    desk.update('orders', after.id, { line_rounding: 'line' });
    expect(desk.row('order_lines', after.line)['net']).toBe(3400);
    const { id: copy } = await orderCommands({ store: desk.store, env: desk.env })['orders.duplicate'](
      { id: after.id, screen: null },
      context,
    );
    expect(desk.row('orders', copy)['line_rounding']).toBe('line');
    desk.update('orders', after.id, { status: { '?': 'confirmed' } });
    expect(() => desk.update('orders', after.id, { line_rounding: 'unit' })).toThrow(/no longer change/);
  });

  test('the list an account buys by says it where the account does not: its contract before the general list, on its days', () => {
    const desk = openDesk();
    const { account, product } = withOrder(desk);
    const list = (kind: string, values: Readonly<Record<string, string>>) =>
      desk.insert('price_lists', { name: kind, kind, currency: 'GBP', ...values });
    list('general', { line_rounding: 'unit' });
    const ofOrder = () => desk.row('orders', order(desk, account, product).id)['line_rounding'];
    expect(ofOrder()).toBe('unit');
    const contractList = list('contract', { account_id: account, line_rounding: 'line', valid_to: '2026-01-15' });
    expect(ofOrder()).toBe('line');
    desk.update('price_lists', contractList, { valid_to: '2026-01-14' });
    expect(ofOrder()).toBe('unit');
    list('tier', { tier: 'a', line_rounding: 'line' });
    expect(ofOrder()).toBe('unit');
    desk.update('accounts', account, { tier: 'a' });
    expect(ofOrder()).toBe('line');
    desk.update('accounts', account, { line_rounding: 'unit' });
    expect(ofOrder()).toBe('unit');
  });
});

describe('M6: other money', () => {
  const rate = (desk: Desk, on: string, of: number, more: Readonly<Record<string, string>> = {}) =>
    desk.insert('exchange_rates', { currency: 'EUR', rate: of, rated_on: on, source: 'ECB', ...more });

  test('a draft goes by the last rate known on its day; what was agreed on keeps it with its day and source', async () => {
    const desk = openDesk();
    const { account, product } = withOrder(desk);
    const { id } = order(desk, account, product, { currency: 'EUR' });
    expect(await totalsOf(desk, id)).toMatchObject({ base: null });
    rate(desk, '2026-01-02', 1_250_000);
    rate(desk, '2026-01-16', 2_000_000);
    // 34.00 EUR at 1.25 EUR for 1 GBP.
    const agreed = { currency: 'GBP', total: '2720', rate: 1_250_000, way: 'theirs', on: '2026-01-02', source: 'ECB' };
    expect(await totalsOf(desk, id)).toMatchObject({ base: agreed });
    desk.update('orders', id, { status: { '?': 'confirmed' } });
    rate(desk, '2026-01-15', 3_000_000);
    expect(await totalsOf(desk, id)).toMatchObject({ base: agreed });
    expect(JSON.parse(String(desk.row('orders', id)['fx_policy']))).toEqual({
      base: 'GBP',
      rate: 1_250_000,
      way: 'theirs',
      on: '2026-01-02',
      source: 'ECB',
    });
    expect(() => desk.update('orders', id, { fx_policy: null })).toThrow(/not typed|no longer change/);
    const shown = 'SELECT fx_rate, fx_on, fx_source, fx_currency FROM v_orders WHERE id = ?';
    expect(desk.look((db) => db.prepare(shown).get(id))).toEqual({
      fx_rate: 1.25,
      fx_on: '2026-01-02',
      fx_source: 'ECB',
      fx_currency: 'GBP',
    });
  });

  test('A1: what goods in other money cost is counted by the rate that stands on the document, and without one not at all', () => {
    const desk = openDesk();
    const { account } = withOrder(desk);
    const product = desk.insert('products', { sku: 'USD', name: 'From abroad', cost: 5 * UNIT, currency: 'USD' });
    const own = desk.insert('products', { sku: 'GBP', name: 'From here', cost: 4 * UNIT, currency: 'GBP' });
    const quote = desk.insert('quotes', { account_id: account, currency: 'EUR', quoted_on: '2026-01-10' });
    const line = (product_id: string) => desk.insert('quote_lines', { quote_id: quote, product_id, qty: UNIT, price: 9 * UNIT });
    expect(desk.row('quote_lines', line(product))['cost']).toBe(null);
    rate(desk, '2026-01-02', 1_250_000);
    desk.insert('exchange_rates', { currency: 'USD', rate: 500_000, rated_on: '2026-01-02', way: 'ours' });
    desk.insert('exchange_rates', { currency: 'USD', rate: 900_000, rated_on: '2026-01-11', way: 'ours' });
    const [abroad, here] = [line(product), line(own)];
    // 5 USD = 2.50 GBP = 3.125 EUR, and 4 GBP = 5 EUR.
    expect([abroad, here].map((id) => desk.row('quote_lines', id)['cost'])).toEqual([3_125_000, 5 * UNIT]);
    desk.update('quotes', quote, { currency: 'GBP' });
    expect([abroad, here].map((id) => desk.row('quote_lines', id)['cost'])).toEqual([2_500_000, 4 * UNIT]);
  });

  test('a rate may be quoted the other way round, and money may have other digits', async () => {
    const desk = openDesk();
    const { account, product } = withOrder(desk);
    const { id } = order(desk, account, product, { currency: 'JPY' });
    desk.insert('exchange_rates', { currency: 'JPY', rate: 5_300, rated_on: '2026-01-02', way: 'ours' });
    // 34 JPY at 0.0053 GBP.
    expect(await totalsOf(desk, id)).toMatchObject({ net: '34', base: { total: '18', way: 'ours' } });
  });

  test('exposure has orders and invoices in other money by their own rate, and counts those apart that have none', async () => {
    const made = openBilling((desk, { order: id }) => {
      desk.update('orders', id, { currency: 'EUR' });
    });
    const { desk, account, standing, deliver, issued, dispute } = made;
    desk.update('accounts', account, { currency: 'GBP' });
    expect(await standing()).toMatchObject({ others: 1, exposure: { total: '0' } });
    rate(desk, '2026-01-02', 1_250_000);
    const other = desk.insert('orders', { account_id: account, currency: 'EUR' });
    const product = desk.store.children('order_lines', made.order)[0]?.['product_id'] ?? null;
    desk.insert('order_lines', { order_id: other, product_id: product, qty: 10 * UNIT, price: 10 * UNIT });
    // 100.00 EUR, judged before it is confirmed and after: 80.00 GBP.
    expect(await standing(other)).toMatchObject({ currency: 'GBP', exposure: { order: '8000', total: '8000' } });
    desk.update('orders', other, { status: { '?': 'confirmed' } });
    expect(await standing()).toMatchObject({ others: 1, exposure: { unbilled: '8000', total: '8000' } });
    deliver(50);
    const invoice = await issued();
    // 425.00 EUR was invoiced while a rate was known: 340.00 GBP.
    await dispute(invoice, 12_500);
    const stood = await standing();
    expect(stood).toMatchObject({ exposure: { receivables: '34000' }, ageing: { disputed: '10000' } });
    const { 'invoices.totals': totals } = billingQueries({
      read: desk.store,
      env: { ...desk.env, locale: desk.locale },
      knownUpTo: () => null,
    });
    expect(await totals({ id: invoice }, context)).toMatchObject({ total: '42500', base: { total: '34000', on: '2026-01-02' } });
  });
});

test('the next step: ship what is open, then what arrives, then the bill, then nothing', async () => {
  const { desk, order: id, record, bill, issue } = openBilling();
  const { 'orders.next': next } = nextQueries({ read: desk.store });
  const step = async () => contract['orders.next'].output.parse(await next({ id }, context)).step;
  expect(await step()).toBe('ship');
  record('shipped', 45);
  expect(await step()).toBe('ship');
  record('short_closed', 5);
  expect(await step()).toBe('deliver');
  record('delivered', 45);
  expect(await step()).toBe('bill');
  await issue(await bill());
  expect(await step()).toBe(null);
});
