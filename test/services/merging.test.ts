/** Lines of one product on one order (O2), over a real store: offered as one where nothing tells them apart. */
import { expect, test } from 'vitest';
import { mergeCommands, mergeQueries } from '../../electron/engine/services/orders/merging.ts';
import { contract } from '../../shared/contract/index.ts';
import { pageContext as context } from '../fakes/context.ts';
import { edit, openDesk, withOrder } from './open.ts';

const UNIT = 1_000_000;

test('O2: the same product again is one line where nothing differs; one step of undo makes them two again', async () => {
  const desk = openDesk();
  const { order, line, product } = withOrder(desk);
  const add = (values: Record<string, string | number>) =>
    desk.insert('order_lines', { order_id: order, product_id: product, qty: 5 * UNIT, ...values });
  const [again, dearer, later] = [add({}), add({ price: 9 * UNIT }), add({ requested: '2026-03-01' })];
  const { 'orders.mergeable': mergeable } = mergeQueries({ read: desk.store });
  const { 'orders.merge': merge } = mergeCommands({ store: desk.store });
  const offers = async () => contract['orders.mergeable'].output.parse(await mergeable({ id: order }, context)).offers;
  expect(await offers()).toEqual([{ into: line, from: [again], product: 'CRT-6040 · Crate 600×400', qty: '17000000' }]);
  expect(() => merge({ id: order, into: [dearer], screen: null }, context)).toThrow(/nothing was merged/);
  await merge({ id: order, into: null, screen: null }, context);
  expect(desk.store.children('order_lines', order).map(({ id, qty }) => [id, qty])).toEqual([
    [line, 17 * UNIT],
    [dearer, 5 * UNIT],
    [later, 5 * UNIT],
  ]);
  expect(desk.store.children('schedule_lines', line).map(({ qty }) => qty)).toEqual([17 * UNIT]);
  expect(await offers()).toEqual([]);
  expect(() => merge({ id: order, into: null, screen: null }, context)).toThrow(/nothing was merged/);
  desk.store.undo({ ...edit, actor: desk.store.device.id });
  expect(desk.store.children('order_lines', order)).toHaveLength(4);
  desk.update('order_lines', later, { requested: '2026-02-02' });
  expect((await offers()).map(({ qty }) => qty)).toEqual(['22000000']);
  desk.move(order, 'submitted');
  desk.move(order, 'confirmed');
  expect(await offers()).toEqual([]);
});
