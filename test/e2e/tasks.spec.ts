/** Tasks by keyboard: one line makes one, Space on Done ends it, a series goes on; a note brings its next step and promise. */
import type { Page } from '@playwright/test';
import { expect, test, type Workbench } from './app.ts';
import { cell, focused, goTo, openDesk } from './desk.ts';
import { finish, keysOn, watchInput } from './keys.ts';

type Task = { readonly id: string; readonly what: string; readonly status: string; readonly due_on: string | null };

const tasksOf = async (workbench: Workbench): Promise<readonly Task[]> =>
  JSON.parse(
    await workbench.cli('query', 'SELECT id, what, lower(status) AS status, due_on FROM v_tasks ORDER BY due_on', '--json'),
  ) as readonly Task[];

const entry = (page: Page) => page.getByRole('textbox', { name: 'New task' });

/** To the tasks, with the line for a new one in focus. */
const openTasks = async (page: Page): Promise<void> => {
  await page.keyboard.press('Control+7');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Tasks');
  await page.keyboard.press('Control+Shift+N');
  await expect(page.getByRole('menuitem', { name: /New task/ })).toBeVisible();
  await page.keyboard.press('T');
  await expect(entry(page)).toBeFocused();
};

test('a task in one line says what it is understood as; Space on Done ends it and makes the next', async ({
  page,
  workbench,
}) => {
  await openDesk(workbench);
  const heard = await watchInput(page);
  const { press, type } = keysOn(page);
  await openTasks(page);
  await type('mail figures @Kestrel every day 10:00 !1');
  const said = page.locator('.task-understood').first();
  await expect(said).toContainText('Kestrel Parts');
  await expect(said).toContainText('every day');
  await expect(said).toContainText('High priority');
  await press('Enter');
  await expect(entry(page)).toHaveValue('');
  await expect.poll(async () => (await tasksOf(workbench)).length).toBe(1);
  const [task] = await tasksOf(workbench);
  const id = task?.id ?? '';
  await expect(cell(page, id, 'account_id')).toHaveText('Kestrel Parts');
  await press('ArrowDown');
  await expect(focused(page)).toBeVisible();
  await goTo(page, id, 'done');
  await press(' ');
  await expect.poll(async () => (await tasksOf(workbench)).map(({ status }) => status).toSorted()).toEqual(['done', 'open']);
  await press('Control+Z');
  await expect.poll(async () => (await tasksOf(workbench)).map(({ status }) => status)).toEqual(['open']);
  await finish('A task, done and undone', heard);
});

test('what is not understood stays, with the reason', async ({ page, workbench }) => {
  await openDesk(workbench);
  const { press, type } = keysOn(page);
  await openTasks(page);
  await type('ring @Nobody !7');
  await expect(page.locator('.task-understood').first()).toContainText('“@Nobody” is no account');
  await expect(page.locator('.task-understood').first()).toContainText('“!7” stays in the text');
  await press('Enter');
  await expect(entry(page)).toHaveValue('');
  await expect.poll(async () => (await tasksOf(workbench)).map(({ what }) => what)).toEqual(['ring !7']);
  const [task] = await tasksOf(workbench);
  await expect(cell(page, task?.id ?? '', 'account_id')).toContainText('Nobody');
});

test('a call about the account in view brings its next step and a promise, as one step', async ({ page, workbench }) => {
  const { accounts } = await openDesk(workbench);
  const { press, type } = keysOn(page);
  await goTo(page, accounts[0] ?? '', 'name');
  await press('Alt+Enter');
  await expect(page.getByTestId('account-page')).toBeVisible();
  await press('Control+Shift+N');
  await expect(page.getByRole('menuitem', { name: /Log a contact/ })).toBeVisible();
  await press('L');
  await expect(page.getByRole('textbox', { name: 'Summary' })).toBeFocused();
  await type('Talked about the lids');
  await page.getByRole('textbox', { name: 'Next step' }).focus();
  await type('send samples t+1');
  await page.getByRole('textbox', { name: 'We promised' }).focus();
  await type('new lids by t+3');
  await press('Enter');
  await expect(page.getByRole('textbox', { name: 'Summary' })).toHaveCount(0);
  await expect.poll(async () => (await tasksOf(workbench)).map(({ what }) => what)).toEqual(['send samples']);
  const promises = async () =>
    JSON.parse(await workbench.cli('query', 'SELECT what, account FROM v_commitments', '--json')) as readonly unknown[];
  expect(await promises()).toEqual([{ what: 'new lids', account: 'Harbour Foods' }]);
  // All of it is in the brief, one key away.
  await press('Alt+B');
  const part = (key: string) => page.getByTestId('brief').locator(`[data-part="${key}"]`);
  await expect(part('since')).toContainText(/: Talked about the lids/);
  await expect(part('promises').getByRole('button')).toHaveText([/send samples/, /new lids/]);
  await expect(page.locator('.brief-row').first()).toBeFocused();
  await press('ArrowDown');
  await expect(part('promises').getByRole('button').first()).toBeFocused();
});
