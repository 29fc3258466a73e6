/** Numbers that can be read two ways hold the import desk up until a person says, and the check shows what they are taken as. */
import { expect, test } from './app.ts';
import { focused, openDesk } from './desk.ts';
import { next, openImport, step, writeBeside } from './importing.ts';

test('numbers that may be thousands or decimals are asked about, with what each answer makes of them', async ({
  workbench,
  page,
}) => {
  await openDesk(workbench);
  const rows = ['A1,Apple � box,1.500', 'B2,Berry box,2.250'];
  const file = writeBeside(workbench, 'prices.csv', ['SKU,Name,List price', ...rows].join('\n'));
  await openImport(page);
  await page.keyboard.type(file);
  await page.keyboard.press('Enter');
  await expect(step(page)).toContainText('Map columns');
  const numbers = page.getByRole('region', { name: 'How the file was read' }).getByRole('article', { name: 'Numbers' });
  await expect(numbers).toContainText('Not sure');
  await expect(page.getByRole('article', { name: 'Text encoding' })).toContainText('1 character was already lost');

  await next(page);
  const question = page.getByRole('group', { name: 'What separates decimals in List price?' });
  const comma = question.getByRole('button', { name: /Decimal comma.*“1.500” is 1500/ });
  await expect(question.getByRole('button', { name: /Decimal point.*“1.500” is 1.5/ })).toBeVisible();
  await expect(step(page)).toContainText('Map columns');
  await expect(page.getByText('in the recipe')).toHaveCount(0);
  await comma.press('Enter');
  await next(page);
  await expect(focused(page)).toBeVisible();
  await expect(page.getByRole('gridcell', { name: /1\.500\s*1,500/ })).toBeVisible();
});
