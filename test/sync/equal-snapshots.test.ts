/**
 * Two files under one name that gave the same stamps, and who begins with a snapshot of that (SYNC.md 2.1, 2.8): they come to the
 * same as who read all of it, whoever made it and whichever file that one read first.
 */
import { expect, it } from 'vitest';
import { update } from './region.ts';
import type { Replica } from './replica.ts';
import { copyOf } from './team.ts';
import { doAtOnce, give, kinds, openTied, standing, takeAll, writeOn } from './tied.ts';
import { expectWhole } from './whole.ts';

const loadAll = (one: Replica, from: Replica): void => {
  for (const snapshot of from.snapshot()) expect(one.load(snapshot)).toBe(true);
};

it.each(kinds)('%s: who begins with a snapshot has what the others have, and what comes later of it', async (kind) => {
  const { mine, copy, others, late, account, order } = openTied(5, 7);
  const [first, second, third, fourth, fifth] = others as [Replica, Replica, Replica, Replica, Replica];
  doAtOnce(kind, { mine, copy, account, order });
  const [a, b] = [give(mine), give(copy)];
  takeAll(first, [...a, ...b]);
  takeAll(second, [...b, ...a]);
  const makers = [first, second];
  for (const [at, maker] of makers.entries())
    for (const one of late.slice(at * 2, at * 2 + 2)) {
      loadAll(one, maker);
      expect(standing(one)).toEqual(standing(first));
    }
  const later = late.slice(0, 4);
  // One who has seen nothing of either, and whose clock is ahead.
  update(fifth, 'accounts', account, { industry: 'Unseen' });
  update(fifth, 'accounts', account, { city: 'Unseen', name: 'Unseen' });
  const e = give(fifth);
  for (const one of [...makers, ...later]) takeAll(one, e);
  for (const one of [second, ...later]) expect(standing(one)).toEqual(standing(first));
  loadAll(late[6] as Replica, second);
  expect(standing(late[6] as Replica)).toEqual(standing(first));
  // Two who write on top of what they saw of one of them.
  writeOn(third, a, account);
  writeOn(fourth, b, account);
  const [c, d] = [give(third), give(fourth)];
  for (const [at, one] of [...makers, ...later, late[6] as Replica].entries()) {
    takeAll(one, at % 2 === 0 ? [...c, ...d] : [...d, ...c]);
    expect(standing(one)).toEqual(standing(first));
  }
  for (const [at, maker] of makers.entries()) loadAll(late[4 + at] as Replica, maker);
  for (const one of late) expect(standing(one)).toEqual(standing(first));
  for (const at of [0, 3, 5, 6]) await expectWhole(late[at] as Replica);
});

it('of three files under one name the value that says most stands, and the next beside it, also for who begins with a snapshot', () => {
  const { mine, copy, others, late, account } = openTied(3, 3);
  const another = copyOf(copy, 41);
  const pieces = Object.entries({ Alba: mine, Bath: copy, York: another }).map(([city, one]) => {
    update(one, 'accounts', account, { city });
    return give(one);
  });
  const [a = [], b = [], c = []] = pieces;
  const orders = [
    [c, b, a],
    [b, c, a],
    [a, b, c],
  ];
  for (const [at, order] of orders.entries()) {
    const [maker, one] = [others[at], late[at]] as [Replica, Replica];
    takeAll(maker, order.flat());
    loadAll(one, maker);
    for (const { store, look } of [maker, one]) {
      expect(store.get('accounts', account)).toMatchObject({ city: 'York' });
      expect(look((db) => db.prepare('SELECT col, val FROM conflict').all())).toEqual([{ col: 'city', val: '"Bath"' }]);
    }
    expect(standing(one)).toEqual(standing(maker));
  }
});
