/** P6 on real documents: bands that count all lines of a group, or what an account has bought in a period; and variants (P3). */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { priceQueries } from '../../electron/engine/services/pricing/prices.ts';
import type { StorePatch } from '../../electron/engine/store/api.ts';
import type { CellInput } from '../../shared/domain/kinds.ts';
import type { TableName } from '../../shared/model/index.ts';
import { pageContext as context } from '../fakes/context.ts';
import { edit, openDesk, type Desk } from './open.ts';

const at = (text: string): number => Math.round(Number(text) * 1_000_000);

type Values = Readonly<Record<string, CellInput>>;

/** Crates and lids are of one group, nails of another; all of them cost 10. */
const openShop = () => {
  const desk = openDesk();
  const group = desk.insert('product_groups', { name: 'Boxes' });
  const below = desk.insert('product_groups', { name: 'Lids', parent_id: group });
  const other = desk.insert('product_groups', { name: 'Hardware' });
  const product = (sku: string, group_id: string, more: Values = {}) =>
    desk.insert('products', { sku, name: sku, uom: 'EA', group_id, list_price: at('10'), ...more });
  const goods = { crate: product('CRT', group), lid: product('LID', below), nail: product('NAIL', other) };
  const account = desk.insert('accounts', { name: 'A' });
  const list = desk.insert('price_lists', { name: 'General', kind: 'general', currency: 'GBP' });
  const priceOfGroup = (price: string, more: Values) =>
    desk.insert('prices', { list_id: list, group_id: group, price: at(price), ...more });
  const order = (more: Values = {}) => desk.insert('orders', { account_id: account, ordered_on: '2026-03-15', ...more });
  const line = (of: string, product_id: string, qty: string, more: Values = {}) =>
    desk.insert('order_lines', { order_id: of, product_id, qty: at(qty), ...more });
  const price = (id: string) => Number(desk.row('order_lines', id)['price']) / 1_000_000;
  const bought = (day: string, product_id: string, qty: string, more: Values = {}) => {
    const id = order({ ordered_on: day, ...more });
    const bought = line(id, product_id, qty);
    desk.move(id, 'submitted');
    desk.move(id, 'confirmed');
    return { id, line: bought };
  };
  const traceOf = async (table: 'order_lines' | 'quote_lines', id: string, of: Desk = desk) =>
    await priceQueries({ read: of.store, env: of.env })['prices.trace']({ table, line: id }, context);
  return { ...desk, goods, group, account, list, priceOfGroup, order, line, price, bought, traceOf };
};

describe('P6: a band that counts all lines of its group', () => {
  test('each line of the group is priced by the sum, and by nothing else on the order', () => {
    const shop = openShop();
    shop.priceOfGroup('9', { break_basis: 'group' });
    shop.priceOfGroup('8', { min_qty: at('100'), break_basis: 'group' });
    const order = shop.order();
    const crate = shop.line(order, shop.goods.crate, '60');
    const nail = shop.line(order, shop.goods.nail, '500');
    expect([crate, nail].map(shop.price)).toEqual([9, 10]);
    const lid = shop.line(order, shop.goods.lid, '40');
    expect([crate, lid, nail].map(shop.price)).toEqual([8, 8, 10]);
    shop.update('order_lines', lid, { qty: at('39') });
    expect([crate, lid].map(shop.price)).toEqual([9, 9]);
    shop.update('order_lines', crate, { qty: at('61') });
    expect([crate, lid].map(shop.price)).toEqual([8, 8]);
    shop.store.apply([{ kind: 'delete', table: 'order_lines', id: lid }], edit);
    expect(shop.price(crate)).toBe(9);
    shop.store.undo(edit);
    expect([crate, lid].map(shop.price)).toEqual([8, 8]);
  });

  test('a price by hand stays, and says what the prices say; what was confirmed stays', () => {
    const shop = openShop();
    shop.priceOfGroup('8', { min_qty: at('100'), break_basis: 'group' });
    const order = shop.order();
    const crate = shop.line(order, shop.goods.crate, '60');
    shop.update('order_lines', crate, { price: at('9.50') });
    const lid = shop.line(order, shop.goods.lid, '40');
    expect(shop.row('order_lines', crate)).toMatchObject({ price: at('9.50'), engine_price: at('8') });
    shop.move(order, 'submitted');
    shop.move(order, 'confirmed');
    expect(shop.price(lid)).toBe(8);
  });

  test('in the units of each product, and what comes back does not count with what goes out', () => {
    const shop = openShop();
    shop.insert('product_units', { product_id: shop.goods.lid, uom: 'BOX', holds: at('12') });
    shop.priceOfGroup('8', { min_qty: at('100'), break_basis: 'group' });
    const order = shop.order();
    const crate = shop.line(order, shop.goods.crate, '76');
    const lid = shop.line(order, shop.goods.lid, '2', { uom: 'BOX' });
    expect([crate, lid].map(shop.price)).toEqual([8, 96]);
    shop.update('order_lines', lid, { qty: -at('2') });
    expect([crate, lid].map(shop.price)).toEqual([10, 120]);
  });

  test('an offered line counts once it is chosen', async () => {
    const shop = openShop();
    shop.priceOfGroup('8', { min_qty: at('100'), break_basis: 'group' });
    const quote = shop.insert('quotes', { account_id: shop.account, quoted_on: '2026-03-15' });
    const line = (product_id: string, qty: string, more: Values = {}) =>
      shop.insert('quote_lines', { quote_id: quote, product_id, qty: at(qty), ...more });
    const crate = line(shop.goods.crate, '60');
    const lid = line(shop.goods.lid, '40', { optional: 1 });
    const priceOf = (id: string) => shop.row('quote_lines', id)['price'];
    // The line itself always counts: its price is what it would be if it were taken.
    expect([priceOf(crate), priceOf(lid)]).toEqual([at('10'), at('8')]);
    shop.update('quote_lines', lid, { chosen: 1 });
    expect(priceOf(crate)).toBe(at('8'));
    // Of two alternatives the chosen one counts, but not for the other, whose price is what it would be in its place.
    const one = line(shop.goods.lid, '50', { option_group: 'size' });
    const other = line(shop.goods.lid, '30', { option_group: 'size' });
    shop.update('quote_lines', lid, { chosen: 0 });
    expect([crate, one, other].map(priceOf)).toEqual([at('8'), at('8'), at('10')]);
    shop.update('quote_lines', other, { chosen: 1 });
    expect([crate, one, other].map(priceOf)).toEqual([at('10'), at('8'), at('10')]);
    for (const id of [one, other]) shop.store.apply([{ kind: 'delete', table: 'quote_lines', id }], edit);
    shop.update('quote_lines', lid, { chosen: 1 });
    const { trace, hash } = await shop.traceOf('quote_lines', crate);
    expect(trace?.steps[0]).toMatchObject({ parts: [{ basis: 'group', beside: `40${'0'.repeat(12)}` }] });
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
  });

  test('equals a plain loop and is the same on every device, whatever order the lines came in', async () => {
    const quantities = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(quantities, fc.boolean(), async (qtys, isReversed) => {
        const shop = openShop();
        const there = openDesk('en-GB', 1);
        const low = shop.priceOfGroup('8', { min_qty: at('100'), break_basis: 'group' });
        const order = shop.order();
        const lines = qtys.map((qty, n): StorePatch => ({
          kind: 'insert',
          table: 'order_lines',
          id: shop.env.ids(),
          values: { order_id: order, product_id: n % 2 === 0 ? shop.goods.crate : shop.goods.lid, qty: at(String(qty)) },
        }));
        shop.store.apply(lines, edit);
        const isLow = qtys.reduce((sum, qty) => sum + qty, 0) >= 100;
        expect(lines.map(({ id }) => shop.price(id))).toEqual(qtys.map(() => (isLow ? 8 : 10)));
        const tables = ['product_groups', 'products', 'accounts', 'price_lists', 'prices', 'orders'] as const;
        const heads = tables.flatMap((table) => copies(shop, table, idsOf(shop, table, { low, order })));
        there.store.apply(heads, edit);
        there.store.apply(isReversed ? lines.toReversed() : lines, edit);
        for (const { id } of lines) {
          const [here, away] = [await shop.traceOf('order_lines', id), await shop.traceOf('order_lines', id, there)];
          expect([away.price, away.hash]).toEqual([here.price, here.hash]);
        }
      }),
      { numRuns: 15 },
    );
  });
});

/** What stands in a table of the shop. */
const idsOf = (
  shop: ReturnType<typeof openShop>,
  table: string,
  { low, order }: { readonly low: string; readonly order: string },
): readonly string[] => {
  const groups = Object.values(shop.goods).map((id) => String(shop.row('products', id)['group_id']));
  switch (table) {
    case 'product_groups':
      return [...new Set([shop.group, ...groups])];
    case 'products':
      return Object.values(shop.goods);
    case 'accounts':
      return [shop.account];
    case 'price_lists':
      return [shop.list];
    case 'prices':
      return [low];
    default:
      return [order];
  }
};

const KEPT = ['name', 'sku', 'uom', 'parent_id', 'group_id', 'list_price', 'kind', 'currency', 'list_id', 'price', 'min_qty'];
const copies = (shop: ReturnType<typeof openShop>, table: TableName, ids: readonly string[]): readonly StorePatch[] =>
  ids.map((id) => {
    const row = shop.row(table, id);
    const cells = [...KEPT, 'break_basis', 'account_id', 'ordered_on'].filter((key) => (row[key] ?? null) !== null);
    return { kind: 'insert', table, id, values: Object.fromEntries(cells.map((key) => [key, row[key] as CellInput])) };
  });

describe('P6: a band that counts what was bought in the period', () => {
  const openPeriod = (more: Values = {}) => {
    const shop = openShop();
    shop.priceOfGroup('8', { min_qty: at('101'), break_basis: 'period', ...more });
    return shop;
  };

  test('confirmed orders of the account since the first of the year, and no others', () => {
    const shop = openPeriod();
    shop.bought('2025-12-31', shop.goods.crate, '70');
    shop.bought('2026-01-01', shop.goods.crate, '70');
    shop.bought('2026-03-16', shop.goods.crate, '70');
    shop.bought('2026-02-01', shop.goods.nail, '70');
    shop.bought('2026-02-01', shop.goods.crate, '70', { account_id: shop.insert('accounts', { name: 'B' }) });
    shop.line(shop.order(), shop.goods.crate, '70');
    expect(shop.price(shop.line(shop.order(), shop.goods.crate, '30'))).toBe(10);
    expect(shop.price(shop.line(shop.order(), shop.goods.crate, '31'))).toBe(8);
    shop.bought('2026-02-02', shop.goods.lid, '1');
    expect(shop.price(shop.line(shop.order(), shop.goods.crate, '30'))).toBe(8);
  });

  test('since the first day of the price; each unit at its own band; what was cancelled was not bought', async () => {
    const shop = openPeriod({ valid_from: '2026-02-01', break_mode: 'graduated' });
    shop.bought('2026-01-31', shop.goods.crate, '500');
    const { line } = shop.bought('2026-02-01', shop.goods.crate, '95');
    const now = shop.line(shop.order(), shop.goods.crate, '10');
    expect(shop.price(now)).toBe((5 * 8 + 5 * 10) / 10);
    const { trace } = await shop.traceOf('order_lines', now);
    expect(trace?.steps[0]).toMatchObject({ parts: [{ basis: 'period', beside: `95${'0'.repeat(12)}` }, {}] });
    const [schedule] = shop.store.children('schedule_lines', line);
    const cancelled = { schedule_id: schedule?.id ?? '', kind: 'cancelled', qty: at('5'), happened_on: '2026-02-02' };
    shop.insert('fulfilments', { ...cancelled, done_by: 'customer', reason: 'too many' }, { ...edit, source: 'import' });
    shop.update('order_lines', now, { qty: at('20') });
    expect(shop.price(now)).toBe((10 * 8 + 10 * 10) / 20);
  });

  test('an order that is opened again does not count itself', async () => {
    const shop = openPeriod();
    const { line } = shop.bought('2026-03-15', shop.goods.crate, '60');
    expect(shop.price(line)).toBe(10);
    expect(await shop.traceOf('order_lines', line)).toMatchObject({ trace: { price: at('10') } });
  });
});

describe('P1: the channel a document comes by', () => {
  test('lists and promotions that name one are for it alone; a document has it from its account', () => {
    const shop = openShop();
    const web = shop.insert('price_lists', { name: 'Web', kind: 'tier', tier: 'a', currency: 'GBP', sales_channel: 'Web' });
    shop.insert('prices', { list_id: web, product_id: shop.goods.crate, price: at('7') });
    const half = { code: 'HALF', name: 'Half', percent: 500_000, sales_channel: 'counter' };
    shop.insert('promotions', half);
    shop.update('accounts', shop.account, { tier: 'a' });
    const order = shop.order();
    const line = shop.line(order, shop.goods.crate, '1');
    expect(shop.price(line)).toBe(10);
    shop.update('orders', order, { sales_channel: 'WEB' });
    expect(shop.price(line)).toBe(7);
    shop.update('orders', order, { sales_channel: 'Counter' });
    expect(shop.price(line)).toBe(5);
    shop.update('accounts', shop.account, { sales_channel: 'web' });
    expect(shop.price(shop.line(shop.order(), shop.goods.crate, '1'))).toBe(7);
  });
});

describe('P3: a variant', () => {
  test('has its own price, else that of what it is a variant of', () => {
    const shop = openShop();
    const blue = shop.insert('products', { sku: 'CRT-B', name: 'Blue crate', uom: 'EA', variant_of: shop.goods.crate });
    const order = shop.order();
    expect(shop.price(shop.line(order, blue, '1'))).toBe(10);
    shop.insert('prices', { list_id: shop.list, product_id: shop.goods.crate, price: at('9') });
    expect(shop.price(shop.line(order, blue, '1'))).toBe(9);
    shop.insert('prices', { list_id: shop.list, product_id: blue, price: at('9.50') });
    expect(shop.price(shop.line(order, blue, '1'))).toBe(9.5);
    expect(shop.price(shop.line(order, shop.goods.crate, '1'))).toBe(9);
  });

  test('counts with the others of the group it has from there', () => {
    const shop = openShop();
    const blue = shop.insert('products', { sku: 'CRT-B', name: 'Blue crate', uom: 'EA', variant_of: shop.goods.crate });
    shop.priceOfGroup('8', { min_qty: at('100'), break_basis: 'group' });
    const order = shop.order();
    const [crate, other] = [shop.line(order, shop.goods.crate, '60'), shop.line(order, blue, '40')];
    expect([crate, other].map(shop.price)).toEqual([8, 8]);
  });
});
