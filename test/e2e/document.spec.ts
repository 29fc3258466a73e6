/** An order as a PDF by keyboard, from its page and from its row in the list; and the way to what keeps it from being made. */
import fs from 'node:fs';
import path from 'node:path';
import { uuidv7 } from 'uuidv7';
import { readPdf } from '../documents/read.ts';
import type { Workbench } from './app.ts';
import { expect, test } from './app.ts';
import { exportsOf, focusedField, openDesk } from './desk.ts';

/** An order of one line, in the list of orders, its row in focus. */
const openOrder = async (workbench: Workbench, qty: unknown): Promise<string> => {
  const { accounts, products } = await openDesk(workbench);
  const order = uuidv7();
  const line = { order_id: order, position: 1, product_id: products[0], qty, price: 8_500_000 };
  const patches = [
    { kind: 'insert', table: 'orders', id: order, values: { account_id: accounts[0], currency: 'GBP' } },
    { kind: 'insert', table: 'order_lines', id: uuidv7(), values: line },
  ];
  await workbench.call('records.apply', { patches, label: 'Order' });
  await workbench.page.keyboard.press('Control+4');
  await workbench.page.getByRole('gridcell', { name: 'Harbour Foods' }).first().click();
  return order;
};

const readOnly = (folder: string) => {
  const [name = '', ...others] = fs.readdirSync(folder);
  expect(others).toEqual([]);
  const bytes = fs.readFileSync(path.join(folder, name));
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
  return { name, bytes };
};

test('Mod+P on the page of an order writes a PDF with its number', async ({ workbench, page }) => {
  const order = await openOrder(workbench, 12_000_000);
  const folder = await exportsOf(workbench, 'order.pdf');
  await page.keyboard.press('Alt+Enter');
  await expect(page.getByTestId('order-page')).toBeVisible();
  await workbench.call('orders.confirm', { id: order });
  const heading = page.getByRole('heading', { level: 1 });
  await expect(heading).toHaveText(/^O\d\d-/);
  await page.keyboard.press('Control+P');
  await expect(page.locator('.toast')).toContainText('One page written to');
  const { name, bytes } = readOnly(folder);
  const { text } = await readPdf(bytes);
  expect(text).toContain(`Order no. ${await heading.innerText()}`);
  expect(text).toContain('Total 102.00');
  if (workbench.electron !== null) return expect(page.getByRole('button', { name: 'Show in folder' })).toBeVisible();
  const fetched = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).press('Enter');
  expect(fs.readFileSync(await (await fetched).path())).toEqual(fs.readFileSync(path.join(folder, name)));
  return undefined;
});

test('Mod+P on a row of the list makes its order into a PDF, a draft as such', async ({ workbench, page }) => {
  await openOrder(workbench, 12_000_000);
  const folder = await exportsOf(workbench, 'order.pdf');
  await page.keyboard.press('Control+P');
  await expect(page.locator('.toast')).toContainText('One page written to');
  expect((await readPdf(readOnly(folder).bytes)).text).toContain('DRAFT');
});

test('a cell with an error keeps the PDF from being made, and is one key away', async ({ workbench, page }) => {
  await openOrder(workbench, { '!': ['a dozen', 'NUM_PARSE'] });
  const folder = await exportsOf(workbench, 'order.pdf');
  await page.keyboard.press('Control+P');
  await expect(page.locator('.toast')).toContainText('No document was made. Line 1: “a dozen” is not a number.');
  await page.keyboard.press('Alt+Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/Harbour Foods/);
  await expect(page.getByTestId('order-page')).toBeVisible();
  await page.keyboard.press('Control+P');
  await expect(page.getByRole('alert')).toContainText('No document was made. One thing is in the way');
  await page.getByRole('button', { name: /a dozen/ }).press('Enter');
  await expect.poll(() => focusedField(page)).toContain('qty');
  expect(fs.readdirSync(folder)).toEqual([]);
});
