/** What a team in a folder is told by the command line: of folders that are none, of devices, of what stands in the way. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { makeTemp } from '../setup/temp.ts';
import { openWorkbench } from './workbench.ts';

const A = '01900000-0000-7000-8000-0000000000a1';
const P = '01900000-0000-7000-8000-0000000000b1';

const editOf = (...patches: object[]): string =>
  JSON.stringify({ label: 'Edit', source: 'edit', screen: null, reason: null, patches });

const failed = (says: string) => ({ code: 1, err: expect.stringContaining(says) as string });

it('a folder that is not there, or is not the team’s, is said by every command', { timeout: 300_000 }, async () => {
  const folder = makeTemp();
  const mine = openWorkbench(path.join(folder, 'mine.db'), folder);
  for (const name of ['our team', 'empty']) mkdirSync(path.join(folder, name));
  const joined = await mine.run('join', '--hub', 'our team', '--team', 'team.key', '--new');
  expect(joined.out).toMatch(/^This file is device [0-9A-Z]{3} of the team\. Next: workbench sync --hub 'our team'\n$/);
  const keeps = ['--team', 'team.key'];
  for (const [hub, says] of [
    ['nope', 'There is no such folder: '],
    ['empty', 'No team has met in this folder: '],
  ] as const) {
    expect(await mine.run('hub', 'device', '--hub', hub)).toMatchObject(failed(says));
    expect(await mine.run('hub', 'revoke', 'GR2', '--hub', hub, ...keeps)).toMatchObject(failed(says));
    expect(await mine.run('hub', 'compact', '--hub', hub, ...keeps)).toMatchObject(failed(says));
  }
  const compared = await mine.run('verify', '--hub', 'empty');
  expect(compared).toMatchObject({ ...failed('No team has met in this folder: '), out: '' });
  // Where the device is of no team it gives nothing, and whoever starts it by a clock sees that.
  expect(await mine.run('sync', '--hub', 'our team', '--once')).toMatchObject({ code: 0, err: '' });
  expect(await mine.run('sync', '--hub', 'empty', '--once')).toMatchObject(failed('blocked: Not all was taken and given'));
  expect(await mine.run('hub', 'revoke', 'GR2', '--hub', 'our team')).toMatchObject(failed('hub revoke needs --team'));
});

it('devices of a folder have the names that the file knows, and an account goes by its code', { timeout: 300_000 }, async () => {
  const folder = makeTemp();
  const [mine, yours] = ['mine.db', 'yours.db'].map((name) => openWorkbench(path.join(folder, name), folder)) as [
    ReturnType<typeof openWorkbench>,
    ReturnType<typeof openWorkbench>,
  ];
  mkdirSync(path.join(folder, 'team'));
  const place = ['--hub', 'team', '--team', 'team.key'];
  const wrong = await mine.run('join', ...place, '--new', '--territory', 'north,North East');
  expect(wrong).toMatchObject(failed('--territory “North East” takes small letters, digits and -'));
  expect(await mine.run('join', ...place, '--new', '--territory', 'north,south')).toMatchObject({ code: 0 });
  const joined = await yours.run('join', ...place, '--territory', 'north,south');
  const code = /device (\w{3}) of/.exec(joined.out)?.[1] ?? '';
  const ann = { kind: 'insert', table: 'people', id: P, values: { name: 'Ann Lee', email: 'ann@example.com', role: 'owner' } };
  expect(await mine.run('call', 'records.apply', editOf(ann))).toMatchObject({ code: 0 });
  for (const one of [mine, yours]) expect(await one.run('sync', '--hub', 'team', '--once')).toMatchObject({ code: 0, err: '' });
  const account = { kind: 'insert', table: 'accounts', id: A, values: { name: 'Acme', code: "HARB'1" } };
  expect(await yours.run('--as', 'Ann Lee <ann@example.com>', 'call', 'records.apply', editOf(account))).toMatchObject({
    code: 0,
  });
  for (const one of [yours, mine]) expect(await one.run('sync', '--hub', 'team', '--once')).toMatchObject({ code: 0, err: '' });
  const listed = await mine.run('hub', 'device', '--hub', 'team');
  expect(listed.out).toMatch(new RegExp(`^${code} +Ann Lee <ann@example\\.com> +enrolled`, 'm'));
  expect(listed.out).toMatch(/this file +enrolled/);
  expect(await mine.run('move', 'HARB', '--territory', 'south', '--sure')).toMatchObject(
    failed('no account with the code or id HARB.'),
  );
  const moved = await mine.run('move', "harb'1", '--territory', 'south', '--sure');
  expect(moved.out).toMatch(/^Given to south: \d+ records?\./);
});
