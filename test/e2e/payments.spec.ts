/** What is left of a payment is set against invoices from the account, in one step; the credit note is printed from its invoice. */
import { uuidv7 } from 'uuidv7';
import { expect, test, type Workbench } from './app.ts';
import { run } from './deeds.ts';
import { exportsOf, goTo, openDesk } from './desk.ts';
import { keysOn } from './keys.ts';

/** An issued invoice over so many crates at 8.50. */
const invoiced = async (workbench: Workbench, account: string, product: string, crates: number): Promise<string> => {
  const order = uuidv7();
  await workbench.call('records.apply', {
    label: 'Fill',
    patches: [
      { kind: 'insert', table: 'orders', id: order, values: { account_id: account } },
      {
        kind: 'insert',
        table: 'order_lines',
        id: uuidv7(),
        values: { order_id: order, product_id: product, qty: crates * 1_000_000 },
      },
    ],
  });
  await workbench.call('orders.confirm', { id: order });
  const { today } = (await workbench.call('app.info', {})) as { today: string };
  for (const kind of ['shipped', 'delivered']) await workbench.call('orders.fulfil', { id: order, kind, on: today });
  const { id } = (await workbench.call('orders.bill', { id: order })) as { id: string };
  await workbench.call('invoices.issue', { id });
  return id;
};

test('a payment over two invoices, by amount, and back in one step; the paper of a credit note', async ({ page, workbench }) => {
  test.slow();
  const { accounts, products } = await openDesk(workbench);
  const [account = '', product = ''] = [accounts[0], products[0]];
  await workbench.call('payments.record', { account, amount: 10_000, on: '2026-01-10', reference: 'BACS 7' });
  const first = await invoiced(workbench, account, product, 10);
  await invoiced(workbench, account, product, 4);
  await exportsOf(workbench, 'note.pdf');

  const { press, type } = keysOn(page);
  await goTo(page, account, 'name');
  await press('Alt+Enter');
  await expect(page.getByTestId('account-page')).toBeVisible();
  await page.getByRole('button', { name: 'Payments', exact: true }).press('Enter');
  await expect(page.getByRole('gridcell', { name: 'BACS 7' })).toBeVisible();
  await run(page, 'Set payment against invoices');
  const dialog = page.getByRole('dialog');
  const amounts = dialog.getByRole('textbox');
  await expect(amounts.first()).toBeFocused();
  await expect(amounts.nth(0)).toHaveValue('85.00');
  await expect(amounts.nth(1)).toHaveValue('15.00');
  await type('90');
  await expect(dialog.getByText('No more than 85.00 is open')).toBeVisible();
  await press('Control+A');
  await type('80');
  await expect(dialog.getByTestId('settle-rest')).toHaveText('5.00 GBP of it stays to be set.');
  await press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(page.getByTestId('standing')).toContainText('Open invoices 24.00');
  await press('Control+Z');
  await expect(page.getByTestId('standing')).toContainText('Open invoices 119.00');

  await workbench.call('invoices.credit', { id: first, lines: [await lineOf(workbench, first)], reason: 'Broken' });
  await page.getByRole('button', { name: 'Credit notes', exact: true }).press('Enter');
  await expect(page.getByRole('gridcell', { name: 'Broken' })).toBeVisible();
  await press('Alt+Enter');
  await expect(page.getByTestId('invoice-page')).toBeVisible();
  await page
    .getByTestId('invoice-story')
    .getByRole('button', { name: /^Credit note .* as PDF$/ })
    .press('Enter');
  await expect(page.locator('.toast').last()).toContainText('One page, as issued, written to');
});

const lineOf = async (workbench: Workbench, invoice: string): Promise<{ line: string; qty: number }> => {
  const { lines } = (await workbench.call('invoices.story', { id: invoice })) as { lines: readonly { id: string }[] };
  return { line: lines[0]?.id ?? '', qty: 1_000_000 };
};
