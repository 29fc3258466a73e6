import { describe, expect, it } from 'vitest';
import { judgeColumn } from '../../shared/domain/import/columns.ts';
import { judgeDates, readDate } from '../../shared/domain/import/dates.ts';
import type { Cell } from '../../shared/domain/import/evidence.ts';
import { judgeNumbers, readNumber, scaleNumber } from '../../shared/domain/import/numbers.ts';
import { makeReader, type ColumnFormat } from '../../shared/domain/import/values.ts';

const NOW = 2026;
const cells = (...texts: string[]): Cell[] => texts.map((text, at) => ({ row: at + 2, text }));
const format = (part: Partial<ColumnFormat> = {}): ColumnFormat => ({
  order: null,
  mark: '.',
  isFraction: false,
  unclear: [],
  now: NOW,
  zone: 'Europe/London',
  ...part,
});

describe('the order of a date column is proven by its cells', () => {
  it.each([
    {
      name: 'day first',
      texts: ['03/04/2006', '13/11/2006'],
      order: 'dmy',
      sure: true,
      says: /“13\/11\/2006” \(row 3\) can only be day first/,
    },
    { name: 'month first', texts: ['03/04/2006', '11/13/2006'], order: 'mdy', sure: true, says: /month first/ },
    {
      name: 'ambiguous',
      texts: ['03/04/2006', '05/06/2006'],
      order: null,
      sure: false,
      says: /fit both day first and month first/,
    },
    { name: 'contradicted', texts: ['13/11/2006', '11/13/2006'], order: null, sure: false, says: /can only be day first/ },
    { name: 'the same either way', texts: ['05/05/2006', '6.6.2006'], order: null, sure: true, says: null },
    { name: 'ISO needs none', texts: ['2006-11-13', '20061113'], order: null, sure: true, says: null },
    { name: 'named month beside month first', texts: ['2-Jun-06', '11/13/2006'], order: 'mdy', sure: true, says: /11\/13\/2006/ },
    { name: 'year first of two digits', texts: ['98/11/13', '99-01-31'], order: 'ymd', sure: true, says: /year first/ },
    { name: 'mixed separators', texts: ['1.2.2006', '3/4/06', '31-12-2006'], order: 'dmy', sure: true, says: /31-12-2006/ },
  ])('$name', ({ texts, order, sure, says }) => {
    const judged = judgeDates(cells(...texts), NOW);
    expect({ order: judged.order, sure: judged.sure }).toEqual({ order, sure });
    if (says) expect(judged.because.join('\n')).toMatch(says);
  });

  it('counts what is no date and names it', () => {
    const judged = judgeDates(cells('2006-11-13', 'Pre-PQ Process', 'N/A'), NOW);
    expect(judged.others).toEqual({
      count: 2,
      first: [
        { row: 3, text: 'Pre-PQ Process' },
        { row: 4, text: 'N/A' },
      ],
    });
  });
});

describe('a date cell', () => {
  it.each([
    ['2-Jun-06', '2006-06-02'],
    ['2 Sept 2006', '2006-09-02'],
    ['Sept. 2, 2006', '2006-09-02'],
    ['3. März 2024', '2024-03-03'],
    ['20061113', '2006-11-13'],
    ['2012/10/09 14:50:17.000', '2012-10-09'],
    ['2024-01-22T16:14:25.000+0000', '2024-01-22'],
    ['Mon, 2 Jun 2025', '2025-06-02'],
    ['29991212', null],
    ['99991231', null],
    ['00000000', null],
    ['0000-00-00 00:00:00', null],
    ['1948-12-08', '1948-12-08'],
  ])('%s is %s', (text, day) => {
    expect(makeReader({ kind: 'date' }, format())(text, null)).toBe(day);
  });

  it.each(['Pre-PQ Process', 'See DN-304 (ID#:10589)', 'N/A', '2006-02-30', '12345', 'Jun-06', '2006'])(
    '%s is kept as text with its reason',
    (text) => expect(makeReader({ kind: 'date' }, format({ order: 'dmy' }))(text, null)).toEqual({ '!': [text, 'DATE_PARSE'] }),
  );

  it('that is in no calendar under any order is kept as that', () => {
    for (const order of ['dmy', null] as const)
      expect(makeReader({ kind: 'date' }, format({ order }))('31/31/2006', null)).toEqual({ '!': ['31/31/2006', 'DATE_RANGE'] });
  });

  it('in an unsettled column is kept as ambiguous', () => {
    expect(makeReader({ kind: 'date' }, format())('03/04/2006', null)).toEqual({ '!': ['03/04/2006', 'DATE_AMBIG'] });
  });

  it('as a moment knows its offset, its half of the day and its zone', () => {
    const read = makeReader({ kind: 'instant' }, format({ order: 'mdy' }));
    expect(read('2024-01-22T16:14:25.000+0000', null)).toBe(Date.parse('2024-01-22T16:14:25Z'));
    expect(read('2024-07-01 12:00', null)).toBe(Date.parse('2024-07-01T11:00:00Z'));
    expect(read('7/1/2024 1:05 PM', null)).toBe(Date.parse('2024-07-01T12:05:00Z'));
    expect(read('2024-01-22T16:14:25-05:30', null)).toBe(Date.parse('2024-01-22T21:44:25Z'));
  });

  it('reads a year of two digits as the nearest', () => {
    expect(readDate('2-Jun-48', NOW)).toMatchObject({ day: '2048-06-02' });
    expect(readDate('2-Jun-98', NOW)).toMatchObject({ day: '1998-06-02' });
  });
});

describe('the decimal mark of a column is proven by its cells', () => {
  it.each([
    { texts: ['1.234,56', '7'], mark: ',', sure: true },
    { texts: ['1,234.56', '7'], mark: '.', sure: true },
    { texts: ['0,05', '1,234'], mark: ',', sure: true },
    { texts: ['1,234,567'], mark: '.', sure: true },
    { texts: ['1.234.567'], mark: ',', sure: true },
    { texts: ['1,234', '2,500'], mark: null, sure: false },
    { texts: ['1.234'], mark: null, sure: false },
    { texts: ['1,5', '1.5'], mark: null, sure: false },
    { texts: ['12', '500'], mark: '.', sure: true },
    { texts: ['0.125'], mark: '.', sure: true },
  ])('$texts', ({ texts, mark, sure }) => {
    const judged = judgeNumbers(cells(...texts));
    expect({ mark: judged.mark, sure: judged.sure }).toEqual({ mark, sure });
  });

  it.each([
    [
      'a cell that is no number with any mark',
      ['1.5', '2.25', '1.2.3', '10.0.0.1', '1,23,4'],
      { mark: '.', sure: true, numbers: 2 },
    ],
    ['a word', ['1,5', 'n/a', '2,25'], { mark: ',', sure: true, numbers: 2 }],
  ])('%s says nothing of the others', (_, texts, judged) => {
    expect(judgeNumbers(cells(...texts))).toMatchObject(judged);
  });

  it('is what something beside the cells says, only where they may be read both ways', () => {
    const settle = () => ({ mark: ',', because: 'the recipe says so' }) as const;
    expect(judgeNumbers(cells('1.500', '2.250'), { settle })).toMatchObject({ mark: ',', sure: true, hasDecimals: false });
    expect(judgeNumbers(cells('1,500', '2,250'), { settle })).toMatchObject({ mark: ',', sure: true, hasDecimals: true });
    expect(judgeNumbers(cells('1.500', '2.25'), { settle })).toMatchObject({ mark: '.', sure: true });
    expect(judgeNumbers(cells('1.500', '2.250'))).toMatchObject({ mark: null, sure: false, answer: 'not sure' });
  });

  it('cannot leave more decimals than a value may have', () => {
    const most = { places: 2, what: 'an amount in EUR' };
    expect(judgeNumbers(cells('1.500', '2.255'), { most })).toMatchObject({
      mark: ',',
      sure: true,
      because: ['“2.255” (row 3): thousands, an amount in EUR has fewer decimals'],
    });
    expect(judgeNumbers(cells('1.500', '2.250'), { most })).toMatchObject({ mark: null });
    expect(judgeNumbers(cells('1.5', '2.255'), { most })).toMatchObject({ mark: '.' });
  });

  it('is not told by numbers of a workbook, which have a point whatever the texts have', () => {
    const number = { row: 2, text: '1.234', isNumber: true };
    expect(judgeNumbers([number])).toMatchObject({ mark: '.', sure: true, hasDecimals: true });
    expect(judgeNumbers([number, ...cells('1.500,00')])).toMatchObject({ mark: ',', sure: true });
  });
});

describe('a number cell', () => {
  it.each([
    ['1,234.5', '.', 1_234_500_000],
    ['1.234,5', ',', 1_234_500_000],
    ['(12.50)', '.', -12_500_000],
    ['12,5-', ',', -12_500_000],
    ['−3', '.', -3_000_000],
    ['€ 5', '.', 5_000_000],
    ['-€5', '.', -5_000_000],
    ['USD 1 234.50', '.', 1_234_500_000],
    ["1'234.50", '.', 1_234_500_000],
    ['1.2E+03', '.', 1_200_000_000],
    ['.5', '.', 500_000],
    ['0.15000000596046448', '.', 150_000],
    ['007', '.', 7_000_000],
  ] as const)('%s with %s', (text, mark, value) => {
    expect(makeReader({ kind: 'decimal', per: 'price', places: 2 }, format({ mark }))(text, null)).toBe(value);
  });

  it.each([
    ['12x', 'NUM_PARSE'],
    ['N/A', 'NUM_PARSE'],
    ['?', 'NUM_PARSE'],
    ['Freight Included in Commodity Cost', 'NUM_PARSE'],
    ['1,23,4', 'NUM_PARSE'],
    ['1.2.3', 'NUM_PARSE'],
    ['0.1234567', 'NUM_PLACES'],
    ['99999999999999999', 'NUM_RANGE'],
  ])('%s is kept as text with %s', (text, code) => {
    expect(makeReader({ kind: 'decimal' }, format())(text, null)).toEqual({ '!': [text, code] });
  });

  it('as money has the digits of its currency and no others', () => {
    const read = makeReader({ kind: 'money' }, format());
    expect([read('32.38', 'USD'), read('32', 'JPY'), read('1.5', 'KWD')]).toEqual([3238, 32, 1500]);
    expect(read('32.385', 'USD')).toEqual({ '!': ['32.385', 'NUM_PLACES'] });
    expect(read('€5', 'USD')).toEqual({ '!': ['€5', 'CUR_MISMATCH'] });
  });

  it('as percent follows the column', () => {
    expect(makeReader({ kind: 'percent' }, format({ isFraction: true }))('0.05', null)).toBe(50_000);
    expect(makeReader({ kind: 'percent' }, format())('5', null)).toBe(50_000);
    expect(makeReader({ kind: 'percent' }, format({ isFraction: true }))('5%', null)).toBe(50_000);
  });

  it('is scaled exactly or not at all', () => {
    const number = readNumber('9007199254.740991');
    expect(number && scaleNumber(number, '.', 6)).toBe(Number.MAX_SAFE_INTEGER);
  });
});

describe('the kind of a column', () => {
  it.each([
    { texts: ['007', '12'], type: 'text' },
    { texts: ['001Ec00000GGw3iIAD'], type: 'text' },
    { texts: ['1234567890123456'], type: 'text' },
    { texts: ['1', '25'], type: 'integer' },
    { texts: ['1.5', '2'], type: 'decimal' },
    { texts: ['5%'], type: 'percent' },
    { texts: ['2024-01-01', '20240102'], type: 'date' },
    { texts: ['2024-01-01T10:00:00Z'], type: 'instant' },
    { texts: ['true', 'FALSE'], type: 'flag' },
    { texts: ['a', '1'], type: 'text' },
    { texts: ['a', 'b', '1'], type: 'text' },
    { texts: ['1', '25', 'n/a'], type: 'integer' },
    { texts: ['1.5', '1.2.3', '2.5'], type: 'decimal' },
    { texts: ['1.500', '2.250'], type: 'decimal' },
    { texts: ['2024-01-01', 'n/a', '2024-02-01'], type: 'date' },
    { texts: [], type: 'text' },
  ])('$texts is $type', ({ texts, type }) => expect(judgeColumn(cells(...texts), NOW).type.answer).toBe(type));

  it('holds with a few exceptions, and says which', () => {
    const judged = judgeColumn(cells(...Array.from({ length: 20 }, (_, n) => `${n}.5`), 'Freight included'), NOW);
    expect(judged.type).toMatchObject({ answer: 'decimal', sure: false });
    expect(judged.type.because.join()).toContain('Freight included');
  });
});

describe('text', () => {
  it('loses no-break spaces and the white space around it, and no apostrophe', () => {
    const read = makeReader({ kind: 'text' }, format());
    expect([read("'=1+1", null), read("''=1+1", null), read("'quoted'", null), read('  Blauer\u00a0See ', null)]).toEqual([
      "'=1+1",
      "''=1+1",
      "'quoted'",
      'Blauer See',
    ]);
  });
});
