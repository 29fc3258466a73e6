/** Files on the desk: those that are refused say why and keep nobody waiting; of several, one after another. */
import fs from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { openDesk } from './desk.ts';
import { sheetOf, xlsxOf } from '../files/parts.ts';
import { dropFiles, next, openImport, pathField, step, tab, writeBeside } from './importing.ts';

const onDesk = (page: Page) => page.getByRole('list', { name: 'Files on the desk' });
const goesOn = (page: Page) => page.locator('[data-goes-on]').getByRole('button');

test('a file that is refused has its reason and is not what Next goes on with', async ({ workbench, page }) => {
  await openDesk(workbench);
  await openImport(page);
  const picture = writeBeside(workbench, 'logo.png', '\u0089PNG\r\n\u001a\n\0\0\0\rIHDR');
  await page.keyboard.type(picture);
  await page.keyboard.press('Enter');
  await expect(onDesk(page).getByRole('alert')).toContainText('no text file');
  await expect(onDesk(page)).not.toContainText('goes on with it');
  await expect(goesOn(page)).toHaveAttribute('aria-disabled', 'true');
  await next(page);
  await expect(step(page)).toContainText('File');

  await onDesk(page).getByRole('button', { name: 'Remove' }).press('Enter');
  await expect(onDesk(page)).toHaveCount(0);
  await expect(pathField(page)).toBeFocused();
});

test('of several files one comes after the other, and one that is refused holds up none', async ({ workbench, page }) => {
  await openDesk(workbench);
  await openImport(page);
  await dropFiles(page, [
    { name: 'notes.csv', text: '' },
    { name: 'north.csv', text: 'Customer ID,Company Name\n1,Able\n2,Baker\n' },
    { name: 'south.csv', text: 'Customer ID,Company Name\n3,Charlie\n' },
  ]);
  await expect(onDesk(page).getByRole('alert')).toContainText('empty');
  await expect(onDesk(page)).toContainText('south.csv waits for its turn');
  await next(page);
  await expect(page.locator('.steps')).toContainText('north.csv');
  await expect(step(page)).toContainText('Map columns');
  await next(page);
  await expect(tab(page, 'New')).toContainText('2');
  await next(page);
  await page.getByRole('button', { name: 'Apply 2 rows' }).press('Enter');
  await page.getByRole('button', { name: 'Next file: south.csv' }).press('Enter');
  await expect(page.locator('.steps')).toContainText('south.csv');
  await expect(step(page)).toContainText('Map columns');
  await next(page);
  await expect(tab(page, 'New')).toContainText('1');
  await next(page);
  await page.getByRole('button', { name: 'Apply 1 row' }).press('Enter');
  await page.getByRole('button', { name: 'Next file' }).press('Enter');
  await expect(pathField(page)).toBeFocused();
  await expect(onDesk(page)).toContainText('notes.csv');
});

test('a recipe does not take a file that is not there for a folder', async ({ workbench, page }) => {
  await openDesk(workbench);
  await openImport(page);
  const recipe = {
    v: 1,
    name: 'Customers',
    files: [{ pattern: '*', table: 'accounts', system: 'x', key: ['Code'], columns: { Code: { field: 'code' } } }],
  };
  await page.getByLabel('Recipe file').setInputFiles({
    name: 'customers.recipe.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(recipe)),
  });
  await expect(page.getByText('In use: Customers')).toBeVisible();
  await pathField(page).fill('/nowhere/at/all.csv');
  await page.keyboard.press('Enter');
  await expect(onDesk(page).getByRole('alert')).toContainText('no file or folder');
  await expect(step(page)).toContainText('File');
});

test('of a workbook with several sheets one is chosen, and can be another later', async ({ workbench, page }) => {
  await openDesk(workbench);
  const file = path.join(path.dirname(workbench.db), 'book.xlsx');
  const clients = sheetOf(['Customer ID', 'Company Name', 'City'], ['1', 'Able', 'Leith'], ['2', 'Baker', 'Hull']);
  const items = sheetOf(['SKU', 'Product name', 'Unit'], ['9001', 'Crate', 'EA']);
  fs.writeFileSync(file, xlsxOf({ Clients: clients, Items: items, Notes: sheetOf(['a']) }, { hidden: 'Notes' }));
  await openImport(page);
  await page.keyboard.type(file);
  await page.keyboard.press('Enter');
  const sheets = page.getByRole('region', { name: 'Sheets' });
  await expect(sheets).toContainText('book.xlsx has several sheets');
  await expect(sheets.getByRole('button', { name: /^Clients 3 rows/ })).toBeFocused();
  await expect(sheets.getByRole('button', { name: /^Notes 1 row, hidden/ })).toBeVisible();
  await expect(goesOn(page)).toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');

  await expect(step(page)).toContainText('Map columns');
  const card = page.getByRole('article', { name: 'Sheet' });
  await expect(card).toContainText('Items');
  await expect(page.getByLabel('Rows are', { exact: true })).toHaveValue('products');
  await page.keyboard.press('Alt+2');
  await expect(card.getByRole('combobox')).toBeFocused();
  await card.getByRole('combobox').selectOption('Clients');
  await expect(page.getByLabel('Rows are', { exact: true })).toHaveValue('accounts');
  await page.keyboard.press('Escape');
  await expect(card).toContainText('Clients');
  await expect(goesOn(page)).not.toHaveAttribute('aria-disabled', 'true');
  await next(page);
  await expect(tab(page, 'New')).toContainText('2');
  await next(page);
  await page.getByRole('button', { name: 'Apply 2 rows' }).press('Enter');
  await expect(page.getByRole('region', { name: 'What came' })).toContainText('2 rows imported as one step');
  const names = await workbench.cli('query', `SELECT name FROM v_accounts WHERE code IN ('1', '2') ORDER BY code`, '--json');
  expect(JSON.parse(names)).toEqual([{ name: 'Able' }, { name: 'Baker' }]);
});
