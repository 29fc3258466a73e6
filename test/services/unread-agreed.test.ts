/** Text of a confirmed document that nobody could read was never agreed on: it is typed right, and then it is agreed (O5). */
import { expect, test } from 'vitest';
import { agreedReason } from '../../shared/model/agreed.ts';
import { edit, imported, openDesk, withOrder } from './open.ts';

const bad = (raw: string) => ({ '!': [raw, 'NUM_PARSE'] }) as const;

const openImported = () => {
  const desk = openDesk();
  const { account, product } = withOrder(desk);
  const order = desk.insert('orders', { account_id: account, number: 'N-1', status: 'confirmed', freight: bad('12x') }, imported);
  const line = desk.insert('order_lines', { order_id: order, product_id: product, qty: 5_000_000, price: bad('8,5O') }, imported);
  return { desk, order, line };
};

test('a cell of its lines', () => {
  const { desk, line } = openImported();
  expect(() => desk.update('order_lines', line, { qty: 6_000_000 }, edit)).toThrow(/Amend it/);
  desk.update('order_lines', line, { price: 8_500_000 }, edit);
  expect(desk.row('order_lines', line)['price']).toBe(8_500_000);
  expect(() => desk.update('order_lines', line, { price: 1 }, edit)).toThrow(/Amend it/);
});

test('a cell of its head; other text that cannot be read may take its place', () => {
  const { desk, order } = openImported();
  desk.update('orders', order, { freight: bad('12y') }, edit);
  expect(desk.store.issues('orders', order)).toMatchObject([{ field: 'freight', raw: '12y' }]);
  desk.update('orders', order, { freight: 1200 }, edit);
  expect(() => desk.update('orders', order, { freight: 1300 }, edit)).toThrow(/Amend it/);
  expect(() => desk.update('orders', order, { freight: bad('13z') }, edit)).toThrow(/Amend it/);
});

test('forms and grids open it too, and it alone', () => {
  const document = { status: 'confirmed', number: 'N-1' };
  expect(agreedReason('orders', 'freight', document, { raw: '12x' })).toBe(null);
  expect(agreedReason('orders', 'freight', document, { raw: null })).toMatch(/Amend it/);
});
