/** A folder that a hostile copying program carries between computers (SYNC.md 2.7, invariants 10 to 14). */
import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { createFolderAdmin } from '../../electron/engine/sync/folder-admin.ts';
import { createFolderHub } from '../../electron/engine/sync/folder.ts';
import { plainIo } from '../../electron/engine/sync/folder-io.ts';
import { encodeSegment, openSealed, parseSegment } from '../../electron/engine/sync/segment-file.ts';
import type { Hub } from '../../electron/engine/sync/hub.ts';
import { certify, encodeCertificate } from '../../electron/engine/sync/certificate.ts';
import { readPublicKey } from '../../electron/engine/sync/keys.ts';
import { edit } from '../store/open.ts';
import { makeTemp } from '../setup/temp.ts';
import { hubContract } from './hub-contract.ts';
import type { HubWorld } from './hub-contract.ts';
import { snapshotContract } from './snapshot-contract.ts';
import { dice } from './program.ts';
import { editOnce } from './simulate.ts';
import { insert, update } from './region.ts';
import type { Replica } from './replica.ts';
import { createTeam, enrol, ROOT, round, SIGNED_TEAM, takenForKnown } from './team.ts';

/** Every file below a folder, relative to it. */
const filesOf = (root: string): readonly string[] =>
  fs
    .readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));

/** Writes a file with the time it had elsewhere, whenever that is done. */
const writeAsOf = (target: string, bytes: Uint8Array, { atime, mtime }: fs.Stats): void => {
  fs.writeFileSync(target, bytes);
  fs.utimesSync(target, atime, mtime);
};

type Copying = { readonly roll: (below: number) => number; readonly isKind: boolean; readonly count: (what: string) => void };

/**
 * Copies what is new from one computer's folder to another's: late, cut off, under other names, twice, empty first and filled
 * later with the same size and time, or as it should; and what came is gone for a while.
 */
const copyFiles = (from: string, to: string, device: string, { roll, isKind, count }: Copying): void => {
  for (const name of filesOf(from).filter((one) => one.includes(device) && !one.includes('~$'))) {
    const source = path.join(from, name);
    const [bytes, about] = [fs.readFileSync(source), fs.statSync(source)];
    const target = path.join(to, name);
    const isFickle = !isKind && name.endsWith('.seg');
    if (fs.existsSync(target) && fs.readFileSync(target).equals(bytes)) {
      if (!isFickle || roll(6) > 0) continue;
      count('vanished');
      fs.rmSync(target);
      continue;
    }
    fs.mkdirSync(path.dirname(target), { recursive: true });
    const luck = isFickle ? roll(10) : 0;
    if (luck < 4) writeAsOf(target, bytes, about);
    else if (luck === 8) {
      count('empty');
      writeAsOf(target, Buffer.alloc(bytes.length), about);
    } else if (luck < 6) fs.writeFileSync(target, bytes.subarray(0, roll(bytes.length)));
    else if (luck === 6) fs.writeFileSync(target.replace('.seg', ' (1).seg'), bytes);
    else if (luck === 7) fs.writeFileSync(target.replace('.seg', '-LAPTOP.SEG'), bytes);
  }
};

it.each([1, 2])(
  'a team that meets by a hostile copying program comes to the same (seed %i)',
  { timeout: 300_000 },
  async (seed) => {
    const roll = dice(seed);
    const team = createTeam(3);
    const root = makeTemp();
    const folders = team.map(({ number }) => path.join(root, String(number)));
    let locked = 0;
    const counts = new Map<string, number>();
    const count = (what: string): void => void counts.set(what, (counts.get(what) ?? 0) + 1);
    const io = {
      ...plainIo,
      rename: async (from: string, to: string): Promise<void> => {
        if (roll(5) === 0) {
          locked += 1;
          throw Object.assign(new Error('busy'), { code: ['EPERM', 'EBUSY', 'EACCES'][roll(3)] });
        }
        fs.renameSync(from, to);
      },
    };
    const hubs = folders.map((folder) => createFolderHub(folder, SIGNED_TEAM.org, io));
    const hubOf = ({ number }: Replica): Hub => hubs[number] ?? createFolderHub('', SIGNED_TEAM.org);
    for (const one of team) await enrol(hubOf(one), one);
    const copyAll = (isKind: boolean): void => {
      for (const { number, store } of team)
        for (const to of folders)
          if (to !== folders[number]) copyFiles(folders[number] ?? '', to, store.sync.device, { roll, isKind, count });
    };
    for (let turn = 0; turn < 14; turn += 1) {
      const one = team[roll(3)];
      if (one === undefined) continue;
      for (let at = 0; at < 6; at += 1) editOnce(one, roll(2 ** 30));
      await round(hubOf(one), one);
      fs.mkdirSync(path.join(root, String(one.number), 'v1', 'north', 'nobody'), { recursive: true });
      fs.writeFileSync(path.join(root, String(one.number), 'v1', 'north', 'nobody', '~$dead.tmp'), 'x');
      // What was just given is gone before anybody has it.
      const given = filesOf(folders[one.number] ?? '').filter(
        (name) => name.includes(one.store.sync.device) && name.endsWith('.seg'),
      );
      if (roll(4) === 0 && given.length > 0) {
        count('lost');
        fs.rmSync(path.join(folders[one.number] ?? '', given.toSorted().at(-1) ?? ''));
      }
      copyAll(false);
    }
    for (let turn = 0; turn < 3; turn += 1) {
      for (const one of team) await round(hubOf(one), one);
      copyAll(true);
    }
    for (const one of team) await round(hubOf(one), one);
    const [first, ...others] = team.map((one) => one.hash());
    for (const other of others) expect(other).toBe(first);
    expect(team.map((one) => one.store.sync.state().unsent)).toEqual([0, 0, 0]);
    expect(locked).toBeGreaterThan(0);
    expect([...counts.keys()].toSorted()).toEqual(['empty', 'lost', 'vanished']);
  },
);

const openWorld = async (): Promise<HubWorld> => {
  const folder = makeTemp();
  return { hubOf: () => createFolderHub(folder, SIGNED_TEAM.org), admin: createFolderAdmin(folder) };
};

hubContract('folder', openWorld);
snapshotContract('folder', openWorld);

it('a device is taken out by its code, whatever lies beside its certificate', async () => {
  const [mine, other] = createTeam(2) as [Replica, Replica];
  const folder = makeTemp();
  const hub = createFolderHub(folder, SIGNED_TEAM.org);
  for (const one of [mine, other]) await enrol(hub, one);
  const { id: dev, code } = mine.store.device;
  const devices = path.join(folder, 'v1', 'devices');
  const name = fs.readdirSync(devices).find((one) => one.includes(dev)) ?? '';
  fs.copyFileSync(path.join(devices, name), path.join(devices, name.replace('.cert', '-LAPTOP.cert')));
  // Another team's device of the same code.
  const stranger = { dev: other.ids(), code, key: other.pair.publicKey };
  fs.writeFileSync(path.join(devices, 'stranger.cert'), encodeCertificate(certify(Buffer.alloc(32, 9), stranger)));
  const admin = createFolderAdmin(folder);
  expect((await admin.devices()).filter((one) => one.dev === dev)).toHaveLength(1);
  expect(await admin.revoke(ROOT, code)).toMatchObject({ dev, state: 'revoked' });
  await expect(round(hub, mine)).rejects.toMatchObject({ code: 'denied' });
});

const sealOne = (): { readonly replica: Replica; readonly bytes: Buffer } => {
  const [replica] = createTeam(1) as [Replica];
  const id = replica.ids();
  replica.store.sync.join(SIGNED_TEAM);
  replica.store.apply([{ kind: 'insert', table: 'accounts', id, values: { name: 'Acme', notes: 'x'.repeat(300) } }], edit);
  const bytes = replica.send().at(-1);
  if (bytes === undefined) throw new Error('Nothing was sealed');
  return { replica, bytes };
};

it('no cut, no flipped bit and no tail of zeros makes a segment', () => {
  const { replica, bytes } = sealOne();
  const key = readPublicKey(replica.pair.publicKey);
  if (key === null) throw new Error('No key');
  const isTaken = (candidate: Buffer): boolean => {
    const segment = parseSegment(candidate);
    return typeof segment !== 'string' && typeof openSealed(segment, key) !== 'string';
  };
  expect(isTaken(bytes)).toBe(true);
  for (let length = 0; length < bytes.length; length += 1) expect(isTaken(bytes.subarray(0, length))).toBe(false);
  const roll = dice(5);
  for (let flip = 0; flip < 2000; flip += 1) {
    const other = Buffer.from(bytes);
    const at = roll(other.length);
    other[at] = (other[at] ?? 0) ^ (1 << roll(8));
    expect(isTaken(other)).toBe(false);
  }
  expect(isTaken(Buffer.concat([bytes, Buffer.alloc(16)]))).toBe(false);
});

it('a segment of a stranger, of another team or of a forged author is not taken, and is told', async () => {
  const [mine, other] = createTeam(2) as [Replica, Replica];
  const folder = makeTemp();
  const hub = createFolderHub(folder, SIGNED_TEAM.org);
  await enrol(hub, mine);
  other.store.sync.join(SIGNED_TEAM);
  other.store.apply([{ kind: 'insert', table: 'accounts', id: other.ids(), values: { name: 'Forged' } }], edit);
  expect((await round(hub, other)).sent).toBe(0);
  await round(takenForKnown(hub, other), other);
  const before = mine.hash();
  const { received, warnings } = await round(createFolderHub(folder, SIGNED_TEAM.org), mine);
  expect(received).toBe(0);
  expect(warnings.join()).toContain('nobody vouches');
  expect(mine.hash()).toBe(before);
  // A certificate that the team's key did not sign helps nobody.
  const { id: dev, code } = other.store.device;
  await hub.putCertificate(certify(Buffer.alloc(32, 9), { dev, code, key: other.pair.publicKey }));
  expect((await round(createFolderHub(folder, SIGNED_TEAM.org), mine)).received).toBe(0);
  await enrol(hub, other);
  expect((await round(createFolderHub(folder, SIGNED_TEAM.org), mine)).received).toBeGreaterThan(0);
});

it('what is sent again after a lost answer is the same, and other work under the same name is refused', async () => {
  const [mine] = createTeam(1) as [Replica];
  const folder = makeTemp();
  const hub = createFolderHub(folder, SIGNED_TEAM.org);
  await enrol(hub, mine);
  mine.store.apply([{ kind: 'insert', table: 'accounts', id: mine.ids(), values: { name: 'Acme' } }], edit);
  mine.store.sync.seal();
  const [out] = mine.store.sync.unsent(1);
  if (out === undefined) throw new Error('Nothing to send');
  const read = (sig: Buffer) => parseSegment(encodeSegment({ ...out, sig }));
  const [once, again] = [read(mine.pair.sign(out.hash)), read(mine.pair.sign(out.hash))];
  if (typeof once === 'string' || typeof again === 'string') throw new Error('No segment');
  expect(await hub.put(once)).toBe('ok');
  expect(await hub.put(again)).toBe('dup');
  expect(await createFolderHub(folder, SIGNED_TEAM.org).put(again)).toBe('dup');
  expect(await hub.put({ ...again, hash: Buffer.alloc(32, 1) })).toBe('fork');
  expect((await round(hub, mine)).warnings).toEqual([]);
});

it(
  'a folder with more files than are read says so, and its streams are read from their beginning',
  { timeout: 120_000 },
  async () => {
    const [mine, yours] = createTeam(2) as [Replica, Replica];
    const folder = makeTemp();
    const hub = createFolderHub(folder, SIGNED_TEAM.org);
    for (const one of [mine, yours]) await enrol(hub, one);
    mine.store.apply([{ kind: 'insert', table: 'accounts', id: mine.ids(), values: { name: 'First' } }], edit);
    await round(hub, mine);
    const place = path.join(folder, 'v1', 'north', mine.store.device.id);
    for (let at = 0; at < 50_000; at += 1) fs.closeSync(fs.openSync(path.join(place, `x${at}.old`), 'w'));
    const { received, warnings } = await round(createFolderHub(folder, SIGNED_TEAM.org), yours);
    expect(received).toBe(1);
    expect(warnings.join()).toContain('more than 50,000 files');
  },
);

it('a team that moves to an empty folder has there what its devices did, and gives it once', async () => {
  const [before, after] = [makeTemp(), makeTemp()];
  const [mine, yours, later] = createTeam(3) as [Replica, Replica, Replica];
  const hubs = (root: string) =>
    new Map([mine, yours, later].map((one) => [one, createFolderHub(root, SIGNED_TEAM.org)] as const));
  const [was, is] = [hubs(before), hubs(after)];
  const meet = async (at: ReadonlyMap<Replica, Hub>, one: Replica) => round(at.get(one) as Hub, one);
  for (const one of [mine, yours]) {
    await enrol(was.get(one) as Hub, one);
    insert(one, 'accounts', { name: `Of ${one.number}` });
    insert(one, 'contacts', { name: `Ann ${one.number}` });
  }
  for (const one of [mine, yours, mine]) await meet(was, one);
  // It does not know the device: a drive that is not there looks like that.
  expect(await meet(is, mine)).toMatchObject({ sent: 0 });
  expect(mine.store.sync.state().unsent).toBe(0);
  for (const one of [mine, yours]) {
    await enrol(is.get(one) as Hub, one);
    expect((await meet(is, one)).sent).toBeGreaterThan(1);
  }
  await enrol(is.get(later) as Hub, later);
  await meet(is, later);
  expect(later.hash()).toBe(mine.hash());
  for (const one of [mine, yours]) expect(await meet(is, one)).toMatchObject({ sent: 0, warnings: [] });
  // What a program that keeps old states brought back lacks the last of it.
  update(mine, 'accounts', insert(mine, 'accounts', { name: 'New' }), { city: 'Hull' });
  await meet(is, mine);
  const [last] = filesOf(after)
    .filter((name) => name.includes(mine.store.sync.device) && name.endsWith('.seg'))
    .toSorted()
    .toReversed();
  fs.rmSync(path.join(after, last ?? ''));
  const fresh = createFolderHub(after, SIGNED_TEAM.org);
  expect((await round(fresh, mine)).sent).toBeGreaterThan(0);
  await meet(is, later);
  expect(later.hash()).toBe(mine.hash());
});
