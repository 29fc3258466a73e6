/** What comes from a device that is strange: a clock decades off, values no cell holds, a later build, a restored file. */
import fs from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { knowsTable } from '../../electron/engine/store/merge/op.ts';
import { createFolderHub } from '../../electron/engine/sync/folder.ts';
import { companyToday } from '../../electron/engine/services/company/company.ts';
import { isStamp } from '../../shared/domain/hlc.ts';
import type { TableName } from '../../shared/model/index.ts';
import { edit } from '../store/open.ts';
import { makeTemp } from '../setup/temp.ts';
import { openReplica, TEAM } from './replica.ts';
import type { Replica, ReplicaOptions } from './replica.ts';
import { enrol, round, SIGNED_TEAM } from './team.ts';

const START = Date.UTC(2026, 0, 15, 9);
const YEAR = 365.25 * 86_400_000;

const open = (number: number, options: Partial<ReplicaOptions> = {}): Replica => {
  let now = START;
  const replica = openReplica({ number, folder: makeTemp(), clock: () => (now += 7), ...options });
  onTestFinished(() => replica.close());
  return replica;
};
const give = (from: Replica, ...to: readonly Replica[]): void => {
  const segments = from.send().map((bytes) => from.read(bytes));
  for (const one of to) one.take(segments);
};

it('a clock decades ahead moves nobody; what it wrote waits, and is told', async () => {
  const [wrong, fast, mine] = [open(0, { clock: () => START + 30 * YEAR }), open(1, { clock: () => START + 10 * YEAR }), open(2)];
  const hub = createFolderHub(makeTemp(), SIGNED_TEAM.org);
  for (const one of [wrong, fast, mine]) {
    await enrol(hub, one);
    one.store.apply([{ kind: 'insert', table: 'accounts', id: one.ids(), values: { name: `A${one.number}` } }], edit);
  }
  await round(hub, wrong);
  await round(hub, fast);
  const { received, warnings } = await round(hub, mine);
  expect(received).toBe(1);
  expect(warnings.join()).toContain('20 years off');
  mine.store.apply([{ kind: 'insert', table: 'accounts', id: mine.ids(), values: { name: 'After' } }], edit);
  const [last = 0] = mine.read(mine.send().at(-1) ?? Buffer.alloc(0)).payload.o.at(-1) ?? [];
  expect(isStamp(last) && last < (11 * YEAR + START - Date.UTC(2020, 0, 1)) * 4096).toBe(true);
});

it('a moment that is on no day is a bad cell, and a zone that is none is not used', () => {
  const [theirs, mine] = [open(0), open(1)];
  for (const one of [theirs, mine]) one.store.sync.join(TEAM);
  const [good, bad] = [theirs.ids(), theirs.ids()];
  theirs.store.apply(
    [
      { kind: 'insert', table: 'activities', id: good, values: { at: START, summary: 'A' } },
      { kind: 'insert', table: 'activities', id: bad, values: { at: Number.MAX_SAFE_INTEGER, summary: 'B' } },
      { kind: 'insert', table: 'settings', id: theirs.ids(), values: { key: 'zone', value: '"Mars/Base"' } },
    ],
    edit,
  );
  give(theirs, mine);
  expect(mine.store.get('activities', good)?.['at']).toBe(START);
  expect(mine.store.get('activities', bad)?.['at']).toBeNull();
  expect(mine.store.issues('activities', bad).map(({ field }) => field)).toContain('at');
  expect(companyToday(mine.store, { zone: 'UTC', clock: () => START })).toBe('2026-01-15');
  expect(mine.store.nextNumber('orders')).toMatch(/^O26-/);
});

it('a build that did not know a table and a column comes to the same after its upgrade as one that always did', () => {
  const [a, b, always] = [open(0), open(1), open(2)];
  const isOld = { now: true };
  const later = open(3, {
    adaptMerge: (parts) => ({
      ...parts,
      knows: (table): table is TableName => knowsTable(table) && !(isOld.now && table === 'sites'),
    }),
  });
  for (const one of [a, b, always, later]) one.store.sync.join(TEAM);
  const [account, site] = [a.ids(), a.ids()];
  a.store.apply([{ kind: 'insert', table: 'accounts', id: account, values: { name: 'Acme', industry: 'Steel' } }], edit);
  a.store.apply([{ kind: 'insert', table: 'sites', id: site, values: { account_id: account, name: 'One' } }], edit);
  const first = a.send().map((bytes) => a.read(bytes));
  b.take(first);
  b.store.apply([{ kind: 'update', table: 'sites', id: site, values: { name: 'Two' } }], edit);
  const second = b.send().map((bytes) => b.read(bytes));
  a.take(second);
  a.store.apply([{ kind: 'update', table: 'sites', id: site, values: { name: 'Three' } }], edit);
  const third = a.send().map((bytes) => a.read(bytes));
  always.take([...first, ...second, ...third]);
  // What came last is based on what came first: in the order of arrival the base would come after what knew it.
  later.take([...second, ...first, ...third]);
  expect(later.store.get('sites', site)).toBeUndefined();
  isOld.now = false;
  later.meddle((db) => {
    db.prepare(`DELETE FROM meta WHERE k = 'read_by'`).run();
    // As a build without the column has it: beside the columns it knows.
    db.prepare(`UPDATE accounts SET industry = NULL, _extra = '{"industry":"Steel"}'`).run();
  });
  later.reopen();
  expect(later.store.get('sites', site)).toMatchObject({ name: 'Three' });
  expect(later.hash()).toBe(always.hash());
  expect(later.store.sync.state().conflicts).toBe(0);
  expect(later.look((db) => db.prepare('SELECT count(*) FROM deferred').pluck().get())).toBe(0);
});

it('a restored file takes back what it wrote since, gives no number again and sends on as another device', async () => {
  const folder = makeTemp();
  const hub = createFolderHub(makeTemp(), SIGNED_TEAM.org);
  let now = START;
  const clock = (): number => (now += 7);
  const [mine, other] = [openReplica({ number: 0, folder, clock }), open(1)];
  for (const one of [mine, other]) await enrol(hub, one);
  mine.store.close();
  fs.copyFileSync(mine.file, `${mine.file}.old`);
  mine.reopen();
  const order = mine.ids();
  const number = mine.store.nextNumber('orders');
  mine.store.apply([{ kind: 'insert', table: 'orders', id: order, values: { number } }], edit);
  mine.store.apply([{ kind: 'delete', table: 'orders', id: order }], edit);
  await round(hub, mine);
  mine.store.close();
  fs.copyFileSync(`${mine.file}.old`, mine.file);
  const restored = openReplica({ number: 0, folder, clock });
  onTestFinished(() => restored.close());
  for (let made = 0; made < 20; made += 1) restored.ids();
  // Made before the hub was asked: both sides' work stays.
  restored.store.apply([{ kind: 'insert', table: 'accounts', id: restored.ids(), values: { name: 'Since' } }], edit);
  expect(await round(hub, restored)).toMatchObject({ received: 2, sent: 0 });
  await enrol(hub, restored);
  expect(await round(hub, restored)).toEqual({ received: 0, sent: 1, warnings: [], waiting: [] });
  expect(restored.store.nextNumber('orders')).not.toBe(number);
  expect((await round(hub, other)).received).toBe(3);
  expect(other.hash()).toBe(restored.hash());
});
