/**
 * The focus is never nowhere. By keyboard through the screens: dialogs, menus, panels, rows that go, undo, filters, tabs;
 * after each the focus stands on something, and F6 goes round every region, both ways, from wherever it is.
 */
import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { cell, focused, goTo, openDesk, saved } from './desk.ts';
import { faultyOrder } from './keys.ts';

const place = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const at = document.activeElement;
    return at === null || at === document.body
      ? 'nowhere'
      : (at.closest('[data-region]')?.getAttribute('data-region') ?? 'dialog');
  });

/** Does each, and looks where the focus is afterwards, and a moment of the page later. */
const walk = async (page: Page, steps: readonly (readonly [string, () => Promise<unknown>])[]): Promise<void> => {
  for (const [what, act] of steps) {
    await act();
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    await expect.poll(() => place(page), { message: what }).not.toBe('nowhere');
  }
};

/** Goes round until it is where it began. */
const tour = async (page: Page, key: 'F6' | 'Shift+F6'): Promise<readonly string[]> => {
  const seen: string[] = [];
  for (let stop = 0; stop < 12; stop += 1) {
    await page.keyboard.press(key);
    const at = await place(page);
    if (seen.includes(at)) break;
    seen.push(at);
  }
  return seen;
};

const press =
  (page: Page, ...keys: readonly string[]) =>
  async (): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };

const type = (page: Page, text: string) => (): Promise<void> => page.keyboard.type(text);

test('in a register: dialogs, menus, editors, panels, rows that go, undo, filters, tabs', async ({ page, workbench }) => {
  test.slow();
  const [first = '', second = ''] = (await openDesk(workbench)).accounts;
  await goTo(page, second, 'city');
  await walk(page, [
    ['the palette', press(page, 'Control+K')],
    ['the palette closed', press(page, 'Escape')],
    ['shortcuts', press(page, 'Control+/')],
    ['shortcuts closed', press(page, 'Escape')],
    ['help', press(page, 'F1')],
    ['help closed', press(page, 'Escape')],
    ['columns', press(page, 'Control+Shift+K')],
    ['columns closed', press(page, 'Escape')],
    ['export', press(page, 'Control+E')],
    ['export closed', press(page, 'Escape')],
    ['new of any kind', press(page, 'Control+Shift+N')],
    ['new of any kind closed', press(page, 'Escape')],
  ]);
  await expect(cell(page, second, 'city')).toBeFocused();
  await walk(page, [
    ['the menu of a row', press(page, 'Shift+F10')],
    ['the menu closed', press(page, 'Escape')],
    ['an editor', type(page, 'Pe')],
    ['an editor given up', press(page, 'Escape')],
    ['the panel', press(page, 'Space')],
    ['into the panel', press(page, 'F6')],
    ['the panel closed from inside', press(page, 'Control+Shift+E')],
  ]);
  await goTo(page, first, 'city');
  await walk(page, [
    ['a row deleted', press(page, 'Control+Delete')],
    ['undo', press(page, 'Control+Z')],
    ['redo', press(page, 'Control+Y')],
    ['undo again', press(page, 'Control+Z')],
    ['a new row', press(page, 'Control+N')],
    ['a new row given up', press(page, 'Escape', 'Control+Delete')],
    ['the filter', press(page, 'Control+L')],
    ['a filter that leaves nothing', type(page, 'nothing like this')],
    ['back to the rows there are not', press(page, 'Enter')],
    ['the filter emptied', press(page, 'Control+L', 'Escape')],
    ['the filter row', press(page, 'Control+Shift+L')],
    ['the filter row gone', press(page, 'Control+Shift+L')],
    ['find', press(page, 'Control+F')],
    ['find and replace', press(page, 'Control+H')],
    ['find closed', press(page, 'Escape')],
    ['another theme', press(page, 'Control+=')],
    ['another screen', press(page, 'Control+8')],
    ['an empty screen', press(page, 'Control+4')],
    ['back', press(page, 'Alt+ArrowLeft')],
    ['a record', press(page, 'Control+2', 'Alt+Enter')],
    ['its tab closed', press(page, 'Alt+W')],
    ['settings', press(page, 'Control+,')],
    ['settings closed', press(page, 'Alt+W')],
  ]);
  await saved(page);
});

test('a screen that comes back has the focus on its cell, wherever it was before', async ({ page, workbench }) => {
  const [, second = ''] = (await openDesk(workbench)).accounts;
  await goTo(page, second, 'city');
  for (const elsewhere of ['Control+8', 'Control+,']) {
    await page.keyboard.press(elsewhere);
    await expect(page.getByRole('heading', { name: 'Accounts', level: 1 })).toHaveCount(0);
    await expect(focused(page).or(page.locator('button.view.on:focus'))).toBeVisible();
    await page.keyboard.press('Control+2');
    await expect(cell(page, second, 'city')).toBeFocused();
  }
});

test('a button that takes itself away leaves the focus somewhere', async ({ page, workbench }) => {
  const [first = ''] = (await openDesk(workbench)).accounts;
  await goTo(page, first, 'city');
  await walk(page, [
    ['a hint dismissed', () => page.getByRole('button', { name: 'Do not show this again' }).press('Enter')],
    ['a row deleted', press(page, 'Control+Delete')],
    ['a message dismissed', () => page.getByRole('button', { name: 'Dismiss' }).press('Enter')],
    ['a row back', press(page, 'Control+Z')],
    ['a filter set', press(page, 'Control+L', 'k', 'e', 's', 't', 'Enter')],
    ['its chip removed', () => page.getByRole('button', { name: /^Remove/ }).press('Enter')],
  ]);
});

test('in an order: lines that go, undo, confirm, the bar of what is in the way', async ({ page, workbench }) => {
  await openDesk(workbench);
  await faultyOrder(page);
  await walk(page, [
    ['what is in the way', press(page, 'Control+Enter')],
    ['to the problem', press(page, 'F8')],
  ]);
  const said = page.locator('.toast').last();
  // Each key is meant for what the one before it led to: before it, the focus was on the empty line, which nothing deletes.
  await expect(focused(page)).toContainText('6o');
  await walk(page, [['the line deleted', press(page, 'Control+Delete')]]);
  await expect(said).toContainText('deleted.');
  await walk(page, [['undo', press(page, 'Control+Z')]]);
  await expect(said).toContainText('Undid');
  await walk(page, [['redo', press(page, 'Control+Y')]]);
  // What is in the way is gone again before the order is confirmed.
  await expect(said).toContainText('Did again');
  await walk(page, [['confirmed', press(page, 'Control+Enter')]]);
  // What the confirmation takes away, buttons among it, is gone before the tour begins.
  await expect(page.locator('.toast').last()).toContainText('Order confirmed.');
  expect(await tour(page, 'F6')).toEqual(expect.arrayContaining(['rail', 'tabs', 'bar', 'head', 'lines', 'status']));
  await walk(page, [['the confirmation undone', press(page, 'Control+Z')]]);
});

test('F6 and Shift+F6 go round every region, from bars and boxes too', async ({ page, workbench }) => {
  const [first = ''] = (await openDesk(workbench)).accounts;
  await goTo(page, first, 'city');
  await press(page, 'Space', 'Control+Shift+L')();
  await expect(page.getByRole('combobox', { name: 'Filter City' })).toBeFocused();
  await press(page, 'Control+F')();
  await expect(page.getByRole('textbox', { name: 'Find in these rows' })).toBeFocused();
  const round = ['rows', 'peek', 'status', 'rail', 'tabs', 'bar', 'filter', 'find'];
  expect(await tour(page, 'F6')).toEqual(round);
  expect(await tour(page, 'Shift+F6')).toEqual(['find', 'filter', 'bar', 'tabs', 'rail', 'status', 'peek', 'rows']);
  await press(page, 'Control+L', 'F6', 'F6')();
  expect(await place(page)).toBe('rows');
});
