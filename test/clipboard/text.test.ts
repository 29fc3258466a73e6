/** Writing and reading back is the identity; what is no table, or hostile, is read as it stands and in time. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readShape } from '../../shared/domain/clipboard/html.ts';
import { readPasted, transpose } from '../../shared/domain/clipboard/read.ts';
import { splitTsv, writeTsv } from '../../shared/domain/clipboard/tsv.ts';
import { writeCopied } from '../../shared/domain/clipboard/write.ts';

const cell = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(
    '',
    '"',
    '""',
    '\t',
    '\n',
    '\r\n',
    '\r',
    '"a',
    'a"',
    '"a"',
    "'=1",
    '=1+1',
    '-5',
    '@x',
    '<br>',
    '<td>',
    '</table>',
  ),
);
const table = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 5 }))
  .chain(([rows, cols]) => fc.array(fc.array(cell, { minLength: cols, maxLength: cols }), { minLength: rows, maxLength: rows }));

describe('written, then read', () => {
  test('by text alone every table comes back', () => {
    fc.assert(
      fc.property(table, (rows) => {
        expect(readPasted(writeTsv(rows)).rows).toEqual(rows);
      }),
    );
  });

  test('with its HTML every table comes back, guards and all', () => {
    fc.assert(
      fc.property(table, fc.boolean(), (rows, isText) => {
        const columns = (rows[0] ?? []).map((_, at) => ({ header: `c${at}`, isText }));
        const { text, html } = writeCopied(rows, columns);
        expect(readPasted(text, html)).toEqual({ rows, columns: columns.length, covered: 0 });
      }),
    );
  });

  test('text that a spreadsheet would run is guarded, numbers are not', () => {
    const columns = [
      { header: '=x', isText: true },
      { header: 'Qty', isText: false },
    ];
    const { text, html } = writeCopied(
      [
        ['=cmd()', '-12,5'],
        ['00123', '=1'],
        ['-1,5', '3'],
      ],
      columns,
      true,
    );
    expect(text).toBe("'=x\tQty\r\n'=cmd()\t-12,5\r\n00123\t'=1\r\n'-1,5\t3\r\n");
    expect(html).toContain(`<td style="mso-number-format:'\\@'">00123</td><td>'=1</td>`);
    expect(html).not.toContain('>=');
  });

  test('turning twice is turning back', () => {
    fc.assert(
      fc.property(table, (rows) => {
        const block = readPasted(writeTsv(rows));
        expect(transpose(transpose(block))).toEqual(block);
      }),
    );
  });
});

describe('text that is odd', () => {
  test.each<[string, readonly (readonly string[])[]]>([
    ['', [['']]],
    ['a\r\nb', [['a'], ['b']]],
    ['a\n\n', [['a'], ['']]],
    ['"a\tb', [['"a', 'b']]],
    ['"a" b\t"c"', [['"a" b', 'c']]],
    ['"a""b"', [['a"b']]],
    ['a\rb', [['a'], ['b']]],
  ])('%j', (text, rows) => expect(readPasted(text).rows).toEqual(rows));

  test('rows of different length: what is missing is no cell', () => {
    expect(readPasted('a\tb\nc\n').rows).toEqual([
      ['a', 'b'],
      ['c', null],
    ]);
  });

  test('any text is read, and no character of a cell is lost', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const letters = (one: string): string => one.replaceAll(/[\t\r\n"]/g, '');
        expect(letters(splitTsv(text, true).flat().join(''))).toBe(letters(text));
      }),
    );
  });
});

describe('the shape of HTML', () => {
  test.each<[string, readonly (readonly (number | null)[])[] | null]>([
    ['<p>no table</p>', null],
    ['<table></table>', null],
    ['<table><tr><td>a<td>b</table>', [[0, 0]]],
    ['<table><tr><td>a<br>b</td><th>c</th></tr></table>', [[1, 0]]],
    ['<table><tr><td><table><tr><td>x<br></td></tr></table></td><td>b</td></tr></table>', [[0, 0]]],
    ['<style><!-- <table><tr><td> --></style><table><!-- <tr> --><tr><td></td></tr></table>', [[0]]],
    [
      '<table><tr><td rowspan=2 colspan="2">a</td><td>b</td></tr><tr><td>c</td></tr></table>',
      [
        [0, null, 0],
        [null, null, 0],
      ],
    ],
    ['<table><tr><td>a</td></tr></table><table><tr><td>other</td></tr></table>', [[0]]],
  ])('%s', (html, rows) => expect(readShape(html)?.rows ?? null).toEqual(rows));

  test('a table that says it is endless is not followed', () => {
    expect(readShape(`<table>${'<tr><td colspan=999999>'.repeat(300)}</table>`)).toBeNull();
    expect(readShape(`<table><tr><td rowspan=10000 colspan=1000>${'<tr>'.repeat(10_000)}</table>`)).toBeNull();
    expect(readShape('<a'.repeat(100_000))).toBeNull();
    expect(readShape(`<table><tr>${'<td '.repeat(1_000_000)}`)).toEqual({ rows: [[]], isOwn: false });
    expect(readShape('<!--'.repeat(100_000))).toBeNull();
  });
});
