/** The quote on its way: what is in the way of sending, asked for, approved, the question before it goes, the limits. */
import { expect, test } from './app.ts';
import { keysOn } from './keys.ts';
import { newQuote, openOffice } from './quoting.ts';
import { shotSize, take } from './shots.ts';

test('a quote on its way', async ({ page, workbench }) => {
  test.setTimeout(300_000);
  await page.setViewportSize(shotSize);
  const { bo, company } = await openOffice(workbench);
  const { press, type } = keysOn(page);
  await newQuote(page);
  await press('Control+Enter');
  await expect(page.getByRole('alert')).toBeVisible();
  await take(page, 'Quote held');
  await press('Control+Shift+Y');
  await type('They order every week');
  await take(page, 'Quote asking');
  await press('Enter');
  await expect(page.getByTestId('approval')).toContainText('Waiting for');
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await take(page, 'Quote waiting');
  await workbench.call('app.setup', { company, person: { name: 'Bo Birch', email: null, claim: bo } });
  await page.reload();
  await page.getByTestId('approval').getByRole('button', { name: 'Approve quote' }).press('Enter');
  await press('Enter');
  await expect(page.getByTestId('approval')).toContainText('Approved by');
  await take(page, 'Quote approved');
  await press('Control+Enter');
  await expect(page.getByRole('dialog', { name: 'Send quote' })).toBeVisible();
  await take(page, 'Quote sending');
  await press('Escape');
  await press('Control+,');
  await page.getByRole('button', { name: 'Limits', exact: true }).click();
  await expect(page.getByRole('gridcell', { name: 'Bo Birch' }).first()).toBeVisible();
  await take(page, 'Settings limits');
});
