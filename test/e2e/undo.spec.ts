/** Undo by keyboard shows what it took back: the page, the view, the row and the cell, also where rows are not loaded. */
import type { Page } from '@playwright/test';
import { uuidv7 } from 'uuidv7';
import { expect, test } from './app.ts';
import { cell, focused, goTo, openDesk, saved } from './desk.ts';
import { keysOn, startOrder, typeLines } from './keys.ts';

/** Notes what is marked as just changed from now on: the mark itself is gone after a moment. */
const watchMarks = async (page: Page): Promise<() => Promise<readonly string[]>> => {
  await page.evaluate(() => {
    const seen = new Set<string>();
    Object.assign(window, { marked: seen });
    const watched = new MutationObserver((changes) => {
      for (const { target } of changes) {
        if (!(target instanceof HTMLElement)) continue;
        const isMarked = ['ag-cell-data-changed', 'field-flash'].some((name) => target.classList.contains(name));
        if (isMarked) seen.add(target.dataset['testid'] ?? target.dataset['field'] ?? '');
      }
    });
    watched.observe(document, { subtree: true, attributes: true, attributeFilter: ['class'] });
  });
  return () => page.evaluate(() => [...((window as { marked?: Set<string> }).marked ?? [])]);
};

const toast = (page: Page) => page.locator('.toast');

test('a fill over rows that are not loaded: back to the screen, to its first cell, in a row that has to be read', async ({
  page,
  workbench,
}) => {
  test.slow();
  const [first = ''] = (await openDesk(workbench)).accounts;
  const ids = Array.from({ length: 400 }, () => uuidv7());
  const patches = ids.map((id, at) => ({
    kind: 'insert',
    table: 'accounts',
    id,
    values: { code: `N${1000 + at}`, name: `New ${1000 + at}` },
  }));
  await workbench.call('records.apply', { patches, label: 'Many' });
  await page.reload();
  await goTo(page, first, 'city');
  await page.keyboard.press('Control+Space');
  await page.keyboard.press('Control+D');
  await expect(toast(page)).toContainText('402 cells filled');
  await page.keyboard.press('Control+End');
  await expect(focused(page)).toBeVisible();
  await saved(page);
  await page.keyboard.press('Control+4');
  await expect(page.getByRole('heading', { name: 'Orders', level: 1 })).toBeVisible();
  const marks = await watchMarks(page);
  await page.keyboard.press('Control+Z');
  await expect(page.getByRole('heading', { name: 'Accounts', level: 1 })).toBeVisible();
  await expect(toast(page)).toContainText('Undid: Fill 402 cells down');
  await expect(focused(page)).toHaveAttribute('col-id', 'city');
  await expect(focused(page)).toHaveAttribute('data-testid', /./);
  await expect.poll(marks).toContain((await focused(page).getAttribute('data-testid')) ?? 'none');
});

test('the view that has the row comes to the front, and a row that a filter hides is said', async ({ page, workbench }) => {
  await openDesk(workbench);
  const group = uuidv7();
  await workbench.call('records.apply', {
    patches: [{ kind: 'insert', table: 'product_groups', id: group, values: { name: 'Crates' } }],
    label: 'Group',
  });
  await page.keyboard.press('Control+8');
  await page.locator('.views .view', { hasText: 'Groups' }).press('Enter');
  await goTo(page, group, 'name');
  await page.keyboard.type('Boxes');
  await page.keyboard.press('Enter');
  await saved(page);
  await page.locator('.views .view', { hasText: 'All' }).press('Enter');
  await expect(page.locator('.view.on')).toHaveText(/^All/);
  const marks = await watchMarks(page);
  await page.keyboard.press('Control+Z');
  await expect(page.locator('.view.on')).toHaveText(/^Groups/);
  await expect(cell(page, group, 'name')).toBeFocused();
  await expect(cell(page, group, 'name')).toHaveText('Crates');
  await expect.poll(marks).toContain(`cell:${group}:name`);
  await page.keyboard.press('Control+L');
  await page.keyboard.type('name:nothing');
  await page.keyboard.press('Enter');
  await expect(page.locator('.grid-empty')).toBeVisible();
  await page.keyboard.press('Control+Y');
  await expect(toast(page)).toContainText('It is not among the rows shown here.');
});

test('in an order: the fields of its head, the day of a line, and a line that comes back', async ({ page, workbench }) => {
  test.slow();
  await openDesk(workbench);
  const keyboard = keysOn(page);
  const { press, type } = keyboard;
  await startOrder(page, keyboard);
  await typeLines(keyboard, [
    ['1001', '12'],
    ['1002', '24'],
  ]);
  await saved(page);
  const qty = page.locator('.ag-cell[col-id="qty"]', { hasText: /^24$/ });
  const id = ((await qty.getAttribute('data-testid')) ?? '').split(':')[1] ?? '';
  await goTo(page, id, 'requested');
  await type('t+7');
  await press('Enter');
  await saved(page);
  await press('Control+Home');
  const marks = await watchMarks(page);
  await press('Control+Z');
  await expect(cell(page, id, 'requested')).toBeFocused();
  await expect.poll(marks).toContain(`cell:${id}:requested`);
  await press('Control+Delete');
  await expect(cell(page, id, 'qty')).toHaveCount(0);
  await press('Control+Home');
  await press('Control+Z');
  await expect(cell(page, id, 'qty')).toHaveText('24');
  await expect.poll(marks).toContain(`cell:${id}:qty`);
  await page.locator('[data-field="po_ref"] input').focus();
  await press('End');
  await type('-B');
  await press('Enter');
  await expect(focused(page)).toBeVisible();
  await saved(page);
  await press('Control+Z');
  await expect(page.locator('[data-field="po_ref"] input')).toHaveValue('HF-582');
  await expect.poll(marks).toContain('po_ref');
});
