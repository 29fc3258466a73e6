/** What is offered and counted after an import: Undo while it would take back this import, and what became of it after. */
import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { openDesk } from './desk.ts';
import { count, next, openImport, tab, toCheck, writeBeside } from './importing.ts';

const came = (page: Page) => page.getByRole('region', { name: 'What came' });
const button = (page: Page, name: string) => came(page).getByRole('button', { name });
const onRail = (page: Page, screen: string) =>
  page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: screen });

test('Undo is offered while it takes back this import; counts follow; what became of it is said', async ({ workbench, page }) => {
  const { accounts } = await openDesk(workbench);
  const file = writeBeside(workbench, 'new.csv', 'Customer ID,Company Name,Credit limit\n1,Able,1500\n2,Baker,lots\n');
  await openImport(page);
  await toCheck(page, file);
  await expect(tab(page, 'Errors')).toContainText('1');
  await next(page);
  await expect(page.getByRole('button', { name: 'Apply 2 rows' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(came(page)).toContainText('2 rows imported as one step');
  await expect(onRail(page, 'Accounts')).toContainText('5');
  await expect(page.getByText('1 to fix')).toBeVisible();

  await button(page, 'Undo').press('Enter');
  await expect(came(page)).toContainText('The import of 2 rows was taken back');
  await expect(button(page, 'Undo')).toHaveCount(0);
  await expect(button(page, 'Show the accounts')).toHaveCount(0);
  await expect(button(page, 'Next file')).toBeFocused();
  await expect(page.getByText('to fix')).toHaveCount(0);
  await expect(onRail(page, 'Accounts')).toContainText('3');

  await button(page, 'Do it again').press('Enter');
  await expect(came(page)).toContainText('2 rows imported as one step');
  await expect(page.getByText('1 to fix')).toBeVisible();
  await expect(button(page, 'Undo')).toBeVisible();

  // Something else is done since: the import is no longer what Undo would take back.
  const patch = { kind: 'update', table: 'accounts', id: accounts[0], values: { city: 'Hull' } };
  await workbench.call('records.apply', { patches: [patch], label: 'Edit City' });
  await expect(came(page)).toContainText('Something was done since: “Edit City”');
  await expect(button(page, 'Undo')).toHaveCount(0);
  await page.keyboard.press('Control+Z');
  await expect(came(page)).not.toContainText('Something was done since');
  expect(await count(workbench, 'accounts')).toBe(5);
  await page.keyboard.press('Control+Z');
  await expect(came(page)).toContainText('was taken back');
  expect(await count(workbench, 'accounts')).toBe(3);

  // Its rows are still on the desk.
  await button(page, 'Back to the rows').press('Enter');
  await expect(tab(page, 'Errors')).toContainText('1');
  await next(page);
  await page.getByRole('button', { name: 'Apply 2 rows' }).press('Enter');
  await expect(came(page)).toContainText('2 rows imported as one step');
});
