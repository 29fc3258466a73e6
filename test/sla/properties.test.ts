import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readClocks } from '../../shared/domain/sla/clocks.ts';
import { clockKeys, type CaseEvent } from '../../shared/domain/sla/types.ts';
import { createWorkTime } from '../../shared/domain/sla/work-time.ts';
import { answered, at, calendarOf, event, opened, paused, said, termsOf } from './cases.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const zones = ['Europe/London', 'America/New_York', 'Pacific/Auckland', 'Australia/Lord_Howe', 'UTC'];
const weeks = ['Mon-Fri 09:00-17:00', 'Mon-Sun 00:00-24:00', 'Mon-Thu 08:00-12:00 13:00-18:30; Sat 01:30-02:30'];
const times = zones.flatMap((zone) =>
  weeks.map((week) => createWorkTime(calendarOf(zone, week, { '2026-03-30': '10:00-11:00' }))),
);
const time = fc.constantFrom(...times);
const minutes = (from: number, days: number) => fc.integer({ min: 0, max: days * 1440 }).map((count) => from + count * MINUTE);
const spring = at('2026-03-01 00:00', 'UTC');
const start = fc.oneof(minutes(spring, 60), minutes(at('2026-10-20 00:00', 'UTC'), 30));
const targets = fc.integer({ min: 1, max: 3000 });

test('L4: business time is additive, and what is added takes as long as it is', () => {
  fc.assert(
    fc.property(time, start, fc.nat(20_000), fc.nat(20_000), (work, a, first, second) => {
      const [b, c] = [a + first * MINUTE, a + (first + second) * MINUTE];
      expect(work.between(a, b) + work.between(b, c)).toBe(work.between(a, c));
    }),
  );
  fc.assert(
    fc.property(time, start, targets, (work, a, target) => {
      const due = work.after(a, target * MINUTE) ?? NaN;
      expect(work.between(a, due)).toBe(target * MINUTE);
      expect(work.between(a, due - MINUTE)).toBeLessThan(target * MINUTE);
    }),
  );
});

test('L5: a due time never moves earlier by a pause, and each further one moves it on or leaves it', () => {
  const pauses = fc.array(fc.tuple(fc.nat(4000), fc.integer({ min: 1, max: 5000 })), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(time, start, targets, pauses, (work, from, target, list) => {
      const terms = termsOf({ calendar: work.calendar, targets: { resolve: target } });
      const events: CaseEvent[] = [opened(from, terms)];
      let at = from;
      let due = readClocks(events, from).clocks.resolve.due ?? NaN;
      for (const [wait, long] of list) {
        const begin = at + wait * MINUTE;
        at = begin + long * MINUTE;
        events.push(paused(begin), said('resumed', at));
        const later = readClocks(events, from).clocks.resolve.due ?? NaN;
        expect(later).toBeGreaterThanOrEqual(due);
        due = later;
      }
    }),
  );
});

describe('L3: replicas', () => {
  const deed = fc.tuple(fc.nat(15_000), fc.nat(8)).map(([after, kind]): CaseEvent => {
    const when = spring + after * MINUTE;
    const kinds = ['customer', 'resumed', 'resolved', 'reopened', 'acknowledged'] as const;
    if (kind === 5) return paused(when);
    if (kind === 6) return answered(when);
    if (kind === 7) return event('due_set', when, { clock: 'resolve', due: when + DAY, reason: 'Agreed' });
    if (kind === 8) return event('retargeted', when, { terms: termsOf({ targets: { resolve: 120, update: 60 } }) });
    return said(kinds[kind] ?? 'customer', when);
  });
  const story = fc.array(deed, { maxLength: 14 }).map((deeds) => [
    opened(spring, termsOf({ targets: { acknowledge: 30, update: 240 } })),
    ...deeds,
    ...deeds.slice(0, 2).map((one) => ({
      ...event('corrected', one.at + MINUTE, { event: one.id, happened: one.at - 30 * MINUTE }),
    })),
  ]);

  test('L3: every order of arrival, and every event twice, gives the same clocks', () => {
    const both = story.chain((events) =>
      fc.tuple(fc.constant(events), fc.shuffledSubarray([...events], { minLength: events.length })),
    );
    fc.assert(
      fc.property(both, ([events, shuffled]) => {
        const now = spring + 20 * DAY;
        expect(readClocks([...shuffled, ...shuffled], now)).toEqual(readClocks(events, now));
      }),
    );
  });

  test('L3: a due time that is known does not hang on now', () => {
    fc.assert(
      fc.property(story, (events) => {
        const [early, late] = [20, 90].map((days) => readClocks(events, spring + days * DAY).clocks);
        for (const key of clockKeys) {
          expect(late?.[key].due).toBe(early?.[key].due);
          expect(late?.[key].state).toBe(early?.[key].state);
        }
      }),
    );
  });
});

describe('L4: clock changes', () => {
  test.each([
    ['Europe/London', '2026-03-29', 23],
    ['Europe/London', '2026-10-25', 25],
    ['America/New_York', '2026-03-08', 23],
    ['America/New_York', '2026-11-01', 25],
    ['Australia/Lord_Howe', '2026-10-04', 23.5],
    ['Australia/Lord_Howe', '2026-04-05', 24.5],
  ])('L4: %s on %s has %d hours', (zone, day, hours) => {
    const work = createWorkTime(calendarOf(zone, 'Mon-Sun 00:00-24:00'));
    const next = new Date(Date.parse(`${day}T00:00Z`) + DAY).toISOString().slice(0, 10);
    expect(work.between(at(`${day} 00:00`, zone), at(`${next} 00:00`, zone)) / 3_600_000).toBe(hours);
  });
  test('L4: office hours are as long on such a day as on any other', () => {
    const work = createWorkTime(calendarOf('Europe/London', 'Mon-Sun 09:00-17:00'));
    for (const day of ['2026-03-29', '2026-10-25', '2026-03-16'])
      expect(work.between(at(`${day} 00:00`), at(`${day} 23:00`)) / 3_600_000).toBe(8);
  });
});
