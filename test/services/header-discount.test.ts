/** M5 over a real store: a discount of a whole document in every figure that is made of it, to the last minor unit. */
import fs from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { amendCommands } from '../../electron/engine/services/orders/amendments.ts';
import { judgeQuote } from '../../electron/engine/services/approval/judge.ts';
import { billingQueries } from '../../electron/engine/services/billing/billing-read.ts';
import { confirmQueries } from '../../electron/engine/services/orders/confirm.ts';
import { createDocuments } from '../../electron/engine/services/document/documents.ts';
import { fulfilmentCommands } from '../../electron/engine/services/fulfilment/fulfilment.ts';
import { invoiceCommands } from '../../electron/engine/services/billing/invoices.ts';
import { orderCommands, orderQueries } from '../../electron/engine/services/orders/orders.ts';
import { orderToApprove } from '../../electron/engine/services/orders/order-approval.ts';
import { quoteCommands, quoteQueries } from '../../electron/engine/services/quotes/quotes.ts';
import { taxCommands } from '../../electron/engine/services/money/tax.ts';
import { checkSums } from '../../electron/engine/store/check/check-sums.ts';
import { openReader } from '../../electron/engine/store/file/db.ts';
import { contract } from '../../shared/contract/index.ts';
import type { CellInput } from '../../shared/domain/kinds.ts';
import { readPdf } from '../documents/read.ts';
import { pageContext as context } from '../fakes/context.ts';
import { edit, openDesk, withOrder, type Desk } from './open.ts';

// A paper starts a library of a megabyte or two: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 120_000 });

const UNIT = 1_000_000;
const screen = null;
const TODAY = '2026-01-15';

/** A draft of lines of one each: 10.01, 20.02 and 33.33, that is 63.36. */
const openOrder = (head: Readonly<Record<string, CellInput>> = {}, prices = [10_010_000, 20_020_000, 33_330_000], qty = UNIT) => {
  const desk = openDesk();
  const { account, product, order, line } = withOrder(desk);
  desk.store.apply([{ kind: 'delete', table: 'order_lines', id: line }], edit);
  const lines = prices.map((price) => desk.insert('order_lines', { order_id: order, product_id: product, qty, price }));
  desk.update('orders', order, head);
  const deps = { store: desk.store, env: { ...desk.env, locale: desk.locale } };
  const commands = {
    ...orderCommands(deps),
    ...invoiceCommands(deps),
    ...fulfilmentCommands(deps),
    ...amendCommands(deps),
    ...taxCommands(deps),
  };
  const queries = {
    ...orderQueries({ read: desk.store }),
    ...billingQueries({ read: desk.store, env: deps.env, knownUpTo: () => null }),
    ...confirmQueries({ read: desk.store, today: () => TODAY, locale: desk.locale, actor: () => edit.actor }),
  };
  const totals = async (id = order) => contract['orders.totals'].output.parse(await queries['orders.totals']({ id }, context));
  const confirm = () => desk.update('orders', order, { status: { '?': 'confirmed' } });
  const deliver = (parts: readonly { readonly line: string; readonly qty: number }[]): void => {
    for (const kind of ['shipped', 'delivered'] as const)
      void commands['orders.fulfil'](
        contract['orders.fulfil'].input.parse({ id: order, kind, lines: parts, on: TODAY, reason: 'Because' }),
        context,
      );
  };
  return { desk, account, product, order, lines, commands, queries, totals, confirm, deliver };
};

const faults = async (desk: Desk): Promise<readonly string[]> => {
  const db = openReader(desk.file);
  try {
    return await checkSums(db, async () => {});
  } finally {
    db.close();
  }
};

describe('M5: what a document says of it', () => {
  test('the page, the list and the view take it off alike, with tax on what is left; an amount takes the place of a percent', async () => {
    const { desk, order, totals, commands } = openOrder({ header_percent: 50_000 });
    await commands['app.setTax'](
      { tax: { scope: 'document', isIncluded: false, mode: 'half_up', freight: 'S', rates: { S: 200_000 } } },
      context,
    );
    desk.update('orders', order, { freight: 500 });
    // 63.36 less 3.17, and 1.00 of tax on the freight.
    expect(await totals()).toMatchObject({
      net: '6019',
      discount: '317',
      net_micros: '60190000',
      freight: '500',
      tax: '100',
      total: '6619',
    });
    const kept = () => desk.look((db) => db.prepare('SELECT net, discount, net_micros FROM order_sums WHERE lines > 0').get());
    expect(kept()).toEqual({ net: 6019, discount: 317, net_micros: 60_190_000 });
    const shown = 'SELECT net, net_rounded, header_discount, header_percent, discount_taken FROM v_orders';
    expect(desk.look((db) => db.prepare(shown).get())).toEqual({
      net: 60.19,
      net_rounded: 60.19,
      header_discount: null,
      header_percent: 0.05,
      discount_taken: 3.17,
    });
    desk.update('orders', order, { header_discount: { '?': '10' }, rounding: 'document' });
    expect(desk.row('orders', order)).toMatchObject({ header_discount: 1000, header_percent: null });
    expect([kept(), (await totals()).discount]).toEqual([{ net: 5336, discount: 1000, net_micros: 53_360_000 }, '1000']);
    expect(await faults(desk)).toEqual([]);
    desk.update('orders', order, { header_percent: { '?': '10%' } });
    expect(desk.row('orders', order)).toMatchObject({ header_discount: null, header_percent: 100_000 });
    const { id: copy } = await commands['orders.duplicate']({ id: order, screen }, context);
    expect(await totals(copy)).toMatchObject({ discount: (await totals()).discount });
    expect(desk.store.undo({ ...edit, actor: desk.store.device.id })).not.toBeNull();
    expect(await faults(desk)).toEqual([]);
  });

  test('below nothing, or more than the lines come to, is named beside the field and goes nowhere; what is no amount keeps its text', async () => {
    const { desk, order, lines, queries, totals } = openOrder({ header_discount: 6336 });
    expect([desk.issues('orders', order), await totals()]).toEqual([[], expect.objectContaining({ net: '0', total: '0' })]);
    desk.update('order_lines', lines[0] ?? '', { price: 10_000_000 });
    expect(desk.issues('orders', order)).toEqual(['header_discount DISCOUNT_OVER']);
    expect(await totals()).toMatchObject({ net: '0', discount: '6335' });
    const { blockers, can_override: isOverridden } = contract['orders.checks'].output.parse(
      await queries['orders.checks']({ id: order }, context),
    );
    expect([blockers.map(({ field, message }) => [field, message]), isOverridden]).toEqual([
      [['header_discount', 'Header discount is more than the lines come to']],
      false,
    ]);
    expect(() => desk.update('orders', order, { status: { '?': 'confirmed' } })).not.toThrow();
    expect(desk.row('orders', order)['status']).toBe('draft');
    desk.update('order_lines', lines[0] ?? '', { price: 10_010_000 });
    expect(desk.issues('orders', order).filter((one) => one.startsWith('header'))).toEqual([]);
    desk.update('orders', order, { header_discount: { '?': '-5' } });
    expect([desk.issues('orders', order).at(0), (await totals()).discount]).toEqual(['header_discount NUM_RANGE', '0']);
    desk.update('orders', order, { header_discount: { '?': 'ten' } });
    expect(desk.store.issues('orders', order)).toContainEqual(
      expect.objectContaining({ field: 'header_discount', raw: 'ten', level: 'error' }),
    );
    desk.update('orders', order, { header_percent: { '?': '120%' } });
    expect(desk.issues('orders', order)).toContain('header_percent NUM_RANGE');
  });

  test('what was agreed keeps it; an amendment never takes more off than is left', async () => {
    const { desk, order, lines, commands, confirm, totals } = openOrder({ header_discount: 3000 });
    confirm();
    expect(() => desk.update('orders', order, { header_discount: 1 })).toThrow(
      /its discount, freight and terms no longer change here/,
    );
    expect(() => desk.update('orders', order, { header_percent: 1 })).toThrow(/no longer change/);
    const amend = (price: string) => async () =>
      commands['orders.amend'](
        contract['orders.amend'].input.parse({ id: order, lines: [{ line: lines[2], price }], reason: 'Asked' }),
        context,
      );
    await amend('1')();
    // 10.01, 20.02 and 1.00 less 30.00.
    expect(await totals()).toMatchObject({ net: '103', discount: '3000' });
    const both = async () =>
      commands['orders.amend'](
        contract['orders.amend'].input.parse({
          id: order,
          lines: [
            { line: lines[0], price: '1' },
            { line: lines[1], price: '1' },
          ],
          reason: 'Asked',
        }),
        context,
      );
    await expect(both()).rejects.toThrow('The discount of the whole order would be more than its lines come to');
    expect(await totals()).toMatchObject({ net: '103' });
  });
});

const parts = fc.array(fc.tuple(fc.nat(2), fc.integer({ min: 1, max: 3 })), { minLength: 1, maxLength: 6 });

test('M5, F3: the invoices of parts of an order take exactly all of its discount, and come to exactly what the order does', async () => {
  await fc.assert(
    fc.asyncProperty(
      parts,
      fc.constantFrom<Readonly<Record<string, CellInput>>>(
        { header_discount: 1000 },
        { header_percent: 33_333 },
        { header_discount: 1, rounding: 'document' },
      ),
      async (steps, head) => {
        const world = openOrder(head, [10_013_000, 20_027_000, 333_333], 3 * UNIT);
        const { desk, order, lines, commands, queries, totals, deliver, confirm } = world;
        confirm();
        const whole = await totals();
        const left = new Map(lines.map((line) => [line, 3]));
        const bill = async (wanted: readonly { readonly line: string; readonly qty: number }[]): Promise<void> => {
          deliver(wanted);
          const { id } = await commands['orders.bill']({ id: order, screen }, context);
          await commands['invoices.issue']({ id, screen }, context);
        };
        for (const [at, qty] of steps) {
          const line = lines[at] ?? '';
          const most = Math.min(qty, left.get(line) ?? 0);
          left.set(line, (left.get(line) ?? 0) - most);
          if (most > 0) await bill([{ line, qty: most * UNIT }]);
        }
        const rest = [...left].filter(([, qty]) => qty > 0).map(([line, qty]) => ({ line, qty: qty * UNIT }));
        if (rest.length > 0) await bill(rest);
        const billed = await Promise.all(
          desk.store
            .match('invoices', 'order_id', order)
            .map(async (id) => contract['invoices.totals'].output.parse(await queries['invoices.totals']({ id }, context))),
        );
        const sum = (key: 'net' | 'discount' | 'total') => String(billed.reduce((all, one) => all + BigInt(one[key]), 0n));
        expect([sum('net'), sum('discount'), sum('total')]).toEqual([whole.net, whole.discount, whole.total]);
        const { exposure } = contract['accounts.standing'].output.parse(
          await queries['accounts.standing']({ id: world.account, order: null }, context),
        );
        expect([exposure.unbilled, exposure.receivables]).toEqual(['0', whole.total]);
        expect(await faults(desk)).toEqual([]);
      },
    ),
    { numRuns: 12 },
  );
});

test('M5: an invoice says its lines as they were ordered and the discount below them; a credit gives back what was paid', async () => {
  const { desk, order, lines, commands, deliver, confirm } = openOrder({ header_percent: 50_000 });
  confirm();
  deliver(lines.map((line) => ({ line, qty: UNIT })));
  const { id } = await commands['orders.bill']({ id: order, screen }, context);
  expect(desk.store.children('invoice_lines', id).map(({ amount, header_discount: off }) => [amount, off])).toEqual([
    [951, 50],
    [1902, 100],
    [3166, 167],
  ]);
  await commands['invoices.issue']({ id, screen }, context);
  const service = createDocuments({
    env: { db: desk.file, clock: () => Date.UTC(2026, 0, 15), locale: 'en-GB' },
    read: desk.store,
    about: () => ({ author: 'Ann Alder', company: 'Our company' }),
  });
  const input = contract['invoices.document'].input.parse({ of: { id }, to: 'invoice.pdf', whenBusy: 'copy' });
  const { path } = await service['invoices.document'](input, context);
  const { text } = await readPdf(fs.readFileSync(path));
  expect(text).toContain('33.33 33.33');
  expect(text).toMatch(/Subtotal 63\.36 Discount −3\.17 Total 60\.19/);
  const [first] = desk.store.children('invoice_lines', id);
  const { id: note } = await commands['invoices.credit'](
    { id, lines: [{ line: first?.id ?? '', qty: UNIT, amount: null }], reason: 'Broken', fee: null, screen },
    context,
  );
  expect(desk.store.children('credit_lines', note).map(({ amount }) => amount)).toEqual([951]);
});

const openQuote = (head: Readonly<Record<string, CellInput>>) => {
  const desk = openDesk();
  const account = desk.insert('accounts', { code: 'HARB', name: 'Harbour Foods', terms: '30 days' });
  const product = desk.insert('products', {
    ...{ sku: 'CRT', name: 'Crate', uom: 'EA', list_price: 10 * UNIT, currency: 'GBP' },
    ...{ cost: 5 * UNIT, cost_on: '2026-01-02' },
  });
  const quote = desk.insert('quotes', { account_id: account, ...head });
  const add = (qty: number, more: Readonly<Record<string, CellInput>> = {}) =>
    desk.insert('quote_lines', { quote_id: quote, product_id: product, qty: qty * UNIT, ...more });
  const lines = [add(1), add(2), add(3), add(4, { optional: 1 })];
  const serve = { ...quoteCommands(desk), ...quoteQueries({ read: desk.store, today: () => TODAY }) };
  const totals = async (id = quote) => contract['quotes.totals'].output.parse(await serve['quotes.totals']({ id }, context));
  const sent = (): void => {
    for (const to of ['approved', 'sent'])
      desk.store.apply([{ kind: 'transition', table: 'quotes', id: quote, field: 'status', to, why: null }], {
        ...edit,
        source: 'import',
      });
  };
  const judged = () => judgeQuote(desk.store.get('quotes', quote) ?? { id: quote }, { read: desk.store, today: TODAY });
  const sums = () => desk.look((db) => db.prepare('SELECT net, net_micros, cost_micros, discount FROM quote_sums').get());
  return { desk, quote, product, lines, serve, totals, sent, judged, sums };
};

describe('M5: quotes', () => {
  test('A1 to A3: the margin and the limit go by the price after it, a percent exactly; another one voids what was agreed', async () => {
    const { desk, quote, judged, totals, sums } = openQuote({ header_percent: 50_000 });
    expect(await totals()).toMatchObject({ net: '5700', discount: '300', lines: 3 });
    expect(sums()).toEqual({ net: 5700, net_micros: 57 * UNIT, cost_micros: 30 * UNIT, discount: 300 });
    const at = judged();
    expect(at.document.lines.map(({ net, discount, isAside }) => [net, discount, isAside])).toEqual([
      [950n, 50_000, false],
      [1900n, 50_000, false],
      [2850n, 50_000, false],
      [3800n, 50_000, true],
    ]);
    desk.update('quotes', quote, { header_discount: 300 });
    // The same money is the same offer.
    expect(judged().hash).toBe(at.hash);
    desk.update('quotes', quote, { header_discount: 301 });
    expect(judged().hash).not.toBe(at.hash);
    expect(judged().document.lines.map(({ discount }) => discount)).toEqual([50_167, 50_167, 50_167, 50_167]);
    desk.store.apply([{ kind: 'transition', table: 'quotes', id: quote, field: 'status', to: 'approved', why: null }], {
      ...edit,
      source: 'import',
    });
    desk.update('quotes', quote, { header_percent: 10_000 });
    expect(desk.row('quotes', quote)).toMatchObject({ status: 'draft', header_discount: null });
  });

  test('Q5: of an amount each order takes the share of its lines, all of them together all of it; a percent goes with each', async () => {
    const { desk, quote, lines, serve, sent, totals } = openQuote({ header_discount: 1000 });
    sent();
    expect(() => desk.update('quotes', quote, { header_discount: 1 })).toThrow(/is sent/);
    await serve['quotes.accept']({ id: quote, lines: null, screen }, context);
    const person = desk.insert('people', { name: 'Ann', email: 'ann@example.com', role: 'member' });
    const taken: string[] = [];
    const asked = (id: string) =>
      orderToApprove(desk.store.get('orders', id) ?? { id }, person, { read: desk.store, today: TODAY });
    for (const line of lines.slice(0, 3)) {
      const { id } = await serve['quotes.order']({ id: quote, lines: [line], screen }, context);
      taken.push(id);
      expect(asked(id)).toBe(null);
    }
    expect(taken.map((id) => desk.row('orders', id)['header_discount'])).toEqual([167, 333, 500]);
    const nets = await Promise.all(
      taken.map(async (id) => (await orderQueries({ read: desk.store })['orders.totals']({ id }, context)).net),
    );
    expect(nets.reduce((sum, net) => sum + Number(net), 0)).toBe(Number((await totals()).net));
    // More than the quote gave is somebody else's to agree to.
    const [first = ''] = taken;
    desk.update('orders', first, { header_discount: 200 });
    expect(asked(first)?.why).toMatch(/a discount of 20 % is over the limit of 5 %/);
    // An order whose line was cut keeps all of it: the rest of the line has nothing more, and the other lines have theirs.
    const again = openQuote({ header_discount: 1000 });
    again.sent();
    await again.serve['quotes.accept']({ id: again.quote, lines: null, screen }, context);
    const order = async () =>
      (await again.serve['quotes.order']({ id: again.quote, lines: again.lines.slice(1, 2), screen }, context)).id;
    const whole = await order();
    const [ordered] = again.desk.store.children('order_lines', whole);
    again.desk.update('order_lines', ordered?.id ?? '', { qty: UNIT });
    expect([
      again.desk.row('orders', whole)['header_discount'],
      again.desk.row('orders', await order())['header_discount'],
    ]).toEqual([333, 0]);
    const rest = await again.serve['quotes.order'](
      { id: again.quote, lines: again.lines.filter((_, at) => at !== 1), screen },
      context,
    );
    expect(again.desk.row('orders', rest.id)['header_discount']).toBe(667);
    // An alternative that was taken bears what the one in its place would have.
    const choice = openQuote({ header_discount: 1000 });
    choice.desk.update('quote_lines', choice.lines[1] ?? '', { option_group: 'A', chosen: 1 });
    choice.desk.update('quote_lines', choice.lines[3] ?? '', { option_group: 'A', optional: null });
    choice.sent();
    const chosen = [choice.lines[0] ?? '', choice.lines[2] ?? '', choice.lines[3] ?? ''];
    await choice.serve['quotes.accept']({ id: choice.quote, lines: chosen, screen }, context);
    const made: unknown[] = [];
    for (const line of chosen) {
      const { id: one } = await choice.serve['quotes.order']({ id: choice.quote, lines: [line], screen }, context);
      made.push(choice.desk.row('orders', one)['header_discount']);
    }
    expect(made).toEqual([125, 375, 500]);
    const other = openQuote({ header_percent: 70_000 });
    other.sent();
    await other.serve['quotes.accept']({ id: other.quote, lines: null, screen }, context);
    const { id } = await other.serve['quotes.order']({ id: other.quote, lines: other.lines.slice(0, 1), screen }, context);
    expect(other.desk.row('orders', id)).toMatchObject({ header_percent: 70_000, header_discount: null });
    const { id: revision } = await other.serve['quotes.duplicate']({ id: other.quote, screen }, context);
    expect(other.desk.row('quotes', revision)['header_percent']).toBe(70_000);
  });
});
