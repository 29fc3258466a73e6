/** Rows that are wrong are mended: here, in what was pasted, or in the file they went out in, which then comes in again. */
import fs from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { Workbench } from './app.ts';
import { expect, test } from './app.ts';
import { focused, openDesk } from './desk.ts';
import { mendOnly, next, openImport, paste, step, tab, toCheck, writeBeside } from './importing.ts';

const came = (page: Page) => page.getByRole('region', { name: 'What came' });
const apply = (page: Page, rows: string) => page.getByRole('button', { name: `Apply ${rows}`, exact: false });

const limits = async (workbench: Workbench): Promise<unknown> =>
  JSON.parse(
    await workbench.cli('query', `SELECT name, credit_limit AS n FROM v_accounts WHERE code < '9' ORDER BY code`, '--json'),
  );

test('rows with errors go out, are mended in their file and come in again', async ({ workbench, page }) => {
  test.slow();
  const folder = path.dirname(workbench.db);
  await openDesk(workbench);
  await workbench.electron?.evaluate(
    ({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    },
    path.join(folder, 'to fix.csv'),
  );
  const head = 'Customer ID,Company Name,Credit limit,Loading bay';
  const file = writeBeside(
    workbench,
    'new.csv',
    `${head}\n1,Able,1500,Gate 4\n2,Baker,lots,Gate 5\n3,Charlie,20,"Gate 6, rear"\n`,
  );
  await openImport(page);
  await toCheck(page, file);
  await expect(tab(page, 'Errors')).toContainText('1');
  await next(page);
  await expect(apply(page, '3 rows')).toBeFocused();
  await page.getByRole('radio', { name: 'Leave them out and write them to a file' }).check();
  const before = page.getByRole('region', { name: 'Before it is written' });
  await expect(before).toContainText('2 rows will be written as one step');
  await expect(before).toContainText('1 row left out for errors');
  await apply(page, '2 rows').press('Enter');
  await expect(came(page)).toContainText('2 rows imported as one step');
  await expect(came(page)).toContainText('1 row left out for errors');
  const rest = (await came(page).locator('.path b').textContent()) ?? '';

  const text = fs.readFileSync(rest, 'utf8');
  expect(text).toMatch(/2,Baker,lots,Gate 5,.*not a number/);
  fs.writeFileSync(rest, text.replace('lots', '2500'));
  await page.getByRole('button', { name: 'Next file' }).press('Enter');
  await page.keyboard.type(rest);
  await page.keyboard.press('Enter');
  await expect(step(page)).toContainText('Map columns');
  // The reason is ours, and goes nowhere.
  await expect(page.getByRole('combobox', { name: /^Reason .* goes to/ })).toHaveValue('Ignore');
  await next(page);
  await expect(tab(page, 'New')).toContainText('1');
  await expect(tab(page, 'Errors')).toContainText('0');
  await next(page);
  await apply(page, '1 row').press('Enter');
  await expect(came(page)).toContainText('1 row imported as one step');
  expect(await limits(workbench)).toEqual([
    { name: 'Able', n: 1500 },
    { name: 'Baker', n: 2500 },
    { name: 'Charlie', n: 20 },
  ]);
});

test('a pasted table is mended where it is wrong, seen beside what was pasted, and applied', async ({ workbench, page }) => {
  await openDesk(workbench);
  await openImport(page);
  await paste(page, 'Customer ID\tCompany Name\tCredit limit\n1\tAble\t1500\n2\tBaker\tlots\n');
  await expect(page.getByRole('button', { name: /^Check every row/ })).toBeFocused();
  await next(page);
  await mendOnly(page, 'lots', '2500');
  await page.keyboard.press('ArrowUp');
  await expect(focused(page)).toContainText('1500');
  await page.keyboard.press('ArrowDown');
  await expect(focused(page)).toContainText('2500');
  const asRead = page.getByRole('region', { name: 'As read', exact: true });
  await expect(asRead).toContainText('2 ⇥ Baker ⇥ lots');
  await expect(asRead).toContainText('1 cell mended here since');
  await next(page);
  await apply(page, '2 rows').press('Enter');
  await expect(came(page)).toContainText('2 rows imported as one step');
  expect(await limits(workbench)).toEqual([
    { name: 'Able', n: 1500 },
    { name: 'Baker', n: 2500 },
  ]);
});
