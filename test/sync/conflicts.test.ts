/** What two people wrote without knowing of each other, as it is listed for a person to decide (SYNC.md 2.4). */
import { expect, it } from 'vitest';
import { listConflicts } from '../../electron/engine/store/team/conflicts.ts';
import { insert, update } from './region.ts';
import { TEAM } from './replica.ts';
import type { Replica } from './replica.ts';
import { createTeam } from './team.ts';

const exchange = (one: Replica, other: Replica): void => {
  const [given, back] = [one.send(), other.send()];
  other.take(given.map((bytes) => one.read(bytes)));
  one.take(back.map((bytes) => other.read(bytes)));
};

it('the one that is to be decided is listed, however many wrote the same since', () => {
  const [ann, bob] = createTeam(2) as [Replica, Replica];
  for (const one of [ann, bob]) one.store.sync.join(TEAM);
  const accounts = Array.from({ length: 12 }, (_, at) => insert(ann, 'accounts', { name: `Firm ${at}` }));
  exchange(ann, bob);
  const [first = '', ...others] = accounts;
  update(ann, 'accounts', first, { city: 'Hull' });
  update(bob, 'accounts', first, { city: 'Leith' });
  for (const one of [ann, bob]) for (const id of others) update(one, 'accounts', id, { city: 'Crail' });
  exchange(ann, bob);
  for (const one of [ann, bob]) {
    const { count, conflicts } = one.look((db) => listConflicts(db, 5));
    expect(count).toBe(1);
    expect(conflicts.map(({ row, field }) => [row, field])).toEqual([[first, 'city']]);
  }
});
