/** Fetching the Electron runtime: limits, and the memory of a failure. Each test brings an `install.js` of its own. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { countsStill, ensureElectron } from './electron.mjs';
import { makeTemp } from './temp.ts';

const hour = 60 * 60 * 1000;

test.each([
  ['just now', { version: '1', at: 100 * hour, why: '' }, true],
  ['23 hours ago', { version: '1', at: 77 * hour, why: '' }, true],
  ['a day ago', { version: '1', at: 76 * hour, why: '' }, false],
  ['in the future', { version: '1', at: 101 * hour, why: '' }, false],
  ['of another version', { version: '2', at: 100 * hour, why: '' }, false],
])('a failure %s keeps us from trying: %s', (_name, failure, expected) => {
  expect(countsStill(failure, '1', 100 * hour)).toBe(expected);
});

const project = (installScript: string): string => {
  const root = makeTemp();
  const folder = path.join(root, 'node_modules', 'electron');
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'package.json'), '{"version":"45.4.1"}');
  fs.writeFileSync(
    path.join(folder, 'install.js'),
    `require('node:fs').appendFileSync(__dirname + '/runs', 'x');${installScript}`,
  );
  return root;
};

const runs = (root: string): number => fs.readFileSync(path.join(root, 'node_modules/electron/runs'), 'utf8').length;
const machine = { env: {}, node: process.execPath, say: () => undefined };

test('a runtime that arrives is used', async () => {
  const root = project(`
    const fs = require('node:fs');
    fs.mkdirSync(__dirname + '/dist');
    fs.writeFileSync(__dirname + '/dist/version', '45.4.1');
    fs.writeFileSync(__dirname + '/dist/electron', '');
    fs.writeFileSync(__dirname + '/path.txt', 'electron');`);
  expect(await ensureElectron({ root, ...machine })).toEqual({
    found: { path: path.join(root, 'node_modules/electron/dist/electron'), version: '45.4.1' },
    why: '',
  });
});

test('a failure is told in plain words and remembered for a day', async () => {
  const root = project(`console.error('TypeError: fetch failed\\n    at somewhere'); process.exit(1);`);
  const now = 1_000 * hour;
  expect(await ensureElectron({ root, ...machine, now })).toEqual({
    found: null,
    why: 'the Electron runtime could not be fetched (its server cannot be reached)',
  });
  const second = await ensureElectron({ root, ...machine, now: now + hour });
  expect(second.why).toMatch(/could not be fetched \(its server cannot be reached\); it is tried again in a day/);
  expect(runs(root)).toBe(1);
  await ensureElectron({ root, ...machine, now: now + hour, retry: true });
  expect(runs(root)).toBe(2);
  await ensureElectron({ root, ...machine, now: now + 26 * hour });
  expect(runs(root)).toBe(3);
});

test('a server that accepts and never answers is left', async () => {
  const root = project(`setInterval(() => undefined, 1000);`);
  const { found, why } = await ensureElectron({ root, ...machine, limits: { stallMs: 300, totalMs: 60_000 } });
  expect(found).toBeNull();
  expect(why).toBe('the Electron runtime could not be fetched (the server does not answer)');
});

test('a download that never ends is left, and what it has written is cleared away', async () => {
  const root = project(`
    const fs = require('node:fs'), file = process.env.TMPDIR + '/part';
    fs.writeFileSync(__dirname + '/where', process.env.TMPDIR);
    setInterval(() => fs.appendFileSync(file, 'x'.repeat(1000)), 10);`);
  const { why } = await ensureElectron({ root, ...machine, limits: { stallMs: 500, totalMs: 1_500 } });
  expect(why).toBe('the Electron runtime could not be fetched (the connection is too slow)');
  expect(fs.existsSync(fs.readFileSync(path.join(root, 'node_modules/electron/where'), 'utf8'))).toBe(false);
});

test('a name in the environment that leads nowhere starts no download', async () => {
  const root = project('');
  const { why } = await ensureElectron({ root, ...machine, env: { WORKBENCH_ELECTRON: '/nowhere' } });
  expect(why).toBe('the runtime named by WORKBENCH_ELECTRON is not there');
  expect(fs.existsSync(path.join(root, 'node_modules/electron/runs'))).toBe(false);
});
