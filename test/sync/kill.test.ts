/** A process that merges is killed at any moment: what it had is whole, and going on gives the same (SYNC.md invariant 4). */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { verifyLog } from '../../electron/engine/store/log/verify.ts';
import { edit } from '../store/open.ts';
import { makeTemp } from '../setup/temp.ts';
import { dice } from './program.ts';
import { openReplica, TEAM } from './replica.ts';
import { ENDING } from './take-child.ts';

const KILLS = 25;
const SEGMENTS = 40;
/** Milliseconds from its first word in which the child is killed: it takes all segments in about twice that. */
const WITHIN = 160;

type Ended = { readonly isWhole: boolean; readonly taken: number };

/** A child that takes what is in a folder into the file of a device, and is killed so many milliseconds after it began. */
const take = async (files: string, folder: string, killAfter: number): Promise<Ended> => {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'take-child.ts'), files, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const died = once(child, 'close') as Promise<[number | null]>;
  let said = 0;
  for await (const _ of createInterface({ input: child.stdout }))
    if ((said += 1) === 1 && killAfter < WITHIN) void wait(killAfter).then(() => child.kill('SIGKILL'));
  const [code] = await died;
  return { isWhole: code === 0, taken: said - 1 };
};

/** Files with segments of one who inserts and writes over what was there. */
const writeSegments = (files: string): { readonly wanted: string; readonly author: string } => {
  const author = openReplica({ number: 0, folder: files, clock: Date.now });
  author.store.sync.join(TEAM);
  let last = '';
  for (let segment = 0; segment < SEGMENTS; segment += 1) {
    for (let row = 0; row < 8; row += 1) {
      const id = author.ids();
      author.store.apply([{ kind: 'insert', table: 'accounts', id, values: { name: `${segment}.${row}` } }], edit);
      if (last !== '')
        author.store.apply([{ kind: 'update', table: 'accounts', id: last, values: { city: `After ${row}` } }], edit);
      last = id;
    }
    const [bytes] = author.send();
    if (bytes) fs.writeFileSync(path.join(files, `${String(segment).padStart(3, '0')}${ENDING}`), bytes);
  }
  const told = { wanted: author.hash(), author: author.store.sync.device };
  author.close();
  return told;
};

it(`${KILLS} kills while segments are merged lose nothing and double nothing`, { timeout: 300_000 }, async () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  console.log(`The moments of the kills are of seed ${seed}`);
  const roll = dice(seed);
  const [files, folder] = [makeTemp(), makeTemp()];
  const { wanted, author } = writeSegments(files);
  const open = () => openReplica({ number: 1, folder, clock: Date.now });
  const begin = (): void => {
    fs.rmSync(folder, { recursive: true });
    fs.mkdirSync(folder);
    const one = open();
    one.store.sync.join(TEAM);
    one.close();
  };
  const look = (isAll: boolean) => {
    const one = open();
    const kept = one.store.sync.pieces({ scope: TEAM.scopes.account, dev: author }).length;
    const found = { kept, faults: one.look(verifyLog), hash: isAll ? one.hash() : null };
    one.close();
    return found;
  };
  begin();
  let [kills, halfway] = [0, 0];
  while (kills < KILLS) {
    const { isWhole, taken } = await take(files, folder, roll(WITHIN));
    const { kept, faults, hash } = look(isWhole);
    expect(faults, `seed ${seed}`).toEqual([]);
    // What it said that it has, it has.
    expect(kept, `seed ${seed}`).toBeGreaterThanOrEqual(taken);
    if (kept < SEGMENTS) halfway += 1;
    if (!isWhole) kills += 1;
    else {
      expect(hash, `seed ${seed}`).toBe(wanted);
      begin();
    }
  }
  expect(halfway).toBeGreaterThan(0);
  expect((await take(files, folder, WITHIN)).isWhole).toBe(true);
  expect(look(true), `seed ${seed}`).toEqual({ kept: SEGMENTS, faults: [], hash: wanted });
});
