/** Today by keyboard: from the first run to the next step of the top item (UX.md 6, path 1); putting off; what a row opens. */
import type { Page } from '@playwright/test';
import { expect, keysOf, test, type Workbench } from './app.ts';
import { focused, openDesk } from './desk.ts';
import { finish, keysOn, watchInput } from './keys.ts';

const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const rowOf = (page: Page, text: string) => page.locator('.ag-row', { hasText: text });

/** The key of the row in focus: `task/<id>`. */
const keyInFocus = async (page: Page): Promise<string> => {
  const id = (await focused(page).getAttribute('data-testid')) ?? '';
  return id.split(':')[1] ?? '';
};

const openToday = async (page: Page): Promise<void> => {
  await page.keyboard.press('Control+1');
  await expect(heading(page)).toHaveText('Today');
  await expect(focused(page)).toBeVisible();
};

const addTasks = async (workbench: Workbench, lines: readonly string[]): Promise<void> => {
  for (const line of lines) await workbench.call('tasks.add', { line });
};

test('path 1: first run, sample, Today, the next step of the top item', async ({ page }) => {
  const heard = await watchInput(page);
  const { press } = keysOn(page);
  await press('Alt+1');
  await expect(page.getByText('Made up, and kept in a file of its own.')).toBeVisible({ timeout: 60_000 });
  await expect(heading(page)).toHaveText('Accounts');
  await expect(focused(page)).toBeVisible();
  await openToday(page);
  await expect(rowOf(page, 'Overdue').first()).toBeVisible();
  const top = await keyInFocus(page);
  // Money stands first: an invoice, an order or a quote, whose page is where the next step is made.
  expect(top).toMatch(/^(?:invoice|order|quote)\//);
  await press('Control+Shift+Enter');
  await expect(heading(page)).not.toHaveText('Today');
  await finish('First run, sample, Today, top item', heard);
});

test('done, undone, put off and brought back', async ({ page, workbench, host }) => {
  await openDesk(workbench);
  await addTasks(workbench, ['chase POD @Harbour t !1', 'ring about terms @Kestrel t+2']);
  const heard = await watchInput(page);
  const { press, type } = keysOn(page);
  await openToday(page);
  await expect(rowOf(page, 'chase POD')).toBeVisible();
  await expect(rowOf(page, 'Due today')).toBeVisible();
  await expect(rowOf(page, 'This week')).toBeVisible();

  await press('Control+Enter');
  await expect(rowOf(page, 'chase POD')).toHaveCount(0);
  await expect(focused(page)).toBeVisible();
  await press('Control+Z');
  await expect(rowOf(page, 'chase POD')).toBeVisible();

  await expect(focused(page)).toBeVisible();
  const key = await keyInFocus(page);
  await press(keysOf(host, 'today.snooze'));
  await expect(page.getByRole('textbox', { name: 'Until' })).toBeFocused();
  await type('soonish');
  await press('Enter');
  await expect(page.getByText('is no time to come back')).toBeVisible();
  await press('Control+A');
  await type('t+1');
  await press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByTestId(`cell:${key}:item`)).toHaveCount(0);
  await finish('Done, undone, put off', heard);

  const snoozed = page.getByRole('button', { name: /^Snoozed/ });
  await snoozed.press('Enter');
  await expect(page.getByTestId(`cell:${key}:item`)).toBeVisible();
  await expect(page.getByTestId(`cell:${key}:until`)).toContainText('08:00');
});

test('the panel says why a row is here', async ({ page, workbench }) => {
  await openDesk(workbench);
  await addTasks(workbench, ['chase POD @Harbour t']);
  const { press } = keysOn(page);
  await openToday(page);
  await press(' ');
  await expect(page.locator('.peek-why')).toContainText('Task: chase POD. Due today');
  await expect(page.locator('[data-region="peek"]')).toContainText('Harbour Foods');
});

test('a clear list says what comes next', async ({ page, workbench }) => {
  await openDesk(workbench);
  await addTasks(workbench, ['plan the audit @Rookery t+20']);
  await page.keyboard.press('Control+1');
  await expect(heading(page)).toHaveText('Today');
  await expect(page.getByText(/^Clear\. Next: plan the audit, Rookery Inns/)).toBeVisible();
});
