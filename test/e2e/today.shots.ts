/** Pictures of Today and of the tasks on the sample data: the list, a row put off, a line being typed, a note. */
import { expect, test } from './app.ts';
import { focused } from './desk.ts';
import { shotSize, take } from './shots.ts';

test('Today and the tasks', async ({ page }) => {
  test.setTimeout(300_000);
  await page.setViewportSize(shotSize);
  await page.keyboard.press('Alt+1');
  await expect(page.getByText('Made up, and kept in a file of its own.')).toBeVisible({ timeout: 60_000 });
  await expect(focused(page)).toBeVisible();
  await page.keyboard.press('Control+1');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Today');
  await expect(focused(page)).toBeVisible();
  await take(page, 'Today');
  await page.keyboard.press(' ');
  await expect(page.locator('.peek-why')).toBeVisible();
  await take(page, 'Today panel');
  await page.keyboard.press('Alt+T');
  await expect(page.getByRole('dialog')).toBeVisible();
  await take(page, 'Today snooze');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+7');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Tasks');
  await expect(focused(page)).toBeVisible();
  await page.getByRole('textbox', { name: 'New task' }).fill('chase POD @Kestrel fri 10:00 !1 @Harbour');
  await expect(page.locator('.task-understood').first()).toContainText('High priority');
  await take(page, 'Tasks');
});
