/** Sample data in a file of its own, by keyboard: in with one key, out with one button, the own file untouched. */
import { expect, keysOf, test } from './app.ts';

test('explore sample data, change it, undo it, and start my own', async ({ page, workbench }) => {
  await page.keyboard.press('Alt+1');
  const bar = page.getByText('Made up, and kept in a file of its own.');
  await expect(bar).toBeVisible({ timeout: 40_000 });
  await expect(page.getByRole('heading', { name: 'Accounts' })).toBeVisible();
  await expect(page.locator('[role="gridcell"]:focus')).toBeVisible();

  await page.keyboard.press('Control+K');

  await expect(page.locator('.p-q')).toBeFocused();
  await page.keyboard.type('ord');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Orders' })).toBeVisible();

  await page.getByRole('button', { name: 'Start my own' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Where would you like to begin?' })).toBeVisible();
  expect(await workbench.call('app.info', {})).toMatchObject({ sample: false, counts: { accounts: 0 } });
});

test('history shows what changed in a row, and restores it', async ({ page, host }) => {
  await page.keyboard.press('Alt+3');
  await page.keyboard.type('Marta Ellery');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Accounts' })).toBeVisible();
  await expect(page.getByText('No accounts yet.')).toBeVisible();
  await page.keyboard.press(keysOf(host, 'new.here'));
  await expect(page.locator('[role="gridcell"]:focus')).toBeVisible();
  await page.keyboard.type('Harbour Foods');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.type('00421');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('gridcell', { name: 'Harbour Foods' })).toBeVisible();
  await page.keyboard.press('Control+Z');
  await expect(page.locator('.toast')).toContainText('Undid: Account: Code');
  await page.keyboard.press('Control+Y');
  await expect(page.locator('.toast').last()).toContainText('Did again: Account: Code');
  await page.keyboard.press('Control+Shift+H');
  await expect(page.locator('[data-region="peek"]')).toContainText('Harbour Foods');
});
