/** Bookings as a board, by keyboard; what happens to one from its order to its proof is in the day. */
import { expect, test } from './app.ts';
import { uuidv7 } from 'uuidv7';
import { bookable } from './booking.ts';
import { goTo, openDesk } from './desk.ts';
import { keysOn } from './keys.ts';

/** A picture of one pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

test('the board shows the same bookings; a key moves a card; a photo is kept with one', async ({ page, workbench }) => {
  const { accounts, products } = await openDesk(workbench);
  const wanted = { account: accounts[0] ?? '', product: products[0] ?? '', promised: '2030-01-20' };
  const order = await bookable(workbench, wanted);
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

  // A photo is kept with it, seen in the window, and taken back by one undo.
  await press('Alt+Enter');
  const files = page.getByRole('region', { name: 'Files' });
  await expect(files).toContainText('None yet');
  // The window of the system that picks files is not ours; what it hands over is.
  await page.getByTestId('attach-input').setInputFiles([
    { name: 'dented corner.png', mimeType: 'image/png', buffer: PIXEL },
    { name: 'setup.exe', mimeType: 'application/octet-stream', buffer: PIXEL },
  ]);
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText('“setup.exe” is of a kind that is not kept');
  await expect(files.getByRole('listitem')).toHaveCount(1);
  await expect(files.getByRole('listitem')).toContainText('Photo');
  await files.getByRole('button', { name: 'dented corner.png' }).first().focus();
  await press('Enter');
  await expect(page.getByRole('dialog').getByRole('img', { name: 'dented corner.png' })).toBeVisible();
  await press('Escape');
  await expect(files.getByRole('button', { name: 'dented corner.png' }).first()).toBeFocused();
  await files.getByRole('button', { name: 'Remove dented corner.png' }).focus();
  await press('Enter');
  await expect(files).toContainText('None yet');
  await press('Control+Z');
  await expect(files.getByRole('listitem')).toHaveCount(1);
});

test('B2: a booking whose slot is taken says so, and goes to another one by keys', async ({ page, workbench }) => {
  const { accounts } = await openDesk(workbench);
  const insert = (table: string, values: Readonly<Record<string, string | number>>) =>
    ({ kind: 'insert', table, id: uuidv7(), values }) as const;
  const partner = insert('partners', { code: 'NLF', name: 'Northline', kind: 'carrier' });
  const slot = (name: string, day: string, capacity: number) =>
    insert('slots', { name, kind: 'campaign', starts_on: day, ends_on: day, capacity });
  const [first, second] = [slot('Banner A', '2030-02-02', 2), slot('Banner B', '2030-02-09', 1)];
  await workbench.call('records.apply', { label: 'Fill', patches: [partner, first, second] });
  const hold = async (): Promise<string> => {
    const asked = { account: accounts[0], partner: partner.id, kind: 'campaign', slot: first.id, stage: 'hold' };
    return ((await workbench.call('bookings.book', asked)) as { readonly id: string }).id;
  };
  await hold();
  const lost = await hold();
  // One place less than was thought.
  const less = { kind: 'update', table: 'slots', id: first.id, values: { capacity: 1 } };
  await workbench.call('records.apply', { label: 'Less', patches: [less] });
  const { press } = keysOn(page);
  await press('Control+5');
  await goTo(page, lost, 'account_id');
  await press('Alt+Enter');
  const story = page.getByTestId('booking-story');
  await expect(story).toContainText('Slot is taken: somebody was first');
  await expect(story).toContainText('Room in Banner B');
  await story.getByRole('button', { name: 'Rebook' }).focus();
  await press('Enter');
  await expect(page.getByRole('dialog', { name: 'Rebook' })).toBeVisible();
  await press('Control+Enter');
  await expect(page.getByRole('dialog', { name: 'Rebook' })).toBeHidden();
  await expect(story).toContainText('Slot is ours');
});
