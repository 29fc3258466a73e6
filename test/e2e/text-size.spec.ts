/** Larger text, more space between letters, and a window at 200 %: everything grows, nothing is lost, and back again. */
import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { cell, focused, goTo, openDesk } from './desk.ts';
import { faultyOrder } from './keys.ts';
import { checkSpacing, spaceText } from './spacing.ts';
import { settingsSections } from './settings-sections.ts';

const press = async (page: Page, ...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};

const sizeOf = (page: Page, selector: string): Promise<readonly number[]> =>
  page
    .locator(selector)
    .first()
    .evaluate((one) => [one.getBoundingClientRect().width, one.getBoundingClientRect().height]);

/** The text size of the settings, from the usual one to the largest. */
const larger = async (page: Page): Promise<void> => {
  for (let step = 0; step < 3; step += 1) await press(page, 'Control+=');
  await expect(page.locator('html')).toHaveCSS('--scale', '1.5');
};

const usual = async (page: Page): Promise<void> => {
  await press(page, 'Control+0');
  await expect(page.locator('html')).toHaveCSS('--scale', '1');
};

test('columns, rows, headers and icons grow with the text; what a person made of the widths stays as it was', async ({
  page,
  workbench,
}) => {
  const [first = ''] = (await openDesk(workbench)).accounts;
  const tier = '.ag-header-cell[col-id="tier"]';
  const parts = [tier, '.ag-header-cell[col-id="name"]', '.ag-header-cell[col-id="_state"]', '.nav .i'];
  const row = '.ag-row[row-index="0"]';
  await goTo(page, first, 'tier');
  await press(page, 'ArrowUp', 'Alt+ArrowRight');
  await press(page, 'ArrowDown', 'Control+Shift+S');
  await expect(page.getByRole('dialog', { name: 'Save view as' })).toBeVisible();
  await page.keyboard.type('Wide');
  await press(page, 'Enter');
  await expect(page.locator('.views .view', { hasText: 'Wide' })).toHaveClass(/\bon\b/);
  await expect(focused(page)).toBeVisible();
  await expect.poll(async () => (await sizeOf(page, row))[1]).toBe(28);
  const before = await Promise.all([...parts, row].map((part) => sizeOf(page, part)));
  await larger(page);
  for (const [at, part] of parts.entries()) {
    const [width = 0] = before[at] ?? [];
    await expect.poll(async () => (await sizeOf(page, part))[0], { message: part }).toBe(Math.round(width * 1.5));
  }
  await expect.poll(async () => (await sizeOf(page, row))[1]).toBe(42);
  await expect(page.locator('.view-dot')).toHaveCount(0);
  await goTo(page, first, 'tier');
  await press(page, 'ArrowUp', 'Alt+ArrowRight');
  await expect(page.locator('.view-dot')).toBeVisible();
  await press(page, 'Alt+ArrowLeft');
  await expect(page.locator('.view-dot')).toHaveCount(0);
  await usual(page);
  await expect.poll(() => Promise.all([...parts, row].map((part) => sizeOf(page, part)))).toEqual(before);
  const kept = async (): Promise<number | undefined> => {
    const { values } = (await workbench.call('local.get', { prefix: 'grid.accounts.accounts' })) as {
      values: Record<string, readonly { key: string; width: number }[]>;
    };
    return Object.values(values)
      .flat()
      .find(({ key }) => key === 'tier')?.width;
  };
  await expect.poll(kept).toBe(before[0]?.[0]);
});

test('frozen columns take half of the grid at most: they pass with the others until there is room again', async ({
  page,
  workbench,
  host,
}) => {
  test.skip(host === 'electron', 'The window of the desktop is not made smaller than it may be.');
  const [first = ''] = (await openDesk(workbench)).accounts;
  const frozen = page.locator('.ag-header-cell-last-left-pinned');
  await expect(frozen).toHaveAttribute('col-id', 'name');
  await goTo(page, first, 'name');
  await page.setViewportSize({ width: 640, height: 400 });
  await larger(page);
  await expect(frozen).toHaveAttribute('col-id', 'code');
  await expect(cell(page, first, 'name')).toBeFocused();
  await usual(page);
  await page.setViewportSize({ width: 1280, height: 800 });
  await expect(frozen).toHaveAttribute('col-id', 'name');
  await expect(cell(page, first, 'name')).toBeFocused();
});

test('the sheet of shortcuts scrolls one way only, at 200 % and with the largest text', async ({ page, workbench, host }) => {
  test.skip(host === 'electron', 'The window of the desktop is not made smaller than it may be.');
  await openDesk(workbench);
  await page.setViewportSize({ width: 640, height: 400 });
  const body = page.locator('.dialog-body');
  for (const grow of [() => Promise.resolve(), () => larger(page)]) {
    await grow();
    await press(page, 'Control+/');
    await expect(page.getByRole('dialog', { name: 'Shortcuts' })).toBeVisible();
    expect(await body.evaluate((one) => one.scrollWidth - one.clientWidth)).toBe(0);
    expect(await body.evaluate((one) => one.scrollHeight > one.clientHeight)).toBe(true);
    await press(page, 'Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
});

test('wide spacing of text cuts off no control and lays none over another', async ({ page, workbench, host }, testInfo) => {
  test.skip(host === 'electron', 'The accessibility matrix runs in Chromium.');
  await checkSpacing(page, 'first run, as it is');
  await spaceText(page);
  await checkSpacing(page, 'first run');
  await press(page, 'Alt+3');
  await expect(page.getByRole('button', { name: 'Begin' })).toBeVisible();
  await checkSpacing(page, 'company and person');
  const [first = '', second = ''] = (await openDesk(workbench)).accounts;
  await spaceText(page);
  await goTo(page, first, 'renewal_on');
  await page.keyboard.type('someday');
  await press(page, 'Enter');
  await expect(cell(page, first, 'renewal_on')).toHaveClass(/\bbad\b/);
  await goTo(page, second, 'status');
  await press(page, 'Space');
  await expect(page.locator('[data-region="peek"] .facts-form')).toBeVisible();
  await checkSpacing(page, 'a register with its panel');
  await press(page, 'Space', 'Alt+ArrowDown');
  await expect(page.getByRole('option').first()).toBeVisible();
  await checkSpacing(page, 'a list');
  await press(page, 'Escape', 'Control+L');
  await page.keyboard.type('status:active');
  await press(page, 'Enter');
  await expect(page.locator('.fchip')).toBeVisible();
  await press(page, 'Control+Shift+L', 'Control+H');
  await checkSpacing(page, 'filter, boxes and find');
  await press(page, 'Escape', 'Control+Shift+L', 'Control+Shift+L', 'Alt+Enter');
  await expect(page.getByTestId('account-page')).toBeVisible();
  await checkSpacing(page, 'an account');
  await page.keyboard.press('Alt+b');
  await expect(page.getByTestId('brief').getByRole('heading', { name: 'Since then' })).toBeVisible();
  await checkSpacing(page, 'the brief of an account');
  await faultyOrder(page);
  await press(page, 'Control+Enter');
  await expect(page.getByRole('group', { name: 'In the way' })).toBeVisible();
  await checkSpacing(page, 'an order');
  await press(page, 'Control+,');
  for (const section of settingsSections) {
    await page.getByRole('button', { name: section, exact: true }).press('Enter');
    await checkSpacing(page, `settings, ${section}`);
  }
  await press(page, 'Control+K');
  await expect(page.locator('.p-q')).toBeFocused();
  await page.keyboard.type('imp');
  await expect(page.locator('.pi[data-highlighted]')).toContainText('Import');
  await checkSpacing(page, 'the palette');
  await press(page, 'Enter');
  await expect(page.getByRole('heading', { name: 'Import' })).toBeVisible();
  await checkSpacing(page, 'import');
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: 'Sync' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Meet your team' })).toBeVisible();
  await checkSpacing(page, 'sync, set up');
  await page.getByLabel('What to do').selectOption('database');
  await checkSpacing(page, 'sync, set up in a database');
  await workbench.call('sync.join', { hub: testInfo.outputDir, team: testInfo.outputPath('team.key'), isNew: true });
  await expect(page.getByRole('heading', { name: 'Colleagues' })).toBeVisible();
  await checkSpacing(page, 'sync, the team');
});
