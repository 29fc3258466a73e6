/** The order desk by keyboard: the order pad, rows of code and quantity pasted from a spreadsheet. */
import { expect, test } from './app.ts';
import { putOnClipboard } from './clipboard.ts';
import { mendFaults, run } from './deeds.ts';
import { bought, openDesk, saved } from './desk.ts';
import { finish, inLines, keysOn, startOrder, typeLines, watchInput } from './keys.ts';

test('the order pad: quantities typed beside what the account usually orders become lines, one undo step', async ({
  page,
  workbench,
}) => {
  const { accounts, products } = await openDesk(workbench);
  const [account = ''] = accounts;
  const [crate = '', lid = '', tray = ''] = products;
  await bought(workbench, account, '2025-11-03', [
    [crate, 10],
    [lid, 4],
  ]);
  await bought(workbench, account, '2025-12-01', [[crate, 12]]);
  await bought(workbench, account, '2025-12-29', [[tray, 6]]);
  const heard = await watchInput(page);
  const keys = keysOn(page);
  await startOrder(page, keys);
  await keys.press('Control+J');
  const pad = page.getByRole('dialog', { name: 'Order pad' });
  const quantity = (sku: string) => pad.getByRole('textbox', { name: `Quantity, ${sku}` });
  await expect(quantity('1001')).toBeFocused();
  await keys.press('Space');
  await expect(quantity('1001')).toHaveValue('12');
  await keys.press('Enter');
  await keys.press('ArrowDown');
  await expect(quantity('1003')).toBeFocused();
  await keys.type('7x');
  await keys.press('Control+Enter');
  await expect(pad).toHaveCount(0);
  await expect(page.locator('.toast')).toContainText('2 lines added.');
  await saved(page);
  await expect(page.locator('.ag-row', { hasText: 'Totals' })).toContainText('1 of 2 lines, 1 to fix');
  await inLines(page);
  await keys.press('Control+Z');
  await expect(page.locator('.ag-row', { hasText: 'Totals' })).toHaveCount(0);
  await finish('Two lines from the order pad', heard);
});

/** UX.md 4: 50 lines pasted and three of them put right. */
const pasteTarget = 34;

test('50 lines of code and quantity pasted, three put right with F8, confirmed', async ({ page, workbench }) => {
  test.slow();
  const { products } = await openDesk(workbench);
  const [, , , , sold = ''] = products;
  await workbench.call('records.apply', {
    label: 'Fill',
    patches: [{ kind: 'update', table: 'products', id: sold, values: { pack_qty: 10_000_000 } }],
  });
  const rows = Array.from({ length: 50 }, (_, at) => [String(1001 + (at % 4)), String(at + 1)]);
  rows[7] = ['NOPE', '3'];
  rows[20] = ['1002', '12x'];
  rows[40] = ['1005', '25'];
  const keys = keysOn(page);
  await startOrder(page, keys);
  await putOnClipboard(workbench, rows.map((row) => `${row.join('\t')}\r\n`).join(''));
  const heard = await watchInput(page);
  // At once: the walk waits for the marks of what was pasted.
  await keys.press('Control+V');
  await mendFaults(page, [
    ['NOPE', '1003', '49 of 50 lines, 2 to fix'],
    ['12x', '12', '50 lines, 1 to fix'],
    ['25', '30', '50 lines'],
  ]);
  await saved(page);
  await keys.press('Control+Enter');
  await expect(page.locator('.toast').last()).toContainText('Order confirmed.');
  await finish('50 lines pasted with 3 fixes', heard, pasteTarget);
});

test('holds and a repeated PO: each is listed and walked; released with a reason, confirmed with a reason', async ({
  page,
  workbench,
}) => {
  test.slow();
  const { accounts, products } = await openDesk(workbench);
  const [account = ''] = accounts;
  const [product = ''] = products;
  await bought(workbench, account, '2025-11-03', [[product, 10]], 'HF-582');
  const keys = keysOn(page);
  await startOrder(page, keys);
  await typeLines(keys, [['1001', '12']]);
  await saved(page);
  await run(page, 'Holds');
  const holds = page.getByRole('dialog', { name: 'Holds' });
  await expect(holds.getByRole('combobox', { name: 'New hold' })).toBeFocused();
  await keys.type('Stock');
  await keys.press('Tab');
  await keys.type('Mould is broken');
  await keys.press('Enter');
  await expect(holds.getByRole('table', { name: 'Holds' })).toContainText('Mould is broken');
  await keys.press('Escape');
  await expect(holds).toHaveCount(0);

  await keys.press('Control+Enter');
  const blockers = page.getByRole('group', { name: 'In the way' });
  await expect(blockers.getByRole('button')).toHaveText([/The PO number stands on O/, 'On hold. Stock: Mould is broken']);
  await blockers.getByRole('button', { name: /On hold/ }).press('Enter');
  await expect(holds).toBeVisible();
  await holds.getByRole('button', { name: 'Release …' }).press('Enter');
  const release = page.getByRole('dialog', { name: 'Release: Stock' });
  await expect(release.getByRole('textbox', { name: 'Why' })).toBeFocused();
  await keys.press('Enter');
  await expect(release).toContainText('Say why it is released.');
  await keys.type('Mended');
  await keys.press('Enter');
  await expect(holds.getByRole('table', { name: 'Holds' })).toContainText('Mended');
  await keys.press('Escape');
  await expect(holds).toHaveCount(0);

  await page.getByRole('button', { name: 'Confirm order' }).press('Enter');
  await expect(blockers.getByRole('button')).toHaveText([/The PO number stands on O/]);
  await page.getByRole('button', { name: 'Confirm all the same …' }).press('Enter');
  const why = page.getByRole('dialog', { name: 'Confirm all the same' });
  await expect(why.getByRole('textbox', { name: 'Why' })).toBeFocused();
  await keys.type('Two sites, one PO');
  await keys.press('Enter');
  await expect(page.locator('.toast').last()).toContainText('Order confirmed.');
});

test('a confirmed order is amended by keyboard: refused in words, then before and after on record', async ({
  page,
  workbench,
}) => {
  test.slow();
  await openDesk(workbench);
  const keys = keysOn(page);
  await startOrder(page, keys);
  await typeLines(keys, [['1001', '12']]);
  await keys.press('Control+Enter');
  await expect(page.locator('.toast').last()).toContainText('Order confirmed.');
  const amend = page.getByRole('dialog', { name: 'Amend order' });
  const qty = amend.getByRole('textbox', { name: 'Qty, Line 1' });
  const open = async (): Promise<void> => {
    await run(page, 'Amend order');
    await expect(qty).toBeFocused();
  };
  await open();
  await keys.type('-3');
  await keys.press('Enter');
  await expect(amend.getByRole('alert')).toContainText('never below zero');
  await keys.press('Control+A');
  await keys.type('20');
  await keys.press('Enter');
  await expect(amend).toHaveCount(0);
  const totals = page.locator('.ag-row', { hasText: 'Totals' });
  await expect(totals).toContainText('170.00');
  await open();
  await expect(amend.getByRole('table', { name: 'Changes so far' })).toContainText('Qty 12 → 20');
  await amend.getByRole('textbox', { name: 'Freight' }).press('Home');
  await keys.type('12');
  await amend.getByRole('textbox', { name: 'Terms' }).press('Home');
  await keys.type('14 days');
  await keys.press('Enter');
  await expect(page.locator('.toast').last()).toContainText('Order amended.');
  await open();
  await expect(amend.getByRole('table', { name: 'Changes so far' })).toContainText('Freight none → 12.00');
  await expect(amend.getByRole('table', { name: 'Changes so far' })).toContainText(/Terms .* → 14 days/);
  await keys.press('Escape');
  await expect(amend).toHaveCount(0);
  await keys.press('Control+Z');
  await keys.press('Control+Z');
  await expect(totals).toContainText('102.00');
  await keys.press('Control+Z');
  await expect(page.getByRole('main')).toContainText('Draft');
});
