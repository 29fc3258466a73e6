/** The ways through the import desk that its specs share. */
import fs from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import type { Workbench } from './app.ts';
import { expect } from './app.ts';
import { focused } from './desk.ts';

export const pathField = (page: Page): Locator => page.getByLabel('Or a path on this computer');
export const step = (page: Page): Locator => page.locator('.steps [aria-current="step"]');
export const tab = (page: Page, name: string): Locator =>
  page.getByRole('navigation', { name: 'Rows shown' }).getByRole('button', { name });
export const next = (page: Page): Promise<void> => page.keyboard.press('Control+Enter');

/** Opens the import by the palette and waits for its first field. */
export const openImport = async (page: Page): Promise<void> => {
  await page.keyboard.press('Control+K');
  await expect(page.getByRole('combobox', { name: /Search/ })).toBeFocused();
  await page.keyboard.type('import');
  await expect(page.locator('.pi[data-highlighted]')).toContainText('Import');
  await page.keyboard.press('Enter');
  await expect(pathField(page)).toBeFocused();
};

export const count = async (workbench: Workbench, table: string): Promise<number> => {
  const { counts } = (await workbench.call('app.info', {})) as { counts: Record<string, number> };
  return counts[table] ?? 0;
};

/** Writes a file beside the database. @returns its path */
export const writeBeside = (workbench: Workbench, name: string, text: string): string => {
  const file = path.join(path.dirname(workbench.db), name);
  fs.writeFileSync(file, text);
  return file;
};

export const toCheck = async (page: Page, file: string): Promise<void> => {
  await page.keyboard.type(file);
  await page.keyboard.press('Enter');
  await expect(step(page)).toContainText('Map columns');
  await expect(page.locator('[data-goes-on]').getByRole('button')).not.toHaveAttribute('aria-disabled', 'true');
  await next(page);
  // Many rows take their time where much else runs.
  await expect(focused(page)).toBeVisible({ timeout: 30_000 });
};

/** Puts text on the clipboard's way, as a paste that the browser makes of Ctrl+V. */
export const paste = (page: Page, text: string): Promise<void> =>
  page.evaluate((data) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', data);
    document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);

/** Drops files on the window. */
export const dropFiles = (page: Page, files: readonly { readonly name: string; readonly text: string }[]): Promise<void> =>
  page.evaluate((dropped) => {
    const dataTransfer = new DataTransfer();
    for (const { name, text } of dropped) dataTransfer.items.add(new File([text], name, { type: 'text/csv' }));
    for (const type of ['dragover', 'drop'])
      document.querySelector('main')?.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
  }, files);

/** Brings 12,000 customers as far as Apply. @returns its button, which has the focus */
export const readyToApplyMany = async (page: Page, workbench: Workbench): Promise<Locator> => {
  const rows = Array.from({ length: 12_000 }, (_, n) => `C${n},Customer ${n},Town ${n % 97}`);
  const file = writeBeside(workbench, 'many.csv', ['Customer ID,Company Name,City', ...rows].join('\n'));
  await openImport(page);
  await toCheck(page, file);
  await expect(tab(page, 'New')).toContainText('12,000', { timeout: 30_000 });
  await next(page);
  const apply = page.getByRole('button', { name: 'Apply 12,000 rows' });
  await expect(apply).toBeFocused();
  return apply;
};

/** In a check with one error, goes to the cell and types another text. */
export const mendOnly = async (page: Page, wrong: string, right: string): Promise<void> => {
  await expect(tab(page, 'Errors')).toContainText('1');
  await expect(focused(page)).toBeVisible();
  await page.keyboard.press('F8');
  await expect(focused(page)).toContainText(wrong);
  await page.keyboard.type(right);
  await page.keyboard.press('Enter');
  await expect(tab(page, 'Errors')).toContainText('0');
};
