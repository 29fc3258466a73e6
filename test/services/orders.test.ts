import { describe, expect, test } from 'vitest';
import { confirmCommands } from '../../electron/engine/services/orders/confirm.ts';
import { orderCommands, orderQueries } from '../../electron/engine/services/orders/orders.ts';
import { AppError } from '../../shared/contract/define.ts';
import { contract } from '../../shared/contract/index.ts';
import { edit, openDesk, withOrder, type Desk } from './open.ts';
import { pageContext as context } from '../fakes/context.ts';

const typed = (text: string) => ({ '?': text });
const serve = (desk: Desk) => ({
  ...orderQueries({ read: desk.store }),
  ...orderCommands({ store: desk.store, env: desk.env }),
  ...confirmCommands({ store: desk.store, env: desk.env }),
});
const caught = (run: () => unknown): AppError => {
  try {
    run();
  } catch (error) {
    if (error instanceof AppError) return error;
  }
  throw new Error('nothing was thrown');
};
const screen = null;

describe('orders.totals', () => {
  test('says what the order comes to and what is left out', async () => {
    const desk = openDesk();
    const { order, line, product } = withOrder(desk);
    desk.update('order_lines', line, { discount: typed('5%') });
    desk.insert('order_lines', { order_id: order, product_id: product, qty: typed('6o') });
    desk.insert('order_lines', { order_id: order, product_id: product, qty: 1_000_000, discount: typed('much') });
    desk.insert('order_lines', { order_id: order, product_id: typed('NOPE'), qty: 1_000_000, price: 1_000_000, uom: 'EA' });
    desk.update('orders', order, { freight: typed('12.50') });
    const totals = await serve(desk)['orders.totals']({ id: order }, context);
    expect(contract['orders.totals'].output.parse(totals)).toEqual({
      currency: 'GBP',
      base: null,
      lines: 4,
      counted: 2,
      faulty: 3,
      net: '9790',
      discount: '0',
      net_micros: '97900000',
      freight: '1250',
      taxes: [],
      tax: '0',
      is_tax_included: false,
      total: '11040',
      qty: '14000000',
    });
  });

  test('rounds each line or once, and has no quantity over several units', async () => {
    const desk = openDesk();
    const order = desk.insert('orders', {});
    for (let n = 0; n < 3; n += 1)
      desk.insert('order_lines', { order_id: order, qty: 1_000_000, price: 105_000, uom: n === 0 ? 'PK' : 'EA' });
    const net = async () => (await serve(desk)['orders.totals']({ id: order }, context)).net;
    expect(await net()).toBe('33');
    desk.update('orders', order, { rounding: 'document' });
    expect(await net()).toBe('32');
    expect((await serve(desk)['orders.totals']({ id: order }, context)).qty).toBe(null);
  });
});

describe('orders.confirm', () => {
  test('lists every blocking cell in the order they stand, and changes nothing', async () => {
    const desk = openDesk();
    const { order, line } = withOrder(desk);
    desk.update('orders', order, { account_id: null });
    desk.update('order_lines', line, { qty: typed('6o'), requested: typed('soon') });
    const error = caught(() => serve(desk)['orders.confirm']({ id: order, why: null, screen }, context));
    expect(error.code).toBe('blocked');
    expect(error.details).toMatchObject({
      blockers: [
        { table: 'orders', row: order, field: 'account_id', code: 'REQUIRED', message: 'Account is empty' },
        { table: 'order_lines', row: line, field: 'qty', code: 'NUM_PARSE', message: 'Line 1: “6o” is not a number' },
        { table: 'order_lines', row: line, field: 'requested', code: 'DATE_PARSE' },
      ],
    });
    const { blockers } = await serve(desk)['orders.blockers']({ id: order }, context);
    expect({ blockers }).toEqual(error.details);
    expect(desk.row('orders', order)).toMatchObject({ status: 'draft', number: null });
  });

  test('says which number is too small or too large, and what would do', () => {
    const desk = openDesk();
    const { order, line } = withOrder(desk);
    desk.update('order_lines', line, { qty: -3_000_000, discount: 1_500_000 });
    const error = caught(() => serve(desk)['orders.confirm']({ id: order, why: null, screen }, context));
    expect(error.details).toMatchObject({
      blockers: [
        { field: 'qty', message: 'Line 1: −3 is too small: Qty is 0 or more' },
        { field: 'discount', message: 'Line 1: 150 is too large: Disc % is from 0 to 100' },
      ],
    });
  });

  test('submits and confirms in one undo step, and gives the number', async () => {
    const desk = openDesk();
    const { order } = withOrder(desk);
    const changed = await serve(desk)['orders.confirm']({ id: order, why: null, screen: 'orders' }, context);
    expect(contract['orders.confirm'].output.parse(changed)).toEqual(changed);
    expect(desk.row('orders', order)).toMatchObject({ status: 'confirmed', number: `O26-${desk.store.device.code}-0001` });
    expect(caught(() => serve(desk)['orders.confirm']({ id: order, why: null, screen }, context)).code).toBe(
      'illegal-transition',
    );
    desk.store.undo({ ...edit, actor: desk.store.device.id });
    expect(desk.row('orders', order)).toMatchObject({ status: 'draft' });
  });
});

test('orders.duplicate makes a draft of today with the same lines, bad cells and all', async () => {
  const desk = openDesk();
  const { account, order, line } = withOrder(desk);
  desk.update('orders', order, { po_ref: 'PO 77', terms: 'cash', status: typed('submitted') });
  const bad = desk.insert('order_lines', { order_id: order, qty: typed('6o'), price: 1_000_000 });
  desk.env.tick(86_400_000);
  const { id } = await serve(desk)['orders.duplicate']({ id: order, screen }, context);
  expect(desk.row('orders', id)).toMatchObject({
    account_id: account,
    status: 'draft',
    number: null,
    po_ref: null,
    requested: null,
    terms: 'cash',
    ordered_on: '2026-01-16',
  });
  const lines = desk.store.children('order_lines', id);
  expect(lines).toMatchObject([
    { position: 1, qty: 12_000_000, description: desk.row('order_lines', line)['description'] },
    { position: 2, qty: null, price: 1_000_000 },
  ]);
  expect(desk.issues('order_lines', lines[1]?.id ?? '')).toEqual(desk.issues('order_lines', bad));
  expect(desk.store.children('schedule_lines', lines[0]?.id ?? '')).toMatchObject([{ qty: 12_000_000, requested: null }]);
  expect(desk.store.undo({ ...edit, actor: desk.store.device.id }).refused).toEqual([]);
  expect(desk.store.get('orders', id)).toBe(undefined);
});
