/** Pictures of the claims on the sample data: the register with the panel of one, and its page. */
import { expect, test } from './app.ts';
import { focused } from './desk.ts';
import { shotSize, take } from './shots.ts';

test('Claims', async ({ page }) => {
  test.setTimeout(300_000);
  await page.setViewportSize(shotSize);
  await page.keyboard.press('Alt+1');
  await expect(page.getByText('Made up, and kept in a file of its own.')).toBeVisible({ timeout: 60_000 });
  await expect(focused(page)).toBeVisible();
  await page
    .getByRole('link', { name: /Claims/ })
    .or(page.getByRole('button', { name: /Claims/ }))
    .first()
    .click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Claims');
  await page.locator('[data-testid$=":number"].ag-cell').nth(1).click();
  await expect(focused(page)).toBeVisible();
  await page.keyboard.press(' ');
  await expect(page.getByRole('region', { name: 'Deadlines' })).toBeVisible();
  await take(page, 'Claims panel');
  await page.keyboard.press('Alt+Enter');
  await expect(page.getByTestId('claim-page')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Deadlines' })).toBeVisible();
  await take(page, 'Claim');
});
