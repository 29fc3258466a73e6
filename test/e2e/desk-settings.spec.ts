/** Credit, tax and freight charges set by keyboard: what cannot be is told beside it and kept; a quote takes the charges. */
import type { Page } from '@playwright/test';
import { uuidv7 } from 'uuidv7';
import { expect, test } from './app.ts';
import { run } from './deeds.ts';
import { openDesk } from './desk.ts';
import { keysOn } from './keys.ts';
import { newQuote } from './quoting.ts';

const fill = async (page: Page, name: string, text: string): Promise<void> => {
  const input = page.getByRole('textbox', { name, exact: true });
  await input.fill(text);
  await input.press('Enter');
};

/** Typed after what stands there, as a hand does that goes on with the next. */
const typeNext = async (page: Page, name: string, text: string): Promise<void> => {
  const input = page.getByRole('textbox', { name, exact: true });
  await expect(input).toHaveValue('');
  await input.press('End');
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
};

const section = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).press('Enter');

test('credit policy and tax table: a version of the day, and reasons beside what cannot be', async ({ page, workbench }) => {
  await openDesk(workbench);
  await page.keyboard.press('Control+,');
  await section(page, 'Credit');
  const grace = page.getByRole('textbox', { name: 'Days of grace' });
  await fill(page, 'Days of grace', 'soon');
  await expect(page.getByRole('region', { name: 'Credit' })).toContainText('“soon” is not a number');
  await expect(grace).toHaveValue('soon');
  await fill(page, 'Days of grace', '30');
  await fill(page, 'Limit of the company, GBP', '5000');
  await fill(page, 'Warn from, % of the limit', '120');
  await expect(page.getByRole('region', { name: 'Credit' })).toContainText('is a number from 0.0 to 100.0');
  await fill(page, 'Warn from, % of the limit', '80');
  await expect.poll(() => workbench.call('app.credit', {})).toEqual({ limit: 500_000, warnAt: 800_000, graceDays: 30 });

  await section(page, 'Tax');
  const tax = page.getByRole('region', { name: 'Tax' });
  await expect(tax).toContainText('No tax is worked');
  await fill(page, 'New code', 'S');
  await fill(page, 'Rate of the new code, %', 'much');
  await expect(tax.getByRole('alert')).toContainText('“much” is not a number');
  await fill(page, 'Rate of the new code, %', '20');
  await expect(tax).toContainText(/Version 20\d\d-\d\d-\d\d\/1/);
  await typeNext(page, 'New code', 'R');
  await typeNext(page, 'Rate of the new code, %', '5');
  await expect(tax.getByRole('row', { name: /^R / })).toBeVisible();
  await fill(page, 'New code', 'S');
  await expect(tax.getByRole('alert')).toContainText('There is a rate for “S” already.');
  await page.getByRole('combobox', { name: 'Worked' }).selectOption('document');
  await page.getByRole('combobox', { name: 'Code of freight' }).selectOption('S');
  await expect(tax).toContainText(/\/4/);
  await expect
    .poll(() => workbench.call('app.tax', {}))
    .toMatchObject({ tax: { scope: 'document', freight: 'S', rates: { S: 200_000, R: 50_000 } } });
});

test('working hours that are none are told beside them; SLA policies are set up as a grid', async ({ page, workbench }) => {
  await openDesk(workbench);
  await page.keyboard.press('Control+,');
  await section(page, 'Notifications');
  const notices = page.getByRole('region', { name: 'Notifications' });
  await fill(page, 'Working hours', 'whenever');
  await expect(notices).toContainText('“whenever” are no hours');
  await expect(page.getByRole('textbox', { name: 'Working hours' })).toHaveValue('whenever');
  await fill(page, 'Working hours', 'mon-fri 8:00-12:00');
  await page.getByRole('combobox', { name: 'Notifications' }).selectOption('off');
  await expect
    .poll(() => workbench.call('local.get', { prefix: 'notices.' }))
    .toEqual({ values: { 'notices.mode': 'off', 'notices.hours': 'Mon-Fri 08:00-12:00' } });

  await section(page, 'SLA');
  await page.getByRole('button', { name: 'Set up the usual four' }).press('Enter');
  await page.getByRole('dialog', { name: 'Set up SLA clocks' }).getByRole('textbox', { name: 'Working hours' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Recalculate open issues' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'SLA' }).getByText('Severity 1', { exact: true })).toBeVisible();
});

test('freight charges of a mode, and a quote that takes them', async ({ page, workbench }) => {
  await openDesk(workbench);
  await page.keyboard.press('Control+,');
  await section(page, 'Freight');
  await fill(page, 'New mode of transport', 'Road');
  await fill(page, 'Its first charge', 'FUEL');
  const road = page.getByRole('region', { name: 'Charges of Road' });
  await expect(road).toContainText('No product has this code');
  await workbench.call('records.apply', {
    label: 'Charges',
    patches: ['FUEL', 'TAIL'].map((sku) => ({
      kind: 'insert',
      table: 'products',
      id: uuidv7(),
      values: { sku, name: `${sku} charge`, nature: 'service', list_price: 40_000_000, currency: 'GBP' },
    })),
  });
  await expect(road).toContainText('FUEL charge');
  await fill(page, 'New charge of Road', 'FUEL');
  await expect(road.getByRole('alert')).toContainText('FUEL is a charge of Road already.');
  await fill(page, 'New charge of Road', 'PORT');
  await typeNext(page, 'New charge of Road', 'TAIL');
  await page.getByRole('row', { name: /PORT/ }).getByRole('button', { name: 'Remove' }).press('Enter');
  await page.getByRole('checkbox', { name: 'TAIL of Road is mandatory' }).press('Space');
  await expect(page.getByRole('checkbox', { name: 'TAIL of Road is mandatory' })).not.toBeChecked();

  await newQuote(page);
  await run(page, 'Add freight charges');
  await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused();
  await expect(page.getByRole('dialog')).toContainText('FUEL charge, TAIL charge');
  await keysOn(page).press('Tab', 'Tab', 'Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.locator('.ag-row', { hasText: 'TAIL charge' })).toBeVisible();
  await keysOn(page).press('Control+Z');
  await expect(page.locator('.ag-row', { hasText: 'TAIL charge' })).toHaveCount(0);
});
