/** Quotes by keyboard: sent, revised, made an order of; and one that somebody has to agree to before it is sent. No pointer is used. */
import fs from 'node:fs';
import path from 'node:path';
import { readPdf } from '../documents/read.ts';
import { expect, test } from './app.ts';
import { approveAsBo, askApproval, chip, heading, sendQuote } from './deeds.ts';
import { exportsOf, focused, focusedField, openDesk } from './desk.ts';
import { finish, keysOn, watchInput } from './keys.ts';
import { newQuote, openOffice } from './quoting.ts';

test('a quote is sent, revised, and becomes an order', async ({ page, workbench }) => {
  await openDesk(workbench);
  const input = await watchInput(page);
  const { press, type } = keysOn(page);
  await newQuote(page);
  await expect(page.getByTestId('quote-sums')).toContainText('221.00');
  // Five percent off the whole, in every sum from here on.
  await page.getByRole('textbox', { name: 'Header disc %' }).focus();
  await type('5');
  await press('Enter');
  await expect(page.getByTestId('quote-sums')).toContainText('Discount−11.05Net209.95');
  await sendQuote(page);
  await expect(heading(page)).toContainText(/^Q\d\d-...-0001$/);

  await press('Control+Shift+R');
  await expect(heading(page)).toContainText(/^Q\d\d-...-0001\/R2$/);
  await expect(chip(page, 'Draft')).toBeVisible();
  await expect(page.getByTestId('quote-sums')).toContainText('209.95');
  await expect(focused(page)).toBeVisible();
  await sendQuote(page);

  const before = (await input()).keys;
  await press('Control+Shift+Enter');
  const sheet = page.getByRole('dialog', { name: 'Create order' });
  await expect(sheet.getByRole('row')).toHaveCount(4);
  await expect(sheet).toContainText('No price has changed since.');
  await expect(sheet.getByRole('button', { name: 'Create order' })).toBeFocused();
  await press('Enter');
  await expect(page.getByTestId('order-page')).toBeVisible();
  await expect(page.getByTestId('order-sums')).toContainText('209.95');
  const { keys, pointers } = await input();
  process.stdout.write(`UX 4, quote to order: ${keys - before} keys (target 4)\n`);
  expect(keys - before).toBeLessThanOrEqual(4);
  expect(pointers).toBe(0);
});

test('what is below the floor is asked for, approved by somebody else, sent, and opened again as it was', async ({
  page,
  workbench,
}) => {
  const office = await openOffice(workbench);
  const input = await watchInput(page);
  const { press } = keysOn(page);
  await newQuote(page);
  await press('Control+Enter');
  await expect(page.getByRole('alert')).toContainText('It needs approval before it is sent.');
  await expect(page.getByRole('button', { name: /Line 2: the margin of 17\.6 % is below the floor of 20 %/ })).toBeVisible();
  // F8 walks from line to line, each at the price that is too low.
  await press('F8');
  await expect.poll(() => focusedField(page)).toBe('price');

  await askApproval(page, 'They order every week');
  await approveAsBo(page, workbench, office);
  await sendQuote(page);

  const folder = await exportsOf(workbench, 'quote.pdf');
  await press('Control+P');
  await expect(page.locator('.toast', { hasText: 'One page, as sent, written to' })).toBeVisible();
  const [name = ''] = fs.readdirSync(folder);
  const { text } = await readPdf(fs.readFileSync(path.join(folder, name)));
  expect(text).toContain(`Quotation no. ${await heading(page).innerText()}`);
  expect(text).toContain('Total 221.00');
  expect(text).not.toContain('DRAFT');
  await finish('Quote, approval, sending, PDF', input);
});
