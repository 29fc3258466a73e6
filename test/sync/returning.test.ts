/** What went to another territory because of what it hung on, and came back, is where it hangs now (SYNC.md invariant 1). */
import { expect, it } from 'vitest';
import { listConflicts } from '../../electron/engine/store/team/conflicts.ts';
import { edit } from '../store/open.ts';
import { countLate, fill, give, insert, openRegion, rowsOf, update } from './region.ts';
import type { Replica } from './replica.ts';
import { expectWhole } from './whole.ts';

/** An account of the north that the boss gave to the south, of which nobody else heard yet, and one that stays. */
const openGiven = async () => {
  const { north, south, boss, more, meet } = await openRegion(1, 1);
  const [colleague] = more as [Replica];
  const { account } = fill(north);
  const other = insert(north, 'accounts', { name: 'Other' });
  await meet(north, boss, south, colleague);
  give(boss, account);
  return { north, south, boss, colleague, meet, account, other };
};

it('what its maker had put on another account before they heard is there for all, and over there for nobody', async () => {
  const { north, south, boss, colleague, meet, account, other } = await openGiven();
  await meet(boss, colleague);
  const order = insert(north, 'orders', { account_id: account, notes: 'On the wrong account' });
  insert(north, 'order_lines', { order_id: order, description: 'Of it' });
  const made = north.send().map((bytes) => north.read(bytes));
  for (const one of [boss, colleague]) {
    one.take(made);
    one.store.sync.passOn();
  }
  await meet(boss, south);
  expect(rowsOf(south, 'orders', 'notes')).toContain('On the wrong account');
  update(north, 'orders', order, { account_id: other });
  insert(north, 'order_lines', { order_id: order, description: 'And this' });
  await meet(north, boss, colleague, south, north, boss);
  for (const one of [north, boss, colleague]) {
    expect(one.store.get('orders', order)).toMatchObject({ account_id: other, notes: 'On the wrong account' });
    expect(
      one.look((db) => db.prepare(`SELECT description FROM live_order_lines WHERE order_id = ?`).pluck().all(order)),
    ).toEqual(['Of it', 'And this']);
  }
  expect(rowsOf(south, 'orders', 'notes')).toEqual(['An order of theirs']);
  expect(rowsOf(south, 'order_lines', 'description')).toEqual(['Crates']);
  expect(colleague.hash()).toBe(north.hash());
  expect(countLate(boss)).toBe(0);
  for (const one of [north, south, boss, colleague]) await expectWhole(one);
  // Given with the account that it hangs on now, it lives again where it was.
  give(boss, other);
  await meet(boss, south, north, colleague);
  expect(rowsOf(south, 'orders', 'notes')).toEqual(['An order of theirs', 'On the wrong account']);
  expect(rowsOf(south, 'order_lines', 'description')).toEqual(['And this', 'Crates', 'Of it']);
  for (const one of [north, south, boss, colleague]) await expectWhole(one);
});

it('what came back and was put on the account again goes there again, and what was written there meanwhile is told', async () => {
  const { north, south, boss, colleague, meet, account, other } = await openGiven();
  await meet(boss);
  const order = insert(north, 'orders', { account_id: account, notes: 'To and fro' });
  const hear = (): void => {
    boss.take(north.send().map((bytes) => north.read(bytes)));
    boss.store.sync.passOn();
  };
  hear();
  await meet(boss, south);
  const there = south.look((db) => db.prepare<[], string>(`SELECT id FROM live_orders WHERE notes = 'To and fro'`).pluck().get());
  update(south, 'orders', there ?? '', { po_ref: 'PO 9' });
  update(north, 'orders', order, { account_id: other });
  hear();
  await meet(south, boss, south);
  expect(rowsOf(south, 'orders', 'notes')).toEqual(['An order of theirs']);
  for (const one of [boss, south])
    expect(one.look((db) => listConflicts(db, 5)).conflicts).toMatchObject([{ row: there, field: '_st', under: ['PO ref'] }]);
  update(north, 'orders', order, { account_id: account });
  hear();
  await meet(boss, south, north, colleague, boss, south);
  expect(rowsOf(south, 'orders', 'notes')).toEqual(['An order of theirs', 'To and fro']);
  expect(rowsOf(south, 'orders', 'po_ref')).toContain('PO 9');
  expect(countLate(boss)).toBe(0);
  for (const one of [north, south, boss, colleague]) await expectWhole(one);
});

/** One has heard that an order went and came back; another, who works in both too, heard that it was put elsewhere before anything else. */
const openBack = async () => {
  const region = await openRegion(2, 1);
  const { north, south, boss, both, more, meet } = region;
  const [, other] = both as [Replica, Replica];
  const [colleague] = more as [Replica];
  const { account } = fill(north);
  const stays = insert(north, 'accounts', { name: 'Other' });
  await meet(north, boss, south, colleague, other);
  give(boss, account);
  await meet(boss);
  const order = insert(north, 'orders', { account_id: account, notes: 'To and fro' });
  const made = north.send().map((bytes) => north.read(bytes));
  colleague.take(made);
  update(colleague, 'orders', order, { account_id: stays });
  const put = colleague.send().map((bytes) => colleague.read(bytes));
  boss.take(made);
  boss.store.sync.passOn();
  boss.take(put);
  boss.store.sync.passOn();
  other.take(put);
  await meet(boss, north, colleague, other, south);
  expect(rowsOf(south, 'orders', 'notes')).toEqual(['An order of theirs']);
  return { ...region, other, colleague, account, stays, order };
};

it('what came back before others heard that it went lives again over there, whoever gives it', async () => {
  const { north, south, boss, other, colleague, stays, meet } = await openBack();
  give(other, stays);
  await meet(other, boss, south, north, colleague, other, boss, south);
  for (const one of [south, boss, other]) {
    expect(rowsOf(one, 'orders', 'notes')).toEqual(['An order of theirs', 'To and fro']);
    expect(one.store.sync.state().conflicts).toBe(0);
  }
  for (const one of [north, south, boss, other, colleague]) await expectWhole(one);
});

it('what came back before others heard that it went lives again over there, whoever passes it on', async () => {
  const { north, south, boss, other, colleague, account, order, meet } = await openBack();
  colleague.store.apply([{ kind: 'update', table: 'orders', id: order, values: { account_id: account } }], edit);
  other.take(colleague.send().map((bytes) => colleague.read(bytes)));
  other.store.sync.passOn();
  await meet(other, south);
  expect(rowsOf(south, 'orders', 'notes')).toEqual(['An order of theirs', 'To and fro']);
  await meet(colleague, boss, south, north, colleague, other, boss, south);
  for (const one of [south, boss, other]) expect(rowsOf(one, 'orders', 'notes')).toEqual(['An order of theirs', 'To and fro']);
  for (const one of [north, south, boss, other, colleague]) await expectWhole(one);
});

it('who begins with a snapshot, or goes on with one, has what comes back as everybody has', async () => {
  const { north, south, boss, both, meet } = await openRegion(3);
  const [, begins, goesOn] = both as [Replica, Replica, Replica];
  const { account } = fill(north);
  const other = insert(north, 'accounts', { name: 'Other' });
  await meet(north, boss, south);
  give(boss, account);
  await meet(boss, goesOn);
  const order = insert(north, 'orders', { account_id: account, notes: 'On the wrong account' });
  const made = north.send().map((bytes) => north.read(bytes));
  for (const one of [boss, goesOn]) {
    one.take(made);
    one.store.sync.passOn();
    one.send();
  }
  for (const snapshot of boss.snapshot()) expect(begins.load(snapshot)).toBe(true);
  update(north, 'orders', order, { account_id: other });
  const put = north.send().map((bytes) => north.read(bytes));
  for (const one of [boss, begins]) one.take(put);
  for (const snapshot of boss.snapshot()) expect(goesOn.load(snapshot)).toBe(true);
  for (const one of [boss, begins, goesOn])
    expect(one.store.get('orders', order)).toMatchObject({ account_id: other, notes: 'On the wrong account' });
});
