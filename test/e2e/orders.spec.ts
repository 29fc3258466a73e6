/**
 * Orders by keyboard: what keeps an order from being confirmed, the walk through it, and
 * undo of all of it. The five-line order in 58 keys is one of the keyboard paths.
 */
import type { Page } from '@playwright/test';
import { uuidv7 } from 'uuidv7';
import { expect, test } from './app.ts';
import { cell, focused, goTo, openDesk, saved } from './desk.ts';
import { inLines, newOrder } from './keys.ts';

/** The page of the first order of the register. */
const openPage = async (page: Page): Promise<void> => {
  await page.keyboard.press('Control+4');
  await expect(page.getByRole('heading', { name: 'Orders', level: 1 })).toBeVisible();
  await expect(focused(page)).toContainText('Harbour Foods');
  await page.keyboard.press('Alt+Enter');
  await expect(page.getByTestId('order-page')).toBeVisible();
};

/** The same, with the focus in its lines. */
const openFirst = async (page: Page): Promise<void> => {
  await openPage(page);
  await inLines(page);
};

test('what is wrong is listed, walked with F8, put right, and undone', async ({ page, workbench }) => {
  await openDesk(workbench);
  const press = (chord: string): Promise<void> => page.keyboard.press(chord);
  await newOrder(page, press);
  await page.keyboard.type('kest');
  await press('Enter');
  await page.keyboard.type('KP-1');
  await press('Enter');
  await inLines(page);
  for (const [sku, qty] of [
    ['1001', '12x'],
    ['NOPE', '3'],
  ] as const) {
    await page.keyboard.type(sku);
    await press('Tab');
    await page.keyboard.type(qty);
    await press('Enter');
  }
  await saved(page);
  await expect(page.getByTestId('order-sums')).toContainText('2 lines not counted');
  await expect(page.locator('.ag-row', { hasText: 'Totals' })).toContainText('0 of 2 lines, 2 to fix');
  await press('Control+Enter');
  const blockers = page.getByRole('group', { name: 'In the way' });
  await expect(blockers).toContainText('“12x” is not a number');
  await expect(blockers).toContainText('No SKU “NOPE”');

  await press('F8');
  await expect(focused(page)).toContainText('12x');
  await expect(page.locator('.status')).toContainText('“12x” is not a number');
  await page.keyboard.type('12');
  await press('Enter');
  await press('F8');
  await expect(focused(page)).toContainText('The line has no price');
  await press('Control+Delete');
  await expect(page.locator('.toast')).toContainText('Order line deleted.');
  await press('Control+Enter');
  await expect(page.locator('.toast').last()).toContainText('Order confirmed.');
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/^O\d\d-/);
  await press('Control+Z');
  await expect(page.locator('.viewbar .chip', { hasText: 'Draft' })).toBeVisible();
});

test('Ctrl+I puts a line in the middle, Ctrl+Shift+D copies one, each one undo step', async ({ page, workbench }) => {
  const { accounts, products } = await openDesk(workbench);
  const order = '0190aaaa-0000-7000-8000-000000000001';
  const line = (at: number) => `0190aaaa-0000-7000-8000-00000000001${at}`;
  await workbench.call('records.apply', {
    label: 'Fill',
    patches: [
      { kind: 'insert', table: 'orders', id: order, values: { account_id: accounts[0], po_ref: 'HF-1' } },
      ...[0, 1].map((at) => ({
        kind: 'insert',
        table: 'order_lines',
        id: line(at),
        values: { order_id: order, product_id: products[at], qty: 1_000_000 },
      })),
    ],
  });
  await openFirst(page);
  const skus = async (): Promise<readonly string[]> => {
    const texts = await page.locator('.ag-cell[col-id="product_id"]').allTextContents();
    return texts.filter((text) => text !== 'Totals');
  };
  await expect.poll(skus).toEqual(['1001', '1002', 'Type a SKU']);
  await goTo(page, line(0), 'product_id');
  await page.keyboard.press('Control+I');
  await page.keyboard.type('1005');
  await page.keyboard.press('Enter');
  await expect.poll(skus).toEqual(['1001', '1005', '1002', 'Type a SKU']);
  await saved(page);
  await goTo(page, line(1), 'product_id');
  await page.keyboard.press('Control+Shift+D');
  await expect.poll(skus).toEqual(['1001', '1005', '1002', '1002', 'Type a SKU']);
  await page.keyboard.press('Control+Z');
  await expect.poll(skus).toEqual(['1001', '1005', '1002', 'Type a SKU']);
  await page.keyboard.press('Control+Z');
  await expect.poll(skus).toEqual(['1001', '1002', 'Type a SKU']);
});

test('a confirmed order keeps its goods and prices; what is sent is recorded; it can be copied', async ({ page, workbench }) => {
  const { accounts, products } = await openDesk(workbench);
  const order = '0190aaaa-0000-7000-8000-000000000001';
  const line = '0190aaaa-0000-7000-8000-000000000011';
  await workbench.call('records.apply', {
    label: 'Fill',
    patches: [
      { kind: 'insert', table: 'orders', id: order, values: { account_id: accounts[0], po_ref: 'HF-1' } },
      { kind: 'insert', table: 'order_lines', id: line, values: { order_id: order, product_id: products[0], qty: 3_000_000 } },
    ],
  });
  await workbench.call('orders.confirm', { id: order });
  await openFirst(page);
  const qty = page.getByTestId(`cell:${line}:qty`);
  await expect(qty).toHaveText('3');
  await goTo(page, line, 'qty');
  await page.keyboard.type('9');
  await expect(page.locator('.toast')).toContainText('no longer change here. Amend it');
  await expect(qty).toHaveText('3');
  await expect(qty.getByTitle(/is confirmed/)).toBeVisible();
  const head = page.locator('[data-field="account_id"] input');
  await expect(head).toHaveAttribute('readonly', '');
  await expect(head).toHaveAccessibleDescription(/^Order O.* is confirmed: its account, currency and rounding/);
  await page.getByRole('button', { name: 'Record shipment' }).press('Enter');
  await expect(page.getByRole('textbox', { name: 'Went out on' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('.viewbar .chip')).toContainText('Shipped');
  // All of it went out: what comes next is its arrival.
  await expect(page.getByRole('button', { name: 'Record delivery' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Record shipment' })).toHaveCount(0);
  await page.keyboard.press('Control+K');
  await expect(page.locator('.p-q')).toBeFocused();
  await page.keyboard.type('duplicate order');
  await page.keyboard.press('Enter');
  await expect(page.locator('.viewbar .chip', { hasText: 'Draft' })).toBeVisible();
  await expect(page.locator('[data-testid$=":qty"]').first()).toHaveText('3');
});

test('45 of 50 go out, the rest is closed short and opened again, by keyboard; what cannot be is said', async ({
  page,
  workbench,
}) => {
  const { accounts, products } = await openDesk(workbench);
  const order = '0190aaaa-0000-7000-8000-000000000001';
  const line = '0190aaaa-0000-7000-8000-000000000011';
  await workbench.call('records.apply', {
    label: 'Fill',
    patches: [
      { kind: 'insert', table: 'orders', id: order, values: { account_id: accounts[0], po_ref: 'HF-1' } },
      { kind: 'insert', table: 'order_lines', id: line, values: { order_id: order, product_id: products[0], qty: 50_000_000 } },
    ],
  });
  await workbench.call('orders.confirm', { id: order });
  await openPage(page);
  await expect(page.getByRole('button', { name: 'Record shipment' })).toBeVisible();
  const chip = page.locator('.viewbar .chip');
  const quantity = page.getByRole('textbox', { name: 'Quantity, Line 1' });
  const ask = async (command: string, first: string): Promise<void> => {
    await page.keyboard.press('Control+K');
    await expect(page.locator('.p-q')).toBeFocused();
    await page.keyboard.type(command);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog').getByRole('textbox', { name: first })).toBeFocused();
  };

  await ask('record shipment', 'Went out on');
  await page.keyboard.press('Tab');
  await expect(quantity).toBeFocused();
  await expect(quantity).toHaveValue('50');
  await page.keyboard.type('60');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toHaveText('Line 1: You cannot ship 60: only 50 is open.');
  await quantity.fill('45');
  await page.keyboard.press('Enter');
  await expect(chip).toContainText('Part shipped');

  await ask('close short', 'Reason');
  await expect(quantity).toHaveValue('5');
  await page.keyboard.type('Sold out');
  await page.keyboard.press('Enter');
  await expect(chip).toContainText('Closed short');
  await ask('open again', 'Opened on');
  await page.keyboard.press('Enter');
  await expect(chip).toContainText('Part shipped');
  await page.keyboard.press('Control+Z');
  await expect(chip).toContainText('Closed short');
});

test('a draft goes by its account and reference; F6 stops at its bar, its head and its lines; history tells of lines', async ({
  page,
  workbench,
}) => {
  await openDesk(workbench);
  const press = (chord: string): Promise<void> => page.keyboard.press(chord);
  await newOrder(page, press);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('New order');
  await page.keyboard.type('harb');
  await press('Enter');
  await page.keyboard.type('HF-582');
  await press('Enter');
  await inLines(page);
  await page.keyboard.type('1001');
  await press('Tab');
  await page.keyboard.type('12');
  await press('Enter');
  await saved(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Harbour Foods · HF-582');
  await expect(page.locator('.tab.on')).toContainText('Harbour Foods · HF-582');
  await expect(page.locator('.viewbar').getByText('Draft')).toHaveCount(1);

  const region = (): Promise<string | null> =>
    page.evaluate(() => document.activeElement?.closest('[data-region]')?.getAttribute('data-region') ?? null);
  const seen: (string | null)[] = [];
  for (let stop = 0; stop < 6; stop += 1) {
    await press('F6');
    seen.push(await region());
  }
  expect(seen).toEqual(['status', 'rail', 'tabs', 'bar', 'head', 'lines']);

  await press('Control+Shift+H');
  const history = page.getByRole('complementary', { name: 'History' });
  await expect(history.getByRole('heading', { name: /^Order line 1/ }).first()).toBeVisible();
});

test('one message at a time, over no sum; its offer of undo goes when undo would do something else', async ({
  page,
  workbench,
}) => {
  const { accounts } = await openDesk(workbench);
  const [first = '', second = ''] = accounts;
  await goTo(page, first, 'city');
  await page.keyboard.press('Control+Delete');
  await expect(page.locator('.status .toast')).toContainText('Account deleted.');
  await goTo(page, second, 'city');
  await page.keyboard.type('Hull');
  await page.keyboard.press('Enter');
  await saved(page);
  await expect(page.locator('.toast')).toHaveCount(0);
  await page.keyboard.press('Control+Z');
  await page.keyboard.press('Control+Z');
  await expect(page.locator('.toast')).toHaveCount(1);
  await expect(page.locator('.toast')).toContainText('Undid: Delete account');
});

test('the way to what needs a fix ends on the very cell, from any screen', async ({ page, workbench }) => {
  const { accounts, products } = await openDesk(workbench);
  const [order, line] = [uuidv7(), uuidv7()];
  const insert = (table: string, id: string, values: object) => ({ kind: 'insert', table, id, values });
  await workbench.call('records.apply', {
    patches: [
      insert('orders', order, { account_id: accounts[0] }),
      insert('order_lines', line, { order_id: order, product_id: products[0], qty: { '?': '6o' } }),
    ],
    label: 'Fill',
  });
  await page.getByRole('button', { name: /1 to fix/ }).click();
  await page.getByRole('button', { name: 'Look elsewhere' }).click();
  await expect(page.getByTestId('order-page')).toBeVisible();
  await expect(cell(page, line, 'qty')).toBeFocused();

  // The order is found by what is wrong in its lines, and its row says so.
  await page.keyboard.press('Control+4');
  await page.getByRole('button', { name: 'Needs attention' }).click();
  await expect(page.locator('.ag-row', { hasText: 'Harbour Foods' }).first()).toBeVisible();
  await expect(page.getByText('1 cell inside needs attention')).toBeAttached();
  // What an order comes to is in sight beside the open rail.
  for (const name of ['No.', 'Account', 'Status', 'Requested', 'Net GBP'])
    await expect(page.getByRole('columnheader', { name, exact: true })).toBeInViewport({ ratio: 1 });

  await workbench.call('records.apply', {
    patches: [
      { kind: 'update', table: 'order_lines', id: line, values: { qty: 1_000_000 } },
      { kind: 'update', table: 'orders', id: order, values: { carrier_id: { '?': 'Nobody' } } },
    ],
    label: 'Fill',
  });
  await expect(page.locator('.status')).toContainText('1 to fix');
  await page.keyboard.press('Control+2');
  await page.getByRole('button', { name: /1 to fix/ }).click();
  await page.getByRole('button', { name: 'Look elsewhere' }).click();
  await expect(page.locator('[data-field="carrier_id"] [role="combobox"]')).toBeFocused();
});
