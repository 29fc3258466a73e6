/** Bookings that outlive their order, as Today tells them, on a real file. Thursday 15 January 2026. */
import { expect, test } from 'vitest';
import { todayQueries } from '../../electron/engine/services/today/today.ts';
import { createClocks } from '../../electron/engine/store/clocks/read.ts';
import { contract } from '../../shared/contract/index.ts';
import { pageContext as context } from '../fakes/context.ts';
import { imported, openDesk, withOrder, type Desk } from './open.ts';

const listOf = (desk: Desk) => async () =>
  desk.look(async (db) => {
    const env = { ...desk.env, locale: desk.locale };
    const queries = todayQueries({ clocks: createClocks(db), read: desk.store, local: desk.store.local, env });
    const asked = contract['today.list'].input.parse({ who: 'all', show: 'due' });
    return contract['today.list'].output.parse(await queries['today.list'](asked, context)).rows;
  });

test('B1: a booking whose order was cancelled, or all of its lines, is to be cancelled with its carrier, whatever it waits for', async () => {
  const desk = openDesk();
  const { account, order, line } = withOrder(desk);
  desk.move(order, 'confirmed', imported);
  const at = (day: string): number => Date.parse(`${day}T12:00:00Z`);
  const booking = (number: string, status: string, more: Readonly<Record<string, string | number>> = {}): string =>
    desk.insert('bookings', { number, status, account_id: account, order_id: order, currency: 'GBP', ...more }, imported);
  const late = booking('B-1', 'confirmed', { deliver_to: at('2026-01-14') });
  desk.insert('booking_charges', { booking_id: late, code: 'FRT', cost: 13_200, charge: 15_840 }, imported);
  const part = booking('B-2', 'tendered', { pickup_from: at('2026-01-14') });
  desk.insert('booking_lines', { booking_id: part, order_line_id: line, qty: 12_000_000 });
  booking('B-3', 'done', { pod_due_on: '2026-01-14' });
  booking('B-4', 'need');
  booking('B-5', 'cancelled');
  booking('B-6', 'in_progress');
  const list = listOf(desk);
  const about = async () =>
    (await list())
      .filter(({ item }) => item.includes('order was cancelled'))
      .map(({ band, why, item, next }) => `${band} ${why}: ${item} → ${next}`)
      .toSorted();
  expect(await about()).toEqual([]);
  const schedule = desk.store.children('schedule_lines', line)[0]?.id ?? '';
  const cancel = (qty: number) =>
    desk.insert('fulfilments', { schedule_id: schedule, kind: 'cancelled', qty, happened_on: '2026-01-15' }, imported);
  cancel(5_000_000);
  expect(await about()).toEqual([]);
  cancel(7_000_000);
  expect(await about()).toEqual(['today exception: B-2, its order was cancelled → Cancel it with the carrier']);
  desk.move(order, 'cancelled', imported);
  expect(await about()).toEqual([
    'today exception: B-1, its order was cancelled → Cancel it with the carrier',
    'today exception: B-2, its order was cancelled → Cancel it with the carrier',
    'today exception: B-4, its order was cancelled → Cancel the booking',
    'today exception: B-6, its order was cancelled → Stop it with the carrier',
  ]);
  expect((await list()).filter(({ record }) => record?.id === late)).toMatchObject([
    { source: 'order_cancelled', money: 13_200, account: { id: account } },
  ]);
  expect(desk.row('bookings', late)['status']).toBe('confirmed');
});
