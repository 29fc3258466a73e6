/** Two windows on two files are a team: set up by form, apart, met through a folder, a conflict decided and taken back. */
import fs from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test, waitUntilOpen, type Workbench } from './app.ts';
import { checkAxe } from './axe.ts';
import { cell, goTo, openDesk } from './desk.ts';

const SLOW = { timeout: 60_000 };

const company = { zone: 'UTC', currency: 'GBP', weekStart: 1, fiscalMonth: 1, name: 'Alder Quay Supply' };

const command = async (page: Page, title: string): Promise<void> => {
  await page.keyboard.press('Control+K');
  await expect(page.locator('.p-q')).toBeFocused();
  await page.keyboard.type(title);
  await expect(page.locator('.pi[data-highlighted]')).toContainText(title);
  await page.keyboard.press('Enter');
};

const status = (page: Page) => page.locator('[data-sync]');

/** Fills in the form of the Sync screen, by keyboard. */
const join = async (page: Page, folder: string, key: string, isNew: boolean): Promise<void> => {
  await command(page, 'Sync');
  await expect(page.getByRole('heading', { name: 'Meet your team' })).toBeVisible();
  if (isNew) await page.getByLabel('What to do').selectOption('start');
  await page.getByLabel('Shared folder').fill(`${folder}-nowhere`);
  await page.getByLabel('Key of the team').fill(key);
  await page.getByRole('button', { name: 'Test it' }).press('Enter');
  await expect(page.locator('[data-problem="missing"]')).toContainText('There is no such folder');
  await page.getByLabel('Shared folder').fill(folder);
  await page.getByRole('button', { name: isNew ? 'Start the team' : 'Join the team' }).press('Enter');
  await expect(status(page)).toHaveAttribute('data-sync', 'met', SLOW);
  await expect(status(page)).not.toContainText('to send', SLOW);
};

const nameOf = async (workbench: Workbench, id: string): Promise<unknown> =>
  ((await workbench.call('records.get', { table: 'accounts', id })) as { v: { name: unknown } } | null)?.v.name;

const writeName = async (page: Page, id: string, name: string): Promise<void> => {
  await page.keyboard.press('Control+2');
  await goTo(page, id, 'name');
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
  await expect(cell(page, id, 'name')).toHaveText(name);
  await page.keyboard.press('F9');
  await expect(status(page)).toHaveAttribute('data-sync', 'offline', SLOW);
  await expect(status(page)).toContainText('1 to send');
};

test('two windows apart, met through a folder; a conflict is decided and taken back on both', async ({
  launch,
  host,
}, testInfo) => {
  test.skip(host === 'electron', 'Two hosts beside each other are browser hosts.');
  test.setTimeout(420_000);
  const [folder, away, key] = ['shared', 'away', 'team.key'].map((name) => testInfo.outputPath(name)) as [string, string, string];
  fs.mkdirSync(folder);
  const here = await launch({ db: testInfo.outputPath('here.db') });
  await waitUntilOpen(here.page);
  const [, account = ''] = (await openDesk(here)).accounts;
  const there = await launch({ db: testInfo.outputPath('there.db') });
  await waitUntilOpen(there.page);
  await there.call('app.setup', { company, person: { name: 'Tom Reed', email: null, claim: null } });
  await there.page.reload();
  await waitUntilOpen(there.page);

  await join(here.page, folder, key, true);
  await join(there.page, folder, key, false);
  await there.page.keyboard.press('Control+2');
  await expect(cell(there.page, account, 'name')).toHaveText('Kestrel Parts', SLOW);

  fs.renameSync(folder, away);
  await writeName(here.page, account, 'Kestrel North');
  await writeName(there.page, account, 'Kestrel South');
  fs.renameSync(away, folder);

  for (const { page } of [here, there, here]) {
    await page.keyboard.press('F9');
    await expect(status(page)).toHaveAttribute('data-sync', 'met', SLOW);
  }
  for (const { page } of [here, there]) await expect(page.getByRole('button', { name: '1 conflict' })).toBeVisible(SLOW);
  const stood = await nameOf(here, account);
  const other = stood === 'Kestrel North' ? 'Kestrel South' : 'Kestrel North';

  await here.page.keyboard.press('Control+2');
  await goTo(here.page, account, 'name');
  await expect(here.page.locator('[data-region="status"]')).toContainText('Somebody else changed name too');
  await command(here.page, 'Review conflicts');
  const card = here.page.locator(`[data-conflict="accounts/${account}/name"]`);
  await expect(card).toContainText('was Kestrel Parts');
  await expect(card.getByRole('button', { name: /^Keep/ })).toBeFocused();
  await checkAxe(here.page, 'a conflict');
  await here.page.keyboard.press('Alt+2');
  await expect(card).toHaveCount(0);
  await expect.poll(() => nameOf(here, account)).toBe(other);
  await here.page.keyboard.press('F9');
  await expect.poll(() => nameOf(there, account), SLOW).toBe(other);
  await expect(there.page.getByRole('button', { name: '1 conflict' })).toHaveCount(0);

  await here.page.keyboard.press('Control+Z');
  await expect.poll(() => nameOf(here, account)).toBe(stood);
  await expect(card).toBeVisible();
  await here.page.keyboard.press('F9');
  await expect.poll(() => nameOf(there, account), SLOW).toBe(stood);
  await expect(there.page.getByRole('button', { name: '1 conflict' })).toBeVisible();

  await command(there.page, 'Sync');
  await there.page.getByRole('button', { name: /^While you were away/ }).press('Enter');
  await expect(there.page.getByRole('row', { name: /Kestrel/ })).toBeVisible();
  await there.page.getByRole('button', { name: 'Seen' }).press('Enter');
  await expect(there.page.getByText('Others have done nothing that you have not seen.')).toBeVisible();
});
