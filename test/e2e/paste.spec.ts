/**
 * The clipboard by keyboard alone, in a register and in the lines of an order: 200 rows with three bad cells, walked
 * through, fixed and taken back; moves, copies, new rows, names of columns. No pointer is used in this file.
 */
import type { Locator, Page } from '@playwright/test';
import { uuidv7 } from 'uuidv7';
import { expect, test } from './app.ts';
import type { Workbench } from './app.ts';
import { pressAll, putOnClipboard, textOnClipboard } from './clipboard.ts';
import { cell, focused, focusedField, goTo, openDesk, saved } from './desk.ts';

/** The live data of the file, as one hash per table. */
const hashOf = async (workbench: Workbench): Promise<unknown> => {
  const { tables } = (await workbench.call('check.run', { hash: true })) as { tables: unknown };
  return tables;
};

const bar = (page: Page): Locator => page.getByTestId('paste-bar');

const tsv = (rows: readonly (readonly string[])[]): string => rows.map((row) => `${row.join('\t')}\r\n`).join('');

const undo = async (page: Page, label: string): Promise<void> => {
  await page.keyboard.press('Control+Z');
  await expect(page.getByText(`Undid: ${label}`).first()).toBeVisible();
};

/** 200 accounts as a spreadsheet has them, below the names of their columns; three have a tier that is none. */
const head = ['Code', 'Name', 'Status', 'Tier'];
const rows = Array.from({ length: 200 }, (_, at) => {
  const tier = at === 20 || at === 90 ? 'gold?' : at === 150 ? 'platnum' : 'A';
  return [`N${String(at).padStart(3, '0')}`, `New account ${at}`, 'Active', tier];
});

/** Presses Tab until a button of the bar has the focus. */
const press = async (page: Page, name: string): Promise<void> => {
  await page.keyboard.press('F6');
  const button = bar(page).getByRole('button', { name });
  await expect(button).toBeVisible();
  await button.press('Enter');
};

test('200 rows with 3 bad cells in a register: found, fixed together, taken back, done again', async ({ page, workbench }) => {
  const { accounts } = await openDesk(workbench);
  const before = await hashOf(workbench);
  await goTo(page, accounts[2] ?? '', 'code');
  await putOnClipboard(workbench, tsv([head, ...rows]));
  await page.keyboard.press('Control+Shift+V');
  const dialog = page.getByRole('dialog', { name: 'Paste special' });
  await expect(dialog.getByText('201 rows × 4 on the clipboard.')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'As new rows, by the names in the first row' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(cell(page, accounts[2] ?? '', 'code')).toBeFocused();
  await page.keyboard.press('Control+Shift+V');
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(bar(page)).toContainText('Pasted 200 rows × 4 · 197 ready · 3 cells need attention');
  await expect(bar(page)).toContainText('F8 next');
  await saved(page);
  const after = await hashOf(workbench);
  expect(after).not.toEqual(before);

  // A copy takes rows that are not loaded, too.
  await pressAll(page, 'Control+Home', 'Control+A', 'Control+A', 'Control+C');
  await expect.poll(async () => (await textOnClipboard(workbench)).split('\r\n').length).toBe(204);
  await page.keyboard.press('Escape');
  await expect(page.locator('.ants-t')).toHaveCount(0);

  await press(page, 'Show only these');
  await expect(page.getByRole('gridcell', { name: /^New account/ })).toHaveCount(3);
  await page.keyboard.press('F8');
  await expect(focused(page)).toHaveText(/gold\?|platnum/);
  // The walk goes round: a cell with `gold?` is next, or the one after.
  if ((await focused(page).textContent())?.startsWith('gold?') !== true) await page.keyboard.press('F8');
  await expect(focused(page)).toHaveText(/gold\?/);
  await page.keyboard.type('B');
  await page.keyboard.press('Enter');
  await expect(bar(page)).toContainText('198 ready · 2 cells need attention');
  await press(page, 'Apply same fix to 1 like it');
  await expect(bar(page)).toContainText('199 ready · 1 cell needs attention');
  await undo(page, 'Apply same fix to 1 cell');
  await expect(bar(page)).toContainText('198 ready · 2 cells need attention');
  await page.keyboard.press('Control+Z');
  await expect(bar(page)).toContainText('197 ready · 3 cells need attention');
  await undo(page, 'Paste 200 rows');
  await expect(bar(page)).not.toContainText('Pasted');
  expect(await hashOf(workbench)).toEqual(before);
  await page.keyboard.press('Control+Y');
  await expect(bar(page)).toContainText('197 ready · 3 cells need attention');
  expect(await hashOf(workbench)).toEqual(after);
});

test('a paste with the names of its columns is offered by name; one step all the same', async ({ page, workbench }) => {
  const { accounts } = await openDesk(workbench);
  const [first = '', second = '', third = ''] = accounts;
  await goTo(page, first, 'code');
  const before = await hashOf(workbench);
  await putOnClipboard(
    workbench,
    tsv([
      ['City', 'Colour', 'Name'],
      ['Oban', 'red', 'Harbour Seafoods'],
      ['Wick', 'blue', 'Kestrel & Co'],
    ]),
  );
  await page.keyboard.press('Control+V');
  await expect(bar(page)).toContainText('Pasted 3 rows × 3');
  await expect(cell(page, third, 'code')).toHaveText('Wick');
  await press(page, 'Map by header');
  await expect(bar(page)).toContainText('Pasted 2 rows × 2');
  await expect(bar(page)).toContainText('“red”');
  await expect(cell(page, second, 'name')).toHaveText('Kestrel & Co');
  await expect(cell(page, third, 'code')).toHaveText('A3');
  await saved(page);
  expect(await workbench.call('records.get', { table: 'accounts', id: first })).toMatchObject({
    v: { code: 'A1', name: 'Harbour Seafoods', city: 'Oban' },
  });
  await undo(page, 'Paste 2 rows');
  expect(await hashOf(workbench)).toEqual(before);
});

test('what is copied is text for any spreadsheet; a cut moves once; Escape or an edit takes the line away', async ({
  page,
  workbench,
}) => {
  const { accounts } = await openDesk(workbench);
  const [first = '', second = '', third = ''] = accounts;
  await goTo(page, first, 'code');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Control+C');
  await expect.poll(() => textOnClipboard(workbench)).toBe('A1\tHarbour Foods\r\nA2\tKestrel Parts\r\n');
  await expect(cell(page, first, 'code').locator('xpath=ancestor-or-self::*[contains(@class,"ag-cell")][1]')).toHaveClass(
    /ants-t/,
  );
  await page.keyboard.press('Escape');
  await expect(page.locator('.ants-t')).toHaveCount(0);

  // Whatever else is done ends a copy; its own pastes do not.
  await page.keyboard.press('Control+C');
  await goTo(page, second, 'code');
  await page.keyboard.press('Control+V');
  await expect(cell(page, third, 'code')).toContainText('A2');
  await saved(page);
  await expect(page.locator('.ants-t')).not.toHaveCount(0);
  await undo(page, 'Paste 2 rows');
  await expect(page.locator('.ants-t')).toHaveCount(0);

  const before = await hashOf(workbench);
  await goTo(page, first, 'name');
  await page.keyboard.press('Control+X');
  await expect(page.locator('.ants-t')).toHaveCount(1);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Control+V');
  await expect(cell(page, second, 'name')).toHaveText('Harbour Foods');
  await expect(cell(page, first, 'name')).toHaveText(/^(, .*)?$/);
  await expect(page.locator('.ants-t')).toHaveCount(0);
  await undo(page, 'Move 1 cell');
  expect(await hashOf(workbench)).toEqual(before);

  // The same clipboard again moves nothing more.
  await goTo(page, third, 'name');
  await page.keyboard.press('Control+V');
  await expect(cell(page, third, 'name')).toHaveText('Harbour Foods');
  await expect(cell(page, first, 'name')).toHaveText('Harbour Foods');
  await undo(page, 'Paste 1 cell');
  expect(await hashOf(workbench)).toEqual(before);
});

test('lines from a spreadsheet into an order: past the end they are new lines, and one undo takes them back', async ({
  page,
  workbench,
}) => {
  const { accounts, products } = await openDesk(workbench);
  const order = uuidv7();
  const line = uuidv7();
  const patches = [
    { kind: 'insert', table: 'orders', id: order, values: { account_id: accounts[0] ?? '' } },
    {
      kind: 'insert',
      table: 'order_lines',
      id: line,
      values: { order_id: order, product_id: products[0] ?? '', qty: 1_000_000 },
    },
  ];
  await workbench.call('records.apply', { patches, label: 'Fill' });
  await page.keyboard.press('Control+4');
  await expect(focused(page)).toContainText('Harbour Foods');
  await page.keyboard.press('Alt+Enter');
  await expect(page.getByTestId('order-page')).toBeVisible();
  await expect(focused(page)).toBeVisible();
  expect(await focusedField(page)).toBe('product_id');
  const before = await hashOf(workbench);

  const lines = Array.from({ length: 50 }, (_, at) => [String(1001 + (at % 5)), at === 7 ? '12x' : String(at + 1)]);
  await putOnClipboard(workbench, tsv([['1005', '99'], ...lines]));
  await page.keyboard.press('Control+V');
  await expect(bar(page)).toContainText('Pasted 51 rows × 2 · 50 ready · 1 cell needs attention');
  await saved(page);
  const { rows: stored } = (await workbench.call('records.children', { table: 'order_lines', owner: order })) as {
    rows: readonly { readonly id: string; readonly v: Readonly<Record<string, unknown>> }[];
  };
  expect(stored.map(({ v }) => v['position'])).toEqual(Array.from({ length: 51 }, (_, at) => at + 1));
  expect(stored[0]).toMatchObject({ id: line, v: { product_id: products[4], qty: 99_000_000 } });
  expect(stored[50]).toMatchObject({ v: { product_id: products[4], qty: 50_000_000, description: 'Euro crate 1005' } });

  await page.keyboard.press('F8');
  await expect(focused(page)).toContainText('12x');
  await page.keyboard.type('12');
  await page.keyboard.press('Enter');
  await expect(bar(page)).toContainText('Pasted 51 rows × 2 · all ready');
  await page.keyboard.press('Control+Z');
  await expect(bar(page)).toContainText('1 cell needs attention');
  await undo(page, 'Paste 51 rows');
  await expect(cell(page, line, 'product_id')).toHaveText('1001');
  expect(await hashOf(workbench)).toEqual(before);
});

test('one cell fills what is selected; more rows than a paste takes go to Import', async ({ page, workbench }) => {
  const { accounts } = await openDesk(workbench);
  const [first = '', , third = ''] = accounts;
  await goTo(page, first, 'city');
  await pressAll(page, 'Shift+ArrowDown', 'Shift+ArrowDown');
  await putOnClipboard(workbench, 'Wick\r\n');
  await page.keyboard.press('Control+V');
  await expect(bar(page)).toContainText('Pasted 3 rows × 1 · all ready');
  await expect(cell(page, third, 'city')).toHaveText('Wick');
  await undo(page, 'Paste 3 rows');
  await expect(cell(page, third, 'city')).toHaveText('Leith');

  const many = Array.from({ length: 5001 }, (_, at) => [`C${at}`, `Name ${at}`]);
  await putOnClipboard(workbench, tsv([['Code', 'Name'], ...many]));
  await goTo(page, first, 'code');
  await page.keyboard.press('Control+V');
  await expect(page.getByText('Map columns')).toBeVisible();
  await expect(page.getByText('Pasted.tsv').first()).toBeVisible();
});
