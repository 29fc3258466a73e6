/**
 * Pictures of a team at work: how it is joined, how the file stands with it, a conflict, an account given away, a contact erased, an
 * invoice that waits for its number on another device; a new file that joins from its first screen, and what a team waits for.
 */
import fs from 'node:fs';
import path from 'node:path';
import { uuidv7 } from 'uuidv7';
import { expect, test, type Workbench } from './app.ts';
import { goTo } from './desk.ts';
import { shotSize, take } from './shots.ts';
import { command, foundTeam, meet, nameOf, openTwo, SLOW } from './team.ts';

test('a team', async ({ launch }, testInfo) => {
  test.setTimeout(600_000);
  const [hub, team] = ['shared', 'team.key'].map((name) => testInfo.outputPath(name)) as [string, string];
  fs.mkdirSync(hub);
  const { here, there, account, product } = await openTwo(launch, testInfo);
  const { page } = here;
  await page.setViewportSize(shotSize);
  await command(page, 'Sync');
  await expect(page.getByRole('button', { name: 'Test it' })).toBeVisible();
  await take(page, 'Sync, no team yet');

  await here.call('sync.join', { hub, team, isNew: true, territory: 'north', also: ['south'] });
  await meet(here);
  await there.call('sync.join', { hub, team, territory: 'north' });
  await meet(there);
  await expect.poll(() => nameOf(there, account), SLOW).toBe('Kestrel Parts');
  const contact = uuidv7();
  const write = (one: typeof here, ...patches: readonly object[]) => one.call('records.apply', { label: 'Edit', patches });
  const rename = (name: string) => ({ kind: 'update', table: 'accounts', id: account, values: { name } });
  await write(here, rename('Kestrel North'), {
    kind: 'insert',
    table: 'contacts',
    id: contact,
    values: { name: 'Ada Quill' },
  });
  await write(there, rename('Kestrel South'));
  const order = uuidv7();
  const move = (one: typeof here, to: string, why: string) =>
    one.call('records.transition', { table: 'orders', id: order, field: 'status', to, why });
  const gone = uuidv7();
  await write(
    here,
    { kind: 'insert', table: 'orders', id: order, values: { account_id: account } },
    { kind: 'insert', table: 'orders', id: gone, values: { account_id: account, po_ref: 'PO 7' } },
  );
  await move(here, 'submitted', 'By mail');
  for (const one of [here, there]) await meet(one);
  await move(here, 'draft', 'Two pallets more are wanted');
  await move(there, 'cancelled', 'The customer rang and wants nothing of it before the new season begins');
  await write(here, { kind: 'delete', table: 'orders', id: gone });
  await write(there, {
    ...{ kind: 'insert', table: 'order_lines', id: uuidv7() },
    values: { order_id: gone, description: 'Three pallets of the long crates, rush, call before delivery' },
  });
  for (const one of [here, there, here]) await meet(one);
  await expect(page.getByRole('button', { name: '3 conflicts' })).toBeVisible(SLOW);
  await command(page, 'Sync');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sync');
  await take(page, 'Sync, met');
  await command(page, 'Review conflicts');
  await expect(page.locator(`[data-conflict="accounts/${account}/name"]`)).toBeVisible();
  await take(page, 'A conflict');

  await page.keyboard.press('Control+2');
  await goTo(page, account, 'name');
  await command(page, 'Give account to another territory');
  const box = page.getByRole('dialog', { name: /^Give Kestrel/ });
  await expect(box.getByRole('combobox')).toBeVisible();
  await take(page, 'An account given away');
  await page.keyboard.press('Escape');
  await expect(box).toHaveCount(0);
  await command(page, 'Contacts');
  await goTo(page, contact, 'name');
  await command(page, 'Erase contact');
  await expect(page.getByRole('dialog', { name: /Ada Quill/ })).toBeVisible();
  await take(page, 'A contact erased');
  await page.keyboard.press('Escape');

  const { devices } = (await here.call('numbers.list', {})) as { devices: { id: string; is_here: boolean }[] };
  const issuer = devices.find((one) => !one.is_here)?.id;
  await here.call('numbers.set', { table: 'invoices', format: '{yyyy}-{counter}', start: 1, issuer });
  const made = uuidv7();
  await write(
    here,
    { kind: 'insert', table: 'orders', id: made, values: { account_id: account, ordered_on: '2026-03-12' } },
    { kind: 'insert', table: 'order_lines', id: uuidv7(), values: { order_id: made, product_id: product, qty: 2_000_000 } },
  );
  await here.call('orders.confirm', { id: made });
  const { today } = (await here.call('app.info', {})) as { today: string };
  for (const kind of ['shipped', 'delivered']) await here.call('orders.fulfil', { id: made, kind, on: today });
  const { id: invoice } = (await here.call('orders.bill', { id: made })) as { id: string };
  await here.call('invoices.ready', { id: invoice });
  await command(page, 'Invoices');
  await expect(page.getByRole('region', { name: 'Posted elsewhere' })).toContainText('1 document waits');
  await goTo(page, invoice, 'account_id');
  await take(page, 'An invoice that waits elsewhere');
  await page.keyboard.press('Alt+Enter');
  await expect(page.getByTestId('invoice-page')).toBeVisible();
  await expect(page.getByRole('button', { name: /^(Ready to post|Issue invoice)/ })).toHaveCount(0);
  await take(page, 'The page of one that waits');
});

test('a new file', async ({ launch }, testInfo) => {
  test.setTimeout(300_000);
  const { folder, key, mine } = await foundTeam(launch, testInfo);
  const { page, call } = await launch({ db: testInfo.outputPath('new.db') });
  await page.setViewportSize(shotSize);
  await expect(page.getByRole('heading', { name: 'Where would you like to begin?' })).toBeVisible(SLOW);
  await take(page, 'The first screen');
  await page.keyboard.press('Alt+5');
  await page.getByLabel('Shared folder').fill(folder);
  await page.getByLabel('Key of the team').fill(key);
  await page.getByRole('button', { name: 'Test it' }).press('Enter');
  await expect(page.getByText('The team can meet there.')).toBeVisible(SLOW);
  await take(page, 'A team joined from the first screen');
  await page.getByRole('button', { name: 'Join the team' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Which of these are you?' })).toBeVisible(SLOW);
  await take(page, 'Which of these are you');
  await page.getByLabel('I am').selectOption('I am new here');
  await page.getByLabel('Name').fill('Ida Moss');
  await page.getByRole('button', { name: 'Begin' }).press('Enter');
  await expect(page.locator('[data-sync]')).toBeVisible(SLOW);

  await mine.call('records.apply', {
    label: 'Edit',
    patches: [{ kind: 'insert', table: 'accounts', id: uuidv7(), values: { name: 'Heron Mills' } }],
  });
  await meet(mine);
  const pieces = fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.seg'))
    .map((name) => path.join(folder, name));
  const last = pieces.toSorted((one, other) => fs.statSync(one).mtimeMs - fs.statSync(other).mtimeMs).at(-1) ?? '';
  fs.truncateSync(last, 10);
  await meet({ page, call } as Workbench);
  await page.locator('[data-waiting]').focus();
  await take(page, 'What a team waits for');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sync');
  await take(page, 'What a team waits for, on the Sync screen');
});
