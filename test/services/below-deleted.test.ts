/** What is written below a record that somebody else deleted: each write is asked of, once, and nothing is put where nobody sees it. */
import { expect, test } from 'vitest';
import { makeTemp } from '../setup/temp.ts';
import { openDevice, openTeam, type Device } from './device.ts';

type Choice = { how: 'keep' } | { how: 'take'; head: number };

const remove = (one: Device, table: 'orders' | 'order_lines' | 'accounts', id: string, who?: string) =>
  one.ask('records.apply', { label: 'Delete', patches: [{ kind: 'delete', table, id }] }, who);
const isThere = async (one: Device, table: 'orders' | 'order_lines', id: string) =>
  (await one.ask('records.get', { table, id }))?.gone === undefined;

/** What there is to decide, as it is told. */
const listed = async (one: Device): Promise<readonly string[]> => {
  const { count, fields } = await one.ask('sync.review', { limit: 10 });
  expect(count).toBe(fields.length);
  return fields.map(({ table, field, heads }) => `${table}.${field} ${heads.map(({ label, value }) => label ?? value).join()}`);
};
const decide = async (one: Device, choice: Choice, ...wanted: readonly string[]): Promise<void> => {
  const { fields } = await one.ask('sync.review', { limit: 10 });
  const items = fields
    .filter(({ field }) => wanted.includes(field))
    .map(({ table, row, field, heads }) => ({
      ...{ table, row, field, choice },
      heads: heads.map(({ stamp, deviceId }) => ({ stamp, device: deviceId })),
    }));
  await one.ask('sync.resolve', { items });
};

/** Three devices with an order of one line. */
const openOrder = async () => {
  const folder = makeTemp();
  const { here, there, hub, team } = await openTeam(folder, async () => undefined);
  const third = openDevice(folder, 3);
  await third.ask('sync.join', { hub, team });
  const meet = async (...devices: readonly Device[]): Promise<void> => {
    for (const one of devices) await one.ask('sync.round', { hub });
  };
  const account = await here.insert('accounts', { name: 'Acme' });
  const order = await here.insert('orders', { account_id: account });
  const line = await here.insert('order_lines', { order_id: order, description: 'Crates' });
  const meetAll = () => meet(here, there, third, here, there, third);
  await meetAll();
  return { here, there, third, meet, meetAll, account, order, line };
};

test('a line that comes after a deletion was left is asked of, by whatever clock it was written', async () => {
  const { here, there, third, meet, meetAll, order } = await openOrder();
  await third.insert('order_lines', { order_id: order, description: 'Early' });
  there.tick(60_000);
  await there.insert('order_lines', { order_id: order, description: 'Late' });
  await remove(here, 'orders', order);
  await meet(there, here);
  expect(await listed(here)).toEqual(['orders._st Added: Order line “Late”']);
  await decide(here, { how: 'keep' }, '_st');
  await meetAll();
  for (const one of [here, there, third]) expect(await listed(one)).toEqual(['orders._st Added: Order line “Early”']);
  await decide(third, { how: 'keep' }, '_st');
  await meetAll();
  for (const one of [here, there, third]) expect(await listed(one)).toEqual([]);
  await third.ask('undo.undo', {});
  await meetAll();
  for (const one of [here, there, third]) expect(await listed(one)).toEqual(['orders._st Added: Order line “Early”']);
});

test('whoever leaves a deletion leaves all that was listed with it, and nothing of that is asked again', async () => {
  const { here, there, third, meetAll, order } = await openOrder();
  await there.insert('order_lines', { order_id: order, description: 'Straps' });
  await third.insert('order_lines', { order_id: order, description: 'Nails' });
  await remove(here, 'orders', order);
  await meetAll();
  expect(await listed(there)).toEqual([expect.stringMatching(/^orders\._st Added: .*“Straps”.*“Nails”$/)]);
  await decide(there, { how: 'keep' }, '_st');
  await meetAll();
  for (const one of [here, there, third]) expect(await listed(one)).toEqual([]);
});

test('of a line that was added, a field is decided without asking of the deletion again', async () => {
  const { here, there, third, meet, meetAll, order } = await openOrder();
  const added = await there.insert('order_lines', { order_id: order, description: 'New' });
  await meet(there, third);
  await there.edit('Edit', 'update', 'order_lines', added, { description: 'Straps' });
  await third.edit('Edit', 'update', 'order_lines', added, { description: 'Nails' });
  await remove(here, 'orders', order);
  await meetAll();
  await decide(here, { how: 'keep' }, '_st');
  await decide(here, { how: 'keep' }, 'description');
  expect(await listed(here)).toEqual([]);
  await here.ask('undo.undo', {});
  expect(await listed(here)).toHaveLength(1);
  // Nor is it written by undo, where nobody sees it.
  expect(await there.ask('undo.undo', {})).toMatchObject({ refused: [{ table: 'order_lines', field: 'description' }] });
});

/** What of a line and of what belongs to it was left as it is. */
const leftOfLine = expect.arrayContaining([
  expect.objectContaining({ table: 'order_lines', field: '_st', why: 'changed' }),
  expect.objectContaining({ table: 'schedule_lines', field: '_st', why: 'changed' }),
]) as unknown;

test.each(['undo.undo', 'undo.redo'] as const)(
  'no line comes back below an order that somebody deleted since (%s)',
  async (way) => {
    const { here, there, meetAll, order, line } = await openOrder();
    if (way === 'undo.undo') await remove(here, 'order_lines', line);
    else {
      await here.insert('order_lines', { order_id: order, description: 'Straps' });
      await here.ask('undo.undo', {});
    }
    await meetAll();
    await remove(there, 'orders', order);
    await meetAll();
    expect(await here.ask(way, {})).toMatchObject({ refused: leftOfLine });
    await meetAll();
    for (const one of [here, there]) expect(await listed(one)).toEqual([]);
    // Whoever deleted it brings back what went with it.
    await there.ask('undo.undo', {});
    await meetAll();
    for (const one of [here, there]) expect(await isThere(one, 'orders', order)).toBe(true);
  },
);

test('two people at one file: what one deleted stays below what the other deleted', async () => {
  const one = openDevice(makeTemp(), 1);
  const order = await one.insert('orders', {});
  const line = await one.insert('order_lines', { order_id: order, description: 'Crates' });
  await remove(one, 'order_lines', line, 'Bo <bo@example.com>');
  await remove(one, 'orders', order);
  expect(await one.ask('undo.undo', {}, 'Bo <bo@example.com>')).toMatchObject({ refused: leftOfLine });
  expect(await listed(one)).toEqual([]);
});

test('nothing is put below what is deleted', async () => {
  const one = openDevice(makeTemp(), 1);
  const [order, other] = [await one.insert('orders', {}), await one.insert('orders', {})];
  const line = await one.insert('order_lines', { order_id: other, description: 'Crates' });
  await remove(one, 'orders', order);
  const refusal = 'What this belongs to is deleted. Restore that first.';
  await expect(one.insert('order_lines', { order_id: order, description: 'Straps' })).rejects.toThrow(refusal);
  await expect(one.edit('Edit', 'update', 'order_lines', line, { order_id: order })).rejects.toThrow(refusal);
});

test('several conflicts of one record are taken in a step, its deletion first', async () => {
  const { here, there, meetAll, account } = await openOrder();
  await here.edit('Edit', 'update', 'accounts', account, { city: 'Hull' });
  await there.edit('Edit', 'update', 'accounts', account, { city: 'York' });
  await meetAll();
  await there.edit('Edit', 'update', 'accounts', account, { name: 'Acme North' });
  await remove(here, 'accounts', account);
  await meetAll();
  expect(await listed(here)).toHaveLength(2);
  await decide(here, { how: 'take', head: 0 }, 'city', '_st');
  await meetAll();
  for (const one of [here, there]) {
    expect(await listed(one)).toEqual([]);
    expect(await one.row('accounts', account)).toMatchObject({ name: 'Acme North' });
  }
});

test('what was deleted, made to be there again and changed is one thing to decide', async () => {
  const { here, there, meetAll, account } = await openOrder();
  await there.edit('Edit', 'update', 'accounts', account, { city: 'Hull' });
  await remove(there, 'accounts', account);
  await there.ask('undo.undo', {});
  here.tick(60_000);
  await remove(here, 'accounts', account);
  await meetAll();
  for (const one of [here, there]) {
    expect(await listed(one)).toHaveLength(1);
    expect(await one.ask('sync.state', {})).toMatchObject({ conflicts: 1 });
  }
});
