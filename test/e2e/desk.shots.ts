/** Pictures of every screen on the sample data, light and dark, to be looked at; the one of the orders goes into the README. */
import { expect, runCli, test, waitUntilOpen } from './app.ts';
import { shotSize, take } from './shots.ts';

test('every screen of the rail', async ({ launch }, testInfo) => {
  test.setTimeout(300_000);
  const db = testInfo.outputPath('sample.db');
  await runCli(db, ['sample', '--size', 's', '--seed', '1']);
  const { page } = await launch({ db });
  await page.setViewportSize(shotSize);
  await waitUntilOpen(page);
  const buttons = page.getByRole('navigation', { name: 'Screens' }).getByRole('listitem').getByRole('button');
  for (const button of await buttons.all()) {
    const title = (await button.getAttribute('title')) ?? 'screen';
    await button.click();
    await expect(page.getByRole('main', { name: title }).getByRole('heading', { level: 1 })).toBeVisible();
    await take(page, title);
  }
});
