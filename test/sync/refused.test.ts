/** Moves that two people made without knowing of each other, of which one was not legal any more when its turn came (SYNC.md 1, 17). */
import { expect, it } from 'vitest';
import { countConflicts, listConflicts } from '../../electron/engine/store/team/conflicts.ts';
import type { Db } from '../../electron/engine/store/file/db.ts';
import { createFolderHub } from '../../electron/engine/sync/folder.ts';
import type { StorePatch } from '../../electron/engine/store/api.ts';
import { makeTemp } from '../setup/temp.ts';
import { edit } from '../store/open.ts';
import { insert } from './region.ts';
import type { Replica } from './replica.ts';
import { createTeam, enrol, round, SIGNED_TEAM } from './team.ts';

const moving = (id: string, to: string): StorePatch => ({
  kind: 'transition',
  table: 'orders',
  id,
  field: 'status',
  to,
  why: `to ${to}`,
});
const move = ({ store }: Replica, id: string, ...states: readonly string[]): void => {
  for (const to of states) store.apply([moving(id, to)], edit);
};

const openTwo = async () => {
  const [ann, bob, cid] = createTeam(3) as [Replica, Replica, Replica];
  const hub = createFolderHub(makeTemp(), SIGNED_TEAM.org);
  for (const one of [ann, bob]) await enrol(hub, one);
  const order = insert(ann, 'orders', { notes: 'First' });
  const meet = async (): Promise<void> => {
    for (const one of [ann, bob, ann]) await round(hub, one);
  };
  await meet();
  return { ann, bob, cid, order, meet };
};

const cancelled = (db: Db): number => db.prepare<[], number>("SELECT h FROM trans WHERE dst = 'cancelled'").pluck().get() ?? 0;

const listed = ({ look }: Replica) => look((db) => listConflicts(db, 10)).conflicts;
const told = (one: Replica) => listed(one).map(({ row, field, kept, lost, move: made }) => ({ row, field, kept, lost, made }));
const leaving = (one: Replica, row: string): StorePatch => ({
  kind: 'resolve',
  table: 'orders',
  id: row,
  field: 'status',
  heads: listed(one).map(({ stamp, device }) => [stamp, device] as const),
});

it('the move that came too late is listed on both as the one it is, and left as it is by one for both', async () => {
  const { ann, bob, order, meet } = await openTwo();
  move(ann, order, 'submitted');
  await meet();
  move(ann, order, 'cancelled');
  move(bob, order, 'confirmed');
  await meet();
  const stands = { actor: 'person-1', device: ann.store.device.id, stamp: ann.look(cancelled) };
  const made = { stands, from: 'submitted', meanwhile: 'cancelled', actor: 'person-1', why: 'to confirmed' };
  for (const one of [ann, bob]) {
    expect(one.store.get('orders', order)).toMatchObject({ status: 'cancelled' });
    expect(told(one)).toEqual([{ row: order, field: 'status', kept: 'cancelled', lost: 'confirmed', made }]);
    expect(one.look(countConflicts)).toBe(1);
  }
  bob.store.apply([leaving(bob, order)], edit);
  await meet();
  for (const one of [ann, bob]) expect([told(one), one.look(countConflicts)]).toEqual([[], 0]);
  bob.store.undo(edit);
  await meet();
  for (const one of [ann, bob]) expect(told(one)).toHaveLength(1);
  expect(ann.hash()).toBe(bob.hash());
});

it('two who did the same, or one who took it back, leave nothing to decide', async () => {
  const { ann, bob, order, meet } = await openTwo();
  move(ann, order, 'submitted', 'confirmed');
  move(bob, order, 'submitted');
  await meet();
  for (const one of [ann, bob]) {
    expect(one.store.get('orders', order)).toMatchObject({ status: 'confirmed' });
    expect(told(one)).toEqual([]);
  }
  move(ann, order, 'closed');
  move(bob, order, 'cancelled');
  bob.store.undo(edit);
  await meet();
  for (const one of [ann, bob]) expect(told(one)).toEqual([]);
});

it('what was taken back and done again is to be decided', async () => {
  const { ann, bob, order, meet } = await openTwo();
  move(ann, order, 'submitted', 'confirmed');
  await meet();
  move(ann, order, 'closed');
  move(bob, order, 'cancelled');
  bob.store.undo(edit);
  bob.store.redo(edit);
  await meet();
  for (const one of [ann, bob]) expect(told(one).map(({ lost }) => lost)).toEqual(['cancelled']);
});

it('what was done since after all is decided by that, and of a deleted record nothing is', async () => {
  const { ann, bob, order, meet } = await openTwo();
  move(ann, order, 'submitted', 'confirmed');
  await meet();
  move(ann, order, 'closed');
  move(bob, order, 'cancelled');
  await meet();
  expect(told(bob)).toHaveLength(1);
  ann.store.apply([{ kind: 'delete', table: 'orders', id: order }], edit);
  await meet();
  for (const one of [ann, bob]) expect(told(one)).toEqual([]);
  ann.store.undo(edit);
  await meet();
  for (const one of [ann, bob]) expect(told(one)).toHaveLength(1);
  move(bob, order, 'confirmed', 'cancelled');
  await meet();
  for (const one of [ann, bob]) {
    expect(one.store.get('orders', order)).toMatchObject({ status: 'cancelled' });
    expect(told(one)).toEqual([]);
  }
});

it('who begins with a snapshot is asked as everybody is', async () => {
  const { ann, bob, cid, order, meet } = await openTwo();
  cid.store.sync.join(SIGNED_TEAM);
  move(ann, order, 'submitted', 'cancelled');
  move(bob, order, 'submitted', 'confirmed');
  await meet();
  for (const snapshot of ann.snapshot()) expect(cid.load(snapshot)).toBe(true);
  expect(told(cid)).toEqual(told(ann));
  expect(told(cid)).toHaveLength(1);
});
