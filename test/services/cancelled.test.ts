/** F1: what was cancelled of a confirmed order is in no total, on no paper, in no credit figure, and open to be taken from its quote. */
import fs from 'node:fs';
import { expect, test, vi } from 'vitest';
import { amendCommands } from '../../electron/engine/services/orders/amendments.ts';
import { createDocuments } from '../../electron/engine/services/document/documents.ts';
import { documentTotals } from '../../electron/engine/services/orders/orders.ts';
import { quoteCommands, quoteQueries } from '../../electron/engine/services/quotes/quotes.ts';
import { checkSums } from '../../electron/engine/store/check/check-sums.ts';
import { openReader } from '../../electron/engine/store/file/db.ts';
import { contract } from '../../shared/contract/index.ts';
import type { CellInput } from '../../shared/domain/kinds.ts';
import { readPdf } from '../documents/read.ts';
import { pageContext as context } from '../fakes/context.ts';
import { openBilling, UNIT } from './billing.ts';
import { edit, openDesk, type Desk } from './open.ts';

// A paper starts a library of a megabyte or two: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 120_000 });

type Asked = Parameters<ReturnType<typeof amendCommands>['orders.amend']>[0];

const amendOf =
  (desk: Desk, order: string) =>
  (lines: Asked['lines']): void => {
    const command = amendCommands({ store: desk.store, env: { ...desk.env, locale: desk.locale } })['orders.amend'];
    void command(contract['orders.amend'].input.parse({ id: order, lines, reason: 'Too late' }), context);
  };

/** What the list says of an order, and what is kept that its rows do not come to. */
const listed = async (desk: Desk, order: string) => {
  const db = openReader(desk.file);
  const sums = db
    .prepare('SELECT s.net, s.net_micros, s.qty, s.discount FROM order_sums s JOIN orders o ON o._n = s.n WHERE o.id = ?')
    .get(order);
  const faults = await checkSums(db, async () => {});
  db.close();
  return { sums, faults };
};

/** A confirmed order of 50 at 8.50 and 7 at 3.333: 425.00 and 23.33. */
const confirmed = (head: Readonly<Record<string, CellInput>> = {}) => {
  let second = '';
  const world = openBilling((desk, { order, product }) => {
    second = desk.insert('order_lines', { order_id: order, product_id: product, qty: 7 * UNIT, price: 3_333_000 });
    desk.update('orders', order, head);
  });
  return { ...world, second, amend: amendOf(world.desk, world.order) };
};

test('F1: the page, the list, credit and the paper say what is left of an order; a line of which nothing is left is on no paper', async () => {
  const { desk, order, line, second, record, amend, standing } = confirmed();
  record('shipped', 30);
  expect((await standing()).exposure.unbilled).toBe('44833');
  amend([{ line, cancel: true }]);
  expect(documentTotals('orders', desk.store, order)).toMatchObject({ net: '27833', total: '27833', qty: String(37 * UNIT) });
  expect(await listed(desk, order)).toEqual({
    sums: { net: 27_833, net_micros: 278_331_000, qty: 37 * UNIT, discount: null },
    faults: [],
  });
  expect((await standing()).exposure.unbilled).toBe('27833');
  amend([{ line: second, cancel: true }]);
  expect((await listed(desk, order)).sums).toMatchObject({ net: 25_500, qty: 30 * UNIT });
  const service = createDocuments({
    env: { db: desk.file, clock: () => Date.UTC(2026, 0, 15), locale: 'en-GB' },
    read: desk.store,
    about: () => ({ author: 'Ann Alder', company: 'Our company' }),
  });
  const { path } = await service['orders.document'](
    contract['orders.document'].input.parse({ of: { id: order }, to: 'order.pdf' }),
    context,
  );
  const { text } = await readPdf(fs.readFileSync(path));
  expect(text).toContain('1 CRT-6040 Crate 600×400 30 EA 8.50 255.00');
  expect(text).not.toContain('3.333');
  expect(text).toMatch(/Total £?255\.00/);
  desk.store.undo({ ...edit, actor: desk.store.device.id });
  expect((await listed(desk, order)).sums).toMatchObject({ net: 27_833 });
});

test('F1, M5: a discount of the whole, and rounding over it, are of what is left', async () => {
  const percent = confirmed({ header_percent: 100_000 });
  percent.amend([{ line: percent.line, cancel: true }]);
  // 23.33 less 2.33.
  expect(await listed(percent.desk, percent.order)).toMatchObject({ sums: { net: 2_100, discount: 233 }, faults: [] });
  const whole = confirmed({ rounding: 'document', header_discount: 1_000 });
  whole.amend([{ line: whole.second, cancel: true }]);
  expect(await listed(whole.desk, whole.order)).toMatchObject({ sums: { net: 41_500, discount: 1_000 }, faults: [] });
  expect((await whole.standing()).exposure.unbilled).toBe('41500');
  // All of it cancelled is worth nothing, and says no fault of its discount.
  whole.amend([{ line: whole.line, cancel: true }]);
  expect(documentTotals('orders', whole.desk.store, whole.order).total).toBe('0');
  expect(whole.desk.issues('orders', whole.order)).toEqual([]);
});

test('Q5: what was cancelled of an order is taken again from its quote, while that is valid, and its discount is given once', async () => {
  const desk = openDesk();
  const account = desk.insert('accounts', { code: 'HARB', name: 'Harbour Foods' });
  const product = desk.insert('products', { sku: 'CRT', name: 'Crate', uom: 'EA', list_price: 10 * UNIT, currency: 'GBP' });
  const quote = desk.insert('quotes', { account_id: account, header_discount: 1_000 });
  const lines = [4, 6].map((qty) =>
    desk.insert('quote_lines', { quote_id: quote, product_id: product, qty: qty * UNIT, price: 10 * UNIT }),
  );
  let today = '2026-01-15';
  const serve = { ...quoteCommands(desk), ...quoteQueries({ read: desk.store, today: () => today }) };
  for (const to of ['approved', 'sent'])
    desk.store.apply([{ kind: 'transition', table: 'quotes', id: quote, field: 'status', to, why: null }], {
      ...edit,
      source: 'import',
    });
  const orderOf = async (of: readonly string[] | null) =>
    (await serve['quotes.order']({ id: quote, lines: of === null ? null : [...of], screen: null }, context)).id;
  const order = await orderOf(null);
  for (const to of ['submitted', 'confirmed']) desk.move(order, to);
  const [first] = desk.store.children('order_lines', order);
  const orderable = async () =>
    contract['quotes.orderable'].output.parse(await serve['quotes.orderable']({ id: quote }, context));
  const left = async () => (await orderable()).lines.map(({ remaining }) => Number(remaining) / UNIT);
  expect([await left(), (await orderable()).refusal]).toEqual([[0, 0], 'All of it is on order already.']);
  amendOf(desk, order)([{ line: first?.id ?? '', cancel: true }]);
  expect([await left(), (await orderable()).refusal]).toEqual([[4, 0], null]);
  today = '2027-01-15';
  expect([await left(), (await orderable()).refusal]).toEqual([[0, 0], 'All of it is on order already.']);
  today = '2026-01-15';
  const again = await orderOf([lines[0] ?? '']);
  // The order keeps the whole discount: nothing of it is left to give.
  expect([desk.row('orders', order)['header_discount'], desk.row('orders', again)['header_discount']]).toEqual([1_000, 0]);
  expect(desk.store.children('order_lines', again)).toMatchObject([{ qty: 4 * UNIT }]);
  expect(await left()).toEqual([0, 0]);
});
