/** Tasks in a line, repeat rules, snoozing in words, promises: the rules alone. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, dayIn, daysBetween, instantAt, weekdayOf } from '../../shared/domain/dates.ts';
import { styleOf } from '../../shared/domain/locale.ts';
import { readTaskLine, type LineContext } from '../../shared/domain/tasks/entry.ts';
import { keptRate, judgePromise } from '../../shared/domain/tasks/promise.ts';
import { anchorRepeat, firstOccurrence, nextOccurrence, type Repeat } from '../../shared/domain/tasks/repeat.ts';
import { readRepeat, sayRepeat } from '../../shared/domain/tasks/repeat-text.ts';
import { readSnooze } from '../../shared/domain/tasks/snooze.ts';
import { tasks } from '../../shared/model/tasks.ts';

/** Thursday. */
const TODAY = '2026-01-15';
const style = styleOf('en-GB');
const context: LineContext = {
  today: TODAY,
  clock: '14:02',
  style,
  kinds: tasks.fields.kind.choices,
  priorities: tasks.fields.priority.choices,
};
const plain = { account: null, due: null, time: null, priority: null, kind: null, repeat: null, unread: [] };

describe('a task in one line', () => {
  test.each([
    [
      'chase POD @Kestrel fri 10:00 !1',
      { what: 'chase POD', account: 'Kestrel', due: '2026-01-16', time: '10:00', priority: '1', kind: 'chase' },
    ],
    ['call Priya about terms', { what: 'call Priya about terms', kind: 'call' }],
    [
      '!2 @"Harbour Foods" send samples t+3',
      { what: 'send samples', account: 'Harbour Foods', due: '2026-01-18', priority: '2' },
    ],
    ['visit site 12 nov 2026', { what: 'visit site', kind: 'visit', due: '2026-11-12' }],
    ['visit site on mon at 9.30 am', { what: 'visit site', kind: 'visit', due: '2026-01-19', time: '09:30' }],
    ['ring back 16:30', { what: 'ring back', kind: 'call', due: TODAY, time: '16:30' }],
    ['ring back 3 pm', { what: 'ring back', kind: 'call', due: TODAY, time: '15:00' }],
    ['ring back 9:00', { what: 'ring back', kind: 'call', due: '2026-01-16', time: '09:00' }],
    ["chase Friday's delivery mon", { what: "chase Friday's delivery", kind: 'chase', due: '2026-01-19' }],
    ['order 12 boxes of 10', { what: 'order 12 boxes of 10' }],
    ['check PO 20260120', { what: 'check PO 20260120' }],
    ['price review 20/02/2026', { what: 'price review', due: '2026-02-20' }],
    ['report by eom', { what: 'report', due: '2026-01-31' }],
    [
      'mail figures @Kestrel every fri 10:00',
      { what: 'mail figures', account: 'Kestrel', kind: 'mail', due: '2026-01-16', time: '10:00', repeat: 'every week on Fri' },
    ],
    ['stock count every month', { what: 'stock count', due: TODAY, repeat: 'every month on the 15th' }],
    ['stock count every 2 weeks 2026-02-02', { what: 'stock count', due: '2026-02-02', repeat: 'every 2 weeks' }],
    ['review every driver', { what: 'review every driver' }],
    ['call Bob 10 dec 9', { what: 'call Bob', kind: 'call', due: '2026-12-10', time: '09:00' }],
    ['call Bob 31/2', { what: 'call Bob 31/2', kind: 'call', unread: [{ text: '31/2', why: 'there is no such day' }] }],
    ['call Bob 31 feb', { what: 'call Bob 31 feb', kind: 'call', unread: [{ text: '31 feb', why: 'there is no such day' }] }],
    [
      'call Bob 31/2 10:00',
      { what: 'call Bob 31/2 10:00', kind: 'call', unread: [{ text: '31/2', why: 'there is no such day' }] },
    ],
    [
      'call Bob fri 25:00',
      { what: 'call Bob fri 25:00', kind: 'call', unread: [{ text: '25:00', why: 'there is no such time' }] },
    ],
    ['call Bob at 9:75', { what: 'call Bob at 9:75', kind: 'call', unread: [{ text: '9:75', why: 'there is no such time' }] }],
    ['use valve 99.14', { what: 'use valve 99.14' }],
    ['promise a refund of 8.30', { what: 'promise a refund of 8.30' }],
    ['quote price 10.01', { what: 'quote price 10.01' }],
    ['invoice 1.5', { what: 'invoice 1.5' }],
    ['support 24/7', { what: 'support 24/7' }],
    ['call Bob fri 8.30', { what: 'call Bob', kind: 'call', due: '2026-01-16', time: '08:30' }],
    ['call Bob at 8.30', { what: 'call Bob', kind: 'call', due: '2026-01-16', time: '08:30' }],
    ['send quote by 17:00', { what: 'send quote', due: TODAY, time: '17:00' }],
    ['call Bob fri noon', { what: 'call Bob', kind: 'call', due: '2026-01-16', time: '12:00' }],
    ['call Bob next friday', { what: 'call Bob', kind: 'call', due: '2026-01-23' }],
    ['pick the next crate', { what: 'pick the next crate' }],
    [
      'call Bob fri 10:00-12:00',
      {
        what: 'call Bob fri 10:00-12:00',
        kind: 'call',
        unread: [{ text: '10:00-12:00', why: 'say when it is due: one time, not from and to' }],
      },
    ],
  ])('%s', (line, expected) => {
    expect(readTaskLine(line, context)).toEqual({ ...plain, ...expected });
  });

  test('what is not understood stays in the words, with the reason', () => {
    const { what, account, unread } = readTaskLine('ask @Kestrel @Harbour !9 !1', context);
    expect([what, account]).toEqual(['ask @Harbour !1 !9', 'Kestrel']);
    expect(unread).toEqual([
      { text: '@Harbour', why: 'a task is about one account' },
      { text: '!1', why: 'a task has one priority' },
      { text: '!9', why: 'the priorities are !1, !2, !3' },
    ]);
  });

  test('no letter or digit of a line is lost: each is in the words or was read as something', () => {
    const word = fc.constantFrom(
      'chase',
      'POD',
      '@Kestrel',
      '@"Two Words"',
      'fri',
      '10:00',
      '!1',
      '!x',
      'every',
      'week',
      '12',
      'nov',
      't+1',
    );
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), (words) => {
        const read = readTaskLine(words.join(' '), context);
        expect(read.what).not.toBe('');
        for (const lost of words.filter((one) => !read.what.includes(one))) {
          const isRead = {
            account: read.account !== null && lost.startsWith('@'),
            priority: read.priority !== null && lost.startsWith('!'),
            when: read.due !== null && !/^[@!]/.test(lost),
          };
          expect(Object.values(isRead)).toContain(true);
        }
      }),
    );
  });
});

describe('repeat rules', () => {
  test.each([
    ['daily', 'every day'],
    ['every weekday', 'every weekday'],
    ['Every 2 weeks on Thu and Mon', 'every 2 weeks on Mon, Thu'],
    ['every other week', 'every 2 weeks'],
    ['every month on the 31st', 'every month on the 31st'],
    ['every month on the last day', 'every month on the last day'],
    ['every 3 months on the first Mon', 'every 3 months on the first Mon'],
    ['every friday, until 2026-12-31', 'every week on Fri, until 2026-12-31'],
    ['every day, 5 times', 'every day, 5 times'],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=TH,MO', 'every 2 weeks on Mon, Thu'],
    ['RRULE:FREQ=MONTHLY;BYDAY=-1FR;COUNT=3', 'every month on the last Fri, 3 times'],
    ['FREQ=MONTHLY;BYMONTHDAY=-1;UNTIL=20261231T000000Z', 'every month on the last day, until 2026-12-31'],
  ])('%s is kept as "%s"', (text, kept) => {
    const rule = readRepeat(text);
    expect(rule && sayRepeat(rule)).toBe(kept);
    expect(rule && readRepeat(sayRepeat(rule))).toEqual(rule);
  });

  test.each([
    'sometimes',
    'every',
    'every 0 days',
    'every month on the 32nd',
    'FREQ=HOURLY',
    'FREQ=WEEKLY;BYSETPOS=1',
    'every day on mon',
  ])('%s is no rule', (text) => expect(readRepeat(text)).toBeNull());

  const days = (text: string, from: string, count: number): readonly string[] => {
    const found: string[] = [];
    let at = from;
    let rule: Repeat | null = readRepeat(text);
    while (found.length < count && rule !== null) {
      const next = nextOccurrence(rule, at, at);
      if (next === null) break;
      found.push(next.due);
      at = next.due;
      rule = next.rule;
    }
    return found;
  };

  test.each([
    ['every weekday', '2026-01-16', ['2026-01-19', '2026-01-20']],
    ['every 2 weeks on Mon, Thu', '2026-01-15', ['2026-01-26', '2026-01-29', '2026-02-09']],
    ['every month on the 31st', '2026-01-31', ['2026-02-28', '2026-03-31', '2026-04-30']],
    ['every month on the last Fri', '2026-01-15', ['2026-01-30', '2026-02-27']],
    ['every month on the fifth Mon', '2026-01-15', ['2026-03-30', '2026-06-29']],
    ['every year', '2024-02-29', ['2025-02-28', '2026-02-28']],
    ['every day, until 2026-01-17', '2026-01-15', ['2026-01-16', '2026-01-17']],
    ['every day, 3 times', '2026-01-15', ['2026-01-16', '2026-01-17']],
  ])('%s after %s', (text, from, expected) => {
    expect(days(text, from, expected.length === 2 && /until|times/.test(text) ? 9 : expected.length)).toEqual(expected);
  });

  test('what was missed is not asked for again', () => {
    const rule = readRepeat('every week on Mon');
    expect(rule && nextOccurrence(rule, '2025-12-01', TODAY)?.due).toBe('2026-01-19');
  });

  test('the first of a series is today or later, and "every month" of a 31st stays there', () => {
    const fridays = readRepeat('every fri');
    const monthly = readRepeat('every month');
    expect(fridays && firstOccurrence(fridays, '2026-01-16')).toBe('2026-01-16');
    expect(monthly && sayRepeat(anchorRepeat(monthly, '2026-01-31'))).toBe('every month on the 31st');
  });

  const rules = fc.record({
    every: fc.integer({ min: 1, max: 6 }),
    unit: fc.constantFrom('day' as const, 'week' as const, 'month' as const, 'year' as const),
    days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { maxLength: 7 }),
    monthDay: fc.option(fc.integer({ min: 1, max: 31 })),
  });
  const dayFrom = fc.integer({ min: 0, max: 20_000 }).map((n) => addDays('2000-01-01', n));

  test('any rule can be read as it is said, and its next day is later and one of its days', () => {
    fc.assert(
      fc.property(rules, dayFrom, ({ every, unit, days: weekdays, monthDay }, from) => {
        const rule: Repeat = {
          every,
          unit,
          weekdays: unit === 'week' ? weekdays.toSorted((a, b) => a - b) : [],
          monthDay: unit === 'month' ? monthDay : null,
          nth: null,
          until: null,
          count: null,
        };
        expect(readRepeat(sayRepeat(rule))).toEqual(rule);
        const next = nextOccurrence(rule, from, from);
        expect(next === null ? '' : next.due > from).toBe(true);
        if (next === null) return;
        if (rule.weekdays.length > 0) expect(rule.weekdays).toContain(weekdayOf(next.due));
        if (unit === 'day') expect(daysBetween(from, next.due)).toBe(every);
      }),
    );
  });
});

describe('snoozing in words', () => {
  const zone = 'Europe/London';
  const now = instantAt(zone, TODAY, '14:02');
  const until = (text: string) => readSnooze(text, { zone, now, style });
  test.each([
    ['2h', TODAY, '16:02'],
    ['45 m', TODAY, '14:47'],
    ['t+1', '2026-01-16', '08:00'],
    ['mon', '2026-01-19', '08:00'],
    ['mon 14:00', '2026-01-19', '14:00'],
    ['16:30', TODAY, '16:30'],
    ['9:00', '2026-01-16', '09:00'],
    ['2d', '2026-01-17', '08:00'],
    ['in 1 week', '2026-01-22', '08:00'],
  ])('%s', (text, day, time) => expect(until(text)).toEqual({ until: instantAt(zone, day, time) }));

  test.each([
    ['soon', 'no time to come back'],
    ['2026-01-02', 'over already'],
    ['-2h', 'over already'],
    ['2030-01-01', 'more than two years'],
  ])('%s is refused in words', (text, why) => {
    const read = until(text);
    expect('why' in read ? read.why : '').toContain(why);
  });

  test('a day of a clock change begins at its own morning', () => {
    const before = instantAt(zone, '2026-03-28', '20:00');
    const read = readSnooze('t+1', { zone, now: before, style });
    expect('until' in read && [dayIn(zone, read.until), read.until - before]).toEqual(['2026-03-29', 11 * 3_600_000]);
  });
});

describe('promises', () => {
  const kept = (keptOn: string) => ({ status: 'kept', due: TODAY, keptOn });
  test.each([
    ['open', { status: 'open', due: TODAY, keptOn: null }],
    ['overdue', { status: 'open', due: '2026-01-14', keptOn: null }],
    ['kept', kept(TODAY)],
    ['kept_late', kept('2026-01-16')],
    ['missed', { status: 'missed', due: TODAY, keptOn: null }],
    ['released', { status: 'released', due: TODAY, keptOn: null }],
    ['open', { status: 'open', due: null, keptOn: null }],
  ])('%s', (verdict, facts) => expect(judgePromise(facts, TODAY)).toBe(verdict));

  test('kept late counts as missed, what was released counts neither way, nothing is no rate', () => {
    const all = [kept(TODAY), kept('2026-01-16'), { status: 'released', due: TODAY, keptOn: null }];
    expect(keptRate(all, TODAY)).toBe(500_000);
    expect(keptRate([{ status: 'open', due: '2026-02-01', keptOn: null }], TODAY)).toBeNull();
  });
});
