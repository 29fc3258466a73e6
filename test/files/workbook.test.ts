import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readXlsx, writeXlsx } from 'hucre';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSource } from '../../electron/engine/files/source.ts';
import type { ReadOptions } from '../../electron/engine/files/table.ts';
import { formatOfCode, numberText, plainNumber } from '../../electron/engine/files/workbook-format.ts';
import { readSheet } from '../../electron/engine/files/workbook.ts';
import { judgeColumn } from '../../shared/domain/import/columns.ts';
import { makeTemp } from '../setup/temp.ts';
import { odsOf, oleOf, xlsxOf, xlsxParts, zipOf } from './parts.ts';

const fixtures = resolve(import.meta.dirname, '../fixtures/import');
const breathe = async (): Promise<void> => {};
const readFixture = (name: string, options: ReadOptions = {}) => readSource(join(fixtures, name), options, breathe);
const read = (bytes: Uint8Array, options: ReadOptions = {}, name = 'test.xlsx') => {
  const path = join(makeTemp(), name);
  writeFileSync(path, bytes);
  return readSource(path, options, breathe);
};
/** The cells alone, without a thread. */
const cellsOf = (bytes: Uint8Array): readonly (readonly string[])[] => {
  const rows: (readonly string[])[] = [];
  readSheet(bytes, 'test.xlsx', null, { slice: (slice) => void rows.push(...slice.rows), told: () => {} });
  return rows;
};
const cell = (inside: string): string =>
  `<row r="1"><c r="A1" t="inlineStr"><is><t>H</t></is></c></row><row r="2">${inside}</row>`;

const kinds = {
  headers: ['Code', 'Name', 'Day', 'Pct', 'Zip', 'Flag', 'Long', 'Err', 'Time', 'Leap', 'F'],
  rows: [
    [
      '007',
      'Königlich & <b>',
      '2021-01-01T12:00',
      '7.5%',
      '00123',
      'TRUE',
      '001Ec00000GGw3iIAD',
      '#N/A',
      '12:00',
      '1900-02-29',
      '2',
    ],
    ['008', 'line\nbreak  ', '2021-01-02', '5%', '98765', 'FALSE', '123456789012345678', '0.3', '42:00', '1900-03-01', 'ab'],
    ['=1+1', "'q", '1900-01-01', '100%', '00005', 'TRUE', '1.10', '123000000000000000000', '06:00', '1900-02-28'],
  ],
};

describe('every kind of workbook gives the same cells', () => {
  it.each(['kinds.xlsx', 'kinds.xls', 'kinds.xlsb', 'kinds-2003.xls'])('%s', async (file) => {
    const table = await readFixture(file);
    expect(table).toMatchObject({ kind: 'workbook', sheet: 'Data', ...kinds, numbers: [2, 3, 4], notes: [] });
    expect(table.sheets).toEqual([
      { name: 'Data', rows: 4, hidden: false },
      { name: 'Secret', rows: 2, hidden: true },
    ]);
  });

  it('days count from 1904 where the file says so', async () => {
    const { rows } = await readFixture('kinds-1904.xls');
    expect(rows.map((row) => row[2])).toEqual(['2025-01-02T12:00', '2025-01-03', '1904-01-02']);
  });

  it('a page with a table that is called .xls is read as one', async () => {
    const table = await readFixture('page.xls');
    expect(table.headers).toEqual(kinds.headers);
    expect(table.rows.map((row) => row.slice(0, 2))).toEqual(kinds.rows.map((row) => [row[0], row[1]?.trim()]));
  });

  it('a chosen sheet, hidden or not; its name more loosely; one that is not there', async () => {
    expect(await readFixture('kinds.xlsx', { sheet: 'Secret' })).toMatchObject({ headers: ['a', 'b'], rows: [['1', '2']] });
    expect(await readFixture('kinds.xls', { sheet: ' secret' })).toMatchObject({ sheet: 'Secret' });
    await expect(readFixture('kinds.xlsx', { sheet: 'None' })).rejects.toMatchObject({
      code: 'bad-file',
      message: expect.stringContaining('no sheet “None”. Its sheets are “Data”, “Secret”') as unknown,
    });
  });
});

describe('a cell of an .xlsx', () => {
  const formats = ['00000', '0.0%', 'yyyy-mm-dd', 'h:mm', '[h]:mm', '000-00-0000', '"INV-"0000', '#,##0.00', '@'];
  it.each([
    { name: 'a code by its format', xml: '<c r="A2" s="1"><v>123</v></c>', is: '00123' },
    { name: 'a code with signs', xml: '<c r="A2" s="6"><v>12345678</v></c>', is: '012-34-5678' },
    { name: 'a code with a word', xml: '<c r="A2" s="7"><v>42</v></c>', is: 'INV-0042' },
    { name: 'a percent', xml: '<c r="A2" s="2"><v>7.4999999999999997E-2</v></c>', is: '7.5%' },
    { name: 'a day', xml: '<c r="A2" s="3"><v>44197</v></c>', is: '2021-01-01' },
    { name: 'a day that was none', xml: '<c r="A2" s="3"><v>60</v></c>', is: '1900-02-29' },
    {
      name: 'a moment without the noise of a float',
      xml: '<c r="A2" s="3"><v>44927.520833333336</v></c>',
      is: '2023-01-01T12:30',
    },
    { name: 'a time', xml: '<c r="A2" s="4"><v>0.60416666666666663</v></c>', is: '14:30' },
    { name: 'a length of time', xml: '<c r="A2" s="5"><v>1.5</v></c>', is: '36:00' },
    { name: 'a number without its format', xml: '<c r="A2" s="8"><v>1234.5</v></c>', is: '1234.5' },
    { name: 'the noise of a float', xml: '<c r="A2"><v>0.30000000000000004</v></c>', is: '0.3' },
    { name: 'a long number', xml: '<c r="A2"><v>1.23456789012345E+17</v></c>', is: '123456789012345000' },
    { name: 'a long number with all its digits', xml: '<c r="A2"><v>123456789012345678</v></c>', is: '123456789012345678' },
    { name: 'a small number', xml: '<c r="A2"><v>1E-7</v></c>', is: '0.0000001' },
    { name: 'a flag', xml: '<c r="A2" t="b"><v>0</v></c>', is: 'FALSE' },
    { name: 'an error', xml: '<c r="A2" t="e"><v>#DIV/0!</v></c>', is: '#DIV/0!' },
    { name: 'a day as text of the format', xml: '<c r="A2" t="d"><v>2024-02-29T00:00:00.000</v></c>', is: '2024-02-29' },
    { name: 'a formula by its result', xml: '<c r="A2"><f>1+1</f><v>2</v></c>', is: '2' },
    { name: 'a formula whose result is a text', xml: '<c r="A2" t="str"><f>"a"&amp;"b"</f><v>ab</v></c>', is: 'ab' },
    {
      name: 'runs of type as one text',
      xml: '<c r="A2" t="inlineStr"><is><r><t>a</t></r><r><t xml:space="preserve"> b</t></r><rPh><t>no</t></rPh></is></c>',
      is: 'a b',
    },
    {
      name: 'white space and breaks',
      xml: '<c r="A2" t="inlineStr"><is><t xml:space="preserve"> a\nb_x000D__x005F_x0041_ </t></is></c>',
      is: ' a\nb\r_x0041_ ',
    },
    {
      name: 'signs of XML, marks and emoji',
      xml: '<c r="A2" t="inlineStr"><is><t>&lt;b&gt; &amp;amp; &#233;&#x1F600; <![CDATA[<x>]]></t></is></c>',
      is: '<b> &amp; é😀 <x>',
    },
    { name: 'a text with an apostrophe in front', xml: '<c r="A2" t="inlineStr"><is><t>\'=1+1</t></is></c>', is: "'=1+1" },
    { name: 'a text that looks like a formula', xml: '<c r="A2" t="inlineStr"><is><t>=1+1</t></is></c>', is: '=1+1' },
    { name: 'names with a prefix, no place, other quotes', xml: "<x:c t='str' ><x:v>ok</x:v></x:c>", is: 'ok' },
  ])('$name', ({ xml, is }) => {
    expect(cellsOf(xlsxOf({ S: cell(xml) }, { formats }))).toEqual([['H'], [is]]);
  });

  it('numbers of more digits than a workbook keeps are said, texts of as many are whole', async () => {
    const rows =
      '<c r="A2"><v>12345678901234567</v></c><c r="B2" t="inlineStr"><is><t>12345678901234567</t></is></c></row>' +
      '<row r="3"><c r="A3"><v>1.23456789012345E+17</v></c></row><row r="4"><c r="A4"><v>1.5E+18</v></c><c r="B4"><v>1.25</v></c>';
    const table = await read(xlsxOf({ S: cell(rows) }), { headerRow: 1 });
    expect(table.rows[0]?.[1]).toBe('12345678901234567');
    expect(table.notes).toEqual([
      '2 numbers have more than the 15 digits that a workbook keeps of a number: the last ones may be wrong (A2, A3). Codes are kept whole where they are text',
    ]);
    const isNumber = [2, 3, 4].map((row) => [0, 1].map((column) => table.isNumber?.(row, column)));
    expect(isNumber).toEqual([
      [true, false],
      [true, false],
      [false, true],
    ]);
  });

  it('a formula without a result stands for itself, and is said', async () => {
    const rows =
      '<c r="A2"><f>SUM(B1:B9)</f></c><c r="B2"><f t="shared" ref="B2:B3" si="0">A2*2</f><v></v></c></row><row r="3"><c r="B3"><f t="shared" si="0"/><v/></c>';
    const table = await read(xlsxOf({ S: cell(rows) }));
    expect(table.rows).toEqual([
      ['=SUM(B1:B9)', '=A2*2'],
      ['', '=A2*2'],
    ]);
    expect(table.notes.join()).toMatch(/3 formulas have no result in the file \(A2, B2, B3\)/);
  });

  it('shared texts, blank rows and sheets that are empty or charts', async () => {
    const strings = '<si><t>Head</t></si><si><r><t>one</t></r><r><t> two</t></r><rPh sb="0" eb="1"><t>x</t></rPh></si><si/>';
    const rows =
      '<row r="3"><c r="B3" t="s"><v>0</v></c></row><row r="7"><c r="B7" t="s"><v>1</v></c><c r="C7" t="s"><v>2</v></c></row>';
    const table = await read(xlsxOf({ Empty: '', S: rows }, { strings }));
    expect(table).toMatchObject({ sheet: 'S', headers: ['#1', 'Head'], rows: [['', 'one two']], numbers: [7] });
    expect(table.top.length).toBe(7);
  });

  it('a merged cell keeps its value at the top left, and two header rows become one name each', async () => {
    const text = (at: string, value: string): string => `<c r="${at}" t="inlineStr"><is><t>${value}</t></is></c>`;
    const rows = [
      `<row r="1">${text('A1', 'Name')}${text('B1', 'First half')}<c r="C1"/>${text('D1', 'Second half')}<c r="E1"/></row>`,
      `<row r="2"><c r="A2"/>${text('B2', 'Qty')}${text('C2', 'Net')}${text('D2', 'Qty')}${text('E2', 'Net')}</row>`,
      `<row r="3">${text('A3', 'Alpha')}<c r="B3"><v>1</v></c><c r="C3"><v>2</v></c><c r="D3"><v>3</v></c><c r="E3"><v>4</v></c></row>`,
    ];
    const table = await read(xlsxOf({ S: rows.join('') }));
    expect(table.headers).toEqual(['Name', 'First half Qty', 'First half Net', 'Second half Qty', 'Second half Net']);
    expect(table.rows).toEqual([['Alpha', '1', '2', '3', '4']]);
  });

  it('a date cell is a date without doubt, and a code is text', () => {
    const rows = '<c r="A2" s="3"><v>44198</v></c><c r="B2" s="1"><v>12</v></c><c r="C2" s="2"><v>0.05</v></c>';
    const [, row = []] = cellsOf(xlsxOf({ S: cell(rows) }, { formats }));
    const types = row.map((text) => judgeColumn([{ row: 2, text }], 2026).type);
    expect(types.map(({ type, sure }) => [type, sure])).toEqual([
      ['date', true],
      ['text', true],
      ['percent', true],
    ]);
  });
});

describe('OpenDocument', () => {
  const text = (value: string): string =>
    `<table:table-cell office:value-type="string"><text:p>${value}</text:p></table:table-cell>`;
  const of = (type: string, attributes: string, shown: string): string =>
    `<table:table-cell office:value-type="${type}" ${attributes}><text:p>${shown}</text:p></table:table-cell>`;

  it('values by their type, codes as they are shown, repeats, breaks, notes aside', async () => {
    const rows = [
      `<table:table-row>${text('Code')}${text('Rest')}</table:table-row>`,
      `<table:table-row>${of('float', 'office:value="7"', '007')}${of('percentage', 'office:value="0.075"', '8%')}${of('date', 'office:date-value="2024-02-29"', '29/02/24')}${of('time', 'office:time-value="PT36H30M00S"', '36:30')}${of('boolean', 'office:boolean-value="true"', 'WAHR')}${of('currency', 'office:value="1234.5"', '€ 1.234,50')}</table:table-row>`,
      `<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2" office:value-type="string"><office:annotation><text:p>aside</text:p></office:annotation><text:p>a<text:s text:c="2"/>b</text:p><text:p>c<text:line-break/>d &amp; <text:span>e</text:span></text:p></table:table-cell></table:table-row>`,
      `<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>`,
    ];
    const hidden =
      '<style:style style:name="h" style:family="table"><style:table-properties table:display="false"/></style:style>';
    const old =
      '<table:tracked-changes><table:table-cell office:value-type="string"><text:p>old</text:p></table:table-cell></table:tracked-changes>';
    const tables = `${old}<table:table table:name="Gone" table:style-name="h"><table:table-row>${text('x')}</table:table-row></table:table><table:table table:name="Here">${rows.join('')}</table:table>`;
    const table = await read(odsOf(tables, hidden), {}, 'test.ods');
    expect(table.sheets).toEqual([
      { name: 'Gone', rows: 1, hidden: true },
      { name: 'Here', rows: 4, hidden: false },
    ]);
    expect(table).toMatchObject({ sheet: 'Here', headers: ['Code', 'Rest', '#3', '#4', '#5', '#6'] });
    const broken = 'a  b\nc\nd & e';
    expect(table.rows).toEqual([
      ['007', '7.5%', '2024-02-29', '36:30', 'TRUE', '1234.5'],
      [broken, broken],
      [broken, broken],
    ]);
  });
});

describe('what is no workbook, or cannot be read, is said in words', () => {
  const locked = { name: 'xl/workbook.xml', data: '<workbook/>', flags: 1 };
  it.each([
    { name: 'a workbook with a password', bytes: oleOf('EncryptedPackage'), says: /protected by a password/ },
    { name: 'another Office document', bytes: oleOf('WordDocument'), says: /no workbook/ },
    { name: 'a Word document', bytes: zipOf([{ name: 'word/document.xml', data: '<w/>' }]), says: /a Word document/ },
    { name: 'an archive', bytes: zipOf([{ name: 'a.csv', data: 'a,b' }]), says: /a zip archive without a workbook/ },
    { name: 'an archive with a password', bytes: zipOf([locked]), says: /protected by a password/ },
    {
      name: 'a file that was cut off',
      bytes: xlsxOf({ S: cell('<c r="A2"><v>1</v></c>') }).subarray(0, 600),
      says: /damaged or incomplete/,
    },
    {
      name: 'a page to sign in',
      bytes: Buffer.from('<!DOCTYPE html><html><body>Sign in</body></html>'),
      says: /web page without a table/,
    },
    { name: 'a web archive', bytes: Buffer.from('MIME-Version: 1.0\nContent-Type: multipart/related'), says: /web archive/ },
    { name: 'other XML', bytes: Buffer.from('<?xml version="1.0"?><orders/>'), says: /no workbook that is known here/ },
    { name: 'a workbook of Excel 4', bytes: Buffer.from('09040600000010000000', 'hex'), says: /older than Excel 97/ },
  ])('$name', ({ bytes, says }) => {
    expect(() => cellsOf(bytes)).toThrow(
      expect.objectContaining({ code: 'bad-file', message: expect.stringMatching(says) as unknown }),
    );
  });

  it('JSON, and a workbook without cells', async () => {
    await expect(read(Buffer.from('[{"a": 1}]'))).rejects.toMatchObject({
      code: 'bad-file',
      message: 'test.xlsx is JSON: export it as CSV or as a workbook',
    });
    await expect(read(xlsxOf({ S: '' }))).rejects.toMatchObject({ code: 'bad-file', message: 'test.xlsx, sheet “S” is empty' });
  });

  it('text that begins with < is text', async () => {
    expect(await read(Buffer.from('<a>,b\n1,2\n'), {}, 'x.csv')).toMatchObject({ kind: 'text', headers: ['<a>', 'b'] });
  });
});

describe('against the library', () => {
  it('any workbook it writes reads back as it reads it', async () => {
    const text = fc
      .string({ unit: fc.constantFrom(...Array.from('abé1 <&>"\'=_xA\n😀')), maxLength: 8 })
      .filter((one) => one.trim() !== '');
    const value = fc.oneof(text, fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.boolean(), fc.constant(null));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(value, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 6 }),
        async (rows) => {
          const bytes = await writeXlsx({ sheets: [{ name: 'S', rows: [['A', 'B', 'C'], ...rows] }] });
          const [sheet] = (await readXlsx(bytes)).sheets;
          const shown = (one: string | number | boolean | Date | null | undefined): string =>
            one === null || one === undefined
              ? ''
              : typeof one === 'boolean'
                ? String(one).toUpperCase()
                : one instanceof Date
                  ? one.toISOString()
                  : String(one);
          const expected = (sheet?.rows ?? []).slice(1).map((row) => Array.from({ length: 3 }, (_, at) => shown(row[at])));
          const filled = cellsOf(bytes)
            .slice(1)
            .map((row) => Array.from({ length: 3 }, (_, at) => row[at] ?? ''));
          expect(filled).toEqual(expected.filter((row) => row.some((one) => one !== '')));
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('numbers as text', () => {
  it('any number comes back as itself', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }), (value) => {
        const text = plainNumber(String(value));
        expect(text).toMatch(/^-?\d+(\.\d*[1-9])?$/);
        expect(Number(text)).toBe(Number(value.toPrecision(15)) + 0);
      }),
    );
  });

  it.each([
    ['General', '0.5', '0.5'],
    ['[Red]0.00;[Blue]-0.00', '0.5', '0.5'],
    ['"day "0', '5', '5'],
    ['[$-F800]dddd, mmmm dd, yyyy', '44197', '2021-01-01'],
    ['mmm-yy', '44197', '2021-01-01'],
    ['mm:ss', '0.5', '12:00'],
    ['h:mm AM/PM', '0.75', '18:00'],
    ['0.00E+00', '123', '123'],
    ['yyyy', '-5', '-5'],
    ['d/m/yyyy', '0', '1900-01-00'],
    ['00000', '123456', '123456'],
    ['00000', '-5', '-5'],
    ['00000', '1.5', '1.5'],
  ])('%s shows %s as %s', (code, raw, is) => expect(numberText(raw, formatOfCode(code), false)).toBe(is));
});

it('a workbook is read as far as a cancel lets it', async () => {
  const rows = Array.from({ length: 3000 }, (_, at) => `<row r="${at + 1}">${'<c><v>1</v></c>'.repeat(20)}</row>`).join('');
  const path = join(makeTemp(), 'long.xlsx');
  writeFileSync(path, zipOf(xlsxParts({ S: rows })));
  const stop = new Error('stopped');
  await expect(readSource(path, {}, () => Promise.reject(stop))).rejects.toBe(stop);
});

describe('what a person does not see in a workbook', () => {
  const seen = [
    'Hidden in the workbook, and read like the others: 1 row (3) and 1 column (B)',
    expect.stringMatching(/^1 merged cell stands for several rows \(A2\)/),
  ];

  it('hidden rows and columns are read, and named; so are cells merged down', async () => {
    const text = (at: string, words: string): string => `<c r="${at}" t="inlineStr"><is><t>${words}</t></is></c>`;
    const sheet = [
      '<cols><col min="2" max="2" hidden="1"/><col min="4" max="16384" hidden="true"/></cols>',
      `<row r="1">${text('A1', 'Account')}${text('B1', 'City')}${text('C1', 'Note')}</row>`,
      `<row r="2">${text('A2', 'Alpha')}${text('B2', 'Oslo')}</row>`,
      `<row r="3" hidden="1">${text('B3', 'Bergen')}</row>`,
      `<row r="4">${text('A4', 'Beta')}${text('B4', 'Rome')}</row>`,
      '<row r="5" hidden="1"></row>',
      '<mergeCells><mergeCell ref="A2:A3"/><mergeCell ref="A4:B4"/></mergeCells>',
    ].join('');
    const { notes, rows } = await read(xlsxOf({ S: sheet }));
    expect(rows).toHaveLength(3);
    expect(notes).toEqual(seen);
  });

  it('in an ODS too', async () => {
    const of = (words: string, more = ''): string =>
      `<table:table-cell office:value-type="string"${more}><text:p>${words}</text:p></table:table-cell>`;
    const row = (inner: string, more = ''): string => `<table:table-row${more}>${inner}</table:table-row>`;
    const inner = [
      '<table:table-column/><table:table-column table:visibility="collapse"/>',
      row(of('Account') + of('City')),
      row(of('Alpha', ' table:number-rows-spanned="2"') + of('Oslo')),
      row(`<table:covered-table-cell/>${of('Bergen')}`, ' table:visibility="filter"'),
    ].join('');
    const { notes } = await read(odsOf(`<table:table table:name="S">${inner}</table:table>`), {}, 'test.ods');
    expect(notes).toEqual(seen);
  });
});
