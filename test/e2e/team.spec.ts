/** Two windows meet through a database: let in by the administrator, apart, a conflict decided, one of them taken out. */
import fs from 'node:fs';
import type { Page } from '@playwright/test';
import { openDoor } from '../setup/door.ts';
import { startPostgres, whyNoPostgres } from '../setup/postgres.ts';
import { expect, test, type Workbench } from './app.ts';
import { checkAxe } from './axe.ts';
import { cell } from './desk.ts';
import { command, meet, nameOf, openTwo, SLOW, status, writeName } from './team.ts';

/** Fills in the form of the Sync screen, by keyboard. @returns the device and its fingerprint, as the screen says them */
const join = async (page: Page, hub: string, password: string): Promise<readonly string[]> => {
  await command(page, 'Sync');
  await page.getByLabel('What to do').selectOption('database');
  await page.getByLabel('Database of the team').fill(hub.replace('postgres://', 'postgres://nobody-'));
  await page.getByLabel('File with the password').fill(password);
  await page.getByLabel('Territory').fill('north');
  await page.getByRole('button', { name: 'Test it' }).press('Enter');
  await expect(page.locator('[data-problem="no-hub"]')).toBeVisible(SLOW);
  await page.getByLabel('Database of the team').fill(hub);
  await page.getByRole('button', { name: 'Join the team' }).press('Enter');
  const waiting = page.getByRole('main', { name: 'Sync' }).getByText('This hub does not know this device yet');
  await expect(waiting).toBeVisible(SLOW);
  return /device (\w+), fingerprint ([\w-]+)/.exec((await waiting.textContent()) ?? '')?.slice(1) ?? [];
};

/** What an administrator types. */
const administer = (workbench: Workbench, ...args: readonly string[]): Promise<string> => workbench.cli('hub', ...args);

test('two windows meet through a database; a conflict is decided on both; who is taken out keeps everything', async ({
  launch,
}, testInfo) => {
  const why = whyNoPostgres();
  test.skip(why !== null, why ?? '');
  test.setTimeout(420_000);
  const server = await startPostgres();
  const doors = await Promise.all([openDoor(server.port), openDoor(server.port)]);
  try {
    const at = (name: string): string => testInfo.outputPath(name);
    await server.query('CREATE DATABASE team');
    fs.writeFileSync(at('boss.password'), server.admin.password, { mode: 0o600 });
    const admin = ['--hub', server.urlOf('boss', 'team'), '--password', at('boss.password')];
    const { here, there, account } = await openTwo(launch, testInfo);
    await administer(here, 'init', ...admin, '--team', at('team.key'), '--new');
    for (const [index, [who, workbench]] of (
      [
        ['marta', here],
        ['tom', there],
      ] as const
    ).entries()) {
      await administer(here, 'member', who, ...admin, '--territory', 'north', '--to', at(`${who}.password`));
      const hub = server.urlOf(who, 'team').replace(`:${server.port}/`, `:${doors[index]?.port}/`);
      const device = await join(workbench.page, hub, at(`${who}.password`));
      await administer(here, 'device', ...device, ...admin, '--team', at('team.key'));
      await meet(workbench);
      await expect(status(workbench.page)).not.toContainText('to send', SLOW);
    }
    await there.page.keyboard.press('Control+2');
    await expect(cell(there.page, account, 'name')).toHaveText('Kestrel Parts', SLOW);

    for (const door of doors) door.shut(true);
    await writeName(here.page, account, 'Kestrel North');
    await writeName(there.page, account, 'Kestrel South');
    for (const door of doors) door.shut(false);
    for (const one of [here, there, here]) await meet(one);
    for (const { page } of [here, there]) await expect(page.getByRole('button', { name: '1 conflict' })).toBeVisible(SLOW);
    const other = (await nameOf(here, account)) === 'Kestrel North' ? 'Kestrel South' : 'Kestrel North';
    await command(there.page, 'Review conflicts');
    await expect(there.page.locator(`[data-conflict="accounts/${account}/name"]`)).toContainText('was Kestrel Parts');
    await there.page.keyboard.press('Alt+2');
    for (const one of [there, here]) await meet(one);
    for (const one of [here, there]) await expect.poll(() => nameOf(one, account), SLOW).toBe(other);
    await expect(here.page.getByRole('button', { name: '1 conflict' })).toHaveCount(0);

    const { device } = (await there.call('sync.state', {})) as { device: string };
    await administer(here, 'revoke', device, ...admin, '--team', at('team.key'));
    await writeName(there.page, account, 'Kestrel West');
    await command(there.page, 'Sync');
    await there.page.getByRole('button', { name: /^Team/ }).press('Enter');
    await expect(there.page.getByText('1 change is safe on this computer.')).toBeVisible();
    await checkAxe(there.page, 'a device that was taken out');
    await meet(here);
    expect([await nameOf(here, account), await nameOf(there, account)]).toEqual([other, 'Kestrel West']);
  } finally {
    for (const door of doors) door.end();
    await server.stop();
  }
});
