/** A team of two through the services a window asks: set up, a meeting, what was done meanwhile, conflicts decided and undone. */
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { BASELINE_LABEL } from '../../electron/engine/store/team/baseline.ts';
import { pauseAfter } from '../../electron/engine/services/team/runner.ts';
import type { ArgsOf } from '../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../shared/contract/index.ts';
import { makeTemp } from '../setup/temp.ts';
import { openDevice, openTeam } from './device.ts';
import type { Device } from './device.ts';

const A = '01900000-0000-7000-8000-0000000000a1';

/** What a window does with the one account of these tests. */
const withAccount = (device: Device) => ({
  ...device,
  edit: (label: string, kind: 'insert' | 'update', values: Record<string, string | number | null>) =>
    device.edit(label, kind, 'accounts', A, values),
  account: () => device.row('accounts', A),
});
const openHere = (...of: Parameters<typeof openDevice>) => withAccount(openDevice(...of));

const setUp = async () => {
  const folder = makeTemp();
  const { here, there, ...rest } = await openTeam(folder, async (first) => {
    await withAccount(first).edit('New account', 'insert', { name: 'Acme', city: 'Leeds' });
  });
  return { folder, ...rest, here: withAccount(here), there: withAccount(there) };
};

describe('a team of two', () => {
  test('says where it meets, what waits, whom it met, and what they did', async () => {
    const { hub, here, there, meet } = await setUp();
    const state = await here.ask('sync.state', {});
    expect(state).toMatchObject({ place: { hub, password: null }, unsent: 0, conflicts: 0, failed: null, met: { warnings: [] } });
    expect(await there.ask('sync.away', {})).toMatchObject({ changes: 0, records: [] });
    await here.edit('Change City', 'update', { city: 'York' });
    expect(await here.ask('sync.state', {})).toMatchObject({ unsent: 1 });
    expect((await here.ask('sync.streams', {})).waiting).toMatchObject([{ label: 'Change City', changes: 1 }]);
    await meet();
    expect(await there.account()).toMatchObject({ city: 'York' });
    const away = await there.ask('sync.away', {});
    expect(away).toMatchObject({
      changes: 1,
      more: 0,
      records: [{ table: 'accounts', id: A, title: 'Acme', what: 'Change City' }],
    });
    await there.ask('sync.seen', { upTo: away.upTo });
    expect(await there.ask('sync.away', {})).toMatchObject({ changes: 0 });
    const { devices } = await there.ask('sync.streams', {});
    expect(devices).toMatchObject([{ device: state.device, ahead: null }]);
    expect(there.events).toContain('sync');
  });

  test('what was here when the team was joined waits as one, below what was done since', async () => {
    const folder = makeTemp();
    const here = openHere(folder, 1);
    await here.edit('New account', 'insert', { name: 'Acme', city: 'Leeds' });
    await here.edit('Change City', 'update', { city: 'York' });
    await here.ask('sync.join', { hub: folder, team: path.join(folder, 'team.key'), isNew: true });
    await here.edit('Change City', 'update', { city: 'Hull' });
    await here.edit('Change Name', 'update', { name: 'Acme Ltd' });
    const { unsent } = await here.ask('sync.state', {});
    const { waiting } = await here.ask('sync.streams', {});
    expect(waiting.map(({ label }) => label)).toEqual(['Change Name', 'Change City', BASELINE_LABEL]);
    expect(unsent).toBeGreaterThan(3);
    expect(waiting.reduce((sum, { changes }) => sum + changes, 0)).toBe(unsent);
  });

  test('two who wrote the same have nothing to decide, and no cell says otherwise', async () => {
    const { here, there, meet } = await setUp();
    for (const one of [here, there]) await one.edit('Change City', 'update', { city: 'York' });
    await meet();
    for (const one of [here, there]) {
      expect((await one.ask('records.get', { table: 'accounts', id: A }))?.i ?? {}).toEqual({});
      expect(await one.ask('sync.review', { limit: 10 })).toMatchObject({ count: 0 });
    }
  });

  test('decides a conflict in one step, everywhere, and takes it back, everywhere', async () => {
    const { here, there, meet } = await setUp();
    await here.edit('Change City', 'update', { city: 'York' });
    await there.edit('Change City', 'update', { city: 'Hull' });
    await meet();
    const {
      fields: [conflict],
    } = await here.ask('sync.review', { limit: 10 });
    const [head] = conflict?.heads ?? [];
    const values = [conflict?.now.value, head?.value];
    expect(new Set(values)).toEqual(new Set(['York', 'Hull']));
    expect(conflict).toMatchObject({ table: 'accounts', row: A, field: 'city', title: 'Acme', isGone: false });
    expect(head?.base).toEqual({ value: 'Leeds', label: null });
    const marked = (await here.ask('records.get', { table: 'accounts', id: A }))?.i;
    expect(marked?.['city']).toMatchObject({ code: 'SYNC_CONFLICT', level: 'warning' });
    const heads = [{ stamp: head?.stamp ?? 0, device: head?.deviceId ?? '' }];
    const item = { table: 'accounts', row: A, field: 'city', heads };
    await here.ask('sync.resolve', { items: [{ ...item, choice: { how: 'take', head: 0 } }] });
    await meet();
    for (const one of [here, there]) {
      expect(await one.ask('sync.state', {})).toMatchObject({ conflicts: 0 });
      expect(await one.account()).toMatchObject({ city: values[1] });
    }
    await here.ask('undo.undo', {});
    await meet();
    for (const one of [here, there]) {
      expect(await one.ask('sync.state', {})).toMatchObject({ conflicts: 1 });
      expect(await one.account()).toMatchObject({ city: values[0] });
    }
    await here.ask('undo.redo', {});
    await meet();
    for (const one of [here, there]) expect(await one.ask('sync.state', {})).toMatchObject({ conflicts: 0 });
    const [mine, yours] = await Promise.all([here, there].map((one) => one.ask('sync.hashes', {})));
    expect(mine).toEqual(yours);
  });

  test('keeps what stands, or writes something else, for several at once', async () => {
    const { here, there, meet } = await setUp();
    await here.edit('Edit', 'update', { city: 'York', name: 'Acme A' });
    await there.edit('Edit', 'update', { city: 'Hull', name: 'Acme B' });
    await meet();
    const { count, fields } = await there.ask('sync.review', { limit: 10 });
    expect(count).toBe(2);
    const kept = fields.find(({ field }) => field === 'city')?.now.value;
    await there.ask('sync.resolve', {
      items: fields.map(({ table, row, field, heads }) => ({
        table,
        row,
        field,
        heads: heads.map(({ stamp, deviceId }) => ({ stamp, device: deviceId })),
        choice: field === 'city' ? { how: 'keep' as const } : { how: 'edit' as const, field, text: 'Acme AB' },
      })),
    });
    await meet();
    for (const one of [here, there]) expect(await one.account()).toMatchObject({ city: kept, name: 'Acme AB' });
    expect(await here.ask('sync.state', {})).toMatchObject({ conflicts: 0 });
  });

  test('writing the same is nothing to decide', async () => {
    const { here, there, meet } = await setUp();
    for (const one of [here, there]) await one.edit('Change City', 'update', { city: 'York' });
    await meet();
    expect(await here.ask('sync.review', { limit: 10 })).toEqual({ count: 0, fields: [] });
  });

  test('a hub that is gone is said and loses nothing', async () => {
    const { here, hub } = await setUp();
    await here.edit('Change City', 'update', { city: 'York' });
    writeFileSync(path.join(path.dirname(hub), 'file'), '');
    const nowhere = path.join(path.dirname(hub), 'file');
    await expect(here.ask('sync.round', { hub: nowhere })).rejects.toMatchObject({ code: 'io' });
    const { unsent, failed } = await here.ask('sync.state', {});
    expect(unsent).toBe(1);
    expect(failed?.message).toContain('kept and tried again');
    await here.ask('sync.round', { hub });
    expect(await here.ask('sync.state', {})).toMatchObject({ unsent: 0, failed: null });
  });
});

test('a device that was taken out is told that it was, and is not offline only', async () => {
  const { hub, team, here, there } = await setUp();
  expect(await there.ask('sync.state', {})).toMatchObject({ isOut: false });
  const { device } = await there.ask('sync.state', {});
  await here.ask('hub.revoke', { hub, team, device });
  await there.edit('Change City', 'update', { city: 'York' });
  await expect(there.ask('sync.round', { hub })).rejects.toThrow(/taken out of the team/);
  expect(await there.ask('sync.state', {})).toMatchObject({ isOut: true, unsent: 1 });
  await here.ask('sync.round', { hub });
  expect(await here.ask('sync.state', {})).toMatchObject({ isOut: false });
});

test('what is joined again is told as it is', async () => {
  const { hub, team, here } = await setUp();
  await expect(here.ask('sync.join', { hub, team, isNew: true })).rejects.toThrow(/has joined a team already and stays with it/);
  const south = { hub, team, territory: 'south' };
  await expect(here.ask('sync.join', { ...south, also: ['accounts'] })).rejects.toThrow(
    /name it first, accounts,south\. Nothing/,
  );
  await expect(here.ask('sync.join', south)).rejects.toThrow(/begin in accounts.*name it first, accounts,south\./);
  await here.ask('sync.join', { hub, team, territory: 'accounts', also: ['south'] });
  expect(await here.ask('sync.state', {})).toMatchObject({ territories: ['accounts', 'south'] });
});

test('an empty folder in the place of the team’s is told by the round, and begins nothing without being asked', async () => {
  const { folder, hub, team, here, there } = await setUp();
  const empty = path.join(folder, 'empty');
  mkdirSync(empty);
  const met = await here.ask('sync.round', { hub: empty });
  expect(met).toMatchObject({ isHeldUp: true, waiting: [expect.stringContaining('No team has met in this folder') as string] });
  await expect(here.ask('sync.join', { hub: empty, team })).rejects.toThrow(
    /No team has met in this folder\..*--new.*Nothing was/,
  );
  expect(existsSync(path.join(empty, 'v1', 'devices'))).toBe(false);
  const other = path.join(folder, 'other.key');
  await expect(here.ask('sync.join', { hub: empty, team: other, isNew: true })).rejects.toThrow(/stays with it/);
  await here.ask('sync.join', { hub: empty, team, isNew: true });
  await there.ask('sync.join', { hub: empty, team });
  for (const one of [here, there, here])
    expect(await one.ask('sync.round', { hub: empty })).toMatchObject({ isHeldUp: false, unsent: 0, warnings: [] });
  expect(await there.ask('sync.verify', { hub: empty })).toMatchObject({ isSame: true });
  await expect(here.ask('sync.join', { hub, team, isNew: true })).rejects.toThrow(/stays with it/);
});

test('a file that was copied without its key says so when it meets the team, before anything is done in it', async () => {
  const { folder, hub, there } = await setUp();
  const copy = path.join(folder, 'copy.db');
  copyFileSync(there.file, copy);
  if (existsSync(`${there.file}-wal`)) copyFileSync(`${there.file}-wal`, `${copy}-wal`);
  const moved = openHere(folder, 9, { db: copy });
  const { warnings } = await moved.ask('sync.round', { hub });
  expect(warnings.join()).toMatch(/There is no key of this device: .*copy\.db\.key\. Put it back, or join again\./);
  expect((await there.ask('sync.round', { hub })).warnings).toEqual([]);
});

test('each failure waits longer for the next round, up to ten minutes', () => {
  const pauses = [0, 1, 2, 3, 9, 1000].map(pauseAfter);
  expect(pauses).toEqual([15_000, 30_000, 60_000, 120_000, 600_000, 600_000]);
});

describe('the test of a folder', () => {
  const codes = async (device: Pick<Device, 'ask'>, args: ArgsOf<WorkbenchContract['sync.test']>) =>
    (await device.ask('sync.test', args)).problems.map(({ code }) => code);

  test('says what is missing, no folder, without a team, of another team', async () => {
    const { folder, hub, team, here } = await setUp();
    const alone = openDevice(folder, 3, { clock: Date.now });
    expect(await codes(alone, { hub: path.join(folder, 'nowhere'), team, isNew: false })).toEqual(['missing']);
    expect(await codes(alone, { hub: 'relative', team, isNew: false })).toEqual(['missing']);
    expect(await codes(alone, { hub: team, team, isNew: false })).toEqual(['no-folder']);
    const empty = path.join(folder, 'empty');
    mkdirSync(empty);
    expect(await codes(alone, { hub: empty, team, isNew: false })).toEqual(['no-team']);
    expect(await codes(alone, { hub: empty, team: path.join(folder, 'new.key'), isNew: true })).toEqual([]);
    expect(await codes(alone, { hub: empty, team, isNew: true })).toEqual(['no-key']);
    expect(await codes(alone, { hub, team: path.join(folder, 'other.key'), isNew: true })).toEqual(['team-there']);
    expect(await codes(alone, { hub, team, isNew: false })).toEqual([]);
    expect(await codes(alone, { hub, team, isNew: false, territory: 'accounts' })).toEqual([]);
    expect(await codes(alone, { hub, team, isNew: false, territory: 'acounts', also: ['accounts'] })).toEqual(['new-territory']);
    expect(await codes(alone, { hub, team: path.join(folder, 'no.key'), isNew: false })).toEqual(['no-key']);
    await alone.ask('sync.join', { hub: empty, team: path.join(folder, 'other.key'), isNew: true });
    const fresh = openDevice(folder, 4, { clock: Date.now });
    expect(await codes(fresh, { hub, team: path.join(folder, 'other.key'), isNew: false })).toEqual(['other-team']);
    // The clock of this device is months from that of the folder.
    expect(await codes(here, { hub, team: null, isNew: false })).toEqual(['clock']);
    expect(await codes(alone, { hub, team, isNew: false })).toEqual(['other-team']);
  });
});
