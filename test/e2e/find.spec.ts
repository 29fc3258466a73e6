/** Finding and replacing by keyboard alone, in a register and in the lines of an order. */
import type { Page } from '@playwright/test';
import { uuidv7 } from 'uuidv7';
import { expect, test } from './app.ts';
import { checkAxe } from './axe.ts';
import { cell, focused, goTo, openDesk, saved } from './desk.ts';

const box = (page: Page) => page.getByRole('textbox', { name: 'Find in these rows' });
const count = (page: Page) => page.locator('.find-count');
const plan = (page: Page) => page.locator('.find-plan');

const press = async (page: Page, ...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};

test('what is found is counted, marked and gone to; Escape gives the rows back', async ({ page, workbench, host }) => {
  const [first = '', second = '', third = ''] = (await openDesk(workbench)).accounts;
  await goTo(page, second, 'code');
  await press(page, 'Control+F');
  await expect(box(page)).toBeFocused();
  await page.keyboard.type('rs');
  await expect(count(page)).toHaveText('Not found');
  await press(page, 'Control+A');
  await page.keyboard.type('r');
  // From the row the person was in, not from the top.
  await expect(count(page)).toHaveText('2 of 3');
  await expect(cell(page, second, 'name')).toHaveClass(/find-now/);
  await expect(cell(page, first, 'name').locator('mark')).toHaveCount(2);
  await expect(box(page)).toBeFocused();
  await press(page, 'Enter');
  await expect(cell(page, second, 'name')).toBeFocused();
  await press(page, 'F3');
  await expect(cell(page, third, 'name')).toBeFocused();
  await expect(count(page)).toHaveText('3 of 3');
  await press(page, 'F3');
  await expect(cell(page, first, 'name')).toBeFocused();
  await press(page, 'Shift+F3');
  await expect(cell(page, third, 'name')).toBeFocused();
  if (host === 'chromium') await checkAxe(page, 'finding');
  await press(page, 'Escape');
  await expect(page.locator('mark')).toHaveCount(0);
  await expect(box(page)).toHaveCount(0);
  await expect(cell(page, third, 'name')).toBeFocused();
  await press(page, 'Control+F');
  await expect(box(page)).toHaveValue('r');
  await press(page, 'Control+A');
  await page.keyboard.type('Kestrel');
  await expect(count(page)).toHaveText('1 of 1');
  await press(page, 'Escape');
  await expect(cell(page, second, 'name')).toBeFocused();
});

test('case and whole cells are heeded when asked; the quick filter keeps its own key', async ({ page, workbench }) => {
  await openDesk(workbench);
  await press(page, 'Control+F');
  await page.keyboard.type('leith');
  await expect(count(page)).toHaveText('1 of 3');
  await press(page, 'Tab', 'Tab', 'Tab');
  await expect(page.getByRole('checkbox', { name: 'Match case' })).toBeFocused();
  await press(page, 'Space');
  await expect(count(page)).toHaveText('Not found');
  await press(page, 'Space', 'Tab', 'Space');
  await expect(count(page)).toHaveText('1 of 3');
  await press(page, 'Control+F', 'Control+A');
  await page.keyboard.type('lei');
  await expect(count(page)).toHaveText('Not found');
  await press(page, 'Escape', 'Control+L');
  await expect(page.getByRole('textbox', { name: 'Filter', exact: true })).toBeFocused();
});

test('rows that are not loaded are found, and shown when gone to', async ({ page, workbench }) => {
  await openDesk(workbench);
  const patches = Array.from({ length: 1500 }, (_, at) => ({
    kind: 'insert',
    table: 'accounts',
    id: uuidv7(),
    values: { code: `B${at}`, name: at === 1400 ? 'The Needle Trading' : `Branch ${String(at).padStart(4, '0')}` },
  }));
  for (let from = 0; from < patches.length; from += 500)
    await workbench.call('records.apply', { patches: patches.slice(from, from + 500), label: 'Fill' });
  await page.reload();
  await expect(focused(page)).toBeVisible();
  await press(page, 'Control+F');
  await page.keyboard.type('needle');
  await expect(count(page)).toHaveText('1 of 1');
  await press(page, 'Enter');
  await expect(cell(page, patches[1400]?.id ?? '', 'name')).toBeFocused();
  await expect(focused(page).locator('mark')).toHaveText('Needle');
});

test('a replacement says what it would do, is one step, and leaves out what cannot be typed into', async ({
  page,
  workbench,
  host,
}) => {
  const { accounts } = await openDesk(workbench);
  await press(page, 'Control+H');
  await page.keyboard.type('Leith');
  await expect(page.getByRole('textbox', { name: 'Replace by' })).toBeVisible();
  await press(page, 'Tab', 'Tab', 'Tab', 'Tab', 'Tab', 'Tab');
  await expect(page.getByRole('textbox', { name: 'Replace by' })).toBeFocused();
  await page.keyboard.type('Granton');
  await expect(plan(page)).toHaveText('Replace in 3 cells of 3 rows.');
  await expect(cell(page, accounts[0] ?? '', 'city')).toHaveText('Leith');
  if (host === 'chromium') await checkAxe(page, 'replacing');
  await press(page, 'Enter');
  await expect(page.locator('.toast')).toContainText('Replaced in 3 cells.');
  await expect(count(page)).toHaveText('Not found');
  for (const id of accounts) await expect(cell(page, id, 'city')).toHaveText('Granton');
  await press(page, 'Escape', 'Control+Z');
  for (const id of accounts) await expect(cell(page, id, 'city')).toHaveText('Leith');
});

test('a replacement that makes no sense in its cell is kept there as typed', async ({ page, workbench }) => {
  const [first = ''] = (await openDesk(workbench)).accounts;
  await goTo(page, first, 'renewal_on');
  await page.keyboard.type('2026-11-30');
  await press(page, 'Enter');
  await saved(page);
  await press(page, 'Control+H');
  await page.keyboard.type('2026');
  await expect(count(page)).toHaveText(/^1 of/);
  await press(page, 'Tab', 'Tab', 'Tab', 'Tab', 'Tab', 'Tab');
  await page.keyboard.type('someday');
  await expect(plan(page)).toHaveText(/^Replace in 1 cell of 1 row/);
  await press(page, 'Enter');
  await expect(cell(page, first, 'renewal_on')).toContainText('someday');
  await expect(cell(page, first, 'renewal_on')).toHaveClass(/\bbad\b/);
});

test('the lines of an order are searched and replaced in the same way', async ({ page, workbench }) => {
  const { accounts, products } = await openDesk(workbench);
  const order = uuidv7();
  const line = (at: number) => ({
    kind: 'insert',
    table: 'order_lines',
    id: uuidv7(),
    values: {
      order_id: order,
      position: at + 1,
      product_id: products[at],
      description: `Blue crate ${at}`,
      qty: 1_000_000,
      uom: 'EA',
    },
  });
  const lines = [0, 1, 2].map(line);
  const head = { kind: 'insert', table: 'orders', id: order, values: { account_id: accounts[0], currency: 'GBP' } };
  await workbench.call('records.apply', { patches: [head, ...lines], label: 'Order' });
  await press(page, 'Control+4');
  await expect(focused(page)).toContainText('Harbour Foods');
  await press(page, 'Alt+Enter');
  await expect(page.getByTestId('order-page')).toBeVisible();
  await expect(focused(page)).toBeVisible();
  await press(page, 'Control+F');
  await page.keyboard.type('crate 2');
  await expect(count(page)).toHaveText('1 of 1');
  await press(page, 'Enter');
  await expect(cell(page, lines[2]?.id ?? '', 'description')).toBeFocused();
  await press(page, 'Control+H', 'Control+A');
  await page.keyboard.type('blue');
  await press(page, 'Tab', 'Tab', 'Tab', 'Tab', 'Tab', 'Tab');
  await page.keyboard.type('Red');
  await expect(plan(page)).toHaveText('Replace in 3 cells of 3 rows.');
  await press(page, 'Enter');
  await expect(cell(page, lines[0]?.id ?? '', 'description')).toHaveText('Red crate 0');
});
