/** What a device works out from what came to it is the same on every device, in whatever order that came. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { runStatement } from '../../electron/engine/store/public/query.ts';
import { makeTemp } from '../setup/temp.ts';
import { openDevice, openTeam } from './device.ts';
import type { Device } from './device.ts';

/** Three who meet through a folder, the third of whom joins when everything is there. */
const meetAll = async (hub: string, devices: readonly Device[]): Promise<void> => {
  for (const one of [...devices, ...devices]) await one.ask('sync.round', { hub });
};

const rowsOf = ({ file }: Device, sql: string): readonly unknown[] => runStatement(file, sql, 100).rows;

const joinLate = async (folder: string, hub: string, team: string): Promise<Device> => {
  const late = openDevice(folder, 3);
  await late.ask('sync.join', { hub, team });
  await meetAll(hub, [late]);
  return late;
};

test('who joins when issues are under way has their clocks', async () => {
  const folder = makeTemp();
  const [hub, team] = [path.join(folder, 'shared'), path.join(folder, 'team.key')];
  mkdirSync(hub);
  const here = openDevice(folder, 1);
  await here.ask('sla.start', { hours: 'Mon-Fri 09:00-17:00' });
  const account = await here.insert('accounts', { name: 'Acme', code: 'ACME' });
  await here.ask('cases.open', { account, title: 'Two pallets short', severity: 'sev1' });
  await here.ask('sync.join', { hub, team, isNew: true });
  await meetAll(hub, [here]);
  const late = await joinLate(folder, hub, team);
  const clocks = 'SELECT title, response_clock, response_due FROM v_cases';
  const shown = rowsOf(here, clocks);
  expect(shown).toMatchObject([['Two pallets short', 'running', expect.any(String)]]);
  expect(rowsOf(late, clocks)).toEqual(shown);
});

test('of two units of a product, made apart under one name, the same one counts for everybody', async () => {
  const folder = makeTemp();
  const { hub, team, here, there, meet } = await openTeam(folder, () => Promise.resolve());
  const product = await here.insert('products', { sku: 'P1', name: 'Box', uom: 'EA', pack_qty: 20_000_000 });
  const account = await here.insert('accounts', { name: 'Acme', code: 'ACME' });
  await meet();
  const pallet = (device: Device, holds: number) =>
    device.insert('product_units', { product_id: product, uom: 'PALX', holds: holds * 1_000_000 });
  const earlier = await pallet(there, 20);
  here.tick(3_600_000);
  const later = await pallet(here, 10);
  await meet();
  const late = await joinLate(folder, hub, team);
  const unitsOf = async (device: Device) =>
    (await device.ask('records.children', { table: 'product_units', owner: product })).rows.map(({ v }) => v['holds']);
  expect(await unitsOf(here)).toEqual([20_000_000, 10_000_000]);
  expect(await unitsOf(there)).toEqual([20_000_000, 10_000_000]);
  expect(await unitsOf(late)).toEqual([20_000_000, 10_000_000]);
  // Half a pack by the unit that counts, a whole one by the other.
  for (const device of [here, there, late]) {
    const order = await device.insert('orders', { account_id: account, currency: 'EUR' });
    const line = await device.insert('order_lines', { order_id: order, product_id: product, uom: 'PALX', qty: 1_000_000 });
    expect(rowsOf(device, `SELECT code FROM v_cell_issues WHERE id = '${line}' AND field = 'qty'`)).toEqual([['QTY_PACK']]);
  }
  const marks = "SELECT id FROM v_cell_issues WHERE field = 'uom' AND code = 'UNIT_TWICE' ORDER BY 1";
  for (const device of [here, there, late]) expect(rowsOf(device, marks)).toEqual([earlier, later].sort().map((id) => [id]));
  await here.edit('Change UoM', 'update', 'product_units', earlier, { uom: 'PALY' });
  await meet();
  for (const device of [here, there]) expect(rowsOf(device, marks)).toEqual([]);
});

const MARKS = 'SELECT table_name, id, field, code FROM v_cell_issues ORDER BY 1, 2, 3, 4';

test('a code that two gave apart is marked on both records, for everybody, until one of them has another', async () => {
  const folder = makeTemp();
  const { here, there, meet } = await openTeam(folder, () => Promise.resolve());
  const mine = await here.insert('accounts', { name: 'Acme', code: 'DUPA' });
  const yours = await there.insert('accounts', { name: 'Acme Ltd', code: 'DUPA' });
  await meet();
  const marks = [mine, yours].sort().map((id) => ['accounts', id, 'code', 'DUP_CODE']);
  expect(rowsOf(here, MARKS)).toEqual(marks);
  expect(rowsOf(there, MARKS)).toEqual(marks);
  await there.edit('Change Code', 'update', 'accounts', yours, { code: 'DUPB' });
  await meet();
  expect(rowsOf(here, MARKS)).toEqual([]);
  expect(rowsOf(there, MARKS)).toEqual([]);
});

test('two who set each other above the other apart: both are marked, for everybody, until the ring is opened', async () => {
  const folder = makeTemp();
  const { here, there, meet } = await openTeam(folder, () => Promise.resolve());
  const acme = await here.insert('accounts', { name: 'Acme', code: 'ACME' });
  const bolt = await here.insert('accounts', { name: 'Bolt', code: 'BOLT' });
  const crane = await here.insert('accounts', { name: 'Crane', code: 'CRAN', parent_id: bolt });
  await meet();
  await here.edit('Parent', 'update', 'accounts', acme, { parent_id: crane });
  await there.edit('Parent', 'update', 'accounts', bolt, { parent_id: acme });
  await meet();
  const marks = [acme, bolt, crane].sort().map((id) => ['accounts', id, 'parent_id', 'LINK_CYCLE']);
  expect(rowsOf(here, MARKS)).toEqual(marks);
  expect(rowsOf(there, MARKS)).toEqual(marks);
  await there.edit('Parent', 'update', 'accounts', crane, { parent_id: null });
  await meet();
  expect(rowsOf(here, MARKS)).toEqual([]);
  expect(rowsOf(there, MARKS)).toEqual([]);
});

/** A device whose order for an account has a line of a product, and another that has both in hand. */
const openOrdered = async () => {
  const { here, there, meet } = await openTeam(makeTemp(), () => Promise.resolve());
  const account = await here.insert('accounts', { name: 'Acme', code: 'ACME' });
  const product = await here.insert('products', { sku: 'P1', name: 'Box', uom: 'EA' });
  await meet();
  const order = await here.insert('orders', { account_id: account, currency: 'EUR' });
  const line = await here.insert('order_lines', { order_id: order, product_id: product, uom: 'EA', qty: 3_000_000, price: 100 });
  const marks = () => {
    const [mine, yours] = [here, there].map((device) => rowsOf(device, MARKS));
    expect(yours).toEqual(mine);
    return mine;
  };
  return { here, there, meet, marks, ids: { accounts: account, products: product, orders: order, order_lines: line } };
};

test.each([
  ['products', 'discontinued', 'order_lines', 'product_id', 'PRODUCT_STOPPED'],
  ['accounts', 'on_stop', 'orders', 'account_id', 'ACCOUNT_STOP'],
] as const)(
  'of %s that became %s apart, %s under way say so, everywhere, until that is over',
  async (table, status, marked, field, code) => {
    const { there, meet, marks, ids } = await openOrdered();
    await there.edit('Status', 'update', table, ids[table], { status });
    await meet();
    expect(marks()).toEqual([[marked, ids[marked], field, code]]);
    await there.edit('Status', 'update', table, ids[table], { status: 'active' });
    await meet();
    expect(marks()).toEqual([]);
  },
);

test('a quantity is held against the packs its product has now, whoever says which, and only while the order is under way', async () => {
  const { here, there, meet, marks, ids } = await openOrdered();
  const { products: product, orders: order, order_lines: line } = ids;
  await there.edit('Pack', 'update', 'products', product, { pack_qty: 2_000_000 });
  await meet();
  expect(marks()).toEqual([['order_lines', line, 'qty', 'QTY_PACK']]);
  await there.edit('Pack', 'update', 'products', product, { pack_qty: 3_000_000 });
  await there.edit('Status', 'update', 'products', product, { status: 'discontinued' });
  await meet();
  expect(marks()).toEqual([['order_lines', line, 'product_id', 'PRODUCT_STOPPED']]);
  await here.ask('records.apply', {
    label: 'Cancel',
    reason: 'Not wanted',
    patches: [{ kind: 'update', table: 'orders', id: order, values: { status: 'cancelled' } }],
  });
  await meet();
  expect(marks()).toEqual([]);
});
