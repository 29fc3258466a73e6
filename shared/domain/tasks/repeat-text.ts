/**
 * Repeat rules as people write them and as calendars do. One way of writing them is kept: what `sayRepeat` says can be
 * read again, here and by a person in any list, file or history.
 */
import { isDay } from '../dates.ts';
import { foldText } from '../fold.ts';
import type { Repeat, RepeatUnit } from './repeat.ts';

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
const CODES = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
const WORKDAYS = [1, 2, 3, 4, 5];
const NTH = ['first', 'second', 'third', 'fourth', 'fifth'] as const;
const UNITS: readonly RepeatUnit[] = ['day', 'week', 'month', 'year'];

const plain: Repeat = { every: 1, unit: 'day', weekdays: [], monthDay: null, nth: null, until: null, count: null };

type Draft = { -readonly [K in keyof Repeat]: Repeat[K] };

/** Words that stand for a whole rule. */
const SHORT: Readonly<Record<string, Partial<Repeat>>> = {
  daily: { unit: 'day' },
  weekly: { unit: 'week' },
  fortnightly: { unit: 'week', every: 2 },
  monthly: { unit: 'month' },
  quarterly: { unit: 'month', every: 3 },
  yearly: { unit: 'year' },
  annually: { unit: 'year' },
  'every weekday': { unit: 'week', weekdays: WORKDAYS },
  'every fortnight': { unit: 'week', every: 2 },
  'every quarter': { unit: 'month', every: 3 },
};

const MOST_EVERY = 999;

const weekdayNamed = (word: string): number | null => {
  const at = word.length < 3 ? -1 : DAYS.findIndex((name) => name.toLowerCase() === word.slice(0, 3));
  const full = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'][at];
  return full?.startsWith(word) === true ? at + 1 : null;
};

/** `mon, thu` or `mon and thu`: every one of the words a weekday. */
const readWeekdays = (text: string): readonly number[] | null => {
  const found = text.split(/\s*(?:,|\band\b|&)\s*|\s+/).map(weekdayNamed);
  const days = found.filter((day) => day !== null);
  return days.length === 0 || days.length < found.length ? null : [...new Set(days)].toSorted((a, b) => a - b);
};

const readOn = (unit: RepeatUnit, text: string): Partial<Repeat> | null => {
  if (unit === 'week') {
    const weekdays = readWeekdays(text);
    return weekdays && { weekdays };
  }
  if (unit !== 'month') return null;
  const rest = text.replace(/^the /, '');
  if (rest === 'last day') return { monthDay: -1 };
  const numbered = /^(\d{1,2})(?:st|nd|rd|th)?$/.exec(rest);
  if (numbered) return Number(numbered[1]) >= 1 && Number(numbered[1]) <= 31 ? { monthDay: Number(numbered[1]) } : null;
  const [which = '', name = ''] = rest.split(' ');
  const n = which === 'last' ? -1 : NTH.findIndex((word) => word === which) + 1;
  const weekday = weekdayNamed(name);
  return n === 0 || weekday === null || rest.split(' ').length !== 2 ? null : { nth: { n, weekday } };
};

const readEvery = (text: string): Partial<Repeat> | null => {
  const short = SHORT[text];
  if (short !== undefined) return short;
  if (!text.startsWith('every ')) return null;
  const weekdays = readWeekdays(text.slice(6));
  if (weekdays !== null) return { unit: 'week', weekdays };
  const counted = /^every (?:(\d{1,3}|other) )?(day|week|month|year)s?(?: on (.+))?$/.exec(text);
  if (!counted) return null;
  const every = counted[1] === undefined ? 1 : counted[1] === 'other' ? 2 : Number(counted[1]);
  const unit = UNITS.find((one) => one === counted[2]);
  if (every < 1 || unit === undefined) return null;
  const on = counted[3] === undefined ? {} : readOn(unit, counted[3]);
  return on && { every, unit, ...on };
};

/** `, until 2026-12-31` and `, 5 times` at the end. */
const readEnd = (text: string): { readonly rest: string; readonly end: Partial<Repeat> } => {
  const until = /,? until (\d{4}-\d{2}-\d{2})$/.exec(text);
  if (until && isDay(until[1] ?? '')) return { rest: text.slice(0, until.index), end: { until: until[1] ?? null } };
  const times = /,? (\d{1,3}) times$/.exec(text);
  if (times && Number(times[1]) > 0) return { rest: text.slice(0, times.index), end: { count: Number(times[1]) } };
  return { rest: text, end: {} };
};

const dayOfStamp = (stamp: string): string | null => {
  const day = /^(\d{4})(\d{2})(\d{2})(?:T\d{6}Z?)?$/.exec(stamp);
  const text = day ? `${day[1]}-${day[2]}-${day[3]}` : '';
  return isDay(text) ? text : null;
};

const FREQUENCIES: Readonly<Record<string, RepeatUnit>> = { DAILY: 'day', WEEKLY: 'week', MONTHLY: 'month', YEARLY: 'year' };

const readByDay = (unit: RepeatUnit, text: string): Partial<Repeat> | null => {
  if (unit === 'week') {
    const days = text.split(',').map((code) => CODES.findIndex((one) => one === code) + 1);
    return days.includes(0) ? null : { weekdays: [...new Set(days)].toSorted((a, b) => a - b) };
  }
  const nth = /^([1-5]|-1)(MO|TU|WE|TH|FR|SA|SU)$/.exec(text);
  if (unit !== 'month' || !nth) return null;
  return { nth: { n: Number(nth[1]), weekday: CODES.findIndex((one) => one === nth[2]) + 1 } };
};

/** One part of a calendar's rule; null where it says what we do not keep. */
const readPart = (unit: RepeatUnit, name: string, value: string): Partial<Repeat> | null => {
  const number = Number(value);
  switch (name) {
    case 'FREQ':
      return { unit };
    case 'INTERVAL':
      return Number.isInteger(number) && number >= 1 && number <= MOST_EVERY ? { every: number } : null;
    case 'COUNT':
      return Number.isInteger(number) && number >= 1 && number <= MOST_EVERY ? { count: number } : null;
    case 'UNTIL': {
      const until = dayOfStamp(value);
      return until === null ? null : { until };
    }
    case 'BYDAY':
      return readByDay(unit, value);
    case 'BYMONTHDAY':
      return unit === 'month' && Number.isInteger(number) && (number === -1 || (number >= 1 && number <= 31))
        ? { monthDay: number }
        : null;
    case 'WKST':
      return value === 'MO' ? {} : null;
    default:
      return null;
  }
};

const readCalendar = (text: string): Repeat | null => {
  const parts = text
    .replace(/^RRULE:/, '')
    .split(';')
    .map((part) => part.split('='));
  const unit = FREQUENCIES[parts.find(([name]) => name === 'FREQ')?.[1] ?? ''];
  if (unit === undefined) return null;
  const rule: Draft = { ...plain, unit };
  for (const [name = '', value = '', ...more] of parts) {
    const part = more.length > 0 ? null : readPart(unit, name, value);
    if (part === null) return null;
    Object.assign(rule, part);
  }
  return rule.nth !== null && rule.monthDay !== null ? null : rule;
};

/** A rule in words (`every 2 weeks on Mon, Thu`) or of a calendar (`FREQ=WEEKLY;BYDAY=MO,TH`); null where it is neither. */
export const readRepeat = (raw: string): Repeat | null => {
  const text = raw.trim().replace(/\s+/g, ' ');
  if (/^(?:RRULE:)?FREQ=/i.test(text)) return readCalendar(text.toUpperCase());
  const { rest, end } = readEnd(foldText(text));
  const rule = readEvery(rest.trim());
  return rule && { ...plain, ...rule, ...end };
};

const ordinal = (n: number): string => {
  const ending = n % 100 >= 11 && n % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${ending}`;
};

const sayOn = ({ unit, weekdays, monthDay, nth }: Repeat): string => {
  const name = (weekday: number): string => DAYS[weekday - 1] ?? '';
  if (unit === 'week' && weekdays.length > 0) return ` on ${weekdays.map(name).join(', ')}`;
  if (unit !== 'month') return '';
  if (nth !== null) return ` on the ${nth.n < 0 ? 'last' : (NTH[nth.n - 1] ?? '')} ${name(nth.weekday)}`;
  if (monthDay === null) return '';
  return monthDay < 0 ? ' on the last day' : ` on the ${ordinal(monthDay)}`;
};

/** A rule in the words it is kept in. */
export const sayRepeat = (rule: Repeat): string => {
  const { every, unit, until, count } = rule;
  const isWorkdays = unit === 'week' && every === 1 && WORKDAYS.join() === rule.weekdays.join();
  const what = isWorkdays ? 'every weekday' : `every ${every === 1 ? unit : `${every} ${unit}s`}${sayOn(rule)}`;
  return `${what}${until === null ? '' : `, until ${until}`}${count === null ? '' : `, ${count} times`}`;
};
