/** The engine ends and comes back: lists, the focus and what is said follow it. */
import fs from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test, type Workbench } from './app.ts';
import { cell, goTo, openDesk, saved } from './desk.ts';

const kill = ({ db }: Workbench): number => {
  const { pid } = JSON.parse(fs.readFileSync(`${db}.engine.json`, 'utf8')) as { readonly pid: number };
  process.kill(pid, 'SIGKILL');
  return pid;
};

/** The address of an engine that was killed stays behind until the next one writes its own. */
const isBack = async (page: Page, { db }: Workbench, before: number): Promise<void> => {
  await expect.poll(() => fs.readFileSync(`${db}.engine.json`, 'utf8')).not.toContain(`"pid":${before},`);
  await expect(page.locator('[data-region="status"]')).toContainText('Saved on this computer');
};

test('after three crashes the repair screen has the focus on its first way, and work goes on in the same cell', async ({
  page,
  workbench,
}) => {
  const [, second = ''] = (await openDesk(workbench)).accounts;
  await goTo(page, second, 'city');
  await isBack(page, workbench, kill(workbench));
  await isBack(page, workbench, kill(workbench));
  kill(workbench);
  await expect(page.getByRole('heading', { name: 'The file could not be opened' })).toBeVisible();
  await expect(page.getByRole('main')).toContainText('the system or another program ended it');
  await expect(page.getByRole('main')).not.toContainText('SIG');
  await expect(page.getByRole('button', { name: 'Try again' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(cell(page, second, 'city')).toBeFocused();
  await page.keyboard.type('Perth');
  await page.keyboard.press('Enter');
  await saved(page);
  expect(await workbench.call('records.get', { table: 'accounts', id: second })).toMatchObject({ v: { city: 'Perth' } });
});

test('an open list comes back with the engine and says nothing of it any more', async ({ page, workbench }) => {
  const { accounts } = await openDesk(workbench);
  await isBack(page, workbench, kill(workbench));
  await expect(page.getByRole('alert')).toHaveCount(0);
  await page.keyboard.press('Control+L');
  await page.keyboard.type('rook');
  await page.keyboard.press('Enter');
  await expect(page.locator('.status')).toContainText('1 of 3 accounts');
  await isBack(page, workbench, kill(workbench));
  await page.getByRole('button', { name: 'Remove rook' }).click();
  await expect(cell(page, accounts[0] ?? '', 'name')).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
});
