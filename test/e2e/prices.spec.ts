/** Prices on a line, by keyboard: explained, set by hand, given back; and a draft priced again as one step. */
import type { Page } from '@playwright/test';
import { uuidv7 } from 'uuidv7';
import { expect, test, type Workbench } from './app.ts';
import { cell, focused, goTo, openDesk, saved } from './desk.ts';
import { keysOn, startOrder, typeLines } from './keys.ts';

const insert = (table: string, values: Readonly<Record<string, string | number>>) =>
  ({ kind: 'insert', table, id: uuidv7(), values }) as const;

/** The desk, and a contract of Harbour Foods: 1001 at 8.10, from 100 at 7.50. @returns the ids of its two prices */
const openShop = async (workbench: Workbench): Promise<readonly [string, string]> => {
  const { accounts, products } = await openDesk(workbench);
  const days = { valid_from: '2020-01-01', valid_to: '2099-12-31' };
  const deal = { code: 'CT-0087', name: 'Harbour deal', kind: 'contract', account_id: accounts[0] ?? '', currency: 'GBP' };
  const list = insert('price_lists', { ...deal, ...days, version: 'v4' });
  const price = (min: number, micros: number) =>
    insert('prices', { list_id: list.id, product_id: products[0] ?? '', min_qty: min * 1_000_000, price: micros });
  const [one, many] = [price(0, 8_100_000), price(100, 7_500_000)] as const;
  const cost = { kind: 'update', table: 'products', id: products[0], values: { cost: 6_000_000, cost_on: '2026-01-02' } };
  await workbench.call('records.apply', { patches: [list, one, many, cost], label: 'Fill' });
  return [one.id, many.id];
};

/** An order of two lines, the first in focus. */
const orderOfTwo = async (page: Page): Promise<void> => {
  const keys = keysOn(page);
  await startOrder(page, keys);
  await typeLines(keys, [
    ['1001', '12'],
    ['1002', '4'],
  ]);
  await saved(page);
  await keys.press('Control+Home');
  await expect(focused(page)).toBeVisible();
};

const panel = (page: Page) => page.getByRole('complementary', { name: 'Price' });
/** The message itself: the same words are read out elsewhere a moment later. */
const said = (page: Page, text: string) => page.getByRole('region', { name: 'Messages' }).getByText(text);
const why = (page: Page) => panel(page).getByRole('heading', { level: 2 });

/** The price of the line in focus, typed. */
const typePrice = async (page: Page, text: string): Promise<void> => {
  while (((await focused(page).getAttribute('data-testid')) ?? '').split(':')[2] !== 'price')
    await page.keyboard.press('ArrowRight');
  await page.keyboard.type(text);
  await page.keyboard.press('Control+Enter');
  await saved(page);
};

test('P10: a line explains its price, keeps one set by hand, and takes what the prices say', async ({ page, workbench }) => {
  await openShop(workbench);
  await orderOfTwo(page);
  const { press } = keysOn(page);
  await press('Shift+F1');
  await expect(why(page)).toHaveText('Why 8.10');
  await expect(panel(page)).toContainText('line 1, 12 EA, price date');
  const looked = panel(page).getByRole('table', { name: 'Where the price was looked for' });
  await expect(looked.getByRole('row', { name: /Contract, account CT-0087 v4/ })).toContainText('8.10');
  await expect(looked.getByRole('row', { name: /Product’s own price/ })).toContainText('not asked');
  await expect(panel(page)).toContainText('7.50 from 100 EA');
  await expect(panel(page)).toContainText('25.9 %, floor 20.0 %');
  await expect(panel(page)).toContainText('0.60, down to 7.50');
  await expect(panel(page).locator('.hash')).toHaveText(/^[0-9a-f]{64}$/);

  await press('ArrowDown');
  await expect(why(page)).toHaveText('Why 8.50');
  await press('ArrowUp');
  await typePrice(page, '8');
  await expect(why(page)).toHaveText('8.00, set by hand');
  await expect(panel(page)).toContainText('The prices now say 8.10.');
  await press('Control+Shift+F1');
  await expect(why(page)).toHaveText('Why 8.10');
  await expect(said(page, 'The price of one line was taken.')).toBeVisible();
  await press('Control+Z');
  await expect(why(page)).toHaveText('8.00, set by hand');
  await press('Shift+F1');
  await expect(panel(page)).toHaveCount(0);
});

test('P9: a draft is priced again, all of it or in part, as one step', async ({ page, workbench }) => {
  const [deal] = await openShop(workbench);
  await orderOfTwo(page);
  const { press } = keysOn(page);
  await press('ArrowDown');
  await typePrice(page, '8');
  await workbench.call('records.apply', {
    patches: [{ kind: 'update', table: 'prices', id: deal, values: { price: 8_400_000 } }],
    label: 'Dearer',
  });
  await press('Control+K');
  await expect(page.locator('.p-q')).toBeFocused();
  await page.keyboard.type('price again');
  await expect(page.getByRole('option', { name: /Price again/ })).toBeVisible();
  await press('Enter');
  const sheet = page.getByRole('dialog', { name: 'Price again' });
  const row = (name: RegExp) => sheet.getByRole('row', { name });
  await expect(row(/1001/)).toContainText('8.10');
  await expect(row(/1001/)).toContainText('8.40');
  await expect(row(/1001/)).toContainText('+3.7 %');
  await expect(row(/1002/)).toContainText('Set by hand');
  await expect(row(/1002/).getByRole('checkbox')).not.toBeChecked();
  await sheet.getByRole('checkbox', { name: /Take 1002/ }).press('Space');
  await expect(sheet.getByRole('button', { name: 'Take 2 prices' })).toBeVisible();
  await sheet.getByRole('button', { name: 'Take 2 prices' }).press('Enter');
  await expect(sheet).toHaveCount(0);
  await expect(said(page, 'The prices of 2 lines were taken.')).toBeVisible();
  await expect(page.getByTestId('order-sums')).toContainText('134.80');
  await expect(focused(page)).toBeVisible();
  await press('Control+Z');
  await expect(page.getByTestId('order-sums')).toContainText('129.20');
});

test('P3: two prices that claim the same goods are both marked, until one is told apart; the day shows what holds', async ({
  page,
  workbench,
}) => {
  const [deal, step] = await openShop(workbench);
  const { press } = keysOn(page);
  await press('Control+K');
  await expect(page.locator('.p-q')).toBeFocused();
  await page.keyboard.type('prices of lists');
  await expect(page.getByRole('option', { name: /Prices of lists and contracts/ })).toBeVisible();
  await press('Enter');
  const min = (row: string) => cell(page, row, 'min_qty');
  await expect(min(deal)).toHaveText('0');
  await goTo(page, step, 'min_qty');
  await page.keyboard.type('0');
  await press('Enter');
  await saved(page);
  for (const row of [deal, step]) await expect(cell(page, row, 'valid_from')).toHaveClass(/bad/);

  await goTo(page, step, 'valid_from');
  await page.keyboard.type('2026-06-01');
  await press('Enter');
  await saved(page);
  for (const row of [deal, step]) await expect(cell(page, row, 'valid_from')).not.toHaveClass(/bad/);

  const asOf = page.getByRole('textbox', { name: 'As of' });
  await asOf.fill('2026-03-12');
  await asOf.press('Enter');
  await expect(min(step)).toHaveCount(0);
  await expect(min(deal)).toBeVisible();
  await expect(page.locator('.filterbar')).toContainText('on:2026-03-12');
  await asOf.focus();
  await expect(asOf).toHaveValue(/2026/);
  await press('Control+A', 'Delete', 'Enter');
  await expect(min(step)).toBeVisible();
  await expect(focused(page)).toBeVisible();
});
