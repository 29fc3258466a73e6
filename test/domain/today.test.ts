/** What stands first on Today: bands, points, ties. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instantAt } from '../../shared/domain/dates.ts';
import { sayDaysLeft } from '../../shared/domain/today/left.ts';
import { bands, createMoments, pointsOf, rankClocks } from '../../shared/domain/today/rank.ts';

const ZONE = 'Europe/London';
const now = instantAt(ZONE, '2026-01-15', '14:00');
const HOUR = 3_600_000;
const clock = (key: string, hours: number, amount = 0, stake = 0) => ({ key, at: now + hours * HOUR, amount, stake });
const keys = (clocks: readonly ReturnType<typeof clock>[]): readonly string[] =>
  rankClocks(clocks, now, ZONE).first.map(({ band, key }) => `${band} ${key}`);

test('what is due on a day is over by days of the calendar, at any time of day', () => {
  const say = (due: string, time: string) =>
    sayDaysLeft(due, '2026-01-15', createMoments(ZONE)(due, null), instantAt(ZONE, '2026-01-15', time));
  expect(['00:01', '23:59'].map((time) => say('2026-01-14', time))).toEqual(['Over by 1 d', 'Over by 1 d']);
  expect(say('2025-09-29', '09:00')).toBe('Over by 108 d');
  expect([say('2026-01-15', '20:30'), say('2026-01-16', '09:00')]).toEqual(['3 h 30 m left', '1 d left']);
});

describe('the order of Today', () => {
  test('overdue before today before the week, whatever is at stake', () => {
    expect(keys([clock('rich', 30, 1_000_000), clock('late', -1), clock('soon', 2)])).toEqual([
      'overdue late',
      'today soon',
      'week rich',
    ]);
  });

  test('a day ends at its midnight', () => {
    const momentOf = createMoments(ZONE);
    const day = (key: string, on: string) => ({ ...clock(key, 0), at: momentOf(on, null) });
    expect(keys([day('yesterday', '2026-01-14'), day('today', '2026-01-15'), day('tomorrow', '2026-01-16')])).toEqual([
      'overdue yesterday',
      'today today',
      'week tomorrow',
    ]);
    expect(momentOf('2026-03-29', '01:30')).toBe(instantAt(ZONE, '2026-03-29', '02:30'));
    expect(momentOf('2026-01-15', 'noonish')).toBe(momentOf('2026-01-15', null));
  });

  test.each([
    ['nothing at stake, within the hour', clock('a', 0.5), 0],
    ['nothing at stake, in eight hours', clock('a', 8), -3],
    ['nine at stake, within the hour', clock('a', 1, 9), 3],
    ['ten thousand at stake, in four hours', clock('a', 4, 10_000), 13],
    ['a promise, just over', clock('a', -1, 0, 4), 12],
    ['a promise, a week over', clock('a', -7 * 24, 0, 4), 15],
    ['less than one of anything', clock('a', 1, 0.99), 0],
  ])('%s', (_, one, points) => expect(pointsOf(one, now)).toBe(points));

  test('ten times the money weighs as much as an eighth of the time', () => {
    expect(pointsOf(clock('a', 8, 1000), now)).toBe(pointsOf(clock('b', 1, 100), now));
  });

  test('the list is the same in whatever order the clocks come', () => {
    const clocks = fc.uniqueArray(
      fc.record({
        key: fc.stringMatching(/^[a-z]{1,3}\/\d{1,3}$/),
        at: fc.integer({ min: -300, max: 200 }).map((hours) => now + hours * HOUR),
        amount: fc.constantFrom(0, 12, 4000, 75_000),
        stake: fc.constantFrom(0, 3, 4),
      }),
      { selector: ({ key }) => key, maxLength: 40 },
    );
    fc.assert(
      fc.property(clocks, (some) => {
        const { first: ranked, counts } = rankClocks(some, now, ZONE);
        expect(rankClocks(some.toReversed(), now, ZONE).first).toEqual(ranked);
        expect(rankClocks(some, now, ZONE, 3).first).toEqual(
          bands.flatMap((band) => ranked.filter((one) => one.band === band).slice(0, 3)),
        );
        expect(counts.overdue + counts.today + counts.week).toBe(some.length);
        expect(ranked).toHaveLength(some.length);
        for (const [at, one] of ranked.entries()) {
          const next = ranked[at + 1];
          if (next?.band === one.band) expect(one.points).toBeGreaterThanOrEqual(next.points);
        }
      }),
    );
  });
});
