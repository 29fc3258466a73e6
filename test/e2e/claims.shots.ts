/** Pictures of the claims and returns on the sample data: the register with the panel of one, and its page. */
import { expect, test } from './app.ts';
import { focused } from './desk.ts';
import { shotSize, take } from './shots.ts';

const kinds = [
  { name: 'Claims', one: 'Claim', page: 'claim-page', part: 'Deadlines' },
  { name: 'Returns', one: 'Return', page: 'return-page', part: 'Credit' },
];

for (const { name, one, page: place, part } of kinds)
  test(name, async ({ page }) => {
    test.setTimeout(300_000);
    await page.setViewportSize(shotSize);
    await page.keyboard.press('Alt+1');
    await expect(page.getByText('Made up, and kept in a file of its own.')).toBeVisible({ timeout: 60_000 });
    await expect(focused(page)).toBeVisible();
    await page
      .getByRole('link', { name: new RegExp(name) })
      .or(page.getByRole('button', { name: new RegExp(name) }))
      .first()
      .click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
    await page.locator('[data-testid$=":number"].ag-cell').nth(1).click();
    await expect(focused(page)).toBeVisible();
    await page.keyboard.press(' ');
    await expect(page.getByRole('region', { name: part })).toBeVisible();
    await take(page, `${name} panel`);
    await page.keyboard.press('Alt+Enter');
    await expect(page.getByTestId(place)).toBeVisible();
    await expect(page.getByRole('region', { name: part })).toBeVisible();
    await take(page, one);
  });
