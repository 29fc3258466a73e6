/**
 * The window itself, by keyboard alone: first run, the tour of regions, the palette, tabs, looks, help, and what is
 * said when the engine goes away.
 */
import fs from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, keysOf, test, waitUntilOpen } from './app.ts';

const focusIsSomewhere = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.activeElement !== null && document.activeElement !== document.body);

const regionInFocus = (page: Page): Promise<string | null> =>
  page.evaluate(() => document.activeElement?.closest('[data-region]')?.getAttribute('data-region') ?? null);

/** From a new file to the accounts, without a mouse. */
const startEmpty = async (page: Page): Promise<void> => {
  await expect(page.getByRole('heading', { name: 'Where would you like to begin?' })).toBeVisible();
  await page.keyboard.press('Alt+3');
  await expect(page.getByRole('textbox', { name: 'Name', exact: true }).last()).toBeFocused();
  await page.keyboard.type('Marta Ellery');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Accounts' })).toBeVisible();
};

const run = async (page: Page, text: string): Promise<void> => {
  await page.keyboard.press('Control+K');
  await expect(page.locator('.p-q')).toBeFocused();
  await page.keyboard.type(text);
  await expect(page.locator('.pi[data-highlighted]')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.locator('.p-q')).toHaveCount(0);
};

test('first run: the first card has the focus, and three keys and a name are enough', async ({ page }) => {
  await expect(page.getByRole('button', { name: /Explore sample data/ })).toBeFocused();
  await startEmpty(page);
  await expect(page.getByText('Marta Ellery')).toBeVisible();
  await expect(page.getByText('Saved on this computer')).toBeVisible();
  expect(await focusIsSomewhere(page)).toBe(true);
});

test('first run refuses to begin without a name, and says why beside the field', async ({ page }) => {
  await page.keyboard.press('Alt+3');
  const name = page.getByRole('textbox', { name: 'Name', exact: true }).last();
  await expect(name).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(name).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByText('Your name goes with what you write')).toBeVisible();
});

test('F6 reaches every region and the focus is never nowhere', async ({ page }) => {
  await startEmpty(page);
  await page.keyboard.press('Control+Shift+E');
  await expect(page.locator('[data-region="peek"]')).toBeVisible();
  const seen = new Set<string | null>();
  for (let i = 0; i < 8; i += 1) {
    await page.keyboard.press('F6');
    seen.add(await regionInFocus(page));
    expect(await focusIsSomewhere(page)).toBe(true);
  }
  expect(seen).toEqual(new Set(['bar', 'filter', 'peek', 'rail', 'rows', 'status', 'tabs']));
  const before = await regionInFocus(page);
  await page.keyboard.press('F6');
  await page.keyboard.press('Shift+F6');
  expect(await regionInFocus(page)).toBe(before);
});

test('the palette goes to every screen in six keys', async ({ page }) => {
  await startEmpty(page);
  for (const screen of ['Accounts', 'Orders', 'Catalogue', 'Contacts', 'Partners', 'Import', 'Settings']) {
    await page.keyboard.press(screen === 'Settings' ? 'Control+4' : 'Control+,');
    await page.keyboard.press('Control+K');
    await expect(page.locator('.p-q')).toBeFocused();
    await page.keyboard.type(screen.slice(0, 3).toLowerCase());
    await expect(page.locator('.pi[data-highlighted]')).toContainText(screen);
    await page.keyboard.press('Enter');
    await expect(page.locator('.tab.on', { hasText: screen })).toBeVisible();
    await expect.poll(() => focusIsSomewhere(page)).toBe(true);
  }
});

test('digits go to their screens; tabs cycle, close and go back', async ({ page, host }) => {
  await startEmpty(page);
  await page.keyboard.press('Control+4');
  await expect(page.locator('.tab.on', { hasText: 'Orders' })).toBeVisible();
  await page.keyboard.press('Control+8');
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(page.locator('.tab.on', { hasText: 'Orders' })).toBeVisible();
  await page.keyboard.press(keysOf(host, 'tab.next'));
  await expect(page.locator('.tab.on', { hasText: 'Catalogue' })).toBeVisible();
  await page.keyboard.press(keysOf(host, 'tab.close'));
  await expect(page.locator('.tab', { hasText: 'Catalogue' })).toHaveCount(0);
});

test('theme, row height, text size and open tabs are there again after a reload', async ({ page, workbench }) => {
  await startEmpty(page);
  await run(page, '>switch theme');
  await run(page, '>switch theme');
  await run(page, '>switch row height');
  await page.keyboard.press('Control+=');
  await page.keyboard.press('Control+4');
  const looks = page.locator('html');
  await expect(looks).toHaveAttribute('data-ag-theme-mode', 'dark');
  await expect
    .poll(async () => JSON.stringify(await workbench.call('local.get', { prefix: 'ui.' })))
    .toMatch(/(?=.*screen:orders)(?=.*"textSize":110)/);
  await page.reload();
  await waitUntilOpen(page);
  await expect(looks).toHaveAttribute('data-ag-theme-mode', 'dark');
  await expect(looks).toHaveAttribute('data-density', 'comfortable');
  await expect(page.locator('.tab.on', { hasText: 'Orders' })).toBeVisible();
});

test('saving is never an error: it says when', async ({ page }) => {
  await startEmpty(page);
  await page.keyboard.press('Control+S');
  await expect(page.getByText(/All changes saved on this computer \d/).last()).toBeVisible();
});

test('help and the shortcut sheet open, trap the focus and give it back', async ({ page }) => {
  await startEmpty(page);
  await page.keyboard.press('Control+,');
  const section = page.getByRole('button', { name: 'Company' });
  await expect(section).toBeFocused();
  await page.keyboard.press('Control+/');
  const dialog = page.getByRole('dialog', { name: 'Shortcuts' });
  await expect(dialog.getByLabel('Find a shortcut')).toBeFocused();
  await page.keyboard.type('undo');
  await expect(dialog.getByRole('cell', { name: 'Ctrl+Z' })).toBeVisible();
  for (let i = 0; i < 4; i += 1) {
    await page.keyboard.press('Tab');
    await expect.poll(() => page.evaluate(() => document.activeElement?.closest('[role="dialog"]') !== null)).toBe(true);
  }
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(section).toBeFocused();
});

test('the company is renamed in Settings, and the rail says so', async ({ page }) => {
  await startEmpty(page);
  await page.keyboard.press('Control+,');
  const name = page.getByRole('textbox', { name: 'Name', exact: true });
  await name.focus();
  await page.keyboard.type('Alder Quay Supply');
  await page.keyboard.press('Enter');
  await expect(page.locator('.ws')).toHaveText('Alder Quay Supply');
});

test('when the engine dies the window says that all is safe, and goes on by itself', async ({ page, workbench }) => {
  await startEmpty(page);
  const { pid } = JSON.parse(fs.readFileSync(`${workbench.db}.engine.json`, 'utf8')) as { pid: number };
  process.kill(pid, 'SIGKILL');
  await expect(page.locator('.bar', { hasText: 'Everything shown as saved is safe on this computer' })).toBeVisible();
  await expect(page.locator('.bar', { hasText: 'Everything shown as saved is safe on this computer' })).toHaveCount(0);
  await expect(page.getByText('Saved on this computer')).toBeVisible();
  await page.keyboard.press('Control+S');
  await expect(page.getByText(/All changes saved/).last()).toBeVisible();
});
