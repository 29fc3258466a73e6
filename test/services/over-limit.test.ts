/** Credit tested again when the work of others arrives (K2): orders that were each within a limit, and together are not. */
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createCreditRetester } from '../../electron/engine/services/credit/retest.ts';
import { makeTemp } from '../setup/temp.ts';
import { openDevice, openTeam } from './device.ts';
import type { Device } from './device.ts';

const UNIT = 1_000_000;

/** An account with a limit of 150.00, and a product at 10.00; the boss may release credit. */
const openDesks = async () => {
  const made = { account: '', product: '', boss: '' };
  const team = await openTeam(makeTemp(), async (here) => {
    const limit = { credit_limit: 15_000, currency: 'GBP', terms: '30 days' };
    made.account = await here.insert('accounts', { name: 'Harbour Foods', code: 'HARB', ...limit });
    made.product = await here.insert('products', { sku: 'CRT', name: 'Crate', uom: 'EA', list_price: 10 * UNIT });
    made.boss = await here.insert('people', { name: 'Ann', email: 'ann@example.com', role: 'manager' });
  });
  const confirmed = async (one: Device, qty: number): Promise<string> => {
    const { account: account_id, product: product_id } = made;
    const order = await one.insert('orders', { account_id, currency: 'GBP', requested: '2026-01-20' });
    await one.insert('order_lines', { order_id: order, product_id, qty: qty * UNIT });
    expect(await one.ask('orders.confirm', { id: order, why: null })).toMatchObject({ held: null });
    return order;
  };
  return { ...team, ...made, confirmed };
};

const credit = async ({ ask }: Device) =>
  (await ask('today.list', { who: 'all', show: 'due', limit: 50 })).rows.filter(({ why }) => why === 'credit');
const holds = async ({ ask }: Device, id: string) => (await ask('orders.holds', { id })).holds;
const ship = ({ ask }: Device, id: string) =>
  ask('orders.fulfil', { id, kind: 'shipped', lines: null, on: '2026-01-15', reason: null });

const WHY = 'The credit limit of 150.00 GBP is passed by 50.00 GBP';

test('two orders within the limit, together beyond it: both devices say so of the later one, and it does not go out', async () => {
  const { here, there, meet, confirmed } = await openDesks();
  const first = await confirmed(here, 10);
  there.tick(60_000);
  const second = await confirmed(there, 10);
  for (const one of [here, there]) expect(await credit(one)).toEqual([]);
  await meet();
  for (const one of [here, there]) {
    await expect.poll(() => credit(one), { timeout: 10_000 }).toHaveLength(1);
    const [row] = await credit(one);
    expect(row).toMatchObject({ record: { table: 'orders', id: second }, due_on: '2026-01-15', money: 5000, currency: 'GBP' });
    expect(row?.item).toContain('over the credit limit since 2026-01-15');
    expect(await holds(one, first)).toEqual([]);
    expect(await holds(one, second)).toMatchObject([{ id: second, is_open: true, is_credit: true, why: WHY, held_by: null }]);
    expect((await one.ask('records.get', { table: 'orders', id: second }))?.chips).toContain('on_hold');
    await expect(ship(one, second)).rejects.toThrow(`The order is on hold. Credit: ${WHY}. Release it first.`);
    // Nothing was written: each device worked it out.
    expect(await one.ask('sync.state', {})).toMatchObject({ unsent: 0, conflicts: 0 });
  }
  await ship(here, first);
});

test('an order that has gone out frees no other by being held', async () => {
  const { here, there, meet, confirmed } = await openDesks();
  const gone = await confirmed(here, 14);
  await ship(here, gone);
  there.tick(60_000);
  const second = await confirmed(there, 10);
  await meet();
  await expect.poll(() => credit(here), { timeout: 10_000 }).toHaveLength(1);
  await here.ask('orders.hold', { id: gone, reason: 'credit', why: 'To be sure', screen: null });
  expect(await holds(here, second)).toMatchObject([{ id: second, is_open: true, is_credit: true }]);
  await expect(ship(here, second)).rejects.toThrow('The order is on hold. Credit:');
});

test('released by who may, for what it comes to and up to a day, it is held on neither any more, and not twice', async () => {
  const { here, there, meet, boss, confirmed } = await openDesks();
  await confirmed(here, 10);
  there.tick(60_000);
  const second = await confirmed(there, 10);
  await meet();
  await expect.poll(() => credit(there), { timeout: 10_000 }).toHaveLength(1);
  const release = { hold: second, why: 'Paid by phone', to: '2026-01-31', screen: null };
  await there.ask('orders.release', release, boss);
  await expect(there.ask('orders.release', release, boss)).rejects.toThrow('The hold is not here or was deleted.');
  await meet();
  for (const one of [here, there]) {
    await expect.poll(() => credit(one), { timeout: 10_000 }).toEqual([]);
    expect(await holds(one, second)).toMatchObject([
      { is_open: false, is_credit: true, why: WHY, released_by: 'Ann', release_why: 'Paid by phone' },
    ]);
  }
  await ship(there, second);
});

test('where the account has room again, nothing is held', async () => {
  const { here, there, meet, account, confirmed } = await openDesks();
  await confirmed(here, 10);
  there.tick(60_000);
  const second = await confirmed(there, 10);
  await meet();
  await expect.poll(() => credit(here), { timeout: 10_000 }).toHaveLength(1);
  await here.edit('Limit', 'update', 'accounts', account, { credit_limit: 20_000 });
  expect(await holds(here, second)).toEqual([]);
  await meet();
  for (const one of [here, there]) await expect.poll(() => credit(one), { timeout: 10_000 }).toEqual([]);
  await ship(there, second);
});

/** More or less of the one line of an order, agreed with the customer. */
const amend = async ({ ask }: Device, id: string, qty: number): Promise<void> => {
  const { lines } = await ask('orders.amendable', { id });
  await ask('orders.amend', { id, lines: [{ line: lines[0]?.id ?? '', qty: String(qty) }], reason: 'Agreed' });
};

test('an order that was amended beyond the limit answers for itself, held or released: one that was within it goes out', async () => {
  const { here, boss, confirmed } = await openDesks();
  const [amended, innocent] = [await confirmed(here, 6), await confirmed(here, 8)];
  await amend(here, amended, 8);
  const [hold] = await holds(here, amended);
  expect(hold).toMatchObject({ is_open: true, is_credit: true });
  expect(await holds(here, innocent)).toEqual([]);
  await here.ask('orders.release', { hold: hold?.id ?? '', why: 'Agreed', to: '2026-01-31', screen: null }, boss);
  expect(await holds(here, innocent)).toEqual([]);
  await ship(here, innocent);
});

type Desks = Awaited<ReturnType<typeof openDesks>>;

/** An order of so many crates that the account has no credit for, released by who may and confirmed so. */
const releasedBeyond = async ({ here, boss, account, product }: Desks, qty: number): Promise<string> => {
  const order = await here.insert('orders', { account_id: account, currency: 'GBP', requested: '2026-01-20' });
  await here.insert('order_lines', { order_id: order, product_id: product, qty: qty * UNIT });
  await here.ask('orders.confirm', { id: order, why: null });
  const [hold] = await holds(here, order);
  await here.ask('orders.release', { hold: hold?.id ?? '', why: 'Agreed', to: '2026-01-31', screen: null }, boss);
  expect(await here.ask('orders.confirm', { id: order, why: null })).toMatchObject({ held: null });
  return order;
};
const bill = async (one: Device, id: string): Promise<void> => {
  await ship(one, id);
  await one.ask('orders.fulfil', { id, kind: 'delivered', lines: null, on: '2026-01-15', reason: null });
  const { id: invoice } = await one.ask('orders.bill', { id, screen: null });
  await one.ask('invoices.issue', { id: invoice, screen: null });
};

/** On both devices one order is beyond the limit, by so much, and the one that was released is not. */
const expectBeyond = async (
  { here, there }: Desks,
  { order, money }: { readonly order: string; readonly money: number },
  released: string,
): Promise<void> => {
  for (const one of [here, there]) {
    await expect.poll(() => credit(one), { timeout: 10_000 }).toMatchObject([{ record: { id: order }, money }]);
    expect(await holds(one, released)).toMatchObject([{ is_open: false }]);
  }
};

test('an order that was released beyond the limit and billed first holds up none that was within it', async () => {
  const desks = await openDesks();
  const { here, confirmed } = desks;
  const within = await confirmed(here, 10);
  await bill(here, await releasedBeyond(desks, 9));
  expect(await holds(here, within)).toEqual([]);
  await ship(here, within);
});

test.each(['billed', 'still to be billed'])(
  'an order that was released beyond the limit, %s, takes off what was agreed beyond it and no more',
  async (how) => {
    const desks = await openDesks();
    const { here, there, meet, confirmed } = desks;
    const released = await releasedBeyond(desks, 16);
    if (how === 'billed') await bill(here, released);
    there.tick(60_000);
    const unseen = await confirmed(there, 4);
    await meet();
    await expectBeyond(desks, { order: unseen, money: 4000 }, released);
    for (const one of [here, there]) await expect(ship(one, unseen)).rejects.toThrow('The order is on hold. Credit:');
  },
);

test('what was confirmed before a release and was not known to it is not agreed to by it', async () => {
  const desks = await openDesks();
  const { here, there, meet, confirmed } = desks;
  const unseen = await confirmed(there, 4);
  here.tick(60_000);
  await releasedBeyond(desks, 16);
  await meet();
  for (const one of [here, there])
    await expect.poll(() => credit(one), { timeout: 10_000 }).toMatchObject([{ record: { id: unseen }, money: 4000 }]);
});

test('of two that were released before either was confirmed, neither holds up one that was within the limit', async () => {
  const desks = await openDesks();
  const { here, boss, account, product, confirmed } = desks;
  const within = await confirmed(here, 5);
  const released: string[] = [];
  for (const _ of [1, 2]) {
    const order = await here.insert('orders', { account_id: account, currency: 'GBP', requested: '2026-01-20' });
    await here.insert('order_lines', { order_id: order, product_id: product, qty: 20 * UNIT });
    await here.ask('orders.confirm', { id: order, why: null });
    released.push(order);
  }
  for (const order of released) {
    const [hold] = await holds(here, order);
    await here.ask('orders.release', { hold: hold?.id ?? '', why: 'Agreed', to: '2026-01-31', screen: null }, boss);
  }
  for (const order of released) expect(await here.ask('orders.confirm', { id: order, why: null })).toMatchObject({ held: null });
  for (const order of [within, ...released]) expect((await holds(here, order)).filter(({ is_open }) => is_open)).toEqual([]);
  await ship(here, within);
});

test('what was paid since a release is room for another order, and no more is agreed to', async () => {
  const desks = await openDesks();
  const { here, there, meet, account, confirmed } = desks;
  const first = await confirmed(here, 15);
  await bill(here, first);
  const released = await releasedBeyond(desks, 10);
  await here.ask('payments.record', { account, amount: 15_000, on: '2026-01-15' });
  await meet();
  here.tick(60_000);
  await confirmed(here, 5);
  there.tick(120_000);
  const second = await confirmed(there, 5);
  await meet();
  await expectBeyond(desks, { order: second, money: 5000 }, released);
});

test('each order beyond the limit says its own part of it, and all of them together no more than that', async () => {
  const { here, there, meet, account, confirmed } = await openDesks();
  const first = await confirmed(here, 10);
  there.tick(60_000);
  const second = await confirmed(there, 4);
  there.tick(60_000);
  const third = await confirmed(there, 8);
  await here.edit('Limit', 'update', 'accounts', account, { credit_limit: 9000 });
  await meet();
  for (const one of [here, there]) {
    await expect.poll(() => credit(one), { timeout: 10_000 }).toHaveLength(3);
    const parts = new Map((await credit(one)).map(({ record, money }) => [record?.id, money]));
    expect([first, second, third].map((id) => parts.get(id))).toEqual([1000, 4000, 8000]);
  }
});

test('what is released, or has room by a payment or another limit, is no longer marked as held a moment later', async () => {
  const { here, there, meet, account, boss, confirmed } = await openDesks();
  await confirmed(here, 10);
  there.tick(60_000);
  const second = await confirmed(there, 10);
  await meet();
  const chips = async () => (await there.ask('records.get', { table: 'orders', id: second }))?.chips;
  await expect.poll(chips, { timeout: 10_000 }).toContain('on_hold');
  await there.edit('Limit', 'update', 'accounts', account, { credit_limit: 20_000 });
  await expect.poll(chips, { timeout: 5000 }).not.toContain('on_hold');
  await there.edit('Limit', 'update', 'accounts', account, { credit_limit: 15_000 });
  await expect.poll(chips, { timeout: 5000 }).toContain('on_hold');
  await there.ask('orders.release', { hold: second, why: 'Paid by phone', to: '2026-01-31', screen: null }, boss);
  await expect.poll(chips, { timeout: 5000 }).not.toContain('on_hold');
  expect(await credit(there)).toEqual([]);
});

test('the money of it is written as it is where the workbench runs', async () => {
  const here = openDevice(makeTemp(), 1, { locale: 'de-DE' });
  const account = await here.insert('accounts', { name: 'Hafenkost', code: 'HAFN', credit_limit: 1_500_000, currency: 'EUR' });
  const product = await here.insert('products', { sku: 'CRT', name: 'Crate', uom: 'EA', list_price: 10 * UNIT });
  const order = await here.insert('orders', { account_id: account, currency: 'EUR', requested: '2026-01-20' });
  await here.insert('order_lines', { order_id: order, product_id: product, qty: 1_200 * UNIT });
  await here.ask('orders.confirm', { id: order, why: null });
  const next = await here.insert('orders', { account_id: account, currency: 'EUR', requested: '2026-01-20' });
  await here.insert('order_lines', { order_id: next, product_id: product, qty: 500 * UNIT });
  const passed = 'Credit: The credit limit of 15.000,00 EUR is passed by 2.000,00 EUR';
  expect((await here.ask('orders.checks', { id: next })).blockers).toMatchObject([{ code: 'CREDIT_HOLD', message: passed }]);
  expect(await here.ask('orders.confirm', { id: next, why: null })).toMatchObject({ held: passed });
  await here.edit('Lower limit', 'update', 'accounts', account, { credit_limit: 1_000_000 });
  const [hold] = await holds(here, order);
  expect(hold?.why).toBe('The credit limit of 10.000,00 EUR is passed by 2.000,00 EUR');
  await expect(ship(here, order)).rejects.toThrow('passed by 2.000,00 EUR');
  await here.ask('orders.release', { hold: order, why: 'Paid by phone', to: '2026-02-15' });
  expect((await holds(here, order))[0]?.why).toBe(hold?.why);
});

test('a file that cannot be opened any more is told, and looked at another time', async () => {
  const told: string[] = [];
  const env = { db: path.join(makeTemp(), 'gone', 'x.db'), clock: () => 0, zone: 'UTC', locale: 'en-GB' };
  const log = (level: string, text: string): void => void told.push(`${level} ${text}`);
  const local = { keepCreditOver: () => expect.unreachable('nothing is found') };
  const retester = createCreditRetester({ ...env, log }, { local }, () => undefined);
  onTestFinished(retester.stop);
  retester.heard('changed', { tables: { accounts: {} } });
  await expect.poll(() => told).toEqual(['warn credit could not be tested again']);
});
