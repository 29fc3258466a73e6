/** What the rules make of quotes: choices in groups, numbers, approval that a change voids, and what was sent stays. */
import { describe, expect, test } from 'vitest';
import { edit, openDesk, type Desk } from './open.ts';

const UNIT = 1_000_000;
const typed = (text: string) => ({ '?': text });

const move = (desk: Desk, id: string, to: string) =>
  desk.store.apply([{ kind: 'transition', table: 'quotes', id, field: 'status', to, why: null }], edit);

/** As the command does that asks to whom it goes. */
const send = (desk: Desk, id: string) =>
  desk.store.apply(
    ['approved', 'sent'].map((to) => ({ kind: 'transition', table: 'quotes', id, field: 'status', to, why: null }) as const),
    { ...edit, isCommand: true },
  );

const withQuote = (desk: Desk) => {
  const account = desk.insert('accounts', { code: 'HARB', name: 'Harbour Foods', terms: '30 days' });
  const product = desk.insert('products', {
    sku: 'CRT-6040',
    name: 'Crate',
    uom: 'EA',
    list_price: 8_000_000,
    cost: 6_000_000,
    currency: 'GBP',
  });
  const quote = desk.insert('quotes', { account_id: account, subject: 'Crates' });
  const line = desk.insert('quote_lines', { quote_id: quote, product_id: product, qty: 10 * UNIT });
  return { account, product, quote, line };
};

const sums = (desk: Desk) =>
  desk.look((db) => db.prepare('SELECT lines, counted, net, net_micros, cost_micros FROM quote_sums').get());

describe('a new quote and its lines', () => {
  test('is of today, valid for thirty days, the first of its revisions', () => {
    const desk = openDesk();
    const { quote, line } = withQuote(desk);
    expect(desk.row('quotes', quote)).toMatchObject({
      quoted_on: '2026-01-15',
      valid_to: '2026-02-14',
      revision: 1,
      number: null,
      status: 'draft',
      currency: 'GBP',
      terms: '30 days',
    });
    expect(desk.row('quote_lines', line)).toMatchObject({ position: 1, description: 'Crate', price: 8_000_000, cost: 6_000_000 });
    expect(sums(desk)).toEqual({ lines: 1, counted: 1, net: 8000, net_micros: 80 * UNIT, cost_micros: 60 * UNIT });
  });

  test('Q3: optional lines and alternatives count once chosen; of a group exactly one is', () => {
    const desk = openDesk();
    const { quote, product, line } = withQuote(desk);
    const add = (values: Record<string, string | number>) =>
      desk.insert('quote_lines', { quote_id: quote, product_id: product, qty: UNIT, ...values });
    const option = add({ optional: 1 });
    const [first, second] = [add({ option_group: 'A', price: 3 * UNIT }), add({ option_group: 'A', price: 5 * UNIT })];
    const net = () => (sums(desk) as { net: number }).net;
    expect(net()).toBe(8300);
    desk.update('quote_lines', second, { chosen: 1 });
    expect([desk.row('quote_lines', first)['chosen'], desk.row('quote_lines', second)['chosen']]).toEqual([0, 1]);
    expect(net()).toBe(8500);
    desk.update('quote_lines', option, { chosen: 1 });
    expect(net()).toBe(9300);
    desk.update('quote_lines', second, { chosen: 0 });
    expect(() => move(desk, quote, 'approved')).toThrow(/No line of the group “A” is chosen/);
    desk.update('quote_lines', line, { discount: typed('50%') });
    expect(net()).toBe(4800);
  });
});

describe('a quote on its way', () => {
  test('gets its number when it leaves draft, and keeps it as the base of its revisions', () => {
    const desk = openDesk();
    const { quote } = withQuote(desk);
    move(desk, quote, 'approved');
    const { number, base_number: base } = desk.row('quotes', quote);
    expect(number).toMatch(/^Q26-...-0001$/);
    expect(base).toBe(number);
  });

  test('A3: any change of what is offered voids the approval; of what is not offered does not', () => {
    const desk = openDesk();
    const { quote, line } = withQuote(desk);
    move(desk, quote, 'approved');
    desk.update('quotes', quote, { probability: 500_000, notes: 'Keen' });
    expect(desk.row('quotes', quote)['status']).toBe('approved');
    desk.update('quote_lines', line, { qty: 12 * UNIT });
    expect(desk.row('quotes', quote)['status']).toBe('draft');
  });

  test('Q6: what was sent is not edited, not deleted, and not changed by undo either', () => {
    const desk = openDesk();
    const { quote, line } = withQuote(desk);
    desk.update('quote_lines', line, { qty: 11 * UNIT });
    desk.update('quotes', quote, { status: typed('Sent') });
    expect([desk.row('quotes', quote)['status'], desk.issues('quotes', quote)]).toEqual(['draft', ['status STATE_ASKS']]);
    expect(() => move(desk, quote, 'sent')).toThrow(/Send quote/);
    send(desk, quote);
    expect(desk.row('quotes', quote)).toMatchObject({ status: 'sent', sent_on: '2026-01-15' });
    expect(() => desk.update('quote_lines', line, { price: UNIT })).toThrow(
      /is sent: its lines no longer change here.*Revise it to offer something else/,
    );
    expect(() => desk.store.apply([{ kind: 'delete', table: 'quote_lines', id: line }], edit)).toThrow(/is sent/);
    expect(() => desk.update('quotes', quote, { valid_to: '2026-12-31' })).toThrow(/days and terms/);
    desk.update('quotes', quote, { probability: 800_000 });
    for (let step = 0; step < 4; step += 1) desk.store.undo(edit);
    expect(desk.row('quotes', quote)).toMatchObject({ status: 'sent', sent_on: '2026-01-15', probability: null });
    expect(desk.row('quote_lines', line)['qty']).toBe(11 * UNIT);
  });

  test('Q7, Q1: rejecting asks why; an expired quote is not accepted; accepting takes the lines in the total', () => {
    const desk = openDesk();
    const { quote, product, line } = withQuote(desk);
    const option = desk.insert('quote_lines', { quote_id: quote, product_id: product, qty: UNIT, optional: 1 });
    send(desk, quote);
    expect(() => move(desk, quote, 'rejected')).toThrow(/Say why it was lost/);
    expect(() => move(desk, quote, 'partly_accepted')).toThrow(/Say which lines/);
    move(desk, quote, 'accepted');
    expect(desk.row('quotes', quote)).toMatchObject({ status: 'accepted', decided_on: '2026-01-15' });
    expect(desk.row('quote_lines', line)['accepted_qty']).toBe(10 * UNIT);
    expect(desk.row('quote_lines', option)['accepted_qty']).toBe(null);
    const late = withQuote(desk).quote;
    desk.update('quotes', late, { valid_to: '2026-01-14' });
    expect(() => move(desk, late, 'sent')).toThrow(/./);
    move(desk, late, 'approved');
    expect(() => move(desk, late, 'sent')).toThrow(/valid to 2026-01-14 and is expired/);
  });
});
