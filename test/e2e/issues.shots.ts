/** Pictures of the issues on the sample data: the register with the panel of one, and its page. */
import { expect, test } from './app.ts';
import { focused } from './desk.ts';
import { shotSize, take } from './shots.ts';

test('Issues', async ({ page }) => {
  test.setTimeout(300_000);
  await page.setViewportSize(shotSize);
  await page.keyboard.press('Alt+1');
  await expect(page.getByText('Made up, and kept in a file of its own.')).toBeVisible({ timeout: 60_000 });
  await expect(focused(page)).toBeVisible();
  await page.keyboard.press('Control+6');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Issues');
  await expect(focused(page)).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press(' ');
  await expect(page.getByRole('region', { name: 'Why this due time' })).toBeVisible();
  await take(page, 'Issues panel');
  await page.keyboard.press('Alt+Enter');
  await expect(page.getByTestId('issue-page')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Why this due time' })).toBeVisible();
  await take(page, 'Issue');
});
