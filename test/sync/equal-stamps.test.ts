/**
 * Two files under one name whose clocks are behind what they have read: both give the same stamps, one after the other
 * (SYNC.md 2.1). Which branch of their stream comes first to anybody decides nothing.
 */
import { describe, expect, it, onTestFinished } from 'vitest';
import { readTableIndex } from '../../electron/engine/store/file/local.ts';
import { createOpReader } from '../../electron/engine/store/log/op-reader.ts';
import { knowsTable } from '../../electron/engine/store/merge/op.ts';
import type { AdaptMerge } from '../../electron/engine/store/merge/parts.ts';
import type { Incoming } from '../../electron/engine/store/merge/receive.ts';
import { listConflicts } from '../../electron/engine/store/team/conflicts.ts';
import type { TableName } from '../../shared/model/index.ts';
import { edit } from '../store/open.ts';
import { makeTemp } from '../setup/temp.ts';
import { dice } from './program.ts';
import { insert, update } from './region.ts';
import { openReplica } from './replica.ts';
import type { Replica } from './replica.ts';
import { editOnce } from './simulate.ts';
import { copyOf, createTeam, SIGNED_TEAM } from './team.ts';
import { createVault } from './vault.ts';
import { expectWhole } from './whole.ts';

const MADE = '01234567-89ab-7def-8123-456789abcdef';
const DAY_AHEAD = Date.UTC(2026, 0, 16, 9);

const give = (from: Replica): readonly Incoming[] => from.send().map((bytes) => from.read(bytes));

/** Takes all, in the order given, until nothing of it moves any more. */
const takeAll = (one: Replica, pieces: readonly Incoming[]): void => {
  for (let left = pieces; left.length > 0;) {
    const told = left.map((piece) => [piece, one.take([piece])[0]] as const);
    const waiting = told.filter(([, verdict]) => verdict === 'gap' || verdict === 'fork');
    if (waiting.length === left.length)
      expect.fail(waiting.map(([{ header }, verdict]) => `${header.scope} ${header.dev} ${header.from} ${verdict}`).join('; '));
    left = waiting.map(([piece]) => piece);
  }
};

/** What everybody must agree on, the names of devices in place of their numbers. */
const agreed = (one: Replica): unknown => ({
  hash: one.store.sync.hashes(),
  conflicts: one.look((db) => listConflicts(db, 100)),
  beside: one.look((db) =>
    db.prepare('SELECT tbl, "row", col, h, v.id, val FROM conflict JOIN devices v ON v.idx = d ORDER BY 1, 2, 3, 4, 5').all(),
  ),
  history: one.look((db) => {
    const [index, readOp] = [readTableIndex(db), createOpReader(db)];
    return (['accounts', 'orders', 'contacts'] as const).flatMap((table) =>
      db
        .prepare<[number], { id: string; h: number; device: string; txn: number; pos: number }>(
          `SELECT t.id, h, v.id AS device, txn, pos FROM history i JOIN ${table} t ON t._n = i.n JOIN devices v ON v.idx = i.d
           WHERE i.tbl = ? ORDER BY 1, 2, 3`,
        )
        .all(index.indexOf(table))
        .map(({ txn, pos, ...rest }) => ({ ...rest, op: readOp(txn, pos)?.[1] })),
    );
  }),
});

/** The two files, others who have read what both had, and the pieces of that. */
const openTied = (readers: number) => {
  const [mine, ...others] = createTeam(1 + readers) as [Replica, ...Replica[]];
  const far = openReplica({ number: 50, folder: makeTemp(), clock: () => DAY_AHEAD });
  for (const one of [mine, far, ...others]) one.store.sync.join(SIGNED_TEAM);
  const account = insert(far, 'accounts', { name: 'Of a clock ahead' });
  const before = give(far);
  far.close();
  takeAll(mine, before);
  const order = insert(mine, 'orders', { account_id: account, notes: 'Before the copy' });
  mine.known.push({ table: 'accounts', id: account }, { table: 'orders', id: order });
  for (let at = 0; at < 12; at += 1) editOnce(mine, at * 1009 + 8);
  const all = [...before, ...give(mine)];
  for (const one of others) takeAll(one, all);
  return { mine, copy: copyOf(mine, 7), others, account, order, all };
};

const move = (one: Replica, order: string, to: string): void =>
  void one.store.apply([{ kind: 'transition', table: 'orders', id: order, field: 'status', to, why: null }], edit);

describe('equal stamps on both branches of a stream', () => {
  const kinds: Readonly<Record<string, (one: Replica, rows: { account: string; order: string }, isCopy: boolean) => void>> = {
    'one field': (one, { account }, isCopy) => update(one, 'accounts', account, { city: isCopy ? 'Bath' : 'York' }),
    'one field, which one of them empties': (one, { account }, isCopy) =>
      update(one, 'accounts', account, { name: isCopy ? null : 'Named' }),
    'two fields of one record': (one, { account }, isCopy) =>
      update(one, 'accounts', account, isCopy ? { city: 'Bath' } : { industry: 'Toys' }),
    'one state': (one, { order }, isCopy) => move(one, order, isCopy ? 'submitted' : 'cancelled'),
    'one new record, as giving an account makes it': (one, { account }, isCopy) =>
      void one.store.apply(
        [
          {
            kind: 'insert',
            table: 'orders',
            id: MADE,
            values: isCopy ? { account_id: account, notes: 'Of the copy' } : { account_id: account, currency: 'JPY' },
          },
        ],
        edit,
      ),
    'a record that one deletes': (one, { account }, isCopy) =>
      isCopy
        ? void one.store.apply([{ kind: 'delete', table: 'accounts', id: account }], edit)
        : update(one, 'accounts', account, { city: 'York' }),
  };

  it.each(Object.keys(kinds))('%s: who reads one first comes to the same as who reads the other first', async (kind) => {
    const { mine, copy, others, account, order } = openTied(4);
    const [first, second, third, fourth] = others as [Replica, Replica, Replica, Replica];
    for (const [one, isCopy] of [
      [mine, false],
      [copy, true],
    ] as const)
      kinds[kind]?.(one, { account, order }, isCopy);
    const [a, b] = [give(mine), give(copy)];
    expect(a.at(-1)?.payload.o.map(([h]) => h)).toEqual(b.at(-1)?.payload.o.map(([h]) => h));
    takeAll(first, [...a, ...b]);
    takeAll(second, [...b, ...a]);
    // Two who write on top of what they saw of one of them.
    for (const [one, seen] of [
      [third, a],
      [fourth, b],
    ] as const) {
      takeAll(one, seen);
      if (one.store.get('accounts', account) !== undefined)
        update(one, 'accounts', account, { city: `Seen by ${one.number}`, industry: 'Food' });
    }
    expect(agreed(second)).toEqual(agreed(first));
    const [c, d] = [give(third), give(fourth)];
    takeAll(first, [...c, ...d]);
    takeAll(second, [...d, ...c]);
    takeAll(third, [...d, ...b]);
    takeAll(fourth, [...a, ...c]);
    for (const one of others) {
      expect(agreed(one)).toEqual(agreed(first));
      await expectWhole(one);
    }
  });

  it.each(Object.keys(kinds))('%s: who could read nothing of it until an update comes to the same', async (kind) => {
    const { mine, copy, others, account, order, all } = openTied(2);
    const [first, third] = others as [Replica, Replica];
    let isOld = true;
    const adaptMerge: AdaptMerge = (parts) => ({
      ...parts,
      knows: (table): table is TableName => knowsTable(table) && !isOld,
    });
    const older = openReplica({ number: 30, folder: makeTemp(), clock: () => DAY_AHEAD, adaptMerge });
    onTestFinished(() => older.close());
    older.store.sync.join(SIGNED_TEAM);
    takeAll(older, all);
    // Written by who had seen nothing of either, later than both.
    if (kind.startsWith('one field')) update(third, 'accounts', account, { city: 'Beside both', name: 'Beside both' });
    for (const [one, isCopy] of [
      [mine, false],
      [copy, true],
    ] as const)
      kinds[kind]?.(one, { account, order }, isCopy);
    const pieces = [...give(mine), ...give(copy), ...give(third)];
    for (const one of [first, older]) takeAll(one, pieces);
    isOld = false;
    older.meddle((db) => db.prepare(`DELETE FROM meta WHERE k = 'read_by'`).run());
    older.reopen();
    expect(older.look((db) => db.prepare('SELECT count(*) FROM deferred').pluck().get())).toBe(0);
    expect(agreed(older)).toEqual(agreed(first));
    await expectWhole(older);
  });

  it('the value that says more stands, and the other is kept beside it', () => {
    const { mine, copy, others, account } = openTied(2);
    update(mine, 'accounts', account, { city: 'Bath' });
    update(copy, 'accounts', account, { city: 'York' });
    const [a, b] = [give(mine), give(copy)];
    const [one, other] = others as [Replica, Replica];
    takeAll(one, [...a, ...b]);
    takeAll(other, [...b, ...a]);
    for (const { store, look } of [one, other]) {
      expect(store.get('accounts', account)).toMatchObject({ city: 'York' });
      expect(look((db) => db.prepare('SELECT col, val FROM conflict').all())).toEqual([{ col: 'city', val: '"Bath"' }]);
    }
  });

  it.each([5, 8])('whatever both and others write, in whatever order it comes (seed %i)', { timeout: 120_000 }, async (seed) => {
    const roll = dice(seed);
    const { mine, copy, others } = openTied(4);
    const [, , early, late] = others as [Replica, Replica, Replica, Replica];
    const common = mine.known.slice(0, 6);
    const vault = createVault();
    vault.give(mine);
    const given = new Map<Replica, Incoming[]>();
    for (let turn = 0; turn < 40; turn += 1) {
      const from = [mine, copy, early, late][roll(4)] ?? mine;
      for (let at = 0; at < 3; at += 1) {
        // Always of the same few records.
        from.known.splice(0, from.known.length, ...common);
        editOnce(from, roll(2 ** 30));
      }
      from.store.sync.seal();
      vault.give(from);
      given.set(from, [...(given.get(from) ?? []), ...give(from)]);
      // The two meet nobody; the others read some of what there is.
      const to = [early, late][roll(2)] ?? early;
      vault.take(to, () => roll(3) > 0);
      for (const [by, pieces] of given) if (by !== to && roll(10) < 6) for (const piece of pieces) to.take([piece]);
    }
    const pieces = [...given.values()].flat();
    const stamps = new Set<string>();
    const twice = pieces
      .filter(({ header }) => header.dev === mine.store.sync.device)
      .flatMap(({ payload: { o } }) => o.map(([h, , , row]) => `${h} ${row}`))
      .filter((name) => stamps.size === stamps.add(name).size);
    expect(twice.length).toBeGreaterThan(0);
    mine.rekey();
    for (const [at, one] of [...others, mine].entries()) {
      const mix = dice(seed * 10 + at);
      // Those of each file in their order, between one another in any.
      const left = [...given].filter(([by]) => by !== one).map(([, some]) => [...some]);
      const mixed: Incoming[] = [];
      for (let some = left; some.length > 0; some = some.filter(({ length }) => length > 0))
        mixed.push(...(some[mix(some.length)]?.splice(0, 1 + mix(3)) ?? []));
      takeAll(one, mixed);
      vault.take(one, () => true);
    }
    for (const one of [...others, mine]) {
      expect(agreed(one)).toEqual(agreed(others[0] as Replica));
      await expectWhole(one);
    }
  });
});
