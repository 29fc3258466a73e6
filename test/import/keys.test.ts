/** What names a row: a code that stands once finds its record, one that stands twice is told and taken from no row. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { accounts, openDesk, type Desk, type Entry, type Recipe } from './desk.ts';

const put = (desk: Desk, name: string, ...lines: readonly string[]): string => {
  const file = path.join(desk.folder, name);
  writeFileSync(file, lines.join('\n'));
  return file;
};

const codes = async (desk: Desk) =>
  (await desk.query('SELECT code, city FROM v_accounts ORDER BY code')).map((row) => Object.values(row));

describe('one code twice in a short file', () => {
  const first = ['Code,Name,City', 'HARB,Harbour Foods,Hull', 'COLD,Cold Store,York', 'MILL,Mill Ltd,Bath'];

  it('leaves the code the key, and the proposal says which rows share it', async () => {
    const desk = openDesk();
    await desk.engine.call('import.run', {
      path: put(desk, 'a.csv', ...first),
      recipe: { v: 1, name: 'T', files: [accounts({ City: { field: 'city' } })] },
    });
    const file = put(
      desk,
      'accounts b.csv',
      'Code,Name,City',
      'HARB,Harbour Foods,Leeds',
      'COLD,Cold Store,Ripon',
      'NEW,New Ltd,Bath',
      'cold,Cold Store,Selby',
    );
    const { recipe, columns } = await desk.engine.call('import.propose', { path: file });
    expect(recipe.files[0]).toMatchObject({ table: 'accounts', key: ['Code'] });
    expect(columns[0]?.because).toBe('“Code” is what Code is called. “COLD” stands twice in this file: rows 3 and 5');
    const report = await desk.engine.call('import.run', { path: file, recipe });
    expect(report).toMatchObject({ lost: 0, refused: 2, files: [{ added: 1, updated: 1, refused: 2, skipped: 0 }] });
    expect(await codes(desk)).toEqual([
      ['COLD', 'York'],
      ['HARB', 'Leeds'],
      ['MILL', 'Bath'],
      ['NEW', 'Bath'],
    ]);
    // Put right, the next file of its kind finds them all by the recipe that was kept.
    await desk.engine.call('import.keep', { recipe });
    const mended = put(
      desk,
      'accounts c.csv',
      'Code,Name,City',
      'HARB,Harbour Foods,Leeds',
      'COLD,Cold Store,Ripon',
      'NEW,New Ltd,Bath',
    );
    const again = await desk.engine.call('import.propose', { path: mended });
    const run = await desk.engine.call('import.run', { path: mended, recipe: again.recipe });
    expect(run).toMatchObject({ refused: 0, files: [{ added: 0, updated: 1, same: 2 }] });
  });

  it('left out on request, the rows go to a file with the reason', async () => {
    const desk = openDesk();
    const recipe: Recipe = { v: 1, name: 'T', files: [accounts()] };
    const file = put(desk, 'a.csv', 'Code,Name', 'A,Apple', 'B,Berry', 'A,Apricot');
    const report = await desk.engine.call('import.run', { path: file, recipe, leaveErrors: true });
    expect(report).toMatchObject({ left: 2, refused: 0, lost: 0, files: [{ added: 1 }] });
    const { check } = await desk.engine.call('import.check', { path: file, recipe });
    expect(await desk.engine.call('import.rest', { check, to: path.join(desk.folder, 'rest.csv') })).toMatchObject({ rows: 2 });
  });

  it('mended in the check, both rows are taken', async () => {
    const desk = openDesk();
    const recipe: Recipe = { v: 1, name: 'T', files: [accounts()] };
    const file = put(desk, 'a.csv', 'Code,Name', 'A,Apple', 'A,Apricot');
    const edits = [{ entry: 0, file: 'a.csv', row: 3, column: 0, text: 'A2' }];
    expect(await desk.engine.call('import.run', { path: file, recipe, edits })).toMatchObject({
      refused: 0,
      files: [{ added: 2 }],
    });
  });
});

describe('where an order goes to', () => {
  const sites: Entry = {
    pattern: 'sites.csv',
    table: 'sites',
    system: 'test.sites',
    key: ['Account', 'Site'],
    columns: { Account: { field: 'account_id' }, Site: { field: 'name' } },
  };
  const orders: Entry = {
    pattern: 'orders.csv',
    table: 'orders',
    system: 'test.orders',
    key: ['Order'],
    columns: { Order: { field: 'number' }, Account: { field: 'account_id' }, 'Ship to': { field: 'site_id' } },
  };

  it('is a site of the account of its row, whatever those of others are called', async () => {
    const desk = openDesk();
    put(desk, 'accounts.csv', 'Code,Name', 'A,Apple', 'B,Berry');
    put(desk, 'sites.csv', 'Account,Site', 'A,Main warehouse', 'B,Main warehouse', 'B,Dock');
    put(desk, 'orders.csv', 'Order,Account,Ship to', '1,A,Main warehouse', '2,B,Main warehouse', '3,A,Dock');
    const report = await desk.run(desk.folder, [accounts({}, { pattern: 'accounts.csv' }), sites, orders]);
    expect(report.files.find(({ table }) => table === 'orders')).toMatchObject({ added: 3, issuesByCode: { LINK_NONE: 1 } });
    expect(
      await desk.query(
        'SELECT o.number, a.code FROM orders o LEFT JOIN sites s ON s.id = o.site_id LEFT JOIN accounts a ON a.id = s.account_id ORDER BY 1',
      ),
    ).toEqual([
      { number: '1', code: 'A' },
      { number: '2', code: 'B' },
      { number: '3', code: null },
    ]);
  });
});

describe('a file that says nothing of itself', () => {
  it.each([
    ['1,2,3\n4,5,6', 'No row of a.csv names its columns (the first full row already holds numbers or dates)'],
    ['Ann,Smith,London\nBob,Jones,Paris', 'No column of a.csv is called like anything that is kept here: row 1 may be no header'],
  ])('%j is not guessed to be anything', async (text, because) => {
    const desk = openDesk();
    const { table } = await desk.engine.call('import.propose', { path: put(desk, 'a.csv', text) });
    expect(table).toMatchObject({ sure: false, because: [because] });
  });

  it('with a header alone has no rows', async () => {
    const desk = openDesk();
    await expect(desk.engine.call('import.propose', { path: put(desk, 'a.csv', 'Code,Name') })).rejects.toMatchObject({
      code: 'bad-file',
      message: 'a.csv has no rows under the header: there is nothing to import.',
    });
  });
});
