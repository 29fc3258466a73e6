import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editText, formatCell, formatDuration, formatMoney } from '../../shared/domain/format.ts';
import { parseCell } from '../../shared/domain/parse/cell.ts';
import { readList } from '../../shared/domain/parse/list.ts';
import { addDays } from '../../shared/domain/dates.ts';
import { writtenOut } from '../../shared/domain/written-out.ts';
import { fields, formatting, locales, parsing, TODAY } from './cells.ts';

type Name = keyof typeof fields;
const show = (name: Name, value: string | number | null, locale = 'en-GB', more = {}) =>
  formatCell(fields[name], value, formatting(locale, more));

describe('as a grid shows it', () => {
  test.each([
    ['money', -1250, 'en-GB', '−12.50'],
    ['money', 0, 'en-GB', '0.00'],
    ['money', null, 'en-GB', ''],
    ['money', 123_456_789, 'de-DE', '1.234.567,89'],
    ['price', 8_500_000, 'en-GB', '8.50'],
    ['price', 8_123_456, 'en-GB', '8.123456'],
    ['quantity', 1_250_000_000, 'en-GB', '1,250'],
    ['quantity', 9_007_199_254_740_991, 'en-US', '9,007,199,254.740991'],
    ['percent', 50_000, 'en-GB', '5.0'],
    ['date', '2026-03-20', 'en-GB', '20 Mar'],
    ['date', '2025-03-20', 'en-GB', '20 Mar 2025'],
    ['date', '2026-03-20', 'en-US', 'Mar 20'],
    ['instant', Date.parse('2026-06-12T08:15:00Z'), 'en-GB', '12 Jun 09:15'],
    ['flag', 0, 'en-GB', 'No'],
    ['choice', 'on_stop', 'en-GB', 'On stop'],
    ['state', 'confirmed', 'en-GB', 'Confirmed'],
    ['list', '[["work","1"],["","2"]]', 'en-GB', '1, 2'],
    ['duration', 7_800_000, 'en-GB', '2 h 10 m'],
  ] as const)('%s %s in %s', (name, value, locale, text) => {
    expect(show(name, value, locale)).toBe(text);
  });

  test('money by currency, sums as decimal strings, links by label', () => {
    expect(formatMoney('123456', 'JPY', 'en-GB')).toBe('123,456');
    expect(formatMoney('98765432109876543210', 'GBP', 'en-GB')).toBe('987,654,321,098,765,432.10');
    expect(show('link', 'x', 'en-GB', { label: () => 'Harbour Foods' })).toBe('Harbour Foods');
    expect(formatDuration(-2_100_000)).toBe('−35 m');
    expect(formatDuration(90_061_000)).toBe('1 d 1 h 1 m');
  });
});

describe('what an editor opens is read back as the same value', () => {
  const safe = fc.integer({ min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER });
  const words = fc.string({ unit: 'grapheme', maxLength: 30 });
  const listed = fc
    .array(fc.tuple(fc.constantFrom('', 'work', 'home fax'), fc.oneof(words, fc.stringMatching(/^[a-z:;" ]{1,12}$/))), {
      minLength: 1,
    })
    .map((items) => JSON.stringify(items.filter(([, value]) => value.trim() !== '')))
    .filter((json) => json !== '[]');
  const values: Partial<Record<Name, fc.Arbitrary<string | number>>> = {
    integer: safe,
    quantity: safe,
    price: safe,
    money: safe,
    percent: safe,
    duration: fc.integer({ min: -(10 ** 12), max: 10 ** 12 }),
    date: fc.integer({ min: -45_000, max: 60_000 }).map((n) => addDays(TODAY, n)),
    instant: fc.integer({ min: Date.UTC(1970, 0, 2), max: Date.UTC(2199, 0, 1) }),
    list: listed,
    text: words.map((text) => text.trim()).filter((text) => text !== ''),
    flag: fc.constantFrom(0, 1),
    choice: fc.constantFrom('active', 'prospect', 'dormant', 'on_stop'),
    state: fc.constantFrom('draft', 'submitted', 'confirmed', 'cancelled', 'closed'),
  };
  const cases = Object.entries(values).flatMap(([name, arbitrary]) =>
    locales.map((locale) => [name as Name, locale, arbitrary] as const),
  );

  test.each(cases)('%s in %s', (name, locale, arbitrary) => {
    const currency = fc.constantFrom('GBP', 'JPY', 'KWD');
    fc.assert(
      fc.property(arbitrary, currency, (value, money) => {
        const text = editText(fields[name], value, formatting(locale, { currency: money }));
        expect(parseCell(fields[name], text, parsing(locale, { currency: money }))).toBe(value);
      }),
    );
  });

  test('the hour that comes twice keeps both its moments', () => {
    for (const moment of ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z']) {
      const value = Date.parse(moment);
      expect(parseCell(fields.instant, editText(fields.instant, value, formatting('en-GB')), parsing('en-GB'))).toBe(value);
    }
  });

  test('an odd list keeps its parts', () => {
    const stored = JSON.stringify([
      ['', 'a: b'],
      ['web', 'x;y "z"'],
      ['', 'https://x.example/a;b'],
    ]);
    expect(readList(editText(fields.list, stored, formatting('en-GB')))).toBe(stored);
  });
});

test.each([
  ['money', 'about 5k'],
  ['money', '99999999999999999999'],
  ['flag', 'perhaps'],
  ['duration', 'an age'],
  ['instant', 'soon'],
  ['date', 'tomorrow week'],
  ['choice', 'gold'],
  ['list', 'work'],
] as const)('text that is no %s is written out as it was typed: %s', (name, text) => {
  expect(writtenOut(fields[name], text, formatting('en-GB'))).toBe(text);
});
