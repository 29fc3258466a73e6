/** No violation of WCAG 2.2 AA or best practice in the four steps of the import, in every mode. Contrast has its own test. */
import path from 'node:path';
import { uuidv7 } from 'uuidv7';
import { expect, test } from './app.ts';
import { checkAxe, modes } from './axe.ts';
import { openDesk } from './desk.ts';
import { fillAccounts, uglyName, writeUgly } from './ugly.ts';

for (const { name, media } of modes) {
  test(`the four steps of an import in ${name}`, async ({ workbench, page, host }) => {
    test.skip(host === 'electron', 'The accessibility matrix runs in Chromium.');
    test.slow();
    const file = path.join(path.dirname(workbench.db), uglyName);
    writeUgly(file);
    await openDesk(workbench);
    await fillAccounts(workbench, uuidv7);
    await page.emulateMedia(media);
    await page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: 'Import' }).press('Enter');
    await expect(page.getByRole('heading', { name: 'Import', level: 1 })).toBeVisible();
    await checkAxe(page, 'the file');
    await page.getByLabel('Or a path on this computer').fill(file);
    await page.keyboard.press('Enter');
    const question = page.getByRole('button', { name: /^Day first/ });
    await expect(question).toBeFocused();
    await checkAxe(page, 'the columns, with a question');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Alt+1');
    await expect(page.getByRole('combobox', { name: 'Text encoding' })).toBeFocused();
    await checkAxe(page, 'a card that is being changed');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+Enter');
    await expect(page.locator('.ag-cell:focus')).toBeVisible();
    await page.keyboard.press('F8');
    await expect(page.locator('.ag-cell.bad:focus')).toBeVisible();
    await checkAxe(page, 'the check');
    await page.keyboard.type('x');
    await checkAxe(page, 'a cell that is being mended');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('region', { name: 'Before it is written' })).toBeVisible();
    await checkAxe(page, 'before it is written');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('region', { name: 'What came' })).toBeVisible();
    await checkAxe(page, 'what came');
  });
}
