/** B2: what becomes of a booking whose slot is taken: on Today, and rebooked. */
import { expect, test } from 'vitest';
import { holdIn } from '../../electron/engine/services/booking/slots.ts';
import { todayQueries } from '../../electron/engine/services/today/today.ts';
import { lostSlots, slotHolds } from '../../electron/engine/store/clocks/bookings.ts';
import { createClocks } from '../../electron/engine/store/clocks/read.ts';
import { contract } from '../../shared/contract/index.ts';
import { pageContext as context } from '../fakes/context.ts';
import { at, openBookings } from './booking-world.ts';
import { imported, openDesk, withOrder } from './open.ts';

const DAY = 86_400_000;

test('B2: a booking that lost its slot goes to another in one step, what was asked of its partner taken back', () => {
  const world = openBookings();
  const { desk, row, story, northline, coastway, account, ask } = world;
  const slot = (name: string, starts: string, partner: string) =>
    desk.insert('slots', { name, kind: 'campaign', starts_on: starts, capacity: 1, partner_id: partner });
  const [first, second] = [slot('Banner A', '2026-02-02', northline), slot('Banner B', '2026-02-09', coastway)];
  const book = (at_: string, stage: string) =>
    world.book({ order: null, account, partner: northline, kind: 'campaign', slot: at_, stage, pickup: null });
  const won = book(first, 'hold');
  expect(() => ask('bookings.rebook', { id: won })).toThrow('its slot is not lost');
  const values = { account_id: account, partner_id: northline, kind: 'campaign', slot_id: first, status: 'tendered' };
  const lost = desk.insert('bookings', values, imported);
  desk.insert('tenders', { booking_id: lost, partner_id: northline }, imported);
  const { wants } = contract['bookings.slot'].output.parse(world.queries['bookings.slot']({ id: first }, world.context));
  expect(wants.map(({ id, hold }) => [id, hold])).toEqual([
    [won, 'confirmed'],
    [lost, 'lost'],
  ]);
  const full = book(second, 'hold');
  expect(() => ask('bookings.rebook', { id: lost, slot: second })).toThrow('Banner B has no room for 1');
  expect(() => ask('bookings.rebook', { id: lost })).toThrow('No other slot of its kind has room');
  ask('bookings.end', { id: full, to: 'cancelled', reason: 'Not wanted', fault: 'customer' });
  ask('bookings.rebook', { id: lost });
  expect(row(lost)).toMatchObject({
    status: 'hold',
    slot_id: second,
    partner_id: coastway,
    hold_until: at('2026-01-20', '18:00'),
  });
  expect(story(lost)).toMatchObject({ hold: 'confirmed', tenders: [{ answer: 'withdrawn' }] });
  desk.env.tick(10 * 86_400_000);
  expect(story(won).hold).toBe('expired');
  ask('bookings.rebook', { id: won, slot: second });
  expect([row(won)['slot_id'], story(won).hold]).toEqual([second, 'confirmed']);
});

test('B2: a booking whose slot went to who was first is to be rebooked, with where there is room; what the rule says, Today says', async () => {
  const desk = openDesk();
  const { account } = withOrder(desk);
  const slot = (name: string, day: string, capacity = 1) =>
    desk.insert('slots', { name, kind: 'visit', starts_on: day, capacity });
  const [dock] = [slot('Dock', '2026-02-02', 3), slot('Yard', '2026-02-03')];
  const held = { account_id: account, kind: 'visit', slot_id: dock };
  const until = desk.env.clock() + 5 * DAY;
  const book = (number: string, status: string, more: Readonly<Record<string, string | number>> = {}) =>
    desk.insert('bookings', { ...held, number, status, ...more }, imported);
  const first = book('B-1', 'hold', { slot_amount: 2, hold_until: until });
  book('B-2', 'cancelled', { slot_amount: 3 });
  book('B-3', 'hold', { slot_amount: 3, hold_until: desk.env.clock() - DAY });
  const all = [
    first,
    book('B-4', 'confirmed'),
    book('B-5', 'tendered'),
    book('B-6', 'hold', { hold_until: until, slot_amount: 2 }),
  ];
  const env = { ...desk.env, locale: desk.locale };
  const said = async (): Promise<readonly string[]> => {
    const { rows } = await desk.look(async (db) => {
      const own = { read: desk.store, local: desk.store.local, env, sources: [lostSlots, slotHolds] };
      return todayQueries({ clocks: createClocks(db), ...own })['today.list']({ who: 'all', show: 'due', limit: 200 }, context);
    });
    return rows.map(({ band, why, item, next }) => `${band} ${why}: ${item} → ${next}`);
  };
  const lost = all.filter((id) => holdIn(desk.store.get('bookings', id) ?? { id }, desk.store, desk.env.clock()).hold === 'lost');
  expect(lost).toEqual(all.slice(2));
  expect((await said()).toSorted()).toEqual([
    'overdue expiry: B-3, hold is over → Rebook or let go',
    'today exception: B-5, Dock is taken → Rebook: Yard (2026-02-03)',
    'today exception: B-6, Dock is taken → Rebook: no slot of its kind has room',
    'week expiry: B-1, hold ends → Tender or let go',
    'week expiry: B-6, hold ends → Tender or let go',
  ]);
  // Another place is another stamp: who moves there is the last.
  desk.update('bookings', first, { slot_amount: 1 }, imported);
  expect((await said()).join(' ')).not.toContain('B-5, Dock is taken');
});

test('B2: a booking that is under way, or over, keeps its slot, and whoever was first and has not begun is told so', async () => {
  const { desk, story, row, queries, account, northline, ask, context: call } = openBookings();
  const slot = (name: string, day: string) => desk.insert('slots', { name, kind: 'visit', starts_on: day, capacity: 1 });
  const [dock] = [slot('Dock', '2026-02-02'), slot('Yard', '2026-02-03')];
  const book = (number: string, status: string) =>
    desk.insert(
      'bookings',
      { account_id: account, partner_id: northline, kind: 'visit', slot_id: dock, number, status },
      imported,
    );
  const first = book('B-1', 'confirmed');
  const lost = async (): Promise<readonly string[]> => {
    const env = { ...desk.env, locale: desk.locale };
    const { rows } = await desk.look(async (db) => {
      const own = { read: desk.store, local: desk.store.local, env, sources: [lostSlots] };
      return todayQueries({ clocks: createClocks(db), ...own })['today.list']({ who: 'all', show: 'due', limit: 200 }, call);
    });
    return rows.map(({ item, next }) => `${item} → ${next}`);
  };
  expect([story(first).hold, await lost()]).toEqual(['confirmed', []]);
  const begun = ['in_progress', 'done', 'closed'].map((status) => book(`B-${status}`, status));
  expect(story(book('B-2', 'confirmed'))).toMatchObject({ hold: 'lost', alternatives: [{ name: 'Yard' }] });
  expect(story(first)).toMatchObject({ hold: 'lost', alternatives: [{ name: 'Yard' }] });
  for (const id of begun) {
    expect(story(id)).toMatchObject({ hold: 'confirmed', unheard: [], alternatives: [] });
    expect(() => ask('bookings.rebook', { id })).toThrow('its slot is not lost');
  }
  const { wants } = contract['bookings.slot'].output.parse(queries['bookings.slot']({ id: dock }, call));
  expect(wants.map(({ number, hold }) => [number, hold])).toEqual([
    ['B-in_progress', 'confirmed'],
    ['B-done', 'confirmed'],
    ['B-closed', 'confirmed'],
    ['B-1', 'lost'],
    ['B-2', 'lost'],
  ]);
  expect((await lost()).toSorted()).toEqual([
    'B-1, Dock is taken → Rebook: Yard (2026-02-03)',
    'B-2, Dock is taken → Rebook: Yard (2026-02-03)',
  ]);
  ask('bookings.rebook', { id: first });
  expect(row(first)['slot_id']).not.toBe(dock);
  expect(begun.map((id) => row(id)['status'])).toEqual(['in_progress', 'done', 'closed']);
});
