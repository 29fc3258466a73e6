/** What `npm start` understands, when it builds, that two set-ups never run at once, and that no program outlives its limit. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readOptions, whyBrowser } from '../../electron/host/options.mjs';
import { hashSources, isBuilt } from './build.mjs';
import { withLock } from './lock.mjs';
import { run } from './project.mjs';
import { makeTemp } from './temp.ts';

test('a relative file is meant from where the command was typed', () => {
  const folder = path.resolve('/home/me/work');
  expect(readOptions(['--db', 'a.db'], folder).db).toBe(path.join(folder, 'a.db'));
  expect(readOptions(['--db=../b.db'], folder).db).toBe(path.resolve(folder, '../b.db'));
  expect(readOptions([], folder).db).toBeNull();
});

test.each([[['--bd', 'x']], [['file.db']], [['--db']], [['--electron', '--no-open']]])('%j is refused, not guessed', (args) => {
  expect(() => readOptions(args, '/')).toThrow(TypeError);
});

test.each<[string[], NodeJS.Platform, NodeJS.ProcessEnv, string | null]>([
  [[], 'linux', { DISPLAY: ':0' }, null],
  [[], 'linux', { WAYLAND_DISPLAY: 'wayland-0' }, null],
  [[], 'linux', {}, 'this session has no display for a window of its own'],
  [[], 'win32', {}, null],
  [[], 'darwin', {}, null],
  [['--browser'], 'darwin', {}, 'as asked'],
  [['--no-open'], 'win32', {}, 'no window was asked for'],
])('%j on %s with %j: the browser is the host because %s', (args, platform, env, why) => {
  expect(whyBrowser(readOptions(args, '/'), { platform, env })).toBe(why);
});

test('the build follows the content of the sources, not their times', () => {
  const root = makeTemp();
  const file = path.join(root, 'shared', 'a.ts');
  const build = () => fs.writeFileSync(path.join(root, 'dist', 'build.json'), JSON.stringify({ sources: hashSources(root) }));
  for (const folder of ['shared', 'test', 'dist']) fs.mkdirSync(path.join(root, folder));
  fs.writeFileSync(file, 'one');
  expect(isBuilt(root)).toBe(false);
  build();
  expect(isBuilt(root)).toBe(true);
  fs.utimesSync(file, new Date(), new Date());
  fs.writeFileSync(path.join(root, 'test', 'a.test.ts'), 'tests are no part of it');
  expect(isBuilt(root)).toBe(true);
  fs.writeFileSync(file, 'two');
  expect(isBuilt(root)).toBe(false);
  build();
  fs.renameSync(file, path.join(root, 'shared', 'b.ts'));
  expect(isBuilt(root)).toBe(false);
});

test('two set-ups take turns', async () => {
  const file = path.join(makeTemp(), 'out', 'lock');
  let inside = 0;
  const work = () =>
    withLock(file, async () => {
      inside += 1;
      expect(inside).toBe(1);
      await new Promise((resolve) => setImmediate(resolve));
      inside -= 1;
    });
  await Promise.all([work(), work(), work()]);
  expect(fs.existsSync(file)).toBe(false);
});

test('the lock of a process that is gone is taken over, and a failure frees it', async () => {
  const file = path.join(makeTemp(), 'lock');
  fs.writeFileSync(file, '999999999');
  await expect(withLock(file, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await withLock(file, () => Promise.resolve('done'))).toBe('done');
});

test('a program that outlasts its limit is ended, with what it started', async () => {
  const folder = makeTemp();
  const file = path.join(folder, 'grandchild');
  const grandchild = `require('node:fs').writeFileSync(${JSON.stringify(file)}, String(process.pid)); setInterval(() => {}, 1000)`;
  const child = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(grandchild)}]); setInterval(() => {}, 1000)`;
  const ended = await run(process.execPath, ['-e', child], { limitMs: 3_000 });
  expect(ended.timedOut).toBe(true);
  const pid = Number(fs.readFileSync(file, 'utf8'));
  await expect.poll(() => isAlive(pid)).toBe(false);
});

test('a program that is not there is told by its code', async () => {
  expect(await run('/no/such/program', [])).toEqual({ code: 127, signal: null, timedOut: false });
});

/** A zombie, which only waits to be counted, is not alive. */
const isAlive = (pid: number): boolean => {
  try {
    return !/^\d+ \(.*\) Z/.test(fs.readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
};
