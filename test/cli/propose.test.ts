/** A file without a recipe, from a shell: its recipe to a file, what the person says of it, what is set aside and what is refused. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { makeTemp } from '../setup/temp.ts';
import { openWorkbench } from './workbench.ts';

const open = (name: string, ...lines: readonly string[]) => {
  const folder = makeTemp();
  const db = path.join(folder, 'a.db');
  writeFileSync(path.join(folder, name), lines.join('\n'));
  return { folder, db, workbench: openWorkbench(db, folder) };
};

it('writes the recipe it proposes, with the order of days that was said, and imports nothing', { timeout: 120_000 }, async () => {
  const lines = [
    'Accounts by owner',
    '',
    'Code,Name,Renewal,Credit limit',
    'A,Apple,01/02/2026,5',
    'B,Berry,03/04/2026,7',
    'Grand total,,,12',
  ];
  const { folder, db, workbench } = open('accounts.csv', ...lines);
  const propose = ['import', 'accounts.csv', '--propose', '--to', 'r.json'] as const;
  const asked = await workbench.run(...propose);
  expect(asked).toMatchObject({ code: 1 });
  expect(asked.err).toMatch(/^workbench: ambiguous: accounts\.csv, column “Renewal”/);
  const told = await workbench.run(...propose, '--dates', 'dmy');
  expect(told).toMatchObject({ code: 0, err: '' });
  expect(told.out).toMatch(/Dry run, nothing was written: 2 new, 0 updated, 0 lost/);
  expect(existsSync(db)).toBe(false);
  const recipe = JSON.parse(readFileSync(path.join(folder, 'r.json'), 'utf8')) as { files: { columns: object }[] };
  expect(recipe.files[0]?.columns).toMatchObject({ Renewal: { field: 'renewal_on', dateOrder: 'dmy' } });
  const done = await workbench.run('import', 'accounts.csv', '--recipe', 'r.json');
  expect(done).toMatchObject({ code: 0, err: '' });
  expect(done.out).toMatch(/Left out as furniture of a report \(1\): row 6 “Grand total · 12”/);
  expect(await workbench.query('SELECT code, renewal_on FROM v_accounts ORDER BY 1')).toEqual([
    { code: 'A', renewal_on: '2026-02-01' },
    { code: 'B', renewal_on: '2026-04-03' },
  ]);
});

it('reads a file in the encoding that is said, with a recipe and without', { timeout: 120_000 }, async () => {
  const { folder, workbench } = open('accounts.csv');
  // “Łódź” in Windows-1250: in Windows-1252 it is “£ódŸ”.
  writeFileSync(path.join(folder, 'accounts.csv'), Buffer.from('436f64652c4e616d650a412ca3f3649f0a', 'hex'));
  const asked = ['import', 'accounts.csv', '--propose'] as const;
  const odd = await workbench.run(...asked, '--encoding', 'klingon');
  expect(odd).toMatchObject({ code: 1, err: 'workbench: bad-recipe: “klingon” is no encoding that is known here\n' });
  expect(await workbench.run(...asked, '--encoding', 'windows-1252')).toMatchObject({ code: 0, err: '' });
  expect(await workbench.query('SELECT name FROM v_accounts')).toEqual([{ name: '£ódŸ' }]);
  const kept = await workbench.run(...asked, '--encoding', 'windows-1250', '--to', 'r.json');
  expect(kept).toMatchObject({ code: 0, err: '' });
  expect(readFileSync(path.join(folder, 'r.json'), 'utf8')).toContain('"encoding": "windows-1250"');
  writeFileSync(
    path.join(folder, 'r.json'),
    readFileSync(path.join(folder, 'r.json'), 'utf8').replace('windows-1250', 'utf-16le'),
  );
  const run = await workbench.run('import', 'accounts.csv', '--recipe', 'r.json', '--encoding', 'windows-1250');
  expect(run).toMatchObject({ code: 0, err: '' });
  expect(await workbench.query('SELECT name FROM v_accounts')).toEqual([{ name: 'Łódź' }]);
  const shown = await workbench.run('inspect', 'accounts.csv', '--encoding', 'windows-1250');
  expect(shown.out).toContain('encoding: windows-1250');
  const nowhere = await workbench.run(...asked, '--to', 'gone/r.json');
  expect(nowhere).toMatchObject({ code: 1 });
  expect(nowhere.err).toContain(`io: There is no folder ${path.join(folder, 'gone')}: make it first`);
});

it('rows whose key stands twice are no success, unless they are left out', { timeout: 120_000 }, async () => {
  const { workbench } = open('accounts.csv', 'Code,Name', 'A,Apple', 'B,Berry', 'A,Apricot');
  const propose = ['import', 'accounts.csv', '--propose'] as const;
  const done = await workbench.run(...propose);
  expect(done).toMatchObject({ code: 1 });
  expect(done.err).toMatch(/^workbench: bad-file: 2 rows were not taken, as their key is not their own/);
  expect(done.out).toContain('“A” stands twice in this file: rows 2 and 4');
  expect(await workbench.query('SELECT code FROM v_accounts')).toEqual([{ code: 'B' }]);
  expect(await workbench.run(...propose, '--leave-errors')).toMatchObject({ code: 0, err: '' });
});

it('says what it cannot know and which option tells it', { timeout: 120_000 }, async () => {
  const { workbench } = open('plain.csv', 'Ann,Smith,London', 'Bob,Jones,Paris');
  const cases: readonly (readonly [string[], RegExp])[] = [
    [['plain.csv', '--propose'], /bad-file: No column of plain\.csv is called like .*--header-row N .*--table NAME/],
    [['plain.csv', '--propose', '--dates', 'us'], /usage: --dates takes dmy, mdy or ymd, not “us”/],
    [['plain.csv', '--propose', '--percents', '5'], /usage: --percents takes fractions .* or whole .*, not “5”/],
    [['plain.csv', '--recipe', 'r.json', '--dates', 'dmy'], /usage: --dates goes with --propose/],
  ];
  for (const [args, says] of cases) {
    const { code, err } = await workbench.run('import', ...args, '--dry-run');
    expect({ args, code }).toEqual({ args, code: 1 });
    expect(err).toMatch(says);
  }
  const told = await workbench.run('import', 'plain.csv', '--propose', '--header-row', '0', '--table', 'contacts', '--dry-run');
  expect(told).toMatchObject({ code: 0 });
  expect(told.out).toMatch(/2 new, 0 updated, 0 lost/);
});

it(
  'asks whether a column of ones is percents or fractions, and takes the answer into the recipe',
  { timeout: 120_000 },
  async () => {
    const { folder, workbench } = open('lines.csv', 'Order No,SKU,Qty,Disc %', 'O-1,A,1,1', 'O-2,B,2,0');
    const propose = ['import', 'lines.csv', '--propose', '--to', 'r.json'] as const;
    expect((await workbench.run(...propose)).err).toMatch(/^workbench: ambiguous: lines\.csv, column “Disc %”/);
    for (const [said, type] of [
      ['whole', 'percent'],
      ['fractions', 'decimal'],
    ] as const) {
      await workbench.run(...propose, '--percents', said);
      const recipe = JSON.parse(readFileSync(path.join(folder, 'r.json'), 'utf8')) as { files: { columns: object }[] };
      expect(recipe.files[0]?.columns).toMatchObject({ 'Disc %': { field: 'discount', type } });
    }
  },
);
