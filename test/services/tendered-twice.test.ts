/** B1, B4: one booking that two people tendered apart, to a partner each. */
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { runStatement } from '../../electron/engine/store/public/query.ts';
import { checkSums } from '../../electron/engine/store/check/check-sums.ts';
import { refreshBookingSums } from '../../electron/engine/store/sums/booking-sums.ts';
import { makeTemp } from '../setup/temp.ts';
import { openDevice, openTeam } from './device.ts';
import type { Device } from './device.ts';

const rowsOf = ({ file }: Device, sql: string): readonly unknown[] => runStatement(file, sql, 100).rows;

/** What marks the booking bears, and what it costs and is charged at. */
const standing = (device: Device, id: string) => ({
  marks: rowsOf(device, `SELECT field, code FROM v_cell_issues WHERE id = '${id}' AND code = 'TENDERED_TWICE'`),
  money: rowsOf(device, `SELECT cost, charge, unbilled FROM v_bookings WHERE id = '${id}'`),
});

const MARK = ['partner_id', 'TENDERED_TWICE'];

/**
 * Northline asked there for 100.00, Coastway an hour later here for 80.00; a person entered 5.00 here. Charged at a fifth more.
 * @param apart what else is done there before they meet
 */
const openTwice = async (apart: (there: Device, id: string) => Promise<unknown> = () => Promise.resolve()) => {
  const team = await openTeam(makeTemp(), () => Promise.resolve());
  const { here, there, meet } = team;
  const account = await here.insert('accounts', { name: 'Acme', code: 'ACME', currency: 'GBP' });
  const northline = await here.insert('partners', { code: 'NLF', name: 'Northline', kind: 'carrier' });
  const coastway = await here.insert('partners', { code: 'CST', name: 'Coastway', kind: 'carrier' });
  await here.insert('charge_rules', { code: 'FRT', markup: 200_000 });
  const order = await here.insert('orders', { account_id: account, currency: 'GBP' });
  const { id } = await here.ask('bookings.book', { account });
  await here.edit('Change Order', 'update', 'bookings', id, { order_id: order });
  await meet();
  const tender = (device: Device, partner: string, cost: number) => device.ask('bookings.tender', { id, partner, cost });
  await tender(there, northline, 10_000);
  await apart(there, id);
  here.tick(3_600_000);
  await tender(here, coastway, 8_000);
  await here.ask('bookings.cost', { id, code: 'DET', cost: 500 });
  await meet();
  const tenderTo = async (device: Device, partner: string) =>
    (await device.ask('bookings.story', { id })).tenders.findLast((one) => one.partner === partner)?.id ?? '';
  const answers = async (device: Device) =>
    (await device.ask('bookings.story', { id })).tenders.map(({ partner, answer }) => [partner, answer]);
  const show = () => [standing(here, id), standing(there, id)];
  return { ...team, id, order, northline, coastway, tender, tenderTo, answers, show };
};

const both = (one: object) => [one, one];
const COASTWAY = [[85, 96, 5]];
const NORTHLINE = [[105, 120, 5]];

describe('a booking that two tendered apart', () => {
  test('B4: says so to everybody, and costs what one of them costs', async () => {
    const { here, hub, team, id, order, show, coastway } = await openTwice();
    expect(show()).toEqual(both({ marks: [MARK], money: COASTWAY }));
    const folder = makeTemp();
    const late = openDevice(folder, 3);
    await late.ask('sync.join', { hub, team });
    for (const one of [late, late]) await one.ask('sync.round', { hub });
    expect(standing(late, id)).toEqual({ marks: [MARK], money: COASTWAY });
    const story = await here.ask('bookings.story', { id });
    expect(story.charges.map(({ code, cost }) => [code, cost])).toEqual([
      ['FRT', '8000'],
      ['DET', '500'],
    ]);
    expect((await here.ask('orders.carriage', { id: order })).charged).toBe('9600');
    await here.ask('bookings.charge', { id, charge: 600, note: null });
    expect(standing(here, id).money).toEqual([[85, 102, null]]);
    expect((await here.row('bookings', id))?.['partner_id']).toBe(coastway);
  });

  test('B1: taken by the partner it shows, the other tender is withdrawn with its costs', async () => {
    const { here, meet, id, show, answers } = await openTwice();
    await here.ask('bookings.answer', { id, answer: 'accepted' });
    await meet();
    expect(show()).toEqual(both({ marks: [], money: COASTWAY }));
    expect(await answers(here)).toEqual([
      ['Northline', 'withdrawn'],
      ['Coastway', 'accepted'],
    ]);
    expect((await here.row('bookings', id))?.['status']).toBe('accepted');
  });

  test('B1: taken by the other one, it goes to that one', async () => {
    const { there, meet, id, show, tenderTo, northline } = await openTwice();
    await there.ask('bookings.answer', { id, answer: 'accepted', tender: await tenderTo(there, 'Northline') });
    await meet();
    expect(show()).toEqual(both({ marks: [], money: NORTHLINE }));
    expect(await there.row('bookings', id)).toMatchObject({ status: 'accepted', partner_id: northline });
  });

  test('B1: declined by one of them, it waits for the other', async () => {
    const { here, meet, id, show, answers, northline, tenderTo } = await openTwice();
    await expect(here.ask('bookings.answer', { id, answer: 'declined' })).rejects.toThrow('Say why it was declined.');
    await here.ask('bookings.answer', { id, answer: 'declined', reason: 'No truck' });
    await meet();
    expect(show()).toEqual(both({ marks: [], money: NORTHLINE }));
    expect(await answers(here)).toEqual([
      ['Northline', null],
      ['Coastway', 'declined'],
    ]);
    expect(await here.row('bookings', id)).toMatchObject({ status: 'tendered', partner_id: northline });
    const again = here.ask('bookings.answer', { id, answer: 'accepted', tender: await tenderTo(here, 'Coastway') });
    await expect(again).rejects.toThrow('That tender of the booking is not open. Nothing was changed.');
    await here.ask('bookings.answer', { id, answer: 'declined', reason: 'No truck either' });
    expect((await here.row('bookings', id))?.['status']).toBe('declined');
  });

  test('B1: tendered anew, all that was open is withdrawn', async () => {
    const { there, meet, id, show, answers, tender, northline } = await openTwice();
    await there.ask('records.transition', {
      table: 'bookings',
      id,
      field: 'status',
      to: 'need',
      why: 'Asked twice',
      screen: null,
    });
    await tender(there, northline, 10_000);
    await meet();
    expect(show()).toEqual(both({ marks: [], money: NORTHLINE }));
    expect((await answers(there)).map(([, answer]) => answer)).toEqual(['withdrawn', 'withdrawn', null]);
  });

  test('B4: the costs of the one that took it count, whichever was asked last', async () => {
    const { show, id, here, there, meet, tender, northline } = await openTwice((there, id) =>
      there.ask('bookings.answer', { id, answer: 'accepted' }),
    );
    expect(show()).toEqual(both({ marks: [MARK], money: NORTHLINE }));
    await here.ask('records.transition', {
      table: 'bookings',
      id,
      field: 'status',
      to: 'need',
      why: 'Asked twice',
      screen: null,
    });
    await tender(here, northline, 10_000);
    await meet();
    expect(show()).toEqual(both({ marks: [], money: NORTHLINE }));
    await there.ask('bookings.answer', { id, answer: 'accepted' });
    expect(standing(there, id)).toEqual({ marks: [], money: NORTHLINE });
  });

  test('B1: cancelled, nobody is asked any more', async () => {
    const { here, meet, id, show, answers } = await openTwice();
    await here.ask('bookings.end', { id, to: 'cancelled', reason: 'Not wanted', fault: 'customer' });
    await meet();
    expect(show()).toEqual(both({ marks: [], money: COASTWAY }));
    expect((await answers(here)).map(([, answer]) => answer)).toEqual(['withdrawn', 'withdrawn']);
  });
});

test('B4: a file in which the costs of both count gets the sums of such bookings anew', async () => {
  const { here, id } = await openTwice();
  const file = new Database(here.file);
  onTestFinished(() => void file.close());
  file.exec("UPDATE booking_sums SET cost = 18500; DELETE FROM meta WHERE k = 'booking_sums'");
  refreshBookingSums(file);
  expect(standing(here, id).money).toEqual(COASTWAY);
  expect(await checkSums(file, () => Promise.resolve())).toEqual([]);
});
