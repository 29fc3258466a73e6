/** Two windows on two files of one team, and what is done on the Sync screen of each. */
import fs from 'node:fs';
import type { Page, TestInfo } from '@playwright/test';
import { expect, waitUntilOpen, type LaunchRequest, type Workbench } from './app.ts';
import { cell, goTo, openDesk } from './desk.ts';

/** A round asks a hub several times, on a machine that does everything else too. */
export const SLOW = { timeout: 60_000 };

const company = { zone: 'UTC', currency: 'GBP', weekStart: 1, fiscalMonth: 1, name: 'Alder Quay Supply' };

/** Runs a command by its title in the palette. */
export const command = async (page: Page, title: string): Promise<void> => {
  await page.keyboard.press('Control+K');
  await expect(page.locator('.p-q')).toBeFocused();
  await page.keyboard.type(title);
  await expect(page.locator('.pi[data-highlighted]')).toContainText(title);
  await page.keyboard.press('Enter');
};

/** What the status bar says of the team. */
export const status = (page: Page) => page.locator('[data-sync]');

/** Meets the hub now, and waits until a round that was not over before went well. */
export const meet = async ({ page, call }: Workbench): Promise<void> => {
  const met = async (): Promise<unknown> => ((await call('sync.state', {})) as { readonly met: unknown }).met;
  const before = await met();
  await page.keyboard.press('F9');
  await expect.poll(met, SLOW).not.toEqual(before);
  await expect(status(page)).toHaveAttribute('data-sync', 'met', SLOW);
};

export const nameOf = async (workbench: Workbench, id: string): Promise<unknown> =>
  ((await workbench.call('records.get', { table: 'accounts', id })) as { v: { name: unknown } } | null)?.v.name;

/** Types a name into the list of accounts while the hub is away: it is kept, and waits. */
export const writeName = async (page: Page, id: string, name: string): Promise<void> => {
  await page.keyboard.press('Control+2');
  await goTo(page, id, 'name');
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
  await expect(cell(page, id, 'name')).toHaveText(name);
  await page.keyboard.press('F9');
  await expect(status(page)).toHaveAttribute('data-sync', 'offline', SLOW);
  await expect(status(page)).toContainText('1 to send');
};

/** A desk with accounts that has begun a team in a folder, and met it. `key`: where the key of the team lies */
export const foundTeam = async (launch: (request?: LaunchRequest) => Promise<Workbench>, testInfo: TestInfo) => {
  const [folder, key] = ['shared', 'team.key'].map((name) => testInfo.outputPath(name)) as [string, string];
  fs.mkdirSync(folder);
  const mine = await launch({ db: testInfo.outputPath('mine.db') });
  await waitUntilOpen(mine.page);
  const { accounts } = await openDesk(mine);
  await mine.call('sync.join', { hub: folder, team: key, isNew: true });
  await meet(mine);
  return { folder, key, mine, accounts };
};

/** A desk with accounts, and an empty file of a colleague in a window of its own. @returns the second account and a product too */
export const openTwo = async (launch: (request?: LaunchRequest) => Promise<Workbench>, testInfo: TestInfo) => {
  const here = await launch({ db: testInfo.outputPath('here.db') });
  await waitUntilOpen(here.page);
  const {
    accounts: [, account = ''],
    products: [product = ''],
  } = await openDesk(here);
  const there = await launch({ db: testInfo.outputPath('there.db') });
  await waitUntilOpen(there.page);
  await there.call('app.setup', { company, person: { name: 'Tom Reed', email: null, claim: null } });
  await there.page.reload();
  await waitUntilOpen(there.page);
  return { here, there, account, product };
};
