/** Moves made apart of which one came too late: listed for both, left as it is or made now, by the rules of every day (SYNC.md 1, 17). */
import { describe, expect, test } from 'vitest';
import { makeTemp } from '../setup/temp.ts';
import { openTeam } from './device.ts';
import type { Device } from './device.ts';

const UNIT = 1_000_000;

/** An account, a product and an order of it that was submitted, on both devices. */
const openDesks = async () => {
  const made = { order: '', quote: '', bo: '', cat: '' };
  const team = await openTeam(makeTemp(), async (here) => {
    const account_id = await here.insert('accounts', { name: 'Harbour Foods', code: 'HARB', currency: 'GBP', terms: '30 days' });
    const product_id = await here.insert('products', { sku: 'CRT', name: 'Crate', uom: 'EA', list_price: 10 * UNIT });
    made.order = await here.insert('orders', { account_id, requested: '2026-03-02' });
    await here.insert('order_lines', { order_id: made.order, product_id, qty: 2 * UNIT });
    await move(here, made.order, 'submitted');
  });
  return { ...team, ...made };
};

const move = ({ ask }: Device, id: string, to: string, why: string | null = null) =>
  ask('records.transition', { table: 'orders', id, field: 'status', to, why, screen: null });
const listed = async ({ ask }: Device) => (await ask('sync.review', { limit: 10 })).fields;
const status = async ({ row }: Device, id: string) => (await row('orders', id))?.['status'];

type Listed = Awaited<ReturnType<typeof listed>>[number];
const deciding = ({ table, row, field, heads }: Listed, choice: { how: 'keep' } | { how: 'take'; head: number }) => ({
  items: [{ table, row, field, heads: heads.map(({ stamp, deviceId }) => ({ stamp, device: deviceId })), choice }],
});

describe('two people move an order on, apart', () => {
  test('what came too late says who wanted it, when, why and what it was by then, and what keeps it from being done now', async () => {
    const { here, there, meet, order } = await openDesks();
    await move(here, order, 'cancelled', 'Customer rang');
    there.tick(60_000);
    await there.ask('orders.confirm', { id: order, why: 'In stock' });
    await meet();
    const [mine, yours] = [await listed(here), await listed(there)];
    expect(mine).toEqual(yours);
    expect(mine).toMatchObject([
      {
        ...{ table: 'orders', row: order, field: 'status', now: { value: 'cancelled', at: Date.UTC(2026, 0, 15, 9) } },
        heads: [
          {
            value: 'confirmed',
            base: { value: 'submitted' },
            at: Date.UTC(2026, 0, 15, 9, 1),
            move: { meanwhile: 'cancelled', why: 'In stock', blocked: 'What is cancelled does not become confirmed.' },
          },
        ],
      },
    ]);
    for (const one of [here, there]) {
      expect(await one.ask('sync.state', {})).toMatchObject({ conflicts: 1 });
      expect((await one.ask('records.get', { table: 'orders', id: order }))?.i?.['status']).toMatchObject({
        code: 'SYNC_CONFLICT',
      });
      expect((await one.ask('sync.conflicts', {})).conflicts).toMatchObject([
        { kept: 'cancelled', lost: 'confirmed', move: { from: 'submitted', meanwhile: 'cancelled', why: 'In stock' } },
      ]);
    }
    const [first] = mine;
    if (first === undefined) throw new Error('Nothing is listed');
    await expect(there.ask('sync.resolve', deciding(first, { how: 'take', head: 0 }))).rejects.toMatchObject({
      code: 'illegal-transition',
    });
    await there.ask('sync.resolve', deciding(first, { how: 'keep' }));
    await meet();
    for (const one of [here, there]) {
      expect(await one.ask('sync.state', {})).toMatchObject({ conflicts: 0 });
      expect(await status(one, order)).toBe('cancelled');
      expect((await one.ask('records.get', { table: 'orders', id: order }))?.i?.['status']).toBeUndefined();
    }
  });

  test('what is possible from the present state is done now, with its reason, in one step that undo takes back', async () => {
    const { here, there, meet, order } = await openDesks();
    await move(here, order, 'draft', 'To be changed');
    there.tick(60_000);
    await move(there, order, 'cancelled', 'Customer rang');
    await meet();
    const [first] = await listed(here);
    expect(first).toMatchObject({ now: { value: 'draft' }, heads: [{ value: 'cancelled', move: { blocked: null } }] });
    if (first === undefined) throw new Error('Nothing is listed');
    await here.ask('sync.resolve', deciding(first, { how: 'take', head: 0 }));
    await meet();
    for (const one of [here, there]) {
      expect(await status(one, order)).toBe('cancelled');
      expect(await listed(one)).toEqual([]);
    }
    const { entries } = await there.ask('records.history', { table: 'orders', id: order, limit: 9, before: null });
    expect(entries.find(({ kind }) => kind === 'transition')).toMatchObject({ reason: 'Customer rang' });
    await here.ask('undo.undo', {});
    await meet();
    for (const one of [here, there]) expect(await status(one, order)).toBe('draft');
    expect(await listed(there)).toMatchObject([{ row: order }]);
  });
});

test('A4: of two decisions about a quote the earlier stands, the other is told with it and is to be looked at', async () => {
  const made = { quote: '', bo: '', cat: '' };
  const { here, there, meet } = await openTeam(makeTemp(), async (first) => {
    const person = (name: string) => first.insert('people', { name, email: `${name}@example.com`, role: 'member' });
    const ann = await person('Ann');
    [made.bo, made.cat] = [await person('Bo'), await person('Cat')];
    for (const person_id of [made.bo, made.cat]) await first.insert('approval_limits', { person_id, approves: 'first' });
    const account_id = await first.insert('accounts', { name: 'Harbour Foods', currency: 'GBP', terms: '30 days' });
    const cost = { cost: 8 * UNIT, cost_on: '2026-01-02', currency: 'GBP' };
    const product_id = await first.insert('products', { sku: 'CRT', name: 'Crate', uom: 'EA', list_price: 10 * UNIT, ...cost });
    made.quote = await first.insert('quotes', { account_id, currency: 'GBP' });
    await first.insert('quote_lines', { quote_id: made.quote, product_id, qty: 10 * UNIT, discount: 100_000 });
    await first.ask('quotes.ask', { id: made.quote }, ann);
  });
  const { quote: id, bo, cat } = made;
  await here.ask('quotes.approve', { id, note: null }, bo);
  there.tick(60_000);
  await there.ask('quotes.decline', { id, note: 'Too cheap' }, cat);
  await meet();
  for (const one of [here, there]) {
    expect(await one.ask('quotes.approval', { id })).toMatchObject({
      status: 'approved',
      decided: [{ by: 'Bo', isApproved: true }],
      recorded: [{ by: 'Cat', note: 'Too cheap', isApproved: false }],
    });
    expect(await listed(one)).toMatchObject([
      { table: 'quotes', row: id, heads: [{ value: 'draft', who: 'Cat', move: { meanwhile: 'approved', why: 'Too cheap' } }] },
    ]);
  }
});
