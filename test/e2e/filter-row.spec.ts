/** The filter's boxes under the headers by keyboard alone: one filter, three ways to write it. */
import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { checkAxe } from './axe.ts';
import { cell, focused, focusedField, goTo, openDesk, saved } from './desk.ts';
import { inLines, keysOn, newOrder, typeLines } from './keys.ts';

const box = (page: Page, label: string) => page.getByRole('combobox', { name: `Filter ${label}`, exact: true });
const rows = (page: Page) => page.locator('.view.on .n');

const press = async (page: Page, ...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};

test('a box filters its column, says what the text says, and goes back to the rows', async ({ page, workbench, host }) => {
  const [first = ''] = (await openDesk(workbench)).accounts;
  await goTo(page, first, 'name');
  await press(page, 'Control+Shift+L');
  await expect(box(page, 'Name')).toBeFocused();
  await page.keyboard.type('kest');
  await expect(rows(page)).toHaveText('1');
  if (host === 'chromium') await checkAxe(page, 'the boxes');
  await press(page, 'Enter');
  await expect(focused(page)).toHaveText('Kestrel Parts');
  await expect(page.locator('.fchip')).toHaveText('name:kest');
  await press(page, 'Control+L', 'Control+A');
  await page.keyboard.type('name:rook');
  await press(page, 'Enter');
  await expect(focused(page)).toHaveText('Rookery Inns');
  await press(page, 'Control+Shift+L');
  await expect(box(page, 'Name')).toBeFocused();
  await expect(box(page, 'Name')).toHaveValue('rook');
  await press(page, 'Escape');
  await expect(box(page, 'Name')).toHaveValue('');
  await expect(rows(page)).toHaveText('3');
  await press(page, 'Escape');
  expect(await focusedField(page)).toBe('name');
  await press(page, 'Control+Shift+L', 'Control+Shift+L');
  await expect(page.locator('.col-filter')).toHaveCount(0);
});

test('Tab goes along the boxes, values are offered, what cannot be read stays and is explained', async ({
  page,
  workbench,
  host,
}) => {
  const [first = ''] = (await openDesk(workbench)).accounts;
  await goTo(page, first, 'code');
  await press(page, 'Control+Shift+L');
  await expect(box(page, 'Code')).toBeFocused();
  await press(page, 'Tab');
  await expect(box(page, 'Name')).toBeFocused();
  await press(page, 'Alt+ArrowDown');
  await expect(page.getByRole('option')).toHaveText(['Harbour Foods', 'Kestrel Parts', 'Rookery Inns']);
  if (host === 'chromium') await checkAxe(page, 'values to choose from');
  await press(page, 'ArrowDown', 'Enter');
  await expect(box(page, 'Name')).toHaveValue('"Kestrel Parts"');
  await expect(rows(page)).toHaveText('1');
  await press(page, 'Tab');
  await expect(box(page, 'Status')).toBeFocused();
  await page.keyboard.type('bogus');
  await expect(box(page, 'Status')).toHaveAttribute('aria-invalid', 'true');
  await expect(rows(page)).toHaveText('1');
  await press(page, 'Shift+Tab');
  await expect(box(page, 'Name')).toBeFocused();
  await expect(box(page, 'Status')).toHaveValue('bogus');
  await press(page, 'ArrowDown');
  await expect(focused(page)).toHaveText('Kestrel Parts');
});

test('the lines of an order have the same boxes: the rest steps aside, the ghost stays, and all come back with them', async ({
  page,
  workbench,
  host,
}) => {
  test.slow();
  await openDesk(workbench);
  const keyboard = keysOn(page);
  await newOrder(page, keyboard.press);
  await keyboard.type('harb');
  await press(page, 'Enter');
  await keyboard.type('HF-582');
  await press(page, 'Enter');
  await inLines(page);
  await typeLines(keyboard, [
    ['1001', '12'],
    ['1002', '24'],
    ['1003', '6o'],
  ]);
  await saved(page);
  const skus = page.locator('.ag-cell[col-id="product_id"]');
  await press(page, 'Control+Home');
  while ((await focusedField(page)) !== 'qty') await press(page, 'ArrowRight');
  await press(page, 'Control+Shift+L');
  await expect(box(page, 'Qty')).toBeFocused();
  await page.keyboard.type('>20');
  await expect(page.locator('.status')).toContainText('1 of 3 lines');
  await expect(skus).toHaveText([/1002/, /Type a SKU/, /Totals of all/]);
  if (host === 'chromium') await checkAxe(page, 'the boxes over lines');
  await press(page, 'Enter');
  await expect(focused(page)).toHaveText('24');
  await page.keyboard.type('2');
  await press(page, 'Enter');
  await saved(page);
  await expect(page.locator('.status')).toContainText('until Re-apply');
  await expect(skus.first()).toContainText('1002');
  await press(page, 'F8');
  await expect(page.locator('.status')).not.toContainText('of 3 lines');
  await expect(focused(page)).toContainText('6o');
  await press(page, 'Control+Shift+L');
  await expect(box(page, 'Qty')).toBeFocused();
  await page.keyboard.type('>10');
  await expect(page.locator('.status')).toContainText('1 of 3 lines');
  await press(page, 'Control+Shift+L');
  await expect(page.locator('.col-filter')).toHaveCount(0);
  await expect(page.locator('.status')).not.toContainText('of 3 lines');
  await expect(cell(page, (await skus.nth(1).getAttribute('data-testid'))?.split(':')[1] ?? '', 'product_id')).toBeVisible();
});
