/** The terms of payment of a confirmed order are amended, and agreed to by somebody else where they are longer than one may give (A2, O5). */
import { expect, test } from 'vitest';
import { amendCommands, amendQueries } from '../../electron/engine/services/orders/amendments.ts';
import { confirmCommands } from '../../electron/engine/services/orders/confirm.ts';
import { holdCommands } from '../../electron/engine/services/orders/hold-desk.ts';
import { contract } from '../../shared/contract/index.ts';
import { pageContext as context } from '../fakes/context.ts';
import { asOne, edit, imported, openDesk, withOrder } from './open.ts';

const screen = null;

const openConfirmed = async () => {
  const desk = openDesk();
  const made = withOrder(desk);
  const [member, manager] = [asOne(desk, 'member'), asOne(desk, 'manager')];
  const deps = { ...desk, env: { ...desk.env, locale: desk.locale } };
  const commands = { ...confirmCommands(desk), ...holdCommands(desk), ...amendCommands(deps) };
  await commands['orders.confirm']({ id: made.order, why: null, screen }, { ...context, as: member });
  const amend = async (header: object, as = member) =>
    void (await commands['orders.amend'](contract['orders.amend'].input.parse({ id: made.order, header }), { ...context, as }));
  const holds = () => desk.store.children('order_holds', made.order).filter((hold) => hold['released_on'] === null);
  const release = (as: string) =>
    commands['orders.release']({ hold: holds()[0]?.id ?? '', why: 'It is fine', to: null, screen }, { ...context, as });
  return { desk, ...made, member, manager, amend, holds, release };
};

test('they are no plain edit any more, however they are written; a file still says what was agreed elsewhere', async () => {
  const { desk, order } = await openConfirmed();
  expect(desk.row('orders', order)).toMatchObject({ status: 'confirmed', terms: '30 days' });
  expect(() => desk.update('orders', order, { terms: '120 days' }, edit)).toThrow(
    /freight and terms no longer change here\. Amend/,
  );
  expect(() => desk.update('orders', order, { terms: null }, edit)).toThrow(/Amend/);
  expect(desk.row('orders', order)['terms']).toBe('30 days');
  desk.update('orders', order, { terms: '14 days' }, imported);
  expect(desk.row('orders', order)['terms']).toBe('14 days');
});

test('A2, A3: longer ones hold the order until somebody else agrees, to just that; shorter ones and those of the account do not', async () => {
  const { desk, order, account, manager, amend, holds, release } = await openConfirmed();
  await amend({ terms: '14 days' });
  expect(holds()).toEqual([]);
  await amend({ terms: '120 days' });
  expect(desk.row('orders', order)['terms']).toBe('120 days');
  const why = '120 days to pay are more than 30: approver 1 has to agree';
  expect(holds()).toMatchObject([{ reason: 'approval', by_rule: 1, why }]);
  await release(manager);
  expect(holds()).toEqual([]);
  await amend({ terms: '121 days' });
  expect(holds()).toMatchObject([{ why: '121 days to pay are more than 30: approver 1 has to agree' }]);
  await amend({ terms: '30 days' });
  expect(holds()).toEqual([]);
  desk.update('accounts', account, { terms: '90 days' });
  await amend({ terms: '90 days' });
  expect(holds()).toEqual([]);
});

test('O5: each change says before and after, the same terms change nothing, and undo takes it back', async () => {
  const { desk, order, member, amend } = await openConfirmed();
  await expect(amend({ terms: '30 days' })).rejects.toThrow('Nothing is changed.');
  await amend({ terms: '14 days' });
  const { header, changes } = await amendQueries({ read: desk.store })['orders.amendable']({ id: order }, context);
  expect(header).toMatchObject({ terms: '14 days' });
  expect(changes).toMatchObject([{ kind: 'changed', line: '', before: { terms: '30 days' }, after: { terms: '14 days' } }]);
  desk.store.undo({ ...edit, actor: member });
  expect(desk.row('orders', order)['terms']).toBe('30 days');
  expect(desk.store.children('order_changes', order)).toEqual([]);
});
