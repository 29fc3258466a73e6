/**
 * A device of an older build in the team (SYNC.md 1.9, 2.9): it has no table for some of what comes, no column for some, and does
 * not know that one of them is a state. It keeps all of it, gives it on in snapshots, and after its update is like one that
 * always knew.
 */
import { describe, expect, it, onTestFinished } from 'vitest';
import { openSegment, sealPayload } from '../../electron/engine/store/log/segments.ts';
import type { Header } from '../../electron/engine/store/log/segments.ts';
import { compareReplicas } from '../../electron/engine/store/team/compare.ts';
import { knowsTable } from '../../electron/engine/store/merge/op.ts';
import type { Incoming } from '../../electron/engine/store/merge/receive.ts';
import { createFolderHub } from '../../electron/engine/sync/folder.ts';
import type { Hub } from '../../electron/engine/sync/hub.ts';
import { encodeSegment, parseSegment } from '../../electron/engine/sync/segment-file.ts';
import type { TableName } from '../../shared/model/index.ts';
import { fieldOfRegister } from '../../shared/model/registers.ts';
import { edit } from '../store/open.ts';
import { makeTemp } from '../setup/temp.ts';
import { dice } from './program.ts';
import { openReplica, TEAM } from './replica.ts';
import type { Replica } from './replica.ts';
import { createVault } from './vault.ts';
import { editOnce } from './simulate.ts';
import { enrol, round, SIGNED_TEAM } from './team.ts';
import { expectWhole } from './whole.ts';

const START = Date.UTC(2026, 0, 15, 9);
const ALWAYS = { takeAt: 1, makeAt: 1, pause: 0 };
const NEVER = { takeAt: Number.MAX_SAFE_INTEGER, makeAt: Number.MAX_SAFE_INTEGER, pause: 0 };

const NEW_TABLES = new Set<string>(['sites', 'schedule_lines']);
const NEW_COLUMNS = new Set(['accounts.industry', 'accounts.tier', 'orders.status', 'orders.freight']);

const createOffice = () => {
  let now = START;
  const folder = makeTemp();
  const clock = (): number => (now += 7);
  let made = 0;
  const keep = <R extends Replica>(replica: R): R => {
    onTestFinished(() => replica.close());
    return replica;
  };
  return {
    newer: (): Replica => keep(openReplica({ number: made++, folder, clock })),
    /** Of an older build until it is updated. */
    older: () => {
      let isOld = true;
      const replica = openReplica({
        number: made++,
        folder,
        clock,
        adaptMerge: (parts) => ({
          ...parts,
          knows: (table): table is TableName => knowsTable(table) && !(isOld && NEW_TABLES.has(table)),
          knowsRegister: (layout, register) =>
            parts.knowsRegister(layout, register) && !(isOld && NEW_COLUMNS.has(`${layout.name}.${fieldOfRegister(register)}`)),
        }),
      });
      const update = (): void => {
        isOld = false;
        replica.meddle((db) => db.prepare(`DELETE FROM meta WHERE k = 'read_by'`).run());
        replica.reopen();
      };
      return keep(Object.assign(replica, { update }));
    },
  };
};

const count = ({ look }: Replica, sql: string): number => look((db) => db.prepare<[], number>(sql).pluck().get() ?? 0);
const waiting = (one: Replica): number => count(one, 'SELECT count(*) FROM deferred');

const set = ({ store }: Replica, table: TableName, id: string, values: Readonly<Record<string, string>>): void =>
  void store.apply([{ kind: 'update', table, id, values }], edit);
const remove = ({ store }: Replica, table: TableName, id: string): void =>
  void store.apply([{ kind: 'delete', table, id }], edit);

/** All that replicas agree on, and all that each derives from it. */
const expectSame = async (one: Replica, other: Replica): Promise<void> => {
  const { rows } = compareReplicas(one.store.sync, other.store.sync, 10);
  expect(rows.map(({ table, row, where }) => `${where} ${table} ${row}`)).toEqual([]);
  await expectWhole(one);
};

/** Two of the newer build and one of the older, who meet in a folder; an account with a site, and an order, of each sort. */
const openOffice = async () => {
  const { newer, older } = createOffice();
  const [mine, yours, old] = [newer(), newer(), older()] as const;
  const folder = makeTemp();
  const hubs = new Map<Replica, Hub>();
  const hubOf = (one: Replica): Hub => {
    const hub = hubs.get(one) ?? createFolderHub(folder, SIGNED_TEAM.org);
    hubs.set(one, hub);
    return hub;
  };
  for (const one of [mine, yours, old]) await enrol(hubOf(one), one);
  const [account, site, order, doomed, lost] = [mine.ids(), mine.ids(), mine.ids(), mine.ids(), mine.ids()] as const;
  mine.store.apply(
    [
      { kind: 'insert', table: 'accounts', id: account, values: { name: 'Acme', industry: 'Steel' } },
      { kind: 'insert', table: 'sites', id: site, values: { account_id: account, name: 'One' } },
      { kind: 'insert', table: 'orders', id: order, values: { account_id: account, notes: 'first' } },
      { kind: 'insert', table: 'accounts', id: doomed, values: { name: 'Gone soon', tier: 'a' } },
      { kind: 'insert', table: 'sites', id: lost, values: { account_id: doomed, name: 'Gone too' } },
    ],
    edit,
  );
  const meet = async (...team: readonly Replica[]): Promise<readonly string[]> => {
    const told: string[] = [];
    for (const one of team) told.push(...(await round(hubOf(one), one, NEVER)).warnings);
    return told;
  };
  await meet(mine, yours, old);
  return { newer, mine, yours, old, account, site, order, doomed, lost, hubOf, meet };
};

/** Both newer ones write, without knowing of each other, what the older has no place for. */
const disagree = ({ mine, yours, account, site, order }: Awaited<ReturnType<typeof openOffice>>): void => {
  set(mine, 'sites', site, { name: 'Two' });
  set(mine, 'sites', site, { name: 'Three' });
  set(yours, 'sites', site, { name: 'Other' });
  set(mine, 'accounts', account, { industry: 'Iron' });
  set(yours, 'accounts', account, { industry: 'Glass' });
  for (const to of ['submitted', 'confirmed']) set(mine, 'orders', order, { status: to });
  set(yours, 'orders', order, { status: 'cancelled' });
};

describe('an older build', () => {
  it('works on with a newer one, loses nothing, and after its update is like one that always knew', async () => {
    const office = await openOffice();
    const { mine, yours, old, account, site, order, doomed, lost, meet, newer, hubOf } = office;
    expect(old.store.get('accounts', account)).toMatchObject({ name: 'Acme', industry: null });
    expect(old.store.get('sites', site)).toBeUndefined();
    expect(waiting(old)).toBe(2);
    disagree(office);
    set(old, 'accounts', account, { name: 'Acme Ltd' });
    set(old, 'orders', order, { notes: 'of the older' });
    remove(old, 'accounts', doomed);
    expect(await meet(old, mine, yours, old, mine, yours, old)).toEqual([]);
    // What it wrote is everybody's, and took nothing of what it does not know.
    for (const one of [mine, yours]) {
      expect(one.store.get('accounts', account)).toMatchObject({ name: 'Acme Ltd' });
      expect(['Iron', 'Glass']).toContain(one.store.get('accounts', account)?.['industry']);
      expect(one.store.get('accounts', doomed)).toBeUndefined();
      expect(one.store.get('sites', lost)).toBeUndefined();
    }
    old.update();
    expect(waiting(old)).toBe(0);
    expect(old.store.get('sites', site)).toMatchObject(mine.store.get('sites', site) ?? {});
    expect(old.store.get('orders', order)?.['status']).toBe(mine.store.get('orders', order)?.['status']);
    expect(old.store.sync.state().conflicts).toBe(mine.store.sync.state().conflicts);
    expect(old.store.get('sites', lost)).toBeUndefined();
    const late = newer();
    await enrol(hubOf(late), late);
    await meet(late);
    for (const one of [yours, old, late]) await expectSame(one, mine);
    // And works on with what it knows now.
    set(old, 'sites', site, { name: 'Of the updated' });
    await meet(old, mine);
    expect(mine.store.get('sites', site)).toMatchObject({ name: 'Of the updated' });
    await expectSame(old, mine);
  });

  it('makes a snapshot that says what it could not read: who begins with it has the conflicts of it, too', async () => {
    const office = await openOffice();
    const { mine, yours, old, meet, newer, hubOf } = office;
    disagree(office);
    await meet(mine, yours, mine, old);
    await round(hubOf(old), old, ALWAYS);
    const late = newer();
    await enrol(hubOf(late), late);
    await round(hubOf(late), late, { ...ALWAYS, makeAt: NEVER.makeAt });
    expect(count(late, 'SELECT count(*) FROM segments WHERE state = 3')).toBeGreaterThan(0);
    expect(waiting(late)).toBe(0);
    expect(count(late, `SELECT count(*) FROM conflict WHERE tbl = 'sites'`)).toBe(1);
    await meet(yours);
    await expectSame(late, mine);
    await expectSame(yours, mine);
  });

  it('takes no snapshot of what it could not read later: it replays, or says that it is to be updated', async () => {
    const office = await openOffice();
    const { mine, yours, old, site, account, meet, hubOf } = office;
    disagree(office);
    await meet(mine, yours, mine);
    await round(hubOf(mine), mine, ALWAYS);
    const hub = hubOf(old);
    // The pieces are gone from the hub: there is the snapshot alone.
    const compacted: Hub = { ...hub, get: () => Promise.resolve([]), around: () => Promise.resolve(null) };
    const before = old.hash();
    const told = await round(compacted, old, { ...ALWAYS, makeAt: NEVER.makeAt });
    expect(told).toMatchObject({ received: 0, warnings: [expect.stringContaining('Update this one') as string] });
    expect(old.hash()).toBe(before);
    // With the pieces, nothing is missing meanwhile.
    expect((await round(hub, old, { ...ALWAYS, makeAt: NEVER.makeAt })).received).toBeGreaterThan(0);
    set(old, 'accounts', account, { name: 'Meanwhile' });
    await meet(old, mine, yours);
    old.update();
    expect(old.store.get('sites', site)).toMatchObject(mine.store.get('sites', site) ?? {});
    await expectSame(old, mine);
    await expectSame(yours, mine);
  });

  it('takes that snapshot once it is updated', async () => {
    const office = await openOffice();
    const { mine, yours, old, meet, hubOf } = office;
    disagree(office);
    await meet(mine, yours, mine);
    await round(hubOf(mine), mine, ALWAYS);
    old.update();
    const hub = hubOf(old);
    const compacted: Hub = { ...hub, get: () => Promise.resolve([]), around: () => Promise.resolve(null) };
    expect((await round(compacted, old, { ...ALWAYS, makeAt: NEVER.makeAt })).received).toBeGreaterThan(0);
    await expectSame(old, mine);
  });

  it('only reads where a newer one says that it must, and says so; what it did before is given', async () => {
    const { mine, yours, old, account, hubOf, meet } = await openOffice();
    set(old, 'accounts', account, { name: 'Before' });
    set(mine, 'accounts', account, { city: 'York' });
    mine.store.sync.seal();
    const [piece] = mine.store.sync.unsent(1);
    if (piece === undefined) throw new Error('Nothing to give');
    const giveAs = async (minsv: number): Promise<void> => {
      const header = JSON.parse(piece.head) as Header;
      const sealed = sealPayload(openSegment(piece.body), { ...header, sv: minsv, minsv });
      const segment = parseSegment(encodeSegment({ ...sealed, sig: mine.pair.sign(sealed.hash) }));
      if (typeof segment === 'string') throw new Error(segment);
      expect(await hubOf(mine).put(segment)).toBe('ok');
    };
    const { schema } = old.store.sync;
    await giveAs(schema + 1);
    const { received, sent, warnings } = await round(hubOf(old), old);
    expect({ received, sent }).toEqual({ received: 1, sent: 1 });
    expect(warnings).toEqual([expect.stringContaining('Update this one') as string]);
    expect(old.store.get('accounts', account)).toMatchObject({ name: 'Before', city: 'York' });
    for (const act of [
      () => set(old, 'accounts', account, { name: 'After' }),
      () => remove(old, 'accounts', account),
      () => old.store.undo(edit),
    ])
      expect(act).toThrow(expect.objectContaining({ code: 'read-only' }));
    expect(old.store.get('accounts', account)).toMatchObject({ name: 'Before' });
    // What is nobody else's, and what all share, is not of that territory.
    const [view, product] = [old.ids(), old.ids()];
    old.store.apply([{ kind: 'insert', table: 'saved_views', id: view, values: { name: 'Mine' } }], edit);
    old.store.apply([{ kind: 'insert', table: 'products', id: product, values: { name: 'Crate' } }], edit);
    // What others do still arrives.
    set(yours, 'accounts', account, { notes: 'Still here' });
    await meet(yours);
    await round(hubOf(old), old);
    expect(old.store.get('accounts', account)).toMatchObject({ notes: 'Still here' });
    old.reopen();
    expect(() => set(old, 'accounts', account, { name: 'After' })).toThrow(expect.objectContaining({ code: 'read-only' }));
    // A build of that schema works on.
    old.meddle((db) => db.prepare(`UPDATE meta SET v = json_object('north', ?) WHERE k = 'needed_schema'`).run(schema));
    old.reopen();
    set(old, 'accounts', account, { name: 'After' });
    expect(old.store.sync.outgrown()).toEqual([]);
  });

  it.each([1, 5, 7, 8])('comes to the same whatever came in whatever order, and by whomever (seed %i)', async (seed) => {
    const roll = dice(seed);
    const { newer, older } = createOffice();
    const [a, b, old, always] = [newer(), newer(), older(), newer()] as const;
    const team: readonly Replica[] = [a, b, old, always];
    for (const one of team) one.store.sync.join(TEAM);
    const hub: Incoming[] = [];
    const vault = createVault();
    const pull = (one: Replica, share: number): void => {
      vault.take(one, () => roll(10) < share);
      let left = hub.filter(({ header }) => header.dev !== one.store.sync.device && roll(10) < share);
      for (let isMoving = true; isMoving;) {
        isMoving = false;
        left = left.filter((segment) => {
          const [verdict] = one.take([segment]);
          isMoving ||= verdict === 'ok';
          if (verdict === 'ok')
            for (const [, kind, at, id] of segment.payload.o) {
              const table = segment.payload.t[at] ?? '';
              if (kind === 'i' && knowsTable(table)) one.known.push({ table, id });
            }
          return verdict === 'gap';
        });
      }
    };
    const send = (one: Replica): void => {
      one.store.sync.seal();
      vault.give(one);
      hub.push(...one.send().map((bytes) => one.read(bytes)));
    };
    const namesOf = (one: Replica) =>
      one.known.filter(({ table, id }) => table === 'accounts' && one.store.get(table, id) !== undefined);
    for (let step = 0; step < 70; step += 1) {
      const one = [a, b][roll(2)] ?? a;
      const what = roll(10);
      if (what < 5) editOnce(one, roll(2 ** 30));
      else if (what === 5) {
        const [account] = namesOf(old);
        if (account !== undefined) set(old, 'accounts', account.id, { name: `By the older ${step}` });
        send(old);
      } else if (what === 6) pull(old, 7);
      else if (what === 7) send(one);
      else pull(one, 7);
    }
    for (const one of team) send(one);
    pull(old, 10);
    // Somebody begins with what the older one has, before and after its update.
    const begun = [newer(), newer()];
    const begin = (one: Replica): void => {
      one.store.sync.join(TEAM);
      for (const snapshot of old.snapshot()) expect(one.load(snapshot)).toBe(true);
    };
    begin(begun[0] as Replica);
    expect(count(old, 'SELECT count(*) FROM sites')).toBe(0);
    old.update();
    begin(begun[1] as Replica);
    for (const one of [...team, ...begun]) pull(one, 10);
    for (const one of [a, b, old, ...begun]) await expectSame(one, always);
  });
});
