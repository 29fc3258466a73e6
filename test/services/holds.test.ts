/** Holds and the checks at confirm, over a real store: what each stops, who releases it, what a reason overrides. */
import { describe, expect, test } from 'vitest';
import { confirmCommands, confirmQueries } from '../../electron/engine/services/orders/confirm.ts';
import { fulfilmentCommands } from '../../electron/engine/services/fulfilment/fulfilment.ts';
import { holdCommands, holdQueries } from '../../electron/engine/services/orders/hold-desk.ts';
import { AppError } from '../../shared/contract/define.ts';
import { contract } from '../../shared/contract/index.ts';
import { pageContext as context } from '../fakes/context.ts';
import { asOne, edit, imported, openDesk, withOrder, type Desk } from './open.ts';

const TODAY = '2026-01-15';
const screen = null;

const refusal = (run: () => unknown): string | null => {
  try {
    run();
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
  return null;
};

const serve = (desk: Desk, as?: string) => {
  const deps = { store: desk.store, env: desk.env };
  const commands = { ...holdCommands(deps), ...confirmCommands(deps), ...fulfilmentCommands(deps) };
  const queries = {
    ...holdQueries({ read: desk.store, today: () => TODAY, locale: desk.locale }),
    ...confirmQueries({ read: desk.store, today: () => TODAY, locale: desk.locale, actor: () => edit.actor }),
  };
  return {
    hold: (id: string, reason: 'credit' | 'stock', why: string) =>
      refusal(() => commands['orders.hold']({ id, reason, why, screen }, context)),
    release: (hold: string, why: string, to: string | null = null) =>
      refusal(() => commands['orders.release']({ hold, why, to, screen }, { ...context, as })),
    confirm: (id: string, why: string | null = null) => refusal(() => commands['orders.confirm']({ id, why, screen }, context)),
    ship: (id: string) =>
      refusal(() =>
        commands['orders.fulfil'](
          contract['orders.fulfil'].input.parse({ id, kind: 'shipped', lines: null, on: TODAY, reason: null }),
          context,
        ),
      ),
    holds: async (id: string) => contract['orders.holds'].output.parse(await queries['orders.holds']({ id }, context)).holds,
    checks: async (id: string) => contract['orders.checks'].output.parse(await queries['orders.checks']({ id }, context)),
  };
};

describe('O4: a hold', () => {
  test('says why and what it is for as it was put on: by hand it is neither made, nor worded anew, nor widened', () => {
    const desk = openDesk();
    const { order } = withOrder(desk);
    serve(desk).hold(order, 'credit', 'Over the limit');
    const [hold] = desk.store.children('order_holds', order);
    const write = (field: string, value: string | null) =>
      refusal(() => desk.update('order_holds', hold?.id ?? '', { [field]: value }));
    expect(write('reason', 'customer')).toMatch(/is not typed/);
    expect(write('why', 'Nothing')).toMatch(/is not typed/);
    expect(serve(desk).release(hold?.id ?? '', 'Paid', TODAY)).toBe(null);
    for (const field of ['release_amount', 'release_to', 'released_on']) expect(write(field, null)).toMatch(/is not typed/);
    expect(refusal(() => desk.insert('order_holds', { order_id: order, reason: 'stock' }))).toMatch(/is not typed/);
  });

  test('is released with a reason and never taken away', () => {
    const desk = openDesk();
    const { order } = withOrder(desk);
    serve(desk).hold(order, 'stock', 'Mould is broken');
    const [hold] = desk.store.children('order_holds', order);
    expect(refusal(() => desk.store.apply([{ kind: 'delete', table: 'order_holds', id: hold?.id ?? '' }], edit))).toMatch(
      /stays on record: release it/,
    );
  });
});

describe('O4: holds', () => {
  test('O4: several at once stop the confirmation and each is named; released ones stay on the record', async () => {
    const desk = openDesk();
    const { order } = withOrder(desk);
    const { hold, release, confirm, holds, checks } = serve(desk);
    expect(hold(order, 'stock', ' ')).toBe('Say why it is held.');
    expect([hold(order, 'stock', 'Mould is broken'), hold(order, 'credit', 'Over the limit')]).toEqual([null, null]);
    const { blockers, can_override: canOverride } = await checks(order);
    expect(blockers.map(({ table, message }) => [table, message])).toEqual([
      ['order_holds', 'On hold. Stock: Mould is broken'],
      ['order_holds', 'On hold. Credit: Over the limit'],
    ]);
    expect(canOverride).toBe(false);
    expect(confirm(order, 'I insist')).toMatch(/^2 things need attention. The first: On hold. Stock/);
    const [stock = '', credit = ''] = (await holds(order)).map(({ id }) => id);
    expect(release(stock, '')).toBe('Say why it is released.');
    expect(release(credit, 'Paid')).toBe('Say for what amount, and to which day, the credit is released.');
    expect([release(stock, 'Mended'), release(credit, 'Paid', TODAY)]).toEqual([null, null]);
    expect(release(stock, 'Again')).toBe('It is released already.');
    expect((await holds(order)).map(({ is_open: isOpen, release_why: why }) => [isOpen, why])).toEqual([
      [false, 'Mended'],
      [false, 'Paid'],
    ]);
    expect(confirm(order)).toBe(null);
    desk.store.undo({ ...edit, actor: desk.store.device.id });
    desk.store.undo({ ...edit, actor: desk.store.device.id });
    expect((await holds(order)).map(({ is_open: isOpen }) => isOpen)).toEqual([false, true]);
  });

  test('O4: nothing goes out while one stands, and a typed status does not get round it', async () => {
    const desk = openDesk();
    const { order } = withOrder(desk);
    const { hold, release, confirm, ship, holds } = serve(desk);
    expect(confirm(order)).toBe(null);
    expect(hold(order, 'stock', 'Wait')).toBe(null);
    expect(ship(order)).toBe('The order is on hold. Stock: Wait. Release it first.');
    expect(release((await holds(order))[0]?.id ?? '', 'Here')).toBe(null);
    expect(ship(order)).toBe(null);
    const draft = desk.insert('orders', { account_id: desk.insert('accounts', { name: 'A' }) });
    desk.insert('order_lines', { order_id: draft, qty: 1_000_000, price: 1_000_000, product_id: { '?': 'CRT-6040' } });
    expect(hold(draft, 'stock', 'Wait')).toBe(null);
    desk.update('orders', draft, { status: { '?': 'confirmed' } });
    expect(desk.issues('orders', draft)).toContain('status STATE_BLOCKED');
  });

  test('K2: credit is released by a manager for what the order comes to, until a day; more holds it again', async () => {
    const desk = openDesk();
    const { order, line } = withOrder(desk);
    serve(desk).hold(order, 'credit', 'Over the limit');
    const [hold] = await serve(desk).holds(order);
    expect(serve(desk, asOne(desk, 'member')).release(hold?.id ?? '', 'Paid', TODAY)).toBe(
      'Your role does not release credit holds.',
    );
    const manager = asOne(desk, 'manager');
    expect(serve(desk, manager).release(hold?.id ?? '', 'Paid', '2026-01-14')).toBe(
      'That day is past: release it to today or to a later day.',
    );
    expect(serve(desk, manager).release(hold?.id ?? '', 'Paid', TODAY)).toBe(null);
    expect((await serve(desk).checks(order)).blockers).toEqual([]);
    desk.update('order_lines', line, { qty: 13_000_000 });
    expect((await serve(desk).checks(order)).blockers.map(({ code }) => code)).toEqual(['ON_HOLD']);
    desk.update('order_lines', line, { qty: 12_000_000 });
    const tomorrow = holdQueries({ read: desk.store, today: () => '2026-01-16', locale: desk.locale });
    expect((await tomorrow['orders.holds']({ id: order }, context)).holds[0]?.is_open).toBe(true);
  });
});

describe('O4: a hold of which nobody can read the reason', () => {
  test.each([
    ['none was given', null, 'reason REQUIRED'],
    ['what was given is none of the list', { '?': 'the weather' }, 'reason ENUM_UNKNOWN'],
  ])('is marked, said in words and released by whoever may release all: %s', async (_, reason, mark) => {
    const desk = openDesk();
    const { order } = withOrder(desk);
    const hold = desk.insert('order_holds', { order_id: order, reason, why: 'Snow on the pass' }, imported);
    expect(desk.issues('order_holds', hold)).toEqual([mark]);
    const { confirm, holds } = serve(desk);
    expect(confirm(order)).toBe('On hold. No readable reason: Snow on the pass.');
    expect(await holds(order)).toMatchObject([{ reason: 'No readable reason', is_credit: false, is_open: true }]);
    expect(serve(desk, asOne(desk, 'member')).release(hold, 'It melted')).toBe(
      'Your role does not release holds without a readable reason.',
    );
    const { release } = serve(desk, asOne(desk, 'manager'));
    expect(release(hold, ' ')).toBe('Say why it is released.');
    expect(release(hold, 'It melted')).toBe(null);
    expect(await holds(order)).toMatchObject([{ is_open: false, release_why: 'It melted' }]);
    expect(confirm(order)).toBe(null);
  });
});

describe('O3: checks at confirm', () => {
  const twice = () => {
    const desk = openDesk();
    const { account, product, order } = withOrder(desk);
    desk.update('orders', order, { po_ref: 'PO-77' });
    const again = desk.insert('orders', { account_id: account, po_ref: 'po-77' });
    const line = desk.insert('order_lines', { order_id: again, product_id: product, qty: 12_000_000 });
    return { desk, account, product, order, again, line };
  };
  test('O3: a PO number that stands on another order is in the way until a reason is given, which history keeps', async () => {
    const { desk, order, again } = twice();
    const { confirm, checks } = serve(desk);
    expect((await checks(order)).blockers).toEqual([]);
    expect(confirm(order)).toBe(null);
    const number = String(desk.row('orders', order)['number']);
    expect(await checks(again)).toEqual({
      blockers: [
        { table: 'orders', row: again, field: 'po_ref', code: 'PO_DUPLICATE', message: `The PO number stands on ${number} too` },
      ],
      can_override: true,
      warnings: [`The same goods are on ${number} of the same day`],
    });
    expect(confirm(again)).toBe(`The PO number stands on ${number} too.`);
    expect(confirm(again, 'Two sites, one PO')).toBe(null);
    const { entries } = desk.store.past.history('orders', again, 5, null);
    expect(entries[0]?.reason).toBe('Two sites, one PO');
  });
  test('O3: discontinued goods with what takes their place, less than the account orders at least, stock, promise', async () => {
    const { desk, account, product, again, line } = twice();
    const next = desk.insert('products', { sku: 'CRT-6041', name: 'Crate II' });
    desk.update('products', product, { status: 'discontinued', substitute_id: next, stock: 5_000_000, lead_days: 3 });
    desk.update('accounts', account, { min_order: 20_000 });
    desk.update('order_lines', line, { promised: '2026-01-19' });
    const { blockers, warnings } = await serve(desk).checks(again);
    expect(blockers.map(({ field, message }) => [field, message])).toEqual([
      ['line_count', expect.stringMatching(/less than the .*200.00 this account orders at least$/)],
      ['product_id', 'Line 1: The product is discontinued: CRT-6041 takes its place'],
    ]);
    expect(warnings).toEqual([
      'Line 1: Only 5 in stock, as of 2026-01-15',
      'Line 1: It is promised before it can be there: 2026-01-20 is the earliest',
    ]);
  });

  test('O3: the lead time runs on the calendar of the place it goes to', async () => {
    const { desk, account, product, again, line } = twice();
    desk.update('products', product, { lead_days: 2 });
    const site = desk.insert('sites', { account_id: account, name: 'Quay', work_days: 'Tue, Thu', closed_on: '2026-01-20' });
    desk.update('orders', again, { site_id: site });
    desk.update('order_lines', line, { promised: '2026-01-26' });
    expect((await serve(desk).checks(again)).warnings).toEqual([
      'Line 1: It is promised before it can be there: 2026-01-27 is the earliest',
    ]);
  });
});
