/** A quote as a whole: sent, revised, made current, answered, and made an order of, to the last digit. */
import { describe, expect, test, vi } from 'vitest';
import { amendCommands } from '../../electron/engine/services/orders/amendments.ts';
import { orderChecks } from '../../electron/engine/services/orders/order-checks.ts';
import { priceLine } from '../../electron/engine/services/pricing/price-book.ts';
import { sendQuote } from '../../electron/engine/services/quotes/sending.ts';
import { quoteCommands, quoteQueries } from '../../electron/engine/services/quotes/quotes.ts';
import { contract } from '../../shared/contract/index.ts';
import { pageContext as context } from '../fakes/context.ts';
import { edit, openDesk } from './open.ts';

// Every sending prints a paper: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 120_000 });

const UNIT = 1_000_000;
const screen = null;

const openQuote = () => {
  const desk = openDesk();
  const account = desk.insert('accounts', { code: 'HARB', name: 'Harbour Foods', terms: '30 days' });
  const product = desk.insert('products', { sku: 'CRT', name: 'Crate', uom: 'EA', list_price: 8 * UNIT, currency: 'GBP' });
  const quote = desk.insert('quotes', { account_id: account, customer_ref: 'RFQ 7' });
  const add = (values: Record<string, string | number> = {}) =>
    desk.insert('quote_lines', { quote_id: quote, product_id: product, qty: 10 * UNIT, ...values });
  const lines = [add({ price: 7_654_321, discount: 33_333 }), add({ price: 5 * UNIT }), add({ optional: 1 })] as const;
  const serve = {
    ...quoteCommands({ store: desk.store, env: desk.env }),
    'quotes.send': sendQuote({
      store: desk.store,
      env: { ...desk.env, db: desk.file, locale: 'en-GB' },
      about: () => ({ author: 'Ann Alder', company: 'Our company' }),
    }),
    ...quoteQueries({ read: desk.store, today: () => '2026-01-15' }),
  };
  const send = async (id: string) =>
    serve['quotes.send']({ id, channel: 'mail', recipient: 'ann@harb.example', valid_to: null, screen }, context);
  return { desk, product, quote, lines, serve, send };
};

const state = ({ desk }: ReturnType<typeof openQuote>, id: string) => desk.row('quotes', id)['status'];

describe('sending and revising', () => {
  test('Q6: sends what is in order, with its day and recipient; refuses with every cell otherwise', async () => {
    const world = openQuote();
    const { desk, quote, lines, serve, send } = world;
    desk.update('quote_lines', lines[0], { qty: { '?': 'ten' } });
    await expect(send(quote)).rejects.toThrow(/Line 1/);
    desk.update('quote_lines', lines[0], { qty: 10 * UNIT });
    await send(quote);
    expect(desk.row('quotes', quote)).toMatchObject({
      status: 'sent',
      sent_on: '2026-01-15',
      recipient: 'ann@harb.example',
      channel: 'mail',
    });
    const totals = contract['quotes.totals'].output.parse(await serve['quotes.totals']({ id: quote }, context));
    expect(totals).toMatchObject({ lines: 2, counted: 2, net: '12399', total: '12399' });
  });

  test('Q2, A2: a draft is not set aside by hand, and one that was never is made current as if it had been sent', async () => {
    const world = openQuote();
    const { desk, quote, serve } = world;
    const move = (to: string, change: Parameters<typeof desk.store.apply>[1]) =>
      desk.store.apply([{ kind: 'transition', table: 'quotes', id: quote, field: 'status', to, why: null }], change);
    expect(() => move('superseded', edit)).toThrow('superseded when its next revision is sent');
    move('superseded', { ...edit, source: 'import' });
    await expect(async () => serve['quotes.current']({ id: quote, screen }, context)).rejects.toThrow(
      'Only a revision that was sent can be made current',
    );
    expect(desk.row('quotes', quote)).toMatchObject({ status: 'superseded', sent_on: null });
  });

  test('Q2: a revision is the next of its base, and replaces the one before it only when it is sent', async () => {
    const world = openQuote();
    const { desk, quote, serve, send } = world;
    await send(quote);
    const { number } = desk.row('quotes', quote);
    const { id: second } = await serve['quotes.revise']({ id: quote, screen }, context);
    expect(desk.row('quotes', second)).toMatchObject({
      number: `${String(number)}/R2`,
      base_number: number,
      revision: 2,
      revised_from: quote,
      status: 'draft',
      sent_on: null,
    });
    expect(desk.store.children('quote_lines', second)).toHaveLength(3);
    expect([state(world, quote), state(world, second)]).toEqual(['sent', 'draft']);
    await send(second);
    expect([state(world, quote), state(world, second)]).toEqual(['superseded', 'sent']);
    await expect(async () => serve['quotes.order']({ id: quote, lines: null, screen }, context)).rejects.toThrow(
      /took its place/,
    );
    await serve['quotes.current']({ id: quote, screen }, context);
    expect([state(world, quote), state(world, second)]).toEqual(['sent', 'superseded']);
    const { id: third } = await serve['quotes.revise']({ id: second, screen }, context);
    expect(desk.row('quotes', third)['number']).toBe(`${String(number)}/R3`);
    const { id: copy } = await serve['quotes.duplicate']({ id: second, screen }, context);
    expect(desk.row('quotes', copy)).toMatchObject({ number: null, base_number: null, revision: 1, revised_from: null });
    await expect(async () => serve['quotes.revise']({ id: copy, screen }, context)).rejects.toThrow(/Change it as it is/);
  });
});

describe('answers', () => {
  test('Q5: an order takes price and discount as quoted, once; what was cancelled can be ordered again', async () => {
    const world = openQuote();
    const { desk, quote, lines, serve, send, product } = world;
    await expect(async () => serve['quotes.order']({ id: quote, lines: null, screen }, context)).rejects.toThrow(/not sent yet/);
    await send(quote);
    desk.update('products', product, { list_price: 9 * UNIT });
    const before = contract['quotes.orderable'].output.parse(await serve['quotes.orderable']({ id: quote }, context));
    expect(before.refusal).toBe(null);
    expect(before.lines.map(({ remaining, list_now: now }) => [remaining, now])).toEqual([
      ['10000000', 9 * UNIT],
      ['10000000', 9 * UNIT],
      ['0', 9 * UNIT],
    ]);
    const { id: order } = await serve['quotes.order']({ id: quote, lines: null, screen }, context);
    expect(state(world, quote)).toBe('accepted');
    expect(desk.row('orders', order)).toMatchObject({ status: 'draft', quote_id: quote, po_ref: 'RFQ 7', terms: '30 days' });
    expect(desk.store.children('order_lines', order)).toMatchObject([
      { quote_line_id: lines[0], qty: 10 * UNIT, price: 7_654_321, discount: 33_333 },
      { quote_line_id: lines[1], qty: 10 * UNIT, price: 5 * UNIT, discount: null },
    ]);
    await expect(async () => serve['quotes.order']({ id: quote, lines: null, screen }, context)).rejects.toThrow(
      /on order already/,
    );
    desk.move(order, 'cancelled');
    expect((await serve['quotes.orderable']({ id: quote }, context)).lines[0]?.remaining).toBe('10000000');
  });

  test('P2: beyond what the quote holds an order is stopped, until a reason or a price of its own says why', async () => {
    const world = openQuote();
    const { desk, quote, serve, send } = world;
    await send(quote);
    const { id: order } = await serve['quotes.order']({ id: quote, lines: null, screen }, context);
    const [line] = desk.store.children('order_lines', order);
    const rowOf = (table: 'orders' | 'order_lines', id: string | undefined) => desk.store.get(table, id ?? '') ?? { id: '' };
    const excess = (why: string | null = null) =>
      orderChecks(rowOf('orders', order), desk.store, {
        today: '2026-01-15',
        locale: desk.locale,
        why,
        actor: '',
      }).blockers.flatMap(({ code, row, message }) => (code === 'QUOTE_EXCESS' ? [{ row, message }] : []));
    expect(excess()).toEqual([]);
    desk.update('order_lines', line?.id ?? '', { qty: 12 * UNIT });
    expect(excess()).toMatchObject([{ row: line?.id }]);
    expect(excess()[0]?.message).toContain('The quote holds its price for 10');
    expect(excess('Agreed by phone')).toEqual([]);
    const asking = { read: desk.store, today: '2026-01-15' };
    expect(priceLine(rowOf('order_lines', line?.id), rowOf('orders', order), asking)?.trace).toMatchObject({
      level: 'quote',
      excess: 2 * UNIT,
    });
    desk.update('order_lines', line?.id ?? '', { price: 8 * UNIT });
    expect(excess()).toEqual([]);
  });

  test('P2: an amendment goes no further beyond what the quote holds without a reason or a price of its own', async () => {
    const world = openQuote();
    const { desk, product, quote, serve, send } = world;
    desk.update('products', product, { floor_price: 8 * UNIT });
    await send(quote);
    const { id: order } = await serve['quotes.order']({ id: quote, lines: null, screen }, context);
    desk.move(order, 'submitted');
    desk.move(order, 'confirmed');
    const line = desk.store.children('order_lines', order)[0]?.id ?? '';
    const amend = amendCommands({ store: desk.store, env: { ...desk.env, locale: 'en-GB' } })['orders.amend'];
    const change = async (values: { qty: string; price?: string }, reason: string | null = null) =>
      amend({ id: order, lines: [{ line, ...values }], header: {}, added: [], reason, screen }, context);
    await expect(async () => change({ qty: '12' })).rejects.toThrow('Line 1: the quote holds its price for 10');
    await change({ qty: '9' });
    await change({ qty: '10' });
    expect(desk.store.children('order_holds', order)).toEqual([]);
    await change({ qty: '12' }, 'Agreed by phone');
    // What was quoted below the floor was approved for ten: twelve are looked at again.
    expect(desk.store.children('order_holds', order)).toMatchObject([{ reason: 'approval' }]);
    await change({ qty: '11' });
    await change({ qty: '20', price: '9' });
    expect(desk.row('order_lines', line)).toMatchObject({ qty: 20 * UNIT, price: 9 * UNIT, by_hand: 1 });
    await change({ qty: '30' });
  });

  test('Q5: some lines are accepted in part, and only these are ordered', async () => {
    const world = openQuote();
    const { desk, product, quote, lines, serve, send } = world;
    await send(quote);
    await serve['quotes.accept']({ id: quote, lines: [lines[1], lines[2]], screen }, context);
    expect(state(world, quote)).toBe('partly_accepted');
    const { id: order } = await serve['quotes.order']({ id: quote, lines: null, screen }, context);
    const ordered = desk.store.children('order_lines', order);
    expect(ordered.map((line) => line['quote_line_id'])).toEqual([lines[1], lines[2]]);
    // P2, level 0: another quantity, and another list price, leave what was quoted.
    desk.update('products', product, { list_price: 9 * UNIT });
    for (const { id } of ordered) desk.update('order_lines', id, { qty: 4 * UNIT });
    expect(desk.store.children('order_lines', order).map(({ price }) => price)).toEqual([5 * UNIT, 8 * UNIT]);
  });

  test('Q7: a rejected quote says why, and to whom where it was a competitor; an expired one becomes no order', async () => {
    const world = openQuote();
    const { desk, quote, serve, send } = world;
    await send(quote);
    const reject = (reason: string, competitor: string | null) =>
      serve['quotes.reject']({ id: quote, reason, competitor, screen }, context);
    await expect(async () => reject('competitor', null)).rejects.toThrow(/Name the competitor/);
    await reject('competitor', 'Northline');
    expect(desk.row('quotes', quote)).toMatchObject({ status: 'rejected', loss_reason: 'competitor', competitor: 'Northline' });
    const late = desk.insert(
      'quotes',
      { number: 'Q-OLD', status: 'sent', valid_to: '2026-01-01' },
      { ...edit, source: 'import' },
    );
    await expect(async () => serve['quotes.order']({ id: late, lines: null, screen }, context)).rejects.toThrow(/is expired/);
  });
});
