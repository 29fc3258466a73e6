/** A quote as a PDF: it says what the screen says, until when it holds, and what of it can be chosen. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { createDocuments } from '../../electron/engine/services/document/documents.ts';
import { documentTotals } from '../../electron/engine/services/orders/orders.ts';
import { contract } from '../../shared/contract/index.ts';
import { formatMoney } from '../../shared/domain/format.ts';
import { readPdf } from '../documents/read.ts';
import { pageContext as call } from '../fakes/context.ts';
import { imported, openDesk, type Desk } from './open.ts';

// Every document starts a library of a megabyte or two: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 120_000 });

const UNIT = 1_000_000;

const making = (desk: Desk) => {
  const service = createDocuments({
    env: { db: desk.file, clock: () => Date.UTC(2026, 0, 15), locale: 'en-GB' },
    read: desk.store,
    about: () => ({ author: 'Ann Alder', company: 'Our company' }),
  });
  return async (input: object) => (await service['quotes.document'](contract['quotes.document'].input.parse(input), call)).path;
};

/** Two plain lines, a choice of two, and one that may be left out. */
const withQuote = (desk: Desk) => {
  const account = desk.insert('accounts', { code: 'HARB', name: 'Harbour Foods', city: 'Leith', terms: '30 days' });
  const product = desk.insert('products', { sku: 'CRT-6040', name: 'Crate 600×400', uom: 'EA', list_price: 8_500_000 });
  const quote = desk.insert('quotes', {
    account_id: account,
    subject: 'Crates for the cold store',
    customer_ref: 'RFQ 77',
    wording: 'As discussed on the phone.',
    notes: 'pays late',
  });
  const add = (values: Record<string, string | number>) =>
    desk.insert('quote_lines', { quote_id: quote, product_id: product, qty: 10 * UNIT, ...values });
  add({ discount: 75_000 });
  add({ price: 8 * UNIT });
  add({ option_group: 'Lids', description: 'Lid, blue', price: 2 * UNIT });
  add({ option_group: 'Lids', description: 'Lid, red', price: 3 * UNIT });
  add({ optional: 1, description: 'Dolly', price: 40 * UNIT });
  return quote;
};

describe('the paper of a quote', () => {
  test('Q3, Q5: lines, choices and sums are those of the screen; what is not chosen is in no sum', async () => {
    const desk = openDesk();
    const quote = withQuote(desk);
    const { text } = await readPdf(fs.readFileSync(await making(desk)({ of: { id: quote }, to: 'quote.pdf' })));
    const totals = documentTotals('quotes', desk.store, quote);
    expect(totals.total).toBe('17863');
    for (const said of [
      'Quotation',
      'Quotation no. Draft',
      'DRAFT',
      'Customer Harbour Foods Leith',
      'Valid to 14 Feb 2026',
      'Subject Crates for the cold store',
      'Your reference RFQ 77',
      'Payment terms 30 days',
      'As discussed on the phone.',
      '1 CRT-6040 Crate 600×400 10 EA 8.50 7.5 78.63',
      // A price somebody gave below the list stands beside the list's.
      '2 CRT-6040 Crate 600×400 10 EA 8.50 8.00 80.00',
      'Choice Lids: in the total',
      'Choice Lids: alternative, not in the total',
      'Optional, not in the total',
      `Total ${formatMoney(totals.total, totals.currency, 'en-GB')}`,
    ])
      expect(text).toContain(said);
    expect(text).not.toMatch(/pays late|Supplier|Vendor/);
  });

  test.each([
    ['in_review', 'DRAFT'],
    ['approved', null],
    ['sent', null],
    ['accepted', null],
    ['withdrawn', 'WITHDRAWN'],
    ['superseded', 'SUPERSEDED'],
  ] as const)('A4: a quote that is %s is marked %s', async (status, mark) => {
    const desk = openDesk();
    const quote = withQuote(desk);
    desk.update('quotes', quote, { number: 'Q-77/R2', revision: 2, status }, imported);
    const { text } = await readPdf(fs.readFileSync(await making(desk)({ of: { number: 'Q-77/R2' }, to: 'a.pdf' })));
    expect(text).toContain('Quotation no. Q-77/R2 Revision 2');
    expect(/DRAFT|WITHDRAWN|SUPERSEDED/.exec(text)?.[0] ?? null).toBe(mark);
  });

  test('a group without a choice keeps the paper from being made', async () => {
    const desk = openDesk();
    const quote = withQuote(desk);
    const lines = desk.store.children('quote_lines', quote).filter((line) => line['option_group'] === 'Lids');
    for (const line of lines) desk.update('quote_lines', line.id, { chosen: 0 });
    await expect(making(desk)({ of: { id: quote }, to: 'a.pdf' })).rejects.toMatchObject({ code: 'blocked' });
  });
});

/** A reader that many systems have; the check is made where it is there. */
const READER = 'pdftotext';
const hasReader = spawnSync(READER, ['-v']).error === undefined;

test.runIf(hasReader)('another program reads the same figures from it', async () => {
  const desk = openDesk();
  const quote = withQuote(desk);
  const file = await making(desk)({ of: { id: quote }, to: 'quote.pdf' });
  const text = spawnSync(READER, ['-layout', file, '-'], { encoding: 'utf8' }).stdout;
  const nets = [...text.matchAll(/^ *\d .*\s(\d+\.\d\d)$/gmu)].map(([, net]) => net);
  expect(nets).toEqual(['78.63', '80.00', '20.00', '30.00', '400.00']);
  expect(/^ +Total +(\S+)$/mu.exec(text)?.[1]).toBe('178.63');
});
