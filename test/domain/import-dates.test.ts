/** The order of a column of dates whose years have two digits, and what a far year says. */
import { describe, expect, test } from 'vitest';
import { judgeDates, readDate } from '../../shared/domain/import/dates.ts';

const NOW = 2026;
const judge = (...texts: readonly string[]) => {
  const { order, sure } = judgeDates(
    texts.map((text, row) => ({ row, text })),
    NOW,
  );
  return { order, sure };
};

describe('years of two digits', () => {
  test.each([
    ['the year first, as the years on that side are few', ['26-01-15', '26-02-03', '26-03-31', '25-12-24'], null],
    ['one date that fits both', ['13/05/06'], null],
    ['days first, as the years on that side are few', ['26.01.25', '03.02.26', '31.03.26', '24.12.25'], 'dmy'],
    ['months first', ['01/26/25', '02/03/26', '03/31/26', '12/24/25'], 'mdy'],
    ['days first where the year cannot be one of a month', ['13.05.99', '14.05.98'], 'dmy'],
    ['years of four digits', ['13/05/2006', '01/02/2006'], 'dmy'],
    ['only year first fits', ['99-12-31', '98-11-30'], 'ymd'],
  ] as const)('%s', (_, texts, order) => expect(judge(...texts)).toEqual({ order, sure: order !== null }));
});

describe('a far year', () => {
  test.each(['29991212', '2999-12-31', '9999-12-31', '9999-01-01', '31.12.4712', '12/31/9999', '00000000'])(
    '%s is no end',
    (text) => expect(readDate(text, NOW)).toEqual({ kind: 'never' }),
  );
  test.each(['3026-02-01', '4000-01-01', '30.06.3026', '12 Jan 3026'])('%s is a slip, and no date', (text) =>
    expect(readDate(text, NOW)).toBeNull(),
  );
});
