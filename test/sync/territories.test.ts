/** Accounts of several territories in one file, and one that goes from one to another (SYNC.md 2.10, invariants 23 and 26). */
import { expect, it } from 'vitest';
import { openSegment } from '../../electron/engine/store/log/segments.ts';
import { listConflicts } from '../../electron/engine/store/team/conflicts.ts';
import { edit } from '../store/open.ts';
import { fill, give, insert, openRegion, rowsOf, scopeOf, textOf, update } from './region.ts';
import type { Replica } from './replica.ts';
import { createTeam, SIGNED_TEAM } from './team.ts';
import { expectWhole } from './whole.ts';

it('a new row goes where what it hangs on is, and each territory sees its own', async () => {
  const { north, south, boss, meet } = await openRegion();
  const [acme, bolt] = [insert(north, 'accounts', { name: 'Acme' }), insert(south, 'accounts', { name: 'Bolt' })];
  await meet(north, south, boss);
  expect(rowsOf(boss, 'accounts', 'name')).toEqual(['Acme', 'Bolt']);
  const order = insert(boss, 'orders', { account_id: bolt, notes: 'of the south' });
  const line = insert(boss, 'order_lines', { order_id: order, description: 'Crates' });
  const contact = insert(boss, 'contacts', { name: 'Ann', party: `accounts/${bolt}` });
  const task = insert(boss, 'tasks', { what: 'Call', about: `orders/${order}` });
  for (const [table, id] of [
    ['orders', order],
    ['order_lines', line],
    ['contacts', contact],
    ['tasks', task],
  ] as const)
    expect([table, scopeOf(boss, table, id)]).toEqual([table, 'south']);
  expect(scopeOf(boss, 'accounts', insert(boss, 'accounts', { name: 'New' }))).toBe('north');
  // Of both in one change.
  boss.store.apply(
    [acme, bolt, acme].map((id, at) => ({ kind: 'update', table: 'accounts', id, values: { city: `City ${at}` } }) as const),
    edit,
  );
  expect(await meet(boss, north, south, boss)).toEqual([]);
  expect(rowsOf(north, 'accounts', 'name')).toEqual(['Acme', 'New']);
  expect(rowsOf(south, 'accounts', 'name')).toEqual(['Bolt']);
  expect(north.store.get('accounts', acme)).toMatchObject({ city: 'City 2' });
  expect(south.store.get('accounts', bolt)).toMatchObject({ city: 'City 1' });
  expect(rowsOf(south, 'order_lines', 'description')).toEqual(['Crates']);
  expect(rowsOf(north, 'orders', 'notes')).toEqual([]);
  // One step takes all of it back, in both.
  boss.store.undo(edit);
  await meet(boss, north, south);
  expect(north.store.get('accounts', acme)).toMatchObject({ city: null });
  expect(south.store.get('accounts', bolt)).toMatchObject({ city: null });
  for (const one of [north, south, boss]) await expectWhole(one);
});

it('another territory is worked on from when the file joins it, too', async () => {
  const { north, south, boss, meet } = await openRegion();
  insert(south, 'accounts', { name: 'Bolt' });
  await meet(south, north);
  expect(rowsOf(north, 'accounts', 'name')).toEqual([]);
  north.store.sync.join({ ...SIGNED_TEAM, more: ['south'] });
  await meet(north, boss);
  expect(rowsOf(north, 'accounts', 'name')).toEqual(['Bolt']);
  north.reopen();
  expect(scopeOf(north, 'accounts', insert(north, 'accounts', { name: 'Mine' }))).toBe('north');
});

it('what all share, and what stays, names the account as it is called over there', async () => {
  const { north, south, boss, meet } = await openRegion();
  const { account, contact } = fill(north);
  const site = insert(north, 'sites', { account_id: account, name: 'Yard' });
  const list = insert(north, 'price_lists', { name: 'Agreed', account_id: account, site_id: site });
  const policy = insert(north, 'sla_policies', { name: 'Gold', account_id: account });
  const stays = insert(north, 'accounts', { name: 'Daughter', parent_id: account });
  const asked = insert(north, 'tasks', { what: 'Ask Ann', account_id: stays, about: `contacts/${contact}` });
  await meet(north, boss, south);
  const moved = give(boss, account);
  await meet(boss, north, south);
  const [there] = south.look((db) => db.prepare<[], string>('SELECT id FROM live_sites').pluck().all());
  for (const one of [north, south, boss]) {
    expect(one.store.get('price_lists', list)).toMatchObject({ account_id: moved.id, site_id: there });
    expect(one.store.get('sla_policies', policy)).toMatchObject({ account_id: moved.id });
    await expectWhole(one);
  }
  for (const one of [north, boss]) {
    expect(one.store.get('accounts', stays)).toMatchObject({ parent_id: moved.id });
    expect(String(one.store.get('tasks', asked)?.['about'])).not.toContain(contact);
  }
  expect(rowsOf(south, 'tasks', 'what')).toEqual([]);
});

it('an account goes to another territory with all that hangs on it, and the old one keeps nothing of it', async () => {
  const { north, south, boss, meet } = await openRegion();
  const { account, order } = fill(north);
  await meet(north, boss, south);
  const moved = give(boss, account);
  expect(moved.rows).toBe(4);
  expect(await meet(boss, north, south, north, south, boss)).toEqual([]);
  for (const one of [south, boss]) {
    expect(one.store.get('accounts', moved.id)).toMatchObject({ name: 'Kestrel Parts', code: 'K-1' });
    expect(rowsOf(one, 'contacts', 'name')).toEqual(['Ann Quillfeather']);
    expect(rowsOf(one, 'order_lines', 'description')).toEqual(['Crates']);
    const [there] = one.look((db) => db.prepare<[], string>('SELECT id FROM live_orders').pluck().all());
    expect(one.store.get('orders', there ?? '')).toMatchObject({ account_id: moved.id, status: 'submitted' });
  }
  expect(rowsOf(south, 'accounts', 'name')).toEqual(['Kestrel Parts']);
  expect(rowsOf(north, 'accounts', 'name')).toEqual(['Stays North']);
  for (const word of ['Kestrel', 'Quillfeather', 'Crates', 'Deleted before', 'An order of theirs']) {
    expect(textOf(north)).not.toContain(word);
    expect(textOf(boss).split(word).length).toBeLessThanOrEqual(textOf(south).split(word).length);
  }
  expect(north.look((db) => db.prepare(`SELECT count(*) FROM search_accounts WHERE words MATCH 'kestrel'`).pluck().get())).toBe(
    0,
  );
  expect(north.store.getAny('orders', order)?.['notes'] ?? null).toBeNull();
  // Nothing of the old territory writes them again.
  expect(() => update(north, 'accounts', account, { name: 'Again' })).toThrow(expect.objectContaining({ code: 'not-found' }));
  north.store.undo(edit);
  await meet(north, boss, south);
  expect(rowsOf(north, 'contacts', 'name')).toEqual([]);
  for (const one of [north, south, boss]) await expectWhole(one);
});

it('what was left below a deleted order is deleted over there with it, and asked of nobody again', async () => {
  const { north, south, boss, meet } = await openRegion();
  const { account } = fill(north);
  const order = insert(north, 'orders', { account_id: account, notes: 'Two' });
  await meet(north, boss, south);
  insert(boss, 'order_lines', { order_id: order, description: 'Late' });
  north.store.apply([{ kind: 'delete', table: 'orders', id: order }], edit);
  await meet(north, boss, north);
  const open = (one: Replica) => one.look((db) => listConflicts(db, 10)).conflicts;
  const heads = open(boss).map(({ stamp, device }) => [stamp, device] as const);
  expect(heads).toHaveLength(1);
  boss.store.apply([{ kind: 'resolve', table: 'orders', id: order, field: '_st', heads, keeps: true }], edit);
  give(boss, account);
  await meet(boss, north, boss, south);
  for (const one of [north, south, boss]) expect(open(one)).toEqual([]);
  for (const one of [north, south, boss]) await expectWhole(one);
});

it('what was written without having heard of it arrives there, once, however many pass it on', async () => {
  const { north, south, both, meet } = await openRegion(2);
  const [boss, second] = both as [Replica, Replica];
  const { account, order, line, contact } = fill(north);
  await meet(north, boss, second, south);
  const moved = give(boss, account);
  await meet(boss, south);
  const there = (table: string): string =>
    south.look((db) => db.prepare<[], string>(`SELECT id FROM live_${table} ORDER BY _n`).pluck().all())[0] ?? '';
  // Meanwhile in the south, and in the north.
  update(south, 'accounts', moved.id, { city: 'Hull' });
  update(south, 'orders', there('orders'), { notes: 'Changed in the south' });
  update(north, 'accounts', account, { industry: 'Bakeries' });
  update(north, 'orders', order, { notes: 'Changed in the north' });
  update(north, 'contacts', contact, { role: 'Buyer' });
  const added = insert(north, 'order_lines', { order_id: order, description: 'Late line' });
  update(north, 'order_lines', added, { qty: 7_000_000 });
  const late = insert(north, 'orders', { account_id: account, notes: 'Late order' });
  insert(north, 'order_lines', { order_id: late, description: 'Of the late order' });
  north.store.apply([{ kind: 'delete', table: 'order_lines', id: line }], edit);
  for (const one of [north, second, boss, south, second, boss, north, south, boss, second]) await meet(one);
  for (const one of [south, boss, second]) {
    expect(one.store.get('accounts', moved.id)).toMatchObject({ city: 'Hull', industry: 'Bakeries' });
    expect(rowsOf(one, 'orders', 'notes')).toEqual(['Changed in the north', 'Late order']);
    expect(rowsOf(one, 'order_lines', 'description')).toEqual(['Late line', 'Of the late order']);
    expect(rowsOf(one, 'contacts', 'role')).toEqual(['Buyer']);
    const beside = one.look((db) => db.prepare<[], string>(`SELECT val FROM conflict WHERE col = 'notes'`).pluck().all());
    expect(beside.join()).toContain('Changed in the south');
    expect(one.look((db) => db.prepare('SELECT count(*) FROM late').pluck().get())).toBe(0);
  }
  expect(rowsOf(north, 'accounts', 'name')).toEqual(['Stays North']);
  for (const word of ['Kestrel', 'Late', 'Changed', 'Bakeries']) expect(textOf(north)).not.toContain(word);
  expect(second.hash()).toBe(boss.hash());
  for (const one of [north, south, boss, second]) await expectWhole(one);
});

it('an account goes back under another name, and where it is already, or nobody works, it does not go', async () => {
  const { north, south, boss, meet } = await openRegion();
  const { account } = fill(north);
  await meet(north, boss, south);
  const refusal = { code: 'blocked' };
  expect(() => give(boss, account, 'north')).toThrow(expect.objectContaining(refusal));
  expect(() => give(boss, account, 'east')).toThrow(expect.objectContaining(refusal));
  expect(() => give(north, account)).toThrow(expect.objectContaining(refusal));
  expect(() => give(boss, boss.ids())).toThrow(expect.objectContaining({ code: 'not-found' }));
  const there = give(boss, account);
  expect(() => give(boss, account)).toThrow(expect.objectContaining({ code: 'not-found' }));
  await meet(boss, north, south);
  const back = give(boss, there.id, 'north');
  await meet(boss, north, south, boss);
  expect(back.id).not.toBe(account);
  expect(rowsOf(south, 'accounts', 'name')).toEqual([]);
  expect(textOf(south)).not.toContain('Kestrel');
  expect(rowsOf(north, 'accounts', 'name')).toEqual(['Kestrel Parts', 'Stays North']);
  expect(rowsOf(north, 'order_lines', 'description')).toEqual(['Crates']);
  for (const one of [north, south, boss]) await expectWhole(one);
});

it('who hears of it before the account itself, or begins with a snapshot, has the same', async () => {
  const { north, south, boss, meet } = await openRegion();
  const { account } = fill(north);
  await meet(north, boss, south);
  give(boss, account);
  update(north, 'accounts', account, { industry: 'Late' });
  await meet(boss, north, boss, south, north);
  const whole = (one: Replica): string =>
    JSON.stringify(one.store.sync.hashes().map(({ table, rows, hash }) => [table, rows, hash]));
  const [fresh, snapped] = createTeam(2) as [Replica, Replica];
  for (const one of [fresh, snapped]) one.store.sync.join(SIGNED_TEAM);
  const pieces = [boss, north].flatMap(({ look, number }) =>
    look((db) =>
      db
        .prepare<[], { head: string; body: Buffer; hash: Buffer }>(
          `SELECT g.head, g.body, g.hash FROM segments g JOIN devices d ON d.idx = g.dev JOIN scopes s ON s.idx = g.scope
           WHERE s.id IN ('shared', 'north') AND d.id = (SELECT json_extract(v, '$') FROM meta WHERE k = 'device') ORDER BY from_seq`,
        )
        .all(),
    ).map(({ head, body, hash }) => ({
      header: JSON.parse(head) as never,
      head,
      body,
      hash,
      sig: Buffer.alloc(64, number),
      payload: openSegment(body),
    })),
  );
  fresh.take(pieces);
  expect(whole(fresh)).toBe(whole(north));
  for (const snapshot of north.snapshot()) expect(snapped.load(snapshot)).toBe(true);
  expect(rowsOf(snapped, 'accounts', 'name')).toEqual(['Stays North']);
  expect(textOf(snapped)).not.toContain('Kestrel');
  expect(whole(snapped)).toBe(whole(north));
});

it('whoever writes in one territory changes nothing of another, whatever they name', async () => {
  const { north, south, boss, meet } = await openRegion();
  const bolt = insert(south, 'accounts', { name: 'Bolt' });
  const mine = insert(north, 'accounts', { name: 'Mine' });
  await meet(south, north, boss);
  // As no build of ours would: a change that names a record of the south, given in the north.
  update(north, 'accounts', mine, { name: 'Taken over' });
  north.meddle((db) => db.prepare('UPDATE outbox SET payload = replace(payload, ?, ?)').run(mine, bolt));
  await meet(north, boss);
  expect(boss.store.get('accounts', bolt)).toMatchObject({ name: 'Bolt' });
  expect(JSON.stringify(boss.store.past.history('accounts', bolt, 10, null))).not.toContain('Taken over');
  expect(rowsOf(boss, 'accounts', 'name')).toEqual(['Bolt', 'Mine']);
  for (const one of [south, boss]) await expectWhole(one);
});

it('keys of people of an account that went are let go of where it was, and theirs over there can be, too', async () => {
  const { north, south, boss, meet } = await openRegion();
  const { account } = fill(north);
  await meet(north, boss, south);
  const before = north.look((db) => db.prepare<[], string>('SELECT id FROM subject_keys').pluck().all());
  expect(before).toHaveLength(1);
  give(boss, account);
  await meet(boss, north, south);
  for (const one of [north, boss]) expect(one.store.sync.keysGone('north')).toEqual(before);
  expect(north.look((db) => db.prepare('SELECT count(*) FROM subject_keys WHERE key IS NOT NULL').pluck().get())).toBe(0);
  const contact = south.look((db) => db.prepare<[], string>('SELECT id FROM live_contacts').pluck().get()) ?? '';
  south.store.erase('contacts', contact, edit);
  await meet(south, boss);
  expect(boss.look((db) => db.prepare('SELECT count(*) FROM subject_keys WHERE key IS NOT NULL').pluck().get())).toBe(0);
  expect(rowsOf(boss, 'contacts', 'name')).toEqual([null]);
});

it('who begins after an account went, and works in both, misses no key that nobody needs any more', async () => {
  const { north, south, both, meet } = await openRegion(2);
  const [boss, late] = both as [Replica, Replica];
  const { account } = fill(north);
  await meet(north, boss, north);
  give(boss, account);
  await meet(boss, north, south, boss);
  expect(await meet(late, late)).toEqual([]);
  expect(rowsOf(late, 'contacts', 'name')).toEqual(['Ann Quillfeather']);
  expect(late.hash()).toBe(boss.hash());
  await expectWhole(late);
});

it.each([
  ['keeps nothing from being dated anew', false],
  ['and names what would be, keeps that as it is', true],
])('what came late and cannot be passed on yet %s', async (_, isNamed) => {
  const { north, boss, meet, meetWithoutKeys } = await openRegion();
  const { account } = fill(north);
  await meet(north, boss);
  give(boss, account);
  insert(north, 'contacts', { name: 'Ann Late', party: `accounts/${account}` });
  await meet(north);
  await meetWithoutKeys(boss);
  const waiting = (): unknown => boss.look((db) => db.prepare('SELECT count(*) FROM late').pluck().get());
  expect(waiting()).toBe(1);
  boss.store.sync.correctClock(-365 * 86_400_000);
  const fast = insert(boss, 'accounts', { name: 'Dated ahead' });
  boss.store.sync.correctClock(0);
  const { at = 0 } = boss.store.stampOf('accounts', fast, 'name') ?? {};
  if (isNamed) boss.meddle((db) => db.prepare(`UPDATE late SET part = json_set(part, '$.stamp[0]', ?)`).run(at));
  expect(boss.store.sync.restamp(Date.UTC(2026, 0, 16))).toBe(isNamed ? 0 : 1);
  await meet(boss, north, boss);
  expect(waiting()).toBe(0);
  expect(north.store.get('accounts', fast)).toMatchObject({ name: 'Dated ahead' });
  for (const one of [north, boss]) await expectWhole(one);
});
