/** A quote by keyboard, and an office in which somebody has to agree to it: for specs and pictures. */
import type { Page } from '@playwright/test';
import { uuidv7 } from 'uuidv7';
import type { Workbench } from './app.ts';
import { expect } from './app.ts';
import { openDesk, saved, type Desk } from './desk.ts';
import { inLines, keysOn, typeLines } from './keys.ts';

/** `Mod+Shift+N` `Q`, an account and a title, up to its lines. */
export const startQuote = async (page: Page): Promise<void> => {
  const keys = keysOn(page);
  await keys.press('Control+Shift+N');
  await expect(page.getByRole('menuitem', { name: /New quote/ })).toBeVisible();
  await keys.press('q');
  await expect(page.locator('[data-field="account_id"] [role="combobox"]')).toBeFocused();
  await keys.type('harb');
  await keys.press('Enter');
  await keys.type('Crates');
  await keys.press('Enter');
  await inLines(page);
};

/** The same, and three lines. */
export const newQuote = async (page: Page): Promise<void> => {
  await startQuote(page);
  await typeLines(keysOn(page), [
    ['1001', '12'],
    ['1002', '4'],
    ['1003', '10'],
  ]);
  await saved(page);
};

const COMPANY = { zone: 'UTC', currency: 'GBP', weekStart: 1, fiscalMonth: 1, name: 'Alder Quay Supply' };

export type Office = Desk & { readonly bo: string; readonly company: typeof COMPANY };

/** Marta sells within the usual limits, Bo gives the first step; every crate costs what leaves less than the floor. */
export const openOffice = async (workbench: Workbench): Promise<Office> => {
  const desk = await openDesk(workbench);
  const { products } = desk;
  const { person } = (await workbench.call('app.info', {})) as { person: { id: string } };
  const bo = uuidv7();
  const day = new Date().toISOString().slice(0, 10);
  await workbench.call('records.apply', {
    patches: [
      { kind: 'insert', table: 'people', id: bo, values: { name: 'Bo Birch' } },
      { kind: 'insert', table: 'approval_limits', id: uuidv7(), values: { person_id: bo, approves: 'first' } },
      ...products.map((id) => ({ kind: 'update', table: 'products', id, values: { cost: 7_000_000, cost_on: day } })),
      { kind: 'update', table: 'people', id: person.id, values: { role: 'member' } },
    ],
    label: 'Limits',
  });
  return { ...desk, bo, company: COMPANY };
};
