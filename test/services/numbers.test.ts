/** Numbers of one’s own (N1, N2) over a real store. */
import { expect, test } from 'vitest';
import { numberCommands, numberQueries } from '../../electron/engine/services/company/numbers.ts';
import { contract } from '../../shared/contract/index.ts';
import { pageContext as context } from '../fakes/context.ts';
import { edit, openDesk, withOrder, type Desk } from './open.ts';
import { openReturns } from './returns.ts';

const serve = (desk: Desk) => {
  const { store, env } = desk;
  const queries = numberQueries({ read: store, local: store.local, env });
  const { 'numbers.set': set } = numberCommands({ store, env });
  return {
    set: (table: string, format: string, start = 1) => set({ table, format, start }, context),
    list: async () => contract['numbers.list'].output.parse(await queries['numbers.list']({}, context)).series,
    given: async (table: string, limit = 200) =>
      contract['numbers.given'].output.parse(await queries['numbers.given']({ table, limit }, context)),
  };
};

const confirmOne = (desk: Desk): { readonly id: string; readonly number: unknown } => {
  const { order } = withOrder(desk);
  desk.move(order, 'submitted');
  return { id: order, number: desk.row('orders', order)['number'] };
};

test('N2: a company numbers its own way from now on; what was given is never renumbered', async () => {
  const desk = openDesk();
  const { set, list } = serve(desk);
  const { code } = desk.store.device;
  const before = confirmOne(desk);
  expect(before.number).toBe(`O26-${code}-0001`);
  await set('orders', 'AB/{yyyy}/{device}/{counter:3}', 500);
  expect((await list()).find(({ table }) => table === 'orders')?.next).toBe(`AB/2026/${code}/500`);
  expect(confirmOne(desk).number).toBe(`AB/2026/${code}/500`);
  expect(confirmOne(desk).number).toBe(`AB/2026/${code}/501`);
  expect(desk.row('orders', before.id)['number']).toBe(before.number);
  // Each kind has its own.
  expect((await list()).find(({ table }) => table === 'quotes')?.next).toBe(`Q26-${code}-0001`);
});

test('N2: a form of one’s own restarts with its month, and goes on after the program was opened again', async () => {
  const desk = openDesk();
  await serve(desk).set('orders', '{letter}{yyyy}/{mm}/{device}/{counter}');
  const { code } = desk.store.device;
  expect(confirmOne(desk).number).toBe(`O2026/01/${code}/0001`);
  const again = { ...desk, ...desk.reopen() };
  expect(again.store.nextNumber('orders')).toBe(`O2026/01/${code}/0002`);
  desk.env.tick(31 * 86_400_000);
  expect(again.store.nextNumber('orders')).toBe(`O2026/02/${code}/0001`);
});

test('N1: two forms that come to the same never give one number twice', async () => {
  const desk = openDesk();
  const { set } = serve(desk);
  await set('orders', 'X{device}-{counter}');
  const first = confirmOne(desk).number;
  await set('orders', 'X{device}-0{counter:3}');
  const second = confirmOne(desk).number;
  expect([first, second]).toEqual([`X${desk.store.device.code}-0001`, `X${desk.store.device.code}-0002`]);
});

test('N1: two kinds of document never count together', async () => {
  const desk = openDesk();
  const { set, list } = serve(desk);
  await set('quotes', '{yy}/{device}/{counter}');
  expect(() => set('orders', '{yy}/{device}/{counter:6}')).toThrow(/Quotes are numbered so/);
  await set('orders', '{letter}{yy}/{device}/{counter:6}');
  expect(() => set('quotes', 'O{yy}/{device}/{counter}')).toThrow(/Orders are numbered so/);
  expect((await list()).find(({ table }) => table === 'quotes')?.next).toBe(`26/${desk.store.device.code}/0001`);
});

test('N2: voided numbers stay listed, also where the document is gone', async () => {
  const desk = openDesk();
  const { given } = serve(desk);
  const { code } = desk.store.device;
  const [kept, ended, gone] = [confirmOne(desk), confirmOne(desk), confirmOne(desk)];
  desk.move(ended.id, 'cancelled');
  desk.store.apply([{ kind: 'delete', table: 'orders', id: gone.id }], edit);
  expect(await given('orders')).toEqual({
    prefix: `O26-${code}-`,
    given: [
      { number: gone.number, id: null, status: null, is_void: true },
      { number: ended.number, id: ended.id, status: 'Cancelled', is_void: true },
      { number: kept.number, id: kept.id, status: 'Submitted', is_void: false },
    ],
    more: 0,
  });
  expect(await given('orders', 1)).toMatchObject({ given: [{ number: gone.number }], more: 2 });
});

test('N2: where a company began in the middle of a year, earlier numbers were never given', async () => {
  const desk = openDesk();
  const { set, given } = serve(desk);
  await set('orders', '{letter}{yy}-{device}-{counter}', 500);
  const { number, id } = confirmOne(desk);
  expect((await given('orders')).given).toEqual([{ number, id, status: 'Submitted', is_void: false }]);
});

test.each([
  ['orders', '{letter}-{counter}', /two devices/],
  ['orders', '{device}-{counter}-{yy}', /ends with its/],
  ['accounts', '{device}-{counter}', /no numbers of its own/],
  ['__proto__', '{device}-{counter}', /no numbers of its own/],
])('N2: %s cannot be numbered by %s', async (table, format, why) => {
  const { set } = serve(openDesk());
  await expect(async () => set(table, format)).rejects.toThrow(why);
});

test('a setting that another device made and that cannot be used leaves the shipped form standing', async () => {
  const desk = openDesk();
  for (const [key, value] of [
    ['numbers.orders', '{"format":"{counter}{counter}","start":-4}'],
    ['numbers.quotes', '"none"'],
    ['numbers.invoices', '{"format":7,"start":1e99}'],
  ])
    desk.insert('settings', { key: key ?? '', value: value ?? '' });
  const { code } = desk.store.device;
  const shown = (await serve(desk).list()).map(({ next }) => next);
  expect(shown).toEqual(expect.arrayContaining([`O26-${code}-0001`, `Q26-${code}-0001`, `I26-${code}-0001`]));
});

test('N2: records that share a number count as one, and none of it is void', async () => {
  const { desk, deliver, open } = openReturns();
  deliver(50);
  const [first, second] = [open(1), open(2)];
  const { code } = desk.store.device;
  const { given } = await serve(desk).given('returns');
  expect(given.map(({ number, id, is_void: isVoid }) => [number, id, isVoid])).toEqual([
    [`R26-${code}-0002`, second, false],
    [`R26-${code}-0001`, first, false],
  ]);
  await serve(desk).set('returns', 'RMA/{yyyy}/{device}/{counter}', 7);
  expect([desk.row('returns', open(1))['number'], desk.row('returns', open(1))['number']]).toEqual([
    `RMA/2026/${code}/0007/1`,
    `RMA/2026/${code}/0008/1`,
  ]);
});
