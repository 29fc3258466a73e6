/** Two devices that issue one draft before they meet (SYNC.md 18): one paper stands, everywhere, and it is said once. */
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { readPdf } from '../documents/read.ts';
import { makeTemp } from '../setup/temp.ts';
import { openDevice } from './device.ts';

// A team is set up by both devices, and documents start a library of a megabyte or two.
vi.setConfig({ testTimeout: 120_000 });

const ids = ['account', 'product', 'order', 'line'].map((_, at) => `01900000-0000-7000-8000-0000000000b${at}`);
const [account = '', product = '', order = '', line = ''] = ids;
const UNIT = 1_000_000;
const DAY = 86_400_000;

/** A delivery of two lines' worth, half of it on a draft that both have; or, of an order with freight, nothing yet. */
const setUp = async (freight: number | null = null) => {
  const folder = makeTemp();
  const hub = path.join(folder, 'shared');
  mkdirSync(hub);
  const team = path.join(folder, 'team.key');
  const [here, there] = [openDevice(folder, 1), openDevice(folder, 2)] as const;
  const made = [
    ['accounts', account, { code: 'HARB', name: 'Harbour Foods', terms: '30 days', currency: 'GBP' }],
    ['products', product, { sku: 'CRT', name: 'Crate', uom: 'EA', list_price: 8_500_000, currency: 'GBP' }],
    ['orders', order, { account_id: account, currency: 'GBP', requested: '2026-02-02', freight }],
    ['order_lines', line, { order_id: order, product_id: product, qty: 10 * UNIT }],
  ] as const;
  const patches = made.map(([table, id, values]) => ({ kind: 'insert' as const, table, id, values }));
  await here.ask('records.apply', { label: 'Made', patches });
  await here.ask('orders.confirm', { id: order, why: 'As agreed' });
  const fulfil = async (one: typeof here, qty: number): Promise<void> => {
    for (const kind of ['shipped', 'delivered'] as const)
      await one.ask('orders.fulfil', { id: order, kind, lines: [{ line, qty: qty * UNIT }], on: '2026-01-15' });
  };
  const bill = async (one: typeof here, qty: number): Promise<string> => {
    await fulfil(one, qty);
    return (await one.ask('orders.bill', { id: order })).id;
  };
  const invoice = freight === null ? await bill(here, 4) : '';
  await here.ask('sync.join', { hub, team, isNew: true });
  await there.ask('sync.join', { hub, team });
  const meet = async (): Promise<void> => {
    for (const one of [here, there, here, there]) await one.ask('sync.round', { hub });
  };
  await meet();
  const row = async (one: typeof here) => (await one.ask('records.get', { table: 'invoices', id: invoice }))?.v ?? {};
  return { here, there, meet, row, invoice, fulfil, bill };
};

test('one paper stands on both, the record has its number and days, and nothing else is to be decided', async () => {
  const { here, there, meet, row, invoice, fulfil } = await setUp();
  // The second of them is issued a day later: that paper has another number and other days.
  await there.ask('invoices.issue', { id: invoice });
  const first = await row(there);
  here.tick(DAY);
  await here.ask('invoices.issue', { id: invoice });
  const second = await row(here);
  expect(second['number']).not.toBe(first['number']);
  expect(second['issued_on']).not.toBe(first['issued_on']);
  await meet();
  for (const one of [here, there]) {
    expect(await row(one)).toMatchObject({
      status: 'issued',
      number: first['number'],
      issued_on: first['issued_on'],
      due_on: first['due_on'],
    });
    const { issues } = await one.ask('records.issues', { table: 'invoices', id: invoice });
    expect(issues.map(({ code, level }) => `${code} ${level}`)).toEqual(['ISSUED_TWICE error']);
    const { issued } = await one.ask('invoices.story', { id: invoice });
    expect(issued).toMatchObject([
      { number: first['number'], stands: true, total: '3400' },
      { number: second['number'], stands: false, total: '3400' },
    ]);
    expect(await one.ask('sync.review', { limit: 50 })).toMatchObject({ count: 0 });
    expect(await one.ask('invoices.blockers', { id: invoice })).toEqual({ blockers: [] });
  }
  // Nobody writes it again and again.
  await meet();
  for (const one of [here, there]) expect(await one.ask('sync.state', {})).toMatchObject({ unsent: 0, conflicts: 0 });
  expect((await here.ask('sync.hashes', {})).tables).toEqual((await there.ask('sync.hashes', {})).tables);
  // What was delivered is billed once: the rest waits for the next invoice.
  await fulfil(here, 6);
  expect(await here.ask('orders.billable', { id: order })).toMatchObject({ lines: [{ qty: String(6 * UNIT) }] });
});

test('both papers are printed as they were given out, on either device', async () => {
  const { here, there, meet, row, invoice } = await setUp();
  await there.ask('invoices.issue', { id: invoice });
  await here.ask('invoices.issue', { id: invoice });
  const numbers = [String((await row(there))['number']), String((await row(here))['number'])];
  await meet();
  await here.ask('records.apply', {
    label: 'Renamed',
    patches: [{ kind: 'update', table: 'accounts', id: account, values: { name: 'Renamed Ltd' } }],
  });
  for (const number of numbers) {
    const { path: file, issued } = await here.ask('invoices.document', {
      of: { number },
      to: `${number.replaceAll('/', '-')}.pdf`,
    });
    const { text } = await readPdf(readFileSync(file));
    expect(text).toContain(`Invoice no. ${number}`);
    expect(text).toContain('Harbour Foods');
    expect(text).not.toContain('Renamed');
    expect(issued?.differs).toBe(true);
  }
});

test('two papers under one number are printed each by what it says', async () => {
  const { here, there, meet, invoice } = await setUp();
  for (const one of [here, there]) {
    const own = (await one.ask('numbers.list', {})).devices.find(({ is_here: isHere }) => isHere);
    await one.ask('numbers.set', { table: 'invoices', format: '{yyyy}-{counter}', start: 1, issuer: own?.id ?? '' });
  }
  await there.ask('invoices.issue', { id: invoice });
  here.tick(DAY);
  await here.ask('invoices.issue', { id: invoice });
  await meet();
  const { issued } = await here.ask('invoices.story', { id: invoice });
  expect(issued.map(({ number, stands }) => [number, stands])).toEqual([
    ['2026-0001', true],
    ['2026-0001', false],
  ]);
  const texts: string[] = [];
  for (const { sha } of issued) {
    const { path: file } = await here.ask('invoices.document', { of: { id: invoice, paper: sha }, to: `${sha}.pdf` });
    texts.push((await readPdf(readFileSync(file))).text);
  }
  expect(texts).toEqual([expect.stringContaining('Date 15 Jan 2026'), expect.stringContaining('Date 16 Jan 2026')]);
  const other = { of: { id: invoice, paper: '0'.repeat(64) }, to: 'other.pdf' };
  await expect(here.ask('invoices.document', other)).rejects.toThrow('That paper is not kept here.');
});

test('both papers of a credit note that two devices posted are listed with it on its invoice', async () => {
  const { here, there, meet, invoice } = await setUp();
  const name = async (one: typeof here, format: string): Promise<void> => {
    const own = (await one.ask('numbers.list', {})).devices.find(({ is_here: isHere }) => isHere);
    await one.ask('numbers.set', { table: 'credit_notes', format, start: 1, issuer: own?.id ?? '' });
  };
  await name(here, 'CN{yyyy}-{counter}');
  await here.ask('invoices.issue', { id: invoice });
  await meet();
  const { lines } = await there.ask('invoices.story', { id: invoice });
  await there.ask('invoices.credit', { id: invoice, lines: [{ line: lines[0]?.id ?? '', amount: 100 }], reason: 'Broken' });
  await meet();
  // Each believes to give the numbers.
  await name(there, 'CX{yyyy}-{counter}');
  await there.ask('numbers.post', {});
  here.tick(DAY);
  await here.ask('numbers.post', {});
  await meet();
  const [note] = (await here.ask('invoices.story', { id: invoice })).credits;
  expect(note).toMatchObject({ number: 'CX2026-0001' });
  expect(note?.issued.map(({ number, stands }) => [number, stands])).toEqual([
    ['CX2026-0001', true],
    ['CN2026-0001', false],
  ]);
  const { issues } = await here.ask('records.issues', { table: 'credit_notes', id: note?.id ?? '' });
  expect(issues.map(({ code }) => code)).toEqual(['ISSUED_TWICE']);
});

test.each(['before', 'after'])(
  'a paper that went out counts, though another device, which had not heard of it, voided the draft %s',
  async (when) => {
    const { here, there, meet, row, invoice, fulfil } = await setUp();
    const [first, second] = when === 'before' ? [there, here] : [here, there];
    const act = async (one: typeof here) => one.ask(one === here ? 'invoices.issue' : 'invoices.void', { id: invoice });
    await act(first);
    second.tick(DAY / 24);
    await act(second);
    const { number } = await row(here);
    await meet();
    for (const one of [here, there]) {
      expect(await row(one)).toMatchObject({ status: 'issued', number });
      expect(await one.ask('invoices.totals', { id: invoice })).toMatchObject({ open: '3400' });
      expect(await one.ask('accounts.standing', { id: account })).toMatchObject({
        exposure: { receivables: '3400', unbilled: '5100', total: '8500' },
      });
      expect((await one.ask('orders.billable', { id: order })).lines).toEqual([]);
      // Who voided it is told, and can only leave it: what was issued is credited.
      const { count, fields } = await one.ask('sync.review', { limit: 50 });
      expect(count).toBe(1);
      expect(fields).toMatchObject([
        { table: 'invoices', row: invoice, field: 'status', heads: [{ value: 'void', move: { meanwhile: 'issued' } }] },
      ]);
      expect(fields[0]?.heads[0]?.move?.blocked).toContain('What is issued does not become void');
      const { marks } = await one.ask('records.marks', { table: 'invoices', ids: [invoice] });
      expect(JSON.stringify(marks)).toContain('SYNC_CONFLICT');
      await expect(one.ask('invoices.void', { id: invoice })).rejects.toThrow('What was issued is credited.');
    }
    expect((await here.ask('sync.hashes', {})).tables).toEqual((await there.ask('sync.hashes', {})).tables);
    const story = await there.ask('invoices.story', { id: invoice });
    const lines = story.lines.map(({ id, qty }) => ({ line: id, qty: Number(qty), amount: null }));
    await there.ask('invoices.credit', { id: invoice, lines, reason: 'Should have been voided', fee: null });
    expect(await there.ask('invoices.totals', { id: invoice })).toMatchObject({ open: '0', credited: '3400' });
    await fulfil(there, 6);
    expect(await there.ask('orders.billable', { id: order })).toMatchObject({ refusal: null });
  },
);

test.each(['quantity', 'amount'])(
  'where the draft was voided, billed anew and issued as well, both invoices say that they bill one delivery, until one is credited by %s',
  async (how) => {
    const { here, there, meet, invoice } = await setUp();
    await there.ask('invoices.void', { id: invoice });
    const { id: again } = await there.ask('orders.bill', { id: order });
    await there.ask('invoices.issue', { id: again });
    here.tick(DAY / 24);
    await here.ask('invoices.issue', { id: invoice });
    await meet();
    const said = async (one: typeof here) =>
      Promise.all(
        [invoice, again].map(async (id) => {
          const { issues } = await one.ask('records.issues', { table: 'invoices', id });
          return issues.map(({ code, level }) => `${code} ${level}`);
        }),
      );
    for (const one of [here, there]) expect(await said(one)).toEqual([['BILLED_TWICE error'], ['BILLED_TWICE error']]);
    const { lines } = await there.ask('invoices.story', { id: again });
    const all = lines.map(({ id, qty }) =>
      how === 'quantity' ? { line: id, qty: Number(qty), amount: null } : { line: id, qty: null, amount: 3400 },
    );
    await there.ask('invoices.credit', { id: again, lines: all, reason: 'Billed twice', fee: null });
    await meet();
    for (const one of [here, there]) {
      expect(await said(one)).toEqual([[], []]);
      expect(await one.ask('accounts.standing', { id: account })).toMatchObject({ exposure: { receivables: '3400' } });
    }
  },
);

test('freight that both billed, each with a delivery of its own, is said on both invoices until it is credited on one', async () => {
  const { here, there, meet, bill } = await setUp(500);
  const [own, other] = [await bill(here, 4), await bill(there, 3)];
  await here.ask('invoices.issue', { id: own });
  await there.ask('invoices.issue', { id: other });
  const said = async (one: typeof here) =>
    Promise.all(
      [own, other].map(async (id) => {
        const { issues } = await one.ask('records.issues', { table: 'invoices', id });
        return issues.map(({ field, code, level }) => `${field} ${code} ${level}`);
      }),
    );
  for (const one of [here, there]) expect((await said(one)).flat()).toEqual([]);
  await meet();
  const twice = ['freight FREIGHT_TWICE error'];
  for (const one of [here, there]) expect(await said(one)).toEqual([twice, twice]);
  const { lines } = await there.ask('invoices.story', { id: other });
  const credit = async (amount: number) =>
    there.ask('invoices.credit', { id: other, lines: [{ line: lines[0]?.id ?? '', amount }], reason: 'Freight billed twice' });
  await credit(499);
  expect(await said(there)).toEqual([twice, twice]);
  await credit(1);
  await meet();
  for (const one of [here, there]) expect(await said(one)).toEqual([[], []]);
});

test('two payment plans of one invoice, agreed apart, are told to everybody until it is planned once more', async () => {
  const { here, there, meet, invoice } = await setUp();
  await here.ask('invoices.issue', { id: invoice });
  await meet();
  const agree = (one: typeof here, count: number) =>
    one.ask('invoices.plan', { id: invoice, count, first: '2026-03-01', every: 'month' });
  const marks = async (one: typeof here) => {
    const { i: marked = {} } = (await one.ask('records.get', { table: 'invoices', id: invoice })) ?? {};
    return Object.entries(marked).map(([field, { code }]) => [field, code]);
  };
  const counted = async (one: typeof here) => (await one.ask('invoices.story', { id: invoice })).plan?.instalments.length;
  await agree(there, 2);
  here.tick(DAY);
  await agree(here, 3);
  await meet();
  for (const one of [here, there]) expect([await marks(one), await counted(one)]).toEqual([[['due_on', 'PLANNED_TWICE']], 3]);
  await agree(there, 4);
  await meet();
  for (const one of [here, there]) expect([await marks(one), await counted(one)]).toEqual([[], 4]);
});
