/** Saved views by keyboard alone: saved, changed, put back, opened by name, kept over a restart, taken away and brought back. */
import type { Page } from '@playwright/test';
import { expect, test, waitUntilOpen } from './app.ts';
import { checkAxe } from './axe.ts';
import { focused, goTo, openDesk, saved } from './desk.ts';
import { finish, keysOn, watchInput } from './keys.ts';

const tab = (page: Page, name: string) => page.locator('.views .view', { hasText: name });
const rows = (page: Page) => page.locator('.view.on .n');
const order = (page: Page) =>
  page
    .locator('.ag-header-cell[col-id]')
    .evaluateAll((cells) =>
      cells
        .toSorted((a, b) => Number(a.getAttribute('aria-colindex')) - Number(b.getAttribute('aria-colindex')))
        .map((one) => one.getAttribute('col-id')),
    );

const press = async (page: Page, ...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};

/** Runs a command by its name in the palette. */
const run = async (page: Page, title: string): Promise<void> => {
  await press(page, 'Control+K');
  await expect(page.locator('.p-q')).toBeFocused();
  await page.keyboard.type(`>${title}`);
  await expect(page.locator('.pi[data-highlighted]')).toContainText(title);
  await press(page, 'Enter');
};

/** The view of Kestrel, saved under a name. */
const saveView = async (page: Page, name: string): Promise<void> => {
  await press(page, 'Control+L');
  await page.keyboard.type('name:kest');
  await press(page, 'Enter');
  await expect(rows(page)).toHaveText('1');
  await press(page, 'Control+Shift+S');
  await expect(page.getByRole('dialog', { name: 'Save view as' })).toBeVisible();
  await page.keyboard.type(name);
  await press(page, 'Enter');
  await expect(tab(page, name)).toHaveClass(/\bon\b/);
};

test('a view keeps filter, columns and order, says when it was changed, and comes back after a reload', async ({
  page,
  workbench,
  host,
}) => {
  await openDesk(workbench);
  await saveView(page, 'Birds');
  await expect(focused(page)).toBeVisible();
  await expect(page.locator('.view-dot')).toHaveCount(0);
  await press(page, 'Control+L', 'Control+A');
  await page.keyboard.type('name:rook');
  await press(page, 'Enter');
  await expect(page.locator('.view-dot')).toBeVisible();
  if (host === 'chromium') await checkAxe(page, 'a changed view');
  await run(page, 'Reset view');
  await expect(focused(page)).toBeVisible();
  await expect(page.locator('.view-dot')).toHaveCount(0);
  await expect(page.locator('.fchip')).toHaveText('name:kest');
  await run(page, 'Columns …');
  const chooser = page.getByRole('dialog', { name: 'Columns' });
  await chooser.getByRole('checkbox', { name: 'City' }).press('Space');
  await press(page, 'Escape');
  await expect(page.locator('.view-dot')).toBeVisible();
  const before = await order(page);
  await page.getByRole('button', { name: 'Save', exact: true }).press('Enter');
  await expect(page.locator('.view-dot')).toHaveCount(0);
  await saved(page);
  await page.reload();
  await expect(focused(page)).toBeVisible();
  await press(page, 'Control+L');
  await page.keyboard.type('@birds');
  await press(page, 'Enter');
  await expect(tab(page, 'Birds')).toHaveClass(/\bon\b/);
  await expect(rows(page)).toHaveText('1');
  expect(await order(page)).toEqual(before);
  await expect(page.locator('.view-dot')).toHaveCount(0);
});

test('a view is opened from the palette, renamed, deleted, and brought back by undo', async ({ page, workbench, host }) => {
  await openDesk(workbench);
  await saveView(page, 'Kestrels');
  await press(page, 'Control+4');
  await expect(page.getByRole('heading', { name: 'Orders', level: 1 })).toBeVisible();
  await press(page, 'Control+K');
  await expect(page.locator('.p-q')).toBeFocused();
  await page.keyboard.type('@kes');
  await expect(page.locator('.pi[data-highlighted]')).toContainText('@Kestrels');
  if (host === 'chromium') await checkAxe(page, 'views in the palette');
  await press(page, 'Enter');
  await expect(tab(page, 'Kestrels')).toHaveClass(/\bon\b/);
  await run(page, 'Rename view');
  await expect(page.getByRole('dialog', { name: 'Rename view' })).toBeVisible();
  if (host === 'chromium') await checkAxe(page, 'the name of a view');
  await press(page, 'Control+A');
  await page.keyboard.type('Birds');
  await press(page, 'Enter');
  await expect(tab(page, 'Birds')).toBeVisible();
  await run(page, 'Delete view');
  await expect(page.locator('.toast')).toContainText('View “Birds” deleted.');
  await expect(tab(page, 'Birds')).toHaveCount(0);
  await press(page, 'Control+Z');
  await expect(tab(page, 'Birds')).toBeVisible();
});

test('a view of another version opens: columns it does not know are added, unknown ones and parts of its filter left out', async ({
  page,
  workbench,
}) => {
  const [, second = ''] = (await openDesk(workbench)).accounts;
  const values = {
    name: 'Old',
    screen: 'accounts',
    table: 'accounts',
    filter: 'gone:5 name:kest,rook',
    layout: JSON.stringify([
      { key: 'name', width: 300, hidden: false },
      { key: 'never_was', width: 80, hidden: false },
    ]),
    sort: JSON.stringify([{ field: 'never_was', dir: 'asc' }]),
  };
  const id = '01926f00-0000-7000-8000-0000000000aa';
  await workbench.call('records.apply', { patches: [{ kind: 'insert', table: 'saved_views', id, values }], label: 'Old view' });
  await expect(tab(page, 'Old')).toBeVisible();
  await press(page, 'Control+K');
  await expect(page.locator('.p-q')).toBeFocused();
  await page.keyboard.type('@old');
  await press(page, 'Enter');
  await expect(page.locator('.toast')).toContainText('Part of the filter of this view could not be read');
  await expect(rows(page)).toHaveText('2');
  await expect(page.locator('.qf-under u')).toHaveText('gone:5');
  await expect(page.locator('.filterbar')).toContainText('Rows are those of the rest of this filter.');
  await expect(page.locator('.view-dot')).toHaveCount(0);
  await goTo(page, second, 'name');
  expect((await order(page)).length).toBeGreaterThan(5);
  await run(page, 'Switch row height');
  await expect(page.locator('.view-dot')).toBeVisible();
  await page.getByRole('button', { name: 'Save', exact: true }).press('Enter');
  await expect(page.locator('.view-dot')).toHaveCount(0);
  const kept = (await workbench.call('records.get', { table: 'saved_views', id })) as { v: { filter: string; layout: string } };
  expect(kept.v.filter).toBe(values.filter);
  expect(kept.v.layout).toContain('never_was');
  await press(page, 'Control+L', 'Escape');
  await expect(rows(page)).toHaveText('3');
  await expect(page.locator('.view-dot')).toBeVisible();
});

test('columns are moved, made wider, frozen and hidden from their header, and the view remembers', async ({
  page,
  workbench,
  host,
}) => {
  const [first = ''] = (await openDesk(workbench)).accounts;
  const header = page.locator('.ag-header-cell:focus');
  const width = async (key: string): Promise<number> =>
    (await page.locator(`.ag-header-cell[col-id="${key}"]`).first().boundingBox())?.width ?? 0;
  await goTo(page, first, 'tier');
  await press(page, 'ArrowUp');
  await expect(header).toHaveAttribute('col-id', 'tier');
  const before = await width('tier');
  await press(page, 'Alt+ArrowRight', 'Alt+ArrowRight');
  await expect.poll(() => width('tier')).toBe(before + 20);
  await press(page, 'Shift+ArrowLeft');
  await expect(header).toHaveAttribute('col-id', 'tier');
  const moved = await order(page);
  expect(moved.indexOf('tier')).toBeLessThan(moved.indexOf('status'));
  await press(page, 'Alt+ArrowDown');
  const menu = page.getByRole('menu', { name: 'Column menu' });
  await expect(menu).toBeVisible();
  if (host === 'chromium') await checkAxe(page, 'a column menu');
  await menu.getByRole('menuitem', { name: 'Freeze up to here' }).press('Enter');
  await expect(page.locator('.ag-header-cell-last-left-pinned[col-id="tier"]')).toBeVisible();
  await expect(header).toHaveAttribute('col-id', 'tier');
  await press(page, 'ArrowRight', 'Alt+ArrowDown');
  await expect(menu).toBeVisible();
  await menu.getByRole('menuitem', { name: 'Hide column' }).press('Enter');
  await expect(page.locator('.ag-header-cell[col-id="status"]')).toHaveCount(0);
  const kept = async (): Promise<boolean> => {
    const { values } = (await workbench.call('local.get', { prefix: 'grid.accounts.accounts' })) as {
      values: Record<string, readonly { key: string; hidden: boolean }[]>;
    };
    return Object.values(values)[0]?.some(({ key, hidden }) => key === 'status' && hidden) === true;
  };
  await expect.poll(kept).toBe(true);
  await page.reload();
  await expect(focused(page)).toBeVisible();
  await expect(page.locator('.ag-header-cell[col-id="status"]')).toHaveCount(0);
  await expect(page.locator('.ag-header-cell-last-left-pinned[col-id="tier"]')).toBeVisible();
});

/** How a register stands: its columns and their widths as they follow each other, its sorted columns, its row height. */
const standing = (page: Page) =>
  page.evaluate(() => {
    const headers = [...document.querySelectorAll<HTMLElement>('.ag-header-cell[col-id]')];
    const at = (header: HTMLElement): number => Number(header.getAttribute('aria-colindex'));
    return {
      columns: headers
        .toSorted((a, b) => at(a) - at(b))
        .map((header) => [header.getAttribute('col-id'), header.offsetWidth, header.getAttribute('aria-sort')]),
      rowHeight: document.querySelector<HTMLElement>('.ag-row')?.offsetHeight,
    };
  });

test('8: a view is saved, and stands as it stood after the workbench was ended and started again', async ({ launch }) => {
  test.slow();
  const first = await launch();
  await waitUntilOpen(first.page);
  const [account = ''] = (await openDesk(first)).accounts;
  const { page } = first;
  const heard = await watchInput(page);
  const keys = keysOn(page);
  const { type } = keys;
  const header = page.locator('.ag-header-cell:focus');
  const plain = await standing(page);
  await keys.press('Control+L');
  await type('name:kest,harb');
  await keys.press('Enter');
  await expect(page.locator('.view.on .n')).toHaveText('2');
  await goTo(page, account, 'tier');
  await keys.press('ArrowUp');
  await expect(header).toHaveAttribute('col-id', 'tier');
  await keys.press('Alt+ArrowRight', 'Alt+ArrowRight', 'Shift+ArrowLeft');
  await expect(header).toHaveAttribute('col-id', 'tier');
  await keys.press('ArrowLeft');
  await expect(header).not.toHaveAttribute('col-id', 'tier');
  await keys.press('ArrowLeft');
  await expect(header).toHaveAttribute('col-id', 'code');
  await keys.press('Enter', 'Enter');
  await expect(header).toHaveAttribute('aria-sort', 'descending');
  await keys.press('Control+Shift+S');
  await type('Birds');
  await keys.press('Enter');
  await expect(tab(page, 'Birds')).toHaveClass(/\bon\b/);
  await keys.press('Control+K');
  await expect(page.locator('.p-q')).toBeFocused();
  await type('>Switch row height');
  await expect(page.locator('.pi[data-highlighted]')).toContainText('Switch row height');
  await keys.press('Enter');
  await expect(page.locator('.view-dot')).toBeVisible();
  await keys.press('Control+K');
  await expect(page.locator('.p-q')).toBeFocused();
  await type('>Save view');
  await expect(page.locator('.pi[data-highlighted]')).toContainText('Save view as');
  await keys.press('ArrowDown');
  await expect(page.locator('.pi[data-highlighted]')).toHaveText('Save view');
  await keys.press('Enter');
  await expect(page.locator('.view-dot')).toHaveCount(0);
  const kept = await standing(page);
  expect(kept.columns).not.toEqual(plain.columns);
  expect(kept.rowHeight).not.toBe(plain.rowHeight);
  await saved(page);
  const before = await heard();
  await first.close();

  const second = await launch();
  await waitUntilOpen(second.page);
  const again = await watchInput(second.page);
  await expect(focused(second.page)).toBeVisible();
  await second.page.keyboard.press('Control+L');
  await second.page.keyboard.type('@birds');
  await second.page.keyboard.press('Enter');
  await expect(tab(second.page, 'Birds')).toHaveClass(/\bon\b/);
  await expect(rows(second.page)).toHaveText('2');
  expect(await standing(second.page)).toEqual(kept);
  await expect(second.page.locator('.view-dot')).toHaveCount(0);
  await finish('A view saved, the workbench started again, the view opened', async () => {
    const more = await again();
    return { keys: before.keys + more.keys, pointers: before.pointers + more.pointers };
  });
});
