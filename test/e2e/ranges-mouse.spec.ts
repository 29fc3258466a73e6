/** Selecting with the mouse: what a hand from a spreadsheet does without looking. */
import type { Locator, Page } from '@playwright/test';
import { uuidv7 } from 'uuidv7';
import { expect, test } from './app.ts';
import { cell, openDesk } from './desk.ts';

const marked = (page: Page): Locator => page.locator('.ag-cell.sel');

const middle = async (target: Locator): Promise<readonly [number, number]> => {
  await expect(target).toBeVisible();
  const box = await target.boundingBox();
  if (!box) throw new Error('It is not drawn.');
  return [box.x + box.width / 2, box.y + box.height / 2];
};

const drag = async (page: Page, from: Locator, to: Locator): Promise<void> => {
  await page.mouse.move(...(await middle(from)));
  await page.mouse.down();
  await page.mouse.move(...(await middle(to)), { steps: 4 });
  await page.mouse.up();
};

test('drag, Shift, Ctrl, row signs and headers', async ({ page, workbench }) => {
  const [first = '', second = '', third = ''] = (await openDesk(workbench)).accounts;
  await drag(page, cell(page, first, 'code'), cell(page, third, 'name'));
  await expect(marked(page)).toHaveCount(6);
  await expect(cell(page, first, 'code')).toBeFocused();
  await cell(page, second, 'name').click();
  await expect(marked(page)).toHaveCount(0);
  await cell(page, first, 'code').click({ modifiers: ['Shift'] });
  await expect(marked(page)).toHaveCount(4);
  await expect(cell(page, second, 'name')).toBeFocused();
  await cell(page, third, 'code').click({ modifiers: ['Control'] });
  await expect(marked(page)).toHaveCount(5);
  await cell(page, first, 'name').click({ modifiers: ['Control'] });
  await expect(marked(page)).toHaveCount(4);
  await page.locator(`.ag-row[row-id="${second}"] .ag-cell.state`).click();
  await expect(page.locator(`.ag-row[row-id="${second}"] .ag-cell.sel`).first()).toBeVisible();
  await expect(page.locator(`.ag-row[row-id="${first}"] .ag-cell.sel`)).toHaveCount(0);
  const header = page.locator('.ag-header-cell[col-id="name"]');
  await header.click({ modifiers: ['Control'] });
  await expect(marked(page)).toHaveCount(3);
  await expect(header).toHaveAttribute('aria-sort', 'ascending');
  await page.locator('.ag-header-cell[col-id="code"]').click({ modifiers: ['Control'] });
  await expect(marked(page)).toHaveCount(6);
  await header.click();
  await expect(header).toHaveAttribute('aria-sort', 'descending');
  await expect(marked(page)).toHaveCount(0);
});

test('the menu is for what is selected, and a drag past the edge scrolls on', async ({ page, workbench }) => {
  await openDesk(workbench);
  const more = Array.from({ length: 100 }, (_, at) => ({
    kind: 'insert',
    table: 'accounts',
    id: uuidv7(),
    values: { code: `B${String(at).padStart(3, '0')}`, name: `Bakery ${at}` },
  }));
  await workbench.call('records.apply', { patches: more, label: 'Fill' });
  await page.reload();
  await expect(page.locator('.status')).toContainText('103 accounts');
  await expect(page.locator('.ag-cell:focus')).toBeVisible();
  const row = (index: number, key: string): Locator => page.locator(`.ag-row[row-index="${index}"] [col-id="${key}"]`);
  await drag(page, row(1, 'code'), row(3, 'name'));
  await expect(marked(page)).toHaveCount(6);
  await row(2, 'name').click({ button: 'right' });
  await expect(page.getByRole('menu', { name: 'Row menu' })).toBeVisible();
  await expect(marked(page)).toHaveCount(6);
  await page.keyboard.press('Escape');
  await page.mouse.move(...(await middle(row(4, 'code'))));
  await page.mouse.down();
  const status = await middle(page.locator('.status'));
  await page.mouse.move(status[0], status[1], { steps: 3 });
  // Its end is where it stays: a row on the way is drawn for a moment only.
  await expect(row(102, 'code')).toHaveClass(/\bsel\b/);
  await page.mouse.up();
  await expect(row(5, 'code')).toHaveCount(0);
});
