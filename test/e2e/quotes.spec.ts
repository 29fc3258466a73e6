/** Quotes by keyboard: three lines, sent, revised, the revision sent, and an order made of it. No pointer is used. */
import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { focused, openDesk, saved } from './desk.ts';
import { inLines, keysOn, typeLines, watchInput } from './keys.ts';

const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const chip = (page: Page, text: string) => page.locator('.viewbar .chip', { hasText: text });

/** `Mod+Shift+N` `Q`, an account and a title, three lines. */
const newQuote = async (page: Page): Promise<void> => {
  const keys = keysOn(page);
  await keys.press('Control+Shift+N');
  await expect(page.getByRole('menuitem', { name: /New quote/ })).toBeVisible();
  await keys.press('q');
  await expect(page.locator('[data-field="account_id"] [role="combobox"]')).toBeFocused();
  await keys.type('harb');
  await keys.press('Enter');
  await keys.type('Crates');
  await keys.press('Enter');
  await inLines(page);
  await typeLines(keys, [
    ['1001', '12'],
    ['1002', '4'],
    ['1003', '10'],
  ]);
  await saved(page);
};

test('a quote is sent, revised, and becomes an order', async ({ page, workbench }) => {
  await openDesk(workbench);
  const input = await watchInput(page);
  const { press } = keysOn(page);
  await newQuote(page);
  await expect(page.getByTestId('quote-sums')).toContainText('221.00');
  await press('Control+Enter');
  await expect(chip(page, 'Sent')).toBeVisible();
  await expect(heading(page)).toContainText(/^Q\d\d-...-0001$/);

  await press('Control+Shift+R');
  await expect(heading(page)).toContainText(/^Q\d\d-...-0001\/R2$/);
  await expect(chip(page, 'Draft')).toBeVisible();
  await expect(page.getByTestId('quote-sums')).toContainText('221.00');
  await expect(focused(page)).toBeVisible();
  await press('Control+Enter');
  await expect(chip(page, 'Sent')).toBeVisible();

  const before = (await input()).keys;
  await press('Control+Shift+Enter');
  const sheet = page.getByRole('dialog', { name: 'Create order' });
  await expect(sheet.getByRole('row')).toHaveCount(4);
  await expect(sheet).toContainText('No price has changed since.');
  await expect(sheet.getByRole('button', { name: 'Create order' })).toBeFocused();
  await press('Enter');
  await expect(page.getByTestId('order-page')).toBeVisible();
  await expect(page.getByTestId('order-sums')).toContainText('221.00');
  const { keys, pointers } = await input();
  process.stdout.write(`UX 4, quote to order: ${keys - before} keys (target 4)\n`);
  expect(keys - before).toBeLessThanOrEqual(4);
  expect(pointers).toBe(0);
});
