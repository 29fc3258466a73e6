/** What is charged on the bookings of an order reaches an invoice by its freight, or is said to reach none (B4). */
import { expect, test } from 'vitest';
import { amendCommands } from '../../electron/engine/services/orders/amendments.ts';
import { carriageQueries } from '../../electron/engine/services/billing/carriage.ts';
import { invoiceCommands } from '../../electron/engine/services/billing/invoices.ts';
import { fulfilmentCommands } from '../../electron/engine/services/fulfilment/fulfilment.ts';
import { contract } from '../../shared/contract/index.ts';
import { pageContext as context } from '../fakes/context.ts';
import { imported, openDesk, withOrder } from './open.ts';

test('B4: charges of bookings beyond the freight are told until the freight takes them, and are billed with it', async () => {
  const desk = openDesk();
  const { order, line, account } = withOrder(desk);
  desk.update('orders', order, { freight: 2_000 });
  desk.move(order, 'submitted');
  desk.move(order, 'confirmed');
  const deps = { ...desk, env: { ...desk.env, locale: desk.locale } };
  const commands = { ...amendCommands(deps), ...fulfilmentCommands(desk), ...invoiceCommands(deps) };
  const carriage = () =>
    contract['orders.carriage'].output.parse(carriageQueries({ read: desk.store })['orders.carriage']({ id: order }, context));
  const booking = (number: string, status: string, charge: number, currency = 'GBP'): void => {
    const of = { number, status, account_id: account, order_id: order, currency };
    const id = desk.insert('bookings', of, imported);
    desk.insert('booking_charges', { booking_id: id, code: 'FRT', cost: 1_000, charge }, imported);
    desk.insert('booking_charges', { booking_id: id, code: 'DET', cost: 500 }, imported);
  };
  expect(carriage()).toEqual({ currency: 'GBP', bookings: [], charged: '0', freight: '2000', missing: '0' });
  booking('B-1', 'done', 1_500);
  expect(carriage()).toMatchObject({ bookings: ['B-1'], charged: '1500', missing: '0' });
  booking('B-2', 'confirmed', 1_900);
  booking('B-3', 'cancelled', 9_000);
  booking('B-4', 'confirmed', 9_000, 'EUR');
  expect(carriage()).toMatchObject({ bookings: ['B-1', 'B-2'], charged: '3400', missing: '1400' });
  const fulfil = (kind: 'shipped' | 'delivered', qty: number) =>
    commands['orders.fulfil'](
      contract['orders.fulfil'].input.parse({ id: order, kind, lines: [{ line, qty }], on: '2026-01-15', reason: null }),
      context,
    );
  const bill = async () => {
    const made = contract['orders.bill'].output.parse(await commands['orders.bill']({ id: order, screen: null }, context));
    await commands['invoices.issue']({ id: made.id, screen: null }, context);
    return { freight: desk.row('invoices', made.id)['freight'], uncarried: made.uncarried };
  };
  await fulfil('shipped', 5_000_000);
  await fulfil('delivered', 5_000_000);
  expect(await bill()).toEqual({ freight: 2_000, uncarried: '14.00 GBP' });
  const taken = { id: order, header: { freight: '34.00' }, reason: 'Charged on B-1, B-2' };
  await commands['orders.amend'](contract['orders.amend'].input.parse(taken), context);
  expect(carriage()).toMatchObject({ freight: '3400', missing: '0' });
  expect(await bill()).toEqual({ freight: 1_400, uncarried: null });
});
