import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  defaultNumberFormat,
  isFingerprint,
  judgeNumberFormat,
  listSeries,
  nextCounter,
  numberPrefix,
  renderNumber,
  sayFingerprint,
} from '../../shared/domain/numbering.ts';

describe('N1, N2: numbers', () => {
  test('N2: the counter belongs to the rendered prefix: a new year or month starts again by itself', () => {
    const format = '{letter}{yyyy}/{mm}/{device}/{counter:3}';
    const days = ['2026-12-31', '2027-01-01', '2027-02-01', '2027-02-28'];
    const counters = new Map<string, number>();
    const numbers = days.map((day) => {
      const prefix = numberPrefix('Q', day, 'K7M', format);
      const counter = nextCounter(counters.get(prefix) ?? null);
      counters.set(prefix, counter);
      return renderNumber(prefix, counter, format);
    });
    expect(numbers).toEqual(['Q2026/12/K7M/001', 'Q2027/01/K7M/001', 'Q2027/02/K7M/001', 'Q2027/02/K7M/002']);
  });
  test.each([
    [defaultNumberFormat, null],
    ['{yy}/{device}/{counter}', null],
    ['{letter}-{counter}', 'Without {device} two devices would give the same number.'],
    ['{device}-{counter}-{yy}', 'A number ends with its {counter}, once.'],
    ['{device}{counter}{counter}', 'A number ends with its {counter}, once.'],
    ['{device}-{day}-{counter}', '{day} is not a part of a number.'],
    ['{device}-{toString}{counter}', '{toString} is not a part of a number.'],
    ['{device-{counter}', 'A brace is left open.'],
  ])('N2: a format of one’s own: %s', (format, refusal) => {
    expect(judgeNumberFormat(format)).toBe(refusal);
  });
  test('N2: a company may begin in the middle of a year, and never goes back', () => {
    expect([nextCounter(null, 500), nextCounter(500, 500), nextCounter(700, 500), nextCounter(null)]).toEqual([500, 501, 701, 1]);
  });
  test('N1: no number is given twice, whatever the days', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('2026-01-31', '2026-02-01', '2027-01-01'), { maxLength: 30 }), (days) => {
        const last = new Map<string, number>();
        const numbers = days.map((day) => {
          const prefix = numberPrefix('O', day, 'K7M');
          last.set(prefix, nextCounter(last.get(prefix) ?? null));
          return renderNumber(prefix, last.get(prefix) ?? 0);
        });
        expect(new Set(numbers).size).toBe(numbers.length);
      }),
    );
  });
  test('N2: voided numbers stay listed', () => {
    const used = new Map([
      ['O26-K7M-0007', false],
      ['O26-K7M-0008', true],
    ]);
    expect(listSeries('O26-K7M-', { start: 7, last: 9 }, used)).toEqual([
      { number: 'O26-K7M-0007', isVoid: false },
      { number: 'O26-K7M-0008', isVoid: true },
      { number: 'O26-K7M-0009', isVoid: true },
    ]);
  });
});

test('a fingerprint is read out in groups, and typed in any of their writings', () => {
  const said = sayFingerprint(Uint8Array.from({ length: 32 }, (_, at) => at * 7));
  expect(said).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}$/);
  for (const typed of [said, said.toLowerCase(), said.replaceAll('-', ''), ` ${said.replaceAll('-', ' - ')} `])
    expect(isFingerprint(typed, said)).toBe(true);
  for (const typed of ['', said.slice(1), `${said}0`, said.replace(/.$/, (last) => (last === '0' ? '1' : '0'))])
    expect(isFingerprint(typed, said)).toBe(false);
});
