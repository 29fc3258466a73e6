/** Pictures of selections: a block with its figures, several areas with a bad cell among them, whole rows; also in forced colours. */
import path from 'node:path';
import { expect, runCli, test, waitUntilOpen } from './app.ts';
import { root } from './hosts.ts';
import { shotSize, take } from './shots.ts';

test('what is selected', async ({ launch }, testInfo) => {
  const db = testInfo.outputPath('sample.db');
  await runCli(db, ['sample', '--size', 's', '--seed', '1']);
  const { page } = await launch({ db });
  await page.setViewportSize(shotSize);
  await waitUntilOpen(page);
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const at = (row: number, field: string) => page.locator(`.ag-row[row-index="${row}"] [col-id="${field}"]`);
  await press('Control+8');
  await expect(page.getByRole('heading', { name: 'Catalogue', level: 1 })).toBeVisible();
  await at(4, 'list_price').click();
  for (let i = 0; i < 8; i += 1) await press('Shift+ArrowDown');
  await press('Shift+ArrowRight');
  await expect(page.locator('.status')).toContainText('Sum');
  await take(page, 'Selection block');
  await page.emulateMedia({ forcedColors: 'active' });
  await page.screenshot({ path: path.join(root, 'out', 'screenshots', 'selection-block-forced-colours.png') });
  await page.emulateMedia({ forcedColors: 'none' });

  await at(2, 'stock').click();
  await page.keyboard.type('12x');
  await press('Enter');
  await at(1, 'name').click();
  await at(3, 'uom').click({ modifiers: ['Shift'] });
  await at(2, 'stock').click({ modifiers: ['Control'] });
  await at(6, 'stock').click({ modifiers: ['Shift', 'Control'] });
  await expect(page.locator('.status')).toContainText('Count');
  await take(page, 'Selection areas');

  await at(5, 'name').click();
  await press('Shift+Space', 'Shift+ArrowDown');
  await expect(page.locator('.status')).toContainText('Count');
  await take(page, 'Selection rows');
});
