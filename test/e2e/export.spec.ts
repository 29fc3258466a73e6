/** Workbooks out, by keyboard: what is asked, where the file is, what happens when it is open in Excel. */
import fs from 'node:fs';
import path from 'node:path';
import { uuidv7 } from 'uuidv7';
import { readCells, readParts } from '../export/parts.ts';
import { expect, test } from './app.ts';
import { exportsOf, openDesk } from './desk.ts';

test('the lines of an order as a workbook: typed cells and a total, then the file itself', async ({ workbench, page }) => {
  const { accounts, products } = await openDesk(workbench);
  const folder = await exportsOf(workbench, 'lines.xlsx');
  const order = uuidv7();
  const line = (position: number, qty: number) => ({
    kind: 'insert',
    table: 'order_lines',
    id: uuidv7(),
    values: { order_id: order, position, product_id: products[position - 1], qty: qty * 1_000_000, price: 8_500_000 },
  });
  const head = { kind: 'insert', table: 'orders', id: order, values: { account_id: accounts[0], currency: 'GBP' } };
  await workbench.call('records.apply', { patches: [head, line(1, 12), line(2, 3)], label: 'Order' });
  await page.keyboard.press('Control+4');
  await page.getByRole('gridcell', { name: 'Harbour Foods' }).first().click();
  await page.keyboard.press('Alt+Enter');
  await expect(page.getByTestId('order-page')).toBeVisible();
  await expect(page.getByRole('gridcell', { name: '1002', exact: true })).toBeVisible();

  await page.keyboard.press('Control+E');
  const asks = page.getByRole('dialog', { name: 'Export order lines' });
  await expect(asks.getByLabel('Rows')).toHaveText(/All 2 order lines/);
  await expect(asks.getByLabel('File')).toHaveCount(workbench.electron === null ? 1 : 0);
  await page.keyboard.press('Enter');
  await expect(page.locator('.toast')).toContainText('2 order lines written to');
  const [name = ''] = fs.readdirSync(folder);
  const cells = readCells(readParts(path.join(folder, name)));
  expect(['B1', 'B2', 'B3', 'B4'].map((place) => cells.get(place)?.value)).toEqual(['SKU', '1001', '1002', '']);
  expect([...cells.values()].filter(({ type }) => type === 'formula').map(({ value }) => value)).toEqual([
    expect.stringMatching(/^SUBTOTAL\(109,\w2:\w3\) = 15$/),
    expect.stringMatching(/^SUBTOTAL\(109,\w2:\w3\) = 127\.5$/),
    // Open and shipped.
    expect.stringMatching(/ = 15$/),
    expect.stringMatching(/ = 0$/),
  ]);
  if (workbench.electron !== null) return expect(page.getByRole('button', { name: 'Show in folder' })).toBeVisible();
  const fetched = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).press('Enter');
  const download = await fetched;
  expect(download.suggestedFilename()).toBe(name);
  expect(fs.readFileSync(await download.path())).toEqual(fs.readFileSync(path.join(folder, name)));
  return undefined;
});

test('a workbook that is open in Excel is kept, and a copy is offered', async ({ workbench, page }) => {
  await openDesk(workbench);
  const folder = await exportsOf(workbench, 'report.xlsx');
  const report = path.join(folder, 'report.xlsx');
  fs.writeFileSync(report, 'last week');
  fs.writeFileSync(path.join(folder, '~$report.xlsx'), '');
  await page.keyboard.press('Control+E');
  const asks = page.getByRole('dialog', { name: 'Export accounts' });
  if (workbench.electron === null) await asks.getByLabel('File').fill(report);
  await asks.getByRole('button', { name: 'Export' }).press('Enter');
  const question = page.getByRole('dialog', { name: 'The file is open elsewhere' });
  await expect(question).toContainText('report.xlsx is open in another program');
  await question.getByRole('button', { name: 'Save a copy' }).press('Enter');
  await expect(page.locator('.toast')).toContainText('report 2.xlsx');
  expect(fs.readFileSync(report, 'utf8')).toBe('last week');
  expect(readCells(readParts(path.join(folder, 'report 2.xlsx'))).get('B2')?.value).toBe('Harbour Foods');
});
