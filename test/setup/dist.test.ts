/** What is asked of the packager on each system. */
import { expect, test } from 'vitest';
import { packagerArguments } from './dist.mjs';

const runtime = { path: '/electron/dist/electron', version: '45.4.1' };

test.each([
  ['linux', ['--linux', 'AppImage']],
  ['win32', ['--win', 'nsis']],
  ['darwin', ['--mac', 'dmg', 'zip']],
])('installers on %s: %s', (platform, expected) => {
  const args = packagerArguments({ platform, kind: 'installers', runtime });
  expect(args.slice(0, expected.length)).toEqual(expected);
  expect(args).toContain('-c.electronDist=/electron/dist');
  expect(args.join(' ')).toContain('--publish never');
});

test('what is shipped never takes the settings of a test build', () => {
  for (const kind of ['installers', 'unpacked'] as const) {
    expect(packagerArguments({ platform: 'linux', kind, runtime }).join(' ')).not.toMatch(/workbenchTestBuild|electronVersion/);
  }
});

test('a test build is marked, and named by the version of its runtime', () => {
  const args = packagerArguments({ platform: 'linux', kind: 'test', runtime, output: '/out' });
  expect(args).toEqual(
    expect.arrayContaining([
      'dir',
      '-c.extraMetadata.workbenchTestBuild=true',
      '-c.electronVersion=45.4.1',
      '-c.directories.output=/out',
    ]),
  );
});

test('a system without a target is told so', () => {
  expect(() => packagerArguments({ platform: 'aix', kind: 'installers' })).toThrow(/aix/);
});
