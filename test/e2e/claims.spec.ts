/** A claim and a return by keyboard: from a booking and an order in a few keys, step by step to the money. No pointer. */
import { uuidv7 } from 'uuidv7';
import { expect, test } from './app.ts';
import { checkAxe } from './axe.ts';
import { openRow, run } from './deeds.ts';
import { goTo, openDesk } from './desk.ts';
import { finish, keysOn, watchInput } from './keys.ts';

test('a claim from a booking to its payment', async ({ page, workbench, host }) => {
  test.slow();
  const { accounts } = await openDesk(workbench);
  const insert = (table: string, values: Readonly<Record<string, string | number>>) =>
    ({ kind: 'insert', table, id: uuidv7(), values }) as const;
  const carrier = insert('partners', { code: 'NLF', name: 'Northline', kind: 'carrier' });
  const booking = insert('bookings', {
    account_id: accounts[0] ?? '',
    partner_id: carrier.id,
    tracking: 'PRO 4711',
    deliver_to: Date.parse('2026-01-10T12:00:00Z'),
    currency: 'GBP',
  });
  await workbench.call('records.apply', { label: 'Fill', patches: [carrier, booking] });
  const { press, type } = keysOn(page);
  const dialog = page.getByRole('dialog');
  const chip = (text: string) => page.locator('.viewbar .chip', { hasText: text });
  await press('Control+5');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Bookings');
  await goTo(page, booking.id, 'account_id');

  const heard = await watchInput(page);
  await press('Control+Shift+N');
  await expect(page.getByRole('menu')).toBeVisible();
  await press('k');
  await expect(dialog.getByRole('combobox', { name: 'What happened' })).toBeFocused();
  await expect(dialog).toContainText('Harbour Foods, Northline');
  await press('Tab');
  await expect(dialog.getByRole('textbox', { name: 'Claimed' })).toBeFocused();
  await type('120');
  await press('Enter');
  await expect(page.getByTestId('claim-page')).toBeVisible();
  await expect(chip('Draft')).toBeVisible();
  await finish('Claim of a booking', heard, 10);

  const story = page.getByTestId('claim-story');
  await expect(story.getByRole('region', { name: 'Deadlines' })).toContainText('File the claim');
  await press('Control+J');
  await expect(dialog.getByRole('combobox', { name: 'Kind' })).toBeFocused();
  await press('Tab');
  await type('Signed with a note');
  await press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(story.getByRole('region', { name: 'Evidence' })).toContainText('Signed with a note');

  await press('Control+Shift+Enter');
  await expect(dialog.getByRole('textbox', { name: 'Filed on' })).toBeFocused();
  await press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(chip('Filed')).toBeVisible();
  await expect(story).toContainText('Carrier acknowledges');
  if (host === 'chromium') await checkAxe(page, 'claim');

  await press('Control+Enter');
  await expect(dialog.getByRole('combobox', { name: 'Answer' })).toBeFocused();
  await press('Escape');
  await expect(dialog).toHaveCount(0);
  const [claim] = JSON.parse(await workbench.cli('query', 'SELECT id FROM v_claims', '--json')) as { readonly id: string }[];
  await workbench.call('claims.answer', { id: claim?.id, answer: 'paid', amount: 9_000 });
  await expect(chip('Paid')).toBeVisible();

  expect((await heard()).pointers).toBe(0);
});

test('a return from an order to its credit note', async ({ page, workbench, host }) => {
  test.slow();
  const { accounts, products } = await openDesk(workbench);
  const [order, line] = [uuidv7(), uuidv7()];
  await workbench.call('records.apply', {
    label: 'Fill',
    patches: [
      { kind: 'insert', table: 'orders', id: order, values: { account_id: accounts[0] ?? '' } },
      {
        kind: 'insert',
        table: 'order_lines',
        id: line,
        values: { order_id: order, product_id: products[0] ?? '', qty: 10_000_000 },
      },
    ],
  });
  await workbench.call('orders.confirm', { id: order });
  const { today } = (await workbench.call('app.info', {})) as { today: string };
  for (const kind of ['shipped', 'delivered']) await workbench.call('orders.fulfil', { id: order, kind, on: today });
  const { id } = (await workbench.call('orders.bill', { id: order })) as { id: string };
  await workbench.call('invoices.issue', { id });

  const { press, type } = keysOn(page);
  const dialog = page.getByRole('dialog');
  const chip = (text: string) => page.locator('.viewbar .chip', { hasText: text });
  await openRow(page, { key: 'Control+4', title: 'Orders' }, order);
  await expect(page.getByTestId('order-page')).toBeVisible();
  await run(page, 'Return goods');
  await expect(dialog.getByRole('combobox', { name: 'What is done' })).toBeFocused();
  await press('Tab');
  await type('Lids do not fit');
  await press('Tab');
  await type('10');
  await press('Tab');
  await press('Tab');
  await expect(dialog.getByRole('textbox', { name: 'Quantity, Line 1' })).toBeFocused();
  await type('11');
  await press('Enter');
  await expect(dialog.getByRole('alert')).toContainText('more than was delivered');
  await press('Control+A');
  await type('4');
  await press('Enter');
  await expect(page.getByTestId('return-page')).toBeVisible();
  await expect(chip('Requested')).toBeVisible();

  await press('Control+Enter');
  await expect(dialog.getByRole('combobox', { name: 'Answer' })).toBeFocused();
  await press('Tab');
  await press('Enter');
  await expect(chip('Authorised')).toBeVisible();
  await press('Control+J');
  await expect(dialog.getByRole('textbox', { name: 'How many came back' })).toBeFocused();
  await press('Enter');
  await expect(chip('Received')).toBeVisible();
  await press('Control+Shift+Enter');
  await expect(dialog.getByRole('textbox', { name: 'How many are accepted' })).toBeFocused();
  await press('Enter');
  await expect(chip('Accepted')).toBeVisible();
  const story = page.getByTestId('return-story');
  await expect(story.getByRole('region', { name: 'Credit' })).toContainText('34.00');
  if (host === 'chromium') await checkAxe(page, 'return');

  await press('Control+Shift+Enter');
  await expect(dialog).toContainText('It is not taken back.');
  if (host === 'chromium') await checkAxe(page, 'Settle');
  await press('Enter');
  await expect(chip('Settled')).toBeVisible();
  await expect(story.getByRole('button', { name: /^Credit note/ })).toBeVisible();
});
