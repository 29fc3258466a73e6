/** Files written by a test, checked by the rows of their answer. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { accounts, type Desk, type Entry, type Recipe } from './desk.ts';

export const ORDERS: Entry = {
  pattern: 'orders*',
  table: 'orders',
  system: 'test.orders',
  key: ['No'],
  columns: {
    No: { field: 'number' },
    Account: { field: 'account_id', lookup: { table: 'accounts', by: 'code' } },
    Requested: { field: 'requested' },
    Freight: { field: 'freight' },
  },
};
export const recipeOf = (...files: Entry[]): Recipe => ({
  v: 1,
  name: 'Test',
  defaults: { currency: 'GBP', zone: 'Europe/London' },
  files,
});

export const put = (desk: Desk, name: string, ...lines: readonly string[]): string => {
  const file = path.join(desk.folder, name);
  writeFileSync(file, lines.join('\n'));
  return file;
};

export const HEAD = 'No,Account,Requested,Freight';
export const withAccounts = async (desk: Desk): Promise<void> => {
  const file = put(desk, 'accounts.csv', 'Code,Name', '00388,Cold Store', '00407,Harbour Foods');
  await desk.engine.call('import.run', { path: file, recipe: recipeOf(accounts()) });
};

export type Edit = { entry: number; file: string; row: number; column: number; text: string };

export const check = async (desk: Desk, file: string, recipe: Recipe, edits: Edit[] = []) => {
  const answer = await desk.engine.call('import.check', { path: file, recipe, edits });
  const { rows, total } = await desk.engine.call('import.rows', { check: answer.check, from: 0, count: 1000 });
  expect(total).toBe(answer.readable);
  return { ...answer, rows };
};
