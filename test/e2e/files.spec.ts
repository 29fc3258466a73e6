/** Files out and back, by keyboard: a register as CSV, a backup made, listed and restored, in the first run as well. */
import fs from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { Workbench } from './app.ts';
import { expect, test, waitUntilOpen } from './app.ts';
import { openDesk } from './desk.ts';

/** The desktop host asks where the file goes: the answer, given beforehand. */
const answerSave = async ({ electron }: Workbench, filePath: string): Promise<void> =>
  electron?.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen });
  }, filePath);

const toast = (page: Page) => page.locator('.toast').last();

const accounts = (page: Page) => page.getByRole('gridcell', { name: /^(?:Harbour Foods|Kestrel Parts|Rookery Inns)$/ });

test('the accounts as a file: the rows of the filter, in a place that is said', async ({ workbench, page }) => {
  await openDesk(workbench);
  const folder = path.join(path.dirname(workbench.db), 'exports');
  if (workbench.electron !== null) fs.mkdirSync(folder);
  await answerSave(workbench, path.join(folder, 'chosen.csv'));
  await page.keyboard.press('Control+L');
  await page.keyboard.type('harbour');
  await page.keyboard.press('Enter');
  await expect(accounts(page)).toHaveText(['Harbour Foods']);
  await page.keyboard.press('Control+E');
  const asks = page.getByRole('dialog', { name: 'Export accounts' });
  await asks.getByLabel('Format').selectOption('csv');
  await page.keyboard.press('Enter');
  await expect(toast(page)).toContainText('1 account written to');
  const [name = ''] = fs.readdirSync(folder);
  expect(name).toMatch(workbench.electron === null ? /^Accounts .*\.csv$/ : /^chosen\.csv$/);
  const text = fs.readFileSync(path.join(folder, name), 'utf8');
  expect(text).toContain('A1,Harbour Foods');
  expect(text).not.toContain('Kestrel');
});

/** Makes a copy in Settings, and leaves the page there. */
const makeCopy = async (page: Page): Promise<void> => {
  await page.keyboard.press('Control+,');
  await page.getByRole('button', { name: 'Data', exact: true }).press('Enter');
  await expect(page.getByText('There are no copies of this file yet.')).toBeVisible();
  await page.getByRole('button', { name: 'Back up now' }).press('Enter');
  await expect(page.getByText('Copied to')).toBeVisible();
};

test('a copy made in Settings is listed there, and restored after a question', async ({ workbench, page }) => {
  await openDesk(workbench);
  await makeCopy(page);
  await workbench.call('app.company', { company: { ...company, name: 'Renamed since' } });
  await expect(page.locator('.ws')).toHaveText('Renamed since');
  await page.locator('.backups').getByRole('button', { name: 'Restore …' }).press('Enter');
  const question = page.getByRole('dialog', { name: 'Restore this copy?' });
  await expect(question).toContainText('nothing is deleted');
  await question.getByRole('button', { name: 'Restore' }).press('Enter');
  await expect(page.locator('.ws')).toHaveText('Alder Quay Supply');
  await expect(page.locator('.toast')).toContainText(['kept beside it']);
  expect(fs.readdirSync(path.dirname(workbench.db)).some((name) => name.includes('.replaced-'))).toBe(true);
});

const company = { zone: 'UTC', currency: 'GBP', weekStart: 1, fiscalMonth: 1, name: 'Alder Quay Supply' };

test('the first run goes on from a copy made elsewhere', async ({ launch }, testInfo) => {
  const old = await launch({ db: testInfo.outputPath('old', 'workbench.db') });
  await waitUntilOpen(old.page);
  await openDesk(old);
  await makeCopy(old.page);
  const folder = path.join(path.dirname(old.db), 'backups');
  const copy = path.join(folder, fs.readdirSync(folder)[0] ?? '');
  await old.close();

  const { page } = await launch();
  await waitUntilOpen(page);
  await page.keyboard.press('Alt+4');
  const field = page.getByRole('textbox', { name: 'A copy from elsewhere' });
  await expect(field).toBeFocused();
  await page.keyboard.type('/etc/hostname');
  await page.keyboard.press('Enter');
  const question = page.getByRole('dialog', { name: 'Restore this copy?' });
  await question.getByRole('button', { name: 'Restore' }).press('Enter');
  await expect(question).toContainText('This is not a copy of a workbench file');
  await page.keyboard.press('Escape');
  await field.fill(copy);
  await field.press('Enter');
  await question.getByRole('button', { name: 'Restore' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Accounts', level: 1 })).toBeVisible();
  await expect(accounts(page)).toHaveCount(3);
});
