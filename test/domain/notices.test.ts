/** When a notice is given (L10): tables by the clock, and what holds for any list of them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asOneNotice, dueNotices, rememberTold, type Due, type Told } from '../../shared/domain/notices/due.ts';
import { readWeek } from '../../shared/domain/sla/hours.ts';
import { createWorkTime } from '../../shared/domain/sla/work-time.ts';

const hoursOf = (text: string, zone = 'Europe/London') =>
  createWorkTime({ name: 'Mine', zone, week: readWeek(text) ?? [], holidays: {} });
const office = hoursOf('Mon-Fri 09:00-17:00');
/** Monday 12 January 2026 is the first of these days; London is at UTC. */
const at = (text: string): number => Date.parse(`${text.replace(' ', 'T')}:00Z`);
const due = (when: string, more: Partial<Due> = {}): Due => ({ key: when, at: at(when), isCritical: false, ...more });
const keys = (all: readonly Due[], now: string, told: Told = {}, hours = office): readonly string[] =>
  dueNotices(all, { told, hours, now: at(now) }).map(({ key }) => key);

describe('L10: a notice', () => {
  test('L10: is given when it is due in working hours, and once', () => {
    const all = [due('2026-01-12 10:00'), due('2026-01-12 11:00')];
    expect(keys(all, '2026-01-12 09:59')).toEqual([]);
    expect(keys(all, '2026-01-12 10:00')).toEqual(['2026-01-12 10:00']);
    expect(keys(all, '2026-01-12 11:00', { '2026-01-12 10:00': 1 })).toEqual(['2026-01-12 11:00']);
    expect(keys([due('2026-01-12 10:00'), due('2026-01-12 10:00')], '2026-01-12 10:00')).toHaveLength(1);
  });
  test('L10: of the night and the weekend waits for the morning; a critical one does not', () => {
    const night = due('2026-01-16 23:40');
    expect(keys([night], '2026-01-16 23:40')).toEqual([]);
    expect(keys([night], '2026-01-18 12:00')).toEqual([]);
    expect(keys([night], '2026-01-19 09:00')).toEqual([night.key]);
    expect(keys([{ ...night, isCritical: true }], '2026-01-16 23:40')).toEqual([night.key]);
  });
  test('L10: is no news after a working day; nights and weekends are none', () => {
    const friday = due('2026-01-16 16:00');
    expect(keys([friday], '2026-01-19 16:00')).toEqual([friday.key]);
    expect(keys([friday], '2026-01-19 16:01')).toEqual([]);
    expect(keys([{ ...friday, isCritical: true }], '2026-01-19 16:01')).toEqual([]);
  });
  test('L10: hours that are never open let critical ones through and nothing else', () => {
    const all = [due('2026-01-12 10:00', { key: 'plain' }), due('2026-01-12 10:00', { key: 'critical', isCritical: true })];
    expect(keys(all, '2026-01-12 10:00', {}, hoursOf(''))).toEqual(['critical']);
  });
  test('L10: hours are those of the zone of whoever gets it', () => {
    const one = due('2026-01-12 09:30');
    expect(keys([one], '2026-01-12 09:30', {}, hoursOf('Mon-Fri 09:00-17:00', 'America/New_York'))).toEqual([]);
    expect(keys([one], '2026-01-12 14:00', {}, hoursOf('Mon-Fri 09:00-17:00', 'America/New_York'))).toEqual([one.key]);
  });
  test('L10: whatever is due, nothing is told twice, early, or out of hours unless it is critical; critical ones first', () => {
    const first = at('2026-01-12 00:00');
    const moments = fc.integer({ min: 0, max: 7 * 24 * 60 }).map((minute) => first + minute * 60_000);
    const one = fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd', 'e'), at: moments, isCritical: fc.boolean() });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 12 }), fc.array(moments, { maxLength: 12 }), (all, times) => {
        let told: Told = {};
        const given: string[] = [];
        for (const now of times.toSorted((a, b) => a - b)) {
          const news = dueNotices(all, { told, hours: office, now });
          for (const { at: when, isCritical } of news) {
            expect(when).toBeLessThanOrEqual(now);
            expect(isCritical || office.openAt(now) === now).toBe(true);
          }
          expect(news.map(({ isCritical }) => isCritical)).toEqual(
            news.map(({ isCritical }) => isCritical).toSorted((a, b) => Number(b) - Number(a)),
          );
          given.push(...news.map(({ key }) => key));
          told = rememberTold(
            told,
            news.map(({ key }) => key),
            now,
          );
        }
        expect(new Set(given).size).toBe(given.length);
      }),
    );
  });
});

test('what was told is remembered for as long as it could come again, and no more than so much of it', () => {
  const now = at('2026-06-01 09:00');
  const told = rememberTold({ old: at('2026-01-12 09:00'), recent: at('2026-05-12 09:00') }, ['new'], now);
  expect(Object.keys(told).toSorted()).toEqual(['new', 'recent']);
  const many = Array.from({ length: 3_000 }, (_, n) => `k${n}`);
  expect(Object.keys(rememberTold(told, many, now + 1))).toHaveLength(2_000);
});

test('more than three at a time are one', () => {
  const notices = ['A', 'B', 'C', 'D', 'E'].map((title) => ({ title, body: '' }));
  expect(asOneNotice(notices.slice(0, 3))).toBeNull();
  expect(asOneNotice(notices)).toEqual({ title: '5 things are due', body: 'A; B; C and 2 more' });
});
