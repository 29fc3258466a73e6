/** Two devices meet: what each of them did, and what both did to the same thing. */
import { expect, it, onTestFinished } from 'vitest';
import { edit } from '../store/open.ts';
import { makeTemp } from '../setup/temp.ts';
import type { StorePatch } from '../../electron/engine/store/api.ts';
import { openReplica, TEAM } from './replica.ts';
import type { Replica } from './replica.ts';
import { expectWhole } from './whole.ts';

const insert = (table: string, id: string, values: object): StorePatch => ({ kind: 'insert', table, id, values }) as StorePatch;
const update = (table: string, id: string, values: object): StorePatch => ({ kind: 'update', table, id, values }) as StorePatch;

const START = Date.UTC(2026, 0, 15, 9);

const openTeam = (count: number): { readonly team: readonly Replica[]; readonly tick: (ms: number) => void } => {
  let now = START;
  const folder = makeTemp();
  const team = Array.from({ length: count }, (_, number) => openReplica({ number, folder, clock: () => now }));
  onTestFinished(() => team.forEach((one) => one.close()));
  return {
    team,
    tick: (ms) => {
      now += ms;
    },
  };
};

/** Everybody gives all others what they have not sent. */
const meet = (team: readonly Replica[]): void => {
  for (const one of team) {
    const segments = one.send().map((bytes) => one.read(bytes));
    for (const other of team) if (other !== one) expect(other.take(segments).every((verdict) => verdict === 'ok')).toBe(true);
  }
};

const expectSame = (team: readonly Replica[]): void => {
  const [first, ...others] = team.map((one) => one.hash());
  for (const other of others) expect(other).toBe(first);
};

it("a row of which only changes have come is nobody's to write until it is here", async () => {
  const { team } = openTeam(3);
  const [a, b, c] = team as [Replica, Replica, Replica];
  for (const one of team) one.store.sync.join(TEAM);
  const id = a.ids();
  a.store.apply([insert('accounts', id, { name: 'Acme' })], edit);
  const [first] = [a.send().map((bytes) => a.read(bytes))];
  b.take(first);
  b.store.apply([update('accounts', id, { name: 'Acme 2' })], edit);
  const second = b.send().map((bytes) => b.read(bytes));
  c.take(second);
  for (const kind of ['undelete', 'delete'] as const)
    expect(() => c.store.apply([{ kind, table: 'accounts', id }], edit)).toThrow(/not here/);
  expect(() => c.store.apply([update('accounts', id, { name: 'Mine' })], edit)).toThrow(/not here/);
  c.take(first);
  a.take(second);
  expect(c.store.get('accounts', id)).toMatchObject({ name: 'Acme 2' });
  meet(team);
  expectSame(team);
  await expectWhole(c);
});

it('brings everything that was there before the team to everybody, with its stamps', async () => {
  const { team, tick } = openTeam(2);
  const [a, b] = team as [Replica, Replica];
  const [account, order, line] = [a.ids(), a.ids(), a.ids()];
  a.store.apply([insert('accounts', account, { name: 'Acme', credit_limit: 5 })], edit);
  a.store.apply([update('accounts', account, { name: 'Acme 2', x_aaaaaaaa: 'kept' })], edit);
  tick(5);
  a.store.apply([insert('orders', order, { account_id: account, currency: 'JPY' })], edit);
  a.store.apply(
    [insert('order_lines', line, { order_id: order, qty: 2_000_000, price: 3_000_000, discount: { '?': 'some' } })],
    edit,
  );
  a.store.apply([{ kind: 'transition', table: 'orders', id: order, field: 'status', to: 'submitted', why: 'ready' }], edit);
  const gone = a.ids();
  a.store.apply([insert('accounts', gone, { name: 'Gone' })], edit);
  a.store.apply([{ kind: 'delete', table: 'accounts', id: gone }], edit);
  for (const one of team) one.store.sync.join(TEAM);
  meet(team);
  expectSame(team);
  expect(b.store.get('accounts', account)).toMatchObject({ name: 'Acme 2', x_aaaaaaaa: 'kept', credit_limit: 5 });
  expect(b.store.get('orders', order)).toMatchObject({ status: 'submitted' });
  expect(b.store.get('accounts', gone)).toBeUndefined();
  // Steps from before can still be taken back, and that reaches everybody.
  a.store.undo(edit);
  a.store.undo(edit);
  a.store.undo(edit);
  meet(team);
  expectSame(team);
  expect(b.store.get('orders', order)).toMatchObject({ status: 'draft' });
  await expectWhole(b);
});
