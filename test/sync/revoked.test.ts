/** Whoever has the key of a device that was taken out cannot write its past anew (SYNC.md 2.10, invariant 25). */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { certify } from '../../electron/engine/sync/certificate.ts';
import { createFolderAdmin } from '../../electron/engine/sync/folder-admin.ts';
import { createFolderHub } from '../../electron/engine/sync/folder.ts';
import type { Hub } from '../../electron/engine/sync/hub.ts';
import {
  cutsOf,
  encodeRevocation,
  joinRevocations,
  MOST_ENDS_IN_ALL,
  parseRevocation,
  revocationName,
  revoke,
  tellRevocations,
} from '../../electron/engine/sync/revocation.ts';
import { hashSegment } from '../../electron/engine/store/log/segments.ts';
import { encodeSegment, parseSegment } from '../../electron/engine/sync/segment-file.ts';
import { makeTemp } from '../setup/temp.ts';
import { insert } from './region.ts';
import type { Replica } from './replica.ts';
import { copyOf, createTeam, enrol, ROOT, round, SIGNED_TEAM } from './team.ts';

const { org } = SIGNED_TEAM;
const DEV = '00000000-0000-7000-8000-000000000001';
const HASH = 'ab'.repeat(32);
const MAKING = { takeAt: Number.MAX_SAFE_INTEGER, makeAt: 1, pause: 0 };

const namesOf = ({ look }: Replica): readonly string[] =>
  look((db) => db.prepare<[], string>('SELECT name FROM live_accounts ORDER BY name').pluck().all());

/** A device that gave three pieces, a copy of what it was after the first, key and all, and two of its team. */
const openStolen = async () => {
  const [mine, yours, late] = createTeam(3) as [Replica, Replica, Replica];
  const folder = makeTemp();
  const open = (): Hub => createFolderHub(folder, org);
  for (const one of [mine, yours, late]) await enrol(open(), one);
  insert(mine, 'accounts', { name: 'First' });
  await round(open(), mine);
  const thief = copyOf(mine, 7);
  for (const name of ['Second', 'Third']) {
    insert(mine, 'accounts', { name });
    await round(open(), mine);
  }
  /** Puts a piece of the thief's beside the second, as anybody can who writes in the folder. */
  const forge = async (): Promise<void> => {
    insert(thief, 'accounts', { name: 'Forged' });
    const elsewhere = makeTemp();
    const { id: dev, code } = thief.store.device;
    const hub = createFolderHub(elsewhere, org);
    await hub.putCertificate(certify(ROOT, { dev, code, key: thief.pair.publicKey }));
    await round(hub, thief);
    const place = path.join('v1', 'north', dev);
    for (const name of fs.readdirSync(path.join(elsewhere, place)).filter((one) => one.startsWith('0000000002')))
      fs.copyFileSync(path.join(elsewhere, place, name), path.join(folder, place, name));
  };
  /** Lays any number of pieces beside the second, which differ in a word of their headers. */
  const flood = (count: number): void => {
    const place = path.join(folder, 'v1', 'north', mine.store.device.id);
    const name = fs.readdirSync(place).find((one) => one.startsWith('0000000002')) ?? '';
    const second = parseSegment(fs.readFileSync(path.join(place, name)));
    if (typeof second === 'string') throw new Error(second);
    for (let at = 1; at <= count; at += 1) {
      const head = `${JSON.stringify({ ...second.header, sv: second.header.sv + at })}\n`;
      const hash = hashSegment(head, second.body);
      const bytes = encodeSegment({ head, body: second.body, hash, sig: thief.pair.sign(hash) });
      fs.writeFileSync(path.join(place, name.replace(/-[0-9a-f]+\./, `-${hash.toString('hex').slice(0, 12)}.`)), bytes);
    }
  };
  return { mine, yours, late, folder, open, forge, flood, admin: createFolderAdmin(folder) };
};

describe('a device that was taken out', () => {
  it.each(['before', 'after'])('a piece of its past that is signed %s its end was read is not taken', async (when) => {
    const { mine, yours, late, open, forge, admin } = await openStolen();
    if (when === 'after') await round(open(), yours);
    await admin.revoke(ROOT, mine.store.device.code);
    await forge();
    for (const one of [yours, late]) {
      expect((await round(open(), one)).warnings.join()).toContain('does not lead to where its work ended');
      expect(namesOf(one)).toEqual(['First', 'Second', 'Third']);
    }
    expect(late.hash()).toBe(yours.hash());
    // It stays there, and keeps nobody from saying how things stand.
    await round(open(), yours, MAKING);
    expect((await open().snapshots('north'))?.length).toBe(1);
  });

  it.each(['beside the rest', 'alone'])('a snapshot that holds a piece of that kind, %s, is not taken', async (how) => {
    const { mine, yours, late, folder, open, forge, admin } = await openStolen();
    const place = path.join(folder, 'v1', 'north', mine.store.device.id);
    const own = fs.readdirSync(place).filter((name) => !name.startsWith('0000000001'));
    const away = makeTemp();
    const move = (names: readonly string[], from: string, to: string): void =>
      names.forEach((name) => fs.renameSync(path.join(from, name), path.join(to, name)));
    if (how === 'alone') move(own, place, away);
    await forge();
    const forged = fs.readdirSync(place).filter((name) => !name.startsWith('0000000001') && !own.includes(name));
    // Who made it had read the piece before anybody knew.
    await round(open(), yours);
    await round(open(), yours, MAKING);
    expect((await open().snapshots('north'))?.length).toBe(1);
    fs.mkdirSync(path.join(away, 'forged'));
    move(forged, place, path.join(away, 'forged'));
    if (how === 'alone') move(own, away, place);
    await admin.revoke(ROOT, mine.store.device.code);
    const { warnings } = await round(open(), late, { takeAt: 1, makeAt: Number.MAX_SAFE_INTEGER, pause: 0 });
    expect(warnings.join()).toContain('it holds what does not lead to where its work ended');
    expect(namesOf(late)).toEqual(['First', 'Second', 'Third']);
  });

  it('what has not come yet of what counts is waited for', async () => {
    const { mine, yours, folder, open, admin } = await openStolen();
    await admin.revoke(ROOT, mine.store.device.code);
    const place = path.join(folder, 'v1', 'north', mine.store.device.id);
    const [last = ''] = fs.readdirSync(place).toSorted().toReversed();
    fs.renameSync(path.join(place, last), path.join(folder, last));
    expect((await round(open(), yours)).received).toBe(0);
    fs.renameSync(path.join(folder, last), path.join(place, last));
    await round(open(), yours);
    expect(namesOf(yours)).toEqual(['First', 'Second', 'Third']);
  });

  it('both branches of a stream that was written on twice count up to their ends', async () => {
    const { mine, yours, late, open, forge, admin } = await openStolen();
    await forge();
    await round(open(), yours);
    await admin.revoke(ROOT, mine.store.device.code);
    await round(open(), late);
    for (const one of [yours, late]) expect(namesOf(one)).toEqual(['First', 'Forged', 'Second', 'Third']);
    expect(late.hash()).toBe(yours.hash());
  });
});

it('a device of which all pieces went counts as far as snapshots hold it, once it is taken out', async () => {
  const { mine, yours, late, open, admin } = await openStolen();
  await round(open(), yours);
  const make = async (week: number): Promise<void> => {
    insert(yours, 'accounts', { name: `Week ${week}` });
    await round(open(), yours);
    await round(open(), yours, MAKING, week * 7 * 24 * 3_600_000);
  };
  await make(1);
  await make(2);
  const all = { now: 0, before: Date.UTC(2200, 0, 1), schema: mine.store.sync.schema };
  expect((await admin.compact(ROOT, all))['north']).toBe(4);
  await admin.revoke(ROOT, mine.store.device.code);
  const [said] = await open().revocations();
  expect(said).toMatchObject({ cuts: { north: 3 }, ends: { at: { north: [expect.any(String)] } } });
  await make(3);
  expect((await admin.compact(ROOT, all))['north']).toBe(1);
  await round(open(), late, { takeAt: 1, makeAt: Number.MAX_SAFE_INTEGER, pause: 0 });
  expect(late.hash()).toBe(yours.hash());
  expect(namesOf(late)).toEqual(['First', 'Second', 'Third', 'Week 1', 'Week 2', 'Week 3']);
});

it('nobody is taken out of some territories only, as more was laid there than is read', async () => {
  const { mine, folder, open, admin } = await openStolen();
  for (let at = 0; at < 500; at += 1) fs.mkdirSync(path.join(folder, 'v1', `a${at}`));
  await expect(admin.revoke(ROOT, mine.store.device.code)).rejects.toThrow(/holds more than territories/);
  expect(await open().revocations()).toEqual([]);
});

describe('a device that was taken out while its key lay more pieces beside each other than a statement names', () => {
  it('ends where it ended', async () => {
    const { mine, yours, open, forge, flood, admin } = await openStolen();
    flood(150);
    await admin.revoke(ROOT, mine.store.device.code);
    const [said] = await open().revocations();
    expect(said?.cuts).toEqual({ north: 3 });
    expect(said?.ends?.at['north']).toHaveLength(100);
    await forge();
    await round(open(), yours);
    expect(namesOf(yours)).not.toContain('Forged');
    expect(namesOf(yours)).toEqual(expect.arrayContaining(['First', 'Second', 'Third']));
  });
});

describe('the statement of the team', () => {
  const made = revoke(ROOT, { dev: DEV, cuts: { north: 5 }, at: { north: [HASH] } });

  it('is told where another could not be', async () => {
    const folder = makeTemp();
    const [first, second] = [DEV, DEV.replace('1', '2')].map((dev) => revoke(ROOT, { dev, cuts: {}, at: {} }));
    if (first === undefined || second === undefined) throw new Error('Nothing was said');
    fs.mkdirSync(path.join(folder, 'v1', 'devices', revocationName(first)), { recursive: true });
    const hub = createFolderHub(folder, org);
    expect(await tellRevocations(hub, [first, second])).toContain('could not be told which devices were taken out');
    expect(await hub.revocations()).toEqual([second]);
  });

  it('names the ends, and is read as it was written', () => {
    expect(parseRevocation(encodeRevocation(made))).toEqual(made);
    expect(cutsOf(org, [made])(DEV, 'north')).toEqual({ seq: 5, ends: new Set([HASH]) });
    expect(cutsOf(org, [made])(DEV, 'south')).toEqual({ seq: 0, ends: new Set() });
    expect(cutsOf(org, [made])('another', 'north')).toBeNull();
  });

  it('counts without ends as earlier versions wrote it, and for them as it is', () => {
    const old = { ...made, ends: null };
    expect(encodeRevocation(old).toString()).toBe(
      `{"cuts":{"north":5},"dev":"${DEV}","f":"REV1","signature":"${made.signature.toString('hex')}"}\n`,
    );
    expect(cutsOf(org, [old])(DEV, 'north')).toEqual({ seq: 5, ends: null });
    // Whoever lays it beside the other takes nothing away.
    expect(cutsOf(org, [old, made])(DEV, 'north')).toEqual({ seq: 5, ends: new Set([HASH]) });
  });

  it('is made only where it is read as it was made', () => {
    const scopes = Array.from({ length: 500 }, (_, at) => `${at}`.padStart(80, 'a'));
    const of = <T>(one: T): Record<string, T> => Object.fromEntries(scopes.map((scope) => [scope, one]));
    const ends = Array.from({ length: MOST_ENDS_IN_ALL / scopes.length }, () => HASH);
    const most = revoke(ROOT, { dev: DEV, cuts: of(Number.MAX_SAFE_INTEGER), at: of(ends) });
    expect(parseRevocation(encodeRevocation(most))).toEqual(most);
    const make = (cuts: Record<string, number>, at: Record<string, readonly string[]>) => () =>
      revoke(ROOT, { dev: DEV, cuts, at });
    const why = /more streams than can be named at once/;
    expect(make({ ...of(1), one: 1 }, {})).toThrow(why);
    expect(make({ Any: 1 }, {})).toThrow(why);
    expect(make({ north: 1 }, { north: Array.from({ length: 101 }, () => HASH) })).toThrow(why);
    expect(make(of(1), of(Array.from({ length: 10 }, () => HASH)))).toThrow(why);
  });

  it('has no other ends than those the team signed, whoever adds some', () => {
    const others = ['cd', 'ef'].map((pair) => ({
      ...made,
      ends: { at: { north: [pair.repeat(32)] }, signature: made.signature },
    }));
    expect(cutsOf(org, others)(DEV, 'north')).toEqual({ seq: 5, ends: null });
    expect(joinRevocations(org, [], others).texts).toEqual([encodeRevocation({ ...made, ends: null }).toString()]);
  });
});
