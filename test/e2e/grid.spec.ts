/** A register by keyboard alone: typing, moving, bad values, new rows, order and filter, undo, what a crash leaves. */
import type { Page } from '@playwright/test';
import { uuidv7 } from 'uuidv7';
import { expect, keysOf, test } from './app.ts';
import { cell, focused, focusedField, goTo, openDesk, saved } from './desk.ts';

const press = (page: Page, ...keys: readonly string[]): Promise<void> =>
  keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());

test('typing replaces, Enter goes down, a Tab run returns to its first column', async ({ page, workbench }) => {
  const { accounts } = await openDesk(workbench);
  const [first = '', second = ''] = accounts;
  await goTo(page, first, 'name');
  await page.keyboard.type('Harbour & Sons');
  await page.keyboard.press('Tab');
  await expect(cell(page, first, 'name')).toHaveText('Harbour & Sons');
  expect(await focusedField(page)).toBe('status');
  await press(page, 'Tab', 'Enter');
  await expect(cell(page, second, 'name')).toBeFocused();
  await saved(page);
  expect(await workbench.call('records.get', { table: 'accounts', id: first })).toMatchObject({ v: { name: 'Harbour & Sons' } });
});

test('a new account is ready for its name, and Enter does not leave it for another', async ({ page, workbench, host }) => {
  await openDesk(workbench);
  await press(page, keysOf(host, 'new.here'));
  await expect.poll(() => focusedField(page)).toBe('name');
  await page.keyboard.type('Quayside');
  await page.keyboard.press('Enter');
  await expect.poll(() => focusedField(page)).toBe('status');
  const row = ((await focused(page).getAttribute('data-testid')) ?? '').split(':')[1] ?? '';
  await expect(cell(page, row, 'name')).toHaveText('Quayside');
  await press(page, 'Shift+Tab', 'Shift+Tab');
  await page.keyboard.type('Q1');
  await press(page, 'Enter');
  await expect(cell(page, row, 'name')).toBeFocused();
  await saved(page);
  expect(await workbench.call('records.get', { table: 'accounts', id: row })).toMatchObject({
    v: { name: 'Quayside', code: 'Q1' },
  });
  // From another screen, by the menu.
  await press(page, 'Control+4', 'Control+Shift+N', 'A');
  await expect.poll(() => focusedField(page)).toBe('name');
});

test('F2 edits with the caret at the end, Escape gives back, arrows commit what typing began', async ({ page, workbench }) => {
  const [first = '', second = ''] = (await openDesk(workbench)).accounts;
  await goTo(page, first, 'name');
  await press(page, 'F2', 'ArrowLeft');
  await page.keyboard.type('!');
  await page.keyboard.press('Escape');
  await expect(cell(page, first, 'name')).toHaveText('Harbour Foods');
  await press(page, 'F2', 'ArrowLeft');
  await page.keyboard.type('!');
  await page.keyboard.press('Enter');
  await expect(cell(page, first, 'name')).toHaveText('Harbour Food!s');
  await page.keyboard.type('Kestrel');
  await page.keyboard.press('ArrowUp');
  await expect(cell(page, second, 'name')).toHaveText('Kestrel');
  await expect(cell(page, first, 'name')).toBeFocused();
});

test('Home and End stay in the row, with Ctrl they go to the corners; Delete clears', async ({ page, workbench }) => {
  const { accounts } = await openDesk(workbench);
  await goTo(page, accounts[1] ?? '', 'name');
  await page.keyboard.press('End');
  await expect(focused(page)).toHaveAttribute('data-testid', new RegExp(`^cell:${accounts[1]}:`));
  await page.keyboard.press('Home');
  await expect(cell(page, accounts[1] ?? '', 'code')).toBeFocused();
  await page.keyboard.press('Control+End');
  await expect(focused(page)).toHaveAttribute('data-testid', new RegExp(`^cell:${accounts[2]}:`));
  await page.keyboard.press('Control+Home');
  await expect(cell(page, accounts[0] ?? '', 'code')).toBeFocused();
  await page.keyboard.press('Delete');
  await expect(cell(page, accounts[0] ?? '', 'code')).toHaveText('');
  await page.keyboard.press('Control+Z');
  await expect(cell(page, accounts[0] ?? '', 'code')).toHaveText('A1');
});

test('a value that breaks a rule stays, is marked and explained, survives a reload, and leaves with one undo', async ({
  page,
  workbench,
}) => {
  const [id = ''] = (await openDesk(workbench)).accounts;
  const renewal = cell(page, id, 'renewal_on');
  await goTo(page, id, 'renewal_on');
  await page.keyboard.type('someday');
  await page.keyboard.press('Enter');
  await expect(renewal).toContainText('someday');
  await expect(renewal).toContainText('needs attention');
  await expect(renewal).toHaveClass(/\bbad\b/);
  await saved(page);
  await page.reload();
  await expect(renewal).toContainText('someday');
  await page.keyboard.press('F8');
  await expect(renewal).toBeFocused();
  await expect(page.locator('.status')).toContainText('“someday”');
  await page.keyboard.press('Control+Z');
  await expect(renewal).toHaveText('');
});

test('a new row is a record with its first cell, and is at home after Re-apply', async ({ page, workbench }) => {
  await openDesk(workbench);
  await page.keyboard.press('Control+N');
  expect(await focusedField(page)).toBe('name');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.type('Z9');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Aardvark Ltd');
  await page.keyboard.press('Enter');
  await expect(page.locator('.status')).toContainText('until Re-apply');
  await expect(page.locator('.nav.on .nav-n')).toHaveText('4');
  await expect(page.locator('.view.on .n')).toHaveText('4');
  await page.getByRole('button', { name: 'Re-apply' }).press('Enter');
  await expect(page.locator('.ag-row[row-index="0"] [col-id="name"]')).toHaveText('Aardvark Ltd');
});

test('a status is chosen from a list, and what stands in a cell that was edited stays in its row', async ({
  page,
  workbench,
}) => {
  const [first = ''] = (await openDesk(workbench)).accounts;
  await goTo(page, first, 'status');
  await page.keyboard.press('Alt+ArrowDown');
  await expect(page.getByRole('listbox', { name: 'Status' }).getByRole('option')).toHaveCount(4);
  await page.keyboard.type('stop');
  await page.keyboard.press('Enter');
  await expect(cell(page, first, 'status')).toHaveText('On stop');
  await goTo(page, first, 'name');
  await page.keyboard.type('Zebra');
  await page.keyboard.press('Enter');
  await saved(page);
  await expect(page.locator('.ag-row[row-index="0"] [col-id="name"]')).toHaveText('Zebra');
});

test('deleted rows stay struck, and undo brings them back where they were', async ({ page, workbench }) => {
  const [, second = ''] = (await openDesk(workbench)).accounts;
  await goTo(page, second, 'name');
  await page.keyboard.press('Control+Delete');
  await expect(page.locator(`.ag-row.is-gone[row-id="${second}"]`).first()).toBeVisible();
  await expect(page.locator('.toast')).toContainText('Account deleted.');
  await page.keyboard.press('Control+Z');
  await expect(cell(page, second, 'name')).toHaveText('Kestrel Parts');
});

test('the quick filter: text, an underlined mistake with the rows kept, chips, nothing found, Escape', async ({
  page,
  workbench,
}) => {
  await openDesk(workbench);
  const rows = page.locator('.ag-cell[col-id="name"]');
  await page.keyboard.press('Control+L');
  await page.keyboard.type('kestrel');
  await expect(rows).toHaveCount(1);
  await expect(page.locator('.status')).toContainText('1 of 3 accounts');
  await page.keyboard.type(' status:bogus');
  await expect(page.locator('.qf-under u')).toHaveText('status:bogus');
  await expect(rows).toHaveCount(1);
  await expect(page.locator('.qf-problem')).toContainText('“bogus” is no value of Status');
  await expect(page.locator('.filterbar')).toContainText('Rows are those of the last filter that could be read.');
  await expect(page.locator('.grid-area')).toHaveClass(/is-old/);
  // Left as it is, it keeps its text and says what is wrong; the rows stay too.
  await page.keyboard.press('Enter');
  await expect(focused(page)).not.toHaveAttribute('aria-label', 'Filter');
  await expect(page.getByLabel('Filter', { exact: true })).toHaveValue('kestrel status:bogus');
  await expect(page.locator('.qf-problem')).toBeVisible();
  await expect(rows).toHaveCount(1);
  await page.getByRole('button', { name: 'How to write a filter' }).click();
  await expect(page.getByRole('dialog')).toContainText('Rows with a word that begins so');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+L');
  await press(page, 'Control+A', 'Delete');
  await page.keyboard.type('city:leith name:rook');
  await page.keyboard.press('Enter');
  await expect(page.locator('.fchip')).toHaveCount(2);
  await expect(page.locator('.grid-area')).not.toHaveClass(/is-old/);
  await expect(focused(page)).toHaveText('A3');
  await page.keyboard.press('Control+L');
  await expect(page.getByLabel('Filter', { exact: true })).toHaveValue('city:leith name:rook');
  await page.keyboard.press('Escape');
  await expect(rows).toHaveCount(3);
  await expect(page.locator('.fchip')).toHaveCount(0);
  await page.keyboard.press('Control+L');
  await page.keyboard.type('nothing of the kind');
  await page.keyboard.press('Enter');
  await expect(page.getByText('No accounts match this filter.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(rows).toHaveCount(3);
});

test('a sum never stands beside a count it does not belong to', async ({ page, workbench }) => {
  const { accounts } = await openDesk(workbench);
  const patches = accounts.map((account_id, at) => ({
    kind: 'insert',
    table: 'orders',
    id: uuidv7(),
    values: { account_id, currency: 'GBP', freight: (at + 1) * 1000 },
  }));
  await workbench.call('records.apply', { patches, label: 'Fill' });
  await page.keyboard.press('Control+4');
  const status = page.locator('.status');
  await expect(status).toContainText('Freight 60.00 GBP');
  const texts = await status.evaluateHandle((element) => {
    const texts: string[] = [];
    new MutationObserver(() => texts.push(element.textContent)).observe(element, {
      subtree: true,
      childList: true,
      characterData: true,
    });
    return texts;
  });
  await page.keyboard.press('Control+L');
  await page.keyboard.type('kestrel');
  await expect(status).toContainText('Freight 20.00 GBP');
  await expect(status).toContainText('1 of 3 orders');
  // A click takes the figure along.
  await expect(status.getByRole('button', { name: 'Freight 20.00 GBP' })).toBeVisible();
  expect((await texts.jsonValue()).filter((text) => text.includes('1 of 3') && text.includes('60.00'))).toEqual([]);
});

test('columns are chosen by key and stay chosen', async ({ page, workbench }) => {
  await openDesk(workbench);
  await page.keyboard.press('Control+Shift+K');
  await page.getByRole('checkbox', { name: 'Tier' }).press('Space');
  await page.getByRole('button', { name: 'Done' }).press('Enter');
  await expect(page.getByRole('columnheader', { name: 'Tier' })).toHaveCount(0);
  await expect
    .poll(async () => JSON.stringify(await workbench.call('local.get', { prefix: 'grid.accounts' })))
    .toMatch(/"tier","width":\d+,"hidden":true/);
  await page.reload();
  await expect(page.getByRole('columnheader', { name: 'Name' })).toBeVisible();
  await expect(page.getByRole('columnheader', { name: 'Tier' })).toHaveCount(0);
});

test('the row menu does what its commands do', async ({ page, workbench }) => {
  const [first = ''] = (await openDesk(workbench)).accounts;
  await goTo(page, first, 'city');
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menuitem', { name: /Duplicate rows/ })).toBeVisible();
  await page.keyboard.type('clear');
  await page.keyboard.press('Enter');
  await expect(cell(page, first, 'city')).toHaveText('');
  await expect(cell(page, first, 'city')).toBeFocused();
});

test('text that was being typed when the window ended is back, and is saved by Enter', async ({ page, workbench }) => {
  const [first = ''] = (await openDesk(workbench)).accounts;
  await goTo(page, first, 'next_step');
  await page.keyboard.type('Ask about the spring order');
  await expect
    .poll(async () => JSON.stringify(await workbench.call('local.get', { prefix: 'ui.drafts' })))
    .toContain('spring order');
  await page.reload();
  await expect(cell(page, first, 'next_step')).toContainText('Ask about the spring order');
  await goTo(page, first, 'next_step');
  await press(page, 'F2', 'Enter');
  await expect
    .poll(() => workbench.call('records.get', { table: 'accounts', id: first }))
    .toMatchObject({ v: { next_step: 'Ask about the spring order' } });
  await expect(cell(page, first, 'next_step')).not.toHaveClass(/\bbad\b/);
});

test('a page left with an open editor loses nothing', async ({ page, workbench }) => {
  const [first = ''] = (await openDesk(workbench)).accounts;
  await goTo(page, first, 'next_step');
  await page.keyboard.type('Call Jonas');
  await page.keyboard.press('Control+4');
  await expect(page.getByRole('heading', { name: 'Orders', level: 1 })).toBeVisible();
  await expect
    .poll(() => workbench.call('records.get', { table: 'accounts', id: first }))
    .toMatchObject({ v: { next_step: 'Call Jonas' } });
});
