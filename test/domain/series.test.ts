/** How values count on: numbers, days, texts with a number at their end; what does not count is left to a copy. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { Kind, Scalar } from '../../shared/domain/kinds.ts';
import type { SeriesWish } from '../../shared/domain/series.ts';
import { continueSeries } from '../../shared/domain/series.ts';

const plain: SeriesWish = { by: null, unit: null };
const next = (kind: Kind, seeds: readonly Scalar[], count = 3, wish = plain, currency: string | null = 'GBP') =>
  continueSeries(kind, seeds, count, wish, currency);

describe('as the first cells do', () => {
  test.each<[string, Kind, readonly Scalar[], readonly Scalar[] | null]>([
    ['one number goes up by one', 'integer', [7], [8, 9, 10]],
    ['two numbers by their difference', 'integer', [10, 20], [30, 40, 50]],
    ['down as well', 'integer', [3, 1], [-1, -3, -5]],
    ['one quantity by one of it', 'decimal', [2_500_000], [3_500_000, 4_500_000, 5_500_000]],
    ['one amount by one of its currency', 'money', [1250], [1350, 1450, 1550]],
    ['one percent by one percent', 'percent', [50_000], [60_000, 70_000, 80_000]],
    ['one moment by a day', 'instant', [0], [86_400_000, 172_800_000, 259_200_000]],
    ['one day by a day, over the end of a month', 'date', ['2026-01-30'], ['2026-01-31', '2026-02-01', '2026-02-02']],
    ['two days by their distance', 'date', ['2026-01-01', '2026-01-08'], ['2026-01-15', '2026-01-22', '2026-01-29']],
    ['the same day of two months by months', 'date', ['2026-01-15', '2026-02-15'], ['2026-03-15', '2026-04-15', '2026-05-15']],
    ['ends of months stay ends', 'date', ['2026-01-31', '2026-02-28'], ['2026-03-31', '2026-04-30', '2026-05-31']],
    ['the same day of two years by years', 'date', ['2024-05-01', '2025-05-01'], ['2026-05-01', '2027-05-01', '2028-05-01']],
    ['a text by the number at its end', 'text', ['Dock 9'], ['Dock 10', 'Dock 11', 'Dock 12']],
    ['zeros stay', 'text', ['CRT-008'], ['CRT-009', 'CRT-010', 'CRT-011']],
    ['two texts by their difference', 'text', ['A10', 'A20'], ['A30', 'A40', 'A50']],
    ['other beginnings do not count', 'text', ['A1', 'B2'], null],
    ['a text without a number does not count', 'text', ['Leith'], null],
    ['a choice does not count', 'choice', ['active'], null],
    ['a link does not count', 'link', ['019c'], null],
    ['nothing does not count', 'integer', [], null],
  ])('%s', (_, kind, seeds, values) => expect(next(kind, seeds)).toEqual(values));
});

describe('as asked for', () => {
  test.each<[string, Kind, readonly Scalar[], SeriesWish, readonly Scalar[]]>([
    ['by 5', 'integer', [10, 11], { by: 5, unit: null }, [16, 21, 26]],
    ['by 0.5 of a quantity', 'decimal', [1_000_000], { by: 0.5, unit: null }, [1_500_000, 2_000_000, 2_500_000]],
    ['by -1 month', 'date', ['2026-03-31'], { by: -1, unit: 'month' }, ['2026-02-28', '2026-01-31', '2025-12-31']],
    ['working days', 'date', ['2026-03-12'], { by: null, unit: 'workday' }, ['2026-03-13', '2026-03-16', '2026-03-17']],
    ['two working days back', 'date', ['2026-03-16'], { by: -2, unit: 'workday' }, ['2026-03-12', '2026-03-10', '2026-03-06']],
    ['weeks', 'date', ['2026-03-12', '2026-03-13'], { by: null, unit: 'week' }, ['2026-03-20', '2026-03-27', '2026-04-03']],
    ['years, from a leap day', 'date', ['2024-02-29'], { by: 1, unit: 'year' }, ['2025-02-28', '2026-02-28', '2027-02-28']],
    ['texts by 10', 'text', ['R-090'], { by: 10, unit: null }, ['R-100', 'R-110', 'R-120']],
  ])('%s', (_, kind, seeds, wish, values) => expect(next(kind, seeds, 3, wish)).toEqual(values));
});

it('goes by the minor units of the currency', () => {
  expect(next('money', [500], 1, plain, 'JPY')).toEqual([501]);
  expect(next('money', [500], 1, plain, 'KWD')).toEqual([1500]);
});

it('never makes a number that cannot be stored, nor one that is no whole of its scale', () => {
  const wish = fc.record({ by: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })), unit: fc.constant(null) });
  const seeds = fc.array(fc.maxSafeInteger(), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(fc.constantFrom<Kind>('integer', 'decimal', 'money', 'percent'), seeds, wish, (kind, from, how) => {
      for (const value of next(kind, from, 5, how) ?? []) expect(value === null || Number.isSafeInteger(value)).toBe(true);
    }),
  );
});

it('ends of months never drift, however far', () => {
  const days = next('date', ['2026-01-31', '2026-02-28'], 24) ?? [];
  expect(days.filter((day) => typeof day === 'string' && day.slice(8) === '31')).toHaveLength(14);
  expect(days.at(-1)).toBe('2028-02-29');
});
