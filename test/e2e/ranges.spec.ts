/** Selecting many cells and working on them, by keyboard alone, in a register and in an order's lines alike. */
import type { Page } from '@playwright/test';
import { uuidv7 } from 'uuidv7';
import { expect, test } from './app.ts';
import { cell, focused, focusedField, goTo, openDesk, saved } from './desk.ts';

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
  await workbench.call('records.apply', {
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
  await expect(page.getByTestId('announced')).toContainText('5 rows by 1 column selected, sum 42.50');
  const status = page.locator('.status');
  await expect(status).toContainText('Count 5');
  await expect(status.getByRole('button', { name: 'Sum 42.50' })).toBeVisible();
  await expect(status.getByRole('button', { name: 'Average 8.50' })).toBeVisible();
  await press(page, 'Escape');
  await expect(status).not.toContainText('Count');
});

const texts = (page: Page, field: string): Promise<readonly string[]> =>
  page.locator(`.ag-cell[col-id="${field}"]`).evaluateAll((cells) => cells.map((one) => one.textContent ?? ''));

test('fill down, fill right, one value for all, clear: each undone by one key', async ({ page, workbench }) => {
  const [first = '', second = '', third = ''] = (await openDesk(workbench)).accounts;
  const undo = async (): Promise<void> => {
    await saved(page);
    await press(page, 'Control+Z');
  };
  await goTo(page, first, 'name');
  await press(page, 'Shift+ArrowDown', 'Shift+ArrowDown', 'Control+D');
  await expect.poll(() => texts(page, 'name')).toEqual(['Harbour Foods', 'Harbour Foods', 'Harbour Foods']);
  await undo();
  await expect.poll(() => texts(page, 'name')).toEqual(['Harbour Foods', 'Kestrel Parts', 'Rookery Inns']);

  await goTo(page, second, 'code');
  await press(page, 'Shift+ArrowRight', 'Control+R');
  await expect(cell(page, second, 'name')).toHaveText('A2');
  await undo();
  await expect(cell(page, second, 'name')).toHaveText('Kestrel Parts');

  await goTo(page, first, 'name');
  await press(page, 'Shift+ArrowDown', 'Shift+ArrowDown');
  await page.keyboard.type('Z');
  await press(page, 'Control+Enter');
  await expect.poll(() => texts(page, 'name')).toEqual(['Z', 'Z', 'Z']);
  await expect(cell(page, first, 'name')).toBeFocused();
  await undo();
  await expect.poll(() => texts(page, 'name')).toEqual(['Harbour Foods', 'Kestrel Parts', 'Rookery Inns']);

  await goTo(page, second, 'code');
  await press(page, 'Shift+ArrowDown', 'Shift+ArrowRight', 'Delete');
  await expect.poll(() => texts(page, 'code')).toEqual(['A1', '', '']);
  await expect(page.locator('.toast')).toContainText('4 cells cleared.');
  await undo();
  await expect.poll(() => texts(page, 'code')).toEqual(['A1', 'A2', 'A3']);

  // A cell alone takes what is above, or on its left.
  await goTo(page, third, 'name');
  await press(page, 'Control+D');
  await expect(cell(page, third, 'name')).toHaveText('Kestrel Parts');
  await press(page, 'Control+R');
  await expect(cell(page, third, 'name')).toHaveText('A3');
});

test('whole rows are deleted and copied together, and come back with one key', async ({ page, workbench }) => {
  const [first = '', second = ''] = (await openDesk(workbench)).accounts;
  await goTo(page, first, 'name');
  await press(page, 'Shift+ArrowDown', 'Control+Delete');
  await expect(page.locator('.toast')).toContainText('2 accounts deleted.');
  await expect(page.locator(`.ag-row.is-gone[row-id="${second}"]`).first()).toBeVisible();
  await press(page, 'Control+Z');
  await expect(page.locator('.ag-row.is-gone')).toHaveCount(0);
  await goTo(page, first, 'name');
  await press(page, 'Shift+ArrowDown', 'Control+Shift+D');
  await expect(page.locator('.status')).toContainText('until Re-apply');
  await expect
    .poll(async () => (await texts(page, 'name')).toSorted())
    .toEqual(['Harbour Foods', 'Harbour Foods', 'Kestrel Parts', 'Kestrel Parts', 'Rookery Inns']);
  await press(page, 'Control+Z');
  await expect
    .poll(async () => (await workbench.call('view.open', { table: 'accounts' })) as { count: number })
    .toMatchObject({ count: 3 });
});

test('rows that are not loaded are selected, added up and written like any other', async ({ page, workbench }) => {
  await openDesk(workbench);
  const more = Array.from({ length: 360 }, (_, at) => ({
    kind: 'insert',
    table: 'accounts',
    id: uuidv7(),
    values: {
      code: `B${String(at).padStart(3, '0')}`,
      name: `Bakery ${String(at).padStart(3, '0')}`,
      city: at < 260 ? 'Leith' : null,
    },
  }));
  await workbench.call('records.apply', { patches: more, label: 'Fill' });
  await page.reload();
  await expect(page.locator('.status')).toContainText('363 accounts');
  await expect(page.locator('.ag-cell:focus')).toBeVisible();
  await press(page, 'Control+Home');
  while ((await focusedField(page)) !== 'city') await press(page, 'ArrowRight');
  // The first 260 have a city; what follows is not loaded.
  await press(page, 'Control+ArrowDown');
  await expect(focused(page)).toHaveAttribute('data-testid', new RegExp(`^cell:${more[259]?.id ?? ''}:city$`));
  await press(page, 'Control+Space');
  await expect(page.locator('.status')).toContainText('Count 263');
  await page.keyboard.type('Crail');
  await press(page, 'Control+Enter');
  await expect(page.locator('.toast')).toContainText('363 cells filled.', { timeout: 30_000 });
  const filled = (city: string) =>
    workbench.call('view.open', { table: 'accounts', filter: { field: 'city', is: 'eq', value: city } });
  expect(await filled('Crail')).toMatchObject({ count: 363 });
  await press(page, 'Control+Z');
  await expect.poll(() => filled('Leith'), { timeout: 30_000 }).toMatchObject({ count: 263 });
  expect(await filled('Crail')).toMatchObject({ count: 0 });
});

test('the lines of an order are selected and filled in the same way', async ({ page, workbench }) => {
  const { products, accounts } = await openDesk(workbench);
  const order = uuidv7();
  const lines = products.map((product_id, at) => ({
    kind: 'insert',
    table: 'order_lines',
    id: uuidv7(),
    values: { order_id: order, product_id, qty: (at + 1) * 1_000_000 },
  }));
  const head = { kind: 'insert', table: 'orders', id: order, values: { account_id: accounts[0] ?? '', currency: 'GBP' } };
  await workbench.call('records.apply', { patches: [head, ...lines], label: 'Fill' });
  await press(page, 'Control+4');
  await expect(page.getByRole('heading', { name: 'Orders', level: 1 })).toBeVisible();
  await expect(focused(page)).toContainText('Harbour Foods');
  await press(page, 'Alt+Enter');
  await expect(page.getByTestId('order-page')).toBeVisible();
  const line = (at: number, field: string) => cell(page, lines[at]?.id ?? '', field);
  await expect(line(0, 'product_id')).toBeFocused();
  await press(page, 'ArrowRight', 'Control+Shift+ArrowDown');
  await expect(page.locator('.status')).toContainText('Sum 15');
  await press(page, 'Control+D');
  await expect(line(4, 'qty')).toHaveText('1');
  await expect(page.locator('.status')).toContainText('Sum 5');
  await saved(page);
  await press(page, 'Control+Z');
  await expect(line(4, 'qty')).toHaveText('5');
  // The block of data ends before the row that is there to be typed into.
  await goTo(page, lines[1]?.id ?? '', 'qty');
  await press(page, 'Control+A');
  await expect(page.locator('.ag-row:not(.is-ghost) .ag-cell.sel').first()).toBeVisible();
  await expect(page.locator('.ag-row.is-ghost .ag-cell.sel')).toHaveCount(0);
  await press(page, 'Control+A');
  await expect(page.locator('.ag-row.is-ghost .ag-cell.sel').first()).toBeVisible();
});
