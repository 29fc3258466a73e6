/** Credit at confirm (K1, K2), over a real store: an order is never lost for want of it, and never goes out without it. */
import { expect, test } from 'vitest';
import { confirmCommands, confirmQueries } from '../../electron/engine/services/orders/confirm.ts';
import { creditCommands, creditQueries } from '../../electron/engine/services/credit/credit.ts';
import { holdCommands, holdQueries } from '../../electron/engine/services/orders/hold-desk.ts';
import { AppError } from '../../shared/contract/define.ts';
import { contract } from '../../shared/contract/index.ts';
import { pageContext as context } from '../fakes/context.ts';
import { openBilling, UNIT } from './billing.ts';
import { asOne, edit, openDesk, withOrder, type Desk } from './open.ts';

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

const serve = (desk: Desk) => {
  const deps = { store: desk.store, env: desk.env };
  const { 'orders.confirm': confirm } = confirmCommands(deps);
  const { 'orders.checks': checks } = confirmQueries({
    read: desk.store,
    today: () => TODAY,
    locale: desk.locale,
    actor: () => edit.actor,
  });
  const { 'orders.holds': holds } = holdQueries({ read: desk.store, today: () => TODAY, locale: desk.locale });
  return {
    confirm: async (id: string) => contract['orders.confirm'].output.parse(await confirm({ id, why: null, screen }, context)),
    checks: async (id: string) => contract['orders.checks'].output.parse(await checks({ id }, context)),
    holds: async (id: string) => contract['orders.holds'].output.parse(await holds({ id }, context)).holds,
    release: (hold: string, to: string | null, as?: string) => {
      const { 'orders.release': release } = holdCommands(deps);
      return refusal(() => release({ hold, why: 'Paid by phone', to, screen }, { ...context, as }));
    },
  };
};

/** A draft of 12 crates at 8.50: 102.00, for an account with that limit. */
const withLimit = (limit: number | null) => {
  const desk = openDesk();
  const made = withOrder(desk);
  desk.update('accounts', made.account, { credit_limit: limit });
  return { desk, ...made, ...serve(desk) };
};

test('K2: over the limit an order is submitted with its number and held, as one step of undo; a release confirms it', async () => {
  const { desk, order, confirm, checks, holds, release } = withLimit(10_000);
  const { blockers, can_override: canOverride } = await checks(order);
  expect(blockers).toEqual([
    {
      table: 'orders',
      row: order,
      field: 'account_id',
      code: 'CREDIT_HOLD',
      message: 'Credit: The credit limit of 100.00 GBP is passed by 2.00 GBP',
    },
  ]);
  expect(canOverride).toBe(false);
  expect(await confirm(order)).toMatchObject({ held: 'Credit: The credit limit of 100.00 GBP is passed by 2.00 GBP' });
  expect(desk.row('orders', order)).toMatchObject({ status: 'submitted', number: 'O26-007-0001' });
  expect((await holds(order)).map(({ reason, is_open: isOpen }) => [reason, isOpen])).toEqual([['Credit', true]]);
  const [hold] = await holds(order);
  expect([release(hold?.id ?? '', TODAY, asOne(desk, 'member')), release(hold?.id ?? '', null)]).toEqual([
    'Your role does not release credit holds.',
    'Say for what amount, and to which day, the credit is released.',
  ]);
  expect(release(hold?.id ?? '', TODAY)).toBe(null);
  expect(await confirm(order)).toMatchObject({ held: null, warnings: [expect.stringContaining('passed by 2.00 GBP')] });
  expect(desk.row('orders', order)['status']).toBe('confirmed');
  for (let step = 0; step < 3; step += 1) desk.store.undo({ ...edit, actor: desk.store.device.id });
  expect(desk.row('orders', order)['status']).toBe('draft');
  expect(await holds(order)).toEqual([]);
});

test('O3, A2: what may not be given alone is held until somebody agrees to just that, and asked for again once it is changed', async () => {
  const { desk, order, line, product, confirm, checks, holds, release } = withLimit(null);
  desk.update('products', product, { cost: 6 * UNIT, cost_on: '2026-01-02' });
  desk.insert('approval_limits', { own_discount: 50_000 });
  desk.update('order_lines', line, { discount: 60_000 });
  const why = 'Line 1: a discount of 6 % is over the limit of 5 %: approver 1 has to agree';
  expect((await checks(order)).blockers).toMatchObject([
    { row: line, field: 'price', code: 'APPROVAL_HOLD', message: `Approval: ${why}` },
  ]);
  expect(await confirm(order)).toMatchObject({ held: `Approval: ${why}` });
  expect(desk.row('orders', order)).toMatchObject({ status: 'submitted' });
  expect(await holds(order)).toMatchObject([{ reason: 'Approval', is_open: true, why }]);
  const [first] = await holds(order);
  expect(release(first?.id ?? '', null, asOne(desk, 'member'))).toBe('Your role does not release approval holds.');
  expect(release(first?.id ?? '', null)).toBe(null);
  expect((await checks(order)).blockers).toEqual([]);
  desk.update('order_lines', line, { discount: 70_000 });
  expect((await checks(order)).blockers).toMatchObject([{ code: 'APPROVAL_HOLD' }]);
  // Within what may be given alone, and by the lists, nobody is asked.
  desk.update('order_lines', line, { discount: 50_000 });
  expect(await confirm(order)).toMatchObject({ held: null });
});

test('K2: a hold that stands is named once and not made again; no other way to confirm leads round credit', async () => {
  const { desk, order, confirm, holds, checks } = withLimit(10_000);
  desk.update('orders', order, { status: { '?': 'confirmed' } });
  expect(desk.issues('orders', order)).toContain('status STATE_BLOCKED');
  await confirm(order);
  expect((await checks(order)).blockers.map(({ code }) => code)).toEqual(['ON_HOLD']);
  await expect(async () => confirm(order)).rejects.toThrow(/^On hold. Credit: The credit limit/);
  expect(await holds(order)).toHaveLength(1);
  expect(() => desk.move(order, 'confirmed')).toThrow(/On hold. Credit/);
});

test('K2: near the limit it warns and confirms; what else is in the way comes first', async () => {
  const { desk, order, line, confirm } = withLimit(11_000);
  desk.update('order_lines', line, { price: null });
  await expect(async () => confirm(order)).rejects.toThrow(/price/i);
  desk.update('order_lines', line, { price: { '?': '8.50' } });
  expect(await confirm(order)).toMatchObject({
    held: null,
    warnings: ['Credit: Of the credit limit of 110.00 GBP only 8.00 GBP is left'],
  });
});

test('K1, K2: an invoice overdue for longer than the grace holds, and what is disputed of it does not', async () => {
  const { desk, account, order, deliver, issued, dispute } = openBilling();
  deliver(50);
  const invoice = await issued();
  desk.update('invoices', invoice, { due_on: '2025-12-30' }, { ...edit, source: 'import' });
  const next = desk.insert('orders', { account_id: account });
  const product = desk.store.children('order_lines', order)[0]?.['product_id'] ?? null;
  desk.insert('order_lines', { order_id: next, product_id: product, qty: UNIT });
  const { checks } = serve(desk);
  const { 'app.setCredit': set } = creditCommands({ store: desk.store, env: desk.env });
  const messages = async () => (await checks(next)).blockers.map(({ message }) => message);
  expect(await messages()).toEqual(['Credit: The oldest unpaid invoice is 16 days overdue']);
  void set({ limit: null, warnAt: 900_000, graceDays: 16 }, context);
  expect(await messages()).toEqual([]);
  void set({ limit: null, warnAt: 900_000, graceDays: 15 }, context);
  await dispute(invoice, 42_500);
  expect(await messages()).toEqual([]);
});

test('K1: the limit of the account, else of the nearest above it, else the company’s; none where the group is not checked', async () => {
  const { desk, account, order, checks } = withLimit(null);
  const top = desk.insert('accounts', { name: 'Holding', credit_limit: 9_000 });
  const middle = desk.insert('accounts', { name: 'Region', parent_id: top });
  const codes = async () => (await checks(order)).blockers.map(({ message }) => /of ([\d.]+) GBP/.exec(message)?.[1]);
  const { 'app.setCredit': set } = creditCommands({ store: desk.store, env: desk.env });
  expect(await codes()).toEqual([]);
  void set({ limit: 8_000, warnAt: 900_000, graceDays: 15 }, context);
  expect(await codes()).toEqual(['80.00']);
  desk.update('accounts', account, { parent_id: middle });
  expect(await codes()).toEqual(['90.00']);
  desk.update('accounts', top, { currency: 'EUR' });
  expect(await codes()).toEqual(['80.00']);
  desk.update('accounts', account, { credit_limit: 7_000 });
  expect(await codes()).toEqual(['70.00']);
  desk.update('accounts', middle, { no_credit_check: 1 });
  expect(await codes()).toEqual([]);
  expect(contract['app.credit'].output.parse(await creditQueries({ read: desk.store })['app.credit']({}, context))).toEqual({
    limit: 8_000,
    warnAt: 900_000,
    graceDays: 15,
  });
});

test('K2: what a team is owed is as old as the last meeting', async () => {
  const hours = 3_600_000;
  let met: number | null = null;
  const { standing, desk } = openBilling(undefined, () => met);
  expect((await standing()).age).toBeNull();
  met = 0;
  expect((await standing()).age).toMatch(/has not been met/);
  met = desk.env.clock() - 14 * hours;
  expect((await standing()).age).toBe('as of 14 h ago');
});
