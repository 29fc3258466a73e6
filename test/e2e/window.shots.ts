/** Pictures of the window's own pages and panels: first run, settings, palette, history, sheets. */
import type { Page } from '@playwright/test';
import { expect, runCli, test, waitUntilOpen } from './app.ts';
import { shotSize, take } from './shots.ts';
import { settingsSections } from './settings-sections.ts';

test('the first run and its forms', async ({ page }) => {
  await page.setViewportSize(shotSize);
  await take(page, 'First run');
  await page.keyboard.press('Alt+4');
  await expect(page.getByRole('textbox', { name: 'A copy from elsewhere' })).toBeFocused();
  await take(page, 'First run restore');
  await page.getByRole('button', { name: 'Back' }).press('Enter');
  await page.keyboard.press('Alt+3');
  await expect(page.getByRole('button', { name: 'Begin' })).toBeVisible();
  await page.keyboard.press('Enter');
  await take(page, 'First run form');
});

const goTo = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name }).first().click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
};

/** Until the dialog is gone, a click goes to what lies behind it only to close it. */
const dismiss = async (page: Page): Promise<void> => {
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
};

test('settings, palette, history, sheets', async ({ launch }, testInfo) => {
  test.setTimeout(300_000);
  const db = testInfo.outputPath('sample.db');
  await runCli(db, ['sample', '--size', 's', '--seed', '1']);
  const workbench = await launch({ db });
  const { page } = workbench;
  await page.setViewportSize(shotSize);
  await waitUntilOpen(page);
  await goTo(page, 'Settings');
  for (const section of settingsSections) {
    await page.getByRole('button', { name: section, exact: true }).click();
    if (section === 'SLA') await expect(page.getByRole('grid')).toBeVisible();
    if (section === 'Numbers') await page.getByRole('button', { name: 'Numbers given' }).first().click();
    if (section === 'Data') {
      await page.getByRole('button', { name: 'Back up now' }).click();
      await expect(page.getByText('Copied to')).toBeVisible();
    }
    await take(page, `Settings ${section}`);
  }
  await page.locator('.backups').getByRole('button').first().click();
  await take(page, 'Settings restore question');
  await dismiss(page);
  await goTo(page, 'Sync');
  await page.getByLabel('Shared folder').fill('/nowhere');
  await page.getByLabel('Key of the team').fill('/team.key');
  await page.getByRole('button', { name: 'Test it' }).click();
  await expect(page.locator('[data-problem]')).toBeVisible();
  await take(page, 'Sync set up');
  await page.getByLabel('What to do').selectOption('database');
  await take(page, 'Sync database');
  await workbench.call('sync.join', { hub: testInfo.outputDir, team: testInfo.outputPath('team.key'), isNew: true });
  await expect(page.getByRole('heading', { name: 'Colleagues' })).toBeVisible();
  await take(page, 'Sync team');
  await goTo(page, 'Accounts');
  await expect(page.locator('[role="gridcell"]').first()).toBeVisible();
  await page.keyboard.press('Control+K');
  await take(page, 'Palette empty');
  await page.keyboard.type('har');
  await expect(page.locator('.pi[data-highlighted]')).toBeVisible();
  await take(page, 'Palette');
  await dismiss(page);
  await page.locator('[role="gridcell"]').first().click();
  await page.keyboard.press('Control+Shift+H');
  await expect(page.locator('[data-region="peek"]')).toBeVisible();
  await take(page, 'History');
  await page.keyboard.press('Control+/');
  await expect(page.getByRole('dialog', { name: 'Shortcuts' })).toBeVisible();
  await take(page, 'Shortcuts sheet');
  await dismiss(page);
  await page.keyboard.press('F1');
  await expect(page.getByRole('dialog', { name: 'Help' })).toBeVisible();
  await take(page, 'Help sheet');
});
