/** Numbers of one's own, set by keyboard: a form that cannot be is told beside it, and what was given stays. */
import type { Page } from '@playwright/test';
import { uuidv7 } from 'uuidv7';
import { expect, test, type Workbench } from './app.ts';
import { run } from './deeds.ts';
import { goTo, openDesk } from './desk.ts';

const confirmedOrder = async (workbench: Workbench, account: string, product: string): Promise<void> => {
  const order = uuidv7();
  const values = { account_id: account, ordered_on: '2026-03-12' };
  const line = { order_id: order, product_id: product, qty: 2_000_000 };
  await workbench.call('records.apply', {
    label: 'Fill',
    patches: [
      { kind: 'insert', table: 'orders', id: order, values },
      { kind: 'insert', table: 'order_lines', id: uuidv7(), values: line },
    ],
  });
  await workbench.call('orders.confirm', { id: order });
};

const toInvoices = async (page: Page): Promise<void> => {
  await page.keyboard.press('Control+K');
  await expect(page.locator('.p-q')).toBeFocused();
  await page.keyboard.type('invoices');
  await expect(page.locator('.pi[data-highlighted]')).toContainText('Invoices');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Invoices', level: 1 })).toBeVisible();
};

test('a company numbers its orders its own way, from a counter it chooses', async ({ page, workbench }) => {
  const { accounts, products } = await openDesk(workbench);
  await page.keyboard.press('Control+,');
  await page.getByRole('button', { name: 'Numbers', exact: true }).press('Enter');
  const row = page.getByRole('row', { name: 'Orders' });
  const form = page.getByRole('textbox', { name: 'Form of the numbers of orders' });
  const start = page.getByRole('textbox', { name: 'First counter of orders' });

  await form.fill('{letter}-{counter}');
  await form.press('Enter');
  await expect(row.getByRole('alert')).toContainText('two devices would give the same number');
  await expect(form).toHaveValue('{letter}-{counter}');
  await form.fill('AQ/{yyyy}/{device}/{counter:3}');
  await form.press('Enter');
  await expect(row.getByRole('alert')).toHaveCount(0);
  await expect(row).toContainText(/AQ\/20\d\d\/[0-9A-Z]{3}\/001/);

  await start.fill('none');
  await start.press('Enter');
  await expect(row.getByRole('alert')).toContainText('“none” is not a whole number');
  await expect(start).toHaveValue('none');
  await start.fill('500');
  await start.press('Enter');
  await expect(row).toContainText(/AQ\/20\d\d\/[0-9A-Z]{3}\/500/);

  await confirmedOrder(workbench, accounts[0] ?? '', products[0] ?? '');
  await expect(row).toContainText(/AQ\/20\d\d\/[0-9A-Z]{3}\/501/);
  await row.getByRole('button', { name: 'Numbers given' }).press('Enter');
  const given = page.getByRole('region', { name: 'Numbers given to orders' });
  await given.getByRole('button', { name: /^AQ\/20\d\d\/[0-9A-Z]{3}\/500$/ }).press('Enter');
  await expect(page.getByTestId('order-page')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^AQ\/20\d\d\/[0-9A-Z]{3}\/500$/);
});

test('one device is named that gives the numbers of invoices, and a form without a device goes with it', async ({
  page,
  workbench,
}) => {
  await openDesk(workbench);
  // Another device named one that was never met here.
  const issuer = '0195f000-0000-7000-8000-00000000beef';
  const values = { key: 'numbers.invoices', value: JSON.stringify({ format: '{yyyy}/{counter}', start: 1, issuer }) };
  await workbench.call('records.apply', {
    label: 'Fill',
    patches: [{ kind: 'insert', table: 'settings', id: uuidv7(), values }],
  });
  await page.keyboard.press('Control+,');
  await page.getByRole('button', { name: 'Numbers', exact: true }).press('Enter');
  const row = page.getByRole('row', { name: 'Invoices' });
  const form = page.getByRole('textbox', { name: 'Form of the numbers of invoices' });
  const by = page.getByRole('combobox', { name: 'Who gives the numbers of invoices' });
  await expect(page.getByRole('combobox', { name: 'Who gives the numbers of orders' })).toHaveCount(0);
  await expect(by).toHaveValue(issuer);
  await expect(row.getByRole('note')).toContainText('a device that has not been met here');

  await by.selectOption({ label: 'Each device, its own' });
  await expect(form).toHaveValue('{yyyy}/{device}-{counter}');
  await expect(row.getByRole('note')).toHaveCount(0);
  await expect(by.getByRole('option')).toHaveText(['Each device, its own', /^This device \([0-9A-Z]{3}\)$/]);
  await by.selectOption({ index: 1 });
  await expect(form).toHaveValue('{yyyy}/{counter}');
  await expect(row).toContainText(/20\d\d\/0001/);
  await form.fill('{letter}{yy}-{device}-{counter}');
  await form.press('Enter');
  await expect(row.getByRole('alert')).toContainText('leave {device} out');
  await form.fill('{yyyy}-{counter}');
  await form.press('Enter');
  await expect(row).toContainText(/20\d\d-0001/);
});

test('what is ready to post is posted from Invoices in one step, with its number beside the own one', async ({
  page,
  workbench,
}) => {
  test.slow();
  const { accounts, products } = await openDesk(workbench);
  await confirmedOrder(workbench, accounts[0] ?? '', products[0] ?? '');
  const { rows } = (await workbench.call('records.lookup', { table: 'orders', text: 'O', limit: 5 })) as {
    rows: { id: string }[];
  };
  const order = rows[0]?.id ?? '';
  const { today } = (await workbench.call('app.info', {})) as { today: string };
  for (const kind of ['shipped', 'delivered']) await workbench.call('orders.fulfil', { id: order, kind, on: today });
  const { id } = (await workbench.call('orders.bill', { id: order })) as { id: string };
  const { devices } = (await workbench.call('numbers.list', {})) as { devices: { id: string }[] };
  const named = { table: 'invoices', format: 'R{yyyy}-{counter}', start: 1, issuer: devices[0]?.id };
  await workbench.call('numbers.set', named);

  await toInvoices(page);
  await goTo(page, id, 'account_id');
  await page.keyboard.press('Alt+Enter');
  await expect(page.getByRole('button', { name: /^Issue invoice/ })).toBeVisible();
  await run(page, 'Ready to post');
  await expect(page.getByText('Ready to post: it waits for its number.')).toBeVisible();
  await toInvoices(page);
  const notice = page.getByRole('region', { name: 'Ready to post' });
  await expect(notice).toContainText('1 document waits for a legal number here.');
  await run(page, 'Post what waits');
  await expect(page.getByText(/Posted as R20\d\d-0001\./)).toBeVisible();
  await expect(notice).toHaveCount(0);
});
