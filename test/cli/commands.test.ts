/** The command line on a real file: results, errors, and a job that is stopped. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { readCells, readParts } from '../export/parts.ts';
import { makeTemp } from '../setup/temp.ts';
import { openWorkbench, program, type Workbench } from './workbench.ts';

const recipe = {
  v: 1,
  name: 'Customers',
  defaults: { currency: 'GBP', zone: 'Europe/London' },
  files: [
    {
      pattern: 'customers*.csv',
      table: 'accounts',
      system: 'erp',
      key: ['Code'],
      columns: { Code: { field: 'code' }, Name: { field: 'name' }, Limit: { field: 'credit_limit' } },
    },
  ],
};

const open = (): { readonly folder: string; readonly workbench: Workbench; readonly db: string } => {
  const folder = makeTemp();
  const db = path.join(folder, 'a.db');
  writeFileSync(path.join(folder, 'recipe.json'), JSON.stringify(recipe));
  writeFileSync(path.join(folder, 'customers.csv'), 'Code,Name,Limit\n007,=Harbour Foods,10.50\nKOEN,Königlich Essen,-3\n');
  return { folder, db, workbench: openWorkbench(db, folder) };
};

const IMPORT = ['import', 'customers.csv', '--recipe', 'recipe.json'] as const;

it('imports, queries, exports and brings back the same', { timeout: 120_000 }, async () => {
  const { folder, workbench } = open();
  const imported = await workbench.run(...IMPORT);
  expect(imported).toMatchObject({ code: 0, err: '' });
  expect(imported.out).toMatch(/customers\.csv +accounts +2 +2 +0 +0/);
  expect(imported.out).toContain('2 new, 0 updated, 0 lost');

  const table = await workbench.run('query', 'SELECT code, credit_limit AS n FROM v_accounts ORDER BY code');
  expect(table.out).toBe('code     n\n────  ────\n007   10.5\nKOEN    -3\n2 rows\n');
  const big = await workbench.json('query', '--json', 'SELECT 9007199254740993 AS big, 1 AS n, 2 AS n, NULL AS none');
  expect(big).toEqual([{ big: '9007199254740993', n: 1, n_2: 2, none: null }]);

  const exported = await workbench.run('export', 'accounts', '--to', 'out.csv', '--columns', 'code,name,credit_limit');
  expect(exported).toMatchObject({ code: 0, out: `2 rows written to ${path.join(folder, 'out.csv')}\n` });
  const text = readFileSync(path.join(folder, 'out.csv'), 'utf8');
  expect(text.split('\r\n').toSorted()).toEqual(
    ['', "007,'=Harbour Foods,10.5", 'KOEN,Königlich Essen,-3', '\ufeffcode,name,credit_limit'].toSorted(),
  );

  const book = await workbench.run(
    'export',
    'accounts',
    '--to',
    'out.xlsx',
    '--fields',
    'name',
    '--filter',
    'code:007',
    '--sort=-code',
  );
  expect(book.out).toBe(`1 row written to ${path.join(folder, 'out.xlsx')}\n`);
  expect(readCells(readParts(path.join(folder, 'out.xlsx'))).get('A2')?.value).toBe('=Harbour Foods');

  writeFileSync(path.join(folder, 'customers-2.csv'), text.replace('code,name,credit_limit', 'Code,Name,Limit'));
  const back = await workbench.run('import', 'customers-2.csv', '--recipe', 'recipe.json');
  expect(back.out).toContain('0 new');
  expect(await workbench.query("SELECT name FROM v_accounts WHERE code = '007'")).toEqual([{ name: '=Harbour Foods' }]);

  expect((await workbench.run('undo')).out).toContain('Taken back: Import Customers');
  expect((await workbench.run('check')).out).toContain('The file is sound.');
});

it('says what is wrong in one line, with its code', { timeout: 120_000 }, async () => {
  const { folder, workbench } = open();
  writeFileSync(
    path.join(folder, 'bad.json'),
    JSON.stringify({ ...recipe, files: [{ ...recipe.files[0], columns: undefined, colums: {} }] }),
  );
  writeFileSync(path.join(folder, 'worse.json'), '{"v": 1,');
  const cases: readonly (readonly [args: readonly string[], says: RegExp])[] = [
    [
      ['import', 'customers.csv', '--recipe', 'bad.json'],
      /^workbench: bad-recipe: files\[0\]\.colums: unknown key\. Did you mean columns\?\n$/,
    ],
    [['import', 'customers.csv', '--recipe', 'worse.json'], /^workbench: bad-recipe: The recipe: is not JSON/],
    [['import', 'nowhere.csv', '--recipe', 'recipe.json'], /^workbench: bad-file: There is no file or folder/],
    [
      ['import', 'recipe.json', '--recipe', 'recipe.json'],
      /^workbench: bad-file: No file at .* has a name that the recipe knows/,
    ],
    [['export', 'nothing', '--to', 'x.csv'], /^workbench: not-found: There is no view “nothing”/],
    [['export', 'accounts', '--to', 'a.db'], /^workbench: denied: /],
    [['query', 'DELETE FROM accounts'], /^workbench: bad-query: /],
    [['call', 'app.inf'], /^workbench: unknown-method: There is no method app\.inf\. Did you mean app\.info\?/],
    [['call', 'app.info', '{'], /^workbench: usage: The argument is not JSON/],
    [['qery', 'x'], /^workbench: usage: There is no command qery/],
  ];
  for (const [args, says] of cases) {
    const { code, out, err } = await workbench.run(...args);
    expect({ args, code, out }).toEqual({ args, code: 1, out: '' });
    expect(err).toMatch(says);
    expect(err.trim().split('\n')).toHaveLength(1);
  }
});

it('proposes, lists what becomes of rows, leaves errors out and brings them back', { timeout: 120_000 }, async () => {
  const { folder, workbench } = open();
  writeFileSync(path.join(folder, 'customers.csv'), 'Code,Name,Credit limit\n007,Harbour,ten\nKOEN,Essen,3\n');
  const propose = ['import', 'customers.csv', '--propose', '--table', 'accounts'] as const;
  const looked = await workbench.run(...propose, '--dry-run', '--rows', 'errors');
  expect(looked).toMatchObject({ code: 0, err: '' });
  expect(looked.out).toMatch(/Credit limit +credit_limit +“Credit limit” is what Credit limit is called/);
  expect(looked.out).toMatch(/customers\.csv +2 +error +“ten” is not a number +Credit limit: ten/);
  expect(looked.out).toContain('1 cell to put right (NUM_PARSE), the first in row 2: “ten” is not a number');
  expect(existsSync(path.join(folder, 'a.db'))).toBe(false);

  const done = await workbench.run(...propose, '--leave-errors', '--rest', 'rest.csv');
  expect(done).toMatchObject({ code: 0, err: '' });
  expect(done.out).toContain('1 new, 0 updated, 0 lost, 1 left out');
  const rest = readFileSync(path.join(folder, 'rest.csv'), 'utf8');
  writeFileSync(path.join(folder, 'rest.csv'), rest.replace('ten', '10'));
  const { recipe: proposed } = await workbench.json<{ recipe: object }>(
    'call',
    'import.propose',
    JSON.stringify({ path: path.join(folder, 'customers.csv') }),
  );
  await workbench.json('call', 'import.keep', JSON.stringify({ recipe: { ...proposed, name: 'Customers, weekly' } }));
  expect((await workbench.run('recipes')).out).toMatch(/Customers, weekly +accounts/);
  const back = await workbench.run('import', 'rest.csv', '--recipe', 'Customers, weekly');
  expect(back.out).toContain('1 new');
  expect(back).toMatchObject({ code: 0, err: '' });
});

it('cells that go nowhere are said, and are no success', { timeout: 120_000 }, async () => {
  const { folder, workbench } = open();
  writeFileSync(path.join(folder, 'customers.csv'), 'Code,Name,Limit,Spare\n007,Harbour,1,x\n');
  const done = await workbench.run(...IMPORT);
  expect(done).toMatchObject({ code: 1 });
  expect(done.out).toContain('1 new, 0 updated, 1 lost');
  expect(done.err).toMatch(/^workbench: bad-recipe: 1 cell goes nowhere: .* workbench undo takes the import back\.\n$/);
});

it('a look at files leaves no database behind', { timeout: 120_000 }, async () => {
  const { folder, workbench } = open();
  expect(await workbench.run(...IMPORT, '--dry-run')).toMatchObject({ code: 0 });
  expect(await workbench.run('inspect', 'customers.csv')).toMatchObject({ code: 0 });
  expect(readdirSync(folder).toSorted()).toEqual(['customers.csv', 'recipe.json']);
});

it('Ctrl+C takes a running import back', { timeout: 120_000 }, async () => {
  const { folder, workbench, db } = open();
  const rows = Array.from({ length: 20_000 }, (_, n) => `C${n},Customer ${n},1`);
  writeFileSync(path.join(folder, 'customers.csv'), ['Code,Name,Limit', ...rows].join('\n'));
  const child = spawn(process.execPath, [program, ...IMPORT], { env: { ...process.env, INIT_CWD: folder, WORKBENCH_DB: db } });
  let err = '';
  child.stderr.on('data', (part: Buffer) => (err += part.toString()));
  const ended = new Promise<number | null>((done) => child.on('exit', done));
  // Rows of a running import can be seen: wait for the first of them.
  while ((await workbench.query('SELECT count(*) AS n FROM v_accounts'))[0]?.['n'] === 0)
    await new Promise((next) => setImmediate(next));
  child.kill('SIGINT');
  expect(await ended).toBe(1);
  expect(err).toBe('workbench: cancelled: The import was cancelled. Nothing of it was kept.\n');
  expect(await workbench.query('SELECT count(*) AS n FROM v_accounts')).toEqual([{ n: 0 }]);
});

it('does not make the file whose contents it was asked for, and says that it is not there', { timeout: 60_000 }, async () => {
  const { folder, workbench, db } = open();
  for (const asked of [['query', 'SELECT 1'], ['export', 'accounts', '--to', 'out.csv'], ['check'], ['undo']])
    expect(await workbench.run(...asked)).toEqual({ code: 1, out: '', err: `workbench: not-found: There is no file ${db}.\n` });
  expect((await workbench.run('query', '--schema', 'v_orders')).out).toContain('v_orders: ');
  expect(readdirSync(folder).toSorted()).toEqual(['customers.csv', 'recipe.json']);
});
