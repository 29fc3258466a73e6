/** What is proposed for a file: its table, its columns by name and by what they hold, what tells its rows apart. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchColumns, type Target } from '../../shared/domain/import/match.ts';
import { createNearWords, likeness } from '../../shared/domain/near.ts';
import { accounts, openDesk, type Desk, type Recipe } from './desk.ts';

const target = (key: string, kind: Target['kind'], aliases: readonly string[] = [], more: Partial<Target> = {}): Target => ({
  key,
  label: `${key.slice(0, 1).toUpperCase()}${key.slice(1)}`,
  kind,
  aliases,
  ...more,
});
const TARGETS: readonly Target[] = [
  target('code', 'text', ['customer id'], { isCode: true }),
  target('name', 'text', ['company']),
  target('renewal', 'date'),
  target('limit', 'money', ['credit limit']),
  target('status', 'choice', [], { choices: [{ key: 'active', label: 'Active' }] }),
  target('phones', 'list', ['phone', 'fax']),
  target('owner', 'link', ['sales rep']),
];
const match = (...columns: readonly (readonly [header: string, ...samples: string[]])[]) =>
  matchColumns(
    columns.map(([header, ...samples]) => ({ header, samples })),
    TARGETS,
    { words: ['Account', 'Accounts'] },
  );

describe('columns and fields', () => {
  it.each([
    [['Name', 'x'], 'name', 'name'],
    [[' COMPANY ', 'x'], 'name', 'alias'],
    [['customer_id', 'A1'], 'code', 'alias'],
    [['Account name', 'x'], 'name', 'alias'],
    [['Custmer ID', 'A1', 'A2'], 'code', 'near'],
    [['Renewal', '2026-01-01'], 'renewal', 'name'],
    [['Shoe size', '42'], null, 'none'],
    [['Renewal', ' '], null, 'none'],
  ] as const)('%j goes to %s by %s', (column, field, how) => {
    expect(match([...column] as [string, ...string[]])[0]).toMatchObject({ field, how });
  });

  it('a column of dates is no amount, and it is said', () => {
    const [met] = match(['Limit', '2026-01-01', '2026-02-01']);
    expect(met).toMatchObject({ field: null, others: ['limit'] });
    expect(met?.because).toBe('Called like Limit, but its cells are dates: “2026-01-01”');
  });

  it('one field takes one column, the better one; a list takes several', () => {
    const [company, name] = match(['Company', 'x'], ['Name', 'x']);
    expect([company?.field, name?.field]).toEqual([null, 'name']);
    expect(company?.because).toBe('Could be Name, but “Name” is nearer to it');
    expect(match(['Phone', '1'], ['Fax', '2']).map(({ field }) => field)).toEqual(['phones', 'phones']);
  });

  it('no two columns get one field, whatever they are called', () => {
    const words = fc.constantFrom('Name', 'Company', 'Account', 'Renewal date', 'Limit', 'Code', 'Owner', 'Sales rep', 'Id', 'x');
    const column = fc.tuple(fc.array(words, { minLength: 1, maxLength: 2 }), fc.constantFrom('1', '2026-01-01', 'Apple', 'yes'));
    fc.assert(
      fc.property(fc.array(column, { maxLength: 12 }), (columns) => {
        const met = match(...columns.map(([header, sample]): [string, string] => [header.join(' '), sample]));
        const fields = met.map(({ field }) => field).filter((field) => field !== null && field !== 'phones');
        expect(new Set(fields).size).toBe(fields.length);
      }),
    );
  });
});

describe('words that come near', () => {
  const words = createNearWords(['00388', '00407', 'GTX Pro', 'GTX Basic', 'Königlich Essen']);
  it.each([
    ['0388', '00388'],
    ['GTXPro', 'GTX Pro'],
    ['Koniglich Esen', 'Königlich Essen'],
    ['407', '00407'],
  ])('%s: %s', (text, near) => expect(words.find(text, 2)[0]).toBe(near));
  it('nothing near is nothing', () => expect(words.find('zzzz', 2)).toEqual([]));
  it('likeness is of both alike', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (a, b) => Math.abs(likeness(a, b) - likeness(b, a)) < 1e-9));
  });
});

const put = (desk: Desk, name: string, ...lines: readonly string[]): string => {
  const file = path.join(desk.folder, name);
  writeFileSync(file, lines.join('\n'));
  return file;
};

describe('a proposal', () => {
  it('knows the table by its headers, the key by its code, links by what is here', async () => {
    const desk = openDesk();
    const file = put(desk, 'a.csv', 'Code,Name', 'HARB,Harbour Foods', 'COLD,Cold Store');
    await desk.engine.call('import.run', { path: file, recipe: { v: 1, name: 'T', files: [accounts()] } });
    const found = await desk.engine.call('import.propose', {
      path: put(desk, 'open.csv', 'Order No,Customer,Required Date,Batch,Empty', '1,HARB,2026-01-01,x,', '2,COLD,2026-01-02,y,'),
    });
    expect(found.table).toMatchObject({ answer: 'Orders', sure: true });
    expect(found.recipe.files[0]).toMatchObject({
      table: 'orders',
      key: ['Order No'],
      columns: {
        'Order No': { field: 'number' },
        Customer: { field: 'account_id', lookup: { table: 'accounts', by: 'code' } },
        'Required Date': { field: 'requested' },
        Batch: { custom: 'Batch' },
        Empty: { ignore: true },
      },
    });
    const named = put(desk, 'named.csv', 'Order No,Customer', '1,Harbour Foods', '2,Cold Store');
    const byName = await desk.engine.call('import.propose', { path: named });
    expect(byName.recipe.files[0]?.columns['Customer']).toMatchObject({ lookup: { by: 'name' } });
  });

  it.each([
    ['list.csv', 'Code,Name,City', 'Accounts', false],
    ['list.csv', 'Name,City,Country', 'Accounts', false],
    ['people.csv', 'Code,Name,City', 'People', true],
    ['carriers.csv', 'Code,Name,City', 'Partners', true],
    ['Customers.csv', 'Code,Name,City', 'Accounts', true],
    ['list.csv', 'Code,Name,City,Job title', 'People', false],
  ])('%s of %s: %s, sure: %s', async (file, header, answer, sure) => {
    const desk = openDesk();
    const at = put(desk, file, header, header.replaceAll(/[^,]+/g, 'x'));
    expect((await desk.engine.call('import.propose', { path: at })).table).toMatchObject({ answer, sure });
  });

  it('takes the id of another system for the key, and finds links to it later', async () => {
    const desk = openDesk();
    const first = put(desk, 'Account.csv', 'Id,Name', '001A0000012abcdEFG,Apple', '001A0000012abcdEFH,Berry');
    const one = await desk.engine.call('import.propose', { path: first });
    expect(one.recipe.files[0]).toMatchObject({ table: 'accounts', key: ['Id'], columns: { Id: { ignore: true } } });
    await desk.engine.call('import.run', { path: first, recipe: one.recipe });
    const second = put(desk, 'Contact.csv', 'Id,AccountId,Name', '003x,001A0000012abcdEFG,Ann', '003y,001A0000012abcdEFH,Bob');
    const other = await desk.engine.call('import.propose', { path: second });
    expect(other.recipe.files[0]).toMatchObject({
      table: 'contacts',
      columns: { AccountId: { field: 'party', lookup: { table: 'accounts', by: 'key', system: 'file.accounts.id' } } },
    });
    const report = await desk.engine.call('import.run', { path: second, recipe: other.recipe });
    expect(report).toMatchObject({ lost: 0, files: [{ added: 2, issues: 0 }] });
  });

  it('is the recipe that was kept for such headers, with what it does not know added', async () => {
    const desk = openDesk();
    const recipe: Recipe = { v: 1, name: 'Weekly', files: [accounts({}, { pattern: 'week-1.csv' })] };
    const { id } = await desk.engine.call('import.keep', { recipe });
    const found = await desk.engine.call('import.propose', {
      path: put(desk, 'week-2.csv', 'Code,Name,Shoe size', 'A,Apple,42'),
    });
    expect(found).toMatchObject({
      saved: id,
      columns: [{ how: 'recipe' }, { how: 'recipe' }, { how: 'none' }],
      recipes: [{ name: 'Weekly', known: 2, of: 2 }],
      recipe: { files: [{ pattern: '*', columns: { 'Shoe size': { custom: 'Shoe size' } } }] },
    });
    expect((await desk.engine.call('import.recipes', {})).recipes.map(({ name }) => name)).toEqual(['Weekly']);
    await desk.engine.call('import.keep', { id, recipe: { ...recipe, name: 'Every week' } });
    expect((await desk.engine.call('import.recipes', {})).recipes.map(({ name }) => name)).toEqual(['Every week']);
    await desk.engine.call('import.keep', { id, recipe: null });
    expect((await desk.engine.call('import.recipes', {})).recipes).toEqual([]);
    expect((await desk.engine.call('undo.undo', {})).step?.label).toBe('Remove recipe Every week');
    expect((await desk.engine.call('import.recipes', {})).recipes).toHaveLength(1);
  });
});

describe('records that were here before', () => {
  it('are found by their code, and take what the file says of them', async () => {
    const desk = openDesk();
    const id = '01900000-0000-7000-8000-0000000000aa';
    const patch = { kind: 'insert', table: 'accounts', id, values: { code: 'A', name: 'Appel' } } as const;
    await desk.engine.call('records.apply', { patches: [patch], label: 'New account' });
    const file = put(desk, 'a.csv', 'Code,Name', 'A,Apple', 'B,Berry');
    const recipe: Recipe = { v: 1, name: 'T', files: [accounts()] };
    const answer = await desk.engine.call('import.check', { path: file, recipe });
    expect(answer.results).toMatchObject({ new: 1, update: 1 });
    const { rows } = await desk.engine.call('import.rows', { check: answer.check, from: 0, count: 9 });
    expect(rows[0]?.cells[1]).toMatchObject({ old: 'Appel', text: 'Apple' });
    await desk.engine.call('import.run', { path: file, recipe });
    expect(await desk.query('SELECT code, name FROM v_accounts ORDER BY 1')).toEqual([
      { code: 'A', name: 'Apple' },
      { code: 'B', name: 'Berry' },
    ]);
  });
});

describe('what is said of a file in numbers', () => {
  const inFile = async (...lines: readonly string[]) => {
    const desk = openDesk();
    const file = path.join(desk.folder, 'f.csv');
    writeFileSync(file, lines.join('\n'));
    const { headerRow, delimiter } = await desk.engine.call('import.inspect', { path: file });
    const { table, recipe } = await desk.engine.call('import.propose', { path: file });
    const columns = recipe.files[0]?.columns ?? {};
    return { headerRow, delimiter, table, fields: Object.values(columns).filter(({ field }) => field !== undefined).length };
  };

  it('a header names no more columns than there are', async () => {
    const heads = Array.from({ length: 30 }, (_, at) => `Word ${'abcdefghijklmnopqrstuvwxyz'[at] ?? 'zz'}`).join(',');
    const { headerRow } = await inFile(heads, `x,y,z${','.repeat(27)}`, `u,v,w${','.repeat(27)}`);
    expect(headerRow.because[0]).toBe('row 1 is the first with 30 names, all of them words');
  });

  it('the columns that are fields are those of the proposal', async () => {
    const ids = (last: string): string => `001Ec00000GGw3i${last}`;
    const lines = [`A,Apple,${ids('IAD')},a@b.c`, `B,Berry,${ids('IAE')},b@b.c`, `C,Cherry,${ids('IAF')},c@b.c`];
    const { table, fields, delimiter } = await inFile('Code,Account name,Owner,Website', ...lines);
    expect(table.because[0]).toMatch(new RegExp(`^${fields} of 4 columns are fields of Accounts$`));
    expect(delimiter.because).toEqual(['every row has 4 columns with comma']);
  });
});
