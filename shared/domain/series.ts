/**
 * How values count on (UX.md 2.5, fill): numbers by their difference, days by days, working days, weeks, months or years,
 * a text by the number at its end. What cannot be counted is `null`: whoever fills copies it.
 */
import { addDays, addMonths, endOfMonth, monthOf, weekdayOf, yearOf } from './dates.ts';
import type { Kind, Scalar } from './kinds.ts';
import { MICRO } from './kinds.ts';
import { minorDigits } from './currency.ts';

export type SeriesUnit = 'day' | 'workday' | 'week' | 'month' | 'year';

/** What a person asks for: by how many, of what. Null = as the values that are there do. */
export type SeriesWish = { readonly by: number | null; readonly unit: SeriesUnit | null };

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** One, as a field of this kind stores it; null for kinds that do not count. */
const oneOf = (kind: Kind, currency: string | null): number | null => {
  switch (kind) {
    case 'integer':
      return 1;
    case 'decimal':
      return MICRO;
    case 'percent':
      return 10_000;
    case 'money':
      return 10 ** minorDigits(currency);
    case 'duration':
      return hourMs;
    case 'instant':
      return dayMs;
    default:
      return null;
  }
};

type Next = (nth: number) => Scalar;

const safe = (value: number): Scalar => (Number.isSafeInteger(value) ? value : null);

const countNumbers = (seeds: readonly number[], one: number, by: number | null): Next => {
  const [last = 0, before] = [seeds.at(-1), seeds.at(-2)];
  const step = by !== null ? Math.round(by * one) : before === undefined ? one : last - before;
  return (nth) => safe(last + nth * step);
};

const monthsBetween = (a: string, b: string): number => (yearOf(b) - yearOf(a)) * 12 + monthOf(b) - monthOf(a);

const isMonthEnd = (day: string): boolean => endOfMonth(day) === day;

/** Months ahead; the last day of a month stays the last. */
const inMonths = (day: string, months: number, isEnd: boolean): string =>
  isEnd ? endOfMonth(addMonths(day, months)) : addMonths(day, months);

/** The day so many working days away. */
const inWorkdays = (from: string, count: number): string => {
  let day = from;
  for (let left = Math.abs(count); left > 0;) {
    day = addDays(day, Math.sign(count));
    if (weekdayOf(day) < 6) left -= 1;
  }
  return day;
};

const inUnits = (day: string, count: number, unit: SeriesUnit, isEnd: boolean): string => {
  switch (unit) {
    case 'day':
      return addDays(day, count);
    case 'workday':
      return inWorkdays(day, count);
    case 'week':
      return addDays(day, count * 7);
    case 'month':
      return inMonths(day, count, isEnd);
    case 'year':
      return inMonths(day, count * 12, isEnd);
  }
};

const dayNumber = (day: string): number => Math.round(Date.parse(`${day}T00:00:00Z`) / dayMs);

const countDays = (seeds: readonly string[], { by, unit }: SeriesWish): Next => {
  const [first = '', last = '', before] = [seeds[0], seeds.at(-1), seeds.at(-2)];
  // Counted from the first, so that 31 January, 28 February goes on to 31 March.
  const isEnd = seeds.length > 1 && seeds.every(isMonthEnd);
  if (by !== null || unit !== null || before === undefined) return (nth) => inUnits(last, nth * (by ?? 1), unit ?? 'day', isEnd);
  const months = monthsBetween(before, last);
  const isMonthly =
    months !== 0 && inMonths(first, monthsBetween(first, last), isEnd) === last && first.slice(8) === before.slice(8);
  if (isMonthly || isEnd) return (nth) => inMonths(first, monthsBetween(first, last) + nth * months, isEnd);
  const days = dayNumber(last) - dayNumber(before);
  return (nth) => addDays(last, nth * days);
};

const NUMBERED = /^(.*?)(\d{1,15})$/s;

/** `CRT-008` goes on with `CRT-009`; zeros stay. */
const countTexts = (seeds: readonly string[], by: number | null): Next | null => {
  const parts = seeds.map((text) => NUMBERED.exec(text));
  const last = parts.at(-1);
  const before = parts.at(-2);
  const [, head = '', digits = ''] = last ?? [];
  if (!last || parts.some((part) => part?.[1] !== head)) return null;
  const step = by !== null ? Math.round(by) : before ? Number(digits) - Number(before[2]) : 1;
  return (nth) => `${head}${String(Math.max(0, Number(digits) + nth * step)).padStart(digits.length, '0')}`;
};

const isText = (value: Scalar): value is string => typeof value === 'string';
const isNumber = (value: Scalar): value is number => typeof value === 'number';

/**
 * The values after some that are there, as many as asked for.
 * @param seeds as they are stored, at least one. @returns null where they do not count; a value past what can be stored is null
 */
export const continueSeries = (
  kind: Kind,
  seeds: readonly Scalar[],
  count: number,
  wish: SeriesWish,
  currency: string | null,
): readonly Scalar[] | null => {
  const one = oneOf(kind, currency);
  const texts = seeds.filter(isText);
  const numbers = seeds.filter(isNumber);
  const areTexts = seeds.length > 0 && texts.length === seeds.length;
  const next =
    one !== null && numbers.length > 0 && numbers.length === seeds.length
      ? countNumbers(numbers, kind === 'instant' && wish.unit === 'week' ? one * 7 : one, wish.by)
      : kind === 'date' && areTexts
        ? countDays(texts, wish)
        : kind === 'text' && areTexts
          ? countTexts(texts, wish.by)
          : null;
  return next && Array.from({ length: count }, (_, at) => next(at + 1));
};
