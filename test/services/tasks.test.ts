/** Tasks, promises and notes over a real store: the line, the life cycle, the next of a series, cadence, undo. */
import { describe, expect, test } from 'vitest';
import { taskCommands, taskQueries } from '../../electron/engine/services/tasks/tasks.ts';
import { AppError } from '../../shared/contract/define.ts';
import { contract } from '../../shared/contract/index.ts';
import { pageContext as context } from '../fakes/context.ts';
import { edit, openDesk, withOrder, type Desk } from './open.ts';

const screen = null;

const serve = (desk: Desk) => {
  const env = { ...desk.env, locale: desk.locale };
  const commands = taskCommands({ store: desk.store, env });
  const { 'tasks.read': read } = taskQueries({ read: desk.store, env });
  return {
    add: async (line: string, about: string | null = null) =>
      contract['tasks.add'].output.parse(await commands['tasks.add']({ line, about, screen }, context)),
    log: async (values: Partial<Parameters<(typeof commands)['activities.log']>[0]> & { about: string }) =>
      commands['activities.log'](
        { kind: 'call', summary: 'Talked about terms', body: null, next: null, promise: null, screen, ...values },
        context,
      ),
    promise: async (line: string, about: string | null) => commands['commitments.add']({ line, about, screen }, context),
    read: async (line: string) => contract['tasks.read'].output.parse(await read({ line, about: null }, context)),
  };
};

const move = (desk: Desk, table: 'tasks' | 'commitments', id: string, to: string) =>
  desk.store.apply([{ kind: 'transition', table, id, field: 'status', to, why: null }], edit);

const live = (desk: Desk, table: 'tasks' | 'commitments' | 'activities') =>
  desk.look((db) => db.prepare<[], Record<string, unknown>>(`SELECT * FROM live_${table} ORDER BY _n`).all());

const setUp = () => {
  const desk = openDesk();
  const { account, order } = withOrder(desk);
  const kestrel = desk.insert('accounts', { code: 'KEST', name: 'Kestrel Parts' });
  desk.insert('accounts', { code: 'KEEL', name: 'Keel & Sons' });
  return { desk, account, order, kestrel, ...serve(desk) };
};

describe('a task in one line', () => {
  test('is filed under the account its name begins, with day, time, priority and type', async () => {
    const { desk, kestrel, add } = setUp();
    const { id, unread } = await add('chase POD @Kestrel fri 10:00 !1');
    expect(unread).toEqual([]);
    expect(desk.row('tasks', id)).toMatchObject({
      what: 'chase POD',
      account_id: kestrel,
      due_on: '2026-01-16',
      due_time: '10:00',
      priority: '1',
      kind: 'chase',
      status: 'open',
    });
  });

  test('keeps an account that is none, or more than one, as it was typed and says so', async () => {
    const { desk, add } = setUp();
    const none = await add('ring @Nobody');
    const many = await add('ring @Ke');
    expect([desk.issues('tasks', none.id), desk.issues('tasks', many.id)]).toEqual([
      ['account_id LINK_NONE'],
      ['account_id LINK_MANY'],
    ]);
    expect(desk.store.issues('tasks', many.id)[0]?.raw).toBe('Ke');
  });

  test('says beforehand what it is understood as', async () => {
    const { kestrel, read } = setUp();
    expect(await read('visit @KEST mon !7')).toMatchObject({
      what: 'visit !7',
      due: '2026-01-19',
      account: { typed: 'KEST', id: kestrel, label: { title: 'Kestrel Parts' } },
      unread: [{ text: '!7' }],
    });
    expect((await read('visit @Nobody')).account).toEqual({ typed: 'Nobody', id: null, label: null });
  });

  test('goes to the one account of the name behind “to”, where no other has it; what is about something stays of its account', async () => {
    const { desk, account, kestrel, order, add, read } = setUp();
    desk.insert('accounts', { code: 'TWIN1', name: 'Twin Mills' });
    desk.insert('accounts', { code: 'TWIN2', name: 'Twin Mills' });
    const { id } = await add('send samples to harbour foods fri 10:00');
    expect(desk.row('tasks', id)).toMatchObject({
      what: 'send samples to harbour foods',
      account_id: account,
      due_time: '10:00',
    });
    expect((await read('lids to Harbour Foods, again to them')).account).toMatchObject({ id: account });
    for (const [line, text, why] of [
      ['send lids to Twin Mills fri', 'to Twin Mills', 'more than one account has this name'],
      ['send lids to Harbor Foods fri', 'to Harbor Foods', 'no account has this name'],
    ] as const)
      expect(await read(line)).toMatchObject({
        what: line.slice(0, -4),
        account: null,
        unread: [{ text, why: expect.stringContaining(why) as string }],
      });
    expect(await read('talk to the driver')).toMatchObject({ account: null, unread: [] });
    expect(await read('send lids to Harbour Foods @KEST')).toMatchObject({ account: { id: kestrel } });
    const other = await add('send samples to Kestrel Parts', `orders/${order}`);
    expect(desk.row('tasks', other.id)).toMatchObject({ account_id: account });
    expect(other.unread).toEqual([]);
  });

  test('about an order belongs to its account; typed in a cell it is read alike, pasted it stays as it is', async () => {
    const { desk, account, order, add } = setUp();
    const { id } = await add('confirm slot t+2', `orders/${order}`);
    expect(desk.row('tasks', id)).toMatchObject({ about: `orders/${order}`, account_id: account, due_on: '2026-01-17' });
    const typed = desk.insert('tasks', { what: { '?': 'mail list fri' } });
    const pasted = desk.insert('tasks', { what: { '?': 'mail list fri' } }, { ...edit, source: 'paste' });
    expect([desk.row('tasks', typed)['due_on'], desk.row('tasks', pasted)['what']]).toEqual(['2026-01-16', 'mail list fri']);
  });

  test.each(['cases', 'bookings', 'claims', 'returns'] as const)('about one of the %s belongs to its account', async (table) => {
    const { desk, account, add } = setUp();
    const subject = desk.insert(table, { account_id: account, number: 'X-1' }, { ...edit, source: 'import' });
    const { id } = await add('ring them t+1', `${table}/${subject}`);
    expect(desk.row('tasks', id)).toMatchObject({ about: `${table}/${subject}`, account_id: account });
    const seen = 'SELECT about_table, about_code, account_code FROM v_tasks';
    const told = desk.look((db) => db.prepare(seen).all());
    expect(told).toEqual([{ about_table: table, about_code: 'X-1', account_code: 'HARB' }]);
  });

  test('time and repeat rule are kept one way; what is neither stays as typed, marked', () => {
    const { desk } = setUp();
    const id = desk.insert('tasks', {
      what: 'count',
      due_on: '2026-01-31',
      due_time: { '?': '3 pm' },
      repeat: { '?': 'monthly' },
    });
    expect(desk.row('tasks', id)).toMatchObject({ due_time: '15:00', repeat: 'every month on the 31st' });
    desk.update('tasks', id, { due_time: { '?': 'noonish' }, repeat: { '?': 'often' } });
    expect(desk.issues('tasks', id)).toEqual(['due_time TIME_PARSE', 'repeat REPEAT_PARSE']);
  });
});

describe('the life cycle of a task', () => {
  test('done makes the next of a series, once, and one undo takes both back', async () => {
    const { desk, add } = setUp();
    const { id } = await add('mail figures @Kestrel every fri 10:00 !2');
    move(desk, 'tasks', id, 'done');
    const [first, next] = live(desk, 'tasks');
    expect(first).toMatchObject({ status: 'done', done_at: desk.env.clock(), next_id: next?.['id'] });
    expect(next).toMatchObject({ what: 'mail figures', due_on: '2026-01-23', due_time: '10:00', priority: '2', status: 'open' });
    move(desk, 'tasks', id, 'open');
    move(desk, 'tasks', id, 'done');
    expect(live(desk, 'tasks')).toHaveLength(2);
    desk.store.undo(edit);
    desk.store.undo(edit);
    desk.store.undo(edit);
    expect(live(desk, 'tasks')).toMatchObject([{ id, status: 'open', done_at: null, next_id: null }]);
  });

  test('is moved by ticking Done, by a typed status and by nothing that is no move', () => {
    const { desk } = setUp();
    const id = desk.insert('tasks', { what: 'call' });
    const status = (): unknown => desk.row('tasks', id)['status'];
    desk.update('tasks', id, { done: { '?': 'yes' } });
    expect([status(), desk.row('tasks', id)['done_at']]).toEqual(['done', desk.env.clock()]);
    desk.update('tasks', id, { done: { '?': 'yes' } });
    expect(status()).toBe('done');
    desk.update('tasks', id, { done: { '?': 'no' } });
    expect([status(), desk.row('tasks', id)['done_at']]).toEqual(['open', null]);
    desk.update('tasks', id, { status: { '?': 'Waiting' } });
    expect(status()).toBe('waiting');
    expect(() => move(desk, 'tasks', id, 'kept')).toThrow(AppError);
  });
});

describe('notes and promises', () => {
  test('a call with its next step and a promise is one step', async () => {
    const { desk, account, log } = setUp();
    await log({ about: `accounts/${account}`, next: 'send samples t+1', promise: 'new lids by fri' });
    expect(live(desk, 'activities')).toMatchObject([{ kind: 'call', summary: 'Talked about terms' }]);
    expect(live(desk, 'tasks')).toMatchObject([{ what: 'send samples', account_id: account, due_on: '2026-01-16' }]);
    expect(live(desk, 'commitments')).toMatchObject([
      { what: 'new lids', account_id: account, due_on: '2026-01-16', made_on: '2026-01-15', status: 'open' },
    ]);
    desk.store.undo({ ...edit, actor: desk.store.device.id });
    expect([live(desk, 'activities'), live(desk, 'tasks'), live(desk, 'commitments')]).toEqual([[], [], []]);
  });

  test('a promise keeps the time of its day, and goes to the account its words name', async () => {
    const { desk, account, kestrel, promise } = setUp();
    const timed = await promise('we promised lids by fri 10:00', `accounts/${account}`);
    expect(desk.row('commitments', timed.id)).toMatchObject({
      what: 'we promised lids',
      due_on: '2026-01-16',
      due_time: '10:00',
      account_id: account,
    });
    desk.update('commitments', timed.id, { due_time: { '?': '3 pm' } });
    expect(desk.row('commitments', timed.id)['due_time']).toBe('15:00');
    desk.update('commitments', timed.id, { due_time: { '?': 'noonish' } });
    expect(desk.issues('commitments', timed.id)).toEqual(['due_time TIME_PARSE']);
    const named = await promise('lids to Kestrel Parts by fri', null);
    expect(desk.row('commitments', named.id)).toMatchObject({ what: 'lids to Kestrel Parts', account_id: kestrel });
    await expect(promise('new lids by 31/2', `accounts/${account}`)).rejects.toThrow('“31/2” is none: there is no such day.');
  });

  test('a promise without a day is asked for one, and nothing is written', async () => {
    const { desk, account, log, promise } = setUp();
    await expect(log({ about: `accounts/${account}`, promise: 'new lids soon' })).rejects.toThrow('A promise has a day');
    await expect(promise('new lids', `accounts/${account}`)).rejects.toThrow('A promise has a day');
    expect(live(desk, 'activities')).toEqual([]);
  });

  test('keeping a promise notes the day, opening it again forgets it', async () => {
    const { desk, account, promise } = setUp();
    const { id } = await promise('new lids by fri', `accounts/${account}`);
    move(desk, 'commitments', id, 'kept');
    expect(desk.row('commitments', id)).toMatchObject({ status: 'kept', kept_on: '2026-01-15' });
    move(desk, 'commitments', id, 'open');
    expect(desk.row('commitments', id)).toMatchObject({ status: 'open', kept_on: null });
  });

  test('C13: a call moves the day a contact is next due by their cadence, a note does not, and nothing moves back', async () => {
    const { desk, account, log } = setUp();
    const contact = desk.insert('contacts', {
      name: 'Priya',
      party: `accounts/${account}`,
      cadence_days: 30,
      next_due_on: '2026-01-10',
    });
    const due = (): unknown => desk.row('contacts', contact)['next_due_on'];
    await log({ about: `contacts/${contact}`, kind: 'note' });
    expect(due()).toBe('2026-01-10');
    await log({ about: `contacts/${contact}` });
    expect(due()).toBe('2026-02-14');
    desk.insert('activities', { about: `contacts/${contact}`, kind: 'call', summary: 'Earlier', at: Date.UTC(2026, 0, 2) });
    expect(due()).toBe('2026-02-14');
  });
});
