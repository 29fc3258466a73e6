/** Pictures of the import where something is long, empty, refused, under way or taken back: light and dark. */
import fs from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { Workbench } from './app.ts';
import { expect, test } from './app.ts';
import { focused, openDesk } from './desk.ts';
import { dropFiles, next, openImport, pathField, step, tab, writeBeside } from './importing.ts';
import { shotSize, take } from './shots.ts';
import { sheetOf, xlsxOf } from '../files/parts.ts';

const long =
  'An export of all customers with their limits, terms, loading bays and everything else (copy of the final one, 2).csv';

const begin = async ({ page, ...workbench }: Workbench): Promise<void> => {
  await openDesk({ page, ...workbench });
  await page.setViewportSize(shotSize);
  await openImport(page);
};

const open = async (page: Page, file: string): Promise<void> => {
  await pathField(page).fill(file);
  await page.keyboard.press('Enter');
  await expect(step(page)).toContainText('Map columns');
};

const check = async (page: Page): Promise<void> => {
  await next(page);
  await expect(focused(page)).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('Checking')).toHaveCount(0, { timeout: 30_000 });
};

test('files that are refused, that wait, and a workbook of several sheets', async ({ workbench, page }) => {
  test.setTimeout(300_000);
  await begin(workbench);
  await dropFiles(page, [
    { name: `Nothing in ${long}`, text: '' },
    { name: long, text: 'Customer ID,Company Name\n1,Able\n' },
    { name: 'south.csv', text: 'Customer ID,Company Name\n3,Charlie\n' },
  ]);
  await expect(page.getByRole('list', { name: 'Files on the desk' }).getByRole('alert')).toBeVisible();
  await take(page, 'Import state files');
  const file = path.join(path.dirname(workbench.db), 'book.xlsx');
  const sheets = { Clients: sheetOf(['Customer ID']), [long.slice(0, 31)]: sheetOf(['SKU']), Notes: sheetOf(['a']) };
  fs.writeFileSync(file, xlsxOf(sheets, { hidden: 'Notes' }));
  await pathField(page).fill(file);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Sheets' })).toBeVisible();
  await take(page, 'Import state sheets');
});

test('long names and texts, columns that go nowhere, a file that is gone', async ({ workbench, page }) => {
  test.setTimeout(300_000);
  await begin(workbench);
  const text = 'A note that goes on for much longer than any column of a grid is wide, and then some more';
  const head = `Customer ID,Company Name,${'Remarks of the person who was there last '.repeat(2)},,Credit limit`;
  const file = writeBeside(
    workbench,
    long,
    [head, `1,Able,${text},,1500`, `2,${text},${text},,lots`, `3,Charlie,,,${'9'.repeat(40)}`].join('\n'),
  );
  await open(page, file);
  await take(page, 'Import state long map');
  await check(page);
  await page.keyboard.press('F8');
  await expect(page.locator('.ag-cell.bad:focus')).toBeVisible();
  await take(page, 'Import state long check');
  await tab(page, 'Same').click();
  await take(page, 'Import state empty tab');
  await tab(page, 'All').click();
  await next(page);
  await page.getByRole('radio', { name: 'Leave them out and write them to a file' }).check();
  await take(page, 'Import state leave');
  await page.getByRole('button', { name: 'Apply 1 row', exact: false }).last().press('Enter');
  await expect(page.getByRole('region', { name: 'What came' })).toBeVisible();
  await take(page, 'Import state left');
  await page.keyboard.press('Control+Z');
  await expect(page.getByText('was taken back')).toBeVisible();
  await take(page, 'Import state taken back');
  fs.rmSync(file);
  await page.getByRole('button', { name: 'Back to the rows' }).press('Enter');
  await expect(page.getByRole('alert')).toBeVisible();
  await take(page, 'Import state gone');
});

test('nothing to write, and an import under way', async ({ workbench, page }) => {
  test.setTimeout(300_000);
  await begin(workbench);
  const rows = Array.from({ length: 20_000 }, (_, n) => `C${n},Customer ${n},Town ${n % 97}`);
  await open(page, writeBeside(workbench, 'many.csv', ['Customer ID,Company Name,City', ...rows].join('\n')));
  await check(page);
  await next(page);
  await page.getByRole('button', { name: 'Apply 20,000 rows' }).last().press('Enter');
  await expect(page.locator('.import-desk').getByRole('button', { name: 'Cancel' })).toBeFocused();
  await take(page, 'Import state applying');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Cancel the import' })).toBeFocused();
  await take(page, 'Import state asking');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Nothing of this import has been kept').first()).toBeVisible({ timeout: 30_000 });
  await take(page, 'Import state cancelled');
  await page.getByRole('button', { name: 'Another file' }).press('Enter');
  await open(page, writeBeside(workbench, 'same.csv', 'Customer ID,Company Name\nA1,Harbour Foods\n'));
  await check(page);
  await next(page);
  await expect(page.getByRole('region', { name: 'Before it is written' })).toBeVisible();
  await take(page, 'Import state nothing');
});
