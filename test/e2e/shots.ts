/** Takes a picture in light and in dark, into `out/screenshots`, once nothing is on its way any more. */
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect } from './app.ts';
import { root } from './hosts.ts';

const [width = 1440, height = 900] = (process.env['WORKBENCH_SHOT_SIZE'] ?? '1440x900').split('x').map(Number);

/** The size of the pictures, CSS px: `WORKBENCH_SHOT_SIZE=1280x800` for another window, `640x400` for that one at 200 %. */
export const shotSize = { width, height };
const isUsualSize = width === 1440 && height === 900;

/** Goes into the README. */
const readmeScreen = 'Orders';

/** Nothing is being fetched, and what was fetched stands. */
const settle = async (page: Page): Promise<void> => {
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  await page.evaluate(() => document.fonts.ready.then(() => new Promise(requestAnimationFrame)));
};

export const take = async (page: Page, name: string): Promise<void> => {
  const file = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  await page.mouse.move(0, 0);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await settle(page);
    await page.screenshot({ path: path.join(root, 'out', 'screenshots', `${file}-${colorScheme}.png`) });
  }
  await page.emulateMedia({ colorScheme: 'light' });
  if (name === readmeScreen && isUsualSize) await page.screenshot({ path: path.join(root, 'resources', 'screenshot.png') });
};
