/** What can have happened: not still to come, not from before there was anything to happen to. */
import { expect, test } from 'vitest';
import { CLOCK_SKEW, judgeHappened, judgeHappenedOn } from '../../shared/domain/plausible.ts';

const now = Date.parse('2026-01-15T12:00:00Z');
const zone = 'Europe/London';

test.each([
  ['now', now, null, null],
  ['as much ahead as clocks differ', now + CLOCK_SKEW, null, null],
  ['a moment more', now + CLOCK_SKEW + 1, null, 'is still to come'],
  ['years ago, of an unknown order', 0, null, null],
  ['as long before its order as orders are late', Date.parse('2026-01-01T00:00:00Z'), '2026-01-15', null],
  [
    'a minute more',
    Date.parse('2025-12-31T23:59:00Z'),
    '2026-01-15',
    'is more than 14 days before it was ordered or booked (2026-01-15)',
  ],
] as const)('%s', (_, at, since, why) => {
  const said = judgeHappened(at, { now, since, zone });
  expect(said === null ? null : said.split(':')[0]).toBe(why);
});

test.each([
  ['2026-01-15', null, null],
  ['2026-01-16', null, 'is still to come'],
  ['2026-01-01', '2026-01-15', null],
  ['2025-12-31', '2026-01-15', 'is more than 14 days before it was ordered or booked (2026-01-15)'],
] as const)('the day %s of an order of %s', (day, since, why) => {
  const said = judgeHappenedOn(day, { today: '2026-01-15', since });
  expect(said === null ? null : said.split(':')[0]).toBe(why);
});
