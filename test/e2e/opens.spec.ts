import { expect, test } from './app.ts';

test('the workbench opens on a new file', async ({ workbench, page }) => {
  await expect(page).toHaveTitle(/Account Workbench/);
  await expect(page.locator('[data-where="start"]')).toBeVisible();
  expect(JSON.parse(await workbench.cli('call', 'app.info'))).toMatchObject({ sample: false });
});

test('the page has no Node, and the policy lets no inline script run', async ({ workbench, page }) => {
  workbench.problems.allow(/Content Security Policy/);
  expect(await page.evaluate(() => [typeof Reflect.get(window, 'require'), typeof Reflect.get(window, 'process')])).toEqual([
    'undefined',
    'undefined',
  ]);
  await page.addScriptTag({ content: 'window.isBreached = true' }).catch(() => undefined);
  expect(await page.evaluate(() => 'isBreached' in window)).toBe(false);
});
