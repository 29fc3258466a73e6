/** An order delivered, billed, disputed and credited by keyboard. No pointer is used. */
import { uuidv7 } from 'uuidv7';
import { expect, test, type Workbench } from './app.ts';
import { chip, heading, openRow, run } from './deeds.ts';
import { focused, openDesk, saved } from './desk.ts';
import { finish, keysOn, watchInput } from './keys.ts';

/** An order of 50 crates at 8.50 that went out. */
const shipped = async (workbench: Workbench, account: string, product: string): Promise<string> => {
  const order = uuidv7();
  await workbench.call('records.apply', {
    label: 'Fill',
    patches: [
      { kind: 'insert', table: 'orders', id: order, values: { account_id: account } },
      {
        kind: 'insert',
        table: 'order_lines',
        id: uuidv7(),
        values: { order_id: order, product_id: product, qty: 50_000_000 },
      },
    ],
  });
  await workbench.call('orders.confirm', { id: order });
  const { today } = (await workbench.call('app.info', {})) as { today: string };
  await workbench.call('orders.fulfil', { id: order, kind: 'shipped', on: today });
  return order;
};

test('deliver, bill, issue, dispute, credit, close the query', async ({ page, workbench }) => {
  const { accounts, products } = await openDesk(workbench);
  const order = await shipped(workbench, accounts[0] ?? '', products[0] ?? '');
  const heard = await watchInput(page);
  const { press, type } = keysOn(page);
  await openRow(page, { key: 'Control+4', title: 'Orders' }, order);
  await expect(page.getByTestId('order-page')).toBeVisible();

  await run(page, 'Record delivery');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('textbox').first()).toBeFocused();
  await press('Enter');
  await expect(dialog).toHaveCount(0);
  await press('Control+Shift+Enter');
  await expect(page.getByTestId('invoice-page')).toBeVisible();
  await expect(page.getByTestId('invoice-sums')).toContainText('425.00');
  await expect(focused(page)).toBeVisible();
  await press('Control+Enter');
  await expect(chip(page, 'Issued')).toBeVisible();
  await expect(heading(page)).toContainText(/^I\d\d-...-0001$/);

  await run(page, 'Open query');
  await expect(dialog.getByRole('textbox', { name: 'Amount' })).toBeFocused();
  await type('68');
  await press('Enter');
  await expect(dialog).toHaveCount(0);
  const story = page.getByTestId('invoice-story');
  await expect(story).toContainText('Open · Price');
  await expect(chip(page, 'Disputed')).toBeVisible();

  await press('Control+Shift+R');
  await expect(dialog.getByRole('textbox', { name: 'Reason' })).toBeFocused();
  await type('Eight were broken');
  await press('Tab');
  await type('8');
  await press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(story).toContainText('Eight were broken');
  await expect(page.getByTestId('invoice-sums')).toContainText('357.00');

  await run(page, 'Close query');
  await expect(dialog.getByRole('combobox', { name: 'Query' })).toBeFocused();
  await press('Tab', 'Tab', 'Tab');
  await expect(dialog.getByRole('textbox', { name: 'Root cause' })).toBeFocused();
  await type('Forklift');
  await press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(story).toContainText('Closed · Price');
  await saved(page);
  await press('Control+Z');
  await expect(story).toContainText('Open · Price');
  await finish('Deliver, bill, dispute, credit', heard);
});

test('what is charged on its bookings is said on the order, and becomes its freight', async ({ page, workbench }) => {
  const { accounts, products } = await openDesk(workbench);
  const [account = ''] = accounts;
  const order = await shipped(workbench, account, products[0] ?? '');
  const booking = uuidv7();
  await workbench.call('records.apply', {
    label: 'Fill',
    patches: [
      { kind: 'insert', table: 'bookings', id: booking, values: { order_id: order, account_id: account, currency: 'GBP' } },
    ],
  });
  await workbench.call('bookings.cost', { id: booking, code: 'FRT', cost: 5_000, charge: 7_500 });
  const heard = await watchInput(page);
  await openRow(page, { key: 'Control+4', title: 'Orders' }, order);
  const notice = page.getByRole('region', { name: 'Charges of its bookings' });
  await expect(notice).toContainText(
    'is charged 75.00 GBP, the freight of the order is 0.00 GBP. 75.00 GBP would be on no invoice.',
  );
  await run(page, 'Take charges of bookings');
  await expect(notice).toHaveCount(0);
  await expect(page.getByTestId('order-sums')).toContainText('75.00');
  await saved(page);
  await finish('Charges become freight', heard);
});
