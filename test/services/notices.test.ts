/** What the engine says is due, on a real file: Thursday 15 January 2026, 09:00 in London. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { appCommands } from '../../electron/engine/services/company/app.ts';
import { caseTermCommands } from '../../electron/engine/services/cases/case-terms.ts';
import { readDue } from '../../electron/engine/services/notices/due.ts';
import { taskCommands } from '../../electron/engine/services/tasks/tasks.ts';
import { todayCommands } from '../../electron/engine/services/today/today.ts';
import { createClocks } from '../../electron/engine/store/clocks/read.ts';
import { openReader } from '../../electron/engine/store/file/db.ts';
import { createLateBookings } from '../../electron/engine/store/sums/late-bookings.ts';
import { events } from '../../shared/contract/events.ts';
import { contract } from '../../shared/contract/index.ts';
import { pageContext as context } from '../fakes/context.ts';
import { imported, openDesk, withOrder } from './open.ts';

const HOUR = 3_600_000;
const screen = null;
const at = (text: string): number => Date.parse(`${text.replace(' ', 'T')}:00Z`);

const openNotices = (isAnnHere = true) => {
  const desk = openDesk();
  const { account } = withOrder(desk);
  const [me, other] = [desk.insert('people', { name: 'Ann' }), desk.insert('people', { name: 'Bob' })];
  if (isAnnHere) desk.store.local.setPerson(me);
  const env = { ...desk.env, locale: desk.locale, db: '', version: '0', log: () => undefined };
  const own = { store: desk.store, env };
  const commands = { ...appCommands(own), ...taskCommands(own), ...todayCommands(own), ...caseTermCommands(own) };
  const db = openReader(desk.file);
  onTestFinished(() => void db.close());
  const deps = {
    clocks: createClocks(db),
    late: createLateBookings(db),
    read: desk.store,
    local: desk.store.local,
    env,
  };
  const look = async () => {
    const due = await readDue(deps);
    return due === null ? null : events.due.parse(due);
  };
  const titles = async () => (await look())?.items.map(({ title }) => title);
  /** What a window does with what it was told to give. */
  const give = async () => {
    const due = await look();
    await commands['local.told']({ keys: due?.items.map(({ key }) => key) ?? [] }, context);
    return due?.items.map(({ title }) => title);
  };
  const set = (values: Record<string, string>) => commands['local.set']({ values }, context);
  return { desk, account, me, other, commands, look, titles, give, set };
};

describe('L10: what is told', () => {
  test('L10: the steps of an issue that are for this person, once each, with the record to open', async () => {
    const { desk, account, me, other, commands, look, titles, give } = openNotices();
    await commands['sla.start'](contract['sla.start'].input.parse({ hours: 'Mon-Fri 09:00-17:00' }), context);
    const issue = { account_id: account, title: 'Two pallets short', severity: 'sev2' };
    const id = desk.insert('cases', { ...issue, owner_id: me });
    desk.insert('cases', { ...issue, title: 'Not mine', owner_id: other });
    expect(await titles()).toEqual([]);
    desk.env.tick(0.75 * HOUR);
    const told = await look();
    expect(told?.items).toHaveLength(1);
    expect(told?.items[0]?.title).toMatch(/^Warning: acknowledge of C26-/);
    expect(told?.items[0]?.body).toBe('Two pallets short, Harbour Foods');
    expect(told?.items[0]?.record).toEqual({ table: 'cases', id });
    expect(await give()).toHaveLength(1);
    expect(await give()).toEqual([]);
    desk.env.tick(0.25 * HOUR);
    expect(await give()).toEqual([expect.stringMatching(/^Due time passed: acknowledge/)]);
    expect(await give()).toEqual([]);
  });

  test('L10: who is on duty as lead is told an hour after, whoever has the issue', async () => {
    const { desk, account, me, other, commands, give } = openNotices();
    await commands['sla.start'](contract['sla.start'].input.parse({ hours: 'Mon-Fri 09:00-17:00' }), context);
    desk.insert('sla_duties', { role: 'lead', person_id: me, from_on: '2026-01-01' });
    desk.insert('cases', { account_id: account, title: 'Short', severity: 'sev2', owner_id: other });
    desk.env.tick(2 * HOUR);
    expect(await give()).toEqual([expect.stringMatching(/^An hour over: acknowledge/)]);
  });

  test('L10: nothing out of hours unless the issue is critical', async () => {
    const { desk, account, me, commands, titles, set } = openNotices();
    await commands['sla.start'](contract['sla.start'].input.parse({ hours: 'Mon-Sun 00:00-24:00' }), context);
    const issue = { account_id: account, owner_id: me };
    desk.insert('cases', { ...issue, title: 'Plain', severity: 'sev2' });
    desk.env.tick(8.5 * HOUR);
    await set({ 'notices.hours': 'Mon-Fri 09:00-17:00' });
    expect(await titles()).toEqual([]);
    desk.insert('cases', { ...issue, title: 'Critical', severity: 'sev1' });
    desk.env.tick(0.5 * HOUR);
    expect(await titles()).toEqual([expect.stringMatching(/^Due time passed: acknowledge/)]);
    await set({ 'notices.hours': 'whenever' });
    expect(await titles()).toHaveLength(3);
  });

  test('own tasks with a time, promises of the day; what was put off is quiet, what was moved is told anew', async () => {
    const { desk, account, me, other, commands, give, titles } = openNotices();
    const task = { account_id: account, due_on: '2026-01-15', owner_id: me };
    const call = desk.insert('tasks', { ...task, what: 'Call Priya', due_time: '10:00' });
    desk.insert('tasks', { ...task, what: 'Some time today' });
    desk.insert('tasks', { ...task, what: 'Theirs', due_time: '09:00', owner_id: other });
    desk.insert('tasks', { ...task, what: 'Nobody’s', due_time: '09:00', owner_id: null }, imported);
    const later = desk.insert('tasks', { ...task, what: 'Put off', due_time: '09:00' });
    await commands['today.snooze']({ items: [`task/${later}`], until: '4h', screen }, context);
    desk.insert('commitments', { what: 'New lids', account_id: account, due_on: '2026-01-15', owner_id: me });
    expect(await give()).toEqual(['Promise: New lids']);
    desk.env.tick(HOUR);
    expect(await give()).toEqual(['Task: Call Priya']);
    desk.update('tasks', call, { due_time: '11:00' });
    expect(await titles()).toEqual([]);
    desk.env.tick(HOUR);
    expect(await give()).toEqual(['Task: Call Priya']);
  });

  test('B2: a booking whose slot somebody else has, when that is known, once, with where there is room', async () => {
    const { desk, account, me, other, look, give } = openNotices();
    const slot = (name: string) => desk.insert('slots', { name, kind: 'visit', starts_on: '2026-02-02', capacity: 1 });
    const [dock] = [slot('Dock'), slot('Yard')];
    const held = { account_id: account, kind: 'visit', slot_id: dock, status: 'hold' };
    desk.insert('bookings', { ...held, number: 'B-1', owner_id: me }, imported);
    expect(await give()).toEqual([]);
    desk.insert('bookings', { ...held, number: 'B-2', owner_id: other }, imported);
    const id = desk.insert('bookings', { ...held, number: 'B-3', owner_id: me }, imported);
    const told = {
      title: 'B-3 has lost its slot',
      body: 'Rebook: Yard (2026-02-02), Harbour Foods',
      record: { table: 'bookings', id },
    };
    expect((await look())?.items).toMatchObject([told]);
    expect(await give()).toEqual(['B-3 has lost its slot']);
    desk.env.tick(60_000);
    expect(await give()).toEqual([]);
  });

  test('B2: of a booking that was first, where a later one has begun already, whoever has its account where it is nobody’s', async () => {
    const { desk, account, me, give } = openNotices();
    const dock = desk.insert('slots', { name: 'Dock', kind: 'visit', starts_on: '2026-02-02', capacity: 1 });
    const held = { account_id: account, kind: 'visit', slot_id: dock };
    desk.update('accounts', account, { owner_id: me });
    desk.insert('bookings', { ...held, number: 'B-1', status: 'confirmed', owner_id: null }, imported);
    expect(await give()).toEqual([]);
    desk.insert('bookings', { ...held, number: 'B-2', status: 'in_progress', owner_id: null }, imported);
    expect(await give()).toEqual(['B-1 has lost its slot']);
  });

  test('B6: a booking that will be late by its last estimate, once', async () => {
    const { desk, account, me, give } = openNotices();
    const head = { number: 'B-1', status: 'in_progress', account_id: account, owner_id: me, deliver_to: at('2026-01-20 12:00') };
    const id = desk.insert('bookings', head, imported);
    const estimate = (eta: string) =>
      desk.insert(
        'tracking_events',
        { booking_id: id, code: 'AG', eta: at(eta), happened_at: at('2026-01-14 09:00'), recorded_at: desk.env.clock() },
        imported,
      );
    estimate('2026-01-20 11:00');
    expect(await give()).toEqual([]);
    desk.env.tick(60_000);
    estimate('2026-01-21 09:00');
    expect(await give()).toEqual(['B-1 will be late']);
    desk.env.tick(60_000);
    estimate('2026-01-22 09:00');
    expect(await give()).toEqual([]);
  });

  test('the badge counts what is overdue or due today; it goes without notices, or with nothing at all', async () => {
    const { desk, me, look, set } = openNotices();
    for (const due_on of ['2026-01-10', '2026-01-15', '2026-01-17'])
      desk.insert('tasks', { what: due_on, due_on, owner_id: me, due_time: '08:30' });
    expect(await look()).toMatchObject({ badge: 2, items: [{ title: 'Task: 2026-01-15' }] });
    await set({ 'notices.mode': 'badge' });
    expect(await look()).toEqual({ badge: 2, items: [] });
    await set({ 'notices.mode': 'off' });
    expect(await look()).toBeNull();
  });

  test('sample data tells nothing', async () => {
    const { desk, me, look } = openNotices();
    desk.insert('tasks', { what: 'x', due_on: '2026-01-15', due_time: '09:00', owner_id: me });
    desk.store.local.setSample(true);
    expect(await look()).toBeNull();
    desk.store.local.setSample(false);
    expect(await look()).toMatchObject({ badge: 1 });
  });

  test('a file that nobody sits at tells nothing', async () => {
    const { look } = openNotices(false);
    expect(await look()).toBeNull();
  });

  test('never more than twenty at a time: the next look brings the others', async () => {
    const { desk, me, give } = openNotices();
    const task = { due_on: '2026-01-15', due_time: '09:00', owner_id: me };
    for (let n = 0; n < 25; n += 1) desk.insert('tasks', { ...task, what: `t${n}` });
    expect(await give()).toHaveLength(20);
    expect(await give()).toHaveLength(5);
    expect(await give()).toEqual([]);
  });
});
