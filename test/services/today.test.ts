/** Today over a real store: each source's clocks, owners, putting off, a source that fails, and how the clocks are found. */
import { describe, expect, test } from 'vitest';
import { caseTermCommands } from '../../electron/engine/services/cases/case-terms.ts';
import { taskCommands } from '../../electron/engine/services/tasks/tasks.ts';
import { todayCommands, todayQueries } from '../../electron/engine/services/today/today.ts';
import { clockSources } from '../../electron/engine/store/clocks/index.ts';
import { clockDetailsSql, createClocks, openClocksSql } from '../../electron/engine/store/clocks/read.ts';
import type { ClockSource } from '../../electron/engine/store/clocks/source.ts';
import { contract } from '../../shared/contract/index.ts';
import { paperAlert } from '../../shared/domain/booking/documents.ts';
import { addDays } from '../../shared/domain/dates.ts';
import { pageContext as context } from '../fakes/context.ts';
import { edit, imported, openDesk, withOrder, type Desk } from './open.ts';

const screen = null;
const DAY = 86_400_000;
/** The day it is at a desk in London, in winter. */
const dayOf = (desk: Desk): string => new Date(desk.env.clock()).toISOString().slice(0, 10);
const GBP = { currency: 'GBP' } as const;

const serve = (desk: Desk, sources: readonly ClockSource[] = clockSources) => {
  const env = { ...desk.env, locale: desk.locale };
  const commands = { ...todayCommands({ store: desk.store, env }), ...taskCommands({ store: desk.store, env }) };
  const list = async (more: Partial<{ who: 'mine' | 'all'; show: 'due' | 'snoozed'; limit: number }> = {}) =>
    desk.look(async (db) => {
      const queries = todayQueries({ clocks: createClocks(db), read: desk.store, local: desk.store.local, env, sources });
      const asked = { who: 'all', show: 'due', limit: 200, ...more } as const;
      return contract['today.list'].output.parse(await queries['today.list'](asked, context));
    });
  return {
    list,
    said: async (more: Parameters<typeof list>[0] = {}) =>
      (await list(more)).rows.map(({ band, why, item, next }) => `${band} ${why}: ${item} → ${next}`),
    add: async (line: string) => (await commands['tasks.add']({ line, about: null, screen }, context)).id,
    snooze: async (items: string[], until: string) => commands['today.snooze']({ items, until, screen }, context),
    wake: async (items: string[]) => commands['today.wake']({ items, screen }, context),
  };
};

/** An issued invoice of 100.00 that was due on a day. */
const invoice = (desk: Desk, account: string, number: string, due_on: string): string => {
  const id = desk.insert(
    'invoices',
    { account_id: account, number, status: 'issued', issued_on: '2025-12-01', due_on, ...GBP },
    imported,
  );
  desk.insert('invoice_lines', { invoice_id: id, position: 1, qty: 1_000_000, price: 100_000_000, amount: 10_000 }, imported);
  return id;
};

describe('the clocks of Today', () => {
  test('every source says what is due, late, or run out, and what to do about it', async () => {
    const desk = openDesk();
    const { account, order } = withOrder(desk);
    desk.update('orders', order, { number: 'O-1', requested: '2026-01-13' }, imported);
    desk.store.apply([{ kind: 'transition', table: 'orders', id: order, field: 'status', to: 'confirmed', why: null }], imported);
    desk.insert('quotes', { number: 'Q-1', account_id: account, status: 'sent', valid_to: '2026-01-14', ...GBP }, imported);
    desk.insert('quotes', { number: 'Q-2', account_id: account, status: 'sent', valid_to: '2026-01-16', ...GBP }, imported);
    desk.insert('quotes', { number: 'Q-3', account_id: account, status: 'rejected', valid_to: '2026-01-16', ...GBP }, imported);
    desk.insert('price_lists', { code: 'C1', name: 'Contract', kind: 'contract', account_id: account, valid_to: '2026-01-18' });
    invoice(desk, account, 'I-1', '2026-01-05');
    const promised = invoice(desk, account, 'I-2', '2026-01-05');
    desk.insert('promises', { invoice_id: promised, amount: 10_000, promised_for: '2026-01-17' }, imported);
    const queried = invoice(desk, account, 'I-3', '2026-02-05');
    const query = { number: 'D-1', invoice_id: queried, account_id: account, status: 'open', amount: 4000, due_on: '2026-01-15' };
    desk.insert('disputes', query, imported);
    desk.insert('commitments', { what: 'New lids', account_id: account, due_on: '2026-01-15' });
    desk.insert('contacts', { name: 'Priya', party: `accounts/${account}`, next_due_on: '2026-01-15' });
    desk.update('accounts', account, { next_step: 'Plan the audit', next_step_on: '2026-01-20' });
    const { add, said } = serve(desk);
    await add('chase POD @Harb 16:00 !1');
    await add('next month @Harb 2026-02-20');
    expect((await said()).toSorted()).toEqual(
      [
        'overdue late: O-1, not shipped → Tell customer',
        'overdue expiry: Q-1 expired → Revise or close',
        'overdue payment: I-1 not paid → Chase payment',
        'today query: D-1 on I-3 → Answer',
        'today promise: New lids → Keep it',
        'today task: chase POD → Chase',
        'today contact: Hear from us: Priya → Call',
        'week expiry: Q-2 expires → Ask for the answer',
        'week expiry: Contract runs out → Agree new prices',
        'week payment: I-2, payment promised → Look for the payment',
        'week step: Plan the audit → Do it',
      ].toSorted(),
    );
  });

  test('money at stake and time left rank them within their band, with names and record beside them', async () => {
    const desk = openDesk();
    const { account } = withOrder(desk);
    const first = invoice(desk, account, 'I-1', '2026-01-05');
    desk.insert('tasks', { what: 'small', due_on: '2026-01-02', account_id: account });
    const { rows, counts } = await serve(desk).list();
    expect(rows.map(({ item }) => item)).toEqual(['I-1 not paid', 'small']);
    expect(rows[0]).toMatchObject({
      key: `invoice/${first}`,
      account: { id: account, name: 'Harbour Foods' },
      record: { table: 'invoices', id: first },
      money: 10_000,
      currency: 'GBP',
      due_on: '2026-01-05',
    });
    expect(counts).toEqual({ overdue: 2, today: 0, week: 0, snoozed: 0 });
  });

  test('an issue stands with the first of its clocks that runs, at its moment', async () => {
    const desk = openDesk();
    const { account } = withOrder(desk);
    const start = contract['sla.start'].input.parse({ hours: 'Mon-Fri 09:00-17:00' });
    await caseTermCommands({ store: desk.store, env: desk.env })['sla.start'](start, context);
    desk.insert('cases', { account_id: account, title: 'Two pallets short', severity: 'sev2' });
    const [row, ...others] = (await serve(desk).list()).rows;
    expect(others).toEqual([]);
    expect(row).toMatchObject({ why: 'sla', account: { id: account }, record: { table: 'cases' } });
    expect(row?.item).toMatch(/(?:acknowledge|first response|resolve), Two pallets short$/);
    expect(row?.due_time).toMatch(/^\d\d:\d\d$/);
    expect(row?.at).toBeGreaterThan(desk.env.clock());
  });

  test('bookings: holds, cut-offs, deliveries, exceptions, missing proof and papers that end, each with its next step', async () => {
    const desk = openDesk();
    const { account } = withOrder(desk);
    const at = (day: string): number => Date.parse(`${day}T12:00:00Z`);
    const partner = desk.insert('partners', { code: 'NLF', name: 'Northline', kind: 'carrier' });
    const booking = (number: string, status: string, values: Readonly<Record<string, string | number>>) =>
      desk.insert('bookings', { number, status, account_id: account, partner_id: partner, ...GBP, ...values }, imported);
    const event = (id: string, code: string, more: Readonly<Record<string, number>> = {}) => {
      const times = { happened_at: at('2026-01-14'), recorded_at: at('2026-01-14') };
      desk.insert('tracking_events', { booking_id: id, code, ...times, ...more }, imported);
    };
    booking('B-1', 'hold', { hold_until: at('2026-01-16'), deliver_to: at('2026-01-10') });
    booking('B-2', 'accepted', { cutoff_at: at('2026-01-15') });
    booking('B-3', 'tendered', { pickup_from: at('2026-01-14') });
    booking('B-4', 'confirmed', { deliver_to: at('2026-01-15') });
    event(booking('B-5', 'in_progress', { deliver_to: at('2026-01-20') }), 'AG', { eta: at('2026-01-22') });
    const refused = booking('B-6', 'in_progress', { deliver_to: at('2026-01-20'), next_action_at: at('2026-01-16') });
    event(refused, 'A7');
    const charge = { booking_id: refused, code: 'FRT', cost: 10_000, charge: 12_500 };
    desk.insert('booking_charges', charge, imported);
    booking('B-7', 'done', { pod_due_on: '2026-01-13' });
    event(booking('B-8', 'done', { pod_due_on: '2026-01-13' }), 'POD');
    event(booking('B-9', 'in_progress', { deliver_to: at('2026-01-15') }), 'D1');
    booking('B-10', 'cancelled', { deliver_to: at('2026-01-15'), hold_until: at('2026-01-15') });
    const paper = { partner_id: partner, type: 'liability', valid_to: '2026-01-18' };
    desk.insert('partner_papers', paper);
    desk.insert('partner_papers', { ...paper, type: 'goods' });
    desk.insert('partner_papers', { ...paper, type: 'goods', valid_to: '2027-01-18' });
    const { said, list } = serve(desk);
    expect((await said()).toSorted()).toEqual(
      [
        'week expiry: B-1, hold ends → Tender or let go',
        'today due: B-2, not confirmed → Confirm',
        'overdue late: B-3, not confirmed → Get the answer',
        'today due: B-4, to be delivered → Chase carrier',
        'week due: B-5, expected after its window → Tell customer',
        'week exception: B-6, exception → Name an owner',
        'overdue proof: B-7, proof of delivery missing → Get the proof',
        'overdue expiry: Northline, Public liability ends in 3 days → Ask for the new one',
      ].toSorted(),
    );
    const { rows } = await list();
    expect(rows.find(({ item }) => item.startsWith('B-6'))).toMatchObject({
      record: { table: 'bookings', id: refused },
      account: { id: account },
      money: 12_500,
      currency: 'GBP',
    });
    expect(rows.find(({ item }) => item.startsWith('Northline'))?.record).toEqual({ table: 'partners', id: partner });
  });

  test('a customer who knows of what is expected is not to be told again: by the booking, or by an answer to its issue', async () => {
    const desk = openDesk();
    const { account, order } = withOrder(desk);
    const at = (time: string): number => Date.parse(`2026-01-14T${time}Z`);
    const values = { account_id: account, order_id: order, status: 'in_progress', deliver_to: at('20:00:00'), ...GBP };
    const booking = desk.insert('bookings', { number: 'B-1', ...values }, imported);
    const estimate = (recorded: string) => {
      const times = { happened_at: at('12:00:00'), recorded_at: at(recorded), eta: at('23:00:00') };
      desk.insert('tracking_events', { booking_id: booking, code: 'AG', ...times }, imported);
    };
    const next = async (): Promise<string | undefined> =>
      (await serve(desk).list()).rows.find(({ item }) => item.startsWith('B-1'))?.next;
    estimate('12:00:30');
    expect(await next()).toBe('Tell customer');
    desk.update('bookings', booking, { told_at: at('12:00:00') });
    expect(await next()).toBe('Chase carrier');
    estimate('14:00:00');
    expect(await next()).toBe('Tell customer');
    const issue = { account_id: account, order_id: order, title: 'Late', status: 'open', responded_at: at('13:00:00') };
    const id = desk.insert('cases', issue, imported);
    expect(await next()).toBe('Tell customer');
    desk.update('cases', id, { responded_at: at('14:05:00') }, imported);
    expect(await next()).toBe('Chase carrier');
  });

  test('B7: a paper is told 30, 14 and 7 days before it ends, from the day of each alert until it is put off or renewed', async () => {
    const desk = openDesk();
    const partner = desk.insert('partners', { code: 'NLF', name: 'Northline', kind: 'carrier' });
    const paper = desk.insert('partner_papers', { partner_id: partner, type: 'liability', valid_to: '2026-02-20' });
    const { list, snooze } = serve(desk);
    const told = async () => (await list()).rows.map(({ due_on, band, item }) => [due_on, band, item.split(' ends')[1]]);
    const days: Record<string, unknown> = {};
    for (let left = 36; left >= 0; left -= 1) {
      const [row] = await told();
      expect(row?.[0], `${left} days before`).toBe(addDays('2026-02-20', -(paperAlert('2026-02-20', dayOf(desk)) ?? 30)));
      days[String(left)] = row?.slice(1);
      desk.env.tick(DAY);
    }
    expect([days['36'], days['30'], days['29'], days['14'], days['7'], days['1'], days['0']]).toEqual([
      ['week', ' in 36 days'],
      ['today', ' in 30 days'],
      ['overdue', ' in 29 days'],
      ['today', ' in 14 days'],
      ['today', ' in 7 days'],
      ['overdue', ' tomorrow'],
      ['overdue', ' today'],
    ]);
    expect((await list()).rows).toMatchObject([{ item: 'Northline, Public liability ended', due_on: '2026-02-20' }]);
    await snooze([`paper/${paper}`], 't+1');
    expect(await told()).toEqual([]);
    desk.env.tick(2 * DAY);
    expect(await told()).toHaveLength(1);
    desk.insert('partner_papers', { partner_id: partner, type: 'liability', valid_to: '2027-02-20' });
    expect(await told()).toEqual([]);
  });

  test('B6: damage found after arrival stays until somebody has it and says what is next, or it is claimed or an issue', async () => {
    const desk = openDesk();
    const { account, order } = withOrder(desk);
    const ann = desk.insert('people', { name: 'Ann' });
    const at = (day: string): number => Date.parse(`${day}T12:00:00Z`);
    const damaged = (number: string, more: Readonly<Record<string, string>> = {}): string => {
      const head = { number, status: 'done', account_id: account, pod_due_on: '2026-03-01', ...GBP, ...more };
      const id = desk.insert('bookings', head, imported);
      for (const [code, day] of [
        ['D1', '2026-01-13'],
        ['A9', '2026-01-14'],
      ] as const)
        desk.insert('tracking_events', { booking_id: id, code, happened_at: at(day), recorded_at: at(day) }, imported);
      return id;
    };
    const [first, second] = [damaged('B-1'), damaged('B-2')];
    damaged('B-3', { order_id: order });
    const { said } = serve(desk);
    const stands = async () => (await said()).filter((line) => line.includes('after arrival')).toSorted();
    const about = (await stands()).map((line) => /B-\d, damaged after arrival/.exec(line)?.[0]);
    expect(about).toEqual(['B-1', 'B-2', 'B-3'].map((no) => `${no}, damaged after arrival`));
    expect(await stands()).toContainEqual('overdue exception: B-1, damaged after arrival → Name an owner');
    desk.update('bookings', first, { problem_owner_id: ann });
    expect(await stands()).toContainEqual('overdue exception: B-1, damaged after arrival → Say what is next');
    desk.update('bookings', first, { next_action: 'Inspect it', next_action_at: at('2026-01-16') });
    expect(await stands()).toContainEqual('week exception: B-1, damaged after arrival → Inspect it');
    desk.update('bookings', first, { next_action_at: null });
    desk.insert('claims', { booking_id: second, cause: 'damaged' });
    expect(await stands()).toEqual([expect.stringContaining('B-3')]);
    desk.insert('cases', { account_id: account, order_id: order, title: 'Crushed corner' });
    expect(await stands()).toEqual([]);
  });

  test('mine are those of the person at the desk and of nobody', async () => {
    const desk = openDesk();
    const [me, other] = [desk.insert('people', { name: 'Me' }), desk.insert('people', { name: 'Other' })];
    desk.store.local.setPerson(me);
    for (const [what, owner_id] of [
      ['mine', me],
      ['theirs', other],
      ['nobody’s', null],
    ] as const)
      desk.insert('tasks', { what, owner_id, due_on: '2026-01-15' }, imported);
    const { list } = serve(desk);
    const items = async (who: 'mine' | 'all') => (await list({ who })).rows.map(({ item }) => item).toSorted();
    expect([await items('mine'), await items('all')]).toEqual([
      ['mine', 'nobody’s'],
      ['mine', 'nobody’s', 'theirs'],
    ]);
  });

  test('the limit is of each band, the counts are of all', async () => {
    const desk = openDesk();
    for (let n = 0; n < 5; n += 1) desk.insert('tasks', { what: `t${n}`, due_on: n < 3 ? '2026-01-10' : '2026-01-15' });
    const { rows, counts } = await serve(desk).list({ limit: 1 });
    expect([rows.map(({ band }) => band), counts.overdue, counts.today]).toEqual([['overdue', 'today'], 3, 2]);
  });

  test('a clear list says what comes next', async () => {
    const desk = openDesk();
    const { account } = withOrder(desk);
    desk.insert('commitments', { what: 'New lids', account_id: account, due_on: '2026-03-01' });
    desk.insert('tasks', { what: 'later', due_on: '2026-04-01' });
    expect((await serve(desk).list()).next).toEqual({ item: 'New lids', account: 'Harbour Foods', due_on: '2026-03-01' });
  });
});

describe('putting off', () => {
  test('hides a row until its time, shows it among those put off, and is one step of undo', async () => {
    const desk = openDesk();
    const { add, list, snooze, wake } = serve(desk);
    const key = `task/${await add('call 10:30')}`;
    await snooze([key], '2h');
    expect((await list()).rows).toEqual([]);
    const [row] = (await list({ show: 'snoozed' })).rows;
    expect(row).toMatchObject({ key, snoozed_until: desk.env.clock() + 2 * 3_600_000 });
    await snooze([key], 't+1');
    expect((await list({ show: 'snoozed' })).counts.snoozed).toBe(1);
    desk.store.undo({ ...edit, actor: desk.store.device.id });
    expect((await list({ show: 'snoozed' })).rows[0]?.snoozed_until).toBe(desk.env.clock() + 2 * 3_600_000);
    desk.env.tick(3 * 3_600_000);
    expect((await list()).rows).toMatchObject([{ key, band: 'overdue' }]);
    await snooze([key], 'mon');
    await wake([key]);
    expect((await list()).rows).toHaveLength(1);
  });

  test('words that say no time are refused', async () => {
    const desk = openDesk();
    const { add, snooze } = serve(desk);
    const key = `task/${await add('call')}`;
    await expect(snooze([key], 'soon')).rejects.toThrow('no time to come back');
  });
});

describe('R1: the last day of notice', () => {
  test.each([
    // Renews on 2026-03-31; 75 days before is Thursday 2026-01-15.
    ['today', '2026-03-31', 75, 'Time to give notice ends today'],
    ['the working day before a Sunday', '2026-03-31', 72, 'Time to give notice ends tomorrow'],
    ['the working day before a Saturday', '2026-03-31', 73, 'Time to give notice ends tomorrow'],
    ['within sixty days', '2026-12-31', 300, 'Time to give notice ends in 50 days'],
    ['further off', '2026-12-31', 270, null],
    ['over, it renews by itself', '2026-01-31', 20, 'Time to give notice ended'],
    ['long over', '2026-03-15', 120, null],
    ['none', '2026-03-31', null, null],
  ])('%s', async (_, renewal, days, said) => {
    const desk = openDesk();
    desk.insert('accounts', { code: 'HARB', name: 'Harbour Foods', renewal_on: renewal, notice_days: days });
    const found = (await serve(desk).list()).rows.find(({ source }) => source === 'notice');
    expect(found?.item ?? null).toBe(said);
  });
});

describe('a source that fails', () => {
  test('is a row with its reason, and the others stand', async () => {
    const desk = openDesk();
    desk.insert('tasks', { what: 'call', due_on: '2026-01-15' });
    const [first] = clockSources;
    if (first === undefined) throw new Error('no sources');
    const broken = { ...first, key: 'broken', label: 'Clocks of the moon', where: 't.phase <= :upto' };
    const { rows } = await serve(desk, [broken, ...clockSources]).list();
    expect(rows.map(({ why, item }) => [why, item])).toEqual([
      ['failed', 'Clocks of the moon could not be read: no such column: t.phase'],
      ['task', 'call'],
    ]);
  });
});

describe('how clocks are found', () => {
  const plan = (desk: Desk, sql: string): string =>
    desk.look((db) =>
      db
        .prepare<[Record<string, string | number | null>], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
        .all({ upto: '2026-01-21', today: '2026-01-15', now: 0, end: 0, owner: null, ids: '[]' })
        .map(({ detail }) => detail)
        .join('\n'),
    );
  test.each(clockSources.map((source) => [source.label, source] as const))(
    '%s: by the index of their day, names by id',
    (_, source) => {
      const desk = openDesk();
      const [first = ''] = plan(desk, openClocksSql(source)).split('\n');
      expect(first).toMatch(/^(?:SEARCH|SCAN s USING INDEX invoice_sums_open)/);
      expect(plan(desk, clockDetailsSql(source))).not.toMatch(/SCAN (?!j\b)/);
    },
  );
});
