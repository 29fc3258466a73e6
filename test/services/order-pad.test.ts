/** The order pad over real orders: what counts as history, packs of products, and lines made of what was typed. */
import { describe, expect, test } from 'vitest';
import { padQueries } from '../../electron/engine/services/orders/order-pad.ts';
import { contract } from '../../shared/contract/index.ts';
import { pageContext as context } from '../fakes/context.ts';
import { edit, imported, openDesk, withOrder, type Desk } from './open.ts';

const at = (qty: number): number => qty * 1_000_000;

const pad = async (desk: Desk, account: string, order: string | null = null) => {
  const queries = padQueries({ read: desk.store, today: () => '2026-01-15' });
  const found = await queries['orders.pad']({ account, order }, context);
  return contract['orders.pad'].output.parse(found).rows;
};

const past = (desk: Desk, account: string, day: string, status: string, lines: readonly (readonly [string, number])[]): void => {
  const order = desk.insert('orders', { account_id: account, ordered_on: day, status }, imported);
  for (const [product, qty] of lines)
    desk.insert('order_lines', { order_id: order, product_id: product, qty: at(qty) }, imported);
};

describe('orders.pad', () => {
  test('O2: the account’s own orders, without drafts and cancelled ones, in packs of the product', async () => {
    const desk = openDesk();
    const { account, product, order } = withOrder(desk);
    const nut = desk.insert('products', { sku: 'NUT-8', name: 'Nut', pack_qty: at(5), list_price: 1_000_000 });
    const other = desk.insert('accounts', { code: 'KEST', name: 'Kestrel' });
    past(desk, account, '2025-11-03', 'closed', [
      [product, 10],
      [nut, 7],
    ]);
    past(desk, account, '2025-12-01', 'confirmed', [[product, 12]]);
    past(desk, account, '2025-12-29', 'cancelled', [[product, 99]]);
    past(desk, other, '2026-01-05', 'closed', [[nut, 500]]);
    expect(await pad(desk, account, order)).toMatchObject([
      { sku: 'CRT-6040', last_on: '2025-12-01', times: 2, every_days: 28, suggested: String(at(12)), here: String(at(12)) },
      { sku: 'NUT-8', last_on: '2025-11-03', last_qty: String(at(7)), suggested: String(at(10)), here: '0' },
    ]);
    expect(await pad(desk, desk.insert('accounts', { name: 'New one' }))).toEqual([]);
  });

  test('O2: typed quantities are lines as one undo step, priced and in order; what is no number stays as typed', () => {
    const desk = openDesk();
    const { product, order, line } = withOrder(desk);
    const [first, second] = [desk.env.ids(), desk.env.ids()];
    const add = (id: string, text: string) =>
      ({
        kind: 'insert',
        table: 'order_lines',
        id,
        values: { order_id: order, product_id: product, qty: { '?': text } },
      }) as const;
    desk.store.apply([add(first, '5'), add(second, '12x')], { ...edit, label: 'Add 2 lines from the order pad' });
    const lines = desk.store.children('order_lines', order);
    expect(lines.map(({ position, qty, price }) => [position, qty, price])).toEqual([
      [1, at(12), 8_500_000],
      [2, at(5), 8_500_000],
      [3, null, 8_500_000],
    ]);
    expect(desk.issues('order_lines', second)).toEqual(['qty NUM_PARSE']);
    desk.store.undo({ ...edit });
    expect(desk.store.children('order_lines', order).map(({ id }) => id)).toEqual([line]);
  });
});
