/** Two windows on two files are a team: set up by form, apart, met through a folder, a conflict decided and taken back. */
import fs from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { uuidv7 } from 'uuidv7';
import { expect, runCli, test, waitUntilOpen, type Workbench } from './app.ts';
import { checkAxe } from './axe.ts';
import { cell, goTo } from './desk.ts';
import { command, foundTeam, meet, nameOf, openTwo, SLOW, status, writeName } from './team.ts';

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

test('two windows apart, met through a folder; a conflict is decided and taken back on both', async ({ launch }, testInfo) => {
  test.setTimeout(420_000);
  const [folder, away, key] = ['shared', 'away', 'team.key'].map((name) => testInfo.outputPath(name)) as [string, string, string];
  fs.mkdirSync(folder);
  const { here, there, account } = await openTwo(launch, testInfo);

  await join(here.page, folder, key, true);
  await join(there.page, folder, key, false);
  await there.page.keyboard.press('Control+2');
  await expect(cell(there.page, account, 'name')).toHaveText('Kestrel Parts', SLOW);

  fs.renameSync(folder, away);
  await writeName(here.page, account, 'Kestrel North');
  await writeName(there.page, account, 'Kestrel South');
  fs.renameSync(away, folder);

  for (const one of [here, there, here]) await meet(one);
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

const rename = (workbench: Workbench, id: string, values: Readonly<Record<string, string>>): Promise<unknown> =>
  workbench.call('records.apply', { patches: [{ kind: 'update', table: 'accounts', id, values }], label: 'Edit' });

test('a copy of a file is told that it is one, joins by its own name, and neither loses anything', async ({
  launch,
}, testInfo) => {
  test.setTimeout(300_000);
  const {
    folder,
    key,
    mine,
    accounts: [account = ''],
  } = await foundTeam(launch, testInfo);
  const copied = testInfo.outputPath('copy.db');
  await mine.call('backup.make', { to: copied });
  fs.copyFileSync(`${mine.db}.key`, `${copied}.key`);
  const copy = await launch({ db: copied });
  await waitUntilOpen(copy.page);

  await rename(mine, account, { city: 'Hull' });
  await meet(mine);
  // The copy is the second to write under their name once this is there.
  await expect.poll(async () => ((await mine.call('sync.state', {})) as { readonly unsent: number }).unsent, SLOW).toBe(0);
  await rename(copy, account, { industry: 'Bakeries' });
  await meet(copy);
  await command(copy.page, 'Sync');
  await expect(copy.page.getByRole('main', { name: 'Sync' }).getByText('This file was copied or brought back')).toBeVisible(SLOW);
  await copy.page.getByText('The team meets somewhere else now').press('Enter');
  await copy.page.getByLabel('Shared folder').fill(folder);
  await copy.page.getByLabel('Key of the team').fill(key);
  await copy.page.getByRole('button', { name: 'Join the team' }).press('Enter');
  await expect(status(copy.page)).not.toContainText('to send', SLOW);
  await expect(copy.page.getByRole('main', { name: 'Sync' }).getByText('This file was copied or brought back')).toHaveCount(0);
  await meet(mine);
  for (const one of [mine, copy])
    await expect
      .poll(async () => (await one.call('records.get', { table: 'accounts', id: account })) as { v: unknown } | null, SLOW)
      .toMatchObject({ v: { city: 'Hull', industry: 'Bakeries' } });
});

test('a new file joins a team from its first screen, and whoever sits there says who of the team they are', async ({
  launch,
}, testInfo) => {
  test.setTimeout(300_000);
  const {
    folder,
    key,
    mine,
    accounts: [account = ''],
  } = await foundTeam(launch, testInfo);
  const tom = uuidv7();
  const values = { name: 'Tom Reed', email: 'tom@desk.example', role: 'member' };
  await mine.call('records.apply', { patches: [{ kind: 'insert', table: 'people', id: tom, values }], label: 'New person' });
  await meet(mine);

  const { page, call } = await launch({ db: testInfo.outputPath('new.db') });
  await expect(page.getByRole('heading', { name: 'Where would you like to begin?' })).toBeVisible(SLOW);
  await page.keyboard.press('Alt+5');
  await expect(page.getByRole('heading', { name: 'Join a team' })).toBeVisible();
  await page.getByLabel('Shared folder').fill(folder);
  await page.getByLabel('Key of the team').fill(key);
  await checkAxe(page, 'joining at the first run');
  await page.getByRole('button', { name: 'Join the team' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Which of these are you?' })).toBeVisible(SLOW);
  await page.getByRole('button', { name: 'Begin' }).press('Enter');
  await expect(page.getByText('Say which of these you are, or that you are new here.')).toBeVisible();
  await page.getByLabel('I am').selectOption('I am new here');
  await page.getByLabel('Name').fill('tom reed');
  await page.getByRole('button', { name: 'Begin' }).press('Enter');
  await expect(page.getByText('There is a tom reed already')).toBeVisible();
  await checkAxe(page, 'who of the team');
  await page.getByLabel('I am').selectOption('Tom Reed · tom@desk.example');
  await page.getByRole('button', { name: 'Begin' }).press('Enter');
  await expect(cell(page, account, 'name')).toHaveText('Harbour Foods', SLOW);
  expect(((await call('app.info', {})) as { readonly person: unknown }).person).toMatchObject({ id: tom });
  await meet({ page, call } as Workbench);
  await meet(mine);
  const { people } = (await mine.call('app.people', {})) as { readonly people: readonly { readonly name: string }[] };
  expect(people.filter(({ name }) => name === 'Tom Reed')).toHaveLength(1);
});

test('conflicts are decided by key alone: the focus goes on, comes back with undo, and every value has a key', async ({
  launch,
}, testInfo) => {
  test.setTimeout(400_000);
  const {
    folder,
    key,
    mine,
    accounts: [first = '', second = ''],
  } = await foundTeam(launch, testInfo);
  const { page } = mine;
  const others = ['two.db', 'three.db'].map((name) => testInfo.outputPath(name));
  const sync = ['sync', '--hub', folder, '--once'];
  const write = (id: string, city: string) =>
    JSON.stringify({ label: 'Edit', patches: [{ kind: 'update', table: 'accounts', id, values: { city } }] });
  for (const db of others) {
    await runCli(db, ['join', '--hub', folder, '--team', key]);
    await runCli(db, sync);
  }
  for (const [at, db] of others.entries()) await runCli(db, ['call', 'records.apply', write(first, `Town ${at}`)]);
  await runCli(others[0] ?? '', ['call', 'records.apply', write(second, 'Town S')]);
  await rename(mine, first, { city: 'Town M' });
  await rename(mine, second, { city: 'Town N' });
  for (const db of others) await runCli(db, sync);
  await meet(mine);
  await command(page, 'Review conflicts');
  const [three, two] = [first, second].map((id) => page.locator(`[data-conflict="accounts/${id}/city"]`)) as [Locator, Locator];
  await expect(three.getByRole('button', { name: /^Take/ })).toHaveCount(2);
  const hasFocus = (card: Locator) => expect(card.locator('button.btn:focus')).toHaveCount(1);

  await three.getByRole('button', { name: /^Keep/ }).focus();
  await page.keyboard.press('Alt+3');
  await expect(three.getByRole('textbox')).toBeFocused();
  await page.keyboard.press('Escape');
  await hasFocus(three);
  await page.keyboard.press('Alt+3');
  await page.keyboard.type('Town W');
  await page.keyboard.press('Enter');
  await expect(three).toHaveCount(0);
  await hasFocus(two);

  await page.keyboard.press('Control+Z');
  await expect(three).toHaveCount(1);
  await hasFocus(three);
  await expect(three.getByText('Alt+4')).toBeVisible();
  const wanted = await three.getByRole('row').nth(2).getByRole('cell').first().textContent();
  await page.keyboard.press('Alt+4');
  await expect(three).toHaveCount(0);
  const city = async (): Promise<unknown> =>
    ((await mine.call('records.get', { table: 'accounts', id: first })) as { v: { city: unknown } } | null)?.v.city;
  expect(await city()).toBe(wanted);
  await expect(two).toHaveCount(1);
  await hasFocus(two);
});
