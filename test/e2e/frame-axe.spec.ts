/** No violation of WCAG 2.2 AA or best practice on the frame's own screens, in every mode. Contrast has its own test. */
import { expect, test } from './app.ts';
import { checkAxe, modes } from './axe.ts';
import { settingsSections } from './settings-sections.ts';

for (const { name, media } of modes) {
  test(`first run, settings, import, palette, sync and help in ${name}`, async ({ page, host, workbench }, testInfo) => {
    test.skip(host === 'electron', 'The accessibility matrix runs in Chromium.');
    test.slow();
    await page.emulateMedia(media);
    await checkAxe(page, 'first run');
    await page.keyboard.press('Alt+3');
    await expect(page.getByRole('button', { name: 'Begin' })).toBeVisible();
    await checkAxe(page, 'company and person');
    await page.keyboard.type('Marta Ellery');
    await page.keyboard.press('Enter');
    await expect(page.locator('.tab', { hasText: 'Accounts' })).toBeVisible();
    await page.keyboard.press('Control+,');
    for (const section of settingsSections) {
      await page.getByRole('button', { name: section, exact: true }).press('Enter');
      await checkAxe(page, `settings, ${section}`);
    }
    await page.keyboard.press('Control+K');
    await expect(page.locator('.p-q')).toBeFocused();
    await page.keyboard.type('imp');
    await expect(page.locator('.pi[data-highlighted]')).toContainText('Import');
    await checkAxe(page, 'palette');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Import' })).toBeVisible();
    await checkAxe(page, 'import');
    await page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: 'Sync' }).press('Enter');
    await expect(page.getByRole('heading', { name: 'Meet your team' })).toBeVisible();
    await page.getByLabel('What to do').selectOption('database');
    await checkAxe(page, 'sync, set up');
    const [hub, team] = [testInfo.outputDir, testInfo.outputPath('team.key')];
    await workbench.call('sync.join', { hub, team, isNew: true });
    await expect(page.getByRole('heading', { name: 'Colleagues' })).toBeVisible();
    await checkAxe(page, 'sync, the team');
    await page.keyboard.press('F1');
    await expect(page.getByRole('dialog', { name: 'Help' })).toBeVisible();
    await checkAxe(page, 'help');
  });
}
