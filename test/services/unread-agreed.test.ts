/** A cell of a confirmed document with an error was never agreed on: it is typed right, and then it is agreed (O5). */
import { expect, test } from 'vitest';
import { amendCommands } from '../../electron/engine/services/orders/amendments.ts';
import { contract } from '../../shared/contract/index.ts';
import { agreedReason } from '../../shared/model/agreed.ts';
import { pageContext } from '../fakes/context.ts';
import { edit, imported, openDesk, withOrder } from './open.ts';

const bad = (raw: string) => ({ '!': [raw, 'NUM_PARSE'] }) as const;

const openImported = () => {
  const desk = openDesk();
  const { account, product } = withOrder(desk);
  const order = desk.insert('orders', { account_id: account, number: 'N-1', status: 'confirmed', freight: bad('12x') }, imported);
  const line = desk.insert('order_lines', { order_id: order, product_id: product, qty: 5_000_000, price: bad('8,5O') }, imported);
  return { desk, order, line, product };
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

test('a value that breaks a rule, and nothing where something has to be, leave it open', () => {
  const { desk, line } = openImported();
  desk.update('order_lines', line, { price: null }, edit);
  desk.update('order_lines', line, { price: -1 }, edit);
  expect(desk.issues('order_lines', line)).toContain('price NUM_RANGE');
  desk.update('order_lines', line, { price: 8_500_000 }, edit);
  expect(() => desk.update('order_lines', line, { price: -1 }, edit)).toThrow(/Amend it/);
});

test('what was typed over it since the order stands so is taken back by undo; what was put right before is not', () => {
  const { desk, order, line, product } = openImported();
  desk.update('order_lines', line, { price: 8_500_000 }, edit);
  desk.store.undo(edit);
  expect(desk.store.issues('order_lines', line)).toMatchObject([{ field: 'price', raw: '8,5O' }]);
  desk.store.redo(edit);
  expect(desk.row('order_lines', line)['price']).toBe(8_500_000);
  const unread = desk.insert('order_lines', { order_id: order, product_id: product, qty: bad('abc') }, imported);
  desk.update('order_lines', unread, { qty: 4_000_000 }, edit);
  const left = () => desk.store.children('schedule_lines', unread).map(({ qty }) => qty);
  expect(left()).toEqual([4_000_000]);
  expect(desk.store.undo(edit).refused).toEqual([]);
  expect(left()).toEqual([null]);
  desk.update('orders', order, { freight: 1200 }, edit);
  desk.store.undo(edit);
  expect(desk.store.issues('orders', order)).toMatchObject([{ field: 'freight', raw: '12x' }]);
  const other = withOrder(desk);
  desk.update('order_lines', other.line, { qty: bad('x') }, edit);
  desk.update('order_lines', other.line, { qty: 3_000_000 }, { ...edit, actor: 'Eve' });
  for (const to of ['submitted', 'confirmed']) desk.move(other.order, to);
  expect(desk.store.undo({ ...edit, actor: 'Eve' }).refused).toMatchObject([
    { table: 'schedule_lines', field: 'qty', why: 'fixed' },
    { table: 'order_lines', field: 'qty', why: 'fixed' },
  ]);
});

test('what was amended to nothing was agreed on: more of it is amended, not typed', async () => {
  const desk = openDesk();
  const { order, line } = withOrder(desk);
  for (const to of ['submitted', 'confirmed']) desk.move(order, to);
  const commands = amendCommands({ ...desk, env: { ...desk.env, locale: desk.locale } });
  await commands['orders.amend'](contract['orders.amend'].input.parse({ id: order, lines: [{ line, qty: '0' }] }), pageContext);
  expect(desk.issues('order_lines', line)).toContain('qty QTY_ZERO');
  expect(() => desk.update('order_lines', line, { qty: 999_000_000 }, edit)).toThrow(/Amend it/);
});

test('forms and grids open it too, and it alone', () => {
  const document = { status: 'confirmed', number: 'N-1' };
  expect(agreedReason('orders', 'freight', document, { raw: '12x', code: 'NUM_PARSE' })).toBe(null);
  expect(agreedReason('orders', 'freight', document, { raw: null, code: 'DISCOUNT_OVER' })).toMatch(/Amend it/);
});
