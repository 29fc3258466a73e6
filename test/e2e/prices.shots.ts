/** Pictures of the prices on the sample data: a line explained, one set by hand, a draft priced again, the catalogue's registers. */
import { expect, runCli, test, waitUntilOpen } from './app.ts';
import { shotSize, take } from './shots.ts';

test('prices', async ({ launch }, testInfo) => {
  test.setTimeout(300_000);
  const db = testInfo.outputPath('sample.db');
  await runCli(db, ['sample', '--size', 's', '--seed', '1']);
  const { page } = await launch({ db });
  await page.setViewportSize(shotSize);
  await waitUntilOpen(page);
  await page.keyboard.press('Control+K');
  await expect(page.locator('.p-q')).toBeFocused();
  await page.keyboard.type('PO 4471');
  await expect(page.locator('.p-count')).toHaveText(/result/);
  await page.keyboard.press('Enter');
  const lines = page.getByTestId('order-page').locator('[role="gridcell"]');
  await expect(lines.first()).toBeVisible();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Shift+F1');
  const panel = page.getByRole('complementary', { name: 'Price' });
  await expect(panel.locator('.hash')).toBeVisible();
  await take(page, 'Price trace');
  await page.keyboard.press('Control+K');
  await expect(page.locator('.p-q')).toBeFocused();
  await page.keyboard.type('price again');
  await expect(page.getByRole('option', { name: /Price again/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Price again' }).getByRole('row').nth(1)).toBeVisible();
  await take(page, 'Price again');
});

test('the registers of prices', async ({ launch }, testInfo) => {
  test.setTimeout(300_000);
  const db = testInfo.outputPath('sample.db');
  await runCli(db, ['sample', '--size', 's', '--seed', '1']);
  const { page } = await launch({ db });
  await page.setViewportSize(shotSize);
  await waitUntilOpen(page);
  await page.keyboard.press('Control+8');
  for (const view of ['Units', 'Prices', 'Price lists', 'Contracts', 'Promotions', 'Exchange rates']) {
    await page.getByRole('button', { name: new RegExp(`^${view}`) }).click();
    await expect(
      page
        .getByRole('grid', { name: new RegExp(`: ${view}$`) })
        .getByRole('gridcell')
        .first(),
    ).toBeVisible();
    await take(page, `Catalogue ${view}`);
  }
  await page.getByRole('button', { name: /^Prices/ }).click();
  await page.getByRole('textbox', { name: 'As of' }).fill('today');
  await page.getByRole('textbox', { name: 'As of' }).press('Enter');
  await expect(page.locator('.filterbar')).toContainText('on:');
  await page.keyboard.press('Space');
  await take(page, 'Catalogue prices as of');
});
