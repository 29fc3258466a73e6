/** No violation of WCAG 2.2 AA or best practice on the frame's own screens, in every mode. Contrast has its own test. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';

const modes = [
  { name: 'light', media: { colorScheme: 'light', forcedColors: 'none' } },
  { name: 'dark', media: { colorScheme: 'dark', forcedColors: 'none' } },
  { name: 'forced colours', media: { colorScheme: 'dark', forcedColors: 'active' } },
] as const;

const check = async (page: Page, what: string): Promise<void> => {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .disableRules(['color-contrast'])
    .analyze();
  expect(
    violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 200))]),
    what,
  ).toEqual([]);
};

for (const { name, media } of modes) {
  test(`first run, settings, import, palette and help in ${name}`, async ({ page, host }) => {
    test.skip(host === 'electron', 'The accessibility matrix runs in Chromium.');
    test.slow();
    await page.emulateMedia(media);
    await check(page, 'first run');
    await page.keyboard.press('Alt+3');
    await expect(page.getByRole('button', { name: 'Begin' })).toBeVisible();
    await check(page, 'company and person');
    await page.keyboard.type('Marta Ellery');
    await page.keyboard.press('Enter');
    await expect(page.locator('.tab', { hasText: 'Accounts' })).toBeVisible();
    await page.keyboard.press('Control+,');
    for (const section of ['Company', 'Appearance', 'Shortcuts', 'Data']) {
      await page.getByRole('button', { name: section }).press('Enter');
      await check(page, `settings, ${section}`);
    }
    await page.keyboard.press('Control+K');
    await page.keyboard.type('imp');
    await expect(page.locator('.pi[data-highlighted]')).toContainText('Import');
    await check(page, 'palette');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Import' })).toBeVisible();
    await check(page, 'import');
    await page.keyboard.press('F1');
    await expect(page.getByRole('dialog', { name: 'Help' })).toBeVisible();
    await check(page, 'help');
  });
}
