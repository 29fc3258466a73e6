/** What a whole pasted column says of its cells, and what a copied cell is written as. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fewerDecimals, settleColumn } from '../../shared/domain/clipboard/columns.ts';
import { copyText } from '../../shared/domain/clipboard/text.ts';
import type { Kind } from '../../shared/domain/kinds.ts';
import { styleOf } from '../../shared/domain/locale.ts';
import type { CellField } from '../../shared/domain/parse/cell.ts';
import { parseCell } from '../../shared/domain/parse/cell.ts';

const context = (locale: string) => ({ style: styleOf(locale), today: '2026-01-15' });
const settle = (kind: Kind, texts: readonly string[], locale = 'en-GB') =>
  settleColumn(kind, texts, context(locale)).map(({ text, code }) => (code === undefined ? text : `${text} ${code}`));

describe('dates', () => {
  test('days of a spreadsheet, only where all are', () => {
    expect(settle('date', ['46037', '', '46038'])).toEqual(['2026-01-15', '', '2026-01-16']);
    expect(settle('date', ['46037', '15/01/2026'])).toEqual(['46037', '15/01/2026']);
    expect(settle('text', ['46037'])).toEqual(['46037']);
  });

  test.each<[string, string[], string[]]>([
    ['en-GB', ['03/04/2026', '25/12/2026'], ['03/04/2026', '25/12/2026']],
    [
      'en-GB',
      ['03/04/2026', '12/25/2026', '2026-02-03', 'fri', 'x'],
      ['03/04/2026 DATE_AMBIG', '12/25/2026 DATE_AMBIG', '2026-02-03', 'fri', 'x'],
    ],
    ['en-US', ['03/04/2026', '25/12/2026'], ['03/04/2026 DATE_AMBIG', '25/12/2026 DATE_AMBIG']],
    ['en-GB', ['05/05/2026', '12/25/2026'], ['05/05/2026', '12/25/2026 DATE_AMBIG']],
    ['de-DE', ['3.4.2026', '25.12.2026'], ['3.4.2026', '25.12.2026']],
  ])('%s %j', (locale, texts, settled) => expect(settle('date', texts, locale)).toEqual(settled));
});

describe('numbers', () => {
  test.each<[string, string[], string[]]>([
    ['en-GB', ['1.250', '3.5'], ['1.250', '3.5']],
    ['en-GB', ['1.250', '3,5', '12'], ['1.250 NUM_AMBIG', '3,5', '12']],
    ['de-DE', ['1.250', '3,5'], ['1.250', '3,5']],
    ['de-DE', ['1.250', '12.50'], ['1.250 NUM_AMBIG', '12.50']],
    ['en-GB', ['12x', 'y'], ['12x', 'y']],
  ])('%s %j', (locale, texts, settled) => expect(settle('decimal', texts, locale)).toEqual(settled));

  test.each<[string, string[], number | null]>([
    ['en-GB', ['12.5', '3'], 1],
    ['en-GB', ['12', '3'], 0],
    ['en-GB', ['12.50', '3'], null],
    ['en-GB', ['£12.50', 'x'], null],
    ['de-DE', ['12,5 €'], 1],
    ['en-GB', ['x', ''], null],
  ])('decimals that are missing: %s %j', (locale, texts, missing) =>
    expect(fewerDecimals(texts, 2, context(locale))).toBe(missing),
  );

  test('no cell loses its text, and only cells that can be read two ways are marked', () => {
    const text = fc.oneof(
      fc.constantFrom('1.250', '1,250', '3,5', '3.5', '03/04/2026', '12/25/2026', ''),
      fc.string({ maxLength: 8 }),
    );
    fc.assert(
      fc.property(fc.array(text), fc.constantFrom<Kind>('decimal', 'money', 'text', 'choice'), (texts, kind) => {
        expect(settleColumn(kind, texts, context('en-GB')).map((one) => one.text)).toEqual(texts);
      }),
    );
  });
});

describe('copied cells', () => {
  const format = (locale: string) => ({ locale, zone: 'Europe/London', today: '2026-01-15', currency: 'GBP' });
  const fields: readonly [CellField, number | string, string, string][] = [
    [{ kind: 'money' }, 1_250_050, '12500.50', '12500,50'],
    [{ kind: 'decimal', per: 'price', places: 2 }, 1_250_500_000, '1250.50', '1250,50'],
    [{ kind: 'percent' }, 152_500, '15.25%', '15,25%'],
    [{ kind: 'integer' }, -1250, '-1250', '-1250'],
    [{ kind: 'date' }, '2026-03-04', '2026-03-04', '2026-03-04'],
    [{ kind: 'instant' }, Date.UTC(2026, 6, 1, 8, 30), '2026-07-01 09:30', '2026-07-01 09:30'],
    [{ kind: 'flag' }, 1, 'Yes', 'Yes'],
    [{ kind: 'text' }, '00123', '00123', '00123'],
  ];
  test.each(fields)('%j %s', (field, value, english, german) => {
    for (const [locale, text] of [
      ['en-GB', english],
      ['de-DE', german],
    ] as const) {
      expect(copyText(field, value, format(locale))).toBe(text);
      const parse = { style: styleOf(locale), today: '2026-01-15', zone: 'Europe/London', currency: 'GBP', resolve: () => [] };
      expect(parseCell(field, text, parse)).toBe(value);
    }
  });

  test('nothing is nothing', () => expect(copyText({ kind: 'money' }, null, format('en-GB'))).toBe(''));

  test('an hour that comes twice is copied with its offset', () => {
    const second = Date.UTC(2026, 9, 25, 1, 30);
    expect(copyText({ kind: 'instant' }, second, format('en-GB'))).toBe('2026-10-25T01:30:00.000Z');
  });
});
