/**
 * B2: the last place of a slot, wanted on devices that meet in a folder. Nobody decides: what all have read does. Whoever has nothing to
 * say says so once, and then the folder is quiet.
 */
import fs from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { bookingCommands } from '../../electron/engine/services/booking/bookings.ts';
import { holdIn } from '../../electron/engine/services/booking/slots.ts';
import { wantedWord } from '../../electron/engine/services/booking/wanted-word.ts';
import { createLegal } from '../../electron/engine/services/company/issuing.ts';
import { createRules } from '../../electron/engine/services/rules/rules.ts';
import { createFolderAdmin } from '../../electron/engine/sync/folder-admin.ts';
import { createFolderHub } from '../../electron/engine/sync/folder.ts';
import { createSyncReader } from '../../electron/engine/store/team/sync-read.ts';
import { contract } from '../../shared/contract/index.ts';
import { pageContext } from '../fakes/context.ts';
import { makeTemp } from '../setup/temp.ts';
import { insert } from './region.ts';
import { openReplica } from './replica.ts';
import type { Replica, ReplicaOptions } from './replica.ts';
import { enrol, ROOT, round, SIGNED_TEAM } from './team.ts';
import { imported } from '../services/open.ts';
import { expectWhole } from './whole.ts';

const START = Date.UTC(2026, 0, 15, 9);
const HOUR = 3_600_000;

const openTeam = async (count: number, territories: readonly string[] = []) => {
  let now = START;
  const clock = (): number => now;
  const [folder, root] = [makeTemp(), makeTemp()];
  const rulesOf: ReplicaOptions['rulesOf'] = (ids, store) =>
    createRules({
      env: { clock, ids, zone: 'UTC', locale: 'en-GB' },
      nextNumber: (table) => store()?.nextNumber(table) ?? '',
      legal: createLegal(store),
    });
  const team = Array.from({ length: count }, (_, number) => openReplica({ number, folder, clock, rulesOf }));
  onTestFinished(() => team.forEach((one) => one.close()));
  const hub = createFolderHub(root, SIGNED_TEAM.org);
  for (const [at, one] of team.entries())
    await enrol(hub, one, { ...SIGNED_TEAM.scopes, account: territories[at] ?? SIGNED_TEAM.scopes.account });
  const pieces = (): number => fs.readdirSync(root, { recursive: true }).filter((name) => String(name).endsWith('.seg')).length;
  const meet = (one: Replica) =>
    round(createFolderHub(root, SIGNED_TEAM.org), one, undefined, now, () => wantedWord(one.store, one.store.device.id, now));
  const ask = (
    one: Replica,
    name: 'bookings.book' | 'bookings.rebook' | 'bookings.end' | 'bookings.tender',
    input: object,
  ): string => {
    const env = { ids: one.ids, clock, zone: 'UTC', locale: 'en-GB' };
    const command = bookingCommands({ store: one.store, env })[name] as (input: unknown, context: unknown) => unknown;
    return (command(contract[name].input.parse(input), pageContext) as { readonly id: string }).id;
  };
  return {
    team,
    root,
    pieces,
    meet,
    ask,
    meetAll: async (...ones: readonly Replica[]): Promise<void> => {
      for (const one of ones.length === 0 ? team : ones) await meet(one);
    },
    tick: (ms: number) => {
      now += ms;
    },
    standing: (one: Replica, id: string) => {
      const booking = one.store.get('bookings', id);
      return booking === undefined ? undefined : holdIn(booking, one.store, now);
    },
  };
};

type World = Awaited<ReturnType<typeof openTeam>>;

/** What all of a team know: a slot with one place, another beside it, a partner, and an account of each territory that is asked for. */
const openSlots = async (world: World) => {
  const [ann] = world.team as [Replica];
  const partner = insert(ann, 'partners', { code: 'NLF', name: 'Northline' });
  const slot = (name: string, day: string) =>
    insert(ann, 'slots', { name, kind: 'campaign', starts_on: day, ends_on: day, capacity: 1, partner_id: partner });
  const [last, other] = [slot('Banner A', '2026-02-02'), slot('Banner B', '2026-02-09')];
  await world.meetAll();
  await world.meetAll();
  const hold = (one: Replica, more: object = {}): string => {
    world.tick(1000);
    const account = insert(one, 'accounts', { name: `Of ${one.number}` });
    return world.ask(one, 'bookings.book', { account, partner, kind: 'campaign', slot: last, stage: 'hold', ...more });
  };
  return { last, other, hold };
};

it('B2: of two that take the last place apart one has it everywhere, the other is told where there is room', async () => {
  const world = await openTeam(3);
  const { team, meetAll, standing, ask, pieces } = world;
  const [ann, bob, cid] = team as [Replica, Replica, Replica];
  const { hold, other } = await openSlots(world);
  const [first, second] = [hold(ann), hold(bob)];
  const codes = (one: Replica, id: string) =>
    standing(one, id)
      ?.unheard.map(({ code }) => code)
      .toSorted();
  expect(standing(ann, first)?.hold).toBe('held');
  expect(codes(ann, first)).toEqual([bob, cid].map(({ store }) => store.device.code).toSorted());
  await meetAll(ann, bob, ann);
  expect(standing(ann, first)?.hold).toBe('held');
  expect(codes(ann, first)).toEqual([cid.store.device.code]);
  expect(standing(bob, second)).toMatchObject({ hold: 'lost', unheard: [], alternatives: [{ id: other, name: 'Banner B' }] });
  await meetAll(cid, ann, bob, cid);
  for (const one of team) {
    expect([one.number, standing(one, first)?.hold, standing(one, second)?.hold]).toEqual([one.number, 'confirmed', 'lost']);
    await expectWhole(one);
  }
  // The word of who was idle is no news, no conflict and nothing that waits.
  const away = cid.look((db) => createSyncReader(db).waiting());
  expect(away).toEqual([]);
  for (const one of team) expect(one.store.sync.state()).toMatchObject({ unsent: 0, conflicts: 0, forks: 0 });
  const quiet = pieces();
  for (let turn = 0; turn < 4; turn += 1) await meetAll();
  expect(pieces()).toBe(quiet);

  ask(bob, 'bookings.rebook', { id: second });
  expect(bob.store.get('bookings', second)).toMatchObject({ slot_id: other, status: 'hold' });
  for (let turn = 0; turn < 3; turn += 1) await meetAll();
  for (const one of team) expect(standing(one, second)?.hold).toBe('confirmed');
  const [hash] = team.map((one) => one.hash());
  for (const one of team) expect(one.hash()).toBe(hash);
  const settled = pieces();
  for (let turn = 0; turn < 3; turn += 1) await meetAll();
  expect(pieces()).toBe(settled);
});

it('B2: a word is of one op and tells nobody that anything changed; a snapshot keeps what it said', async () => {
  const world = await openTeam(2);
  const { team, meetAll, standing, meet } = world;
  const [ann, bob] = team as [Replica, Replica];
  const { hold } = await openSlots(world);
  const seen = ann.look((db) => createSyncReader(db).away(0)).upTo;
  const first = hold(ann);
  await meetAll(ann);
  const before = bob.store.sync.state().unsent;
  expect(await meet(bob)).toMatchObject({ sent: 1, warnings: [] });
  expect(bob.store.sync.state().unsent).toBe(before);
  expect(await meet(ann)).toMatchObject({ received: 1 });
  expect(ann.look((db) => createSyncReader(db).away(seen))).toMatchObject({ changes: 0, records: [], older: 0 });
  expect(standing(ann, first)?.hold).toBe('confirmed');
  const cut = ann.snapshot().flatMap((made) => (made.scope === 'north' ? made.cut : []));
  const held = ann.store.stampOf('bookings', first, 'held_at');
  expect(cut.find(({ dev }) => dev === bob.store.device.id)?.hlc).toBeGreaterThan(held?.at ?? Infinity);
});

it('B2: a clock that is behind takes no place that was given already', async () => {
  const world = await openTeam(2);
  const { team, meetAll, standing, tick } = world;
  const [ann, bob] = team as [Replica, Replica];
  const { hold, last } = await openSlots(world);
  const first = hold(ann);
  await meetAll(ann, bob, ann);
  expect(standing(ann, first)?.hold).toBe('confirmed');
  tick(-5 * HOUR);
  expect(() => hold(bob)).toThrow('Banner A has no room for 1');
  // A file brings one all the same.
  const late = bob.ids();
  const held = { slot_id: last, slot_amount: 1, status: 'hold', kind: 'campaign', held_at: START - 9 * HOUR };
  bob.store.apply([{ kind: 'insert', table: 'bookings', id: late, values: held }], imported);
  await meetAll(bob, ann);
  for (const one of team) expect([standing(one, first)?.hold, standing(one, late)?.hold]).toEqual(['confirmed', 'lost']);
});

it('B2: a device that was taken out of the team holds up nobody', async () => {
  const world = await openTeam(3);
  const { team, root, meetAll, standing } = world;
  const [ann, bob, cid] = team as [Replica, Replica, Replica];
  const { hold } = await openSlots(world);
  const first = hold(ann);
  await meetAll(ann, bob, ann);
  expect(standing(ann, first)?.hold).toBe('held');
  await createFolderAdmin(root).revoke(ROOT, cid.store.device.code);
  await meetAll(ann, bob);
  expect([standing(ann, first)?.hold, standing(bob, first)?.hold]).toEqual(['confirmed', 'confirmed']);
});

it('B2: a hold that ends gives its place to who waits for it, and so does one that is let go', async () => {
  const world = await openTeam(2);
  const { team, meetAll, standing, tick, ask } = world;
  const [ann, bob] = team as [Replica, Replica];
  const { hold } = await openSlots(world);
  const [first, second] = [hold(ann), hold(bob)];
  await meetAll();
  await meetAll();
  expect([standing(bob, first)?.hold, standing(bob, second)?.hold]).toEqual(['confirmed', 'lost']);
  ask(bob, 'bookings.end', { id: second, to: 'cancelled', reason: 'Too late', fault: 'nobody' });
  tick(6 * 24 * HOUR);
  const third = hold(bob);
  expect([standing(bob, first)?.hold, standing(bob, third)?.hold]).toEqual(['expired', 'held']);
  await meetAll(bob, ann, bob);
  expect([standing(ann, third)?.hold, standing(bob, third)?.hold]).toEqual(['confirmed', 'confirmed']);
  tick(6 * 24 * HOUR);
  expect(standing(bob, third)?.hold).toBe('expired');
});

it('B2: what is held in a territory that is not worked on here is not seen, and nothing is said to be sure', async () => {
  const world = await openTeam(2, ['north', 'south']);
  const { team, meetAll, standing } = world;
  const [ann, bob] = team as [Replica, Replica];
  const { hold } = await openSlots(world);
  const first = hold(ann);
  for (let turn = 0; turn < 3; turn += 1) await meetAll();
  expect(standing(ann, first)).toMatchObject({ hold: 'held', unheard: [{ code: bob.store.device.code, since: null }] });
});
