/** Nothing that somebody wrote is lost while an account goes to another territory (SYNC.md 2.10, invariants 23 and 26). */
import { expect, it } from 'vitest';
import { writeMeta } from '../../electron/engine/store/file/local.ts';
import { listConflicts } from '../../electron/engine/store/team/conflicts.ts';
import { edit } from '../store/open.ts';
import { countLate, fill, give, insert, openRegion, rowsOf, scopeOf, textOf, update } from './region.ts';
import type { Replica } from './replica.ts';
import { expectWhole } from './whole.ts';

it('somebody who was added by who had not heard of it goes along, with what is said of them', async () => {
  const { north, south, boss, meet } = await openRegion();
  const { account } = fill(north);
  await meet(north, boss, south);
  insert(north, 'contacts', { name: 'Late Larkin', party: `accounts/${account}`, role: 'Driver' });
  give(boss, account);
  expect(await meet(boss, north, boss, south, north, boss)).toEqual([]);
  for (const one of [south, boss]) {
    expect(rowsOf(one, 'contacts', 'name')).toEqual(['Ann Quillfeather', 'Late Larkin']);
    expect(rowsOf(one, 'contacts', 'role')).toEqual([null, 'Driver']);
  }
  expect(rowsOf(north, 'contacts', 'name')).toEqual([]);
  expect(countLate(boss)).toBe(0);
  for (const one of [north, south, boss]) await expectWhole(one);
});

it('what comes late of an account that has gone on since finds it where it is', async () => {
  const { north, south, boss, meet } = await openRegion();
  const { account, order } = fill(north);
  await meet(north, boss, south);
  const there = give(boss, account);
  await meet(boss, south);
  const back = give(boss, there.id, 'north');
  await meet(boss, south);
  update(north, 'accounts', account, { industry: 'Bakeries' });
  update(north, 'orders', order, { notes: 'Late words' });
  const late = insert(north, 'orders', { account_id: account, notes: 'Late order' });
  insert(north, 'order_lines', { order_id: late, description: 'Of the late order' });
  await meet(north, boss, south, north, boss);
  for (const one of [north, boss]) {
    expect(one.store.get('accounts', back.id)).toMatchObject({ industry: 'Bakeries' });
    expect(rowsOf(one, 'orders', 'notes')).toEqual(['Late order', 'Late words']);
    expect(rowsOf(one, 'order_lines', 'description')).toEqual(['Crates', 'Of the late order']);
  }
  expect(rowsOf(south, 'orders', 'notes')).toEqual([]);
  expect(countLate(boss)).toBe(0);
  for (const one of [north, south, boss]) await expectWhole(one);
});

it('a part that comes before the whole goes along, whoever is read first', async () => {
  const { north, south, boss, more, meet } = await openRegion(1, 1);
  const [colleague] = more as [Replica];
  const { account } = fill(north);
  await meet(north, boss, south, colleague);
  const mine = insert(north, 'orders', { account_id: account, notes: 'Mine' });
  const theirs = insert(colleague, 'orders', { account_id: account, notes: 'Theirs' });
  await meet(north, colleague, north);
  insert(north, 'order_lines', { order_id: theirs, description: 'A line of mine' });
  insert(colleague, 'order_lines', { order_id: mine, description: 'A line of theirs' });
  update(north, 'orders', theirs, { notes: 'Theirs, seen' });
  update(colleague, 'orders', mine, { notes: 'Mine, seen' });
  await meet(north, colleague, north);
  give(boss, account);
  await meet(boss, north, colleague, boss, south, north, colleague);
  for (const one of [south, boss]) {
    expect(rowsOf(one, 'order_lines', 'description')).toEqual(['A line of mine', 'A line of theirs', 'Crates']);
    expect(rowsOf(one, 'orders', 'notes')).toEqual(['An order of theirs', 'Mine, seen', 'Theirs, seen']);
  }
  for (const one of [north, colleague]) expect(rowsOf(one, 'orders', 'notes')).toEqual([]);
  expect(countLate(boss)).toBe(0);
  expect(colleague.hash()).toBe(north.hash());
  for (const one of [north, south, boss, colleague]) await expectWhole(one);
});

it('a giving that broke off is ended when the file is opened', async () => {
  const { north, south, boss, meet } = await openRegion();
  const { account } = fill(north);
  await meet(north, boss, south);
  boss.meddle((db) =>
    writeMeta(db, 'giving', {
      id: account,
      territory: 'south',
      change: { actor: 'boss', source: 'edit', reason: null, screen: null, window: 'w' },
    }),
  );
  boss.reopen();
  expect(boss.store.getAny('accounts', account)?.['name'] ?? null).toBeNull();
  boss.reopen();
  await meet(boss, north, south);
  expect(rowsOf(south, 'order_lines', 'description')).toEqual(['Crates']);
  expect(rowsOf(north, 'accounts', 'name')).toEqual(['Stays North']);
  for (const one of [north, south, boss]) await expectWhole(one);
});

it('over there it is given before it is taken from where it was', async () => {
  const { north, south, boss, meet } = await openRegion();
  const { account } = fill(north);
  await meet(north, boss, south);
  give(boss, account);
  boss.store.sync.seal();
  expect(boss.store.sync.unsent(1000).map(({ scope }) => scope)).toEqual(['south', 'north']);
});

it('what is of one territory is not made to hang on what is of another', async () => {
  const { north, south, boss, meet } = await openRegion();
  const bolt = insert(south, 'accounts', { name: 'Bolt' });
  const { order, account } = fill(north);
  await meet(north, south, boss);
  expect(() => update(boss, 'orders', order, { account_id: bolt })).toThrow(expect.objectContaining({ code: 'blocked' }));
  expect(boss.store.get('orders', order)).toMatchObject({ account_id: account });
  const other = insert(boss, 'accounts', { name: 'Other of the north' });
  update(boss, 'orders', order, { account_id: other });
  expect(scopeOf(boss, 'orders', order)).toBe('north');
});

it('only what hangs on the account itself goes, deleted rows too, and its history is shown to nobody', async () => {
  const { north, south, boss, meet } = await openRegion();
  const { account, line } = fill(north);
  const stays = insert(north, 'accounts', { name: 'Also stays' });
  insert(north, 'tasks', { what: 'Of the other', account_id: stays, about: `accounts/${account}` });
  north.store.apply([{ kind: 'delete', table: 'order_lines', id: line }], edit);
  await meet(north, boss, south);
  north.store.apply([{ kind: 'undelete', table: 'order_lines', id: line }], edit);
  give(boss, account);
  await meet(boss, north, boss, south);
  expect(rowsOf(south, 'order_lines', 'description')).toEqual(['Crates']);
  expect(rowsOf(north, 'tasks', 'what')).toEqual(['Of the other']);
  expect(rowsOf(south, 'tasks', 'what')).toEqual([]);
  for (const one of [north, boss]) expect(one.store.past.history('accounts', account, 10, null).entries).toEqual([]);
  expect(countLate(boss)).toBe(0);
});

it('who works in one territory does not write in it by names of another', async () => {
  const { north, south, boss, meet } = await openRegion();
  const { account } = fill(north);
  const bolt = insert(south, 'accounts', { name: 'Bolt' });
  await meet(north, south, boss);
  const moved = give(boss, account);
  await meet(boss, south);
  update(south, 'accounts', bolt, { name: 'Taken over' });
  south.meddle((db) => db.prepare('UPDATE outbox SET payload = replace(payload, ?, ?)').run(bolt, account));
  await meet(south, boss);
  expect(boss.store.get('accounts', moved.id)).toMatchObject({ name: 'Kestrel Parts' });
  expect(countLate(boss)).toBe(0);
});

it('who was erased by who had not heard of it is erased over there, also what was written of them since', async () => {
  const { north, south, boss, meet } = await openRegion();
  const { account, contact } = fill(north);
  await meet(north, boss, south);
  give(boss, account);
  await meet(boss, south);
  const there = south.look((db) => db.prepare<[], string>('SELECT id FROM live_contacts').pluck().get()) ?? '';
  update(south, 'contacts', there, { role: 'Buyer Quillfeather' });
  await meet(south, boss);
  north.store.erase('contacts', contact, edit);
  await meet(north, boss, south, boss);
  for (const one of [south, boss]) {
    expect(rowsOf(one, 'contacts', 'name')).toEqual([null]);
    expect(textOf(one)).not.toContain('Quillfeather');
    await expectWhole(one);
  }
  expect(countLate(boss)).toBe(0);
});

it('what is written twice is passed on as it was last, and is no conflict with itself', async () => {
  const { north, south, boss, meet } = await openRegion();
  const { account } = fill(north);
  await meet(north, boss, south);
  give(boss, account);
  for (const industry of ['Bakeries', 'Bakeries and mills']) update(north, 'accounts', account, { industry });
  await meet(boss, north, boss, south);
  expect(rowsOf(south, 'accounts', 'industry')).toEqual(['Bakeries and mills']);
  expect(boss.store.sync.state().conflicts).toBe(0);
});

it('what was made to hang on the account meanwhile goes along, on every device', async () => {
  const { north, south, boss, more, meet } = await openRegion(1, 1);
  const [colleague] = more as [Replica];
  const { account } = fill(north);
  const other = insert(north, 'accounts', { name: 'Other' });
  const order = insert(north, 'orders', { account_id: other, notes: 'Moved over' });
  insert(north, 'order_lines', { order_id: order, description: 'Of it' });
  await meet(north, boss, south, colleague);
  give(boss, account);
  await meet(boss, colleague);
  update(north, 'orders', order, { account_id: account });
  await meet(north, boss, colleague, south, north);
  for (const one of [south, boss]) expect(rowsOf(one, 'order_lines', 'description')).toEqual(['Crates', 'Of it']);
  for (const one of [north, colleague]) expect(rowsOf(one, 'orders', 'notes')).toEqual([]);
  expect(colleague.hash()).toBe(north.hash());
  for (const one of [north, south, boss, colleague]) await expectWhole(one);
});

it('what was written here after it broke off goes along when it is ended', async () => {
  const { north, south, boss, meet } = await openRegion();
  const { account, order } = fill(north);
  await meet(north, boss, south);
  boss.meddle((db) =>
    db.exec(`CREATE TRIGGER stop BEFORE UPDATE ON orders WHEN NEW._st = 3 BEGIN SELECT RAISE(ABORT, 'stopped'); END`),
  );
  expect(() => give(boss, account)).toThrow('stopped');
  update(north, 'accounts', account, { industry: 'Bakeries' });
  await meet(north, boss);
  update(boss, 'orders', order, { notes: 'After it broke off' });
  boss.meddle((db) => db.exec('DROP TRIGGER stop'));
  boss.reopen();
  await meet(boss, north, south);
  expect(rowsOf(south, 'orders', 'notes')).toEqual(['After it broke off']);
  expect(rowsOf(south, 'accounts', 'industry')).toEqual(['Bakeries']);
  expect(rowsOf(north, 'accounts', 'name')).toEqual(['Stays North']);
  for (const one of [north, south, boss]) await expectWhole(one);
});

it('a row of which only changes have come goes along when it comes', async () => {
  const { north, south, boss, more, meet } = await openRegion(1, 1);
  const [colleague] = more as [Replica];
  const { account } = fill(north);
  await meet(north, boss, south, colleague);
  const task = insert(north, 'tasks', { what: 'Call Ann' });
  await meet(north, colleague);
  update(colleague, 'tasks', task, { account_id: account });
  boss.take(colleague.send().map((bytes) => colleague.read(bytes)));
  give(boss, account);
  await meet(boss, north, colleague, boss, south);
  for (const one of [south, boss]) expect(rowsOf(one, 'tasks', 'what')).toEqual(['Call Ann']);
  expect(rowsOf(north, 'tasks', 'what')).toEqual([]);
  expect(countLate(boss)).toBe(0);
});

it('what both wrote of the account, one of them without having heard that it went, stands in plain sight', async () => {
  const { north, south, both, meet, meetWithout } = await openRegion(2);
  const [boss, second] = both as [Replica, Replica];
  const { account, order } = fill(north);
  await meet(north, boss, second, south);
  // Who gives it has the one; the other comes late, to one who had not even heard of the first.
  update(boss, 'accounts', account, { industry: 'Mills' });
  update(north, 'accounts', account, { industry: 'Bakeries' });
  update(north, 'orders', order, { notes: 'Late words' });
  const moved = give(boss, account);
  await meet(boss, north);
  await meetWithout(second, boss);
  await meet(second, boss, south, second);
  for (const one of [south, boss, second]) {
    const industry = one.store.get('accounts', moved.id)?.['industry'];
    const beside = one.look((db) => db.prepare<[], string>(`SELECT val FROM conflict WHERE col = 'industry'`).pluck().all());
    expect([JSON.stringify(industry), ...beside].toSorted()).toEqual(['"Bakeries"', '"Mills"']);
    expect(rowsOf(one, 'orders', 'notes')).toEqual(['Late words']);
    await expectWhole(one);
  }
  expect(second.hash()).toBe(boss.hash());
});

it('what was written before it went and seen by who gave it does not come back, whoever hears of that last', async () => {
  const { north, south, both, meet, meetWithout } = await openRegion(2);
  const [boss, second] = both as [Replica, Replica];
  const { account } = fill(north);
  await meet(north, boss, second, south);
  update(north, 'accounts', account, { industry: 'First' });
  await meet(north, boss);
  update(boss, 'accounts', account, { industry: 'Then' });
  give(boss, account);
  await meet(boss);
  await meetWithout(second, north);
  await meet(second, boss, south, second);
  for (const one of [boss, second, south]) {
    expect(rowsOf(one, 'accounts', 'industry')).toContain('Then');
    expect(one.store.sync.state().conflicts).toBe(0);
    expect(textOf(one)).not.toContain('First');
  }
});

it('what is said of somebody and waits for its key when the account goes is passed on when the key comes', async () => {
  const { north, south, both, meet, meetWithout, meetWithoutKeys } = await openRegion(2);
  const [boss, second] = both as [Replica, Replica];
  const { account } = fill(north);
  await meet(north, boss, second, south);
  insert(north, 'contacts', { name: 'Late Larkin', party: `accounts/${account}`, role: 'Driver' });
  await meet(north);
  await meetWithoutKeys(second);
  expect(rowsOf(second, 'contacts', 'name')).toEqual([null, 'Ann Quillfeather']);
  give(boss, account);
  await meetWithout(boss, north);
  await meetWithoutKeys(second);
  expect(countLate(second)).toBe(1);
  await meet(second, second, south);
  expect(rowsOf(south, 'contacts', 'name')).toEqual(['Ann Quillfeather', 'Late Larkin']);
  expect(countLate(second)).toBe(0);
});

it('what was put on another account by who had not heard that it went stays with what it went with', async () => {
  const { north, south, boss, meet } = await openRegion();
  const { account, order } = fill(north);
  const other = insert(north, 'accounts', { name: 'Other' });
  await meet(north, boss, south);
  const moved = give(boss, account);
  await meet(boss, south);
  update(north, 'orders', order, { account_id: other, notes: 'Late words' });
  await meet(north, boss, south);
  const there = south.look((db) => db.prepare<[], string>('SELECT id FROM live_orders').pluck().get()) ?? '';
  expect(south.store.get('orders', there)).toMatchObject({ account_id: moved.id, notes: 'Late words' });
  expect(rowsOf(north, 'orders', 'notes')).toEqual([]);
  for (const one of [north, south, boss]) await expectWhole(one);
});

it.each(['a value beside another', 'what was written of a deleted record', 'a move that came too late'])(
  'an account does not go while there is something to decide of it: %s',
  async (what) => {
    const { north, boss, meet } = await openRegion();
    const { account, order } = fill(north);
    await meet(north, boss);
    const change = (one: Replica, to: string): void =>
      void one.store.apply([{ kind: 'transition', table: 'orders', id: order, field: 'status', to, why: null }], edit);
    if (what === 'a move that came too late') {
      change(boss, 'cancelled');
      change(north, 'confirmed');
    } else if (what === 'a value beside another') {
      update(boss, 'orders', order, { notes: 'Of one' });
      update(north, 'orders', order, { notes: 'Of the other' });
    } else {
      update(boss, 'orders', order, { notes: 'Written meanwhile' });
      north.store.apply([{ kind: 'delete', table: 'orders', id: order }], edit);
    }
    await meet(north, boss);
    expect(() => give(boss, account)).toThrow('Review that first');
    const { conflicts } = boss.look((db) => listConflicts(db, 5));
    const [{ field, stamp, device } = { field: '', stamp: 0, device: '' }] = conflicts;
    expect(conflicts).toHaveLength(1);
    boss.store.apply([{ kind: 'resolve', table: 'orders', id: order, field, heads: [[stamp, device]] }], edit);
    give(boss, account);
    await meet(boss, north);
    for (const one of [north, boss]) await expectWhole(one);
  },
);
