/** A small trading company for the specs of grids and orders, put in by the command line; cells found by row and field. */
import fs from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { uuidv7 } from 'uuidv7';
import type { Workbench } from './app.ts';

type Values = Readonly<Record<string, string | number>>;

const insert = (table: string, values: Values) => ({ kind: 'insert', table, id: uuidv7(), values }) as const;

export type Desk = {
  /** Harbour Foods, Kestrel Parts, Rookery Inns. */
  readonly accounts: readonly string[];
  /** SKU 1001 to 1005, 8.50 each. */
  readonly products: readonly string[];
};

/** The company and person, three accounts, five products. The page is at the accounts when it returns. */
export const openDesk = async (workbench: Workbench): Promise<Desk> => {
  const company = { zone: 'UTC', currency: 'GBP', weekStart: 1, fiscalMonth: 1, name: 'Alder Quay Supply' };
  const accounts = ['Harbour Foods', 'Kestrel Parts', 'Rookery Inns'].map((name, at) =>
    insert('accounts', { code: `A${at + 1}`, name, city: 'Leith', currency: 'GBP' }),
  );
  const products = [1001, 1002, 1003, 1004, 1005].map((sku) =>
    insert('products', { sku: String(sku), name: `Euro crate ${sku}`, uom: 'EA', list_price: 8_500_000, currency: 'GBP' }),
  );
  await workbench.call('app.setup', { company, person: { name: 'Marta Ellery', email: null, claim: null } });
  await workbench.call('records.apply', { patches: [...accounts, ...products], label: 'Fill' });
  // The window was asking its first questions; they are answered now.
  await workbench.page.reload();
  await expect(workbench.page.getByRole('heading', { name: 'Accounts', level: 1 })).toBeVisible({ timeout: 30_000 });
  await expect(focused(workbench.page)).toBeVisible();
  for (const { id } of accounts) await expect(cell(workbench.page, id, 'name')).toBeVisible();
  return { accounts: accounts.map(({ id }) => id), products: products.map(({ id }) => id) };
};

/** An order of the past, confirmed. */
export const bought = async (
  workbench: Workbench,
  account: string,
  day: string,
  lines: readonly (readonly [string, number])[],
  po = '',
) => {
  const order = uuidv7();
  await workbench.call('records.apply', {
    label: 'Fill',
    patches: [
      { kind: 'insert', table: 'orders', id: order, values: { account_id: account, ordered_on: day, po_ref: po || null } },
      ...lines.map(([product, qty]) => ({
        kind: 'insert',
        table: 'order_lines',
        id: uuidv7(),
        values: { order_id: order, product_id: product, qty: qty * 1_000_000 },
      })),
    ],
  });
  await workbench.call('orders.confirm', { id: order });
};

export const cell = (page: Page, row: string, field: string): Locator => page.getByTestId(`cell:${row}:${field}`);

/** The cell that has the focus. */
export const focused = (page: Page): Locator => page.locator('.ag-cell:focus');

/** The field of the cell in focus. */
export const focusedField = async (page: Page): Promise<string> =>
  ((await focused(page).getAttribute('data-testid')) ?? '').split(':')[2] ?? '';

/** Presses a key until the cell in focus is the one; gives up where the key leads no further. */
const step = async (page: Page, key: string, isThere: (cell: string) => boolean): Promise<void> => {
  let before: string | null = null;
  for (;;) {
    const at = (await focused(page).getAttribute('data-testid')) ?? '';
    if (at === before || isThere(at)) return;
    before = at;
    await page.keyboard.press(key);
  }
};

/**
 * Goes to a cell by keyboard: up to the top of its column, then along and down. Few rows, few columns. An undo that just
 * came back may go to what it changed on the way, so the way is begun again until it ends where it should.
 */
export const goTo = async (page: Page, row: string, field: string): Promise<void> => {
  // A row that is still being read has no name, and would be stepped past.
  await expect(page.getByTestId(new RegExp(`^cell:${row}:`)).first()).toBeAttached();
  await expect(async () => {
    await page.keyboard.press('Control+Home');
    await step(page, 'ArrowRight', (at) => at.endsWith(`:${field}`));
    await step(page, 'ArrowDown', (at) => at === `cell:${row}:${field}`);
    await expect(cell(page, row, field)).toBeFocused({ timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
};

/** Everything done so far is acknowledged by the engine. */
export const saved = (page: Page): Promise<void> => expect(page.getByText(/Saved on this computer \d/)).toBeVisible();

/** The folder of exports; the desktop host is told to answer its dialog with a file of this name there. */
export const exportsOf = async ({ db, electron }: Workbench, name: string): Promise<string> => {
  const folder = path.join(path.dirname(db), 'exports');
  fs.mkdirSync(folder, { recursive: true });
  await electron?.evaluate(
    ({ dialog }, chosen) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen });
    },
    path.join(folder, name),
  );
  return folder;
};
