/** Nothing typed is lost and nothing is called saved that is not: an engine that ends, a refusal, a page that is left. */
import fs from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test, type Workbench } from './app.ts';
import { cell, focusedField, goTo, openDesk, saved } from './desk.ts';

const enginePid = ({ db }: Workbench): number =>
  (JSON.parse(fs.readFileSync(`${db}.engine.json`, 'utf8')) as { readonly pid: number }).pid;

const status = (page: Page) => page.locator('[data-region="status"]');

type History = { readonly entries: readonly { readonly changes: readonly { readonly field: string }[] }[] };

/** How often the history of a record names a field. */
const timesWritten = async (workbench: Workbench, table: string, id: string, field: string): Promise<number> => {
  const { entries } = (await workbench.call('records.history', { table, id })) as History;
  return entries.filter(({ changes }) => changes.some((change) => change.field === field)).length;
};

test('text on its way when the engine is killed is there after its restart, once, and can be undone', async ({
  page,
  workbench,
}) => {
  const [first = '', second = ''] = (await openDesk(workbench)).accounts;
  await goTo(page, first, 'next_step');
  const pid = enginePid(workbench);
  // Stopped, it hears nothing: what is typed now is under way when it is killed.
  process.kill(pid, 'SIGSTOP');
  await page.keyboard.type('Call Jonas');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Send the price list');
  await page.keyboard.press('Enter');
  await expect(status(page)).toContainText('Saving');
  process.kill(pid, 'SIGKILL');
  await saved(page);
  await expect(cell(page, first, 'next_step')).toHaveText('Call Jonas');
  await expect(cell(page, second, 'next_step')).toHaveText('Send the price list');
  expect(await workbench.call('records.get', { table: 'accounts', id: first })).toMatchObject({
    v: { next_step: 'Call Jonas' },
  });
  expect(await timesWritten(workbench, 'accounts', first, 'next_step')).toBe(1);
  expect(await timesWritten(workbench, 'accounts', second, 'next_step')).toBe(1);
  await page.keyboard.press('Control+Z');
  await expect(cell(page, second, 'next_step')).toHaveText('');
  await page.keyboard.press('Control+Z');
  await expect(cell(page, first, 'next_step')).toHaveText('');
});

test('a new row being typed survives the end of the engine', async ({ page, workbench }) => {
  await openDesk(workbench);
  await page.keyboard.press('Control+N');
  await expect.poll(() => focusedField(page)).toBe('name');
  await page.keyboard.press('Shift+Tab');
  const pid = enginePid(workbench);
  process.kill(pid, 'SIGSTOP');
  await page.keyboard.type('Z9');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Aardvark Ltd');
  await page.keyboard.press('Enter');
  process.kill(pid, 'SIGKILL');
  await saved(page);
  const found = (await workbench.call('records.lookup', { table: 'accounts', text: 'Z9' })) as { readonly rows: unknown[] };
  expect(found.rows).toMatchObject([{ code: 'Z9', title: 'Aardvark Ltd' }]);
});

test('text the engine will not take is kept, counted, found again, and is what undo takes back first', async ({
  page,
  workbench,
}) => {
  const [first = '', second = ''] = (await openDesk(workbench)).accounts;
  await goTo(page, second, 'city');
  await page.keyboard.type('Perth');
  await page.keyboard.press('Enter');
  await saved(page);
  await goTo(page, first, 'next_step');
  await page.keyboard.type('Call Jonas');
  await expect(status(page)).toContainText('not saved yet');
  await workbench.call('records.apply', { patches: [{ kind: 'delete', table: 'accounts', id: first }], label: 'Delete' });
  await page.keyboard.press('Enter');
  const notSaved = page.getByRole('button', { name: '1 not saved' });
  await expect(notSaved).toBeVisible();
  await expect(status(page)).not.toContainText('Saved on');
  await page.keyboard.press('Control+4');
  await expect(page.getByRole('heading', { name: 'Orders', level: 1 })).toBeVisible();
  await expect(notSaved).toBeVisible();
  await notSaved.press('Enter');
  await expect(page.getByRole('heading', { name: 'Accounts', level: 1 })).toBeVisible();
  await workbench.call('records.apply', { patches: [{ kind: 'undelete', table: 'accounts', id: first }], label: 'Undelete' });
  await page.keyboard.press('Control+Z');
  await expect(page.locator('.toast').last()).toContainText('which was not saved');
  await expect(notSaved).toHaveCount(0);
  expect(await workbench.call('records.get', { table: 'accounts', id: second })).toMatchObject({ v: { city: 'Perth' } });
  await expect(status(page)).toContainText('Saved on this computer');
});

test('a form left with text in it keeps it', async ({ page, workbench }) => {
  await openDesk(workbench);
  await page.keyboard.press('Control+Shift+N');
  await page.keyboard.press('O');
  const account = page.locator('[data-field="account_id"] [role="combobox"]');
  await expect(account).toBeFocused();
  await page.keyboard.type('Harbour');
  await expect(page.getByRole('option', { name: /Harbour Foods/ })).toBeVisible();
  await page.keyboard.press('Tab');
  const reference = page.locator('[data-field="po_ref"] input');
  await reference.focus();
  await page.keyboard.type('PO 4711');
  await page.keyboard.press('Control+8');
  await expect(page.getByRole('heading', { name: 'Catalogue', level: 1 })).toBeVisible();
  await saved(page);
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(reference).toHaveValue('PO 4711');
  await reference.focus();
  await page.keyboard.type(' B');
  await page.reload();
  await expect(page.locator('[data-field="po_ref"] input')).toHaveValue(/ B/);
});

test('text that could be several products is asked about, not taken', async ({ page, workbench }) => {
  await openDesk(workbench);
  await page.keyboard.press('Control+Shift+N');
  await expect(page.getByRole('menuitem', { name: /New order/ })).toBeVisible();
  await page.keyboard.press('O');
  await expect(page.locator('[data-field="account_id"] [role="combobox"]')).toBeFocused();
  await page.keyboard.type('Harbour');
  await expect(page.getByRole('option', { name: /Harbour Foods/ })).toBeVisible();
  await page.keyboard.press('Tab');
  await page.getByText('Type a SKU').click();
  await page.keyboard.type('100');
  await expect(page.getByRole('listbox').getByRole('option', { name: /Euro crate/ })).toHaveCount(5);
  await expect(page.getByRole('option', { name: 'Create product “100”' })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByText('Several match.')).toBeVisible();
  await expect(page.getByTestId('cell-editor')).toBeFocused();
  await page.keyboard.type('3');
  await expect(page.getByRole('listbox').getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Tab');
  await expect(page.locator('.ag-cell[col-id="product_id"]').first()).toHaveText('1003');
});
