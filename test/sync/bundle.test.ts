/** What a device gave long ago is put together in a shared folder, and the single files go when everybody had time (SYNC.md 2.7). */
import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { CutEntry } from '../../electron/engine/store/snapshot/make.ts';
import { compactFolder } from '../../electron/engine/sync/folder-compact.ts';
import { createFolderHub } from '../../electron/engine/sync/folder.ts';
import type { Hub } from '../../electron/engine/sync/hub.ts';
import { makeTemp } from '../setup/temp.ts';
import { write } from './hub-contract.ts';
import type { Replica } from './replica.ts';
import { createTeam, enrol, round, SIGNED_TEAM } from './team.ts';

const DAY = 86_400_000;
/** When the devices of a test work. */
const START = Date.UTC(2026, 0, 15, 9);
const NORTH = 'north';

/** A device that gave thirty pieces to a folder, and what lies there of it. */
const openGiven = async (pieces = 30) => {
  const [mine, late] = createTeam(2) as [Replica, Replica];
  const root = makeTemp();
  const hub = createFolderHub(root, SIGNED_TEAM.org);
  for (const one of [mine, late]) await enrol(hub, one);
  for (let at = 0; at < pieces; at += 1) {
    write(mine, `Account ${at}`);
    await round(hub, mine);
  }
  const dev = mine.store.sync.device;
  const folder = path.join(root, 'v1', NORTH, dev);
  const names = (ending: string): readonly string[] => fs.readdirSync(folder).filter((name) => name.endsWith(ending));
  const tidy = (now: number) => hub.tidy?.({ scope: NORTH, dev }, now);
  return { mine, late, root, hub, folder, names, tidy, singles: names('.seg').length };
};

const accountsOf = ({ look }: Replica): number =>
  look((db) => db.prepare<[], number>('SELECT count(*) FROM live_accounts').pluck().get() ?? 0);

/** As a device sees the folder that never read it. */
const fresh = (root: string): Hub => createFolderHub(root, SIGNED_TEAM.org);

it('after a week pieces are one file more, after a month one file instead, and who joins then has everything', async () => {
  const { mine, late, root, names, tidy, singles } = await openGiven();
  expect(singles).toBeGreaterThan(20);
  expect(await tidy(START + 6 * DAY)).toEqual({ made: 0, gone: 0 });
  expect(await tidy(START + 8 * DAY)).toEqual({ made: 1, gone: 0 });
  expect(await tidy(START + 9 * DAY)).toEqual({ made: 0, gone: 0 });
  expect([names('.seg').length, names('.bundle').length]).toEqual([singles, 1]);
  expect(await tidy(START + 40 * DAY)).toEqual({ made: 0, gone: singles });
  expect([names('.seg').length, names('.bundle').length]).toEqual([0, 1]);
  const told = await round(fresh(root), late);
  expect(told).toMatchObject({ warnings: [] });
  expect(accountsOf(late)).toBe(30);
  expect(late.hash()).toBe(mine.hash());
});

it('who knew the single files goes on with the bundle, and what is given after it is behind it', async () => {
  const { mine, late, root, hub, tidy } = await openGiven();
  const reader = fresh(root);
  await round(reader, late);
  await tidy(START + 8 * DAY);
  await tidy(START + 40 * DAY);
  write(mine, 'Another');
  await round(hub, mine);
  expect(await round(reader, late)).toMatchObject({ warnings: [] });
  expect(accountsOf(late)).toBe(31);
  expect(await reader.around({ scope: NORTH, dev: mine.store.sync.device }, 3)).toMatchObject({ header: { scope: NORTH } });
});

it('half a bundle is told and nothing of it is taken for whole; what another device signed is moved by nobody', async () => {
  const { mine, late, root, folder, names, tidy } = await openGiven();
  await tidy(START + 8 * DAY);
  const [name = ''] = names('.bundle');
  const bytes = fs.readFileSync(path.join(folder, name));
  await tidy(START + 40 * DAY);
  fs.writeFileSync(path.join(folder, name), bytes.subarray(0, bytes.length - 7));
  const told = await round(fresh(root), late);
  expect(told.warnings.join()).toContain('too short');
  expect(accountsOf(late)).toBe(0);
  fs.writeFileSync(path.join(folder, name), bytes);
  const elsewhere = path.join(root, 'v1', NORTH, late.store.sync.device);
  fs.mkdirSync(elsewhere, { recursive: true });
  fs.copyFileSync(path.join(folder, name), path.join(elsewhere, name));
  const hub = fresh(root);
  expect((await round(hub, late)).warnings.join()).toContain('of another stream');
  expect(accountsOf(late)).toBe(30);
  expect(await hub.tidy?.({ scope: NORTH, dev: late.store.sync.device }, START + 90 * DAY)).toEqual({ made: 0, gone: 0 });
  expect(fs.existsSync(path.join(elsewhere, name))).toBe(true);
  expect(late.hash()).toBe(mine.hash());
});

it('pieces with a gap are put together on each side of it, and few are left alone', async () => {
  const { folder, names, tidy } = await openGiven(45);
  const singles = names('.seg').toSorted();
  fs.rmSync(path.join(folder, singles[22] ?? ''));
  fs.rmSync(path.join(folder, singles[28] ?? ''));
  expect(await tidy(START + 8 * DAY)).toEqual({ made: 1, gone: 0 });
  const left = singles.slice(29).length;
  expect(left).toBeLessThan(20);
  await tidy(START + 40 * DAY);
  // Those before the first gap are in the bundle.
  expect(names('.seg')).toHaveLength(5 + left);
});

it('a bundle is compacted away as a whole, once all of it is old and in the snapshots', async () => {
  const { mine, root, hub, names, tidy } = await openGiven();
  await tidy(START + 8 * DAY);
  await tidy(START + 40 * DAY);
  const [end] = mine.store.sync.cut(NORTH);
  const [, , early] = await hub.streams([NORTH]).then(() => hub.get({ scope: NORTH, dev: mine.store.sync.device }, 0, 3));
  if (end === undefined || early === undefined) throw new Error('Nothing was given');
  const compact = ({ seq, hash }: Pick<CutEntry, 'seq' | 'hash'>, before: number): Promise<number> =>
    compactFolder(path.join(root, 'v1'), { scope: NORTH, cut: [{ ...end, seq, hash }] }, before);
  expect(await compact({ seq: early.header.to, hash: early.hash }, START + 400 * DAY)).toBe(0);
  expect(await compact(end, START)).toBe(0);
  // Another end than that of the stream holds nothing of it.
  expect(await compact({ ...end, hash: Buffer.alloc(32) }, START + 400 * DAY)).toBe(0);
  expect(names('.bundle')).toHaveLength(1);
  expect(await compact(end, START + 400 * DAY)).toBe(1);
  expect(names('.bundle')).toHaveLength(0);
});

it('what is half written goes when it has lain there for an hour by the clock of the folder, whatever that of a device says', async () => {
  const { root, tidy } = await openGiven(1);
  const keys = path.join(root, 'v1', NORTH, 'keys');
  fs.mkdirSync(keys, { recursive: true });
  const [begun, old] = ['~$fresh.tmp', '~$old.tmp'].map((name) => path.join(keys, name)) as [string, string];
  for (const one of [begun, old]) fs.writeFileSync(one, 'x');
  const past = fs.statSync(begun).mtimeMs / 1000 - 7200;
  fs.utimesSync(old, past, past);
  await tidy(fs.statSync(begun).mtimeMs + 40 * DAY);
  expect(fs.readdirSync(keys)).toContain('~$fresh.tmp');
  expect(fs.readdirSync(keys)).not.toContain('~$old.tmp');
});
