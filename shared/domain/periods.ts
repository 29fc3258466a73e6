/** Spans of days as a filter names them: a day, `7d`, `2026-11`, `2026`, `this-month`. Both ends are inclusive. */
import { addDays, addMonths, endOfMonth, startOfMonth, startOfWeek, yearOf } from './dates.ts';
import { readDay, type DateContext } from './parse/date.ts';

export type Period = { readonly from: string; readonly to: string };

const oneDay = (day: string): Period => ({ from: day, to: day });
const monthOf = (day: string): Period => ({ from: startOfMonth(day), to: endOfMonth(day) });
const yearAt = (year: number): Period => ({ from: `${year}-01-01`, to: `${year}-12-31` });

const SHIFTS: Readonly<Record<string, number>> = { last: -1, this: 0, next: 1 };

const UNITS = ['week', 'month', 'quarter', 'year'] as const;

/** The spans that have a name, to choose from. */
export const periodWords: readonly string[] = [
  'today',
  ...UNITS.flatMap((unit) => Object.keys(SHIFTS).map((which) => `${which}-${unit}`)),
];

const named = (text: string, today: string, weekStart: number): Period | null => {
  const [, which = '', unit = ''] = /^(last|this|next)-(week|month|quarter|year)$/.exec(text) ?? [];
  const shift = SHIFTS[which];
  if (shift === undefined) return null;
  if (unit === 'year') return yearAt(yearOf(today) + shift);
  if (unit === 'month') return monthOf(addMonths(startOfMonth(today), shift));
  if (unit === 'week') {
    const from = addDays(startOfWeek(today, weekStart), shift * 7);
    return { from, to: addDays(from, 6) };
  }
  const month = Number(today.slice(5, 7));
  const from = addMonths(startOfMonth(today), shift * 3 - ((month - 1) % 3));
  return { from, to: endOfMonth(addMonths(from, 2)) };
};

/** The days a text names, or null. @param weekStart 1 = Monday … 7 = Sunday */
export const readPeriod = (raw: string, context: DateContext, weekStart: number): Period | null => {
  const text = raw.trim().toLowerCase();
  const days = /^([+-]?\d{1,4})([dw])$/.exec(text);
  if (days) return oneDay(addDays(context.today, Number(days[1]) * (days[2] === 'w' ? 7 : 1)));
  if (/^(19|20|21)\d{2}$/.test(text)) return yearAt(Number(text));
  if (/^(19|20|21)\d{2}-(0[1-9]|1[0-2])$/.test(text)) return monthOf(`${text}-01`);
  const span = named(text, context.today, weekStart);
  if (span) return span;
  const read = readDay(text, context);
  return 'day' in read ? oneDay(read.day) : null;
};
