/** A workbook as it is written: what each kind of cell becomes, what a text can never become, and that nothing half is left. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openPart } from '../../electron/engine/files/part.ts';
import type { SheetCell, SheetColumn, SheetRow } from '../../electron/engine/files/sheet.ts';
import { sheetName } from '../../electron/engine/files/xlsx-text.ts';
import { createXlsx, type XlsxOptions } from '../../electron/engine/files/xlsx.ts';
import { makeTemp } from '../setup/temp.ts';
import { readCells, readParts } from './parts.ts';

const column = (header: string, kind: SheetColumn['kind'], more: Partial<SheetColumn> = {}): SheetColumn => ({
  header,
  kind,
  places: 0,
  width: 90,
  sum: null,
  ...more,
});

const row = (cells: readonly SheetCell[], currency: string | null = 'EUR', unit: string | null = 'EA'): SheetRow => ({
  cells,
  currency,
  unit,
});

const write = async (columns: readonly SheetColumn[], rows: readonly SheetRow[], more: Partial<XlsxOptions> = {}) => {
  const file = await createXlsx(path.join(makeTemp(), 'a.xlsx'), {
    columns,
    locale: 'de-DE',
    zone: 'Europe/London',
    created: Date.UTC(2026, 0, 15, 9),
    title: 'Orders',
    author: 'Ann Alder',
    company: 'Alder & Sons',
    ...more,
  });
  await file.write(rows);
  const done = await file.done();
  const parts = readParts(done.path);
  return { ...done, parts, cells: readCells(parts) };
};

const one = async (
  kind: SheetColumn['kind'],
  cell: SheetCell,
  more: Partial<SheetColumn> = {},
  options: Partial<XlsxOptions> = {},
) => {
  const { cells } = await write([column('A', kind, more)], [row([cell])], options);
  const { type, value, format } = cells.get('A2') ?? {};
  return { type, value, format };
};

const text = (value: string) => ({ type: 'text', value, format: '49' });

test.each([
  ['text', '007', text('007')],
  ['integer', '12345', { type: 'number', value: '12345', format: '3' }],
  ['decimal', '12', { type: 'number', value: '12', format: '3' }],
  ['decimal', '12.125', { type: 'number', value: '12.125', format: '#,##0.######' }],
  ['percent', '0.05', { type: 'number', value: '0.05', format: '0.0###%' }],
  ['money', '-1234.50', { type: 'number', value: '-1234.50', format: '#,##0.00\\ "€";-#,##0.00\\ "€"' }],
  ['date', '2026-01-15', { type: 'number', value: '46037', format: 'dd\\.mm\\.yyyy' }],
  ['date', '1900-03-01', { type: 'number', value: '61', format: 'dd\\.mm\\.yyyy' }],
  ['flag', 0, { type: 'flag', value: '0', format: '0' }],
  ['duration', 5_400_000, { type: 'number', value: '0.0625', format: '[h]:mm:ss' }],
  // July in London is an hour ahead.
  ['instant', Date.UTC(2026, 6, 1, 11), { type: 'number', value: '46204.5', format: 'dd\\.mm\\.yyyy\\ hh:mm' }],
] as const)('%s %s', async (kind, cell, wanted) => {
  expect(await one(kind, cell)).toEqual(wanted);
});

test.each([
  ['a day before the calendar of workbooks', 'date', '1900-02-28', '1900-02-28'],
  ['no day', 'date', '2026-02-30', '2026-02-30'],
  ['more digits than a workbook keeps', 'money', '90071992547409.93', '90071992547409.93'],
  ['no number', 'decimal', 'NaN', 'NaN'],
  ['no end', 'decimal', 'Infinity', 'Infinity'],
  ['the hour that comes twice', 'instant', Date.UTC(2026, 9, 25, 1, 30), '2026-10-25T01:30:00.000Z'],
] as const)('%s is text and stays whole', async (_, kind, cell, wanted) => {
  expect(await one(kind, cell)).toEqual(text(wanted));
});

test.each([
  ['en-GB', 'GBP', 'dd\\/mm\\/yyyy', '"£"#,##0.00;-"£"#,##0.00'],
  ['en-US', 'USD', 'mm\\/dd\\/yyyy', '"$"#,##0.00;-"$"#,##0.00'],
  ['ja-JP', 'JPY', 'yyyy\\/mm\\/dd', '"￥"#,##0;-"￥"#,##0'],
  ['sv-SE', 'KWD', 'yyyy\\-mm\\-dd', '#,##0.000\\ "KWD";-#,##0.000\\ "KWD"'],
])('%s has its own dates and amounts', async (locale, currency, days, amounts) => {
  const { cells } = await write([column('Day', 'date'), column('Net', 'money')], [row(['2026-01-15', '1'], currency)], {
    locale,
  });
  expect([cells.get('A2')?.format, cells.get('B2')?.format]).toEqual([days, amounts]);
});

test('totals are formulas over the rows, in one currency or not at all', async () => {
  const columns = [column('No.', 'text'), column('Net', 'money', { sum: 'currency' }), column('Qty', 'decimal', { sum: 'unit' })];
  const same = await write(columns, [
    row(['1', '0.10', '1']),
    row(['2', '0.20', '0.5']),
    row(['3', null, { text: 'x', note: 'n' }]),
  ]);
  expect(['A5', 'B5', 'C5'].map((place) => same.cells.get(place)?.value)).toEqual([
    'Totals',
    'SUBTOTAL(109,B2:B4) = 0.3',
    'SUBTOTAL(109,C2:C4) = 1.5',
  ]);
  expect(same.cells.get('B5')?.format).toContain('€');
  const mixed = await write(columns, [row(['1', '1', '1']), row(['2', '2', '2'], 'USD', 'KG')]);
  expect(mixed.cells.has('A4')).toBe(false);
  expect((await write(columns, [])).cells.has('A2')).toBe(false);
});

test('the head is styled and stays, and the filter covers head and rows but not the totals', async () => {
  const { parts, cells } = await write(
    [column('No.', 'text', { width: 120 }), column('Net', 'money', { sum: 'currency' })],
    [row(['1', '2']), row(['2', '3'])],
  );
  const sheet = parts.get('xl/worksheets/sheet1.xml') ?? '';
  expect(sheet).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>');
  expect(sheet).toContain('<autoFilter ref="A1:B3"/>');
  expect(sheet).toContain('<col min="1" max="1" width="16.43" customWidth="1"/>');
  expect(cells.get('A1')?.style).toMatch(/fontId="1" fillId="2".*horizontal="left"/);
  expect(cells.get('B1')?.style).toContain('horizontal="right"');
  expect(parts.get('xl/workbook.xml')).toContain("'Orders'!$A$1:$B$3");
  expect(parts.get('docProps/core.xml')).toContain('<dc:title>Orders</dc:title><dc:creator>Ann Alder</dc:creator>');
  expect(parts.get('docProps/core.xml')).toContain('2026-01-15T09:00:00Z</dcterms:created>');
  expect(parts.get('docProps/app.xml')).toContain('<Company>Alder &amp; Sons</Company>');
});

test('a cell that could not be used is its text, marked and explained', async () => {
  const { parts, cells } = await write([column('Due', 'date')], [row([{ text: '31 Feb', note: '“31 Feb” is no <day>' }])]);
  expect(cells.get('A2')).toMatchObject({ type: 'text', value: '31 Feb' });
  expect(cells.get('A2')?.style).toContain('fillId="3"');
  expect(parts.get('xl/comments1.xml')).toContain(
    '<comment ref="A2" authorId="0"><text><t xml:space="preserve">“31 Feb” is no &lt;day&gt;',
  );
  expect(parts.get('xl/drawings/vmlDrawing1.vml')).toContain('<x:Row>1</x:Row><x:Column>0</x:Column>');
  expect(parts.get('[Content_Types].xml')).toContain('/xl/comments1.xml');
});

test.each(['=1+1', '+1', '-cmd|calc!A0', '@SUM(A1)', '\t=1', '\r=1'])('%j is text whatever it begins with', async (value) => {
  const { cells, parts } = await write([column('A', 'text')], [row([value])]);
  expect(cells.get('A2')).toMatchObject(text(value));
  expect(cells.get('A2')?.style).toContain('quotePrefix="1"');
  expect(parts.get('xl/worksheets/sheet1.xml')).not.toContain('<f>');
});

test.each([
  '</t></is></c><c r="A3"><f>1+1</f></c>',
  ']]><!--&lt;&amp;',
  '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;',
  '_x0041_ _x005F_x0041_',
  'a\u0000b\u0001c\u001f\ufffe',
  ' two\r\nlines\twith 😀 ',
])('%j is the same text again', async (value) => {
  const { cells } = await write([column(value, 'text')], [row([value])], { title: value, author: value, company: value });
  expect(cells.get('A2')?.value).toBe(value);
  expect(cells.get('A1')?.value).toBe(value);
  expect([...cells.keys()]).toEqual(['A1', 'A2']);
});

test('half a character is replaced: it is no text', async () => {
  expect(await one('text', 'a\ud800b')).toEqual(text('a\ufffdb'));
});

test('a text longer than a cell holds is cut between characters, marked and counted', async () => {
  const long = `${'x'.repeat(32_766)}😀 and more`;
  const { cells, cut, parts } = await write([column('A', 'text')], [row([long]), row(['x'.repeat(32_767)])]);
  expect(cut).toBe(1);
  expect(cells.get('A2')?.value).toBe('x'.repeat(32_766));
  expect(cells.get('A2')?.style).toContain('fillId="3"');
  expect(cells.get('A3')?.value).toHaveLength(32_767);
  expect(parts.get('xl/comments1.xml')).toContain('The first 32767 of 32777 characters');
});

test.each([
  ['Orders: open/late [1]?*\\', 'Orders open late 1'],
  ["'quoted'", 'quoted'],
  ['history', 'Sheet1'],
  ['', 'Sheet1'],
  ['\u0000\u0007', 'Sheet1'],
  ['x'.repeat(40), 'x'.repeat(31)],
  [`${'x'.repeat(30)}😀`, 'x'.repeat(30)],
  ['A & B <C>', 'A & B <C>'],
])('%j is the tab %j', (title, name) => {
  expect(sheetName(title)).toBe(name);
});

test('a file open in Excel is told as busy and kept; a copy goes beside it', async () => {
  const target = path.join(makeTemp(), 'report.xlsx');
  fs.writeFileSync(target, 'old');
  fs.writeFileSync(path.join(path.dirname(target), '~$report.xlsx'), '');
  expect(() => openPart(target)).toThrow(expect.objectContaining({ code: 'io', details: { path: target, busy: true } }));
  const part = openPart(target, 'copy');
  part.append(Buffer.from('new'));
  const copy = part.done();
  expect(path.basename(copy)).toBe('report 2.xlsx');
  expect([fs.readFileSync(target, 'utf8'), fs.readFileSync(copy, 'utf8')]).toEqual(['old', 'new']);
});

test('a file that was dropped leaves no trace, and takes nothing any more', async () => {
  const folder = makeTemp();
  const file = await createXlsx(path.join(folder, 'a.xlsx'), {
    columns: [column('A', 'text')],
    locale: 'en-GB',
    zone: 'UTC',
    created: 0,
    title: '',
    author: '',
    company: '',
  });
  await file.write([row(['x'])]);
  file.drop();
  expect(fs.readdirSync(folder)).toEqual([]);
  await expect(file.done()).rejects.toThrow('closed');
});
