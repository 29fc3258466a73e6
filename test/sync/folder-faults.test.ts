/** What happens to files of a shared folder under the eyes of who reads it, and where it cannot be written (SYNC.md 2.7, part 4). */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFolderHub } from '../../electron/engine/sync/folder.ts';
import { plainIo } from '../../electron/engine/sync/folder-io.ts';
import type { FolderIo } from '../../electron/engine/sync/folder-io.ts';
import { makeTemp } from '../setup/temp.ts';
import { insert, rowsOf } from './region.ts';
import type { Replica } from './replica.ts';
import { createTeam, enrol, round, SIGNED_TEAM } from './team.ts';

/** Two of a team in one folder, each with a hub that stays open as in a workbench that runs; what the first gave lies in `place`. */
const openFolder = async (io: FolderIo = plainIo) => {
  const [mine, yours] = createTeam(2) as [Replica, Replica];
  const folder = makeTemp();
  const hubs = [createFolderHub(folder, SIGNED_TEAM.org, io), createFolderHub(folder, SIGNED_TEAM.org)] as const;
  await enrol(createFolderHub(folder, SIGNED_TEAM.org), mine);
  await enrol(hubs[1], yours);
  const place = path.join(folder, 'v1', 'north', mine.store.device.id);
  return {
    mine,
    yours,
    folder,
    give: () => round(hubs[0], mine),
    read: () => round(hubs[1], yours),
    pieces: (): readonly string[] =>
      fs
        .readdirSync(place)
        .map((name) => path.join(place, name))
        .toSorted(),
  };
};

const accountsOf = (one: Replica): readonly unknown[] => rowsOf(one, 'accounts', 'name');

/** The file holds other bytes, and is as long and as old as before. */
const fillAgain = (file: string, bytes: Uint8Array): void => {
  const { atime, mtime, size } = fs.statSync(file);
  expect(bytes.length).toBe(size);
  fs.writeFileSync(file, bytes);
  fs.utimesSync(file, atime, mtime);
  expect(fs.statSync(file).mtimeMs).toBe(mtime.getTime());
};

describe('a file under the eyes of who reads it', () => {
  it('is read once it is filled, though it is as long and as old as it was', async () => {
    const { mine, yours, give, read, pieces } = await openFolder();
    insert(mine, 'accounts', { name: 'One' });
    await give();
    const [file = ''] = pieces();
    const bytes = fs.readFileSync(file);
    fs.utimesSync(file, 1e9, 1e9);
    fillAgain(file, Buffer.alloc(bytes.length));
    expect(await read()).toMatchObject({ received: 0, warnings: [expect.stringContaining('no header')] });
    fillAgain(file, bytes);
    expect(await read()).toMatchObject({ received: 1, warnings: [] });
    expect(accountsOf(yours)).toEqual(['One']);
  });

  it('is read again when it holds another piece, though it is as long and as old as it was', async () => {
    const { mine, yours, give, read, pieces } = await openFolder();
    for (let at = 0; at < 12; at += 1) {
      insert(mine, 'accounts', { name: `Name ${at + 10}` });
      await give();
    }
    // Two that are as long as each other: packing makes some a byte longer.
    const files = pieces();
    const sizes = files.map((file) => fs.statSync(file).size);
    const at = sizes.findIndex((size, place) => sizes.indexOf(size) < place);
    const [first, last] = [files[sizes.indexOf(sizes[at] ?? 0)] ?? '', files[at] ?? ''];
    const [was, is] = [fs.readFileSync(first), fs.readFileSync(last)];
    fs.utimesSync(last, 1e9, 1e9);
    fillAgain(last, was);
    await read();
    expect(accountsOf(yours)).toHaveLength(at);
    fillAgain(last, is);
    await read();
    expect(yours.hash()).toBe(mine.hash());
  });

  it.each([
    ['first', 0, 'open'],
    ['first', 0, 'opened anew'],
    ['middle', 1, 'open'],
    ['last', 2, 'opened anew'],
    ['last', 2, 'open'],
  ])('is laid again by who gave it where the %s piece was damaged (%i), by a hub that is %s', async (_, at, hub) => {
    const { mine, yours, folder, give, read, pieces } = await openFolder();
    for (const name of ['A', 'B', 'C']) {
      insert(mine, 'accounts', { name });
      await give();
    }
    const whole = pieces().map((file) => fs.readFileSync(file));
    fs.truncateSync(pieces()[at] ?? '', 10);
    expect((await read()).warnings).not.toEqual([]);
    await (hub === 'open' ? give() : round(createFolderHub(folder, SIGNED_TEAM.org), mine));
    expect(pieces().map((file) => fs.readFileSync(file))).toEqual(whole);
    expect((await read()).warnings).toEqual([]);
    expect(accountsOf(yours)).toEqual(['A', 'B', 'C']);
  });

  it('vanishes and comes back, and nobody is told that it is there meanwhile', async () => {
    const { mine, yours, give, read, pieces } = await openFolder();
    for (const name of ['One', 'Two', 'Three']) {
      insert(mine, 'accounts', { name });
      await give();
    }
    const [first = '', second = ''] = pieces();
    const away = path.join(makeTemp(), 'away');
    fs.renameSync(first, away);
    expect((await read()).received).toBe(0);
    fs.renameSync(away, first);
    fs.renameSync(second, away);
    expect((await read()).received).toBe(1);
    fs.copyFileSync(away, second);
    expect(await read()).toMatchObject({ received: 2, warnings: [] });
    expect(accountsOf(yours)).toEqual(['One', 'Three', 'Two']);
  });

  it.each(['a piece', 'the folder'])('vanishes for good, %s, and the device that wrote it gives it again', async (what) => {
    const { mine, yours, give, read, pieces } = await openFolder();
    for (const name of ['One', 'Two']) {
      insert(mine, 'accounts', { name });
      await give();
    }
    const [, second = ''] = pieces();
    fs.rmSync(what === 'a piece' ? second : path.dirname(second), { recursive: true });
    await read();
    expect(await give()).toMatchObject({ sent: what === 'a piece' ? 1 : 2, warnings: [] });
    await read();
    expect(accountsOf(yours)).toEqual(['One', 'Two']);
    expect(await give()).toMatchObject({ sent: 0 });
  });
});

describe('a folder that cannot be written', () => {
  it.each([
    ['EROFS', 'may only be read here'],
    ['EACCES', 'may only be read here'],
    ['ENOSPC', 'is full'],
    ['EDQUOT', 'is full'],
  ])('%s: what others gave is taken, what is to be sent stays, and goes once it can', async (code, words) => {
    let isBroken = true;
    const write: FolderIo['write'] = async (file, bytes) => {
      if (isBroken) throw Object.assign(new Error(code), { code });
      await plainIo.write(file, bytes);
    };
    const { mine, yours, give, read } = await openFolder({ ...plainIo, write });
    insert(yours, 'accounts', { name: 'Of others' });
    insert(yours, 'contacts', { name: 'Ann' });
    await read();
    insert(mine, 'accounts', { name: 'Mine' });
    insert(mine, 'contacts', { name: 'Bea' });
    const { unsent } = mine.store.sync.state();
    for (let turn = 0; turn < 2; turn += 1) {
      const said = await give().then(
        ({ warnings }) => warnings.join(),
        (error: unknown) => String(error),
      );
      expect(said).toContain(words);
      expect(said).toContain('kept and tried again');
      expect(accountsOf(mine)).toEqual(['Mine', 'Of others']);
      expect(mine.store.sync.state().unsent).toBe(unsent);
    }
    isBroken = false;
    expect(await give()).toMatchObject({ sent: unsent, warnings: [] });
    await read();
    expect(yours.hash()).toBe(mine.hash());
  });

  it('one territory that may only be read holds up no other', async () => {
    const write: FolderIo['write'] = async (file, bytes) => {
      if (file.includes(path.join('v1', 'shared'))) throw Object.assign(new Error('EACCES'), { code: 'EACCES' });
      await plainIo.write(file, bytes);
    };
    const { mine, give } = await openFolder({ ...plainIo, write });
    insert(mine, 'accounts', { name: 'Mine' });
    insert(mine, 'partners', { name: 'Carrier' });
    const { sent, warnings } = await give();
    expect(sent).toBe(1);
    expect(warnings.join()).toContain('shared: The shared folder may only be read here');
  });
});
