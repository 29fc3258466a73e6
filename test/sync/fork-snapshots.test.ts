/** Snapshots and compaction where a stream was written on twice (SYNC.md 2.7, 2.8). */
import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { WireOp } from '../../electron/engine/store/log/payload.ts';
import { openSegment, sealPayload } from '../../electron/engine/store/log/segments.ts';
import { createFolderAdmin } from '../../electron/engine/sync/folder-admin.ts';
import { encodeSegment, parseSegment } from '../../electron/engine/sync/segment-file.ts';
import { sealSnapshot } from '../../electron/engine/sync/snapshot-file.ts';
import { openFork, settle } from './carrier.ts';
import { insert, update } from './region.ts';
import type { Replica } from './replica.ts';
import { copyOf, enrol, ROOT } from './team.ts';
import { expectWhole } from './whole.ts';

const WEEK = 7 * 24 * 3_600_000;
const NOW = Date.UTC(2026, 0, 15, 9);
const NEVER = Number.MAX_SAFE_INTEGER;
const MAKING = { takeAt: NEVER, makeAt: 1, pause: 0 };
const TAKING = { takeAt: 1, makeAt: NEVER, pause: 0 };

const countTaken = ({ look }: Replica): number =>
  look((db) => db.prepare<[], number>('SELECT count(*) FROM segments WHERE state = 3').pluck().get() ?? 0);

/** Puts pieces beside one in its folder that follow the same piece, as whoever has the key of a device can. */
const layBeside = (file: string, one: Replica, count: number): void => {
  const segment = parseSegment(fs.readFileSync(file));
  if (typeof segment === 'string') throw new Error(segment);
  const { header, body } = segment;
  const payload = openSegment(body);
  for (let at = 0; at < count; at += 1) {
    const o = payload.o.map(([h, kind, table, row, ...rest]): WireOp => [
      h,
      kind,
      table,
      `${row.slice(0, -2)}${at + 10}`,
      ...rest,
    ]);
    const sealed = sealPayload({ ...payload, o }, header);
    const name = path.join(path.dirname(file), `0000000002-0000000002-${at + 10}.seg`);
    fs.writeFileSync(name, encodeSegment({ ...sealed, sig: one.pair.sign(sealed.hash) }));
  }
};

/** Both wrote in one record and two of their own, in several pieces. */
const writeApart = async ({ carrier, mine, copy, account }: Awaited<ReturnType<typeof openFork>>): Promise<void> => {
  for (const text of ['one', 'two'])
    for (const one of [mine, copy]) {
      update(one, 'accounts', account, { city: `${text} of ${one.number}`, industry: `${text} of ${one.number}` });
      insert(one, 'accounts', { name: `${text} of ${one.number}` });
      await carrier.meet(one);
    }
};

it('who comes late begins with a snapshot of both branches; who has read some of them reads on, piece by piece', async () => {
  const world = await openFork(2, 1);
  const { carrier, mine, copy, account } = world;
  const [[one, two], [late]] = [world.readers, world.late] as [[Replica, Replica], [Replica]];
  await writeApart(world);
  const was = mine.store.sync.device;
  await settle(carrier, [mine, copy, one]);
  update(one, 'accounts', account, { city: 'Settled' });
  await settle(carrier, [mine, copy, one]);
  await carrier.meet(one, MAKING);
  for (const to of [two, late]) carrier.carry(one, to);
  expect((await carrier.meet(two, TAKING)).warnings.join()).toContain('piece by piece');
  await enrol(carrier.hubOf(late), late);
  expect((await carrier.meet(late, TAKING)).warnings).toEqual([]);
  expect([countTaken(two), countTaken(late) > 0]).toEqual([0, true]);
  for (const to of [two, late]) {
    expect(to.hash()).toBe(one.hash());
    expect(to.store.sync.cut('north')).toEqual(one.store.sync.cut('north'));
  }
  expect(late.store.sync.cut('north').filter(({ dev }) => dev === was)).toHaveLength(2);
  update(copy, 'accounts', account, { city: 'Later' });
  const all = [mine, copy, one, two, late];
  await settle(carrier, all);
  for (const to of all) {
    expect(to.hash()).toBe(one.hash());
    await expectWhole(to);
  }
});

it('a branch that comes to who began with a snapshot of the other is taken, and the other is not taken twice', async () => {
  const world = await openFork(1, 2);
  const { carrier, mine, copy } = world;
  const [[one], [late, blind]] = [world.readers, world.late] as [[Replica], [Replica, Replica]];
  await writeApart(world);
  carrier.carry(mine, one);
  await carrier.meet(one, MAKING);
  for (const to of [late, blind]) {
    carrier.carry(one, to);
    await enrol(carrier.hubOf(to), to);
    expect((await carrier.meet(to, TAKING)).warnings).toEqual([]);
    expect(countTaken(to)).toBeGreaterThan(0);
    expect(to.hash()).toBe(one.hash());
  }
  const before = blind.hash();
  carrier.carry(copy, blind);
  // Where the beginning of what the snapshot holds cannot be read just now, nothing is told from it.
  const missing = carrier.pieces(blind, mine.store.sync.device).find((name) => name.includes('0000000002')) ?? '';
  expect(missing).not.toBe('');
  carrier.hide(blind, missing);
  expect((await carrier.meet(blind)).warnings.join()).toContain('waits for what is missing');
  expect(blind.hash()).toBe(before);
  const all = [mine, copy, one, late, blind];
  await settle(carrier, all);
  for (const to of all) {
    expect(to.hash()).toBe(mine.hash());
    await expectWhole(to);
  }
});

it('what leads to a branch that no snapshot holds stays in the folder', async () => {
  const world = await openFork(1, 1);
  const { carrier, mine, copy } = world;
  const [[one], [late]] = [world.readers, world.late] as [[Replica], [Replica]];
  await writeApart(world);
  carrier.carry(mine, one);
  for (const week of [0, 1]) {
    insert(one, 'accounts', { name: `Week ${week}` });
    await carrier.meet(one, MAKING, NOW + week * WEEK);
  }
  carrier.carry(copy, one);
  const admin = createFolderAdmin(carrier.folderOf(one));
  const all = { now: NOW, before: Date.UTC(2200, 0, 1), schema: one.store.sync.schema };
  expect((await admin.compact(ROOT, all))['north']).toBeGreaterThan(0);
  carrier.carry(one, late);
  await enrol(carrier.hubOf(late), late);
  expect((await carrier.meet(late, TAKING)).warnings.join()).toContain('two files write under this name');
  await carrier.meet(one);
  expect(late.hash()).toBe(one.hash());
});

it('who has read one branch takes no snapshot of the other, and reads it when it comes', async () => {
  const world = await openFork(2);
  const { carrier, mine, copy } = world;
  const [late, maker] = world.readers as [Replica, Replica];
  for (const [one, to] of [
    [mine, late],
    [copy, maker],
  ] as const) {
    for (let piece = 0; piece < (one === mine ? 1 : 3); piece += 1) {
      insert(one, 'accounts', { name: `${piece} of ${one.number}` });
      await carrier.meet(one);
    }
    carrier.carry(one, to);
    await carrier.meet(to);
  }
  await carrier.meet(maker, MAKING);
  // The snapshot is there before the pieces that it was made of.
  carrier.carry(maker, late, (file) => !file.includes(mine.store.sync.device));
  const was = late.hash();
  expect((await carrier.meet(late, TAKING)).warnings.join()).toContain('piece by piece');
  expect([countTaken(late), late.hash()]).toEqual([0, was]);
  const all = [mine, copy, late, maker];
  await settle(carrier, all);
  for (const to of all) {
    expect(to.hash()).toBe(mine.hash());
    await expectWhole(to);
  }
});

it.each([
  ['some of one branch', 1],
  ['what both have in common, of which nothing is there', 0],
])('who has read %s gets the rest after what is old was taken away', async (_, read) => {
  const world = await openFork(2);
  const { carrier, mine, copy, account } = world;
  const [away, one] = world.readers as [Replica, Replica];
  const was = mine.store.sync.device;
  await carrier.meet(mine);
  if (read === 0) {
    // The copy is made of a later file than who is away has seen.
    update(mine, 'accounts', account, { city: 'In common' });
    await carrier.meet(mine);
  }
  const other = read === 0 ? copyOf(mine, 8) : copy;
  if (other !== copy) carrier.carry(mine, other);
  for (const of of [mine, other]) {
    for (const text of ['one', 'two']) {
      insert(of, 'accounts', { name: `${text} of ${of.number}` });
      await carrier.meet(of);
    }
    if (read > 0 && of === mine) {
      carrier.carry(mine, away);
      await carrier.meet(away);
    }
    carrier.carry(of, one);
  }
  await carrier.meet(one);
  for (const week of [0, 1]) {
    insert(one, 'accounts', { name: `Week ${week}` });
    await carrier.meet(one, MAKING, NOW + week * WEEK);
  }
  const admin = createFolderAdmin(carrier.folderOf(one));
  const all = { now: NOW, before: Date.UTC(2200, 0, 1), schema: one.store.sync.schema };
  expect((await admin.compact(ROOT, all))['north']).toBeGreaterThan(0);
  // What went from one folder goes from the other.
  for (const name of carrier.pieces(away, was)) fs.rmSync(name);
  carrier.carry(one, away);
  await carrier.meet(away, { takeAt: NEVER, makeAt: NEVER, pause: 0 });
  await carrier.meet(away);
  await carrier.meet(one);
  expect(away.hash()).toBe(one.hash());
  await expectWhole(away);
});

it('ends that nobody wrote, or a fault of the file, let a snapshot go by and no round', async () => {
  const world = await openFork(1, 2);
  const { carrier, mine } = world;
  const [[one], [late, blind]] = [world.readers, world.late] as [[Replica], [Replica, Replica]];
  insert(mine, 'accounts', { name: 'More' });
  await carrier.meet(mine);
  carrier.carry(mine, one);
  await carrier.meet(one, MAKING);
  const [made] = (await carrier.hubOf(one).snapshots('north')) ?? [];
  if (made === undefined) throw new Error('No snapshot');
  const { about } = made;
  // As of a device that has written nothing there: its hashes begin alike.
  const ends = ['a', 'b', 'c'].map((last) => ({
    dev: one.store.device.id,
    seq: 1_000_000_000,
    hlc: about.cut[0]?.hlc ?? 0,
    hash: Buffer.from(last.padStart(64, '0'), 'hex'),
  }));
  const forged = sealSnapshot({ ...about, cut: [...about.cut, ...ends] }, one.pair.sign);
  for (const to of [late, blind]) {
    carrier.carry(one, to);
    await enrol(carrier.hubOf(to), to);
  }
  await carrier.hubOf(late).putSnapshot(forged);
  blind.meddle((db) =>
    db.exec(`CREATE TRIGGER refused BEFORE INSERT ON segments WHEN new.state = 3 BEGIN SELECT raise(ABORT, 'no room'); END`),
  );
  await carrier.meet(late, TAKING);
  expect((await carrier.meet(blind, TAKING)).warnings.join()).toContain('no room');
  for (const to of [late, blind]) expect(to.hash()).toBe(one.hash());
});

it('what was written on top of a branch is known to have replaced it by who began with a snapshot of the other', async () => {
  const world = await openFork(2, 1);
  const { carrier, mine, copy, account } = world;
  const [[maker, other], [late]] = [world.readers, world.late] as [[Replica, Replica], [Replica]];
  const was = mine.store.sync.device;
  // The clock of the copy is ahead: by how far its branch goes, all of the other seems to be here.
  for (const name of ['One', 'Two']) {
    update(copy, 'accounts', account, { industry: name });
    insert(copy, 'accounts', { name });
    await carrier.meet(copy);
  }
  for (const city of ['Mine', 'Mine again']) {
    update(mine, 'accounts', account, { city });
    await carrier.meet(mine);
    carrier.carry(mine, other);
    await carrier.meet(other);
    update(other, 'accounts', account, { city: `On top of ${city}` });
    await carrier.meet(other);
  }
  carrier.carry(copy, maker);
  await carrier.meet(maker);
  await carrier.meet(maker, MAKING);
  carrier.carry(maker, late);
  await enrol(carrier.hubOf(late), late);
  await carrier.meet(late, TAKING);
  expect(countTaken(late)).toBeGreaterThan(0);
  carrier.carry(other, late, (file) => !file.includes(path.join('north', was)));
  await carrier.meet(late);
  expect(late.store.get('accounts', account)).toMatchObject({ city: 'On top of Mine again' });
  const all = [mine, copy, maker, other, late];
  await settle(carrier, all);
  for (const to of all) {
    expect(to.hash()).toBe(maker.hash());
    await expectWhole(to);
  }
});

it('of more branches than a team has copies of a file the rest is told and left, and snapshots are made all the same', async () => {
  const world = await openFork(1, 1);
  const { carrier, mine } = world;
  const [[one], [late]] = [world.readers, world.late] as [[Replica], [Replica]];
  const was = mine.store.sync.device;
  const branchesOf = ({ store }: Replica) => store.sync.cut('north').filter(({ dev }) => dev === was).length;
  insert(mine, 'accounts', { name: 'Second' });
  await carrier.meet(mine);
  carrier.carry(mine, one);
  await carrier.meet(one);
  layBeside(carrier.pieces(one, was)[1] ?? '', mine, 20);
  const told = 'more than 16 files write under this name; of the rest nothing is taken (5)';
  expect((await carrier.meet(one)).warnings.join()).toContain(told);
  expect(branchesOf(one)).toBe(16);
  expect((await carrier.meet(one, MAKING)).received).toBe(0);
  // Nor by whoever gives them to it in another way.
  const read = carrier.pieces(one, was).map((name) => ({ ...mine.read(fs.readFileSync(name)), isRooted: true }));
  expect(new Set(one.take(read))).toEqual(new Set(['dup', 'fork']));
  carrier.carry(one, late);
  await enrol(carrier.hubOf(late), late);
  expect((await carrier.meet(late, TAKING)).warnings.join()).toContain(told);
  expect([countTaken(late) > 0, branchesOf(late)]).toEqual([true, 16]);
  expect(late.hash()).toBe(one.hash());
  for (const to of [one, late]) await expectWhole(to);
});
