/** The order desk by keyboard: the order pad, rows of code and quantity pasted from a spreadsheet. */
import { uuidv7 } from 'uuidv7';
import { expect, test, type Workbench } from './app.ts';
import { call, openDesk, saved } from './desk.ts';
import { finish, inLines, keysOn, startOrder, watchInput } from './keys.ts';

/** An order of the past, confirmed. */
const bought = async (workbench: Workbench, account: string, day: string, lines: readonly (readonly [string, number])[]) => {
  const order = uuidv7();
  await call(workbench, 'records.apply', {
    label: 'Fill',
    patches: [
      { kind: 'insert', table: 'orders', id: order, values: { account_id: account, ordered_on: day } },
      ...lines.map(([product, qty]) => ({
        kind: 'insert',
        table: 'order_lines',
        id: uuidv7(),
        values: { order_id: order, product_id: product, qty: qty * 1_000_000 },
      })),
    ],
  });
  await call(workbench, 'orders.confirm', { id: order });
};

test('the order pad: quantities typed beside what the account usually orders become lines, one undo step', async ({
  page,
  workbench,
}) => {
  const { accounts, products } = await openDesk(workbench);
  const [account = ''] = accounts;
  const [crate = '', lid = '', tray = ''] = products;
  await bought(workbench, account, '2025-11-03', [
    [crate, 10],
    [lid, 4],
  ]);
  await bought(workbench, account, '2025-12-01', [[crate, 12]]);
  await bought(workbench, account, '2025-12-29', [[tray, 6]]);
  const heard = await watchInput(page);
  const keys = keysOn(page);
  await startOrder(page, keys);
  await keys.press('Control+J');
  const pad = page.getByRole('dialog', { name: 'Order pad' });
  const quantity = (sku: string) => pad.getByRole('textbox', { name: `Quantity, ${sku}` });
  await expect(quantity('1001')).toBeFocused();
  await keys.press('Space');
  await expect(quantity('1001')).toHaveValue('12');
  await keys.press('Enter');
  await keys.press('ArrowDown');
  await expect(quantity('1003')).toBeFocused();
  await keys.type('7x');
  await keys.press('Control+Enter');
  await expect(pad).toHaveCount(0);
  await expect(page.locator('.toast')).toContainText('2 lines added.');
  await saved(page);
  await expect(page.locator('.ag-row', { hasText: 'Totals' })).toContainText('1 of 2 lines, 1 to fix');
  await inLines(page);
  await keys.press('Control+Z');
  await expect(page.locator('.ag-row', { hasText: 'Totals' })).toHaveCount(0);
  await finish('Two lines from the order pad', heard);
});
