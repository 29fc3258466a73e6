/** Sending a quote, on real rows: what is missing is named, what went out is kept as it was, and it can be opened again. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { createDocuments } from '../../electron/engine/services/document/documents.ts';
import { actorOf } from '../../electron/engine/services/access/identity.ts';
import { documentTotals } from '../../electron/engine/services/orders/orders.ts';
import { sendQuote, sendingQueries } from '../../electron/engine/services/quotes/sending.ts';
import { contract } from '../../shared/contract/index.ts';
import { readPdf } from '../documents/read.ts';
import { pageContext as context } from '../fakes/context.ts';
import { edit, imported, openDesk } from './open.ts';

// Every document starts a library of a megabyte or two: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 120_000 });

const UNIT = 1_000_000;

const openQuote = () => {
  const desk = openDesk();
  const account = desk.insert('accounts', { code: 'HARB', name: 'Harbour Foods', terms: '30 days' });
  const product = desk.insert('products', {
    sku: 'CRT',
    name: 'Crate',
    uom: 'EA',
    list_price: 10 * UNIT,
    cost: 8 * UNIT,
    cost_on: '2026-01-02',
    currency: 'GBP',
  });
  const contact = desk.insert('contacts', { name: 'Mara', party: `accounts/${account}`, emails: { '?': 'mara@harb.example' } });
  const quote = desk.insert('quotes', { account_id: account, contact_id: contact, subject: 'Crates' });
  const line = desk.insert('quote_lines', { quote_id: quote, product_id: product, qty: 10 * UNIT });
  const env = { ...desk.env, db: desk.file, locale: 'en-GB' };
  const about = () => ({ author: 'Ann Alder', company: 'Our company' });
  const sendIt = sendQuote({ store: desk.store, env, about });
  const queries = sendingQueries({ read: desk.store, today: () => '2026-01-15', actor: (call) => actorOf(desk.store, call) });
  const papers = createDocuments({ env, read: desk.store, about });
  return {
    desk,
    account,
    product,
    quote,
    line,
    send: async (more: object = {}) =>
      sendIt(contract['quotes.send'].input.parse({ id: quote, recipient: 'mara@harb.example', ...more }), context),
    sending: () => contract['quotes.sending'].output.parse(queries['quotes.sending']({ id: quote }, context)),
    paper: async (to: string) => {
      const input = contract['quotes.document'].input.parse({ of: { id: quote }, to });
      return contract['quotes.document'].output.parse(await papers['quotes.document'](input, context));
    },
    row: () => desk.row('quotes', quote),
  };
};

const sha256 = (data: Uint8Array | string): string => createHash('sha256').update(data).digest('hex');

describe('Q6: sending freezes', () => {
  test('Q6: paper, snapshot and hashes are kept in the step that sends, with recipient, channel and revision', async () => {
    const { desk, quote, send, paper, row } = openQuote();
    await send({ channel: 'portal' });
    expect(row()).toMatchObject({ status: 'sent', sent_on: '2026-01-15', recipient: 'mara@harb.example', channel: 'portal' });
    const [kept, ...others] = desk.store.children('sent_quotes', quote);
    expect(others).toEqual([]);
    expect(kept).toMatchObject({
      number: row()['number'],
      revision: 1,
      recipient: 'mara@harb.example',
      channel: 'portal',
      pages: 1,
    });
    const pdf = Buffer.from(String(kept?.['pdf']), 'base64');
    expect([kept?.['pdf_hash'], kept?.['snapshot_hash']]).toEqual([sha256(pdf), sha256(String(kept?.['snapshot']))]);
    const snapshot = JSON.parse(String(kept?.['snapshot'])) as { paper: { options: readonly { sums: { total: string } }[] } };
    expect(snapshot.paper.options[0]?.sums.total).toBe(documentTotals('quotes', desk.store, quote).total);
    const { text } = await readPdf(new Uint8Array(pdf));
    expect(text).toContain(`Quotation no. ${String(row()['number'])}`);
    expect(text).toContain('Total 100.00');
    expect(text).not.toContain('DRAFT');
    // Days later, with another name of the product, it is the same file, byte for byte.
    desk.env.tick(9 * 86_400_000);
    desk.update('accounts', String(row()['account_id']), { name: 'Harbour Foods plc' });
    const opened = await paper('again.pdf');
    expect(opened.sent).toBe(Date.UTC(2026, 0, 15, 9));
    expect(Buffer.compare(fs.readFileSync(opened.path), pdf)).toBe(0);
    for (let step = 0; step < 4; step += 1) desk.store.undo(edit);
    expect(desk.store.children('sent_quotes', quote)).toHaveLength(1);
  });

  test('Q6: what was kept is not opened once its bytes are others', async () => {
    const { desk, quote, send, paper } = openQuote();
    await send();
    const [kept] = desk.store.children('sent_quotes', quote);
    desk.store.apply([{ kind: 'delete', table: 'sent_quotes', id: kept?.id ?? '' }], { ...edit, source: 'import' });
    const other = { ...kept, pdf: Buffer.from('%PDF-other').toString('base64') };
    const { id: _, ...values } = other;
    desk.insert('sent_quotes', values, { ...edit, source: 'import' });
    await expect(paper('a.pdf')).rejects.toMatchObject({ code: 'damaged-file' });
  });

  test('what changes while the paper is made is not sent', async () => {
    const { desk, quote, line, send, row } = openQuote();
    const going = send();
    desk.update('quote_lines', line, { qty: 11 * UNIT });
    await expect(going).rejects.toMatchObject({ code: 'conflict' });
    expect(row()['status']).not.toBe('sent');
    expect(desk.store.children('sent_quotes', quote)).toEqual([]);
  });

  test('to nobody it goes only by word of mouth', async () => {
    const { send, row } = openQuote();
    await expect(send({ recipient: ' ' })).rejects.toThrow(/Say to whom/);
    await send({ recipient: null, channel: 'told' });
    expect(row()).toMatchObject({ status: 'sent', recipient: null, channel: 'told' });
  });
});

describe('Q4: how long it holds', () => {
  test('Q4: the usual days are the company’s; a contract it rests on cuts them short, and is named', async () => {
    const { desk, account, product, line, quote, sending, send, row } = openQuote();
    expect(sending()).toMatchObject({ recipient: 'mara@harb.example', valid_to: '2026-02-14', usual: '2026-02-14', cap: null });
    const list = desk.insert('price_lists', {
      code: 'C-7',
      name: 'Crates 2026',
      kind: 'contract',
      account_id: account,
      valid_to: '2026-01-31',
    });
    desk.insert('prices', { list_id: list, product_id: product, price: 10 * UNIT, currency: 'GBP' });
    desk.update('quote_lines', line, { qty: 11 * UNIT });
    expect(sending()).toMatchObject({ usual: '2026-01-31', cap: { name: 'C-7', until: '2026-01-31' } });
    await expect(send()).rejects.toThrow(/Valid to 2026-01-31 only: contract C-7 ends then/);
    await send({ valid_to: '2026-01-31' });
    expect(row()).toMatchObject({ status: 'sent', valid_to: '2026-01-31' });
    expect(desk.store.children('sent_quotes', quote)).toHaveLength(1);
  });

  test('Q4: no quote holds longer than the freight rates it names', async () => {
    const { desk, quote, sending, send } = openQuote();
    desk.update('quotes', quote, { rates_to: '2026-01-20' });
    expect(sending()).toMatchObject({ usual: '2026-01-20', cap: { until: '2026-01-20' } });
    await expect(send({ valid_to: '2026-01-21' })).rejects.toThrow(/Valid to 2026-01-20 only: its rates hold no longer/);
    await send({ valid_to: '2026-01-20' });
    expect(desk.row('quotes', quote)).toMatchObject({ status: 'sent', valid_to: '2026-01-20' });
  });

  test('Q4: no quote holds longer than a place that is held for it; one that is bound, or that lapsed, ends nothing', async () => {
    const { desk, account, quote, sending, send } = openQuote();
    const slot = desk.insert('slots', { name: 'Bay 3', kind: 'campaign', starts_on: '2026-03-01', capacity: 2 });
    const at = (day: number) => Date.UTC(2026, 0, day, 18);
    const held = { account_id: account, kind: 'campaign', slot_id: slot, slot_amount: 1, quote_id: quote };
    const bring = (status: string, day: number) => desk.insert('bookings', { ...held, status, hold_until: at(day) }, imported);
    bring('hold', 12);
    bring('confirmed', 16);
    expect(sending()).toMatchObject({ usual: '2026-02-14', cap: null });
    const first = bring('hold', 22);
    bring('hold', 24);
    expect(sending()).toMatchObject({ usual: '2026-01-22', cap: { name: 'Bay 3', until: '2026-01-22' } });
    await expect(send({ valid_to: '2026-01-23' })).rejects.toThrow(/Valid to 2026-01-22 only: slot Bay 3 ends then/);
    desk.update('bookings', first, { quote_id: null });
    expect(sending()).toMatchObject({ usual: '2026-01-24' });
    await send({ valid_to: '2026-01-24' });
    expect(desk.row('quotes', quote)).toMatchObject({ status: 'sent', valid_to: '2026-01-24' });
  });

  test.each(['rejected', 'withdrawn'])('B2: a quote that is %s gives what was held for it back at once', async (to) => {
    const { desk, account, quote, send } = openQuote();
    const slot = desk.insert('slots', { name: 'Bay 3', kind: 'campaign', starts_on: '2026-03-01', capacity: 2 });
    const held = { account_id: account, kind: 'campaign', slot_id: slot, quote_id: quote, hold_until: Date.UTC(2026, 1, 20, 18) };
    const [hold, bound] = ['hold', 'confirmed'].map((status) => desk.insert('bookings', { ...held, status }, imported));
    await send({});
    desk.update('quotes', quote, { loss_reason: 'price' });
    desk.store.apply([{ kind: 'transition', table: 'quotes', id: quote, field: 'status', to, why: 'Too dear' }], edit);
    expect(desk.row('bookings', hold ?? '')).toMatchObject({ status: 'need', hold_until: null });
    expect(desk.row('bookings', bound ?? '')).toMatchObject({ status: 'confirmed' });
  });

  test('Q4: a new quote takes the days of the limits; a day that is past is refused', async () => {
    const { desk, account, send } = openQuote();
    desk.insert('approval_limits', { valid_days: 14, floor: 0, hard_floor: 0, own_discount: UNIT });
    const quote = desk.insert('quotes', { account_id: account });
    expect(desk.row('quotes', quote)['valid_to']).toBe('2026-01-29');
    await expect(send({ valid_to: '2026-01-14' })).rejects.toThrow(/past/);
  });
});

test('A4: what needs an approval is not sent, and what is missing is named', async () => {
  const { desk, line, quote, send, sending, row } = openQuote();
  desk.insert('approval_limits', { floor: 200_000 });
  desk.update('quote_lines', line, { discount: 100_000 });
  expect(sending().missing).toBe('It needs approval before it is sent.');
  await expect(send()).rejects.toMatchObject({
    code: 'blocked',
    message: expect.stringMatching(
      /^It needs approval before it is sent\. 3 things need attention\. The first: Line 1: the margin of 11\.1 %/,
    ) as string,
  });
  expect([row()['status'], desk.store.children('sent_quotes', quote)]).toEqual(['draft', []]);
});
