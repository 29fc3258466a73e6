/** How the numbers of a file are read: what proves it, who is asked where nothing does, and what is said of cells in doubt. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { xlsxOf } from '../files/parts.ts';
import { accounts, openDesk, type Entry, type Recipe } from './desk.ts';

describe('numbers of a file', () => {
  const products = (columns: Entry['columns']): Entry => ({
    pattern: '*',
    table: 'products',
    system: 'test.products',
    key: ['SKU'],
    columns: { SKU: { field: 'sku' }, Name: { field: 'name' }, Price: { field: 'list_price' }, ...columns },
  });

  it('a decimal comma is proven by its cells', async () => {
    const desk = openDesk();
    const report = await desk.run('decimal-comma.csv', [products({ Cost: { field: 'cost' } })]);
    expect(report.files[0]?.columns.map(({ evidence }) => evidence?.answer)).toEqual([
      undefined,
      undefined,
      'decimal comma',
      'decimal comma',
    ]);
    expect(await desk.query('SELECT list_price, cost FROM v_products ORDER BY sku')).toEqual([
      { list_price: 1.5, cost: 1234.5 },
      { list_price: 2.25, cost: 0.75 },
    ]);
  });

  it('groups of two, as India writes them', async () => {
    const desk = openDesk();
    expect(await desk.run('lakh.csv', [products({})])).toMatchObject({ lost: 0, files: [{ issues: 0 }] });
    expect(await desk.query('SELECT list_price FROM v_products ORDER BY sku')).toEqual([
      { list_price: 123456.5 },
      { list_price: 1234567 },
    ]);
  });

  const put = (desk: ReturnType<typeof openDesk>, ...lines: readonly string[]): string => {
    const file = path.join(desk.folder, 'p.csv');
    writeFileSync(file, lines.join('\n'));
    return file;
  };

  it('decimals that may be thousands are asked about, in words, with what answers', async () => {
    const desk = openDesk();
    const file = put(desk, 'SKU,Name,Price', 'A,Apple,1.500', 'B,Berry,2.250');
    await expect(desk.run(file, [products({})])).rejects.toMatchObject({
      code: 'ambiguous',
      message:
        'p.csv, column “Price”: “1.500” (row 2), “2.250” (row 3) may be thousands or decimals, and no cell of the column says which. ' +
        'Say which in the recipe, for that column: "decimal": "." (“1.500” is 1.5) or "decimal": "," (“1.500” is 1500).',
      details: { columns: [{ header: 'Price', asks: 'decimal', candidates: [{ value: '.' }, { value: ',' }] }] },
    });
    const [, , price] = (await desk.engine.call('import.inspect', { path: file })).columns;
    expect(price).toMatchObject({ type: { answer: 'decimal', sure: false }, decimal: { answer: 'not sure', sure: false } });
    await desk.run(file, [products({ Price: { field: 'list_price', decimal: ',' } })]);
    expect(await desk.query('SELECT list_price FROM v_products ORDER BY sku')).toEqual([
      { list_price: 1500 },
      { list_price: 2250 },
    ]);
  });

  it('another column of the same file, and the recipe, say how the numbers of all are written', async () => {
    const desk = openDesk();
    const lines = ['SKU,Name,Price,Cost,Stock', 'A,Apple,1.500,"1,25",1.000', 'B,Berry,2.250,"0,5",n/a'];
    const report = await desk.run(put(desk, ...lines), [products({ Cost: { field: 'cost' }, Stock: { custom: 'Stock' } })]);
    expect(report.files[0]?.columns[2]?.evidence).toMatchObject({
      answer: 'decimal comma',
      because: [
        /may be thousands or decimals/,
        /“Cost” of the same file says it, “1,25” \(row 2\), “0,5” \(row 3\): decimal comma/,
      ].map((says) => expect.stringMatching(says) as unknown),
    });
    expect(await desk.query('SELECT list_price, cost FROM v_products ORDER BY sku')).toEqual([
      { list_price: 1500, cost: 1.25 },
      { list_price: 2250, cost: 0.5 },
    ]);
    const other = openDesk();
    await other.run(put(other, 'SKU,Name,Price', 'A,Apple,1.500', 'B,Berry,2.250'), [products({})], {
      defaults: { currency: 'EUR', locale: 'de' },
    });
    expect(await other.query('SELECT list_price FROM v_products ORDER BY sku')).toEqual([
      { list_price: 1500 },
      { list_price: 2250 },
    ]);
  });

  it('columns of one file that do not agree settle nothing', async () => {
    const desk = openDesk();
    const lines = ['SKU,Name,Price,Cost,Weight', 'A,Apple,1.500,"1,25",2.5', 'B,Berry,2.250,"0,5",0.75'];
    const entry = products({ Cost: { field: 'cost' }, Weight: { custom: 'Weight' } });
    await expect(desk.run(put(desk, ...lines), [entry])).rejects.toMatchObject({ code: 'ambiguous' });
  });

  it('an amount has no more decimals than its currency', async () => {
    const desk = openDesk();
    const report = await desk.run(put(desk, 'Code,Name,Limit', 'A,Apple,1.500', 'B,Berry,2.255'), [
      accounts({ Limit: { field: 'credit_limit' } }),
    ]);
    expect(report.files[0]?.columns[2]?.evidence).toMatchObject({ answer: 'decimal comma', sure: true });
    expect(await desk.query('SELECT credit_limit FROM v_accounts ORDER BY code')).toEqual([
      { credit_limit: 1500 },
      { credit_limit: 2255 },
    ]);
  });

  it('a cell that is no number leaves its column what it is', async () => {
    const desk = openDesk();
    const lines = ['SKU,Name,Price,Density', 'A,Apple,1.2.3,n/a', 'B,Berry,2.5,0.5', 'C,Cherry,1.250,1.5'];
    const report = await desk.run(put(desk, ...lines), [products({ Density: { custom: 'Density' } })]);
    expect(report).toMatchObject({ lost: 0, files: [{ issues: 2, issuesByCode: { NUM_PARSE: 2 } }] });
    expect(await desk.query('SELECT list_price, Density FROM v_products ORDER BY sku')).toEqual([
      { list_price: null, Density: null },
      { list_price: 2.5, Density: 0.5 },
      { list_price: 1.25, Density: 1.5 },
    ]);
  });

  const mixed: readonly {
    readonly texts: readonly string[];
    readonly taken: readonly string[];
    readonly marked: readonly (string | null)[];
    readonly type?: 'percent';
  }[] = [
    { texts: ['25%', '0.25', '12'], taken: ['0.25', '0.0025', '0.12'], marked: [null, 'taken as 0.25%', null] },
    { texts: ['25%', '0.25', '0.5'], taken: ['0.25', '0.25', '0.5'], marked: [null, 'taken as 25.0%', 'taken as 50.0%'] },
    { texts: ['0.25', '12', '7'], taken: ['0.0025', '0.12', '0.07'], marked: ['taken as 0.25%', null, null] },
    { texts: ['25%', '1', '2%'], taken: ['0.25', '1', '0.02'], marked: [null, 'taken as 100.0%', null] },
    { texts: ['25%', '1', '2'], taken: ['0.25', '0.01', '0.02'], marked: [null, null, null] },
    { texts: ['25%', '12', '0'], taken: ['0.25', '0.12', '0'], marked: [null, null, null] },
    { texts: ['0.25', '0.5', '0.75'], taken: ['0.25', '0.5', '0.75'], marked: [null, null, null] },
    { texts: ['25%', '0.25', '0.5'], taken: ['0.25', '0.0025', '0.005'], marked: [null, null, null], type: 'percent' },
  ];
  it.each(mixed)(
    'percents $texts: those in doubt are marked with what they were taken as',
    async ({ texts, taken, marked, type }) => {
      const desk = openDesk();
      const lines = texts.map((text, at) => `${at},N,${text}`);
      await desk.run(put(desk, 'Code,Name,Rate', 'Z,Zest,5%'), [accounts({ Rate: { custom: 'Rate' } })]);
      const entry = accounts({ Rate: { custom: 'Rate', ...(type ? { type } : {}) } });
      const file = put(desk, 'Code,Name,Rate', ...lines);
      const recipe: Recipe = { v: 1, name: 'Test', files: [entry] };
      const { check, report } = await desk.engine.call('import.check', { path: file, recipe });
      const { rows } = await desk.engine.call('import.rows', { check, from: 0, count: 9 });
      expect(rows.map(({ cells }) => /taken as .*/.exec(cells[2]?.why ?? '')?.[0] ?? null)).toEqual(marked);
      expect(report.files[0]?.warnings).toBe(marked.filter((one) => one !== null).length);
      await desk.engine.call('import.run', { path: file, recipe });
      const stored = await desk.query('SELECT Rate AS rate FROM v_accounts ORDER BY code');
      expect(stored.map(({ rate }) => String(rate))).toEqual([...taken, '0.05']);
    },
  );

  it.each([[['1', '1']], [['1', '0.5', '1']], [['0.25', '0.5', '1']]])(
    'percents %j are asked for: all of it, or one in a hundred',
    async (texts) => {
      const desk = openDesk();
      const lines = texts.map((text, at) => `${at},N,${text}`);
      await desk.run(put(desk, 'Code,Name,Rate', 'Z,Zest,5%'), [accounts({ Rate: { custom: 'Rate' } })]);
      const file = put(desk, 'Code,Name,Rate', ...lines);
      await expect(desk.run(file, [accounts({ Rate: { custom: 'Rate' } })])).rejects.toMatchObject({
        code: 'ambiguous',
        details: { columns: [{ header: 'Rate', asks: 'type' }] },
      });
    },
  );

  it('thousands that may be decimals are refused until the recipe says', async () => {
    const desk = openDesk();
    await expect(desk.run('thousands.csv', [products({})])).rejects.toMatchObject({
      code: 'ambiguous',
      details: { columns: [{ header: 'Price', asks: 'decimal' }] },
    });
    await desk.run('thousands.csv', [products({ Price: { field: 'list_price', decimal: '.' } })]);
    expect(await desk.query('SELECT list_price FROM v_products ORDER BY sku')).toEqual([
      { list_price: 1234 },
      { list_price: 2500 },
    ]);
  });
});

describe('numbers of a workbook', () => {
  const text = (place: string, value: string): string => `<c r="${place}" t="inlineStr"><is><t>${value}</t></is></c>`;
  const number = (place: string, value: string): string => `<c r="${place}"><v>${value}</v></c>`;
  const sheetOf = (headers: readonly string[], ...rows: readonly (readonly string[])[]): string => {
    const heads = headers.map((header, at) => text(`${'ABCD'[at] ?? ''}1`, header));
    return [heads, ...rows].map((cells, at) => `<row r="${at + 1}">${cells.join('')}</row>`).join('');
  };
  const put = (desk: ReturnType<typeof openDesk>, sheet: string): string => {
    const file = path.join(desk.folder, 'w.xlsx');
    writeFileSync(file, xlsxOf({ S: sheet }));
    return file;
  };

  it('have a point, however the texts around them are written', async () => {
    const desk = openDesk();
    const file = put(
      desk,
      sheetOf(
        ['Code', 'Name', 'A', 'B'],
        [text('A2', 'X'), text('B2', 'Apple'), number('C2', '1.234'), number('D2', '1.234')],
        [text('A3', 'Y'), text('B3', 'Berry'), number('C3', '2.345'), text('D3', '1.500,00')],
        [text('A4', 'Z'), text('B4', 'Cherry'), number('C4', '3.5'), text('D4', '1.500')],
      ),
    );
    const report = await desk.run(file, [accounts({ A: { custom: 'A' }, B: { custom: 'B' } })]);
    expect(report.files[0]?.columns.slice(2).map(({ evidence }) => evidence?.answer)).toEqual([
      'numbers of the workbook',
      'decimal comma',
    ]);
    expect(await desk.query('SELECT A, B FROM v_accounts ORDER BY code')).toEqual([
      { A: 1.234, B: 1.234 },
      { A: 2.345, B: 1500 },
      { A: 3.5, B: 1500 },
    ]);
  });

  it('of too many digits are marked, texts are kept whole, and an apostrophe of a text stays', async () => {
    const desk = openDesk();
    const file = put(
      desk,
      sheetOf(
        ['Code', 'Name', 'Long'],
        [text('A2', 'X'), text('B2', "'=Apple"), number('C2', '12345678901234567')],
        [text('A3', 'Y'), text('B3', "'Berry"), text('C3', '12345678901234567')],
      ),
    );
    const recipe: Recipe = { v: 1, name: 'Test', files: [accounts({ Long: { custom: 'Long' } })] };
    const { check, report } = await desk.engine.call('import.check', { path: file, recipe });
    expect(report.files[0]).toMatchObject({ issues: 0, warnings: 1, issuesByCode: { NUM_CUT: 1 } });
    expect(report.files[0]?.notes.join()).toMatch(/1 number has more than the 15 digits .* \(C2\)/);
    const { rows } = await desk.engine.call('import.rows', { check, from: 0, count: 9 });
    expect(rows.map(({ cells }) => cells[2]?.code)).toEqual(['NUM_CUT', null]);
    await desk.engine.call('import.run', { path: file, recipe });
    expect(await desk.query('SELECT name, Long FROM v_accounts ORDER BY code')).toEqual([
      { name: "'=Apple", Long: '12345678901234567' },
      { name: "'Berry", Long: '12345678901234567' },
    ]);
  });
});
