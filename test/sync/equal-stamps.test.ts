/**
 * Two files under one name whose clocks are behind what they have read: both give the same stamps, one after the other
 * (SYNC.md 2.1). Which branch of their stream comes first to anybody decides nothing.
 */
import { describe, expect, it, onTestFinished } from 'vitest';
import { knowsTable } from '../../electron/engine/store/merge/op.ts';
import type { AdaptMerge } from '../../electron/engine/store/merge/parts.ts';
import type { Incoming } from '../../electron/engine/store/merge/receive.ts';
import type { TableName } from '../../shared/model/index.ts';
import { makeTemp } from '../setup/temp.ts';
import { dice } from './program.ts';
import { update } from './region.ts';
import { openReplica } from './replica.ts';
import type { Replica } from './replica.ts';
import { editOnce } from './simulate.ts';
import { SIGNED_TEAM } from './team.ts';
import { agreed, DAY_AHEAD, doAtOnce, give, kinds, openTied, takeAll, writeOn } from './tied.ts';
import { createVault } from './vault.ts';
import { expectWhole } from './whole.ts';

describe('equal stamps on both branches of a stream', () => {
  it.each(kinds)('%s: who reads one first comes to the same as who reads the other first', async (kind) => {
    const { mine, copy, others, account, order } = openTied(4);
    const [first, second, third, fourth] = others as [Replica, Replica, Replica, Replica];
    doAtOnce(kind, { mine, copy, account, order });
    const [a, b] = [give(mine), give(copy)];
    expect(a.at(-1)?.payload.o.map(([h]) => h)).toEqual(b.at(-1)?.payload.o.map(([h]) => h));
    takeAll(first, [...a, ...b]);
    takeAll(second, [...b, ...a]);
    // Two who write on top of what they saw of one of them.
    writeOn(third, a, account);
    writeOn(fourth, b, account);
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

  it.each(kinds)('%s: who could read nothing of it until an update comes to the same', async (kind) => {
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
    doAtOnce(kind, { mine, copy, account, order });
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
