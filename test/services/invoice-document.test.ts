/** An invoice and a credit note as PDF: they say what the screen says, whom it is to, and whether it is binding. */
import fs from 'node:fs';
import { expect, test, vi } from 'vitest';
import { createDocuments } from '../../electron/engine/services/document/documents.ts';
import { taxCommands } from '../../electron/engine/services/money/tax.ts';
import { contract } from '../../shared/contract/index.ts';
import { formatMoney } from '../../shared/domain/format.ts';
import { readPdf } from '../documents/read.ts';
import { pageContext as call } from '../fakes/context.ts';
import { openBilling, UNIT } from './billing.ts';
import type { Desk } from './open.ts';

// Every document starts a library of a megabyte or two: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 120_000 });

const printing = (desk: Desk) => {
  const service = createDocuments({
    env: { db: desk.file, clock: () => Date.UTC(2026, 0, 15), locale: 'en-GB' },
    read: desk.store,
    about: () => ({ author: 'Ann Alder', company: 'Our company' }),
  });
  return async (table: 'invoices' | 'credit_notes', of: object) => {
    const input = contract['invoices.document'].input.parse({ of, to: `${table}.pdf`, whenBusy: 'copy' });
    const { path } = await service[`${table}.document`](input, call);
    const bytes = fs.readFileSync(path);
    return { bytes, ...(await readPdf(bytes)) };
  };
};

/** 3 at 1.05 and 5.00 freight, with 10 % and 20 % on them. */
const open = () =>
  openBilling((desk, { order, line, account }) => {
    void taxCommands({ store: desk.store, env: desk.env })['app.setTax'](
      { tax: { scope: 'document', isIncluded: false, mode: 'half_up', freight: 'S', rates: { S: 200_000, R: 100_000 } } },
      call,
    );
    desk.update('accounts', account, { city: 'Leith' });
    desk.update('order_lines', line, { tax_code: 'R', price: 1_050_000, qty: 3 * UNIT });
    desk.update('orders', order, { freight: 500, po_ref: 'PO-77' });
  });

test('K4: the paper of an invoice: a draft until it is issued, to whom it is billed, every figure as on the screen, fonts within', async () => {
  const { desk, deliver, bill, issue, totals } = open();
  deliver(3);
  const invoice = await bill();
  const print = printing(desk);
  const draft = await print('invoices', { id: invoice });
  expect(draft.text).toContain('DRAFT');
  await issue(invoice);
  const { text, bytes } = await print('invoices', { number: String(desk.row('invoices', invoice)['number']) });
  const { total, net, currency } = await totals(invoice);
  const money = (minor: string): string => formatMoney(minor, currency, 'en-GB');
  for (const said of [
    `Invoice no. ${String(desk.row('invoices', invoice)['number'])}`,
    'Bill to Harbour Foods Leith',
    'Date 15 Jan 2026',
    'Due 14 Feb 2026',
    'Your reference PO-77',
    'Payment terms 30 days',
    '1 CRT-6040 Crate 600×400 3 EA 1.05 3.15',
    `Subtotal ${money(net)}`,
    'Freight 5.00',
    'R 10 % on 3.15 0.32',
    'S 20 % on 5.00 1.00',
    `Total ${money(total)}`,
  ])
    expect(text).toContain(said);
  expect(text).not.toMatch(/DRAFT|Supplier|Vendor|Customer /);
  expect(total).toBe('947');
  expect(bytes.toString('latin1')).toMatch(/\/FontFile2/);
});

test('O1: who pays instead of the account is on the invoice and on what is credited of it, whatever the order says later', async () => {
  const { desk, order, deliver, issued, credit } = open();
  const payer = desk.insert('accounts', { code: 'PAY', name: 'Forth Holdings', city: 'Perth' });
  const other = desk.insert('accounts', { code: 'OTH', name: 'Another payer' });
  desk.update('orders', order, { bill_to_id: payer });
  deliver(3);
  const invoice = await issued();
  desk.update('orders', order, { bill_to_id: other });
  const note = await credit(invoice, 1, null);
  const print = printing(desk);
  expect((await print('invoices', { id: invoice })).text).toContain('Bill to Forth Holdings Perth');
  expect((await print('credit_notes', { id: note.id })).text).toContain('Credit to Forth Holdings Perth');
});

test('F5: the paper of a credit note: what went back, its tax, the invoice it is for and why', async () => {
  const { desk, deliver, issued, credit } = open();
  deliver(3);
  const invoice = await issued();
  await credit(invoice, 1, null);
  const { id } = await credit(invoice, 2, null, 'Damp');
  const { text } = await printing(desk)('credit_notes', { id });
  for (const said of [
    `Credit note no. ${String(desk.row('credit_notes', id)['number'])}`,
    'Credit to Harbour Foods Leith',
    `For invoice ${String(desk.row('invoices', invoice)['number'])}`,
    'Damp',
    '1 CRT-6040 Crate 600×400 2 EA 2.10',
    'R 10 % on 2.10 0.21',
    'Total 2.31',
  ])
    expect(text).toContain(said);
  await expect(printing(desk)('credit_notes', { id: invoice })).rejects.toThrow('The credit note is not here or was deleted.');
});

test('T1: the fee of a return is a line of its own on the credit note, under the tax code of fees', async () => {
  const { desk, deliver, issued, linesOf, commands } = open();
  deliver(3);
  const invoice = await issued();
  const lines = [{ line: linesOf(invoice)[0]?.id ?? '', qty: 2 * UNIT, amount: null }];
  const fee = { amount: 50, what: 'Restocking fee' };
  const { id } = await commands['invoices.credit']({ id: invoice, lines, reason: 'Damp', fee, screen: null }, call);
  const { text } = await printing(desk)('credit_notes', { id });
  // 2.10 and 10 % of it, less 0.50 and 20 % of that.
  for (const said of ['1 CRT-6040 Crate 600×400 2 EA 2.10', 'Restocking fee', 'R 10 % on 2.10 0.21', 'Total 1.71'])
    expect(text).toContain(said);
});
