import { describe, expect, test } from 'vitest';
import { priceCommands, priceQueries } from '../../electron/engine/services/pricing/prices.ts';
import { orderCommands } from '../../electron/engine/services/orders/orders.ts';
import { contract } from '../../shared/contract/index.ts';
import { pageContext as context } from '../fakes/context.ts';
import { edit, imported, openDesk, type Desk } from './open.ts';

const at = (text: string): number => Math.round(Number(text) * 1_000_000);
const typed = (text: string) => ({ '?': text });
const screen = null;

/** P10: list 10.00; tier A 9.20, from 100 8.80; a contract of account A 8.50, from 500 8.10, 1 Jan to 30 Jun; 5 % on lists. */
const openShop = () => {
  const desk = openDesk();
  const product = desk.insert('products', {
    sku: 'CRT',
    name: 'Crate',
    uom: 'EA',
    list_price: at('10'),
    cost: at('6'),
    cost_on: '2026-01-02',
  });
  const account = desk.insert('accounts', { name: 'A', tier: 'a' });
  const other = desk.insert('accounts', { name: 'B' });
  const list = (name: string, values: Parameters<Desk['insert']>[1], prices: readonly (readonly [string, string])[]) => {
    const id = desk.insert('price_lists', { code: name, name, currency: 'GBP', ...values });
    return {
      id,
      prices: prices.map(([min, price]) =>
        desk.insert('prices', { list_id: id, product_id: product, min_qty: at(min), price: at(price) }),
      ),
    };
  };
  const tier = list('T1', { kind: 'tier', tier: 'a' }, [
    ['0', '9.20'],
    ['100', '8.80'],
  ]);
  const days = { valid_from: '2026-01-01', valid_to: '2026-06-30' };
  const deal = list('CT-0087', { kind: 'contract', account_id: account, version: 'v4', ...days }, [
    ['0', '8.50'],
    ['500', '8.10'],
  ]);
  const spring = desk.insert('promotions', { code: 'SPRING', name: 'Spring', percent: 50_000 });
  const order = desk.insert('orders', { account_id: account, ordered_on: '2026-03-15' });
  const line = desk.insert('order_lines', { order_id: order, product_id: product, qty: at('10') });
  const price = (id = line) => Number(desk.row('order_lines', id)['price']) / 1_000_000;
  const serve = { ...priceQueries({ read: desk.store, env: desk.env }), ...priceCommands({ store: desk.store, env: desk.env }) };
  return { ...desk, product, account, other, tier, deal, spring, order, line, price, serve };
};

describe('a line of a draft is priced as it changes', () => {
  test('P10: by quantity, day and customer, each in the change itself', () => {
    const shop = openShop();
    expect(shop.price()).toBe(8.5);
    shop.update('order_lines', shop.line, { qty: at('500') });
    expect(shop.price()).toBe(8.1);
    shop.update('order_lines', shop.line, { qty: at('100') });
    shop.update('orders', shop.order, { price_on: '2026-07-01' });
    expect(shop.price()).toBe(8.36);
    shop.update('orders', shop.order, { account_id: shop.other });
    expect(shop.price()).toBe(9.5);
    shop.store.undo(edit);
    shop.store.undo(edit);
    expect(shop.price()).toBe(8.5);
  });

  test('P10: a price by hand stays, says what the prices say, and is given back to them by typing that', () => {
    const shop = openShop();
    shop.update('order_lines', shop.line, { price: typed('8.00') });
    expect(shop.row('order_lines', shop.line)).toMatchObject({ by_hand: 1, engine_price: at('8.50') });
    shop.update('order_lines', shop.line, { qty: at('500') });
    expect(shop.row('order_lines', shop.line)).toMatchObject({ price: at('8'), engine_price: at('8.10') });
    shop.update('order_lines', shop.line, { price: at('8.10') });
    shop.update('order_lines', shop.line, { qty: at('10') });
    expect(shop.row('order_lines', shop.line)).toMatchObject({ price: at('8.50'), by_hand: 0, engine_price: null });
  });

  test('P8: the reason of a price by hand stays with it, and goes when the prices make the price again', async () => {
    const shop = openShop();
    const why = async () => (await shop.serve['prices.trace']({ table: 'order_lines', line: shop.line }, context)).why;
    shop.update('order_lines', shop.line, { price: typed('8.00'), price_why: 'To match Swift' });
    shop.update('order_lines', shop.line, { qty: at('500') });
    expect(await why()).toBe('To match Swift');
    shop.update('order_lines', shop.line, { price: at('8.10') });
    expect(shop.row('order_lines', shop.line)).toMatchObject({ by_hand: 0, price_why: null });
    expect(await why()).toBeNull();
  });

  test('text that is no price stays through a change of quantity', () => {
    const shop = openShop();
    shop.update('order_lines', shop.line, { price: typed('8,x') });
    shop.update('order_lines', shop.line, { qty: at('500') });
    expect(shop.issues('order_lines', shop.line)).toEqual(['price NUM_PARSE']);
    expect(shop.row('order_lines', shop.line)).toMatchObject({ price: null, engine_price: at('8.10') });
  });

  test('a group’s price, a parent’s contract, another unit', () => {
    const shop = openShop();
    const group = shop.insert('product_groups', { name: 'Crates' });
    const lid = shop.insert('products', { sku: 'LID', name: 'Lid', uom: 'EA', group_id: group });
    const parent = shop.insert('accounts', { name: 'Group' });
    shop.update('accounts', shop.account, { parent_id: parent });
    const list = shop.insert('price_lists', { name: 'Group deal', kind: 'contract', account_id: parent, currency: 'GBP' });
    shop.insert('prices', { list_id: list, group_id: group, price: at('3') });
    shop.insert('product_units', { product_id: lid, uom: 'BOX', holds: at('12') });
    const line = shop.insert('order_lines', { order_id: shop.order, product_id: lid, qty: at('2') });
    expect(shop.price(line)).toBe(3);
    shop.update('order_lines', line, { uom: 'BOX' });
    expect(shop.price(line)).toBe(36);
  });

  test('unpriced and claimed twice block confirmation, each with its reason; never 0.00', () => {
    const shop = openShop();
    const lid = shop.insert('products', { sku: 'LID', name: 'Lid' });
    const line = shop.insert('order_lines', { order_id: shop.order, product_id: lid, qty: at('1') });
    expect(shop.row('order_lines', line)).toMatchObject({ price: null, by_hand: 0 });
    expect(shop.issues('order_lines', line)).toEqual(['price PRICE_NONE']);
    shop.insert('prices', { list_id: shop.deal.id, product_id: lid, price: at('1') });
    shop.insert('prices', { list_id: shop.deal.id, product_id: lid, price: at('2') });
    shop.update('order_lines', line, { qty: at('2') });
    shop.update('order_lines', line, { qty: at('3') });
    expect(shop.issues('order_lines', line)).toEqual(['price PRICE_CONFLICT']);
    expect(() => shop.move(shop.order, 'submitted') && shop.move(shop.order, 'confirmed')).toThrow(
      /Two prices claim this line alike/,
    );
  });

  test('what came with a file, and what was confirmed, keeps its price', () => {
    const shop = openShop();
    const line = shop.insert(
      'order_lines',
      { order_id: shop.order, product_id: shop.product, qty: at('1'), price: at('7') },
      imported,
    );
    shop.update('order_lines', line, { qty: at('500') });
    shop.update('orders', shop.order, { price_on: '2026-07-01' });
    expect([shop.price(line), shop.row('order_lines', line)['by_hand']]).toEqual([7, null]);
    shop.move(shop.order, 'submitted');
    shop.move(shop.order, 'confirmed');
    // Confirmed: neither another day nor another price of the list changes it.
    shop.update('orders', shop.order, { price_on: '2026-03-01' });
    expect(shop.price()).toBe(8.74);
  });

  test('a copy of an order takes the prices of today, and keeps those by hand', async () => {
    const shop = openShop();
    const hand = shop.insert('order_lines', { order_id: shop.order, product_id: shop.product, qty: at('1'), price: at('7') });
    shop.update('prices', shop.deal.prices[0] ?? '', { price: at('8.40') });
    const copied = await orderCommands({ store: shop.store, env: shop.env })['orders.duplicate'](
      { id: shop.order, screen },
      context,
    );
    expect(shop.store.children('order_lines', copied.id)).toMatchObject([
      { price: at('8.40'), by_hand: 0 },
      { price: at('7'), by_hand: 1, engine_price: at('8.40') },
    ]);
    expect(shop.price(hand)).toBe(7);
  });
});

describe('prices.trace', () => {
  test('names the rule, the lists, the next break and the margin, with a hash', async () => {
    const shop = openShop();
    const answer = await shop.serve['prices.trace']({ table: 'order_lines', line: shop.line }, context);
    expect(contract['prices.trace'].output.parse(answer)).toEqual(answer);
    expect(answer).toMatchObject({
      price: at('8.50'),
      by: 'engine',
      says: null,
      asked: { qty: at('10'), uom: 'EA', currency: 'GBP', date: '2026-03-15' },
      lists: { [shop.deal.id]: 'CT-0087', [shop.tier.id]: 'T1' },
      margin: { percent: 294_118, cost: at('6'), costOn: '2026-01-02', isStale: false, floor: 200_000, least: at('7.50') },
      trace: {
        level: 'contract_account',
        next: { rule: shop.deal.prices[1], version: 'v4', min: at('500'), price: at('8.10') },
        passed: [{ rule: shop.spring, code: 'SPRING', why: 'contract' }],
        from: '2026-01-01',
        to: '2026-06-30',
      },
    });
    expect(answer.hash).toMatch(/^[0-9a-f]{64}$/);
    expect((await shop.serve['prices.trace']({ table: 'order_lines', line: shop.line }, context)).hash).toBe(answer.hash);
  });

  test('of a line without a product there is none', async () => {
    const shop = openShop();
    const line = shop.insert('order_lines', { order_id: shop.order, qty: at('1'), price: at('3') });
    expect(await shop.serve['prices.trace']({ table: 'order_lines', line }, context)).toMatchObject({
      trace: null,
      hash: null,
      by: 'hand',
      margin: null,
    });
  });
});

describe('P9: prices.reprice', () => {
  test('changes nothing before it is asked; then all but what is by hand, in one step', async () => {
    const shop = openShop();
    const hand = shop.insert('order_lines', { order_id: shop.order, product_id: shop.product, qty: at('1'), price: at('7') });
    const file = shop.insert(
      'order_lines',
      { order_id: shop.order, product_id: shop.product, qty: at('1'), price: at('9') },
      imported,
    );
    shop.update('prices', shop.deal.prices[0] ?? '', { price: at('8.40') });
    expect(shop.price()).toBe(8.5);
    const { rows } = await shop.serve['prices.repricing']({ table: 'orders', id: shop.order }, context);
    const crate = { sku: 'CRT', description: 'Crate', says: at('8.40') };
    expect(rows).toEqual([
      { line: shop.line, position: 1, ...crate, before: at('8.50'), after: at('8.40'), change: 'down' },
      { line: hand, position: 2, ...crate, before: at('7'), after: at('7'), change: 'kept' },
      { line: file, position: 3, ...crate, before: at('9'), after: at('8.40'), change: 'down' },
    ]);
    await shop.serve['prices.reprice']({ table: 'orders', id: shop.order, lines: null, screen }, context);
    expect([shop.line, hand, file].map(shop.price)).toEqual([8.4, 7, 8.4]);
    shop.store.undo({ ...edit, actor: shop.store.device.id });
    expect([shop.line, hand, file].map(shop.price)).toEqual([8.5, 7, 9]);
  });

  test('of lines that are named, those by hand are given back to the prices too; the others stay', async () => {
    const shop = openShop();
    const hand = shop.insert('order_lines', { order_id: shop.order, product_id: shop.product, qty: at('1'), price: at('7') });
    shop.update('prices', shop.deal.prices[0] ?? '', { price: at('8.40') });
    await shop.serve['prices.reprice']({ table: 'orders', id: shop.order, lines: [hand], screen }, context);
    expect(shop.row('order_lines', hand)).toMatchObject({ price: at('8.40'), by_hand: 0, engine_price: null });
    expect(shop.price()).toBe(8.5);
    shop.store.undo({ ...edit, actor: shop.store.device.id });
    expect(shop.row('order_lines', hand)).toMatchObject({ price: at('7'), by_hand: 1 });
  });

  test('a price by hand stays where the prices have none', async () => {
    const shop = openShop();
    const lid = shop.insert('products', { sku: 'LID', name: 'Lid' });
    const line = shop.insert('order_lines', { order_id: shop.order, product_id: lid, qty: at('1'), price: at('3') });
    await shop.serve['prices.reprice']({ table: 'orders', id: shop.order, lines: [line], screen }, context);
    expect(shop.row('order_lines', line)).toMatchObject({ price: at('3'), by_hand: 1 });
  });

  test('is refused on what was confirmed', () => {
    const shop = openShop();
    shop.move(shop.order, 'submitted');
    shop.move(shop.order, 'confirmed');
    expect(() => shop.serve['prices.reprice']({ table: 'orders', id: shop.order, lines: null, screen }, context)).toThrow(
      /keeps its prices/,
    );
  });
});

describe('prices that get in each other’s way', () => {
  test('are marked on both rows, and on neither once they are told apart', () => {
    const shop = openShop();
    const [first = ''] = shop.deal.prices;
    const second = shop.insert('prices', { list_id: shop.deal.id, product_id: shop.product, min_qty: 0, price: at('1') });
    expect([shop.issues('prices', first), shop.issues('prices', second)]).toEqual([
      ['valid_from PRICE_TIE'],
      ['valid_from PRICE_TIE'],
    ]);
    shop.update('prices', second, { valid_from: '2026-02-01' });
    expect([shop.issues('prices', first), shop.issues('prices', second)]).toEqual([[], []]);
    shop.update('prices', first, { valid_to: '2026-03-01' });
    expect([shop.issues('prices', first), shop.issues('prices', second)]).toEqual([
      ['valid_from PRICE_OVERLAP'],
      ['valid_from PRICE_OVERLAP'],
    ]);
    shop.store.apply([{ kind: 'delete', table: 'prices', id: second }], edit);
    expect(shop.issues('prices', first)).toEqual([]);
  });

  test('a list says whom it is for; days and bands do not end before they begin', () => {
    const shop = openShop();
    const list = shop.insert('price_lists', { name: 'X', kind: 'contract', valid_from: '2026-02-01', valid_to: '2026-01-01' });
    expect(shop.issues('price_lists', list)).toEqual(['account_id REQUIRED', 'valid_to SPAN_WRONG']);
    shop.update('price_lists', list, { kind: 'tier', valid_to: null });
    expect(shop.issues('price_lists', list)).toEqual(['tier REQUIRED']);
    const price = shop.insert('prices', { list_id: list, min_qty: at('5'), max_qty: at('2'), price: at('1') });
    expect(shop.issues('prices', price)).toEqual(['max_qty SPAN_WRONG']);
  });
});
