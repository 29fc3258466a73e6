/** Due times worked by counting minutes on the wall clock, in zones, over lunch, holidays, pauses and clock changes. */
import { describe, expect, test } from 'vitest';
import { readClocks } from '../../shared/domain/sla/clocks.ts';
import type { CaseEvent } from '../../shared/domain/sla/types.ts';
import { createWorkTime, type Calendar } from '../../shared/domain/sla/work-time.ts';
import { at, calendarOf, opened, paused, said, termsOf } from './cases.ts';
import { countMinutes, dueByCounting } from './count-minutes.ts';

const calendars: Readonly<Record<string, Calendar>> = {
  'London office': calendarOf('Europe/London', 'Mon-Fri 09:00-17:00', { '2026-04-03': '', '2026-04-06': '' }),
  'lunch and a part holiday': calendarOf('Europe/London', 'Mon-Fri 08:30-12:30 13:00-17:00', {
    '2026-03-10': '08:30-12:30',
    '2026-12-24': '08:30-12:00',
    '2026-12-25': '',
  }),
  'New York, Saturdays': calendarOf('America/New_York', 'Mon-Fri 08:00-18:00; Sat 09:00-12:00', { '2026-11-26': '' }),
  'Auckland, round the clock': calendarOf('Pacific/Auckland', 'Mon-Sun 00:00-24:00'),
  'nights over the clock change': calendarOf('Europe/Berlin', 'Mon-Sun 00:00-06:00 22:00-24:00'),
  'Lord Howe, half an hour of summer time': calendarOf('Australia/Lord_Howe', 'Mon-Sun 01:15-04:45'),
  'Kathmandu, Sunday to Friday': calendarOf('Asia/Kathmandu', 'Sun-Thu 10:00-17:00; Fri 10:00-15:00'),
};

/** Start, target in minutes, pauses. */
type Row = readonly [start: string, target: number, ...pauses: (readonly [from: string, to: string])[]];

const rows: readonly Row[] = [
  ['2026-03-13 16:00', 240, ['2026-03-16 10:00', '2026-03-16 11:30']],
  ['2026-03-13 23:59', 60],
  ['2026-03-27 16:30', 480],
  ['2026-03-29 00:30', 300, ['2026-03-29 03:15', '2026-03-29 04:05']],
  ['2026-10-24 22:45', 420, ['2026-10-25 00:10', '2026-10-25 01:05']],
  ['2026-03-08 01:10', 190],
  ['2026-11-01 00:40', 610, ['2026-11-02 09:00', '2026-11-03 09:00']],
  ['2026-04-02 16:59', 1, ['2026-04-02 17:00', '2026-04-03 09:00']],
  ['2026-04-04 12:00', 1440, ['2026-04-07 08:00', '2026-04-07 10:01'], ['2026-04-08 10:00', '2026-04-08 18:00']],
  ['2026-12-23 15:00', 961, ['2026-12-24 11:59', '2026-12-29 09:01']],
];

const cases = Object.entries(calendars).flatMap(([name, calendar]) =>
  rows.map(([start, target, ...pauses]) => ({ name, calendar, start, target, pauses })),
);

test('the table has at least 60 cases', () => expect(cases.length).toBeGreaterThanOrEqual(60));

describe.each(cases)('$name: $target min from $start', ({ calendar, start, target, pauses }) => {
  const zone = calendar.zone;
  const from = at(start, zone);
  const gaps = pauses.map(([a, b]) => ({ from: at(a, zone), to: at(b, zone) }));
  const events: readonly CaseEvent[] = [
    opened(from, termsOf({ calendar, targets: { resolve: target } })),
    ...gaps.flatMap((gap) => [paused(gap.from), said('resumed', gap.to)]),
  ];

  test('L5: the due time is that of counting minutes', () => {
    const { due } = readClocks(events, from).clocks.resolve;
    expect(new Date(due ?? 0).toISOString()).toBe(new Date(dueByCounting(calendar, from, target, gaps)).toISOString());
  });
  test('L3: so is what was counted after three days', () => {
    const now = from + 3 * 86_400_000;
    const known = gaps.filter((gap) => gap.to <= now);
    const { counted } = readClocks([events[0] as CaseEvent, ...events.slice(1, 1 + known.length * 2)], now).clocks.resolve;
    expect(counted / 60_000).toBe(countMinutes(calendar, from, now, known));
  });
  test('L4: so is the working time of a week', () => {
    const end = from + 7 * 86_400_000;
    expect(createWorkTime(calendar).between(from, end) / 60_000).toBe(countMinutes(calendar, from, end));
  });
});
