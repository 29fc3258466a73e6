/** The brief of an account of the sample data, from its row. */
import { expect, test } from './app.ts';
import { focused } from './desk.ts';
import { shotSize, take } from './shots.ts';

test('Brief', async ({ page }) => {
  test.setTimeout(300_000);
  await page.setViewportSize(shotSize);
  await page.keyboard.press('Alt+1');
  await expect(page.getByText('Made up, and kept in a file of its own.')).toBeVisible({ timeout: 60_000 });
  await expect(focused(page)).toBeVisible();
  await page.keyboard.press('Control+2');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Accounts');
  await expect(focused(page)).toBeVisible();
  await page.keyboard.press('Alt+b');
  await expect(page.getByTestId('brief').locator('.brief-row').first()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await take(page, 'Brief');
  await page.getByLabel('Time looked at').selectOption('365');
  await take(page, 'Brief of a year');
});
