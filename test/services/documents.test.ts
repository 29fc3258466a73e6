/** An order as a PDF: it says what the screen says, goes where it was sent, and is not made of cells with errors. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { createDocuments } from '../../electron/engine/services/document/documents.ts';
import { orderQueries } from '../../electron/engine/services/orders/orders.ts';
import type { CallContext } from '../../shared/contract/define.ts';
import { contract } from '../../shared/contract/index.ts';
import { formatMoney } from '../../shared/domain/format.ts';
import { readPdf } from '../documents/read.ts';
import { pageContext as call } from '../fakes/context.ts';
import { openDesk, withOrder, type Desk } from './open.ts';

// Every document starts a library of a megabyte or two: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 120_000 });

const making = (desk: Desk, context: CallContext = call) => {
  const service = createDocuments({
    env: { db: desk.file, clock: () => Date.UTC(2026, 0, 15), locale: 'en-GB' },
    read: desk.store,
    about: () => ({ author: 'Ann Alder', company: 'Our company' }),
  });
  return async (input: object) => service['orders.document'](contract['orders.document'].input.parse(input), context);
};

const readFile = (file: string) => readPdf(fs.readFileSync(file));

/** An order with everything that goes on its paper. */
const withAll = (desk: Desk) => {
  const made = withOrder(desk);
  const { account, order, product } = made;
  const person = desk.insert('people', { name: 'Ann Alder', email: 'ann@example.com' });
  const contact = desk.insert('contacts', { name: 'Mara Lindqvist', party: `accounts/${account}` });
  const site = desk.insert('sites', {
    account_id: account,
    name: 'Cold store',
    street: 'Dock 4',
    city: 'Leith',
    postcode: 'EH6 7DX',
  });
  const carrier = desk.insert('partners', { name: 'Harrier Express' });
  desk.update('accounts', account, { street: '1 High Street', city: 'Seattle', region: 'WA', postcode: '98124', country: 'USA' });
  desk.update('orders', order, {
    po_ref: 'PO 4711',
    owner_id: person,
    contact_id: contact,
    site_id: site,
    carrier_id: carrier,
    freight: 4_500,
    delivery: 'complete',
    instructions: 'Ring at the gate',
    notes: 'pays late',
    promised: '2026-02-05',
  });
  desk.insert('order_lines', {
    order_id: order,
    product_id: product,
    qty: 3_333_333,
    price: 1_005_000,
    discount: 75_000,
    note: 'inside',
  });
  return made;
};

test('the paper says what the order says, and comes to what the screen shows', async () => {
  const desk = openDesk();
  const { order } = withAll(desk);
  const { path: file, pages } = await making(desk)({ of: { id: order }, to: 'order.pdf' });
  expect([file, pages]).toEqual([path.join(path.dirname(desk.file), 'exports', 'order.pdf'), 1]);
  const { text } = await readFile(file);
  const totals = await orderQueries({ read: desk.store })['orders.totals']({ id: order }, call);
  const shown = (value: string): string => formatMoney(value, totals.currency, 'en-GB');
  expect(text).toContain(`Subtotal ${shown(totals.net)} Freight ${shown(totals.freight)} Total ${shown(totals.total)}`);
  expect(text).toContain('1 CRT-6040 Crate 600×400 12 EA 8.50 102.00');
  expect(text).toContain('2 CRT-6040 Crate 600×400 3.333333 EA 1.005 7.5 3.10');
  for (const said of [
    'Harbour Foods 1 High Street Seattle, WA 98124 USA Attn. Mara Lindqvist',
    'Deliver to Cold store Dock 4 EH6 7DX Leith',
  ])
    expect(text).toContain(said);
  for (const said of [
    'Your reference PO 4711',
    'Promised 5 Feb 2026',
    'Payment terms 30 days',
    'Carrier Harrier Express',
    'Delivery Ship complete',
  ])
    expect(text).toContain(said);
  expect(text).toContain('Delivery instructions Ring at the gate');
  expect(text).not.toMatch(/pays late|inside/);
});

test('it is a draft until it is confirmed, and says when it was cancelled', async () => {
  const desk = openDesk();
  const { order } = withOrder(desk);
  const make = making(desk);
  const draft = await readFile((await make({ of: { id: order }, to: 'a.pdf' })).path);
  expect(draft.text).toContain('DRAFT');
  expect(draft.text).toContain('Order no. Draft');
  desk.move(order, 'submitted');
  const number = String(desk.row('orders', order)['number']);
  expect((await readFile((await make({ of: { number }, to: 'b.pdf' })).path)).text).toContain('DRAFT');
  desk.move(order, 'confirmed');
  const confirmed = await readFile((await make({ of: { number }, to: 'c.pdf' })).path);
  expect(confirmed.text).toContain(`Order confirmation Customer Harbour Foods Order no. ${number}`);
  expect(confirmed.text).not.toContain('DRAFT');
  desk.move(order, 'cancelled');
  expect((await readFile((await make({ of: { number }, to: 'd.pdf' })).path)).text).toContain('CANCELLED');
});

test('where the whole order is rounded once, the lines still add up to it on paper', async () => {
  const desk = openDesk();
  const { order, product, line } = withOrder(desk);
  desk.update('orders', order, { rounding: 'document' });
  desk.update('order_lines', line, { qty: 1_000_000, price: 104_000 });
  for (let more = 0; more < 2; more += 1)
    desk.insert('order_lines', { order_id: order, product_id: product, qty: 1_000_000, price: 104_000 });
  const { text } = await readFile((await making(desk)({ of: { id: order }, to: 'a.pdf' })).path);
  expect(text).toContain('Subtotal 0.30 Rounding 0.01 Total 0.31');
});

test('a cell with an error keeps the paper from being made, and each is named', async () => {
  const desk = openDesk();
  const { order, line } = withOrder(desk);
  desk.update('order_lines', line, { qty: { '!': ['a dozen', 'NUM_PARSE'] } });
  desk.update('orders', order, { freight: { '!': ['free', 'NUM_PARSE'] } });
  const refused = making(desk)({ of: { id: order }, to: 'order.pdf' });
  await expect(refused).rejects.toMatchObject({
    code: 'blocked',
    message: expect.stringMatching(/^No document was made\. 2 things need attention\. The first: “free”/) as string,
    details: {
      blockers: [
        expect.objectContaining({ table: 'orders', field: 'freight' }),
        expect.objectContaining({ row: line, field: 'qty' }),
      ],
    },
  });
  expect(fs.existsSync(path.join(path.dirname(desk.file), 'exports', 'order.pdf'))).toBe(false);
});

test.each([
  [{ number: 'O26-XXX-0001' }, 'a.pdf', 'not-found', 'There is no order O26-XXX-0001.'],
  [{ id: '01900000-0000-7000-8000-00000000dead' }, 'a.pdf', 'not-found', 'deleted'],
  [null, 'a.txt', 'invalid', 'must end in .pdf'],
  [null, '../a.pdf', 'bad-file', 'Not a full path'],
] as const)('what cannot be made is refused in words: %o, %s', async (of, to, code, words) => {
  const desk = openDesk();
  const { order } = withOrder(desk);
  await expect(making(desk)({ of: of ?? { id: order }, to })).rejects.toMatchObject({
    code,
    message: expect.stringContaining(words) as string,
  });
});

test('two orders of one number are not guessed between', async () => {
  const desk = openDesk();
  const { account } = withOrder(desk);
  const imported = { source: 'import', label: 'Import', actor: 'x', reason: null, screen: null, window: '' } as const;
  for (const po of ['a', 'b']) desk.insert('orders', { account_id: account, number: 'SO-1', po_ref: po }, imported);
  await expect(making(desk)({ of: { number: 'SO-1' }, to: 'a.pdf' })).rejects.toMatchObject({ code: 'ambiguous' });
});

test('a file that is open elsewhere is kept, and a copy is written beside it where that was asked', async () => {
  const desk = openDesk();
  const { order } = withOrder(desk);
  const folder = path.dirname(desk.file);
  const to = path.join(folder, 'order.pdf');
  fs.writeFileSync(to, 'last week');
  fs.writeFileSync(path.join(folder, '~$order.pdf'), '');
  const make = making(desk);
  await expect(make({ of: { id: order }, to })).rejects.toMatchObject({ code: 'io', details: { busy: true } });
  expect((await make({ of: { id: order }, to, whenBusy: 'copy' })).path).toBe(path.join(folder, 'order 2.pdf'));
  expect(fs.readFileSync(to, 'utf8')).toBe('last week');
});

test('a cancelled call writes nothing', async () => {
  const desk = openDesk();
  const { order } = withOrder(desk);
  const cancelled: CallContext = { ...call, signal: { ...call.signal, aborted: true } };
  await expect(making(desk, cancelled)({ of: { id: order }, to: 'a.pdf' })).rejects.toMatchObject({ code: 'cancelled' });
  expect(fs.readdirSync(path.join(path.dirname(desk.file), 'exports'))).toEqual([]);
});

test('the company’s own template beside the file is taken, and a broken one is named', async () => {
  const desk = openDesk();
  const { order } = withOrder(desk);
  const own = path.join(path.dirname(desk.file), 'documents');
  fs.mkdirSync(own);
  fs.writeFileSync(path.join(own, 'template.json'), JSON.stringify({ footer: ['Registered in Leith'] }));
  const make = making(desk);
  expect((await readFile((await make({ of: { id: order }, to: 'a.pdf' })).path)).text).toContain('Registered in Leith');
  fs.writeFileSync(path.join(own, 'template.json'), '{');
  await expect(make({ of: { id: order }, to: 'b.pdf' })).rejects.toMatchObject({
    code: 'bad-file',
    message: expect.stringContaining('template') as string,
  });
});
