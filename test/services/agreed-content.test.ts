/** What somebody agrees to on an order is just that, and not their own (A2 to A4). */
import { expect, test } from 'vitest';
import { amendCommands } from '../../electron/engine/services/orders/amendments.ts';
import { confirmCommands } from '../../electron/engine/services/orders/confirm.ts';
import { holdCommands } from '../../electron/engine/services/orders/hold-desk.ts';
import { fulfilmentCommands } from '../../electron/engine/services/fulfilment/fulfilment.ts';
import { AppError } from '../../shared/contract/define.ts';
import { contract } from '../../shared/contract/index.ts';
import { pageContext as context } from '../fakes/context.ts';
import { asOne, openDesk, withOrder } from './open.ts';

const UNIT = 1_000_000;
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

/** An order of 2 whose member gives more than they may; somebody else has to agree. */
const openHeld = (discount: number) => {
  const desk = openDesk();
  const made = withOrder(desk);
  desk.update('products', made.product, { cost: 2 * UNIT, cost_on: '2026-01-02' });
  desk.insert('approval_limits', { own_discount: 50_000 });
  desk.update('order_lines', made.line, { qty: 2 * UNIT, discount });
  const [member, manager] = [asOne(desk, 'member'), asOne(desk, 'manager')];
  const commands = {
    ...confirmCommands(desk),
    ...holdCommands(desk),
    ...amendCommands({ ...desk, env: { ...desk.env, locale: desk.locale } }),
  };
  const confirm = (as: string) => commands['orders.confirm']({ id: made.order, why: null, screen }, { ...context, as });
  const standing = () => desk.store.children('order_holds', made.order).filter((hold) => hold['released_on'] === null);
  const release = (as: string) =>
    refusal(() =>
      commands['orders.release']({ hold: standing()[0]?.id ?? '', why: 'It is fine', to: null, screen }, { ...context, as }),
    );
  const amend = (asked: object, more: object = {}) =>
    commands['orders.amend'](
      contract['orders.amend'].input.parse({ id: made.order, lines: [{ line: made.line, ...asked }], ...more }),
      {
        ...context,
        as: member,
      },
    );
  return { desk, ...made, member, manager, confirm, standing, release, amend };
};

test('A3: what was agreed for two is asked for again for ten thousand, at the same price', async () => {
  const { desk, order, member, manager, confirm, standing, release, amend } = openHeld(100_000);
  await confirm(member);
  expect(standing()).toMatchObject([{ reason: 'approval' }]);
  expect(release(manager)).toBe(null);
  await confirm(member);
  expect(desk.row('orders', order)['status']).toBe('confirmed');
  await amend({ qty: '10000' });
  expect(standing()).toMatchObject([{ reason: 'approval', released_on: null }]);
});

test('A2: terms of payment longer than a person may give hold an order, unless they are of its account', async () => {
  const { desk, order, member, manager, confirm, standing, release } = openHeld(0);
  desk.update('orders', order, { terms: '90 days' });
  await confirm(member);
  expect(standing()).toMatchObject([{ reason: 'approval', why: '90 days to pay are more than 30: approver 1 has to agree' }]);
  expect(release(manager)).toBe(null);
  desk.update('orders', order, { terms: '120 days' });
  await confirm(member);
  expect(standing().map(({ why }) => why)).toEqual(['120 days to pay are more than 30: approver 1 has to agree']);
  const agreed = openHeld(0);
  agreed.desk.update('orders', agreed.order, { terms: '90 days' });
  agreed.desk.update('accounts', agreed.account, { terms: '90 days' });
  await agreed.confirm(agreed.member);
  expect(agreed.desk.row('orders', agreed.order)['status']).toBe('confirmed');
});

test('A4: nobody agrees to what they gave themselves, nor to what is beyond them', async () => {
  const { member, manager, confirm, standing, release } = openHeld(100_000);
  await confirm(manager);
  expect(standing()).toHaveLength(1);
  expect(release(member)).toMatch(/Your role does not release/);
  expect(release(manager)).toBe('Somebody else has to agree to it: nobody agrees to what they gave.');
  const deep = openHeld(990_000);
  await deep.confirm(deep.member);
  expect(deep.standing()[0]?.['why']).toMatch(/approver 2 has to agree/);
  expect(deep.release(deep.manager)).toBe('This is for approver 2 to agree to.');
  expect(deep.release(asOne(deep.desk, 'owner'))).toBe(null);
});

test('M5, A2: an amount off the whole order weighs on what is left: cancelling is amended, and looked at again', async () => {
  const { desk, order, line, product, member, confirm, standing, amend } = openHeld(0);
  desk.update('order_lines', line, { qty: 20 * UNIT, discount: null });
  const other = desk.insert('order_lines', { order_id: order, product_id: product, qty: 2 * UNIT });
  desk.update('orders', order, { header_discount: 850 });
  await confirm(member);
  expect(desk.row('orders', order)['status']).toBe('confirmed');
  const { 'orders.fulfil': fulfil } = fulfilmentCommands(desk);
  const cancel = contract['orders.fulfil'].input.parse({
    id: order,
    kind: 'cancelled',
    lines: [{ line, qty: 20 * UNIT }],
    on: '2026-01-15',
    reason: 'Not wanted',
  });
  expect(refusal(() => fulfil(cancel, context))).toMatch(/would weigh on less/);
  await amend({ cancel: true }, { reason: 'Not wanted' });
  expect(standing()).toMatchObject([{ reason: 'approval' }]);
  expect(desk.row('order_lines', other)['qty']).toBe(2 * UNIT);
});
