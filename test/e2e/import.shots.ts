/** Pictures of the four steps of the import with a truly ugly file, light and dark; at other sizes the check alone. */
import path from 'node:path';
import type { Page } from '@playwright/test';
import { uuidv7 } from 'uuidv7';
import { expect, test } from './app.ts';
import { openDesk } from './desk.ts';
import { shotSize, take } from './shots.ts';
import { fillAccounts, uglyName, writeUgly } from './ugly.ts';

const primary = (page: Page, name: RegExp) => page.locator('.import-head').getByRole('button', { name });

test('the four steps of an import', async ({ workbench, page }) => {
  test.setTimeout(300_000);
  const file = path.join(path.dirname(workbench.db), uglyName);
  writeUgly(file);
  await openDesk(workbench);
  await fillAccounts(workbench, uuidv7);
  await page.setViewportSize(shotSize);
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: 'Import' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Import' })).toBeVisible();
  await take(page, 'Import 1 file');
  await page.getByLabel('Or a path on this computer').fill(file);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('table').last()).toBeVisible();
  await take(page, 'Import 2 map question');
  await page
    .getByRole('button', { name: /^Day first/ })
    .first()
    .click();
  await take(page, 'Import 2 map');
  await primary(page, /Check every row/).click();
  await expect(page.getByRole('button', { name: /^Errors \d/ })).toBeVisible();
  await expect(page.locator('.ag-cell:focus')).toBeVisible();
  await page.keyboard.press('F8');
  await expect(page.locator('.ag-cell.bad:focus')).toBeVisible();
  await take(page, 'Import 3 check');
  for (const [name, width, height] of [
    ['Import 3 check 1280', 1280, 800],
    ['Import 3 check 200 percent', 640, 400],
  ] as const) {
    await page.setViewportSize({ width, height });
    await take(page, name);
  }
  await page.setViewportSize(shotSize);
  await primary(page, /Apply/).click();
  await expect(page.getByRole('region', { name: 'Before it is written' })).toBeVisible();
  await take(page, 'Import 4 apply');
  await page.getByRole('button', { name: /^Apply/ }).click();
  await expect(page.getByRole('region', { name: 'What came' })).toBeVisible();
  await take(page, 'Import 4 applied');
});
