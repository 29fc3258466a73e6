/** The focus is never nowhere: in every step it stands where the step begins, also while work runs and when it ends early. */
import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { focused, openDesk } from './desk.ts';
import { count, next, openImport, paste, readyToApplyMany, step, tab, toCheck, writeBeside } from './importing.ts';

const button = (page: Page, name: string) => page.locator('.import-desk').getByRole('button', { name, exact: true });

test('while an import is written, Cancel has the focus and Escape asks once; afterwards Apply has it again', async ({
  workbench,
  page,
}) => {
  await openDesk(workbench);
  const apply = await readyToApplyMany(page, workbench);
  await next(page);
  await expect(button(page, 'Cancel')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(button(page, 'Cancel the import')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(button(page, 'Cancel')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(button(page, 'Cancel the import')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Nothing of this import has been kept')).toBeVisible({ timeout: 30_000 });
  await expect(apply).toBeFocused();
  await button(page, 'Dismiss').press('Enter');
  await expect(apply).toBeFocused();
  await expect.poll(() => count(workbench, 'accounts'), { timeout: 30_000 }).toBe(3);
});

test('each step, forward and back, begins with the focus on its first control', async ({ workbench, page }) => {
  await openDesk(workbench);
  await openImport(page);
  await paste(page, 'Customer ID\tCompany Name\tCredit limit\n1\tAble\t1500\n2\tBaker\tlots\n');
  await expect(page.getByRole('button', { name: /^Check every row/ })).toBeFocused();
  await next(page);
  await expect(focused(page)).toBeVisible();
  await next(page);
  await expect(page.getByRole('button', { name: 'Apply 2 rows' })).toBeFocused();
  await button(page, 'Back').press('Enter');
  await expect(focused(page)).toBeVisible();
  await button(page, 'Back').press('Enter');
  await expect(page.getByRole('button', { name: /^Check every row/ })).toBeFocused();
  await button(page, 'Back').press('Enter');
  await expect(step(page)).toContainText('File');
  await expect(page.getByLabel('Or a path on this computer')).toBeFocused();
});

test('walking the errors at 1280 px, the whole cell is seen and the code beside it', async ({ workbench, page }) => {
  await openDesk(workbench);
  await page.setViewportSize({ width: 1280, height: 800 });
  const head = 'Customer ID,Company Name,Notes,City,Website,Phone,Credit limit,Since';
  const line = (n: number) =>
    `C${100 + n},A long name of company ${n},Notes that go on and on ${n},Town ${n},https://long.example/${n},+44 1,${
      n % 7 === 3 ? 'lots of it' : 100
    },${n % 5 === 2 ? '2020-02-30' : '2020-01-03'}`;
  const file = writeBeside(workbench, 'wide.csv', [head, ...Array.from({ length: 40 }, (_, n) => line(n))].join('\n'));
  await openImport(page);
  await toCheck(page, file);
  await expect(tab(page, 'Errors')).not.toContainText(/Errors0/);
  for (const key of ['F8', 'F8', 'F8', 'F8', 'Shift+F8', 'Shift+F8']) {
    await page.keyboard.press(key);
    await expect(page.locator('.ag-cell.bad:focus')).toBeInViewport({ ratio: 1 });
    const boxes = await page.evaluate(() => {
      const cell = document.querySelector('.ag-cell:focus');
      const code = cell
        ?.closest('.data-grid')
        ?.querySelector(`[row-index="${cell.closest('[row-index]')?.getAttribute('row-index')}"] [col-id="c0"]`);
      return [cell, code].map((one) => one?.getBoundingClientRect().toJSON() as DOMRect);
    });
    const [cell, code] = boxes;
    expect(code?.right, key).toBeLessThanOrEqual(cell?.left ?? -1);
  }
});
