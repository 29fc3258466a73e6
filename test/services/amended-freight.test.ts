/** The freight of a confirmed order is amended, held, billed and credited like everything that was agreed (O5, K2, K3). */
import { expect, test } from 'vitest';
import { amendCommands, amendQueries } from '../../electron/engine/services/orders/amendments.ts';
import { invoiceCommands } from '../../electron/engine/services/billing/invoices.ts';
import { fulfilmentCommands } from '../../electron/engine/services/fulfilment/fulfilment.ts';
import { AppError } from '../../shared/contract/define.ts';
import { contract } from '../../shared/contract/index.ts';
import { pageContext as context } from '../fakes/context.ts';
import { edit, openDesk, withOrder } from './open.ts';

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

/** A confirmed order of 12 at 8.50 with 10.00 freight. */
const openConfirmed = () => {
  const desk = openDesk();
  const made = withOrder(desk);
  desk.update('orders', made.order, { freight: 1000 });
  desk.move(made.order, 'submitted');
  desk.move(made.order, 'confirmed');
  const deps = { ...desk, env: { ...desk.env, locale: desk.locale } };
  const commands = { ...amendCommands(deps), ...fulfilmentCommands(desk), ...invoiceCommands(deps) };
  const send = (qty: number): void => {
    for (const kind of ['shipped', 'delivered'] as const)
      void commands['orders.fulfil'](
        contract['orders.fulfil'].input.parse({
          id: made.order,
          kind,
          lines: [{ line: made.line, qty: qty * UNIT }],
          on: '2026-01-15',
          reason: null,
        }),
        context,
      );
  };
  const bill = async () => {
    const { id } = await commands['orders.bill']({ id: made.order, screen }, context);
    await commands['invoices.issue']({ id, screen }, context);
    return desk.row('invoices', id);
  };
  const amend = (freight: string) =>
    refusal(() =>
      commands['orders.amend'](contract['orders.amend'].input.parse({ id: made.order, header: { freight } }), context),
    );
  const changes = async () =>
    contract['orders.amendable'].output.parse(
      await amendQueries({ read: desk.store })['orders.amendable']({ id: made.order }, context),
    ).changes;
  return { desk, ...made, send, bill, amend, changes };
};

test('it is no plain edit any more, and its amendment says before and after', async () => {
  const { desk, order, amend, changes } = openConfirmed();
  expect(() => desk.update('orders', order, { freight: 50_000_000 }, edit)).toThrow(/Amend it/);
  expect(amend('-1')).toBe('Freight is never below zero.');
  expect(amend('25')).toBe(null);
  expect(desk.row('orders', order)['freight']).toBe(2500);
  expect((await changes()).map(({ before, after }) => [before.freight, after.freight])).toEqual([['1000', '2500']]);
});

test('beyond the limit of the account it holds the order', () => {
  const { desk, order, account, amend } = openConfirmed();
  desk.update('accounts', account, { credit_limit: 20_000 });
  expect(amend('600')).toBe(null);
  expect(desk.store.children('order_holds', order)).toMatchObject([{ reason: 'credit', released_on: null }]);
});

test('what came after an invoice goes on the next, alone where no goods are left; below what is billed it is refused', async () => {
  const { send, bill, amend } = openConfirmed();
  send(6);
  expect(await bill()).toMatchObject({ freight: 1000 });
  expect(amend('30')).toBe(null);
  send(6);
  expect(await bill()).toMatchObject({ freight: 2000 });
  expect(amend('29')).toBe('Freight: 30.00 of it is billed. Credit it on its invoice.');
  expect(amend('35')).toBe(null);
  expect(await bill()).toMatchObject({ freight: 500, status: 'issued' });
});
