/** What a grid tells assistive technology: names, counts, what is selected, bad and locked, and what is said when. */
import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { cell, focused, goTo, openDesk, saved } from './desk.ts';
import { inLines, keysOn, newOrder } from './keys.ts';

const said = (page: Page) => page.getByTestId('announced');
const grid = (page: Page) => page.getByRole('grid');

test('a grid has a name, a way out, counts, and says of its cells what they are', async ({ page, workbench }) => {
  const [first = '', second = ''] = (await openDesk(workbench)).accounts;
  await expect(grid(page)).toHaveAccessibleName('Accounts: All');
  await expect(grid(page)).toHaveAccessibleDescription('F6 leaves the grid.');
  await expect(grid(page)).toHaveAttribute('aria-multiselectable', 'true');
  // Three rows and the headers.
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '4');
  await expect(page.locator(`.ag-row[row-id="${second}"]`).first()).toHaveAttribute('aria-rowindex', '3');
  await expect(page.getByRole('columnheader', { name: 'Name', exact: true })).toHaveAttribute('aria-sort', 'ascending');

  await goTo(page, first, 'renewal_on');
  await page.keyboard.type('someday');
  await expect(page.getByRole('textbox', { name: 'Renewal' })).toBeFocused();
  await page.keyboard.press('Enter');
  const bad = cell(page, first, 'renewal_on');
  await expect(bad).toHaveAttribute('aria-invalid', 'true');
  await expect(bad).toHaveAccessibleName(/^someday ?, needs attention: “someday” is not a date/);
  await goTo(page, first, 'renewal_on');
  await page.keyboard.type('2027-03-01');
  await page.keyboard.press('Enter');
  await expect(bad).not.toHaveAttribute('aria-invalid', 'true');

  await goTo(page, first, 'code');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(cell(page, second, 'code')).toHaveAttribute('aria-selected', 'true');
  await expect(page.locator('[aria-selected="true"]')).toHaveCount(2);
  await page.keyboard.press('Escape');
  await expect(page.locator('[aria-selected="true"]')).toHaveCount(0);

  // The boxes of the filter are a row of their own.
  await page.keyboard.press('Control+Shift+L');
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '5');
  await expect(page.locator(`.ag-row[row-id="${second}"]`).first()).toHaveAttribute('aria-rowindex', '4');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Shift+L');
  await page.keyboard.press('Control+Shift+L');
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '4');
  await expect(page.locator(`.ag-row[row-id="${second}"]`).first()).toHaveAttribute('aria-rowindex', '3');
});

test('there is one live region on every face of the window', async ({ page, workbench }) => {
  const voices = page.locator('[aria-live]:not([aria-live="off"]), output, [role="status"]');
  await expect(voices).toHaveCount(1);
  await openDesk(workbench);
  await page.keyboard.press('Control+,');
  await page.getByRole('button', { name: 'Data', exact: true }).press('Enter');
  await page.getByRole('button', { name: 'Check the file' }).press('Enter');
  await expect(said(page)).toHaveText('The file is sound.');
  await expect(voices).toHaveCount(1);
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: 'Import' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Import', level: 1 })).toBeVisible();
  await expect(voices).toHaveCount(1);
});

test('one polite voice says selections, sorts, filters, what was done and undone, once each', async ({ page, workbench }) => {
  const [first = ''] = (await openDesk(workbench)).accounts;
  await expect(page.locator('[aria-live]:not([aria-live="off"]), output, [role="status"]')).toHaveCount(1);
  await goTo(page, first, 'code');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowRight');
  await expect(said(page)).toHaveText('2 rows by 2 columns selected.');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+L');
  await page.keyboard.type('kest');
  await page.keyboard.press('Enter');
  await expect(said(page)).toHaveText('1 of 3 accounts.');
  await page.keyboard.press('Control+L');
  await page.keyboard.press('Escape');
  await expect(said(page)).toHaveText('3 accounts.');
  await goTo(page, first, 'city');
  await page.keyboard.type('Hull');
  await page.keyboard.press('Enter');
  await saved(page);
  await page.keyboard.press('Control+Z');
  await expect(said(page)).toHaveText(/^Undid: /);
  await page.keyboard.press('Control+F');
  await page.keyboard.type('leith');
  await expect(said(page)).toHaveText('1 of 3.');
});

test('the line that is not there yet says so', async ({ page, workbench }) => {
  await openDesk(workbench);
  const { press, type } = keysOn(page);
  await newOrder(page, press);
  await type('harb');
  await press('Enter');
  await type('HF-582');
  await press('Enter');
  await inLines(page);
  await expect(grid(page)).toHaveAccessibleName(/lines/i);
  await expect(page.getByRole('row', { name: /^New line/ })).toBeVisible();
  await expect(focused(page)).toHaveText('Type a SKU');
});
