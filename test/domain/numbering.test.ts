import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  defaultNumberFormat,
  isFingerprint,
  judgeNumberFormat,
  listSeries,
  nextCounter,
  numberPrefix,
  ownNumbering,
  readNumber,
  readNumbering,
  renderNumber,
  sayFingerprint,
  withDevice,
  withoutDevice,
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

describe('N1: legal series', () => {
  const ISSUER = '0195f000-0000-7000-8000-00000000beef';
  test.each([
    ['2026-0001', '{yyyy}-{counter}', { prefix: '2026-', counter: 1 }],
    ['2019-123456', '{yyyy}-{counter:4}', { prefix: '2019-', counter: 123_456 }],
    ['I26/03/007', '{letter}{yy}/{mm}/{counter:3}', { prefix: 'I26/03/', counter: 7 }],
    ['A.(1)K7M-5', 'A.(1){device}-{counter}', { prefix: 'A.(1)K7M-', counter: 5 }],
    ['AX(1)K7M-5', 'A.(1){device}-{counter}', null],
    ['20260042', '{yyyy}{counter}', { prefix: '2026', counter: 42 }],
    ['42', '{counter}', { prefix: '', counter: 42 }],
    ['2026-0001/2', '{yyyy}-{counter}', null],
    ['2026-1234567890123456', '{yyyy}-{counter}', null],
    ['26-0001', '{yyyy}-{counter}', null],
  ])('%s counts so by %s', (number, format, counted) => {
    expect(readNumber(number, 'I', format)).toEqual(counted);
  });
  test('what is rendered is read again, whatever the form', () => {
    const part = fc.constantFrom('{letter}', '{yy}', '{yyyy}', '{mm}', '-', '/', '.', 'INV', '+', '[');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), fc.integer({ min: 1, max: 10 ** 9 }), (parts, counter) => {
        const format = `${parts.join('')}{counter}`;
        const prefix = numberPrefix('I', '2026-03-09', 'K7M', format);
        expect(readNumber(renderNumber(prefix, counter, format), 'I', format)).toEqual({ prefix, counter });
      }),
    );
  });
  test('only with a device of its own a form needs none in it, and only where it may be a legal one', () => {
    const setting = { format: '{yyyy}-{counter}', start: 7, issuer: ISSUER };
    expect(readNumbering(setting, true)).toEqual({ ...setting, before: null });
    expect(ownNumbering(readNumbering(setting, true))).toMatchObject({ format: defaultNumberFormat, start: 1 });
    expect(readNumbering(setting)).toEqual({ format: defaultNumberFormat, start: 7, issuer: null, before: null });
    for (const issuer of [7, '', 'K7M', ISSUER.toUpperCase(), `${ISSUER}0`, null, {}])
      expect(readNumbering({ ...setting, issuer }, true)).toMatchObject({ format: defaultNumberFormat, issuer: null });
    // In the form that each device's own numbers have, both would look the same.
    for (const format of [defaultNumberFormat, '{letter}{yy}-{device}-{counter:7}', '{counter}{counter}', 7])
      expect(readNumbering({ ...setting, format }, true)).toMatchObject({ format: '{letter}{yy}-{counter}', issuer: ISSUER });
    const before = { issuer: ISSUER, until: 5 };
    expect(readNumbering({ ...setting, before }, true)).toMatchObject({ before });
    expect(readNumbering({ ...setting, before: { ...before, until: 1e99 } }, true)).toMatchObject({ before: null });
  });
  test('a form for many devices becomes one for one, and back', () => {
    expect(withoutDevice(defaultNumberFormat)).toBe('{letter}{yy}-{counter}');
    expect(withDevice('{yyyy}-{counter:5}')).toBe('{yyyy}-{device}-{counter:5}');
    expect(judgeNumberFormat(withDevice('{counter}'))).toBeNull();
    expect(withDevice(defaultNumberFormat)).toBe(defaultNumberFormat);
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
