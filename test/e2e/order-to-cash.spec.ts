/**
 * From "can you quote me" to a disputed bill, by keyboard alone: order pad, a quote with two options, approval, sending, two
 * revisions, an earlier one accepted, an order with three faults, a part shipment, what is left over closed short, invoice,
 * query and credit note; then back as far as it goes. No pointer is used.
 */
import fs from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { readPdf } from '../documents/read.ts';
import { expect, test, type Workbench } from './app.ts';
import { approveAsBo, askApproval, chip, heading, lastToast, mendFaults, openRow, run, sendQuote, toBeAgreed } from './deeds.ts';
import { bought, exportsOf, focused, goTo, saved } from './desk.ts';
import { finish, inLines, keysOn, startOrder, typeLines, watchInput } from './keys.ts';
import { openOffice, startQuote } from './quoting.ts';

type Rows = readonly { readonly id: string; readonly v: Readonly<Record<string, unknown>> }[];

const children = async (workbench: Workbench, table: string, owner: string): Promise<Rows> =>
  ((await workbench.call('records.children', { table, owner })) as { rows: Rows }).rows;

/** The id of the only row of a register that has a value in a field. */
const rowOf = async (workbench: Workbench, table: string, field: string, value: string): Promise<string> => {
  const { rows } = (await workbench.call('view.first', { table, filter: { field, is: 'eq', value } })) as { rows: Rows };
  expect(rows).toHaveLength(1);
  return rows[0]?.id ?? '';
};

/** Types into a cell of the lines. */
const typeAt = async (page: Page, row: string, field: string, text: string): Promise<void> => {
  const { press, type } = keysOn(page);
  await goTo(page, row, field);
  await type(text);
  await press('Enter');
};

test('from the order pad to a credit note, and back as far as it goes', async ({ page, workbench }) => {
  test.setTimeout(300_000);
  const office = await openOffice(workbench);
  const { accounts, products } = office;
  const [account = '', crate = '', lid = ''] = [accounts[0], products[0], products[1]];
  await workbench.call('records.apply', {
    label: 'Costs and packs',
    // Only the crate 1001 leaves less than the floor; 1005 comes in tens.
    patches: products.map((id, at) => ({
      kind: 'update',
      table: 'products',
      id,
      values: { cost: at === 0 ? 7_000_000 : 5_000_000, ...(at === 4 ? { pack_qty: 10_000_000 } : {}) },
    })),
  });
  for (const day of ['2025-11-03', '2025-12-01', '2025-12-29'])
    await bought(workbench, account, day, [
      [crate, 10],
      [lid, 4],
    ]);
  const heard = await watchInput(page);
  const keys = keysOn(page);
  const { press, type } = keys;
  const dialog = page.getByRole('dialog');

  await test.step('the order pad', async () => {
    await startOrder(page, keys);
    await press('Control+J');
    await expect(dialog.getByRole('textbox', { name: 'Quantity, 1001' })).toBeFocused();
    await press('Space', 'Control+Enter');
    await expect(dialog).toHaveCount(0);
    await expect(lastToast(page)).toContainText('1 line added.');
    await press('Control+Enter');
    await expect(lastToast(page)).toContainText('Order confirmed.');
  });

  await test.step('a quote with two options', async () => {
    await startQuote(page);
    await typeLines(keys, [
      ['1001', '50'],
      ['1002', '50'],
      ['1003', '10'],
    ]);
    await saved(page);
    const quote = await rowOf(workbench, 'quotes', 'subject', 'Crates');
    const [first, second] = await children(workbench, 'quote_lines', quote);
    for (const line of [first, second]) await typeAt(page, line?.id ?? '', 'option_group', 'A');
    await typeAt(page, first?.id ?? '', 'chosen', 'yes');
    await expect(page.getByTestId('quote-sums')).toContainText('510.00');
  });

  await test.step('approval', async () => {
    await press('Control+Enter');
    await expect(page.getByRole('alert')).toContainText('It needs approval before it is sent.');
    await askApproval(page, 'They order every week');
    await approveAsBo(page, workbench, office);
  });

  await test.step('sent, and its paper', async () => {
    await sendQuote(page);
    await expect(heading(page)).toContainText(/^Q\d\d-...-0001$/);
    const folder = await exportsOf(workbench, 'quote.pdf');
    await press('Control+P');
    await expect(page.locator('.toast', { hasText: 'One page, as sent, written to' })).toBeVisible();
    const [name = ''] = fs.readdirSync(folder);
    const { text } = await readPdf(fs.readFileSync(path.join(folder, name)));
    expect(text).toContain(`Quotation no. ${await heading(page).innerText()}`);
    expect(text).toContain('Total 510.00');
    expect(text).not.toContain('DRAFT');
  });

  await test.step('revised twice', async () => {
    for (const [revision, price, sum] of [
      [2, '9.20', '545.00'],
      [3, '9.00', '535.00'],
    ] as const) {
      await press('Control+Shift+R');
      await expect(heading(page)).toContainText(new RegExp(`^Q.*/R${revision}$`));
      await expect(chip(page, 'Draft')).toBeVisible();
      await expect(focused(page)).toBeVisible();
      const quote = await rowOf(workbench, 'quotes', 'number', await heading(page).innerText());
      const [line] = await children(workbench, 'quote_lines', quote);
      await typeAt(page, line?.id ?? '', 'price', price);
      await expect(page.getByTestId('quote-sums')).toContainText(sum);
      await saved(page);
      await sendQuote(page);
    }
  });

  await test.step('the first revision is accepted', async () => {
    const number = (await heading(page).innerText()).replace('/R3', '');
    await openRow(page, { key: 'Control+3', title: 'Quotes' }, await rowOf(workbench, 'quotes', 'number', number));
    await expect(heading(page)).toHaveText(number);
    await expect(chip(page, 'Superseded')).toBeVisible();
    await run(page, 'Make current');
    await expect(chip(page, 'Sent')).toBeVisible();
    await run(page, 'Accept lines');
    await toBeAgreed(dialog, 'Accept lines');
    await press('Enter');
    await expect(chip(page, 'Accepted')).toBeVisible();
  });

  await test.step('the order, and three cells in its way', async () => {
    await press('Control+Shift+Enter');
    await toBeAgreed(dialog, 'Create order');
    await press('Enter');
    await expect(page.getByTestId('order-sums')).toContainText('510.00');
    await inLines(page);
    await press('Control+End', 'Home', 'ArrowRight');
    await inLines(page);
    await typeLines(keys, [
      ['NOPE', '3'],
      ['1004', '12x'],
      ['1005', '25'],
    ]);
    await press('Control+Enter');
    await expect(page.getByRole('group', { name: 'In the way' })).toContainText('No SKU “NOPE”');
    await mendFaults(page, [
      ['NOPE', '1003', '2 to fix'],
      ['12x', '12', '1 to fix'],
      ['25', '30', '5 lines'],
    ]);
    await saved(page);
    await press('Control+Enter');
    await expect(lastToast(page)).toContainText('Order confirmed.');
    await expect(heading(page)).toContainText(/^O\d\d-...-/);
  });

  await test.step('45 of 50 go out; the rest is open, then closed short', async () => {
    await run(page, 'Record shipment');
    const shipped = dialog.getByRole('textbox', { name: 'Quantity, Line 1' });
    await expect(shipped).toHaveValue('50');
    await press('Tab');
    await expect(shipped).toBeFocused();
    await type('45');
    await press('Enter');
    await expect(dialog).toHaveCount(0);
    await run(page, 'Close short');
    await expect(dialog.getByRole('row')).toHaveCount(2);
    await expect(dialog.getByRole('textbox', { name: 'Quantity, Line 1' })).toHaveValue('5');
    await expect(dialog.getByRole('textbox', { name: 'Reason' })).toBeFocused();
    await press('Enter');
    await expect(dialog.getByRole('alert')).toContainText('Say why');
    await type('The mould is broken');
    await press('Enter');
    await expect(dialog).toHaveCount(0);
  });

  await test.step('delivered, billed, issued', async () => {
    await run(page, 'Record delivery');
    await expect(dialog.getByRole('textbox').first()).toBeFocused();
    await press('Enter');
    await expect(dialog).toHaveCount(0);
    await press('Control+Shift+Enter');
    await expect(page.getByTestId('invoice-page')).toBeVisible();
    await expect(page.getByTestId('invoice-sums')).toContainText('850.00');
    await expect(focused(page)).toBeVisible();
    await press('Control+Enter');
    await expect(chip(page, 'Issued')).toBeVisible();
  });

  await test.step('disputed, credited', async () => {
    await run(page, 'Open query');
    await expect(dialog.getByRole('textbox', { name: 'Amount' })).toBeFocused();
    await type('68');
    await press('Enter');
    await expect(dialog).toHaveCount(0);
    await expect(chip(page, 'Disputed')).toBeVisible();
    await press('Control+Shift+R');
    await expect(dialog.getByRole('textbox', { name: 'Reason' })).toBeFocused();
    await type('Eight were broken');
    await press('Tab');
    await type('8');
    await press('Enter');
    await expect(dialog).toHaveCount(0);
    await expect(page.getByTestId('invoice-story')).toContainText('Eight were broken');
  });

  await test.step('back as far as it goes', async () => {
    const stays = 'What went out to a customer stays as it is';
    for (const [said, why] of [
      ['Not undone: Credit', stays],
      ['Undid: Query on', ''],
      ['Not undone: Issue', stays],
      ['Not undone: Bill', stays],
      ['Not undone: Deliver', stays],
      ['Undid: Close short', ''],
    ] as const) {
      await press('Control+Z');
      await expect(lastToast(page)).toContainText(new RegExp(`${said}.*${why}`));
    }
    // Undo went back to the order: five crates are open again, and nothing that was billed went.
    await expect(page.getByTestId('order-page')).toBeVisible();
    await run(page, 'Record shipment');
    await expect(dialog.getByRole('textbox', { name: 'Quantity, Line 1' })).toHaveValue('5');
    await press('Escape');
    await expect(dialog).toHaveCount(0);
  });

  await finish('From the order pad to a credit note', heard);
});
