/** Pictures of every screen on the sample data, light and dark, to be looked at; the one of the orders goes into the README. */
import type { Page } from '@playwright/test';
import { expect, runCli, test, waitUntilOpen } from './app.ts';
import { shotSize, take } from './shots.ts';

/** An account, an order that goes out, a draft, the panel beside a row, many open pages. */
const pagesOfRecords = async (page: Page): Promise<void> => {
  const open = async (text: string, heading: string | RegExp = text): Promise<void> => {
    await page.keyboard.press('Control+K');
    await expect(page.locator('.p-q')).toBeFocused();
    await page.keyboard.type(text);
    await expect(page.locator('.p-count')).toHaveText(/result/);
    await page.keyboard.press('Enter');
    await expect(page.locator('.p-q')).toHaveCount(0);
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
  };
  await open('Harbour Foods');
  await expect(page.getByTestId('account-page')).toBeVisible();
  await expect(page.locator('[role="gridcell"]').first()).toBeVisible();
  await take(page, 'Account page');
  await open('O26-DEM-0186');
  await expect(page.getByTestId('order-page').locator('[role="gridcell"]').first()).toBeVisible();
  await take(page, 'Order page');
  await open('PO 4471', /4471/);
  await expect(page.getByTestId('order-page').locator('[role="gridcell"]').first()).toBeVisible();
  await take(page, 'Order draft');
  for (const text of ['O26-DEM-0189', 'O26-DEM-0190', 'O26-DEM-0184', 'Kestrel Parts', 'Brightwater Dairy']) await open(text);
  await page.keyboard.press('Control+4');
  await expect(page.getByRole('heading', { level: 1, name: 'Orders' })).toBeVisible();
  await page.locator('[role="gridcell"][col-id="account_id"]').first().click();
  await page.keyboard.press('Space');
  await expect(page.locator('.peek .sums')).toBeVisible();
  await take(page, 'Orders panel');
  await page.keyboard.press('Alt+N');
  await expect(page.getByRole('heading', { level: 1, name: 'New order' })).toBeVisible();
  await take(page, 'Order new');
};

test('every screen of the rail', async ({ launch }, testInfo) => {
  test.setTimeout(300_000);
  const db = testInfo.outputPath('sample.db');
  await runCli(db, ['sample', '--size', 's', '--seed', '1']);
  const { page } = await launch({ db });
  await page.setViewportSize(shotSize);
  await waitUntilOpen(page);
  const buttons = page.getByRole('navigation', { name: 'Screens' }).getByRole('listitem').getByRole('button');
  for (const button of await buttons.all()) {
    const title = (await button.getAttribute('title')) ?? 'screen';
    await button.click();
    await expect(page.getByRole('main', { name: title }).getByRole('heading', { level: 1 })).toBeVisible();
    await take(page, title);
  }
  await pagesOfRecords(page);
});
