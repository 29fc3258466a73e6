/** Selecting many cells and working on them, by keyboard alone, in a register and in an order's lines alike. */
import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { call, cell, goTo, openDesk } from './desk.ts';

const press = (page: Page, ...keys: readonly string[]): Promise<void> =>
  keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());

/** The selected cells that are drawn, as `row index: fields`. */
const selected = (page: Page): Promise<readonly string[]> =>
  page.locator('.ag-cell.sel').evaluateAll((cells) => {
    const rows = new Map<string, string[]>();
    for (const one of cells) {
      const row = one.closest('.ag-row')?.getAttribute('row-index') ?? '';
      rows.set(row, [...(rows.get(row) ?? []), one.getAttribute('col-id') ?? '']);
    }
    return [...rows]
      .toSorted(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))
      .map(([row, keys]) => `${row}: ${keys.toSorted().join(' ')}`);
  });

test('Shift and arrows extend, Escape collapses, the cell in focus stays', async ({ page, workbench }) => {
  const { accounts } = await openDesk(workbench);
  const [first = '', second = ''] = accounts;
  await goTo(page, first, 'code');
  await press(page, 'Shift+ArrowDown', 'Shift+ArrowRight');
  await expect.poll(() => selected(page)).toEqual(['0: code name', '1: code name']);
  await expect(cell(page, first, 'code')).toBeFocused();
  await press(page, 'Shift+ArrowUp');
  await expect.poll(() => selected(page)).toEqual(['0: code name']);
  await press(page, 'Escape');
  await expect(page.locator('.ag-cell.sel')).toHaveCount(0);
  await press(page, 'Control+Shift+ArrowDown');
  await expect.poll(() => selected(page)).toEqual(['0: code', '1: code', '2: code']);
  await press(page, 'ArrowDown');
  await expect(page.locator('.ag-cell.sel')).toHaveCount(0);
  await expect(cell(page, second, 'code')).toBeFocused();
});

test('Enter and Tab go round in what is selected', async ({ page, workbench }) => {
  const [first = '', second = ''] = (await openDesk(workbench)).accounts;
  await goTo(page, first, 'code');
  await press(page, 'Shift+ArrowDown', 'Shift+ArrowRight', 'Enter');
  await expect(cell(page, second, 'code')).toBeFocused();
  await press(page, 'Enter');
  await expect(cell(page, first, 'name')).toBeFocused();
  await press(page, 'Tab');
  await expect(cell(page, second, 'code')).toBeFocused();
  await page.keyboard.type('B2');
  await press(page, 'Enter');
  await expect(cell(page, second, 'code')).toHaveText('B2');
  await expect(cell(page, first, 'name')).toBeFocused();
  await expect.poll(() => selected(page)).toEqual(['0: code name', '1: code name']);
});

test('whole rows, whole columns, everything', async ({ page, workbench }) => {
  const [, second = ''] = (await openDesk(workbench)).accounts;
  await goTo(page, second, 'name');
  await press(page, 'Control+Space');
  await expect.poll(() => selected(page)).toEqual(['0: name', '1: name', '2: name']);
  await press(page, 'Escape', 'Shift+Space');
  await expect.poll(async () => (await selected(page)).map((row) => row.split(':')[0])).toEqual(['1']);
  await press(page, 'Shift+ArrowDown');
  await expect.poll(async () => (await selected(page)).map((row) => row.split(':')[0])).toEqual(['1', '2']);
  await press(page, 'Control+A');
  await expect.poll(async () => (await selected(page)).length).toBe(3);
  await expect(cell(page, second, 'name')).toBeFocused();
});

test('a selection is let go when the list is made anew', async ({ page, workbench }) => {
  const [first = ''] = (await openDesk(workbench)).accounts;
  await goTo(page, first, 'code');
  await press(page, 'Shift+ArrowDown');
  await expect(page.locator('.ag-cell.sel')).toHaveCount(2);
  await call(workbench, 'records.apply', {
    patches: [{ kind: 'update', table: 'accounts', id: first, values: { name: 'Tern' } }],
    label: 'Edit',
  });
  await expect(cell(page, first, 'name')).toHaveText('Tern');
  // Newer values are no reason to lose it.
  await expect(page.locator('.ag-cell.sel')).toHaveCount(2);
  await press(page, 'Control+L');
  await page.keyboard.type('Rookery');
  await press(page, 'Enter');
  await expect(page.locator('.ag-cell.sel')).toHaveCount(0);
});

test('the status bar says what is selected, and its figures can be taken along', async ({ page, workbench }) => {
  const { products } = await openDesk(workbench);
  await press(page, 'Control+8');
  await expect(page.getByRole('heading', { name: 'Catalogue', level: 1 })).toBeVisible();
  await goTo(page, products[0] ?? '', 'list_price');
  await press(page, 'Control+Shift+ArrowDown');
  const status = page.locator('.status');
  await expect(status).toContainText('Count 5');
  await expect(status.getByRole('button', { name: 'Sum 42.50' })).toBeVisible();
  await expect(status.getByRole('button', { name: 'Average 8.50' })).toBeVisible();
  await expect(status.getByText('5 rows by 1 column selected, sum 42.50')).toBeAttached();
  await press(page, 'Escape');
  await expect(status).not.toContainText('Count');
});
