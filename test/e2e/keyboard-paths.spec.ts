/**
 * The keyboard-only paths of the workbench, as far as their screens are built; each says how many keys it took, and none
 * may use a pointer. Data is put in by the command line where a path does not make it itself.
 */
import fs from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { readCells, readParts } from '../export/parts.ts';
import type { Workbench } from './app.ts';
import { expect, test } from './app.ts';
import { putOnClipboard } from './clipboard.ts';
import { cell, focused, goTo, openDesk, saved } from './desk.ts';
import { count, openImport, tab, toCheck, writeBeside } from './importing.ts';
import { finish, keysOn, startOrder, typeLines, watchInput } from './keys.ts';

/** The fields of a register or an order that has the focus. */
const values = (page: Page, field: string): Promise<readonly string[]> =>
  page.locator(`.ag-cell[col-id="${field}"]`).evaluateAll((cells) => cells.map((one) => one.textContent ?? ''));

/** UX.md 4: the keys of an order of five lines. */
const orderTarget = 58;

const noOrders = async (page: Page): Promise<void> => {
  await page.keyboard.press('Control+4');
  await expect(page.getByText('No orders yet.')).toBeVisible();
};

const fiveLines = async (page: Page, workbench: Workbench): Promise<void> => {
  const keyboard = keysOn(page);
  const { press } = keyboard;
  await startOrder(page, keyboard);
  await typeLines(keyboard, [
    ['1001', '12'],
    ['1002', '24'],
    ['1003', '10'],
    ['1004', '99'],
    ['1005', '50'],
  ]);
  await press('Control+Enter');
  await expect(page.locator('.chip', { hasText: /In fulfilment|Confirmed/ }).first()).toBeAttached();
  const { rows } = (await workbench.call('view.first', { table: 'orders' })) as { rows: { id: string; v: object }[] };
  expect(rows).toHaveLength(1);
  expect(rows[0]?.v).toMatchObject({ po_ref: 'HF-582', status: 'confirmed', line_count: 5, net: 165_750 });
};

test('2: an order of five lines', async ({ page, workbench }) => {
  await openDesk(workbench);
  await noOrders(page);
  const heard = await watchInput(page);
  await fiveLines(page, workbench);
  await expect(page.getByTestId('order-sums')).toContainText('1,657.50');
  await finish('An order of five lines', heard, orderTarget);
});

test('15: the same order at 200 % zoom and 150 % text', async ({ page, workbench, host }) => {
  test.skip(host === 'electron', 'The window of the desktop is not made smaller than it may be.');
  await openDesk(workbench);
  await page.setViewportSize({ width: 640, height: 400 });
  for (let size = 100; size < 150; size += 10) await page.keyboard.press('Control+=');
  await expect(page.locator('html')).toHaveCSS('--scale', '1.5');
  await noOrders(page);
  const heard = await watchInput(page);
  await fiveLines(page, workbench);
  await finish('The same at 200 % zoom and 150 % text', heard, orderTarget);
});

test('5: 200 rows pasted, three bad cells walked and mended, all of it undone and done again', async ({ page, workbench }) => {
  test.slow();
  const { accounts } = await openDesk(workbench);
  const rows = Array.from({ length: 200 }, (_, at) => [
    `N${at}`,
    `New ${at}`,
    'Active',
    [20, 90, 150].includes(at) ? 'gold?' : 'A',
  ]);
  await putOnClipboard(workbench, rows.map((row) => `${row.join('\t')}\r\n`).join(''));
  await goTo(page, accounts[2] ?? '', 'code');
  const heard = await watchInput(page);
  const { press, type } = keysOn(page);
  const bar = page.getByTestId('paste-bar');
  await press('Control+V');
  await expect(bar).toContainText('Pasted 200 rows × 4 · 197 ready · 3 cells need attention');
  for (const left of [2, 1, 0]) {
    await press('F8');
    await expect(focused(page)).toContainText('gold?');
    await type('B');
    await press('Enter');
    await expect(bar).toContainText(left === 0 ? 'all ready' : `${200 - left} ready`);
  }
  await saved(page);
  for (let step = 0; step < 4; step += 1) {
    const undone = (await workbench.call('undo.state', {})) as { undo: { step: number } };
    await press('Control+Z');
    await expect.poll(() => workbench.call('undo.state', {})).not.toMatchObject({ undo: { step: undone.undo.step } });
  }
  expect(await count(workbench, 'accounts')).toBe(3);
  for (let step = 0; step < 4; step += 1) {
    const redone = (await workbench.call('undo.state', {})) as { redo: { step: number } };
    await press('Control+Y');
    await expect.poll(() => workbench.call('undo.state', {})).not.toMatchObject({ redo: { step: redone.redo.step } });
  }
  expect(await count(workbench, 'accounts')).toBe(202);
  await finish('200 rows pasted, three mended, undone, redone', heard);
});

test('6: filter, sort, edit the cell that is sorted by: its row stays until Re-apply', async ({ page, workbench }) => {
  const [first = ''] = (await openDesk(workbench)).accounts;
  const heard = await watchInput(page);
  const { press, type } = keysOn(page);
  await press('Control+L');
  await type('city:leith sort:-name');
  await press('Enter');
  await expect.poll(() => values(page, 'name')).toEqual(['Rookery Inns', 'Kestrel Parts', 'Harbour Foods']);
  await press('Control+End', 'Home');
  await expect(focused(page)).toContainText('A1');
  await press('Tab');
  await expect(cell(page, first, 'name')).toBeFocused();
  await type('Zander Foods');
  await press('Enter');
  await saved(page);
  await expect(page.locator('.status')).toContainText('Re-apply');
  expect(await values(page, 'name')).toEqual(['Rookery Inns', 'Kestrel Parts', 'Zander Foods']);
  await press('Control+K');
  await expect(page.locator('.p-q')).toBeFocused();
  await type('re-apply');
  await expect(page.locator('.pi[data-highlighted]')).toContainText('Re-apply');
  await press('Enter');
  await expect.poll(() => values(page, 'name')).toEqual(['Zander Foods', 'Rookery Inns', 'Kestrel Parts']);
  await expect(focused(page)).toBeVisible();
  await finish('Filter, sort, edit, re-apply', heard);
});

test('7: fill down and right, one value for all, clear: each is one step back', async ({ page, workbench }) => {
  const [first = ''] = (await openDesk(workbench)).accounts;
  const heard = await watchInput(page);
  const { press, type } = keysOn(page);
  const undo = async (): Promise<void> => {
    await saved(page);
    await press('Control+Z');
  };
  const before = await values(page, 'name');
  await goTo(page, first, 'name');
  await press('Shift+ArrowDown', 'Shift+ArrowDown', 'Control+D');
  await expect.poll(() => values(page, 'name')).toEqual(['Harbour Foods', 'Harbour Foods', 'Harbour Foods']);
  await undo();
  await expect.poll(() => values(page, 'name')).toEqual(before);
  await goTo(page, first, 'code');
  await press('Shift+ArrowRight', 'Control+R');
  await expect(cell(page, first, 'name')).toHaveText('A1');
  await undo();
  await expect.poll(() => values(page, 'name')).toEqual(before);
  await goTo(page, first, 'name');
  await press('Shift+ArrowDown', 'Shift+ArrowDown');
  await type('One');
  await press('Control+Enter');
  await expect.poll(() => values(page, 'name')).toEqual(['One', 'One', 'One']);
  await undo();
  await expect.poll(() => values(page, 'name')).toEqual(before);
  await goTo(page, first, 'city');
  await press('Shift+ArrowDown', 'Delete');
  await expect.poll(() => values(page, 'city')).toEqual(['', '', 'Leith']);
  await undo();
  await expect.poll(() => values(page, 'city')).toEqual(['Leith', 'Leith', 'Leith']);
  await finish('Fill, fill right, one value for all, clear, and back', heard);
});

test('10: a thousand rows with errors come in, two of them mended on the way', async ({ page, workbench }) => {
  test.slow();
  await openDesk(workbench);
  const heard = await watchInput(page);
  const { press, type } = keysOn(page);
  const line = (n: number): string => `C${n},Customer ${n},${n === 17 || n === 940 ? '12x' : 1000 + n}`;
  const rows = Array.from({ length: 1_000 }, (_, n) => line(n));
  const file = writeBeside(workbench, 'thousand.csv', ['Customer ID,Company Name,Credit limit', ...rows].join('\n'));
  await openImport(page);
  await toCheck(page, file);
  await expect(tab(page, 'Errors')).toContainText(/Errors2/, { timeout: 30_000 });
  for (let at = 0; at < 2; at += 1) {
    await press('F8');
    await expect(page.locator('.ag-cell.bad:focus')).toContainText('12x');
    await type('500');
    await press('Enter');
    await expect(tab(page, 'Errors')).toContainText(`Errors${1 - at}`);
  }
  await press('Control+Enter');
  await expect(page.getByRole('button', { name: 'Apply 1,000 rows' })).toBeFocused();
  await press('Control+Enter');
  await expect(page.getByRole('region', { name: 'What came' })).toBeVisible({ timeout: 60_000 });
  expect(await count(workbench, 'accounts')).toBe(1_003);
  await finish('A thousand rows, two mended', heard);
});

test('12: the palette goes to every screen there is in six keys', async ({ page, workbench }) => {
  await openDesk(workbench);
  const heard = await watchInput(page);
  const screens = await page.getByRole('navigation', { name: 'Screens' }).getByRole('listitem').getByRole('button').all();
  const names = await Promise.all(screens.map(async (screen) => (await screen.getAttribute('title')) ?? ''));
  expect(names.length).toBeGreaterThan(5);
  const { press, type } = keysOn(page);
  for (const name of names) {
    const before = (await heard()).keys;
    await press('Control+K');
    await expect(page.locator('.p-q')).toBeFocused();
    await type(name.slice(0, 3).toLowerCase());
    await expect(page.locator('.pi[data-highlighted]')).toContainText(name);
    await press('Enter');
    await expect(page.getByRole('main', { name })).toBeVisible();
    // The screen may have been there before: the palette is not asked again before it is gone.
    await expect(page.locator('.pi')).toHaveCount(0);
    await finish(`To ${name}`, async () => ({ ...(await heard()), keys: (await heard()).keys - before }), 6);
  }
});

test('13: the page goes away in the middle of an edit, and the text is back', async ({ page, workbench }) => {
  const [first = ''] = (await openDesk(workbench)).accounts;
  const heard = await watchInput(page);
  const { press, type } = keysOn(page);
  await goTo(page, first, 'next_step');
  await type('Call Jonas about the cr');
  await expect(page.locator('.status')).toContainText('not saved yet');
  await page.reload();
  await expect(cell(page, first, 'next_step')).toContainText('Call Jonas about the cr', { timeout: 30_000 });
  await expect(focused(page)).toBeVisible();
  await goTo(page, first, 'next_step');
  await press('F2');
  await type('ates');
  await press('Enter');
  await saved(page);
  await expect(cell(page, first, 'next_step')).toHaveText('Call Jonas about the crates');
  await finish('An edit over the end of its page', heard);
});

test('16: to a workbook, and what is in it has the types of the cells', async ({ page, workbench }) => {
  await openDesk(workbench);
  const folder = path.join(path.dirname(workbench.db), 'exports');
  fs.mkdirSync(folder, { recursive: true });
  await workbench.electron?.evaluate(
    ({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    },
    path.join(folder, 'catalogue.xlsx'),
  );
  const heard = await watchInput(page);
  const { press } = keysOn(page);
  await press('Control+8');
  await expect(focused(page)).toBeVisible();
  await press('Control+E');
  await expect(page.getByRole('dialog', { name: /^Export/ })).toBeVisible();
  await press('Enter');
  await expect(page.locator('.toast')).toContainText('5 products written to');
  const [name = ''] = fs.readdirSync(folder);
  const cells = [...readCells(readParts(path.join(folder, name))).values()];
  expect(cells.find(({ value }) => value === '1001')?.type).not.toBe('number');
  expect(cells.find(({ value }) => value === '8.5')?.type).toBe('number');
  await finish('To a workbook', heard);
});
