/** Pictures of what a team adds to billing and booking: who gives the numbers, what waits, one draft issued twice, a lost slot. */
import fs from 'node:fs';
import { uuidv7 } from 'uuidv7';
import { expect, test, type Workbench } from './app.ts';
import { goTo } from './desk.ts';
import { shotSize, take } from './shots.ts';
import { command, meet, nameOf, openTwo, SLOW } from './team.ts';

type Values = Readonly<Record<string, string | number>>;

const insert = (table: string, values: Values) => ({ kind: 'insert', table, id: uuidv7(), values }) as const;
const write = (one: Workbench, ...patches: readonly object[]) => one.call('records.apply', { label: 'Fill', patches });

/** An order that is out, and the draft that bills it. */
const bill = async (one: Workbench, account: string): Promise<string> => {
  const order = insert('orders', { account_id: account });
  const product = insert('products', { sku: `CRT-${order.id.slice(-4)}`, name: 'Crate', uom: 'EA', list_price: 8_500_000 });
  await write(one, product, order, insert('order_lines', { order_id: order.id, product_id: product.id, qty: 50_000_000 }));
  await one.call('orders.confirm', { id: order.id });
  const { today } = (await one.call('app.info', {})) as { readonly today: string };
  for (const kind of ['shipped', 'delivered']) await one.call('orders.fulfil', { id: order.id, kind, on: today });
  return ((await one.call('orders.bill', { id: order.id })) as { readonly id: string }).id;
};

test('numbers, papers and slots of a team', async ({ launch }, testInfo) => {
  test.setTimeout(600_000);
  const [hub, team] = ['shared', 'team.key'].map((name) => testInfo.outputPath(name)) as [string, string];
  fs.mkdirSync(hub);
  const { here, there, account } = await openTwo(launch, testInfo);
  const { page } = here;
  await page.setViewportSize(shotSize);
  const [twice, waits] = [await bill(here, account), await bill(here, account)];
  const slot = (name: string, day: string, capacity: number) =>
    insert('slots', { name, kind: 'campaign', starts_on: day, ends_on: day, capacity });
  const [first, second] = [slot('Banner A', '2030-02-02', 2), slot('Banner B', '2030-02-09', 1)];
  const partner = insert('partners', { code: 'NLF', name: 'Northline', kind: 'carrier' });
  const other = insert('partners', { code: 'CST', name: 'Coastway', kind: 'carrier' });
  await write(here, partner, other, first, second);
  const asked = (await here.call('bookings.book', { account, partner: partner.id, stage: 'need' })) as { readonly id: string };
  await here.call('sync.join', { hub, team, isNew: true, territory: 'north' });
  await meet(here);
  await there.call('sync.join', { hub, team, territory: 'north' });
  for (const one of [there, here]) await meet(one);
  await expect.poll(() => nameOf(there, account), SLOW).toBe('Kestrel Parts');

  const book = async (one: Workbench): Promise<string> => {
    const asked = { account, partner: partner.id, kind: 'campaign', slot: first.id, stage: 'hold' };
    return ((await one.call('bookings.book', asked)) as { readonly id: string }).id;
  };
  await here.call('bookings.tender', { id: asked.id, partner: partner.id, cost: 20_000 });
  await there.call('bookings.tender', { id: asked.id, partner: other.id, cost: 18_000 });
  await book(here);
  const lost = await book(there);
  await there.call('invoices.issue', { id: twice });
  await here.call('invoices.issue', { id: twice });
  await write(here, { kind: 'update', table: 'slots', id: first.id, values: { capacity: 1 } });
  for (const one of [here, there, here]) await meet(one);

  const { devices } = (await here.call('numbers.list', {})) as { readonly devices: readonly { readonly id: string }[] };
  await here.call('numbers.set', { table: 'invoices', format: 'R{yyyy}-{counter}', start: 1, issuer: devices[0]?.id });
  await here.call('invoices.ready', { id: waits, isReady: true });
  await page.keyboard.press('Control+,');
  await page.getByRole('button', { name: 'Numbers', exact: true }).press('Enter');
  await expect(page.getByRole('combobox', { name: 'Who gives the numbers of invoices' })).toBeVisible();
  await take(page, 'Numbers of a team');
  await command(page, 'Invoices');
  await expect(page.getByRole('region', { name: 'Ready to post' })).toBeVisible();
  await take(page, 'Invoices, ready to post');
  await goTo(page, twice, 'account_id');
  await page.keyboard.press('Alt+Enter');
  await expect(page.getByTestId('invoice-story')).toBeVisible();
  await take(page, 'An invoice issued twice');
  await command(page, 'Invoices');
  await goTo(page, waits, 'account_id');
  await page.keyboard.press('Alt+Enter');
  await expect(page.getByTestId('invoice-page')).toBeVisible();
  await take(page, 'An invoice that is ready');
  await page.keyboard.press('Control+5');
  await goTo(page, lost, 'account_id');
  await page.keyboard.press('Alt+Enter');
  await expect(page.getByTestId('booking-story')).toContainText('Slot is taken');
  await take(page, 'A booking whose slot is taken');
  await page.keyboard.press('Control+5');
  await goTo(page, asked.id, 'account_id');
  await take(page, 'Bookings, tendered twice');
  await page.keyboard.press('Alt+Enter');
  await expect(page.getByTestId('booking-story')).toContainText('Coastway');
  await take(page, 'A booking tendered twice');
  await command(page, 'Record answer');
  await expect(page.getByRole('dialog').getByLabel('Whose answer')).toBeVisible();
  await take(page, 'Whose answer');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+1');
  await expect(page.getByRole('heading', { name: 'Today', level: 1 })).toBeVisible();
  await take(page, 'Today of a team');
});
