import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  addMonths,
  dayOf,
  daysBetween,
  endOfMonth,
  instantAt,
  isDay,
  isZone,
  startOfWeek,
  today,
  weekdayOf,
} from '../../shared/domain/dates.ts';

const at = (text: string) => () => Date.parse(text);
const day = fc.integer({ min: -80_000, max: 80_000 }).map((n) => addDays('2026-03-12', n));

describe.each(['UTC', 'America/New_York', 'Pacific/Auckland'])('with the process in %s', (zone) => {
  const withZone = (run: () => void): void => {
    const before = process.env['TZ'];
    process.env['TZ'] = zone;
    try {
      run();
    } finally {
      process.env['TZ'] = before;
    }
  };

  test('today is the day of the company, not of the process', () => {
    withZone(() => {
      expect(today('UTC', at('2026-03-12T23:30:00Z'))).toBe('2026-03-12');
      expect(today('America/New_York', at('2026-03-12T03:30:00Z'))).toBe('2026-03-11');
      expect(today('Pacific/Auckland', at('2026-03-12T12:00:00Z'))).toBe('2026-03-13');
    });
  });

  test('day arithmetic keeps to the calendar', () => {
    withZone(() => {
      expect(addDays('2026-03-28', 2)).toBe('2026-03-30');
      expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
      expect(daysBetween('2026-03-01', '2026-04-01')).toBe(31);
      expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
      expect(addMonths('2026-03-31', -13)).toBe('2025-02-28');
      expect(endOfMonth('2028-02-10')).toBe('2028-02-29');
      expect(weekdayOf('2026-03-12')).toBe(4);
      expect(startOfWeek('2026-03-12', 1)).toBe('2026-03-09');
      expect(startOfWeek('2026-03-12', 7)).toBe('2026-03-08');
      fc.assert(fc.property(day, fc.integer({ min: -4000, max: 4000 }), (d, n) => daysBetween(d, addDays(d, n)) === n));
    });
  });

  test('a moment and its wall time agree, over a clock change too', () => {
    withZone(() => {
      expect(instantAt('Europe/London', '2026-07-01', '09:00')).toBe(Date.parse('2026-07-01T08:00:00Z'));
      expect(instantAt('America/New_York', '2026-03-08', '02:30')).toBe(Date.parse('2026-03-08T07:30:00Z'));
    });
  });
});

test('a day is a real day', () => {
  expect(isDay('2026-02-28')).toBe(true);
  for (const bad of ['2026-02-29', '2026-13-01', '26-01-01', '2026-1-1', '', '2026-01-01T00:00:00Z'])
    expect(isDay(bad)).toBe(false);
  expect(dayOf(2024, 2, 29)).toBe('2024-02-29');
  expect(dayOf(2025, 2, 29)).toBe(null);
  expect(isZone('Europe/Berlin')).toBe(true);
  expect(isZone('Europe/Atlantis')).toBe(false);
});
