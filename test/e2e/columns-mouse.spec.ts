/** Columns arranged with the mouse: what is frozen leaves half of the grid to what is not. */
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { openDesk } from './desk.ts';

const header = (page: Page, key: string): Locator => page.locator(`.ag-header-cell[col-id="${key}"]`);

const boxOf = async (target: Locator) => {
  const box = await target.boundingBox();
  if (!box) throw new Error('It is not drawn.');
  return box;
};

const drag = async (page: Page, from: readonly [number, number], to: readonly [number, number]): Promise<void> => {
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move(...to, { steps: 8 });
  await page.mouse.up();
};

test('a frozen column that is drawn wider stops at half of the grid', async ({ page, workbench }) => {
  await openDesk(workbench);
  const grid = await boxOf(page.getByTestId('grid'));
  const half = grid.x + grid.width / 2;
  const name = header(page, 'name');
  const edge = await boxOf(name.locator('.ag-header-cell-resize'));
  const y = edge.y + edge.height / 2;
  await drag(page, [edge.x + edge.width / 2, y], [grid.x + grid.width - 40, y]);
  const wide = await boxOf(name);
  expect(wide.x + wide.width).toBeGreaterThan(half - 60);
  expect(wide.x + wide.width).toBeLessThanOrEqual(half + 32);
  await expect(name).toHaveClass(/ag-header-cell-last-left-pinned/);
});
