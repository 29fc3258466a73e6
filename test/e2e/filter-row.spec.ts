/** The filter's boxes under the headers by keyboard alone: one filter, three ways to write it. */
import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { checkAxe } from './axe.ts';
import { focused, focusedField, goTo, openDesk } from './desk.ts';

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
