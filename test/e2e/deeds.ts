/** What is done with documents by keyboard in more than one spec: commands by name, steps of a quote, the walk through faults. */
import type { Locator, Page } from '@playwright/test';
import type { Workbench } from './app.ts';
import { expect } from './app.ts';
import { focused, goTo } from './desk.ts';
import { keysOn } from './keys.ts';
import type { Office } from './quoting.ts';

export const heading = (page: Page): Locator => page.getByRole('heading', { level: 1 });
export const chip = (page: Page, text: string): Locator => page.locator('.viewbar .chip', { hasText: text });
export const lastToast = (page: Page): Locator => page.locator('.toast').last();

/** A dialog has read what it asks about, and Enter agrees to it. */
export const toBeAgreed = async (dialog: Locator, name: string): Promise<void> => {
  const button = dialog.getByRole('button', { name });
  await expect(button).toBeFocused();
  await expect(button).not.toHaveAttribute('aria-disabled', 'true');
};

/** Runs a command by its name. */
export const run = async (page: Page, title: string): Promise<void> => {
  const { press, type } = keysOn(page);
  await press('Control+K');
  await expect(page.locator('.p-q')).toBeFocused();
  await type(`>${title}`);
  await expect(page.getByRole('option', { name: new RegExp(title) }).first()).toHaveAttribute('data-highlighted', '');
  await press('Enter');
  await expect(page.locator('.p-q')).toHaveCount(0);
};

/** A record's page, from its row in the register of a screen. */
export const openRow = async (
  page: Page,
  screen: { readonly key: string; readonly title: string },
  row: string,
): Promise<void> => {
  const { press } = keysOn(page);
  await press(screen.key);
  await expect(heading(page)).toHaveText(screen.title);
  await goTo(page, row, 'account_id');
  await press('Alt+Enter');
};

/** `Mod+Enter`, to whom, `Enter`; it is sent when this returns. */
export const sendQuote = async (page: Page): Promise<void> => {
  const { press, type } = keysOn(page);
  await press('Control+Enter');
  const to = page.getByRole('dialog', { name: 'Send quote' }).getByRole('textbox', { name: 'To', exact: true });
  await expect(to).toBeFocused();
  await type('ann@harb.example');
  await press('Enter');
  await expect(chip(page, 'Sent')).toBeVisible();
};

/** Asks for approval of a quote, with what speaks for it. */
export const askApproval = async (page: Page, note: string): Promise<void> => {
  const { press, type } = keysOn(page);
  await press('Control+Shift+Y');
  await expect(page.getByRole('dialog', { name: 'Ask for approval' }).getByLabel('What speaks for it')).toBeFocused();
  await type(note);
  await press('Enter');
  await expect(chip(page, 'In review')).toBeVisible();
};

/** Bo sits down at the same desk and agrees to what is asked. */
export const approveAsBo = async (page: Page, workbench: Workbench, office: Office): Promise<void> => {
  const { press } = keysOn(page);
  await expect(page.getByTestId('approval')).toContainText('Waiting for step 1: Bo Birch.');
  await workbench.call('app.setup', {
    company: office.company,
    person: { name: 'Bo Birch', email: null, claim: office.bo },
  });
  await page.reload();
  const approve = page.getByTestId('approval').getByRole('button', { name: 'Approve quote' });
  await expect(approve).toBeVisible({ timeout: 30_000 });
  await approve.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Approve quote' })).toContainText('below the floor');
  await press('Enter');
  await expect(chip(page, 'Approved')).toBeVisible();
  await expect(page.getByTestId('approval')).toContainText('Approved by Bo Birch');
};

/** What the cell in need says, what is typed instead, and what the totals say then. */
export type Fault = readonly [shown: string, right: string, totals: string];

/** `F8` from one cell in need of attention to the next; each is put right. */
export const mendFaults = async (page: Page, faults: readonly Fault[]): Promise<void> => {
  const { press, type } = keysOn(page);
  const totals = page.locator('.ag-row', { hasText: 'Totals' });
  for (const [shown, right, left] of faults) {
    await press('F8');
    await expect(focused(page)).toContainText(shown);
    await type(right);
    await press('Enter');
    await expect(totals).toContainText(left);
  }
};
