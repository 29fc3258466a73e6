/** Days that cannot be, on a real file: what is recorded as done or received is not still to come. Thursday 15 January 2026. */
import { expect, test } from 'vitest';
import { contract } from '../../shared/contract/index.ts';
import { pageContext as context } from '../fakes/context.ts';
import { openBilling, UNIT } from './billing.ts';

test('F1: what went out, came or was accepted is of today or before, and not from long before its order', () => {
  const { desk, order, line, commands } = openBilling();
  const record = (kind: string, on: string) =>
    commands['orders.fulfil'](
      contract['orders.fulfil'].input.parse({ id: order, kind, lines: [{ line, qty: UNIT }], on, reason: 'Because' }),
      context,
    );
  const counted = () => desk.look((db) => db.prepare('SELECT count(*) AS n FROM live_fulfilments').get());
  const before = counted();
  expect(() => record('shipped', '2026-01-16')).toThrow('2026-01-16 is still to come. Nothing was changed.');
  expect(() => record('shipped', '2025-01-15')).toThrow('2025-01-15 is more than 14 days before it was ordered');
  expect(counted()).toEqual(before);
  void record('shipped', '2026-01-15');
  expect(() => record('delivered', '2026-01-16')).toThrow('is still to come');
  void record('delivered', '2026-01-15');
  // A decision may be of a day to come.
  void record('cancelled', '2026-01-20');
});

test('K1: a payment is received by today, when it is recorded and when its day is changed', async () => {
  const { desk, account, commands } = openBilling();
  const pay = (on: string) =>
    commands['payments.record'](contract['payments.record'].input.parse({ account, amount: 5_000, on }), context);
  expect(() => pay('2026-02-01')).toThrow('Received: 2026-02-01 is still to come. Nothing was changed.');
  const { id } = await pay('2026-01-15');
  expect(() => desk.update('payments', id, { received_on: '2026-01-16' })).toThrow('is still to come');
  expect(desk.row('payments', id)['received_on']).toBe('2026-01-15');
});
