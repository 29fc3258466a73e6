/** Pictures of a team at work: how it is joined, how the file stands with it, a conflict, an account given away, a contact erased. */
import fs from 'node:fs';
import { uuidv7 } from 'uuidv7';
import { expect, test } from './app.ts';
import { goTo } from './desk.ts';
import { shotSize, take } from './shots.ts';
import { command, meet, nameOf, openTwo, SLOW } from './team.ts';

test('a team', async ({ launch }, testInfo) => {
  test.setTimeout(600_000);
  const [hub, team] = ['shared', 'team.key'].map((name) => testInfo.outputPath(name)) as [string, string];
  fs.mkdirSync(hub);
  const { here, there, account } = await openTwo(launch, testInfo);
  const { page } = here;
  await page.setViewportSize(shotSize);
  await command(page, 'Sync');
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
  await write(here, { kind: 'insert', table: 'orders', id: order, values: { account_id: account } });
  await move(here, 'submitted', 'By mail');
  for (const one of [here, there]) await meet(one);
  await move(here, 'draft', 'Two pallets more are wanted');
  await move(there, 'cancelled', 'The customer rang');
  for (const one of [here, there, here]) await meet(one);
  await expect(page.getByRole('button', { name: '2 conflicts' })).toBeVisible(SLOW);
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
});
