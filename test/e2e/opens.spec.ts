import { expect, test, untilSaved, waitUntilOpen } from './app.ts';

test('the workbench opens on a new file', async ({ workbench, page }) => {
  await expect(page).toHaveTitle(/Account Workbench/);
  await expect(page.locator('[data-where="start"]')).toBeVisible();
  expect(await workbench.call('app.info', {})).toMatchObject({ sample: false });
});

test('what was said at the first start is there at the second', async ({ launch }) => {
  const first = await launch();
  await waitUntilOpen(first.page);
  await first.page.keyboard.press('Alt+3');
  await expect(first.page.getByRole('textbox', { name: 'Name', exact: true }).last()).toBeFocused();
  await first.page.keyboard.type('Marta Ellery');
  await untilSaved(first.page, () => first.page.keyboard.press('Enter'));
  await first.close();

  const second = await launch({ db: first.db });
  await waitUntilOpen(second.page);
  await expect(second.page.getByRole('navigation', { name: 'Screens' })).toContainText('Marta Ellery');
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
