/**
 * Pictures of a grid at work (a selection, cells that need attention, the focus, the boxes of the filter, the find bar) in
 * the looks that are easily forgotten: forced colours, 200 % zoom, the largest text.
 */
import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { cell, goTo, openDesk } from './desk.ts';
import { faultyOrder } from './keys.ts';
import { shotSize, take } from './shots.ts';

const looks = [
  { name: 'forced colours', forcedColors: 'active', size: shotSize, textSize: 100 },
  { name: '200 percent', forcedColors: 'none', size: { width: 640, height: 400 }, textSize: 100 },
  { name: 'largest text', forcedColors: 'none', size: shotSize, textSize: 150 },
  { name: 'largest text 1280', forcedColors: 'none', size: { width: 1280, height: 800 }, textSize: 150 },
] as const;

const press = async (page: Page, ...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};

const inRegister = async (page: Page, accounts: readonly string[], name: string): Promise<void> => {
  const [first = '', second = ''] = accounts;
  await goTo(page, first, 'name');
  await press(page, 'Shift+ArrowDown', 'Shift+ArrowRight', 'Shift+ArrowRight');
  await take(page, `Grid selection ${name}`);
  await goTo(page, second, 'status');
  await press(page, 'Alt+ArrowDown');
  await expect(page.getByRole('option').first()).toBeVisible();
  await take(page, `Grid list ${name}`);
  await press(page, 'Escape');
  await goTo(page, first, 'name');
  await press(page, 'Control+Shift+L');
  await expect(page.getByRole('combobox', { name: 'Filter Name', exact: true })).toBeFocused();
  await press(page, 'Control+H');
  await page.keyboard.type('e');
  await expect(page.locator('mark').first()).toBeVisible();
  await take(page, `Grid find and boxes ${name}`);
  await press(page, 'Escape', 'Control+Shift+L', 'Control+Shift+L', 'Space');
  await expect(page.locator('[data-region="peek"]')).toBeVisible();
  await take(page, `Grid panel ${name}`);
  await press(page, 'Space', 'Control+K');
  await page.keyboard.type('acc');
  await expect(page.locator('.pi[data-highlighted]')).toBeVisible();
  await take(page, `Palette ${name}`);
  await press(page, 'Escape', 'Control+/');
  await expect(page.getByRole('dialog', { name: 'Shortcuts' })).toBeVisible();
  await take(page, `Shortcuts ${name}`);
  await press(page, 'Escape');
};

const inOrder = async (page: Page, name: string): Promise<void> => {
  await faultyOrder(page);
  await press(page, 'Control+Enter', 'F8');
  await expect(page.locator('.ag-cell.bad:focus')).toBeVisible();
  await take(page, `Grid bad cell ${name}`);
};

for (const { name, forcedColors, size, textSize } of looks) {
  test(`a grid at work, ${name}`, async ({ page, workbench }) => {
    test.setTimeout(300_000);
    const { accounts } = await openDesk(workbench);
    await page.emulateMedia({ forcedColors, reducedMotion: 'reduce' });
    await page.setViewportSize(size);
    for (let at = 100; at < textSize; at += 10) await press(page, 'Control+=');
    await goTo(page, accounts[2] ?? '', 'renewal_on');
    await page.keyboard.type('someday');
    await press(page, 'Enter');
    await expect(cell(page, accounts[2] ?? '', 'renewal_on')).toHaveClass(/\bbad\b/);
    await inRegister(page, accounts, name);
    await inOrder(page, name);
  });
}
