/** What others did while nobody looked, as a person is told of it. */
import { expect, it } from 'vitest';
import { createSyncReader } from '../../electron/engine/store/team/sync-read.ts';
import { insert, update } from './region.ts';
import { TEAM } from './replica.ts';
import type { Replica } from './replica.ts';
import { createTeam } from './team.ts';

it('what came with a snapshot is counted, what came since is listed, and what was looked at is neither', () => {
  const [ann, bob] = createTeam(2) as [Replica, Replica];
  for (const one of [ann, bob]) one.store.sync.join(TEAM);
  const firm = insert(ann, 'accounts', { name: 'Acme' });
  for (const city of ['Hull', 'Leith', 'Crail']) update(ann, 'accounts', firm, { city });
  ann.send();
  for (const snapshot of ann.snapshot()) expect(bob.load(snapshot)).toBe(true);
  const away = (after: number) => bob.look((db) => createSyncReader(db).away(after));
  // Of the three cities the last: what was replaced is in no snapshot.
  expect(away(0)).toMatchObject({ changes: 0, records: [], older: 2 });
  update(ann, 'accounts', firm, { city: 'Wick' });
  bob.take(ann.send().map((bytes) => ann.read(bytes)));
  const { upTo, ...told } = away(0);
  expect(told).toMatchObject({ changes: 1, records: [{ title: 'Acme' }], older: 2 });
  expect(away(upTo)).toMatchObject({ upTo, changes: 0, records: [], older: 0 });
});
