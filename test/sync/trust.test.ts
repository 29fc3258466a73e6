/** What anybody may put into a folder: forged segments, certificates of copies, more than can be held (SYNC.md 11, 13, 24). */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { certify, encodeCertificate, membersOf } from '../../electron/engine/sync/certificate.ts';
import { createFolderHub } from '../../electron/engine/sync/folder.ts';
import { plainIo } from '../../electron/engine/sync/folder-io.ts';
import type { Hub } from '../../electron/engine/sync/hub.ts';
import { joinTeam } from '../../electron/engine/sync/join.ts';
import { keyPairOf } from '../../electron/engine/sync/keys.ts';
import { encodeSegment, parseSegment } from '../../electron/engine/sync/segment-file.ts';
import type { SealedSegment } from '../../electron/engine/sync/segment-file.ts';
import { encodePayload } from '../../electron/engine/store/log/payload.ts';
import { sealPayload } from '../../electron/engine/store/log/segments.ts';
import { edit } from '../store/open.ts';
import { makeTemp } from '../setup/temp.ts';
import type { Replica } from './replica.ts';
import { createTeam, enrol, ROOT, round, SIGNED_TEAM, takenForKnown } from './team.ts';

const SCOPE = SIGNED_TEAM.scopes.account;
const STRANGER = keyPairOf(Buffer.alloc(32, 66));

const addAccount = ({ store, ids }: Replica, name: string): void =>
  void store.apply([{ kind: 'insert', table: 'accounts', id: ids(), values: { name } }], edit);

type Forged = { readonly from: number; readonly prev: string | null; readonly names: readonly string[] };

/** A segment that says it is of a device, signed by whom it may be. */
const forge = ({ store }: Replica, { from, prev, names }: Forged, by = STRANGER): SealedSegment => {
  const about = {
    actor: 'x',
    source: 'edit',
    batch: null,
    label: 'Forged',
    occurredAt: null,
    reason: null,
    undoOf: null,
  } as const;
  const ops = names.map(
    (name, at) =>
      ({ h: from + at, kind: 'i', table: 'accounts', row: `r${from + at}`, base: null, cols: ['name'], vals: [name] }) as const,
  );
  const place = { org: SIGNED_TEAM.org, scope: SCOPE, dev: store.device.id, from, to: from + names.length - 1, prev };
  const sealed = sealPayload(encodePayload([{ ...about, ops }]), { ...place, sv: 10, minsv: 10 });
  const segment = parseSegment(encodeSegment({ ...sealed, sig: by.sign(sealed.hash) }));
  if (typeof segment === 'string') throw new Error(segment);
  return segment;
};

const drop = (folder: string, segment: SealedSegment, name: string): void => {
  const place = path.join(folder, 'v1', segment.header.scope, segment.header.dev);
  fs.mkdirSync(place, { recursive: true });
  fs.writeFileSync(path.join(place, name), encodeSegment(segment));
};

it('a forged file keeps nobody from sending and hides nothing that was sent', async () => {
  const [mine, other] = createTeam(2) as [Replica, Replica];
  const folder = makeTemp();
  const open = (): Hub => createFolderHub(folder, SIGNED_TEAM.org);
  for (const one of [mine, other]) await enrol(open(), one);
  addAccount(mine, 'One');
  // The first place is taken by one that reaches further than what the device will write.
  drop(folder, forge(mine, { from: 1, prev: null, names: ['A', 'B', 'C'] }), '0000000001-0000000003-a.seg');
  const first = await round(open(), mine);
  expect(first).toMatchObject({ sent: 1 });
  expect(first.warnings.join()).not.toContain('other work under the name');
  addAccount(mine, 'Two');
  await round(open(), mine);
  const { received, warnings } = await round(open(), other);
  expect(received).toBe(2);
  expect(warnings.join()).toContain('signature');
  expect(mine.hash()).toBe(other.hash());
  // It is told each time, though it is not read again.
  const hub = open();
  for (let turn = 0; turn < 2; turn += 1) expect((await round(hub, other)).warnings.join()).toContain('signature');
});

it('a hub that gives a forged segment before the real one stops no stream', async () => {
  const [mine, other] = createTeam(2) as [Replica, Replica];
  const hub = createFolderHub(makeTemp(), SIGNED_TEAM.org);
  for (const one of [mine, other]) await enrol(hub, one);
  addAccount(mine, 'One');
  await round(hub, mine);
  const forged = forge(mine, { from: 1, prev: null, names: ['Forged'] });
  const forging: Hub = { ...hub, get: async (stream, after, limit) => [forged, ...(await hub.get(stream, after, limit))] };
  expect((await round(forging, other)).received).toBe(1);
  expect(mine.hash()).toBe(other.hash());
});

it('what was put there before its certificate is taken once it came', async () => {
  const [mine, other] = createTeam(2) as [Replica, Replica];
  const hub = createFolderHub(makeTemp(), SIGNED_TEAM.org);
  await enrol(hub, other);
  mine.store.sync.join(SIGNED_TEAM);
  addAccount(mine, 'One');
  expect(await round(hub, mine)).toMatchObject({ sent: 0, warnings: [expect.stringContaining('does not know this device')] });
  await round(takenForKnown(hub, mine), mine);
  expect((await round(hub, other)).received).toBe(0);
  await enrol(hub, mine);
  expect(await round(hub, other)).toMatchObject({ received: 1, warnings: [] });
});

/** Two of a team, of whom one has given something. `place`: where its stream lies. */
const openGiven = async () => {
  const [mine, other] = createTeam(2) as [Replica, Replica];
  const folder = makeTemp();
  const hub = createFolderHub(folder, SIGNED_TEAM.org);
  for (const one of [mine, other]) await enrol(hub, one);
  addAccount(mine, 'One');
  await round(hub, mine);
  const place = path.join(folder, 'v1', SCOPE, mine.store.device.id);
  return { mine, other, folder, hub, place };
};

it('a piece counts in the stream it was written for, wherever it is laid', async () => {
  const { mine, other, folder, place } = await openGiven();
  const elsewhere = path.join(folder, 'v1', SIGNED_TEAM.scopes.shared, mine.store.device.id);
  fs.mkdirSync(elsewhere, { recursive: true });
  for (const name of fs.readdirSync(place)) fs.renameSync(path.join(place, name), path.join(elsewhere, name));
  const moved = await round(createFolderHub(folder, SIGNED_TEAM.org), other);
  expect(moved.received).toBe(0);
  expect(moved.warnings.join()).toContain('of another stream');
  // A hub that answers for one stream with another's is not believed either.
  for (const name of fs.readdirSync(elsewhere)) fs.renameSync(path.join(elsewhere, name), path.join(place, name));
  const whole = createFolderHub(folder, SIGNED_TEAM.org);
  await whole.streams([SCOPE]);
  const [piece] = await whole.get({ scope: SCOPE, dev: mine.store.device.id }, 0, 10);
  const lying: Hub = {
    ...whole,
    streams: () => Promise.resolve([{ scope: SIGNED_TEAM.scopes.shared, dev: mine.store.device.id }]),
    get: () => Promise.resolve(piece === undefined ? [] : [piece]),
  };
  const told = await round(lying, other);
  expect(told.received).toBe(0);
  expect(told.warnings.join()).toContain('is not taken');
});

it('a folder that cannot be read is no empty one', async () => {
  const [mine] = createTeam(1) as [Replica];
  const folder = makeTemp();
  const hub = createFolderHub(folder, SIGNED_TEAM.org);
  await enrol(hub, mine);
  // A name that is too long for a folder is refused by the system in another way than one that is not there.
  const broken = createFolderHub(path.join(folder, 'x'.repeat(300)), SIGNED_TEAM.org);
  await expect(broken.certificates()).rejects.toMatchObject({ code: 'io' });
});

it('one of several copies of a file is enough', async () => {
  const { mine, hub, place } = await openGiven();
  const [name = ''] = fs.readdirSync(place);
  const copy = path.join(place, name.replace('.seg', ' (1).seg'));
  fs.copyFileSync(path.join(place, name), copy);
  await hub.streams([SCOPE]);
  fs.rmSync(copy);
  expect(await hub.get({ scope: SCOPE, dev: mine.store.device.id }, 0, 10)).toHaveLength(1);
});

it('of two keys of one device all take the same, and say so; what the other signed is not taken', async () => {
  const [mine, other] = createTeam(2) as [Replica, Replica];
  const folder = makeTemp();
  const hub = createFolderHub(folder, SIGNED_TEAM.org);
  for (const one of [mine, other]) await enrol(hub, one);
  const { id: dev, code } = mine.store.device;
  const [own, second] = [
    { dev, code, key: mine.pair.publicKey },
    { dev, code, key: STRANGER.publicKey },
  ].map((one) => certify(ROOT, one)) as [ReturnType<typeof certify>, ReturnType<typeof certify>];
  const both = [own, second].map((_, at, all) => membersOf(SIGNED_TEAM.org, at === 0 ? all : all.toReversed()));
  expect(both[0]?.doubled).toEqual([dev]);
  expect(both[0]?.members.get(dev)?.key).toEqual(both[1]?.members.get(dev)?.key);
  await expect(hub.putCertificate(second)).rejects.toMatchObject({ code: 'blocked' });
  // As a copying program leaves it that met two.
  const file = path.join(folder, 'v1', 'devices', `${dev}.cert`);
  fs.writeFileSync(file.replace('.cert', '-LAPTOP.cert'), encodeCertificate(second));
  addAccount(mine, 'One');
  const isMine = both[0]?.members.get(dev)?.key.equals(mine.pair.publicKey);
  const { sent, warnings } = await round(hub, mine);
  expect(warnings.join()).toContain('two keys');
  expect(sent).toBe(isMine === true ? 1 : 0);
  if (isMine !== true) expect(warnings.join()).toContain('by another key');
});

const joining = (hub: Hub, { store, pair }: Pick<Replica, 'store' | 'pair'>, made: string[] = []) => {
  const seed = made.length === 0 ? null : Buffer.from(made[0] ?? '', 'hex');
  return joinTeam({
    store: store.sync,
    hub,
    org: SIGNED_TEAM.org,
    rootSeed: ROOT,
    seed: {
      read: () => seed,
      make: () => {
        const one = Buffer.from(pair.publicKey);
        made.push(one.toString('hex'));
        return one;
      },
    },
    random: (n) => Uint8Array.from({ length: n }, (_, at) => at + 1),
    scopes: SIGNED_TEAM.scopes,
  });
};

it('a file whose key was lost goes on as another device, a copy takes no place; who lost the answer joins again', async () => {
  const [[mine], [copy]] = [createTeam(1), createTeam(1)] as [[Replica], [Replica]];
  const hub = createFolderHub(makeTemp(), SIGNED_TEAM.org);
  const made: string[] = [];
  const down: Hub = { ...hub, putCertificate: () => Promise.reject(new Error('down')) };
  await expect(joining(down, mine, made)).rejects.toThrow('down');
  expect(mine.store.sync.membership()).toEqual(SIGNED_TEAM);
  await joining(hub, mine, made);
  await joining(hub, mine, made);
  const before = await hub.certificates();
  expect(before).toHaveLength(1);
  // A copy that was made before it joined.
  await expect(joining(hub, copy, ['00'.repeat(32)])).rejects.toMatchObject({ code: 'blocked' });
  await expect(joining(hub, copy)).rejects.toMatchObject({ code: 'blocked' });
  expect(await hub.certificates()).toEqual(before);
  // On another computer the key is not there: what was not given yet goes along.
  const was = mine.store.device;
  addAccount(mine, 'Not given yet');
  const { unsent } = mine.store.sync.state();
  const anew: string[] = [];
  await joining(hub, mine, anew);
  expect(anew).toHaveLength(1);
  expect(mine.store.sync.device).not.toBe(was.id);
  expect(mine.store.sync.code()).not.toBe(was.code);
  expect(mine.store.sync.state()).toMatchObject({ unsent });
  const after = await hub.certificates();
  expect(after.map(({ dev }) => dev).toSorted()).toEqual([was.id, mine.store.sync.device].toSorted());
  expect(after).toEqual(expect.arrayContaining([...before]));
});

it('a device whose code is taken numbers by another one from then on', async () => {
  const [mine, other] = createTeam(2) as [Replica, Replica];
  const hub = createFolderHub(makeTemp(), SIGNED_TEAM.org);
  await enrol(hub, mine);
  const { code } = mine.store.device;
  other.meddle((db) => db.prepare('UPDATE devices SET code = ?').run(code));
  const was = other.store.nextNumber('orders');
  await joining(hub, other);
  const now = other.store.device.code;
  expect(now).not.toBe(code);
  expect(other.store.nextNumber('orders')).toBe(was.replace(`-${code}-`, `-${now}-`));
  expect((await hub.certificates()).map((one) => one.code).toSorted()).toEqual([code, now].toSorted());
  other.reopen();
  expect(other.store.device.code).toBe(now);
});

it('two that joined apart with one code are told', async () => {
  const [mine, other] = createTeam(2) as [Replica, Replica];
  const hub = createFolderHub(makeTemp(), SIGNED_TEAM.org);
  other.meddle((db) => db.prepare('UPDATE devices SET code = ?').run(mine.store.device.code));
  for (const one of [mine, other]) await enrol(hub, one);
  expect((await round(hub, mine)).warnings.join()).toContain('same code');
});

it('only certificates are read as such, and what is wrong is told up to a bound', async () => {
  const [mine] = createTeam(1) as [Replica];
  const folder = makeTemp();
  const hub = createFolderHub(folder, SIGNED_TEAM.org);
  await enrol(hub, mine);
  const devices = path.join(folder, 'v1', 'devices');
  fs.copyFileSync(path.join(devices, `${mine.store.device.id}.cert`), path.join(devices, 'notes.txt'));
  expect(await hub.certificates()).toHaveLength(1);
  const place = path.join(folder, 'v1', SCOPE, 'x');
  fs.mkdirSync(place, { recursive: true });
  for (let at = 0; at < 150; at += 1) fs.writeFileSync(path.join(place, `${at}.seg`), 'no');
  const { warnings } = await round(hub, mine);
  expect(warnings.length).toBeLessThanOrEqual(101);
  expect(warnings.join()).toMatch(/\d+ more/);
});

it('one asking brings no more than can be held', { timeout: 120_000 }, async () => {
  const [mine] = createTeam(1) as [Replica];
  /** How many segments come of many that hold so many ops with such texts. */
  const ask = async (ops: number, text: () => string): Promise<number> => {
    const hub = createFolderHub(makeTemp(), SIGNED_TEAM.org);
    await enrol(hub, mine);
    let prev: string | null = null;
    for (let at = 0; at < 8; at += 1) {
      const one = forge(mine, { from: at * ops + 1, prev, names: Array.from({ length: ops }, text) }, mine.pair);
      expect(await hub.put(one)).toBe('ok');
      prev = one.hash.toString('hex');
    }
    return (await hub.get({ scope: SCOPE, dev: mine.store.device.id }, 0, 50)).length;
  };
  expect(await ask(6000, () => 'A')).toBe(2);
  expect(await ask(1, () => randomBytes(6 * 2 ** 20).toString('base64'))).toBe(6);
  expect(await ask(1, () => 'A')).toBe(8);
});

it('a share that cannot put a folder on the disk by itself is no failure; a broken one is', async () => {
  const [mine] = createTeam(1) as [Replica];
  const failing = (code: string) => ({
    ...plainIo,
    syncFolder: () => Promise.reject(Object.assign(new Error(code), { code })),
  });
  for (const code of ['EINVAL', 'ENOTSUP', 'ENOSYS', 'EPERM'])
    await enrol(createFolderHub(makeTemp(), SIGNED_TEAM.org, failing(code)), mine);
  await expect(enrol(createFolderHub(makeTemp(), SIGNED_TEAM.org, failing('EIO')), mine)).rejects.toMatchObject({ code: 'io' });
});
