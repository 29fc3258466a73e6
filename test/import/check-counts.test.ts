/** What a check tells beside its rows: how many become what, with the rows with errors and without, and the file's own cells. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { accounts, openDesk, type Desk, type Entry, type Recipe } from './desk.ts';

const recipeOf = (...files: Entry[]): Recipe => ({ v: 1, name: 'Test', defaults: { currency: 'GBP', zone: 'UTC' }, files });

const put = (desk: Desk, ...lines: readonly string[]): string => {
  const file = path.join(desk.folder, 'accounts.csv');
  writeFileSync(file, lines.join('\n'));
  return file;
};

it('tells a row again as its file has it: all columns, nothing mended', async () => {
  const desk = openDesk();
  const recipe = recipeOf(accounts({ Bay: { ignore: true } }));
  const file = put(desk, 'Code;Bay;Name', '7;"Gate; 4";One');
  const edits = [{ entry: 0, file: 'accounts.csv', row: 2, column: 2, text: 'Mended' }];
  const { check, entries } = await desk.engine.call('import.check', { path: file, recipe, edits });
  expect(entries[0]?.mark).toBe(';');
  const { rows } = await desk.engine.call('import.rows', { check, from: 0, count: 10 });
  expect(rows[0]?.cells.map(({ text }) => text)).toEqual(['7', 'Mended']);
  const raw = await desk.engine.call('import.raw', { check, entry: 0, file: 'accounts.csv', row: 2 });
  expect(raw).toEqual({ cells: ['7', 'Gate; 4', 'One'] });
});

it('counts before as the import counts after, with the rows with errors and without them', async () => {
  const desk = openDesk();
  const recipe = recipeOf(
    accounts({ Limit: { field: 'credit_limit' }, Parent: { field: 'parent_id', lookup: { table: 'accounts', by: 'code' } } }),
  );
  // Two names the account of the row that is wrong, and goes with it.
  const file = put(desk, 'Code,Name,Limit,Parent', '1,One,lots,', '2,Two,5,1', '3,Three,5,', '3,Three,5,');
  const { results, leaving, report } = await desk.engine.call('import.check', { path: file, recipe });
  expect(results).toEqual({ new: 2, update: 0, same: 0, error: 1, out: 1 });
  expect(leaving).toEqual({ new: 1, update: 0, same: 0, error: 0, out: 3 });
  expect(report.left).toBe(2);
  const input = { path: file, recipe };
  expect(await desk.engine.call('import.run', { ...input, dryRun: true })).toMatchObject({ results, left: 0 });
  expect(await desk.engine.call('import.run', { ...input, leaveErrors: true })).toMatchObject({ results: leaving, left: 2 });
});
