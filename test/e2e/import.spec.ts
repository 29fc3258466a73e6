/**
 * The import desk by keyboard: an ugly file through all four steps, two errors mended in the check, a pasted table, a
 * dropped file, what is cancelled or refused, and the same rows as the command line makes.
 */
import fs from 'node:fs';
import path from 'node:path';
import { uuidv7 } from 'uuidv7';
import { expect, runCli, test } from './app.ts';
import { focused, openDesk } from './desk.ts';
import {
  count,
  dropFiles,
  mendOnly,
  next,
  openImport,
  paste,
  pathField,
  readyToApplyMany,
  step,
  tab,
  toCheck,
  writeBeside,
} from './importing.ts';
import { fillAccounts, uglyName, uglyRows, writeUgly } from './ugly.ts';

const customers = 'Customer ID;Company Name;City;Loading bay\r\n00421;Harbour Foods;Leith;4\r\n00388;Calder Bakehouse;Hull;\r\n';

test('an ugly file goes through all four steps by keyboard, two errors are mended on the way', async ({ workbench, page }) => {
  test.slow();
  const file = path.join(path.dirname(workbench.db), uglyName);
  writeUgly(file);
  await openDesk(workbench);
  await fillAccounts(workbench, uuidv7);
  await openImport(page);
  await page.keyboard.type(file);
  await page.keyboard.press('Enter');
  await expect(step(page)).toContainText('Map columns');
  const cards = page.getByRole('region', { name: 'How the file was read' });
  await expect(cards.getByRole('article', { name: 'Text encoding' })).toContainText(/windows-1252/i);
  await expect(cards.getByRole('article', { name: 'Separator' })).toContainText(/semicolon/i);

  // The dates that only a person can settle hold the desk up, and nothing is chosen beforehand.
  const dayFirst = page.getByRole('group', { name: /Order date/ }).getByRole('button', { name: /^Day first/ });
  await expect(dayFirst).toBeFocused();
  await next(page);
  await expect(step(page)).toContainText('Map columns');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox', { name: 'Order date: order of day and month' })).toHaveValue('dmy');

  await next(page);
  await expect(tab(page, 'Errors')).toContainText('3');
  await expect(focused(page)).toBeVisible();
  expect(await count(workbench, 'orders')).toBe(0);
  const panel = page.locator('aside.peek');

  await page.keyboard.press('F8');
  await expect(focused(page)).toContainText('0388');
  await expect(panel).toContainText('LINK_NONE');
  await page.keyboard.type('00388');
  await page.keyboard.press('Enter');
  await expect(tab(page, 'Errors')).toContainText('2');
  await page.keyboard.press('F8');
  await expect(focused(page)).toContainText('30/02/2026');
  await page.keyboard.type('28/02/2026');
  await page.keyboard.press('Enter');
  await expect(tab(page, 'Errors')).toContainText('1');

  // Its own undo, while the check is in front.
  await page.keyboard.press('Control+Z');
  await expect(tab(page, 'Errors')).toContainText('2');
  await page.keyboard.press('Control+Y');
  await expect(tab(page, 'Errors')).toContainText('1');

  // Leaving the screen loses nothing.
  await page.keyboard.press('Control+2');
  await expect(page.getByRole('heading', { name: 'Accounts', level: 1 })).toBeVisible();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(tab(page, 'Errors')).toContainText('1');
  await expect(focused(page)).toBeVisible();

  await next(page);
  const apply = page.getByRole('button', { name: `Apply ${uglyRows} rows` });
  await expect(apply).toBeFocused();
  await expect(page.getByRole('region', { name: 'Before it is written' })).toContainText('2 cells mended here');
  expect(await count(workbench, 'orders')).toBe(0);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'What came' })).toContainText(`${uglyRows} rows imported as one step`);
  expect(await count(workbench, 'orders')).toBe(uglyRows);
  const shown = await workbench.cli('query', `SELECT * FROM v_orders WHERE number = 'SO-90419'`, '--json');
  expect(JSON.parse(shown)).toMatchObject([{ requested: '2026-02-28' }]);

  await page.keyboard.press('Control+Z');
  await expect(page.locator('.toast').last()).toContainText('Undid');
  await expect.poll(() => count(workbench, 'orders')).toBe(0);
});

test('rows with errors are left out, written to a file with their reason, and can come back', async ({ workbench, page }) => {
  const folder = path.dirname(workbench.db);
  await openDesk(workbench);
  await workbench.electron?.evaluate(
    ({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    },
    path.join(folder, 'to fix.csv'),
  );
  const file = writeBeside(
    workbench,
    'new.csv',
    'Customer ID,Company Name,Credit limit\n1,Able,1500\n2,Baker,lots\n3,Charlie,20\n',
  );
  await openImport(page);
  await toCheck(page, file);
  await expect(tab(page, 'Errors')).toContainText('1');
  await next(page);
  await expect(page.getByRole('button', { name: 'Apply 3 rows' })).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('ArrowDown');
  await next(page);
  const came = page.getByRole('region', { name: 'What came' });
  await expect(came).toContainText('2 rows imported as one step');
  await expect(came).toContainText('1 row left out for errors');
  const rest = (await came.locator('.path b').textContent()) ?? '';
  expect(fs.readFileSync(rest, 'utf8')).toMatch(/2,Baker,lots,.*not a number/);
  await came.getByRole('button', { name: 'Show the accounts' }).press('Enter');
  await expect(page.getByRole('gridcell', { name: 'Charlie' })).toBeVisible();
  await expect(page.getByRole('gridcell', { name: 'Harbour Foods' })).toHaveCount(0);
});

test('a pasted table is read, mapped, checked and applied; the mapping is used for the next one', async ({ workbench, page }) => {
  await openDesk(workbench);
  await openImport(page);
  const table = 'Customer ID\tCompany Name\tLoading bay\n007\tBond Street Books\tGate 4\n008\tMill Lane\tGate 5\n';
  await paste(page, table);
  await expect(step(page)).toContainText('Map columns');
  await expect(page.locator('.steps')).toContainText('Pasted.tsv');
  await expect(page.getByRole('combobox', { name: 'Loading bay goes to' })).toHaveValue('Keep as a field of its own');
  await page.getByLabel('Use it for the next file of this kind, as').fill('Books, weekly');
  await page.getByRole('button', { name: 'Save mapping' }).press('Enter');
  await expect(page.locator('.toast').last()).toContainText('Books, weekly');
  await next(page);
  await expect(tab(page, 'New')).toContainText('2');
  await next(page);
  await expect(page.getByRole('button', { name: 'Apply 2 rows' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'What came' })).toContainText('2 rows imported');
  const shown = await workbench.cli('query', `SELECT code FROM v_accounts WHERE name = 'Bond Street Books'`, '--json');
  expect(JSON.parse(shown)).toEqual([{ code: '007' }]);

  await page.keyboard.press('Enter');
  await expect(pathField(page)).toBeFocused();
  await paste(page, table.replace('Mill Lane', 'Mill Row'));
  await expect(page.getByRole('combobox', { name: 'Mapping' })).toContainText('Books, weekly');
  await next(page);
  await expect(tab(page, 'Update')).toContainText('1');
  await expect(tab(page, 'Same')).toContainText('1');
  await expect(page.locator('[data-region="status"]')).toContainText('Mapping “Books, weekly” used');
});

test('a file dropped on any screen opens the desk with it, and the window stays where it is', async ({ workbench, page }) => {
  await openDesk(workbench);
  const before = page.url();
  await dropFiles(page, [{ name: 'customers.csv', text: customers }]);
  await expect(step(page)).toContainText('Map columns');
  await expect(page.locator('.steps')).toContainText('customers.csv');
  expect(page.url()).toBe(before);
  await next(page);
  await expect(tab(page, 'New')).toContainText('2');
});

test('an import that is cancelled keeps nothing and says so; the desk stays as it was', async ({ workbench, page }) => {
  await openDesk(workbench);
  const apply = await readyToApplyMany(page, workbench);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Cancel' }).press('Enter');
  await expect(page.getByText('Nothing of this import has been kept')).toBeVisible({ timeout: 30_000 });
  await expect.poll(() => count(workbench, 'accounts'), { timeout: 30_000 }).toBe(3);
  await expect(apply).toBeVisible();
});

test('an engine that dies loses nothing of the desk: a dropped file is handed over again, edits and mapping stay', async ({
  workbench,
  page,
}) => {
  await openDesk(workbench);
  await openImport(page);
  await paste(page, 'Customer ID\tCompany Name\tCredit limit\n1\tAble\t1500\n2\tBaker\tlots\n');
  await expect(step(page)).toContainText('Map columns');
  await next(page);
  await mendOnly(page, 'lots', '2000');

  const { pid } = JSON.parse(fs.readFileSync(`${workbench.db}.engine.json`, 'utf8')) as { pid: number };
  process.kill(pid, 'SIGKILL');
  await expect(page.getByText('The engine is restarting')).toBeVisible();
  await expect(page.getByText('Checking …')).toBeHidden({ timeout: 30_000 });
  await expect(page.getByText('Saved on this computer')).toBeVisible({ timeout: 30_000 });
  await expect(tab(page, 'New')).toContainText('2');
  await next(page);
  await expect(page.getByRole('region', { name: 'Before it is written' })).toContainText('1 cell mended here');
  await page.getByRole('button', { name: 'Apply 2 rows' }).press('Enter');
  await expect(page.getByRole('region', { name: 'What came' })).toContainText('2 rows imported as one step');
  const shown = await workbench.cli('query', `SELECT credit_limit FROM v_accounts WHERE name = 'Baker'`, '--json');
  expect(JSON.parse(shown)).toEqual([{ credit_limit: 2000 }]);
});

test('a file that is not there is said in plain words, and the path stays', async ({ workbench, page }) => {
  await openDesk(workbench);
  await openImport(page);
  await page.keyboard.type('/nowhere/at/all.csv');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(pathField(page)).toHaveValue('/nowhere/at/all.csv');
});

const dataset = process.env['WORKBENCH_ACCEPTANCE_DATA'];
const northwind = path.resolve(import.meta.dirname, '../acceptance/northwind.recipe.json');

/** Hashes by table. The count of people is left out: the person at the desk is in it, and in no hash. */
const hashesOf = async (db: string): Promise<Record<string, string>> => {
  const { tables } = JSON.parse(await runCli(db, ['check', '--hash', '--json'])) as { tables: Record<string, { hash: string }> };
  return Object.fromEntries(Object.entries(tables).map(([table, { hash }]) => [table, hash]));
};

test('Northwind through the screen is Northwind by the command line', async ({ workbench, page }, testInfo) => {
  test.skip(dataset === undefined, 'WORKBENCH_ACCEPTANCE_DATA names no folder with the data.');
  test.setTimeout(300_000);
  const folder = path.join(dataset ?? '', 'northwind');
  const other = testInfo.outputPath('by-command-line.db');
  await runCli(other, ['import', folder, '--recipe', northwind]);
  const company = { zone: 'America/Los_Angeles', currency: 'USD', weekStart: 1, fiscalMonth: 1, name: 'Northwind' };
  await workbench.call('app.setup', { company, person: { name: 'Marta Ellery', email: null, claim: null } });
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Accounts', level: 1 })).toBeVisible({ timeout: 30_000 });
  await openImport(page);
  await page.getByLabel('Recipe file').setInputFiles(northwind);
  await expect(page.getByText('In use: Northwind')).toBeVisible();
  await pathField(page).focus();
  await toCheck(page, folder);
  await next(page);
  await expect(page.getByRole('region', { name: 'Before it is written' })).toBeVisible({ timeout: 60_000 });
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'What came' })).toBeVisible({ timeout: 180_000 });
  const hashes = await hashesOf(workbench.db);
  expect(Object.keys(hashes)).toContain('order_lines');
  expect(hashes).toEqual(await hashesOf(other));
});
