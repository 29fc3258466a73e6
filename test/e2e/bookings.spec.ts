/** An order booked, declined, booked again, moved by a status file and on the board, signed for: by keyboard, no pointer. */
import fs from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { uuidv7 } from 'uuidv7';
import { expect, test, type Workbench } from './app.ts';
import { goTo, openDesk, saved } from './desk.ts';
import { finish, keysOn, watchInput } from './keys.ts';

const insert = (table: string, values: Readonly<Record<string, string | number>>) =>
  ({ kind: 'insert', table, id: uuidv7(), values }) as const;

/** A confirmed order of 50 crates, two carriers of which one has a rate. */
const prepared = async (workbench: Workbench, account: string, product: string): Promise<string> => {
  const order = insert('orders', { account_id: account, promised: '2030-01-20' });
  const line = insert('order_lines', { order_id: order.id, product_id: product, qty: 50_000_000 });
  const northline = insert('partners', { code: 'NLF', name: 'Northline', kind: 'carrier' });
  const coastway = insert('partners', { code: 'CST', name: 'Coastway', kind: 'carrier' });
  const rate = { partner_id: northline.id, kind: 'contract', code: 'FRT', basis: 'piece', price: 4_000_000, currency: 'GBP' };
  const patches = [order, line, northline, coastway, insert('partner_rates', rate)];
  await workbench.call('records.apply', { label: 'Fill', patches });
  await workbench.call('orders.confirm', { id: order.id });
  return order.id;
};

const chip = (page: Page, text: string) => page.locator('.viewbar .chip', { hasText: text });

test('book an order, decline, accept with an exception, read a status file, deliver and sign', async ({ page, workbench }) => {
  const { accounts, products } = await openDesk(workbench);
  const order = await prepared(workbench, accounts[0] ?? '', products[0] ?? '');
  const { press, type } = keysOn(page);
  const dialog = page.getByRole('dialog');
  await press('Control+4');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Orders');
  await goTo(page, order, 'account_id');
  await press('Alt+Enter');
  await expect(page.getByTestId('order-page')).toBeVisible();
  await expect(chip(page, 'In fulfilment')).toBeVisible();

  const heard = await watchInput(page);
  await press('Control+Shift+Enter');
  await expect(dialog.getByRole('combobox', { name: 'Carrier' })).toBeFocused();
  await type('nor');
  await expect(page.getByRole('option', { name: /Northline/ })).toHaveAttribute('data-highlighted', '');
  await press('Tab');
  await expect(dialog.getByRole('textbox', { name: 'Pickup' })).toBeFocused();
  await type('fri');
  await press('Enter');
  await expect(page.getByTestId('booking-page')).toBeVisible();
  await expect(chip(page, 'Requested')).toBeVisible();
  await finish('Book a shipment', heard, 13);
  const story = page.getByTestId('booking-story');
  await expect(story.getByRole('region', { name: 'Charges' })).toContainText('200.00');

  await press('Control+Shift+Enter');
  await expect(dialog.getByRole('combobox', { name: 'Answer' })).toBeFocused();
  await press('Escape');
  await expect(dialog).toHaveCount(0);
  const number = await page.getByRole('heading', { level: 1 }).innerText();
  const [booking] = JSON.parse(
    await workbench.cli('query', `SELECT id FROM v_bookings WHERE number = '${number}'`, '--json'),
  ) as { readonly id: string }[];
  await workbench.call('bookings.answer', { id: booking?.id, answer: 'declined', reason: 'No truck' });
  await expect(chip(page, 'Declined')).toBeVisible();
  await expect(story).toContainText('Declined: No truck');
  await press('Control+Shift+Enter');
  await expect(dialog.getByRole('combobox', { name: 'Carrier' })).toBeFocused();
  await type('coa');
  await expect(page.getByRole('option', { name: /Coastway/ })).toHaveAttribute('data-highlighted', '');
  await press('Enter');
  await press('Tab');
  await press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(chip(page, 'Requested')).toBeVisible();
  await workbench.call('bookings.answer', {
    id: booking?.id,
    answer: 'accepted_exception',
    reason: 'A day later',
    tracking: 'CST-77',
  });
  await expect(chip(page, 'Accepted with exception')).toBeVisible();
  await press('Control+Shift+Enter');
  await expect(chip(page, 'Confirmed')).toBeVisible();

  const file = path.join(path.dirname(workbench.db), 'status.csv');
  fs.writeFileSync(
    file,
    'Tracking,Status,Time,ETA,Location\r\nCST-77,Picked up,2026-03-12 10:25,,Wakefield\r\nCST-77,ETA,2026-03-12 11:00,2030-01-20 18:00,\r\nXX-1,Delivered,2026-03-12 11:00,,\r\n',
  );
  await workbench.call('tracking.read', { path: file });
  await expect(chip(page, 'Late soon')).toBeVisible();
  await expect(story).toContainText('Expected 1 h after the window');
  await expect(story).toContainText('Departed');

  await press('Control+Shift+Enter');
  await expect(chip(page, 'Delivered')).toBeVisible();
  await press('Control+Shift+Enter');
  await expect(dialog.getByRole('textbox', { name: 'Signed by' })).toBeFocused();
  await type('M. Rook');
  await press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(story).toContainText('Proof of delivery');
  await saved(page);
});

test('the board shows the same bookings; a key moves a card', async ({ page, workbench }) => {
  const { accounts, products } = await openDesk(workbench);
  const order = await prepared(workbench, accounts[0] ?? '', products[0] ?? '');
  const [partner] = JSON.parse(await workbench.cli('query', "SELECT id FROM v_partners WHERE code = 'NLF'", '--json')) as {
    readonly id: string;
  }[];
  const made = (await workbench.call('bookings.book', { order, partner: partner?.id, stage: 'tender' })) as {
    readonly id: string;
  };
  await workbench.call('bookings.answer', { id: made.id, answer: 'accepted' });
  const { press } = keysOn(page);
  await press('Control+5');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Bookings');
  await goTo(page, made.id, 'account_id');
  await press('Control+Shift+B');
  const card = page.locator(`[data-card="${made.id}"]`);
  const inLane = (lane: string) => page.locator(`[data-lane="${lane}"] [data-card="${made.id}"]`);
  await expect(card).toBeFocused();
  await expect(inLane('requested')).toBeVisible();
  for (const [arrow, lane] of [
    ['Right', 'confirmed'],
    ['Right', 'picked'],
    ['Left', 'confirmed'],
    ['Right', 'picked'],
    ['Right', 'moving'],
  ] as const) {
    await press(`Control+Shift+Arrow${arrow}`);
    await expect(inLane(lane)).toBeVisible();
    await expect(card).toBeFocused();
  }
  await press('Control+Shift+ArrowLeft');
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText('correct that event');
  await expect(inLane('moving')).toBeVisible();
});
