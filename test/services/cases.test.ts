/** Issues through the real rules and a real store: Thursday 15 January 2026, 09:00 in London. */
import { beforeEach, describe, expect, test } from 'vitest';
import { caseQueries } from '../../electron/engine/services/cases/case-read.ts';
import { caseTermCommands } from '../../electron/engine/services/cases/case-terms.ts';
import { caseCommands } from '../../electron/engine/services/cases/cases.ts';
import { openReader } from '../../electron/engine/store/file/db.ts';
import { checkSums } from '../../electron/engine/store/check/check-sums.ts';
import { addDays } from '../../shared/domain/dates.ts';
import { contract } from '../../shared/contract/index.ts';
import { pageContext as context } from '../fakes/context.ts';
import { edit, imported, openDesk, withOrder, type Desk } from './open.ts';

const HOUR = 3_600_000;

const openCases = () => {
  const desk = openDesk();
  const deps = { store: desk.store, env: desk.env };
  const commands = { ...caseCommands(deps), ...caseTermCommands(deps) };
  const queries = caseQueries({ read: desk.store, env: desk.env });
  const run = async (name: keyof typeof commands, input: Record<string, unknown>) => {
    const parsed = contract[name].input.parse(input);
    return (commands[name] as (given: unknown, by: typeof context) => Promise<{ readonly id: string }>)(parsed, context);
  };
  const story = (id: string) => queries['cases.story']({ id }, context);
  const clock = async (id: string, key: string) => (await story(id)).clocks.find((one) => one.key === key);
  const start = () => run('sla.start', { hours: 'Mon-Fri 09:00-17:00' });
  return { ...desk, ...withOrder(desk), run, story, clock, start, queries };
};

type World = ReturnType<typeof openCases>;
let world: World;
beforeEach(() => {
  world = openCases();
});

const open = async ({ run, account }: World, more: Record<string, unknown> = {}): Promise<string> =>
  (await run('cases.open', { account, title: 'Two pallets short', kind: 'service_failure', severity: 'sev2', ...more })).id;

const status = (desk: Desk, id: string): unknown => desk.row('cases', id)['status'];

test('L4: hours, zones and duties that cannot be used are told beside their cell; empty ones wait', () => {
  const calendar = world.insert('sla_calendars', { name: 'Night', zone: 'Europe/Atlantis', hours: 'whenever' });
  expect(world.issues('sla_calendars', calendar)).toEqual(['hours HOURS_PARSE', 'zone ZONE_UNKNOWN']);
  world.update('sla_calendars', calendar, { zone: 'Europe/London', hours: 'Mon-Fri 22:00-24:00' });
  expect(world.issues('sla_calendars', calendar)).toEqual([]);
  const half = { calendar_id: calendar, name: 'Half', day: '2026-12-24' };
  const holiday = world.insert('sla_holidays', { ...half, open: 'till noon' });
  expect(world.issues('sla_holidays', holiday)).toEqual(['open HOURS_PARSE']);
  expect(world.issues('sla_holidays', world.insert('sla_holidays', half))).toEqual([]);
  const ann = world.insert('people', { name: 'Ann' });
  const duty = world.insert('sla_duties', { role: 'lead', person_id: ann, from_on: '2026-01-15', to_on: '2026-01-14' });
  expect(world.issues('sla_duties', duty)).toEqual(['to_on DUTY_DAYS']);
});

test('no calendar, no policy: no SLA, and why', async () => {
  const id = await open(world);
  const { none, clocks } = await world.story(id);
  expect(none).toContain('No policy applies');
  expect(clocks.map(({ words }) => words)).toEqual(['No SLA', 'No SLA', 'No SLA', 'No SLA']);
});

describe('with the policies that are shipped', () => {
  beforeEach(async () => {
    await world.start();
  });

  test('3.15: an issue has a number, an owner, and its four clocks from the start', async () => {
    const id = await open(world);
    expect(world.row('cases', id)).toMatchObject({ status: 'new', severity: 'sev2' });
    expect(String(world.row('cases', id)['number'])).toMatch(/^C26-/);
    const { clocks, policy, calendar } = await world.story(id);
    expect([policy, calendar?.zone]).toEqual(['Severity 2', 'Europe/London']);
    expect(clocks.map(({ target }) => (target ?? 0) / 60)).toEqual([1, 4, 8, 24]);
  });

  test('an issue typed or pasted as a row is one like any other', async () => {
    const id = world.insert('cases', { account_id: world.account, title: 'Wrong labels', severity: { '?': '1' } });
    expect(await world.story(id)).toMatchObject({ policy: 'Severity 1', none: null });
  });

  test('from an order it takes the account and what is at stake', async () => {
    const id = await open(world, { account: null, order: world.order });
    expect(world.row('cases', id)).toMatchObject({ account_id: world.account, order_id: world.order, stake: 10_200 });
  });

  test('coming back to it is a task of that moment about its order, and one step of undo takes back both', async () => {
    const follow = Date.parse('2026-01-16T10:00:00Z');
    await open(world, { account: null, order: world.order, follow_up: follow });
    const made = () => world.look((db) => db.prepare('SELECT what, about, due_on, due_time FROM live_tasks').all());
    const about = `orders/${world.order}`;
    expect(made()).toEqual([{ what: 'Follow up: Two pallets short', about, due_on: '2026-01-16', due_time: '10:00' }]);
    world.store.undo({ ...edit, actor: world.store.device.id });
    expect([made(), world.look((db) => db.prepare('SELECT id FROM live_cases').all())]).toEqual([[], []]);
  });

  test('L5, L6: pause, customer reply ends it, the time inside is given back', async () => {
    const id = await open(world);
    expect((await world.clock(id, 'resolve'))?.due).toBe(Date.parse('2026-01-19T17:00:00Z'));
    await world.run('cases.pause', { id, on: 'customer', reason: 'Photos asked', resume: '2026-01-20' });
    expect(world.row('cases', id)).toMatchObject({ status: 'waiting', waiting_on: 'customer', resume_on: '2026-01-20' });
    expect((await world.clock(id, 'resolve'))?.words).toBe('Paused: customer');
    world.env.tick(HOUR);
    await world.run('cases.customer', { id, note: 'Photos attached', channel: 'phone' });
    expect(world.row('cases', id)).toMatchObject({ status: 'open', waiting_on: null, resume_on: null });
    expect((await world.clock(id, 'resolve'))?.due).toBe(Date.parse('2026-01-20T10:00:00Z'));
    await expect(world.run('cases.pause', { id, on: 'customer', reason: ' ', resume: '2026-01-20' })).rejects.toThrow(
      'Say what we wait for',
    );
  });

  test('L6: a pause goes on by a day that is still to come, or today', async () => {
    const id = await open(world);
    const pause = (resume: string) => world.run('cases.pause', { id, on: 'customer', reason: 'Photos asked', resume });
    const yesterday = addDays(new Date(world.env.clock()).toISOString().slice(0, 10), -1);
    await expect(pause(yesterday)).rejects.toThrow(`${yesterday} is over: say a day from today on`);
    await expect(pause('9999-01-01')).rejects.toThrow('is more than 2 years off');
    expect(world.row('cases', id)['resume_on']).toBeNull();
    await pause(addDays(yesterday, 1));
    expect(world.row('cases', id)).toMatchObject({ status: 'waiting', resume_on: addDays(yesterday, 1) });
  });

  test('L5: an issue that was over before it was paused stays in the escalations and in the list of clocks', async () => {
    const id = await open(world);
    world.env.tick(10 * 24 * HOUR);
    await world.run('cases.pause', { id, on: 'customer', reason: 'Photos asked', resume: '2026-02-02' });
    expect(await world.clock(id, 'resolve')).toMatchObject({ state: 'running', due: Date.parse('2026-01-19T17:00:00Z') });
    expect((await world.queries['cases.escalations']({ to: null }, context)).rows.map(({ clock }) => clock)).toContain('resolve');
    const kept = world.look((db) => db.prepare('SELECT next_due, resolve_state FROM case_clocks').get());
    expect(kept).toEqual({ next_due: Date.parse('2026-01-15T10:00:00Z'), resolve_state: 'running' });
  });

  test('L8: a severity typed in the list retargets from the start, and undo takes both back', async () => {
    const id = await open(world);
    const two = (await world.clock(id, 'resolve'))?.due;
    world.update('cases', id, { severity: { '?': '1' } });
    const { policy, earlier, clocks } = await world.story(id);
    expect([policy, earlier.map((one) => one.policy)]).toEqual(['Severity 1', ['Severity 2']]);
    expect(clocks[3]?.target).toBe(480);
    world.store.undo(edit);
    expect((await world.clock(id, 'resolve'))?.due).toBe(two);
    expect((await world.story(id)).policy).toBe('Severity 2');
  });

  test('resolve asks for the cause, reopen for the reason; nothing moves by a field', async () => {
    const id = await open(world);
    expect(() =>
      world.store.apply([{ kind: 'transition', table: 'cases', id, field: 'status', to: 'resolved', why: null }], edit),
    ).toThrow('asks for the cause');
    world.update('cases', id, { status: { '?': 'Resolved' } });
    expect([status(world, id), world.issues('cases', id)]).toEqual(['new', ['status STATE_ASKS']]);
    await world.run('cases.resolve', { id, cause: 'picking', note: 'Two pallets sent today' });
    expect(world.row('cases', id)).toMatchObject({ status: 'resolved', root_cause: 'picking' });
    expect((await world.clock(id, 'respond'))?.state).toBe('met');
    await expect(world.run('cases.resolve', { id, cause: 'picking', note: 'Again' })).rejects.toThrow('is resolved');
    await world.run('cases.reopen', { id, reason: 'Still short' });
    expect([status(world, id), world.row('cases', id)['resolved_at']]).toEqual(['open', null]);
    expect((await world.clock(id, 'resolve'))?.state).toBe('running');
  });

  test('L1: a complaint is closed step by step', async () => {
    const id = await open(world, { kind: 'complaint' });
    await world.run('cases.resolve', { id, cause: 'carrier', note: 'Credited' });
    await expect(world.run('cases.close', { id })).rejects.toThrow('“Recorded” is not');
    for (const step of ['recorded', 'acknowledged', 'assessed', 'investigated', 'responded', 'decided'])
      await world.run('cases.step', { id, step });
    await world.run('cases.close', { id });
    expect(status(world, id)).toBe('closed');
  });

  test('L8: a due time by hand sticks; L11: why adds up to the target', async () => {
    const id = await open(world);
    const { steps } = await world.queries['cases.why']({ id, clock: 'resolve' }, context);
    expect(steps.at(-1)?.sum).toBe(24 * HOUR);
    const due = world.env.clock() + 100 * HOUR;
    await world.run('cases.setDue', { id, clock: 'resolve', due, reason: 'Agreed with the buyer' });
    expect(await world.clock(id, 'resolve')).toMatchObject({ due, by_hand: 'Agreed with the buyer' });
  });

  test('L9: another policy holds for new issues; open ones change when they are recalculated', async () => {
    const id = await open(world);
    const [policy = ''] = world.store.matching('sla_policies', { place: 2 });
    world.update('sla_policies', policy, { resolve_in: 2_000_000 });
    expect((await world.clock(id, 'resolve'))?.target).toBe(1440);
    expect((await world.clock(await open(world), 'resolve'))?.target).toBe(120);
    const done = await world.run('cases.recalculate', {});
    expect(done).toMatchObject({ count: 1 });
    expect((await world.story(id)).version).toBe(2);
    expect(await world.run('cases.recalculate', {})).toMatchObject({ count: 0 });
  });

  test('L9: merged stops its clocks; a policy that is switched off raises nothing', async () => {
    const [id, other] = [await open(world), await open(world)];
    await world.run('cases.merge', { id, into: other });
    expect([status(world, id), (await world.clock(id, 'resolve'))?.state]).toEqual(['merged', 'stopped']);
    world.env.tick(200 * HOUR);
    const due = async () => (await world.queries['cases.escalations']({ to: null }, context)).rows;
    expect((await due()).map((one) => one.id)).toContain(other);
    const [policy = ''] = world.store.matching('sla_policies', { place: 2 });
    world.update('sla_policies', policy, { active: 0 });
    expect(await due()).toEqual([]);
  });

  test('L12: a corrected time counts, both stay on record, and neither is to come', async () => {
    const id = await open(world);
    world.env.tick(3 * HOUR);
    await world.run('cases.respond', { id, note: 'We look into it' });
    const told = (await world.story(id)).events.find(({ kind }) => kind === 'answered');
    const at = (told?.at ?? 0) - HOUR;
    await world.run('cases.correct', { id, event: told?.id, at, reason: 'Called first' });
    const after = (await world.story(id)).events.find(({ kind }) => kind === 'answered');
    expect(after).toMatchObject({ at, recorded: told?.recorded, is_corrected: true });
    expect((await world.clock(id, 'respond'))?.end).toBe(at);
    expect(world.row('cases', id)['responded_at']).toBe(at);
    const ahead = { id, event: told?.id, at: at + 99 * HOUR, reason: 'No' };
    await expect(world.run('cases.correct', ahead)).rejects.toThrow('still to come');
  });

  describe('L12: what is said to have happened earlier never leaves the issue another way than its story', () => {
    const now = () => world.env.clock();
    const wait = (id: string, more: Record<string, unknown> = {}) =>
      world.run('cases.pause', { id, on: 'customer', reason: 'Photos', resume: '2026-01-20', ...more });
    const eventOf = async (id: string, kind: string) => (await world.story(id)).events.find((one) => one.kind === kind)?.id;
    let id = '';
    beforeEach(async () => {
      id = await open(world);
      world.env.tick(HOUR);
    });

    test('L12: it is not resumed before it was paused, nor reopened before it was resolved', async () => {
      await wait(id);
      world.env.tick(HOUR);
      await expect(world.run('cases.resume', { id, at: now() - 1.5 * HOUR })).rejects.toThrow('before it was paused');
      expect(status(world, id)).toBe('waiting');
      await world.run('cases.resume', { id, at: now() - HOUR / 2 });
      expect([status(world, id), (await world.clock(id, 'resolve'))?.state]).toEqual(['open', 'running']);
      await world.run('cases.resolve', { id, cause: 'picking', note: 'Sent' });
      await expect(world.run('cases.reopen', { id, reason: 'Short', at: now() - HOUR })).rejects.toThrow(
        'before it was resolved',
      );
      expect(status(world, id)).toBe('resolved');
    });

    test('L12: it is not paused before it went on, nor resolved before it was opened again', async () => {
      await wait(id);
      world.env.tick(HOUR);
      await world.run('cases.customer', { id, note: 'Photos' });
      await expect(wait(id, { at: now() - HOUR / 2 })).rejects.toThrow('went on after that');
      await world.run('cases.resolve', { id, cause: 'picking', note: 'Sent' });
      world.env.tick(HOUR);
      await world.run('cases.reopen', { id, reason: 'Short' });
      const early = { id, cause: 'picking', note: 'Sent', at: now() - HOUR / 2 };
      await expect(world.run('cases.resolve', early)).rejects.toThrow('opened again after that');
    });

    test('L6: a message from before the pause does not end it, one from before it was resolved opens nothing', async () => {
      await wait(id);
      await world.run('cases.customer', { id, note: 'Any news?', at: now() - HOUR / 2 });
      expect([status(world, id), (await world.clock(id, 'resolve'))?.state]).toEqual(['waiting', 'paused']);
      await world.run('cases.resolve', { id, cause: 'picking', note: 'Sent' });
      await world.run('cases.customer', { id, note: 'Hello?', at: now() - HOUR / 2 });
      expect([status(world, id), (await world.clock(id, 'resolve'))?.state]).toEqual(['resolved', 'met']);
      world.env.tick(HOUR);
      await world.run('cases.customer', { id, note: 'Still short' });
      expect([status(world, id), (await world.clock(id, 'resolve'))?.state]).toEqual(['open', 'running']);
    });

    test('L12: a correction that would leave it another way is refused; the times kept with it are those of the story', async () => {
      await wait(id);
      const paused = await eventOf(id, 'paused');
      world.env.tick(HOUR);
      await world.run('cases.resume', { id });
      world.env.tick(HOUR);
      const late = { id, event: paused, at: now() - HOUR / 2, reason: 'Wrong' };
      await expect(world.run('cases.correct', late)).rejects.toThrow('would be waiting now, and it is in progress');
      await world.run('cases.respond', { id, note: 'Second' });
      const first = now() - 2 * HOUR;
      await world.run('cases.respond', { id, note: 'First, noted late', at: first });
      expect(world.row('cases', id)['responded_at']).toBe(first);
      const answers = (await world.story(id)).events.filter(({ kind }) => kind === 'answered');
      const earliest = answers.find(({ at }) => at === first)?.id;
      await world.run('cases.correct', { id, event: earliest, at: first - HOUR / 4, reason: 'Called' });
      await world.run('cases.correct', { id, event: earliest, at: first - HOUR / 2, reason: 'Called earlier' });
      expect(world.row('cases', id)['responded_at']).toBe(first - HOUR / 2);
      const opened = await eventOf(id, 'opened');
      await expect(world.run('cases.correct', { id, event: opened, at: now(), reason: 'No' })).rejects.toThrow(
        'happened before that',
      );
      await world.run('cases.correct', { id, event: opened, at: now() - 9 * HOUR, reason: 'Called in the night' });
      expect(world.row('cases', id)['opened_at']).toBe(now() - 9 * HOUR);
    });

    test('L12: what happens now comes after what a device that is a little ahead has noted', async () => {
      await wait(id);
      world.env.tick(-60_000);
      await world.run('cases.resume', { id });
      expect([status(world, id), (await world.clock(id, 'resolve'))?.state]).toEqual(['open', 'running']);
    });
  });

  test('L6: how much was waited is told by owner, so that pausing hides nothing', async () => {
    const id = await open(world);
    await world.run('cases.pause', { id, on: 'third_party', reason: 'Carrier', resume: '2026-01-16' });
    world.env.tick(2 * HOUR);
    const { rows } = await world.queries['cases.pauses']({}, context);
    expect(rows).toEqual([{ owner: null, issues: 1, worked: 0, waited: 2 * HOUR }]);
  });

  test('what came from a file has its times, none of them before it was opened', async () => {
    const [calendar = ''] = world.store.matching('sla_calendars', { name: 'Office' });
    const at = Date.parse('2026-01-13T16:00:00Z');
    const values = { account_id: world.account, title: 'Old', number: '77', status: 'closed', opened_at: at };
    world.insert('cases', { ...values, responded_at: at + HOUR / 2, resolved_at: at + 18 * HOUR }, imported);
    world.insert('cases', { ...values, resolved_at: at - HOUR }, imported);
    const { rows } = await world.queries['cases.times']({ calendar, from: null, to: null }, context);
    expect(rows[0]).toMatchObject({
      response: { calendar: HOUR / 2, business: HOUR / 2 },
      resolution: { calendar: 18 * HOUR, business: 2 * HOUR },
      is_impossible: false,
    });
    expect(rows[1]).toMatchObject({ resolution: null, is_impossible: true });
  });

  test('the kept clocks are those of the events, and the list of deadlines has every one that runs', async () => {
    const id = await open(world);
    await world.run('cases.respond', { id, note: 'We look into it' });
    await world.run('cases.customer', { id, note: 'And?' });
    await world.run('cases.pause', { id, on: 'customer', reason: 'Photos', resume: '2026-01-20' });
    await world.run('cases.resolve', { id: await open(world), cause: 'none', note: 'Nothing was wrong' });
    const db = openReader(world.file);
    expect(await checkSums(db, async () => {})).toEqual([]);
    expect(db.prepare('SELECT source, record, clock, is_paused FROM open_case_clocks ORDER BY clock').all()).toEqual([
      { source: 'cases', record: id, clock: 'resolve', is_paused: 1 },
      { source: 'cases', record: id, clock: 'update', is_paused: 1 },
    ]);
    db.close();
  });
});
