/** A file comes in by keyboard: headers read, checked without writing, imported as one step, taken back by one undo. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from './app.ts';

test('a CSV file without a recipe is met by its headers, checked, imported and undone', async ({ page, workbench }) => {
  const file = path.join(path.dirname(workbench.db), 'customers.csv');
  fs.writeFileSync(
    file,
    'Customer ID,Company Name,City,Loading bay\r\n00421,Harbour Foods,Leith,4\r\n00388,Calder Bakehouse,Hull,\r\n',
  );
  await page.keyboard.press('Alt+2');
  await expect(page.getByRole('textbox', { name: 'Name', exact: true }).last()).toBeFocused();
  await page.keyboard.type('Marta Ellery');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Import' })).toBeVisible();
  await expect(page.getByLabel('File or folder')).toBeFocused();

  await page.keyboard.type(file);
  const check = page.getByRole('button', { name: 'Check' });
  await expect(check).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('button', { name: 'Read headers' }).press('Enter');
  await expect(page.getByText('In use: customers.csv')).toBeVisible();
  await check.press('Enter');
  await expect(page.getByText('Checked 2 rows. Nothing has been written.')).toBeVisible();
  await expect(page.getByRole('region', { name: 'customers.csv' })).toContainText('2 new');
  expect(JSON.parse(await workbench.cli('call', 'app.info'))).toMatchObject({ counts: { accounts: 0 } });

  await page.getByRole('button', { name: 'Import', exact: true }).last().press('Enter');
  await expect(page.getByText('Imported 2 rows as one step.')).toBeVisible();
  expect(JSON.parse(await workbench.cli('call', 'app.info'))).toMatchObject({ counts: { accounts: 2 } });
  await page.keyboard.press('Control+2');
  await expect(page.getByRole('gridcell', { name: 'Harbour Foods' })).toBeVisible();

  await page.keyboard.press('Control+Z');
  await expect(page.locator('.toast')).toContainText('Undid');
  await expect
    .poll(async () => (JSON.parse(await workbench.cli('call', 'app.info')) as { counts: { accounts: number } }).counts.accounts)
    .toBe(0);
});

test('a file that is not there is said in plain words, and the path stays', async ({ page }) => {
  await page.keyboard.press('Alt+2');
  await page.keyboard.type('Marta Ellery');
  await page.keyboard.press('Enter');
  const field = page.getByLabel('File or folder');
  await expect(field).toBeFocused();
  await page.keyboard.type('/nowhere/at/all.csv');
  await page.getByRole('button', { name: 'Read headers' }).press('Enter');
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(field).toHaveValue('/nowhere/at/all.csv');
});
