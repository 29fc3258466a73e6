/** Pictures of every screen on the sample data, light and dark, to be looked at; the one of the orders goes into the README. */
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, runCli, test, waitUntilOpen } from './app.ts';
import { root } from './hosts.ts';

const readmeScreen = 'Orders';

/** Nothing is being fetched, and what was fetched stands. */
const settle = async (page: Page): Promise<void> => {
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  await page.evaluate(() => document.fonts.ready.then(() => new Promise(requestAnimationFrame)));
};

const take = async (page: Page, name: string): Promise<void> => {
  const file = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  await page.mouse.move(0, 0);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await settle(page);
    await page.screenshot({ path: path.join(root, 'out', 'screenshots', `${file}-${colorScheme}.png`) });
  }
  await page.emulateMedia({ colorScheme: 'light' });
  if (name === readmeScreen) await page.screenshot({ path: path.join(root, 'resources', 'screenshot.png') });
};

test('every screen of the rail', async ({ launch }, testInfo) => {
  test.setTimeout(300_000);
  const db = testInfo.outputPath('sample.db');
  await runCli(db, ['sample', '--size', 's', '--seed', '1']);
  const { page } = await launch({ db });
  await page.setViewportSize({ width: 1440, height: 900 });
  await waitUntilOpen(page);
  const buttons = page.getByRole('navigation', { name: 'Screens' }).getByRole('listitem').getByRole('button');
  for (const button of await buttons.all()) {
    const title = (await button.getAttribute('title')) ?? 'screen';
    await button.click();
    await expect(page.getByRole('main', { name: title }).getByRole('heading', { level: 1 })).toBeVisible();
    await take(page, title);
  }
});

test('first run', async ({ page }) => {
  await take(page, 'First run');
});
