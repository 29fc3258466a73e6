/** No violation of WCAG 2.2 AA or best practice on the pages of quotes, orders and invoices and in each of their boxes. */
import type { Page } from '@playwright/test';
import { uuidv7 } from 'uuidv7';
import { expect, test, type Workbench } from './app.ts';
import { checkAxe, modes } from './axe.ts';
import { openRow, run, sendQuote } from './deeds.ts';
import { bought, openDesk } from './desk.ts';
import { keysOn, startOrder, typeLines } from './keys.ts';
import { newQuote } from './quoting.ts';

const looks = modes.filter(({ name }) => name !== 'forced colours');

/** The invoices have no digit of their own. */
const toInvoices = async (page: Page): Promise<void> => {
  await page.keyboard.press('Control+K');
  await expect(page.locator('.p-q')).toBeFocused();
  await page.keyboard.type('invoices');
  await expect(page.locator('.pi[data-highlighted]')).toContainText('Invoices');
  await page.keyboard.press('Enter');
  await expect(page.locator('.pi')).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'Invoices', level: 1 })).toBeVisible();
};

/** Opens each box by the name of its command, looks at it, and closes it again. */
const lookAtBoxes = async (page: Page, titles: readonly string[]): Promise<void> => {
  const box = page.getByRole('dialog');
  for (const title of titles) {
    await run(page, title);
    await expect(box).toBeVisible();
    await checkAxe(page, title);
    await page.keyboard.press('Escape');
    await expect(box).toHaveCount(0);
  }
};

/** An order that was delivered, and the issued invoice of it, with a query that is open. */
const billed = async (workbench: Workbench, account: string, product: string) => {
  const [order, line] = [uuidv7(), uuidv7()];
  await workbench.call('records.apply', {
    label: 'Fill',
    patches: [
      { kind: 'insert', table: 'orders', id: order, values: { account_id: account } },
      { kind: 'insert', table: 'order_lines', id: line, values: { order_id: order, product_id: product, qty: 50_000_000 } },
    ],
  });
  await workbench.call('orders.confirm', { id: order });
  const { today } = (await workbench.call('app.info', {})) as { today: string };
  for (const [kind, qty] of [
    ['shipped', 40_000_000],
    ['delivered', 30_000_000],
    ['short_closed', 5_000_000],
  ] as const)
    await workbench.call('orders.fulfil', { id: order, kind, on: today, reason: 'Because', lines: [{ line, qty }] });
  const { id: invoice } = (await workbench.call('orders.bill', { id: order })) as { id: string };
  await workbench.call('invoices.issue', { id: invoice });
  return { order, invoice };
};

for (const { name, media } of looks) {
  test(`quotes and their boxes in ${name}`, async ({ page, workbench, host }) => {
    test.skip(host === 'electron', 'The accessibility matrix runs in Chromium.');
    test.setTimeout(300_000);
    await openDesk(workbench);
    await page.emulateMedia(media);
    await newQuote(page);
    await checkAxe(page, 'a quote');
    await lookAtBoxes(page, ['Send quote', 'Price again', 'Add freight charges']);
    await sendQuote(page);
    await checkAxe(page, 'a quote that was sent');
    await lookAtBoxes(page, ['Accept lines', 'Create order', 'Reject quote']);
  });

  test(`orders and their boxes in ${name}`, async ({ page, workbench, host }) => {
    test.skip(host === 'electron', 'The accessibility matrix runs in Chromium.');
    test.setTimeout(300_000);
    const { accounts, products } = await openDesk(workbench);
    const [account = '', product = ''] = [accounts[0], products[0]];
    await bought(workbench, account, '2025-11-03', [[product, 10]], 'HF-582');
    const { order } = await billed(workbench, account, product);
    await page.emulateMedia(media);
    const keys = keysOn(page);
    await startOrder(page, keys);
    await typeLines(keys, [['1001', '12']]);
    await lookAtBoxes(page, ['Order pad', 'Holds', 'Price again']);
    await keys.press('Control+Enter');
    await expect(page.getByRole('group', { name: 'In the way' })).toBeVisible();
    await checkAxe(page, 'an order that something is in the way of');
    await page.getByRole('button', { name: 'Confirm all the same …' }).press('Enter');
    await expect(page.getByRole('dialog')).toBeVisible();
    await checkAxe(page, 'Confirm all the same');
    await keys.press('Escape');
    await openRow(page, { key: 'Control+4', title: 'Orders' }, order);
    await expect(page.getByTestId('order-page')).toBeVisible();
    await checkAxe(page, 'a confirmed order');
    await lookAtBoxes(page, [
      'Amend order',
      'Record shipment',
      'Record delivery',
      'Record acceptance',
      'Return goods',
      'Close short',
      'Cancel remainder',
      'Open again',
    ]);
  });

  test(`invoices, their boxes and registers in ${name}`, async ({ page, workbench, host }) => {
    test.skip(host === 'electron', 'The accessibility matrix runs in Chromium.');
    test.setTimeout(300_000);
    const { accounts, products } = await openDesk(workbench);
    const { invoice } = await billed(workbench, accounts[0] ?? '', products[0] ?? '');
    const { person } = (await workbench.call('app.info', {})) as { person: { id: string } };
    const roles = { processor: person.id, coordinator: person.id, responsible: person.id };
    await workbench.call('invoices.dispute', { id: invoice, amount: 100, reason: 'price', ...roles });
    await page.emulateMedia(media);
    await toInvoices(page);
    await openRow(page, { key: 'Escape', title: 'Invoices' }, invoice);
    await expect(page.getByTestId('invoice-story')).toBeVisible();
    await checkAxe(page, 'an invoice');
    await lookAtBoxes(page, [
      'Record payment',
      'Credit …',
      'Open query',
      'Answer query',
      'Close query',
      'Promise to pay',
      'Payment plan',
    ]);
    await toInvoices(page);
    for (const view of ['Open queries', 'Payments', 'Credit notes']) {
      await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: view, exact: true }).press('Enter');
      await expect(page.getByRole('grid', { name: new RegExp(view) })).toBeAttached();
      await checkAxe(page, view);
    }
  });
}
