/** A process that merges is killed at any moment: what it had is whole, and going on gives the same (SYNC.md invariant 4). */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { edit } from '../store/open.ts';
import { makeTemp } from '../setup/temp.ts';
import { openReplica, TEAM } from './replica.ts';
import { ENDING } from './take-child.ts';

/** Runs the child until it has said so many lines, then kills it; whether it came to its end by itself. */
const takeAndKill = async (files: string, folder: string, lines: number): Promise<boolean> => {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'take-child.ts'), files, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const died = once(child, 'close');
  let said = 0;
  for await (const _ of createInterface({ input: child.stdout })) if ((said += 1) === lines) child.kill('SIGKILL');
  const [code] = (await died) as [number | null];
  return code === 0;
};

it('a kill while segments are merged loses nothing and doubles nothing', { timeout: 300_000 }, async () => {
  const [files, folder] = [makeTemp(), makeTemp()];
  const author = openReplica({ number: 0, folder: files, clock: Date.now });
  author.store.sync.join(TEAM);
  for (let segment = 0; segment < 30; segment += 1) {
    for (let row = 0; row < 10; row += 1)
      author.store.apply([{ kind: 'insert', table: 'accounts', id: author.ids(), values: { name: `${segment}.${row}` } }], edit);
    const [bytes] = author.send();
    if (bytes) fs.writeFileSync(path.join(files, `${String(segment).padStart(3, '0')}${ENDING}`), bytes);
  }
  const wanted = author.hash();
  author.close();
  const before = openReplica({ number: 1, folder, clock: Date.now });
  before.store.sync.join(TEAM);
  before.close();
  let kills = 0;
  for (const lines of [1, 4, 9, 14]) if (!(await takeAndKill(files, folder, lines))) kills += 1;
  expect(await takeAndKill(files, folder, 1000)).toBe(true);
  expect(kills).toBeGreaterThan(0);
  const after = openReplica({ number: 1, folder, clock: Date.now });
  expect(after.hash()).toBe(wanted);
  after.close();
});
