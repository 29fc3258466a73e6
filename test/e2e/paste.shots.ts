/** Pictures of a paste: the bar with what needs attention, the line around what was copied, the ways to paste. */
import { expect, test } from './app.ts';
import { pressAll, putOnClipboard } from './clipboard.ts';
import { goTo, openDesk } from './desk.ts';
import { shotSize, take } from './shots.ts';

test('a paste', async ({ page, workbench }) => {
  await page.setViewportSize(shotSize);
  const { accounts } = await openDesk(workbench);
  const [first = ''] = accounts;
  const rows = Array.from(
    { length: 40 },
    (_, at) => `N${at}\tNew account ${at}\tActive\t${at % 15 === 3 ? 'gold?' : 'A'}\t9\tLater\r\n`,
  );
  await putOnClipboard(workbench, rows.join(''));
  await goTo(page, first, 'code');
  await page.keyboard.press('Control+Shift+V');
  await expect(page.getByRole('dialog', { name: 'Paste special' })).toBeVisible();
  await take(page, 'Paste special');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('paste-bar')).toContainText('need attention');
  await pressAll(
    page,
    'Control+Home',
    'ArrowRight',
    'Shift+ArrowRight',
    'Shift+ArrowDown',
    'Shift+ArrowDown',
    'Control+C',
    'ArrowDown',
  );
  await expect(page.locator('.ants-t').first()).toBeVisible();
  await take(page, 'Paste bar');
});
