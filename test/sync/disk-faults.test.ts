/** What a disk and other programs do to a device that meets its team (SYNC.md 4): nothing of it is lost, and nothing is doubled. */
import { execFile, execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { openWriter } from '../../electron/engine/store/file/db.ts';
import { verifyLog } from '../../electron/engine/store/log/verify.ts';
import { createFolderHub } from '../../electron/engine/sync/folder.ts';
import { edit } from '../store/open.ts';
import { makeTemp } from '../setup/temp.ts';
import { DISK } from './disk-child.ts';
import type { Told } from './disk-child.ts';
import { openReplica, TEAM } from './replica.ts';
import type { Replica } from './replica.ts';
import { ENDING } from './take-child.ts';
import { createTeam, enrol, round, SIGNED_TEAM } from './team.ts';

const run = promisify(execFile);

/** Why there can be no small disk of a test's own here; null when there can. */
const whyNoDisk = (): string | null => {
  if (process.platform !== 'linux') return 'only Linux lets a test have a small disk of its own';
  try {
    execFileSync('unshare', ['-rm', 'sh', '-c', 'mount -t tmpfs -o size=64k tmpfs /tmp'], { stdio: 'ignore' });
    return null;
  } catch {
    return 'this system lets nobody have a small disk of its own: unshare -rm';
  }
};
const noDisk = whyNoDisk();
if (noDisk !== null) console.log(`The test of a full disk is skipped: ${noDisk}`);

const namesOf = ({ look }: Replica): readonly unknown[] =>
  look((db) => db.prepare('SELECT name FROM live_accounts ORDER BY name').pluck().all());

it.skipIf(noDisk !== null)(
  'a disk that is full while others’ work is taken is told; once there is room it goes on',
  { timeout: 120_000 },
  async () => {
    const [files, disk] = [makeTemp(), makeTemp()];
    const author = openReplica({ number: 0, folder: files, clock: Date.now });
    author.store.sync.join(TEAM);
    const notes = 'A long note of what was said. '.repeat(40);
    for (let segment = 0; segment < 40; segment += 1) {
      const patches = Array.from({ length: 100 }, (_, at) => ({
        ...({ kind: 'insert', table: 'accounts', id: author.ids() } as const),
        values: { name: `${segment}.${at}`, notes },
      }));
      author.store.apply(patches, edit);
      for (const bytes of author.send())
        fs.writeFileSync(path.join(files, `${String(segment).padStart(3, '0')}${ENDING}`), bytes);
    }
    const wanted = author.hash();
    author.close();
    const child = [process.execPath, path.join(import.meta.dirname, 'disk-child.ts'), files, disk];
    const { stdout } = await run(
      'unshare',
      ['-rm', 'sh', '-c', `mount -t tmpfs -o size=${DISK} tmpfs "$3" && exec "$0" "$@"`, ...child],
      {
        timeout: 100_000,
      },
    );
    const told = JSON.parse(stdout) as Told;
    expect(told.refused).toEqual(['io The disk is full. The last change was not made; all before it is safe.']);
    expect(told).toMatchObject({ taken: 40, faults: [], hash: wanted });
  },
);

it(
  'another program that writes to the file holds up what comes for as long as it does, and nothing more',
  { timeout: 60_000 },
  async () => {
    const [mine, yours] = createTeam(2) as [Replica, Replica];
    const hub = createFolderHub(makeTemp(), SIGNED_TEAM.org);
    for (const one of [mine, yours]) await enrol(hub, one);
    mine.store.apply([{ kind: 'insert', table: 'accounts', id: mine.ids(), values: { name: 'Acme' } }], edit);
    await round(hub, mine);
    const other = openWriter(yours.file);
    try {
      other.exec('BEGIN IMMEDIATE');
      await expect(round(hub, yours)).rejects.toMatchObject({ code: 'locked' });
      expect(namesOf(yours)).toEqual([]);
      other.exec('ROLLBACK');
    } finally {
      other.close();
    }
    expect((await round(hub, yours)).received).toBe(1);
    expect(yours.hash()).toBe(mine.hash());
    expect(yours.look(verifyLog)).toEqual([]);
  },
);

it('a file that lost what the disk had not written yet takes it back from the team, and goes on as another device', async () => {
  const [mine, yours] = createTeam(2) as [Replica, Replica];
  const hub = createFolderHub(makeTemp(), SIGNED_TEAM.org);
  for (const one of [mine, yours]) await enrol(hub, one);
  const insert = (one: Replica, name: string): void =>
    void one.store.apply([{ kind: 'insert', table: 'accounts', id: one.ids(), values: { name } }], edit);
  insert(mine, 'On the disk');
  await round(hub, mine);
  mine.reopen();
  insert(mine, 'Given, and lost here');
  await round(hub, mine);
  insert(mine, 'Lost before it was given');
  // What is not in the file itself yet stands beside it: without that, the file is what it was.
  const before = fs.readFileSync(mine.file);
  expect(fs.statSync(`${mine.file}-wal`).size).toBeGreaterThan(0);
  const was = mine.store.device.id;
  mine.crash(before);
  expect(namesOf(mine)).toEqual(['On the disk']);
  insert(mine, 'Done since');
  await round(hub, mine);
  expect(mine.store.device.id).not.toBe(was);
  await enrol(hub, mine);
  for (const one of [mine, yours, mine]) await round(hub, one);
  expect(namesOf(yours)).toEqual(['Done since', 'Given, and lost here', 'On the disk']);
  expect(yours.hash()).toBe(mine.hash());
});

it('a fault of the own file while a snapshot is taken is told as that, and not of whoever made the snapshot', async () => {
  const [mine, yours] = createTeam(2) as [Replica, Replica];
  const hub = createFolderHub(makeTemp(), SIGNED_TEAM.org);
  for (const one of [mine, yours]) await enrol(hub, one);
  mine.store.apply([{ kind: 'insert', table: 'accounts', id: mine.ids(), values: { name: 'Acme' } }], edit);
  const never = Number.MAX_SAFE_INTEGER;
  await round(hub, mine);
  await round(hub, mine, { takeAt: never, makeAt: 1, pause: 0 });
  expect(await hub.snapshots('north')).toHaveLength(1);
  const [size, root] = yours.look((db) => [
    Number(db.pragma('page_size', { simple: true })),
    db.prepare<[], number>("SELECT rootpage FROM sqlite_schema WHERE name = 'superseded'").pluck().get() ?? 0,
  ]);
  // Closed, all of it is in the file; a new piece does not ask this table.
  yours.reopen();
  const damaged = fs.readFileSync(yours.file).fill(0xff, (root - 1) * size, root * size);
  yours.crash(damaged);
  await expect(round(hub, yours, { takeAt: 1, makeAt: never, pause: 0 })).rejects.toMatchObject({
    code: 'damaged-file',
    message: expect.stringContaining('restore a backup') as string,
  });
});
