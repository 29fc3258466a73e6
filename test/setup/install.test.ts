/** When the dependencies are installed anew, and by what command, on any system. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { installArguments, npmCommand, whyInstall } from './install.mjs';
import { makeTemp } from './temp.ts';

type Entry = { version: string; optional?: boolean; os?: string[] };

const project = (wanted: Record<string, Entry>, present: Record<string, Entry> | null): string => {
  const root = makeTemp();
  fs.writeFileSync(path.join(root, 'package-lock.json'), JSON.stringify({ packages: { '': { version: '1.0.0' }, ...wanted } }));
  if (present) {
    fs.mkdirSync(path.join(root, 'node_modules'));
    fs.writeFileSync(path.join(root, 'node_modules', '.package-lock.json'), JSON.stringify({ packages: present }));
  }
  return root;
};

const a = { 'node_modules/a': { version: '1.0.0' } };
const nested = { 'node_modules/a/node_modules/@x/b': { version: '2.0.0' } };
const optional = { 'node_modules/c': { version: '1.0.0', optional: true, os: ['win32'] } };

test.each<[string, Record<string, Entry>, Record<string, Entry> | null, string | null]>([
  ['a fresh clone, or an install that was cut off', a, null, 'they are not installed yet'],
  ['as the lock file says', { ...a, ...nested }, { ...a, ...nested }, null],
  ['an optional package of another system is left out', { ...a, ...optional }, a, null],
  ['a package is missing', { ...a, ...nested }, a, '@x/b is missing'],
  ['another version', a, { 'node_modules/a': { version: '1.0.1' } }, 'a is not the version of the lock file'],
  ['a package that is wanted no longer', a, { ...a, ...nested }, '@x/b is not the version of the lock file'],
  ['a folder copied from another system', { ...a, ...optional }, { ...a, ...optional }, 'c is for another system'],
])('%s', (_name, wanted, present, why) => {
  expect(whyInstall(project(wanted, present), 'linux')).toBe(why);
});

test('a package may exclude a system', () => {
  const entry = { 'node_modules/a': { version: '1.0.0', os: ['!win32'] } };
  expect(whyInstall(project(entry, entry), 'darwin')).toBeNull();
  expect(whyInstall(project(entry, entry), 'win32')).toBe('a is for another system');
});

test('a damaged record of the install counts as none', () => {
  const root = project(a, a);
  fs.writeFileSync(path.join(root, 'node_modules', '.package-lock.json'), '{"packages":');
  expect(whyInstall(root, 'linux')).toBe('they are not installed yet');
});

test.each<[NodeJS.Platform, NodeJS.ProcessEnv, ReturnType<typeof npmCommand>]>([
  [
    'linux',
    { npm_execpath: '/n/npm-cli.js', npm_node_execpath: '/n/node' },
    { file: '/n/node', args: ['/n/npm-cli.js'], shell: false },
  ],
  ['linux', { npm_execpath: '/y/yarn.js' }, { file: 'npm', args: [], shell: false }],
  ['darwin', {}, { file: 'npm', args: [], shell: false }],
  ['win32', {}, { file: 'npm.cmd', args: [], shell: true }],
])('npm on %s with %j', (platform, env, command) => {
  expect(npmCommand({ platform, env, execPath: '/usr/bin/node' })).toEqual(command);
});

test('no install script is run, nothing is left out, and Windows never deletes the Node it is running', () => {
  for (const platform of ['linux', 'darwin', 'win32'] as const)
    expect(installArguments(platform, true)).toEqual(
      expect.arrayContaining(['--ignore-scripts', '--include=dev', '--include=optional']),
    );
  expect(installArguments('linux', true)[0]).toBe('ci');
  expect(installArguments('win32', false)[0]).toBe('ci');
  expect(installArguments('win32', true).slice(0, 2)).toEqual(['install', '--no-save']);
});
