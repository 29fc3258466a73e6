/** Issues by keyboard: clocks set up, an issue of an account, told, paused, the customer back, escalated, resolved. No pointer. */
import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { cell, goTo, openDesk, saved } from './desk.ts';
import { finish, keysOn, watchInput } from './keys.ts';

const clocks = (page: Page) => page.getByRole('region', { name: 'Clocks' });
const field = (page: Page, name: string) => page.getByRole('dialog').getByRole('textbox', { name });

type Shown = { readonly rows: readonly { readonly id: string }[] };

test('an issue from opening to resolution', async ({ page, workbench }) => {
  const { accounts } = await openDesk(workbench);
  await workbench.call('sla.start', { hours: 'Mon-Sun 00:00-24:00' });
  const heard = await watchInput(page);
  const { press, type } = keysOn(page);
  await goTo(page, accounts[0] ?? '', 'name');
  await press('Control+Shift+N');
  await expect(page.getByRole('menu')).toBeVisible();
  await press('i');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Issues');
  await expect(page.locator('[data-testid$=":title"].ag-cell:focus')).toBeVisible();
  await type('Two pallets short');
  await press('Enter');
  await saved(page);
  const { rows } = (await workbench.call('view.first', { table: 'cases' })) as Shown;
  const id = rows[0]?.id ?? '';
  await expect(cell(page, id, 'account_id')).toHaveText('Harbour Foods');
  await expect(cell(page, id, 'respond_left')).toContainText('left');
  await finish('New issue of an account', heard);

  await goTo(page, id, 'title');
  await press('Alt+Enter');
  await expect(page.getByTestId('issue-page')).toBeVisible();
  await expect(clocks(page)).toContainText(/\d+ h/);
  await expect(page.getByRole('region', { name: 'Why this due time' })).toContainText('Severity 3');

  await press('Control+Enter');
  await expect(field(page, 'What they were told')).toBeFocused();
  await type('We look into it');
  await press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(clocks(page)).toContainText('Met');

  await press('Control+Shift+P');
  await expect(field(page, 'We wait for')).toBeFocused();
  await type('Photos');
  await press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(clocks(page)).toContainText('Paused: customer');

  await press('Control+J');
  await expect(field(page, 'What they said')).toBeFocused();
  await type('Attached');
  await press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(clocks(page)).not.toContainText('Paused');

  await press('Control+Shift+Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await expect(page.getByRole('dialog').locator(':focus')).toBeVisible();
  await press('Tab');
  await expect(field(page, 'What the customer was told')).toBeFocused();
  await type('Two pallets sent');
  await press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.locator('.viewbar .chip', { hasText: 'Resolved' })).toBeVisible();
  expect((await heard()).pointers).toBe(0);
});
