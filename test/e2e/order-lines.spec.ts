/** The same product twice becomes one line when that is wanted; what goes out instead of goods has the customer's word. */
import { uuidv7 } from 'uuidv7';
import { expect, test } from './app.ts';
import { openRow, run } from './deeds.ts';
import { cell, openDesk } from './desk.ts';
import { keysOn } from './keys.ts';

test('lines of one product merged, and a substitute that the customer agreed to', async ({ page, workbench }) => {
  test.slow();
  const { accounts, products } = await openDesk(workbench);
  const [order, line, again] = [uuidv7(), uuidv7(), uuidv7()];
  const [product = '', other = ''] = products;
  const values = { order_id: order, product_id: product };
  await workbench.call('records.apply', {
    label: 'Fill',
    patches: [
      { kind: 'update', table: 'products', id: product, values: { substitute_id: other } },
      { kind: 'insert', table: 'orders', id: order, values: { account_id: accounts[0] } },
      { kind: 'insert', table: 'order_lines', id: line, values: { ...values, qty: 12_000_000 } },
      { kind: 'insert', table: 'order_lines', id: again, values: { ...values, qty: 5_000_000 } },
    ],
  });
  const { press, type } = keysOn(page);
  await openRow(page, { key: 'Control+4', title: 'Orders' }, order);
  const notice = page.getByRole('region', { name: 'Lines that could be one' });
  await expect(notice).toContainText('Euro crate 1001 stands on 2 lines that could be one of 17.');
  await run(page, 'Merge lines of one product');
  await expect(notice).toHaveCount(0);
  await expect(cell(page, line, 'qty')).toHaveText('17');
  await press('Control+Z');
  await expect(cell(page, again, 'qty')).toHaveText('5');
  await notice.getByRole('button', { name: 'Merge lines' }).press('Enter');
  await expect(cell(page, line, 'qty')).toHaveText('17');
  await press('Control+Enter');
  await expect(page.locator('.viewbar .chip')).toContainText('In fulfilment');

  await run(page, 'Record shipment');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('textbox', { name: 'Went out on' })).toBeFocused();
  await dialog.getByRole('combobox', { name: 'Goes out, Line 1' }).press('ArrowDown');
  await expect(dialog.getByRole('button', { name: 'Record shipment' })).toHaveAttribute('title', /Say who of the customer/);
  await dialog.getByRole('textbox', { name: 'Agreed by' }).focus();
  await type('Mrs Lee');
  await press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(page.locator('.viewbar .chip')).toContainText('Shipped');
  const { lines } = (await workbench.call('orders.fulfilment', { id: order })) as {
    lines: readonly { sent_instead: unknown }[];
  };
  expect(lines[0]?.sent_instead).toEqual([{ product: '1002 · Euro crate 1002', qty: '17000000', consent: 'Mrs Lee' }]);
});
