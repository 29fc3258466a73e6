/** No violation of WCAG 2.2 AA or best practice in grids, their editors and panels, in every mode. Contrast has its own test. */
import { expect, test } from './app.ts';
import { checkAxe, modes } from './axe.ts';
import { cell, focused, goTo, openDesk } from './desk.ts';

for (const { name, media } of modes) {
  test(`a register, its editors and panels in ${name}`, async ({ page, workbench, host }) => {
    test.skip(host === 'electron', 'The accessibility matrix runs in Chromium.');
    test.slow();
    const [first = ''] = (await openDesk(workbench)).accounts;
    await page.emulateMedia(media);
    await checkAxe(page, 'a register');
    await goTo(page, first, 'renewal_on');
    await page.keyboard.type('someday');
    await checkAxe(page, 'a text editor');
    await page.keyboard.press('Enter');
    await expect(cell(page, first, 'renewal_on')).toHaveClass(/\bbad\b/);
    await checkAxe(page, 'a cell that needs attention');
    await page.keyboard.press('Shift+ArrowLeft');
    await page.keyboard.press('Control+Shift+ArrowDown');
    await expect(page.locator('.status').getByRole('button', { name: /^Count/ })).toBeVisible();
    await checkAxe(page, 'several cells selected');
    await goTo(page, first, 'status');
    await page.keyboard.press('Alt+ArrowDown');
    await expect(page.getByRole('option').first()).toBeVisible();
    await checkAxe(page, 'a list editor');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Space');
    await expect(page.locator('[data-region="peek"] .facts-form')).toBeVisible();
    await checkAxe(page, 'a panel');
    await page.keyboard.press('Space');
    await page.keyboard.press('Shift+F10');
    await expect(page.getByRole('menuitem').first()).toBeVisible();
    await checkAxe(page, 'a row menu');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+Shift+K');
    await expect(page.getByRole('dialog', { name: 'Columns' })).toBeVisible();
    await checkAxe(page, 'the columns');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+L');
    await page.keyboard.type('status:bogus');
    await expect(page.locator('.qf-under u')).toBeVisible();
    await checkAxe(page, 'a filter that cannot be read');
    await page.keyboard.press('Escape');
    await expect(focused(page)).toBeVisible();
    await page.keyboard.press('Alt+Enter');
    await expect(page.getByTestId('account-page')).toBeVisible();
    await checkAxe(page, 'an account');
    await page.keyboard.press('Alt+b');
    await expect(page.getByTestId('brief').getByRole('heading', { name: 'Since then' })).toBeVisible();
    await checkAxe(page, 'the brief of an account');
  });

  test(`a selection, what is found, boxes, menus and dialogs in ${name}`, async ({ page, workbench, host }) => {
    test.skip(host === 'electron', 'The accessibility matrix runs in Chromium.');
    test.slow();
    const [first = ''] = (await openDesk(workbench)).accounts;
    await page.emulateMedia(media);
    await goTo(page, first, 'code');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowRight');
    await expect(page.locator('[aria-selected="true"]')).toHaveCount(4);
    await checkAxe(page, 'a selection');
    await page.keyboard.press('Control+H');
    await page.keyboard.type('e');
    await expect(page.locator('mark').first()).toBeVisible();
    await checkAxe(page, 'find and replace');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+Shift+L');
    await expect(page.getByRole('combobox', { name: 'Filter Name', exact: true })).toBeVisible();
    await page.keyboard.press('Alt+ArrowDown');
    await expect(page.getByRole('option').first()).toBeVisible();
    await checkAxe(page, 'the boxes of the filter, with values');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+Shift+L');
    await page.keyboard.press('Control+Shift+N');
    await expect(page.getByRole('menuitem').first()).toBeVisible();
    await checkAxe(page, 'a menu');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+E');
    await expect(page.getByRole('dialog', { name: /^Export/ })).toBeVisible();
    await checkAxe(page, 'a dialog that asks');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await page.keyboard.press('Control+Shift+H');
    await expect(page.getByRole('complementary', { name: 'History' })).toBeVisible();
    await checkAxe(page, 'the history');
  });

  test(`orders and their lines in ${name}`, async ({ page, workbench, host }) => {
    test.skip(host === 'electron', 'The accessibility matrix runs in Chromium.');
    test.slow();
    const { accounts, products } = await openDesk(workbench);
    await page.emulateMedia(media);
    await page.keyboard.press('Control+4');
    await expect(page.getByText('No orders yet.')).toBeVisible();
    await checkAxe(page, 'an empty register');
    const order = '0190aaaa-0000-7000-8000-000000000001';
    const line = '0190aaaa-0000-7000-8000-000000000011';
    await workbench.call('records.apply', {
      label: 'Fill',
      patches: [
        { kind: 'insert', table: 'orders', id: order, values: { account_id: accounts[0] } },
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
    await checkAxe(page, 'an order that cannot be confirmed');
  });
}
