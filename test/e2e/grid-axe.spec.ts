/** No violation of WCAG 2.2 AA or best practice in grids, their editors and panels, in every mode. Contrast has its own test. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { call, cell, focused, goTo, openDesk } from './desk.ts';

const modes = [
  { name: 'light', media: { colorScheme: 'light', forcedColors: 'none' } },
  { name: 'dark', media: { colorScheme: 'dark', forcedColors: 'none' } },
  { name: 'forced colours', media: { colorScheme: 'dark', forcedColors: 'active' } },
] as const;

const check = async (page: Page, what: string): Promise<void> => {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .disableRules(['color-contrast'])
    // Guards of open menus: they hand the focus on at once, so nothing hidden ever keeps it.
    .exclude('[data-base-ui-focus-guard]')
    .analyze();
  expect(
    violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 200))]),
    what,
  ).toEqual([]);
};

for (const { name, media } of modes) {
  test(`registers, editors, panels and an order in ${name}`, async ({ page, workbench, host }) => {
    test.skip(host === 'electron', 'The accessibility matrix runs in Chromium.');
    test.slow();
    const { accounts, products } = await openDesk(workbench);
    const [first = ''] = accounts;
    await page.emulateMedia(media);
    await check(page, 'a register');
    await goTo(page, first, 'renewal_on');
    await page.keyboard.type('someday');
    await check(page, 'a text editor');
    await page.keyboard.press('Enter');
    await expect(cell(page, first, 'renewal_on')).toHaveClass(/\bbad\b/);
    await check(page, 'a cell that needs attention');
    await page.keyboard.press('Shift+ArrowLeft');
    await page.keyboard.press('Control+Shift+ArrowDown');
    await expect(page.locator('.status').getByText('Count')).toBeVisible();
    await check(page, 'several cells selected');
    await goTo(page, first, 'status');
    await page.keyboard.press('Alt+ArrowDown');
    await expect(page.getByRole('option').first()).toBeVisible();
    await check(page, 'a list editor');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Space');
    await expect(page.locator('[data-region="peek"] .facts-form')).toBeVisible();
    await check(page, 'a panel');
    await page.keyboard.press('Space');
    await page.keyboard.press('Shift+F10');
    await expect(page.getByRole('menuitem').first()).toBeVisible();
    await check(page, 'a row menu');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+Shift+K');
    await expect(page.getByRole('dialog', { name: 'Columns' })).toBeVisible();
    await check(page, 'the columns');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+L');
    await page.keyboard.type('status:bogus');
    await expect(page.locator('.qf-under u')).toBeVisible();
    await check(page, 'a filter that cannot be read');
    await page.keyboard.press('Escape');
    await expect(focused(page)).toBeVisible();
    await page.keyboard.press('Alt+Enter');
    await expect(page.getByTestId('account-page')).toBeVisible();
    await check(page, 'an account');

    await page.keyboard.press('Control+4');
    await expect(page.getByText('No orders yet.')).toBeVisible();
    await check(page, 'an empty register');
    const order = '0190aaaa-0000-7000-8000-000000000001';
    const line = '0190aaaa-0000-7000-8000-000000000011';
    await call(workbench, 'records.apply', {
      label: 'Fill',
      patches: [
        { kind: 'insert', table: 'orders', id: order, values: { account_id: first } },
        {
          kind: 'insert',
          table: 'order_lines',
          id: line,
          values: { order_id: order, product_id: products[0], qty: { '?': '12x' } },
        },
      ],
    });
    await expect(focused(page)).toContainText('Harbour Foods');
    await page.keyboard.press('Alt+Enter');
    await expect(cell(page, line, 'qty')).toContainText('12x');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('group', { name: 'In the way' })).toBeVisible();
    await check(page, 'an order that cannot be confirmed');
  });
}
