/** What a confirmed order agreed on is not taken back from under it by undoing an earlier step (O5). */
import { expect, test } from 'vitest';
import { amendCommands } from '../../electron/engine/services/orders/amendments.ts';
import { confirmCommands } from '../../electron/engine/services/orders/confirm.ts';
import { fulfilmentCommands } from '../../electron/engine/services/fulfilment/fulfilment.ts';
import { taxCommands } from '../../electron/engine/services/money/tax.ts';
import { contract } from '../../shared/contract/index.ts';
import { pageContext as context } from '../fakes/context.ts';
import { edit, openDesk, withOrder } from './open.ts';

const UNIT = 1_000_000;
const screen = null;

/** An order of 12 in a company with tax; what I do, what Bob does, and my undo. */
const openShared = async () => {
  const desk = openDesk();
  const tax = { scope: 'document', isIncluded: false, mode: 'half_up', freight: 'S', rates: { S: 200_000 } } as const;
  await taxCommands(desk)['app.setTax']({ tax }, context);
  const made = withOrder(desk);
  const mine = { ...edit, actor: desk.store.device.id };
  const bob = { ...context, as: 'Bob' };
  const commands = {
    ...confirmCommands(desk),
    ...amendCommands({ ...desk, env: { ...desk.env, locale: desk.locale } }),
    ...fulfilmentCommands(desk),
  };
  return {
    desk,
    mine,
    ...made,
    confirm: (by = bob) => commands['orders.confirm']({ id: made.order, why: null, screen }, by),
    ship: (qty: number) =>
      commands['orders.fulfil'](
        contract['orders.fulfil'].input.parse({
          id: made.order,
          kind: 'shipped',
          lines: [{ line: made.line, qty: qty * UNIT }],
          on: '2026-01-15',
          reason: null,
        }),
        bob,
      ),
    amend: (qty: string) =>
      commands['orders.amend'](
        contract['orders.amend'].input.parse({ id: made.order, lines: [{ line: made.line, qty }] }),
        context,
      ),
    undo: () => desk.store.undo(mine).refused.map(({ table, field, why }) => `${table}.${field} ${why}`),
  };
};

test('a quantity, a discount and a line of its time as a draft stay, once somebody confirmed it', async () => {
  const { desk, mine, order, line, product, confirm, undo } = await openShared();
  desk.update('order_lines', line, { qty: 3 * UNIT }, mine);
  desk.update('orders', order, { header_percent: 100_000 }, mine);
  const added = desk.insert('order_lines', { order_id: order, product_id: product, qty: UNIT }, mine);
  await confirm();
  for (let step = 0; step < 3; step += 1) expect(undo().join()).toContain('fixed');
  expect(desk.row('order_lines', line)['qty']).toBe(3 * UNIT);
  expect(desk.row('orders', order)).toMatchObject({ status: 'confirmed', header_percent: 100_000 });
  expect(desk.store.children('order_lines', order).map(({ id }) => id)).toEqual([line, added]);
  expect(desk.store.children('schedule_lines', line)).toMatchObject([{ qty: 3 * UNIT }]);
});

test('confirming is taken back whole or not at all: what it settled stays with it', async () => {
  const shipped = await openShared();
  await shipped.confirm(context as typeof context & { as: string });
  const { tax_policy: policy } = shipped.desk.row('orders', shipped.order);
  expect(policy).not.toBe(null);
  await shipped.ship(5);
  expect(shipped.undo()).toEqual(expect.arrayContaining(['orders.status fixed', 'orders.tax_policy fixed']));
  expect(shipped.desk.row('orders', shipped.order)).toMatchObject({ status: 'confirmed', tax_policy: policy });
  const quiet = await openShared();
  await quiet.confirm(context as typeof context & { as: string });
  expect(quiet.undo()).toEqual([]);
  expect(quiet.desk.row('orders', quiet.order)).toMatchObject({ status: 'draft', tax_policy: null });
});

test('an amendment is taken back while nothing went out since, and then stays with its record', async () => {
  const { desk, line, order, confirm, ship, amend, undo } = await openShared();
  await confirm();
  await ship(5);
  await amend('20');
  expect(undo()).toEqual([]);
  expect(desk.row('order_lines', line)['qty']).toBe(12 * UNIT);
  expect(desk.store.children('order_changes', order)).toEqual([]);
  await amend('20');
  await ship(10);
  expect(undo().every((one) => one.endsWith('fixed'))).toBe(true);
  expect(desk.row('order_lines', line)['qty']).toBe(20 * UNIT);
  expect(desk.store.children('order_changes', order)).toHaveLength(1);
  expect(desk.store.children('schedule_lines', line).reduce((sum, { qty }) => sum + Number(qty), 0)).toBe(20 * UNIT);
});
