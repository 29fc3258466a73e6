/** Clocks beside that of a real PostgreSQL (SYNC.md 2.5, invariant 27): what is stamped too far ahead is refused, and put right. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { MAX_STAMP, stampAt } from '../../shared/domain/hlc.ts';
import { createFolderHub } from '../../electron/engine/sync/folder.ts';
import type { Hub } from '../../electron/engine/sync/hub.ts';
import { runRound } from '../../electron/engine/sync/round.ts';
import type { RoundResult } from '../../electron/engine/sync/round.ts';
import { hashSegment } from '../../electron/engine/store/log/segments.ts';
import { readPublicKey } from '../../electron/engine/sync/keys.ts';
import { encodeSegment, openSealed, parseSegment } from '../../electron/engine/sync/segment-file.ts';
import type { SealedSegment } from '../../electron/engine/sync/segment-file.ts';
import { edit } from '../store/open.ts';
import { makeTemp } from '../setup/temp.ts';
import { sealed, write } from './hub-contract.ts';
import { openReplica } from './replica.ts';
import type { Replica } from './replica.ts';
import { passwordOf, usePostgres, why } from './postgres-world.ts';
import { enrol, SIGNED_TEAM } from './team.ts';
import { expectWhole } from './whole.ts';

const HOUR = 3_600_000;
const YEARS = 10 * 365 * 24 * HOUR;

/** A computer whose clock can be set. */
const computerOf = (number: number, folder: string) => {
  let ahead = 0;
  const clock = (): number => Date.now() + ahead;
  const replica = openReplica({ number, folder, clock });
  onTestFinished(() => replica.close());
  return { replica, clock, set: (ms: number): void => void (ahead = ms) };
};
type Computer = ReturnType<typeof computerOf>;

const meet = (hub: Hub, { replica, clock }: Computer): Promise<RoundResult> =>
  runRound({
    store: replica.store.sync,
    hub,
    sign: replica.pair.sign,
    publicKey: () => replica.pair.publicKey,
    renew: (code) => replica.renew(code),
    random: replica.bytes,
    clock,
  });

const lastStamp = ({ look }: Replica): number =>
  look((db) => db.prepare<[], number>('SELECT max(hlc) FROM cursor').pluck().get() ?? 0);

const namesOf = ({ look }: Replica): readonly unknown[] =>
  look((db) => db.prepare('SELECT name FROM live_accounts ORDER BY name').pluck().all());

it('a piece whose header says other stamps than are in it is taken by nobody', () => {
  const { replica } = computerOf(0, makeTemp());
  replica.store.sync.join(SIGNED_TEAM);
  write(replica, 'Acme');
  const [{ header, body } = { header: {}, body: Buffer.alloc(0) }] = sealed(replica);
  const key = readPublicKey(replica.pair.publicKey);
  const open = (hlc: number): unknown => {
    const head = `${JSON.stringify({ ...header, hlc })}\n`;
    const hash = hashSegment(head, body);
    const segment = parseSegment(encodeSegment({ head, body, hash, sig: replica.pair.sign(hash) }));
    return typeof segment === 'string' || key === null ? segment : openSealed(segment, key);
  };
  const said = lastStamp(replica);
  expect(open(said)).toMatchObject({ header: { hlc: said } });
  expect(open(said - 1)).toBe('stamps that its header does not say');
  expect(open(-1)).toBe('no header');
});

describe.skipIf(why !== null)('PostgreSQL', () => {
  const { hubAt, open } = usePostgres();

  /** Computers with a hub that each reaches by its own clock. */
  const office = async (count: number) => {
    const world = await open();
    const folder = makeTemp();
    const computers = Array.from({ length: count }, (_, number) => computerOf(number, folder));
    const hubOf = ({ replica: { number }, clock }: Computer): Hub =>
      hubAt(world.userOf(number), world.database, passwordOf(world.userOf(number)), clock);
    const hubs = computers.map(hubOf);
    for (const [at, one] of computers.entries()) await enrol(hubs[at] as Hub, one.replica);
    return { world, computers, hubs };
  };

  it.each([
    ['23 hours', 23 * HOUR, 'ok'],
    ['25 hours', 25 * HOUR, 'clock'],
    ['10 years', YEARS, 'clock'],
  ] as const)('what is stamped %s ahead of the clock of the hub', async (_, ahead, answer) => {
    const { world, computers, hubs } = await office(1);
    const [{ replica, set }, hub] = [computers[0] as Computer, hubs[0] as Hub];
    set(ahead);
    write(replica, 'Acme');
    for (const segment of sealed(replica)) expect(await hub.put(segment)).toBe(answer);
    const { rows } = await world.asBoss(
      'SELECT (SELECT count(*) FROM workbench.segment)::int + (SELECT count(*) FROM workbench.head)::int AS n',
    );
    expect(Number((rows as { n: number }[])[0]?.n) > 0).toBe(answer === 'ok');
  });

  it('a device that says that it was lifted further than anybody can be is not let in with that', async () => {
    const { world, computers, hubs } = await office(1);
    const [{ replica, set, clock }, hub] = [computers[0] as Computer, hubs[0] as Hub];
    set(YEARS);
    write(replica, 'Acme');
    const [segment] = sealed(replica);
    if (segment === undefined) throw new Error('Nothing to send');
    const lifted = (lift: number): SealedSegment => {
      const head = `${JSON.stringify({ ...segment.header, lift })}\n`;
      const hash = hashSegment(head, segment.body);
      const made = parseSegment(encodeSegment({ head, body: segment.body, hash, sig: replica.pair.sign(hash) }));
      if (typeof made === 'string') throw new Error(made);
      return made;
    };
    expect(await hub.put(lifted(MAX_STAMP))).toBe('clock');
    // As one that was set up before that was looked at.
    const { rows } = await world.asBoss(`SELECT pg_get_functiondef('workbench.chain'::regproc) AS def`);
    const earlier = String((rows as { def: string }[])[0]?.def).replace(/ OR lift > workbench[^]*?THEN/, ') THEN');
    await world.asBoss(`${earlier}; DROP FUNCTION workbench.latest_lift()`);
    await world.admin.init(SIGNED_TEAM.org);
    expect(await hub.put(lifted(MAX_STAMP))).toBe('clock');
    expect(await hub.put(lifted(stampAt(clock())))).toBe('ok');
  });

  it('a clock ten years ahead is told, what it stamped is put right, and nobody is held up', async () => {
    const { computers, hubs } = await office(2);
    const [fast, right] = computers as [Computer, Computer];
    const [hubOfFast, hubOfRight] = hubs as [Hub, Hub];
    write(right.replica, 'Before');
    await meet(hubOfRight, right);
    await meet(hubOfFast, fast);
    fast.set(YEARS);
    const [id, gone] = [fast.replica.ids(), fast.replica.ids()];
    fast.replica.store.apply([{ kind: 'insert', table: 'contacts', id: gone, values: { name: 'Bob' } }], edit);
    fast.replica.store.apply([{ kind: 'insert', table: 'contacts', id, values: { name: 'Ann' } }], edit);
    fast.replica.store.apply([{ kind: 'update', table: 'contacts', id, values: { name: 'Anna' } }], edit);
    write(fast.replica, 'Fast', 'Faster');
    fast.replica.store.apply([{ kind: 'update', table: 'contacts', id: gone, values: { name: 'Bobby' } }], edit);
    fast.replica.store.apply([{ kind: 'delete', table: 'contacts', id: gone }], edit);
    const first = await meet(hubOfFast, fast);
    expect(first.warnings.join('\n')).toMatch(/clock of this computer is 3650 days ahead of the hub's: set it/);
    expect(first.warnings.join('\n')).toMatch(/7 changes were dated more than a day ahead/);
    expect(first.sent).toBe(7);
    // The clock is still wrong: what is done now is dated by the hub's.
    write(fast.replica, 'Later');
    expect(await meet(hubOfFast, fast)).toMatchObject({
      sent: 1,
      warnings: [/3650 days ahead/].map((text) => expect.stringMatching(text) as string),
    });
    expect(lastStamp(fast.replica)).toBeLessThan(stampAt(Date.now() + HOUR));
    expect((await meet(hubOfRight, right)).warnings).toEqual([]);
    expect(lastStamp(right.replica)).toBeLessThan(stampAt(Date.now() + HOUR));
    write(right.replica, 'After');
    await meet(hubOfRight, right);
    fast.set(0);
    expect((await meet(hubOfFast, fast)).warnings).toEqual([]);
    for (const one of [fast, right]) {
      expect(namesOf(one.replica)).toEqual(['After', 'Before', 'Fast', 'Faster', 'Later']);
      expect(one.replica.store.get('contacts', id)).toMatchObject({ name: 'Anna' });
      expect(one.replica.store.get('contacts', gone)).toBeUndefined();
      await expectWhole(one.replica);
    }
    expect(fast.replica.hash()).toBe(right.replica.hash());
    expect(fast.replica.store.sync.state()).toMatchObject({ unsent: 0, conflicts: 0 });
  });

  it.each([
    ['23 hours', 23 * HOUR, true],
    ['25 hours', 25 * HOUR, false],
    ['5 years', YEARS / 2, false],
  ] as const)('a hub whose clock is %s ahead of that of a computer', async (_, ahead, isFollowed) => {
    const { computers, hubs } = await office(1);
    const [one, hub] = [computers[0] as Computer, hubs[0] as Hub];
    one.set(-ahead);
    const { warnings } = await meet(hub, one);
    expect(warnings.join()).toMatch(
      isFollowed ? /set it\. .* dated by the hub's clock/ : /one of them is wrong.* dated by the clock of this/,
    );
    for (let times = 0; times < 3; times += 1) {
      write(one.replica, `At ${times}`);
      expect((await meet(hub, one)).sent).toBe(1);
    }
    const [theirs, own] = [stampAt(one.clock() + ahead), stampAt(one.clock())];
    expect(Math.abs(lastStamp(one.replica) - (isFollowed ? theirs : own))).toBeLessThan(stampAt(Date.UTC(2020, 0, 1) + HOUR));
  });

  it('whoever took such stamps from a folder is held up by no hub, and says how far it was lifted', async () => {
    const { computers, hubs } = await office(2);
    const [fast, right] = computers as [Computer, Computer];
    const folder = createFolderHub(makeTemp(), SIGNED_TEAM.org);
    for (const one of computers) await enrol(folder, one.replica);
    fast.set(YEARS);
    write(fast.replica, 'Poison');
    await meet(folder, fast);
    await meet(folder, right);
    expect(lastStamp(right.replica)).toBeGreaterThan(stampAt(Date.now() + YEARS - HOUR));
    // What the folder has is what it is: it waits here, and the rest of its computer waits behind it.
    const { sent, warnings } = await meet(hubs[0] as Hub, fast);
    expect(sent).toBe(0);
    expect(warnings.join('\n')).toMatch(/is kept back.*given by itself from 20\d\d-\d\d-\d\d \d\d:\d\d UTC on/);
    write(right.replica, 'Mine');
    expect(await meet(hubs[1] as Hub, right)).toMatchObject({ sent: 1, warnings: [] });
    // Whoever reads what this one gave is lifted as far by that: nothing is won by holding it up any longer.
    fast.set(0);
    expect(await meet(hubs[0] as Hub, fast)).toMatchObject({ sent: 1, warnings: [] });
    expect(fast.replica.store.sync.state()).toMatchObject({ unsent: 0 });
    write(fast.replica, 'Behind');
    await meet(folder, fast);
    await meet(folder, right);
    expect(namesOf(right.replica)).toEqual(['Behind', 'Mine', 'Poison']);
  });

  it('a hub made before clocks were looked at takes everything, and heeds them once it was made ready again', async () => {
    const { world, computers, hubs } = await office(2);
    const [fast, right] = computers as [Computer, Computer];
    const { rows } = await world.asBoss(`SELECT pg_get_functiondef('workbench.chain'::regproc) AS def`);
    const earlier = String((rows as { def: string }[])[0]?.def).replace(/ {2}about :=[^]*?END IF;\n/, '');
    expect(earlier).not.toContain('latest_stamp');
    await world.asBoss(`${earlier}; DROP FUNCTION workbench.latest_lift(), workbench.latest_given(), workbench.latest_stamp()`);
    fast.set(25 * HOUR);
    write(fast.replica, 'Acme');
    const [first, ...rest] = sealed(fast.replica);
    if (first === undefined) throw new Error('Nothing to send');
    expect(await (hubs[0] as Hub).put(first)).toBe('ok');
    for (let times = 0; times < 2; times += 1) expect(await world.admin.init(SIGNED_TEAM.org)).toEqual([]);
    expect(await (hubs[0] as Hub).put(first)).toBe('dup');
    expect(rest).toEqual([]);
    fast.set(YEARS);
    write(fast.replica, 'Bolt');
    const [next] = sealed(fast.replica).slice(1);
    if (next === undefined) throw new Error('Nothing to send');
    expect(await (hubs[0] as Hub).put(next)).toBe('clock');
    // Those who took what was let in before go on.
    expect(await meet(hubs[1] as Hub, right)).toMatchObject({ received: 1, warnings: [] });
    write(right.replica, 'Cord');
    expect(await meet(hubs[1] as Hub, right)).toMatchObject({ sent: 1, warnings: [] });
    fast.set(0);
    await meet(hubs[0] as Hub, fast);
    await meet(hubs[1] as Hub, right);
    expect(namesOf(right.replica)).toEqual(['Acme', 'Bolt', 'Cord']);
    expect(fast.replica.hash()).toBe(right.replica.hash());
    for (const { replica } of computers) await expectWhole(replica);
  });
});
