/** What of a team waits for somebody is told in a line for each device, and stays told until it is mended (SYNC.md 2.3). */
import { readdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { makeTemp } from '../setup/temp.ts';
import { openTeam } from './device.ts';

test('a device whose certificate is gone is told by every round and by what is compared', async () => {
  const folder = makeTemp();
  const { hub, here, there, meet } = await openTeam(folder, async (first) => {
    await first.insert('accounts', { name: 'Acme' });
  });
  await meet();
  const { devices } = await there.ask('sync.streams', {});
  const code = devices[0]?.device ?? '';
  const base = path.join(hub, 'v1', 'devices');
  const certificates = readdirSync(base).filter((name) => name.endsWith('.cert'));
  const { device } = await here.ask('app.info', {});
  const name = certificates.find((one) => one.startsWith(device.id)) ?? '';
  renameSync(path.join(base, name), path.join(folder, 'away'));
  const told = [expect.stringMatching(new RegExp(`^Device ${code}.*: nobody vouches for this device`)) as string];
  for (let turn = 0; turn < 2; turn += 1)
    expect(await there.ask('sync.round', { hub })).toMatchObject({ isHeldUp: true, waiting: told, warnings: told });
  expect((await there.ask('sync.state', {})).met).toMatchObject({ waiting: told });
  expect(await there.ask('sync.verify', { hub })).toMatchObject({ waiting: told });
  renameSync(path.join(folder, 'away'), path.join(base, name));
  expect(await there.ask('sync.round', { hub })).toMatchObject({ isHeldUp: false, waiting: [], warnings: [] });
});
