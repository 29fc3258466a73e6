import { describe, expect, test } from 'vitest';
import type { CellInput } from '../../shared/domain/kinds.ts';
import { edit, imported, openDesk, withOrder } from './open.ts';

const typed = (text: string) => ({ '?': text });

describe('a new order and its lines', () => {
  test('takes today, the account’s terms, the company’s currency and its own place', () => {
    const desk = openDesk();
    const { order, line } = withOrder(desk);
    expect(desk.row('orders', order)).toMatchObject({
      status: 'draft',
      ordered_on: '2026-01-15',
      currency: 'GBP',
      terms: '30 days',
      number: null,
    });
    expect(desk.row('order_lines', line)).toMatchObject({
      position: 1,
      description: 'Crate 600×400',
      uom: 'EA',
      price: 8_500_000,
    });
    const [schedule] = desk.store.children('schedule_lines', line);
    expect(schedule).toMatchObject({ qty: 12_000_000, requested: '2026-02-02', promised: null });
    const second = desk.insert('order_lines', { order_id: order, price: 1_000_000, promised: '2026-02-09' });
    expect(desk.row('order_lines', second)).toMatchObject({ position: 2, price: 1_000_000 });
    expect(desk.store.children('schedule_lines', second)[0]).toMatchObject({
      requested: '2026-02-02',
      promised: '2026-02-09',
      promised_original: '2026-02-09',
    });
  });

  test('the account’s currency wins, and comes with the account on an empty draft', () => {
    const desk = openDesk();
    const account = desk.insert('accounts', { name: 'Nordlicht', currency: 'EUR' });
    expect(desk.row('orders', desk.insert('orders', { account_id: account }))).toMatchObject({ currency: 'EUR' });
    const later = desk.insert('orders', {});
    expect(desk.row('orders', later)).toMatchObject({ currency: 'GBP' });
    desk.update('orders', later, { account_id: account });
    expect(desk.row('orders', later)).toMatchObject({ currency: 'EUR' });
  });

  test('a list price in other money is no price', () => {
    const desk = openDesk();
    const product = desk.insert('products', { sku: 'X', name: 'X', list_price: 1_000_000, currency: 'USD' });
    const order = desk.insert('orders', {});
    const line = desk.insert('order_lines', { order_id: order, product_id: product, qty: 1_000_000 });
    expect(desk.row('order_lines', line)).toMatchObject({ description: 'X', price: null });
    expect(desk.issues('order_lines', line)).toEqual(['price PRICE_NONE']);
  });

  test('an order from a file has nothing made up but the promise of its lines', () => {
    const desk = openDesk();
    const order = desk.insert('orders', { number: '10248', status: 'closed', requested: '1996-08-01' }, imported);
    const line = desk.insert('order_lines', { order_id: order, qty: 1_000_000, price: 14_000_000 }, imported);
    expect(desk.row('orders', order)).toMatchObject({ number: '10248', status: 'closed', ordered_on: null, currency: null });
    expect(desk.row('order_lines', line)).toMatchObject({ description: null, position: 1 });
    expect(desk.store.children('schedule_lines', line)).toMatchObject([{ qty: 1_000_000, requested: '1996-08-01' }]);
  });

  test("a line from a file has its product's words, and the file's price or none", () => {
    const desk = openDesk();
    const { product, order } = withOrder(desk);
    const line = desk.insert('order_lines', { order_id: order, product_id: product, qty: 1_000_000 }, imported);
    expect(desk.row('order_lines', line)).toMatchObject({ description: 'Crate 600×400', uom: 'EA', price: null });
  });
});

describe('days and quantities on lines', () => {
  test('a quantity moves its schedule line; text that is none leaves it open', () => {
    const desk = openDesk();
    const { line } = withOrder(desk);
    desk.update('order_lines', line, { qty: typed('2*8') });
    expect(desk.store.children('schedule_lines', line)).toMatchObject([{ qty: 16_000_000 }]);
    desk.update('order_lines', line, { qty: typed('6o') });
    expect(desk.row('order_lines', line)).toMatchObject({ qty: null });
    expect(desk.store.children('schedule_lines', line)).toMatchObject([{ qty: null }]);
    expect(desk.issues('order_lines', line)).toEqual(['qty NUM_PARSE']);
    desk.store.undo(edit);
    expect(desk.row('order_lines', line)).toMatchObject({ qty: 16_000_000 });
    expect(desk.store.children('schedule_lines', line)).toMatchObject([{ qty: 16_000_000 }]);
    expect(desk.issues('order_lines', line)).toEqual([]);
  });

  test('a day on the line or the order is written on every open schedule line, and the first promise is kept', () => {
    const desk = openDesk();
    const { order, line } = withOrder(desk);
    const other = desk.insert('order_lines', { order_id: order, qty: 5_000_000, price: 1_000_000 });
    const [gone] = desk.store.children('schedule_lines', other);
    desk.insert(
      'fulfilments',
      { schedule_id: gone?.id ?? '', kind: 'shipped', qty: 5_000_000, happened_on: '2026-01-20' },
      imported,
    );
    desk.update('order_lines', line, { promised: typed('fri') });
    expect(desk.store.children('schedule_lines', line)).toMatchObject([
      { promised: '2026-01-16', promised_original: '2026-01-16' },
    ]);
    desk.update('orders', order, { promised: '2026-03-01' });
    expect(desk.row('orders', order)).toMatchObject({ promised: '2026-03-01' });
    expect(desk.store.children('schedule_lines', line)).toMatchObject([
      { promised: '2026-03-01', promised_original: '2026-01-16' },
    ]);
    expect(desk.store.children('schedule_lines', other)).toMatchObject([{ promised: null }]);
  });

  test('a line shipped in part keeps what went out when its quantity changes', () => {
    const desk = openDesk();
    const { line } = withOrder(desk);
    desk.insert('schedule_lines', { line_id: line, qty: 3_000_000 }, imported);
    const [first] = desk.store.children('schedule_lines', line);
    desk.insert('fulfilments', { schedule_id: first?.id ?? '', kind: 'shipped', qty: 12_000_000 }, imported);
    desk.update('order_lines', line, { qty: 20_000_000 });
    expect(desk.store.children('schedule_lines', line).map(({ qty }) => qty)).toEqual([12_000_000, 8_000_000]);
  });

  test('another product brings its words and price', () => {
    const desk = openDesk();
    const { line } = withOrder(desk);
    desk.insert('products', { sku: 'LID-6040', name: 'Lid', uom: 'PK', list_price: 3_150_000 });
    desk.update('order_lines', line, { product_id: typed('lid-6040') });
    expect(desk.row('order_lines', line)).toMatchObject({ description: 'Lid', uom: 'PK', price: 3_150_000 });
    desk.update('order_lines', line, { product_id: typed('CRT-6040'), price: typed('£7.50') });
    expect(desk.row('order_lines', line)).toMatchObject({ description: 'Crate 600×400', price: 7_500_000 });
  });
});

describe('text in the row’s own terms', () => {
  test('an account that says no currency is in the company’s', () => {
    const desk = openDesk();
    const account = desk.insert('accounts', { name: 'Nordlicht', min_order: typed('€ 5') });
    expect(desk.issues('accounts', account)).toEqual(['min_order CUR_MISMATCH']);
    expect(desk.row('accounts', account)).toMatchObject({ min_order: null });
    desk.update('accounts', account, { min_order: typed('£ 5') });
    expect(desk.row('accounts', account)).toMatchObject({ min_order: 500 });
    desk.update('accounts', account, { currency: typed('eur'), min_order: typed('€ 5') });
    expect(desk.issues('accounts', account)).toEqual([]);
  });

  test('currency of the order, links by code or name', () => {
    const desk = openDesk();
    const { order, line } = withOrder(desk);
    desk.update('order_lines', line, { price: typed('€5') });
    expect(desk.issues('order_lines', line)).toEqual(['price CUR_MISMATCH']);
    desk.update('orders', order, { currency: typed('jpy'), freight: typed('1,250') });
    expect(desk.row('orders', order)).toMatchObject({ currency: 'JPY', freight: 1250 });
    desk.insert('accounts', { name: 'Twin' });
    desk.insert('accounts', { name: 'Twin' });
    desk.update('orders', order, { account_id: typed('twin') });
    expect(desk.issues('orders', order)).toEqual(['account_id LINK_MANY']);
    desk.update('orders', order, { account_id: typed('Nobody Ltd') });
    expect(desk.issues('orders', order)).toEqual(['account_id LINK_NONE']);
    desk.update('orders', order, { account_id: typed(' harbour foods ') });
    expect(desk.issues('orders', order)).toEqual([]);
  });

  test('of several sites of one name, the account’s own is meant', () => {
    const desk = openDesk();
    const { account, order } = withOrder(desk);
    const other = desk.insert('accounts', { name: 'Kestrel' });
    desk.insert('sites', { account_id: other, name: 'Main store' });
    const own = desk.insert('sites', { account_id: account, name: 'Main store' });
    desk.update('orders', order, { site_id: typed('main store') });
    expect(desk.row('orders', order)).toMatchObject({ site_id: own });
  });
});

describe('what is refused', () => {
  const confirmed = () => {
    const desk = openDesk();
    const made = withOrder(desk);
    desk.update('orders', made.order, { status: typed('Confirmed') });
    return { desk, ...made };
  };

  test('a confirmed order keeps what was agreed; notes and promises still change', () => {
    const { desk, order, line, product } = confirmed();
    expect(desk.row('orders', order)).toMatchObject({ status: 'confirmed', number: 'O26-' + desk.store.device.code + '-0001' });
    const agreed: readonly Readonly<Record<string, CellInput>>[] = [
      { qty: 1 },
      { price: 1 },
      { discount: 1 },
      { product_id: null },
    ];
    for (const values of agreed) {
      expect(() => desk.update('order_lines', line, values)).toThrow(
        /is confirmed: its quantities, prices and products no longer change/,
      );
    }
    expect(() => desk.insert('order_lines', { order_id: order, product_id: product })).toThrow(/no longer change/);
    expect(() => desk.store.apply([{ kind: 'delete', table: 'order_lines', id: line }], edit)).toThrow(/no longer change/);
    expect(() => desk.store.apply([{ kind: 'delete', table: 'orders', id: order }], edit)).toThrow(/no longer change/);
    expect(() => desk.update('orders', order, { currency: 'EUR' })).toThrow(/no longer change/);
    desk.update('order_lines', line, { note: 'Gate 4', promised: '2026-02-03' });
    desk.update('order_lines', line, { qty: 12_000_000 });
    desk.update('order_lines', line, { qty: 13_000_000 }, imported);
    expect(desk.row('order_lines', line)).toMatchObject({ note: 'Gate 4', qty: 13_000_000 });
  });

  test('undo of the confirmation opens the lines again and keeps the number', () => {
    const { desk, order, line } = confirmed();
    const { number } = desk.row('orders', order);
    expect(desk.store.undo(edit).refused).toEqual([]);
    expect(desk.row('orders', order)).toMatchObject({ status: 'draft', number });
    desk.update('order_lines', line, { qty: 1_000_000 });
    desk.move(order, 'submitted');
    expect(desk.row('orders', order)).toMatchObject({ status: 'submitted', number });
  });

  test('what commands and files write is not typed', () => {
    const desk = openDesk();
    const { order, line } = withOrder(desk);
    expect(() => desk.update('orders', order, { number: typed('X-1') })).toThrow(/not typed: the workbench gives it/);
    // A line may be put elsewhere among its neighbours.
    expect(() => desk.update('order_lines', line, { position: 9 })).not.toThrow();
    expect(() => desk.insert('orders', { number: 'X-1' })).toThrow(/not typed/);
  });

  test('confirming needs an account, a line and no error, and says the first of what is missing', () => {
    const desk = openDesk();
    const order = desk.insert('orders', {});
    desk.move(order, 'submitted');
    expect(() => desk.move(order, 'confirmed')).toThrow(/2 things need attention. The first: Account is empty/);
    desk.update('orders', order, { account_id: desk.insert('accounts', { name: 'A' }) });
    expect(() => desk.move(order, 'confirmed')).toThrow(/The order has no lines/);
    const line = desk.insert('order_lines', { order_id: order, qty: typed('6o'), price: 1, product_id: typed('ZZZ') });
    expect(() => desk.move(order, 'confirmed')).toThrow(/2 things need attention. The first: Line 1: No SKU “ZZZ”/);
    desk.update('orders', order, { status: typed('confirmed') });
    expect(desk.issues('orders', order)).toEqual(['status STATE_BLOCKED']);
    const product = desk.insert('products', { sku: 'ZZZ', name: 'Z' });
    desk.update('order_lines', line, { qty: typed('60'), product_id: product });
    desk.move(order, 'confirmed');
    expect(desk.row('orders', order)).toMatchObject({ status: 'confirmed' });
    expect(desk.issues('orders', order)).toEqual([]);
  });
});

describe('what is marked', () => {
  test.each([
    [{ qty: 0 }, ['qty QTY_ZERO']],
    [{ qty: -1 }, ['qty NUM_RANGE']],
    [{ discount: 1_000_001 }, ['discount NUM_RANGE']],
    [{ price: null }, ['price PRICE_NONE']],
    [{ qty: null, product_id: null }, ['product_id REQUIRED', 'qty REQUIRED']],
  ])('a line with %j', (values, issues) => {
    const desk = openDesk();
    const { line } = withOrder(desk);
    desk.update('order_lines', line, values);
    expect(desk.issues('order_lines', line)).toEqual(issues);
  });

  test('an order: days out of order, an unknown currency, an account on stop, a number twice', () => {
    const desk = openDesk();
    const { account, order } = withOrder(desk);
    desk.update('accounts', account, { status: 'on_stop' });
    desk.update('orders', order, { requested: '2026-01-01', promised: '2026-01-14', currency: 'ZZZ' });
    expect(desk.issues('orders', order)).toEqual([
      'account_id ACCOUNT_STOP',
      'currency CUR_UNKNOWN',
      'promised DATE_ORDER',
      'requested DATE_ORDER',
    ]);
    desk.insert('orders', { number: 'A1' }, imported);
    const twin = desk.insert('orders', { number: ' a1' }, imported);
    expect(desk.issues('orders', twin)).toContain('number DUP_CODE');
  });

  test('warnings do not stop a confirmation', () => {
    const desk = openDesk();
    const { account, order } = withOrder(desk);
    desk.update('accounts', account, { status: 'on_stop' });
    desk.update('orders', order, { requested: '2026-01-01' });
    desk.update('orders', order, { status: typed('confirmed') });
    expect(desk.row('orders', order)).toMatchObject({ status: 'confirmed' });
  });
});

test('a status that cannot follow stays on the cell, explained', () => {
  const desk = openDesk();
  const { order } = withOrder(desk);
  desk.update('orders', order, { status: typed('closed') });
  expect(desk.issues('orders', order)).toEqual(['status STATE_ILLEGAL']);
  desk.update('orders', order, { status: typed('teleported') });
  expect(desk.issues('orders', order)).toEqual(['status STATE_UNKNOWN']);
  expect(desk.row('orders', order)).toMatchObject({ status: 'draft' });
});

test('German text in a German office', () => {
  const desk = openDesk('de-DE');
  const { line } = withOrder(desk);
  desk.update('order_lines', line, { qty: typed('1.250,5'), requested: typed('3.2.26') });
  expect(desk.row('order_lines', line)).toMatchObject({ qty: 1_250_500_000 });
  expect(desk.store.children('schedule_lines', line)[0]).toMatchObject({ requested: '2026-02-03' });
});
