/** Who wrote what met badly, where the file that tells of it has no name for them (SYNC.md 2.4 and 2.10). */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { makeTemp } from '../setup/temp.ts';
import { openDevice } from './device.ts';
import type { Device } from './device.ts';

/** A person whom no file has. */
const STRANGER = '01900000-0000-7000-8000-0000000000d1';
const NOT_KNOWN = 'Somebody not known here';

/** Two who work in different territories, and who works in both. */
const openTerritories = async () => {
  const folder = makeTemp();
  const [hub, team] = [path.join(folder, 'shared'), path.join(folder, 'team.key')];
  mkdirSync(hub);
  const [both, north, south] = [openDevice(folder, 1), openDevice(folder, 2), openDevice(folder, 3)] as const;
  await both.ask('sync.join', { hub, team, isNew: true, territory: 'north', also: ['south'] });
  await north.ask('sync.join', { hub, team, territory: 'north' });
  await south.ask('sync.join', { hub, team, territory: 'south' });
  const meet = async (...devices: readonly Device[]): Promise<void> => {
    for (const one of devices) await one.ask('sync.round', { hub });
  };
  await meet(both, north, south, both, north, south);
  return { both, north, south, meet };
};

const write = (device: Device, table: string, id: string, values: Readonly<Record<string, string>>, as?: string) =>
  device.ask(
    'records.apply',
    { label: 'Edit', source: 'edit', screen: null, reason: null, patches: [{ kind: 'update', table, id, values }] },
    as,
  );

const codeOf = async (device: Device): Promise<string> => (await device.ask('app.info', {})).device.code;

/** Who wrote what stands, and what stands beside it. */
const authorsOf = async (device: Device): Promise<readonly (string | null)[]> => {
  const { fields } = await device.ask('sync.review', { limit: 10 });
  return fields.flatMap(({ now, heads }) => [now, ...heads].map(({ who }) => who));
};

test('a person whom this file does not have is said to be not known here, and not called by an id', async () => {
  const { both, north, south, meet } = await openTerritories();
  const product = await both.insert('products', { sku: 'P1', name: 'Box' });
  await meet(both, north, south);
  await write(north, 'products', product, { name: 'Crate' });
  south.tick(5000);
  await write(south, 'products', product, { name: 'Chest' }, STRANGER);
  await meet(north, south, both, north);
  const code = await codeOf(north);
  for (const device of [both, north, south]) {
    expect(await authorsOf(device)).toEqual([NOT_KNOWN, code]);
    const { entries } = await device.ask('records.history', { table: 'products', id: product });
    expect(entries.map(({ who }) => who)).toEqual([NOT_KNOWN, code, await codeOf(both)]);
  }
  // Nobody is said to work at a device where nobody known does.
  const { devices } = await both.ask('sync.streams', {});
  expect(devices.map(({ device, who }) => [device, who])).toContainEqual([await codeOf(south), null]);
});

test('a device of another territory, of which nothing came here itself, is called by its code', async () => {
  const { both, north, south, meet } = await openTerritories();
  const account = await both.insert('accounts', { name: 'Acme', code: 'ACME' });
  await meet(both, north);
  const { account: there } = await both.ask('sync.move', { account, territory: 'south' });
  await write(north, 'accounts', account, { name: 'Acme of the north' });
  await meet(both, south);
  north.tick(5000);
  south.tick(9000);
  await write(south, 'accounts', there, { name: 'Acme of the south' });
  await meet(north, both, south, both, south);
  const authors = await authorsOf(south);
  expect(authors).toContain(await codeOf(north));
  expect(authors.filter((who) => who !== null && who.length > 3)).toEqual([]);
});
