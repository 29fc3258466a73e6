/**
 * When a task comes again: the part of RFC 5545 that people use for work (daily to yearly, every n-th, days of the week,
 * a day of the month, until, count), on days and never on moments, so that no zone and no clock change moves it.
 *
 * One thing is otherwise than there: a month that has no 31st takes its last day (RFC 7529 SKIP=BACKWARD), as nobody who
 * says "every month on the 31st" wants seven months of twelve.
 */
import { addDays, addMonths, dayOf, endOfMonth, isDay, monthOf, startOfMonth, startOfWeek, weekdayOf, yearOf } from '../dates.ts';

export type RepeatUnit = 'day' | 'week' | 'month' | 'year';

export type Repeat = {
  /** Every so many units; 1 or more. */
  readonly every: number;
  readonly unit: RepeatUnit;
  /** Of weeks: 1 = Monday … 7 = Sunday, in order. None = the weekday it is due on. */
  readonly weekdays: readonly number[];
  /** Of months: 1 to 31, or -1 for the last day. Null = the day it is due on. */
  readonly monthDay: number | null;
  /** Of months: the n-th such weekday, -1 for the last. */
  readonly nth: { readonly n: number; readonly weekday: number } | null;
  /** No occurrence after this day. */
  readonly until: string | null;
  /** How many more there are, this one counted. */
  readonly count: number | null;
};

const nthDay = (month: string, { n, weekday }: NonNullable<Repeat['nth']>): string | null => {
  if (n < 0) {
    const last = endOfMonth(month);
    return addDays(last, -((weekdayOf(last) - weekday + 7) % 7));
  }
  const first = startOfMonth(month);
  const day = addDays(first, ((weekday - weekdayOf(first) + 7) % 7) + (n - 1) * 7);
  return day <= endOfMonth(month) ? day : null;
};

const dayInMonth = (month: string, monthDay: number): string => {
  const last = endOfMonth(month);
  return monthDay < 0 ? last : (dayOf(yearOf(month), monthOf(month), monthDay) ?? last);
};

/** The next of the weekdays in the week of a day, or null. */
const laterThisWeek = (from: string, weekdays: readonly number[]): string | null => {
  const weekday = weekdays.find((one) => one > weekdayOf(from));
  return weekday === undefined ? null : addDays(startOfWeek(from, 1), weekday - 1);
};

const nextWeekly = ({ every, weekdays }: Repeat, from: string): string => {
  const [first] = weekdays;
  if (first === undefined) return addDays(from, 7 * every);
  return laterThisWeek(from, weekdays) ?? addDays(startOfWeek(from, 1), 7 * every + first - 1);
};

/** A month in five lacks a fifth Monday; four years of months have one. */
const MOST_MONTHS = 60;

const nextMonthly = (rule: Repeat, from: string): string | null => {
  const { every, nth } = rule;
  const first = startOfMonth(from);
  if (nth === null) {
    const monthDay = rule.monthDay ?? Number(from.slice(8));
    const same = dayInMonth(first, monthDay);
    return same > from ? same : dayInMonth(addMonths(first, every), monthDay);
  }
  for (let step = 0; step < MOST_MONTHS; step += 1) {
    const day = nthDay(addMonths(first, step * every), nth);
    if (day !== null && day > from) return day;
  }
  return null;
};

const nextDay = (rule: Repeat, from: string): string | null => {
  switch (rule.unit) {
    case 'day':
      return addDays(from, rule.every);
    case 'week':
      return nextWeekly(rule, from);
    case 'month':
      return nextMonthly(rule, from);
    case 'year':
      return addMonths(from, 12 * rule.every);
  }
};

/** A series with what its first day says: "every month" of a task due on the 31st goes on with the 31st. */
export const anchorRepeat = (rule: Repeat, due: string): Repeat =>
  rule.unit === 'month' && rule.nth === null && rule.monthDay === null ? { ...rule, monthDay: Number(due.slice(8)) } : rule;

/** Occurrences passed over before a series is taken to be over: a daily task of thirty years ago. */
const MOST_PASSED = 12_000;

/**
 * The occurrence after a day, and the rule as it goes on from there; null where the series has ended.
 * @param notBefore occurrences earlier than this day are passed over: what was missed is not asked for again
 */
export const nextOccurrence = (
  rule: Repeat,
  from: string,
  notBefore: string,
): { readonly due: string; readonly rule: Repeat } | null => {
  if (rule.count !== null && rule.count <= 1) return null;
  let due = nextDay(rule, from);
  for (let passed = 0; due !== null && due < notBefore && passed < MOST_PASSED; passed += 1) due = nextDay(rule, due);
  if (due === null || !isDay(due) || (rule.until !== null && due > rule.until)) return null;
  return { due, rule: rule.count === null ? rule : { ...rule, count: rule.count - 1 } };
};

/** The first day of a series that is not before a day: what "every Friday" typed on a Tuesday is due on. */
export const firstOccurrence = (rule: Repeat, today: string): string => {
  if (rule.weekdays.length === 0 && rule.nth === null && rule.monthDay === null) return today;
  return nextDay({ ...rule, every: 1 }, addDays(today, -1)) ?? today;
};
