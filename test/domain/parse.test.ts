import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nearestChoices } from '../../shared/domain/parse/choice.ts';
import { parseCell } from '../../shared/domain/parse/cell.ts';
import { describeProblem, levelOf } from '../../shared/domain/problems.ts';
import { fields, locales, parsing } from './cells.ts';

type Name = keyof typeof fields;
const read = (name: Name, text: string, locale = 'en-GB', more = {}) => parseCell(fields[name], text, parsing(locale, more));
const bad = (text: string, code: string) => ({ '!': [text, code] });

describe('numbers', () => {
  test.each([
    ['en-GB', '1,250', 1_250_000_000],
    ['en-US', '1,234,567.5', 1_234_567_500_000],
    ['en-AU', '1250', 1_250_000_000],
    ['en-GB', '1 250', 1_250_000_000],
    ['en-GB', '1\u00a0250', 1_250_000_000],
    ['en-GB', '1.250', 1_250_000],
    ['de-DE', '1.250', 1_250_000_000],
    ['de-DE', '1.250,75', 1_250_750_000],
    ['de-DE', '12,5', 12_500_000],
    ['de-DE', '12,5-', -12_500_000],
    ['fr-FR', '1\u202f250,5', 1_250_500_000],
    ['fr-FR', '12.5', 12_500_000],
    ['en-GB', '.5', 500_000],
    ['en-GB', '-12.5', -12_500_000],
    ['en-GB', '−12.5', -12_500_000],
    ['en-GB', '(12.50)', -12_500_000],
    ['en-GB', '+3', 3_000_000],
    ['en-GB', '1e3', 1_000_000_000],
    ['en-GB', '0.30000000000000004', 300_000],
    ['en-GB', '0.15000000596046448', 150_000],
  ])('%s: %s', (locale, text, value) => {
    expect(read('quantity', text, locale)).toBe(value);
  });

  test.each([
    ['en-GB', '16.99*12', 203_880_000],
    ['en-GB', '=16.99*12', 203_880_000],
    ['de-DE', '16,99*12', 203_880_000],
    ['en-GB', '(4+8)*3', 36_000_000],
    ['en-GB', '1,250 / 4 - 2', 310_500_000],
    ['en-GB', '10/3', 3_333_333],
    ['en-GB', '2×-3', -6_000_000],
    ['en-GB', '7-10', -3_000_000],
  ])('%s: the sum %s is worked out', (locale, text, value) => {
    expect(read('quantity', text, locale)).toBe(value);
  });

  test.each([
    ['en-GB', '12x', 'NUM_PARSE'],
    ['en-GB', '6o', 'NUM_PARSE'],
    ['en-GB', '12,50', 'NUM_PARSE'],
    ['de-DE', '12.50', 'NUM_PARSE'],
    ['en-GB', '1,2345', 'NUM_PARSE'],
    ['en-GB', '1,250 300', 'NUM_PARSE'],
    ['en-GB', '1.2.3', 'NUM_PARSE'],
    ['en-GB', '-(5)-', 'NUM_PARSE'],
    ['en-GB', '--', 'NUM_PARSE'],
    ['en-GB', '1/0', 'NUM_PARSE'],
    ['en-GB', '2*(3', 'NUM_PARSE'],
    ['en-GB', 'process.exit()', 'NUM_PARSE'],
    ['en-GB', '15%', 'NUM_PARSE'],
    ['en-GB', '£5', 'NUM_PARSE'],
    ['en-GB', '0.1234567', 'NUM_PLACES'],
    ['en-GB', '99999999999', 'NUM_RANGE'],
    ['en-GB', '9'.repeat(500), 'NUM_PARSE'],
  ])('%s: %s is kept with %s', (locale, text, code) => {
    expect(read('quantity', text, locale)).toEqual(bad(text, code));
  });

  test('a file is not a calculator', () => {
    expect(read('quantity', '10-12', 'en-GB', { arithmetic: false })).toEqual(bad('10-12', 'NUM_PARSE'));
    expect(read('integer', '12.5')).toEqual(bad('12.5', 'NUM_PLACES'));
    expect(read('integer', '12.0')).toBe(12);
  });
});

describe('money, prices and percents', () => {
  test.each([
    ['money', '£1,234.50', 123_450],
    ['money', '1,234.50 GBP', 123_450],
    ['money', 'GBP 1,234.5', 123_450],
    ['money', '-£12.50', -1250],
    ['money', '£-12.50', -1250],
    ['money', '(£12.50)', -1250],
    ['money', '£12.50-', -1250],
    ['price', '£ 8.5', 8_500_000],
    ['percent', '15%', 150_000],
    ['percent', '15 %', 150_000],
    ['percent', '15', 150_000],
    ['percent', '2.5', 25_000],
    ['percent', '-3 %', -30_000],
  ] as const)('%s %s', (name, text, value) => {
    expect(read(name, text)).toBe(value);
  });

  test.each([
    ['money', '€12.50', 'CUR_MISMATCH'],
    ['price', '12.50 EUR', 'CUR_MISMATCH'],
    ['money', '12.505', 'NUM_PLACES'],
    ['money', '12 apples', 'NUM_PARSE'],
    ['percent', '£5', 'NUM_PARSE'],
  ] as const)('%s %s is kept with %s', (name, text, code) => {
    expect(read(name, text)).toEqual(bad(text, code));
  });

  test('goes by the currency of the row', () => {
    expect(read('money', '12.50 €', 'de-DE', { currency: 'EUR' })).toEqual(bad('12.50 €', 'NUM_PARSE'));
    expect(read('money', '12,50 €', 'de-DE', { currency: 'EUR' })).toBe(1250);
    expect(read('money', '$5', 'en-AU', { currency: 'AUD' })).toBe(500);
    expect(read('money', '5', 'en-GB', { currency: 'JPY' })).toBe(5);
    expect(read('money', '5.5', 'en-GB', { currency: 'JPY' })).toEqual(bad('5.5', 'NUM_PLACES'));
    expect(read('money', '5.5 KWD', 'en-GB', { currency: null })).toBe(5500);
    expect(read('percent', '0.15', 'en-GB', { fraction: true })).toBe(150_000);
    expect(read('percent', '15%', 'en-GB', { fraction: true })).toBe(150_000);
  });
});

describe('dates (today is Thursday 12 March 2026)', () => {
  test.each([
    ['en-GB', '2026-11-03', '2026-11-03'],
    ['en-US', '2026-11-03', '2026-11-03'],
    ['en-GB', '03/11/2026', '2026-11-03'],
    ['en-US', '03/11/2026', '2026-03-11'],
    ['de-DE', '03.11.2026', '2026-11-03'],
    ['de-DE', '3. 11. 2026', '2026-11-03'],
    ['fr-FR', '3/11/26', '2026-11-03'],
    ['en-AU', '3-11-26', '2026-11-03'],
    ['en-GB', '3/11', '2026-11-03'],
    ['en-US', '3/11', '2026-03-11'],
    ['en-GB', '1/1/75', '2075-01-01'],
    ['en-GB', '1/1/76', '1976-01-01'],
    ['en-GB', '12 nov', '2026-11-12'],
    ['en-US', 'Nov 12, 2025', '2025-11-12'],
    ['en-GB', '2-Jun-06', '2006-06-02'],
    ['en-GB', '12th November 2026', '2026-11-12'],
    ['en-GB', '3 Sept 2026', '2026-09-03'],
    ['de-DE', '12. März 2026', '2026-03-12'],
    ['de-DE', '12 dez', '2026-12-12'],
    ['fr-FR', '12 févr. 2026', '2026-02-12'],
    ['fr-FR', '1er août 2026', '2026-08-01'],
    ['de-DE', '12 december', '2026-12-12'],
    ['en-GB', 't', '2026-03-12'],
    ['en-GB', 'T+3', '2026-03-15'],
    ['en-GB', 't - 1', '2026-03-11'],
    ['en-GB', 't+2w', '2026-03-26'],
    ['en-GB', 'tomorrow', '2026-03-13'],
    ['de-DE', 'gestern', '2026-03-11'],
    ['en-GB', 'fri', '2026-03-13'],
    ['en-GB', 'thu', '2026-03-19'],
    ['en-GB', 'Wednesday', '2026-03-18'],
    ['de-DE', 'Fr', '2026-03-13'],
    ['fr-FR', 'mar', '2026-03-17'],
    ['fr-FR', '12 mars', '2026-03-12'],
    ['en-GB', 'eom', '2026-03-31'],
    ['en-GB', '20061113', '2006-11-13'],
    ['en-GB', '2012/10/09 14:50:17.000', '2012-10-09'],
    ['en-GB', '1996-07-04T00:00:00Z', '1996-07-04'],
    ['en-US', '11/13/2006', '2006-11-13'],
  ])('%s: %s', (locale, text, day) => {
    expect(read('date', text, locale)).toBe(day);
  });

  test.each([
    ['en-US', '13/04/2026', 'DATE_AMBIG'],
    ['en-GB', '04/13/2026', 'DATE_AMBIG'],
    ['en-GB', '31/02/2026', 'DATE_RANGE'],
    // Neither order makes a day: nothing is the other way round.
    ['en-US', '31/02/2026', 'DATE_RANGE'],
    ['en-US', '31/02', 'DATE_RANGE'],
    ['en-GB', '29991212', 'DATE_RANGE'],
    ['en-GB', '45000', 'DATE_PARSE'],
    ['en-GB', 'soon', 'DATE_PARSE'],
    ['en-GB', 'Pre-PQ Process', 'DATE_PARSE'],
    ['en-GB', 'ma', 'DATE_PARSE'],
    ['en-GB', '12 ju 2026', 'DATE_PARSE'],
  ])('%s: %s is kept with %s', (locale, text, code) => {
    expect(read('date', text, locale)).toEqual(bad(text, code));
  });

  test('a column can know better than the locale', () => {
    expect(read('date', '45000', 'en-GB', { serials: true })).toBe('2023-03-15');
    expect(read('date', '13/04/2026', 'en-US', { dateOrder: 'dmy' })).toBe('2026-04-13');
  });

  test.each([
    ['12/03/2026 14:02', '2026-03-12T14:02:00Z'],
    ['fri 10', '2026-03-13T10:00:00Z'],
    ['t 2:30 pm', '2026-03-12T14:30:00Z'],
    ['nov 10', '2026-11-10T00:00:00Z'],
    ['12 jun 9:15', '2026-06-12T08:15:00Z'],
    ['2026-06-12T09:15:00.250+02:00', '2026-06-12T07:15:00.250Z'],
    ['2012/10/09 14:50:17.000', '2012-10-09T13:50:17Z'],
  ])('the moment %s', (text, moment) => {
    expect(read('instant', text)).toBe(Date.parse(moment));
  });

  test('a time that is none is kept', () => {
    expect(read('instant', 't 25:00')).toEqual(bad('t 25:00', 'DATE_PARSE'));
  });
});

describe('choices, flags, links, states', () => {
  test.each([
    ['choice', 'Active', 'active'],
    ['choice', 'ACTIVE', 'active'],
    ['choice', 'on_stop', 'on_stop'],
    ['choice', 'áctivé', 'active'],
    ['choice', 'lead', 'prospect'],
    ['choice', 'do', 'dormant'],
    ['choice', 'blo', 'on_stop'],
    ['flag', 'Yes', 1],
    ['flag', 'n', 0],
    ['flag', 'x', 1],
    ['flag', '✓', 1],
    ['flag', 'FALSE', 0],
    ['flag', 'nein', 0],
    ['link', 'Harbour Foods', 'id-harbour'],
    ['link', '007', 'id-007'],
    ['link', '7', 'id-7'],
    ['state', 'confirmed', 'confirmed'],
    ['state', 'Canceled', 'cancelled'],
  ] as const)('%s %s', (name, text, value) => {
    expect(read(name, text)).toBe(value);
  });

  test.each([
    ['choice', 'a', 'ENUM_UNKNOWN'],
    ['choice', 'activ8', 'ENUM_UNKNOWN'],
    ['flag', 'maybe', 'BOOL_PARSE'],
    ['link', 'Kestrel', 'LINK_NONE'],
    ['link', 'twin', 'LINK_MANY'],
    ['ref', 'twin', 'LINK_MANY'],
    ['ref', '007', 'LINK_MANY'],
    ['state', 'teleported', 'STATE_UNKNOWN'],
    ['duration', '90', 'DUR_PARSE'],
    ['json', '{', 'JSON_PARSE'],
  ] as const)('%s %s is kept with %s', (name, text, code) => {
    expect(read(name, text)).toEqual(bad(text, code));
  });

  test('a ref is one column', () => {
    const ref = 'accounts/019c0000-0000-7000-8000-000000000001';
    expect(read('ref', ref)).toBe(ref);
  });

  test('the nearest choices are offered', () => {
    expect(nearestChoices('actve', fields.choice.choices)[0]).toBe('Active');
    expect(nearestChoices('actve', fields.choice.choices)).toHaveLength(3);
  });
});

describe('text, lists, durations, json', () => {
  test.each([
    ['text', '  two  words \r\n', 'two  words'],
    ['note', 'a  \r\nb\t\n\n', 'a\nb'],
    ['text', '=cmd|calc', '=cmd|calc'],
    ['text', '007', '007'],
    ['list', 'work: 020 7946 0958; mobile: 07700 900123', '[["work","020 7946 0958"],["mobile","07700 900123"]]'],
    ['list', 'a@b.example\nc@d.example', '[["","a@b.example"],["","c@d.example"]]'],
    ['list', 'https://x.example', '[["","https://x.example"]]'],
    ['list', ' ; ', null],
    ['duration', '2 h 10 m', 7_800_000],
    ['duration', '1:30', 5_400_000],
    ['duration', '-35 min', -2_100_000],
    ['json', '{"b":1,"a":[{"d":2,"c":3}]}', '{"a":[{"c":3,"d":2}],"b":1}'],
  ] as const)('%s %j', (name, text, value) => {
    expect(read(name, text)).toBe(value);
  });

  test('too long a text is kept whole', () => {
    const long = 'x'.repeat(1001);
    expect(read('text', long)).toEqual(bad(long, 'TEXT_LONG'));
  });
});

/** Looked at once for each of its characters, texts like these would hold the one writer of a file for minutes. */
test.each(['x', '1', '"', '(', ':,', '\r', ' \n', 'a";', '€ '])(
  'long texts of %j and spaces are read at once, in every kind',
  (piece) => {
    const texts = [piece.repeat(100_000), `${piece}${' '.repeat(200_000)}${piece}`];
    for (const text of texts) for (const name of Object.keys(fields) as Name[]) expect(() => read(name, text)).not.toThrow();
  },
);

test('no text makes it throw, and blank is nothing, in every kind and locale', () => {
  const name = fc.constantFrom(...(Object.keys(fields) as Name[]));
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[0-9.,'() +\-*/%£€:;t]{0,30}$/));
  fc.assert(
    fc.property(name, text, fc.constantFrom(...locales), (field, raw, locale) => {
      const value = read(field, raw, locale);
      if (typeof value === 'object' && value !== null) {
        expect(value['!'][0]).toBe(raw);
        expect(describeProblem(value['!'][1], { label: 'Field', raw }).message).not.toContain('undefined');
        expect(levelOf(value['!'][1])).toBe('error');
      } else if (typeof value === 'number') expect(Number.isSafeInteger(value)).toBe(true);
    }),
    { numRuns: 2000 },
  );
  for (const field of Object.keys(fields) as Name[]) expect(read(field, ' \u00a0\t')).toBe(null);
});
