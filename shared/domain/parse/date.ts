/**
 * Text to a day or a moment (UX.md 2.4): the locale's short date, ISO, `12 nov`, `t+3`, `fri`, `eom`. A date that can
 * only be read in the other order is refused and not guessed.
 */
import { addDays, addMonths, dayOf, endOfMonth, instantAt, weekdayOf, yearOf } from '../dates.ts';
import { findName, type DateOrder, type LocaleStyle } from '../locale.ts';
import { foldText } from '../fold.ts';

export type DateContext = {
  /** Today in the company's zone. */
  readonly today: string;
  readonly style: Pick<LocaleStyle, 'dateOrder' | 'months' | 'weekdays' | 'dayWords'>;
  /** Read 20000 to 80000 as days of a spreadsheet: only where a whole column is such. */
  readonly serials?: boolean;
};

type DateProblem = 'DATE_PARSE' | 'DATE_AMBIG' | 'DATE_RANGE';
type DateRead = { readonly day: string } | { readonly problem: DateProblem };

const FIRST_YEAR = 1900;
const LAST_YEAR = 2199;
const bad = (problem: DateProblem): DateRead => ({ problem });

const TIME =
  /(?:(?<=\d)T|\s)\s*(\d{1,2})[:h](\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([ap])?\.?(?:m\.?)?\s*(Z|[+-]\d{2}:?\d{2})?$/iu;

/** Two digits mean the year from 50 years back to 49 ahead. */
const fullYear = (text: string, today: string): number => {
  const year = Number(text);
  if (text.length > 2) return year;
  const now = yearOf(today);
  const guess = now - (now % 100) + year;
  return guess > now + 49 ? guess - 100 : guess < now - 50 ? guess + 100 : guess;
};

const make = (year: number, month: number, day: number): DateRead => {
  const made = dayOf(year, month, day);
  return made === null || year < FIRST_YEAR || year > LAST_YEAR ? bad('DATE_RANGE') : { day: made };
};

const monthFirst = (order: DateOrder): boolean => order !== 'dmy';

/** Day and month by the locale's order; only the other order makes a day: ambiguous. */
const ordered = (a: number, b: number, year: number, order: DateOrder): DateRead => {
  const [month, day] = monthFirst(order) ? [a, b] : [b, a];
  if (month > 12 && dayOf(year, day, month) !== null) return bad('DATE_AMBIG');
  return make(year, month, day);
};

const readNumeric = (text: string, { today, style, serials }: DateContext): DateRead | null => {
  const compact = text.replace(/\s*([./-])\s*/g, '$1').replace(/\.$/, '');
  const eight = /^(\d{4})(\d{2})(\d{2})$/.exec(compact);
  if (eight) return make(Number(eight[1]), Number(eight[2]), Number(eight[3]));
  if (serials === true && /^[2-8]\d{4}$/.test(compact) && Number(compact) <= 80_000) {
    return { day: addDays('1899-12-30', Number(compact)) };
  }
  const iso = /^(\d{4})([./-])(\d{1,2})\2(\d{1,2})$/.exec(compact);
  if (iso) return make(Number(iso[1]), Number(iso[3]), Number(iso[4]));
  const short = /^(\d{1,2})([./ -])(\d{1,2})(?:\2(\d{4}|\d{2}))?$/.exec(compact);
  if (!short) return null;
  const [, a = '', , b = '', year] = short;
  if (style.dateOrder === 'ymd' && year !== undefined && year.length === 2)
    return make(fullYear(a, today), Number(b), Number(year));
  return ordered(Number(a), Number(b), year === undefined ? yearOf(today) : fullYear(year, today), style.dateOrder);
};

/** `12 nov`, `Nov 12, 2026`, `12-Nov-26`, `12. November 2026`. */
const readNamed = (text: string, { today, style }: DateContext): DateRead | null => {
  const parts = text
    .replace(/(\d)(?:st|nd|rd|th|er)(?![\p{L}])/gu, '$1')
    .split(/[\s,./-]+/u)
    .filter((part) => part !== '' && part !== 'de');
  const names = parts.filter((part) => !/^\d/.test(part));
  const numbers = parts.filter((part) => /^\d{1,4}$/.test(part));
  const month = names.length === 1 ? findName(style.months, names[0] ?? '') : null;
  if (month === null || numbers.length === 0 || numbers.length > 2 || numbers.length + 1 !== parts.length) return null;
  const isYearFirst = (numbers[0] ?? '').length === 4;
  const [day = '', year] = isYearFirst ? [numbers[1], numbers[0]] : numbers;
  // A lone digit behind a day is no year.
  if (year !== undefined && year.length !== 2 && year.length !== 4) return null;
  return make(year === undefined ? yearOf(today) : fullYear(year, today), month, Number(day));
};

/** `t`, `t+3`, `t-2w`, `today`, `fri` (the next one, never today), `eom`. */
const readRelative = (text: string, { today, style }: DateContext): DateRead | null => {
  const word = text.replace(/\s+/g, ' ');
  const offset = style.dayWords.get(word);
  if (offset !== undefined) return { day: addDays(today, offset) };
  if (word === 'eom') return { day: endOfMonth(today) };
  const step = /^t ?([+-]) ?(\d{1,4}) ?([dwm]?)$/.exec(word);
  if (step) {
    const count = Number(step[2]) * (step[1] === '-' ? -1 : 1);
    return { day: step[3] === 'm' ? addMonths(today, count) : addDays(today, step[3] === 'w' ? count * 7 : count) };
  }
  const weekday = /^\p{L}+\.?$/u.test(word) ? findName(style.weekdays, word) : null;
  return weekday === null ? null : { day: addDays(today, ((weekday - weekdayOf(today) + 6) % 7) + 1) };
};

/** Reads a day. A time of day behind it is read and left out. */
export const readDay = (raw: string, context: DateContext): DateRead => {
  const text = foldText(raw);
  if (text.length > 60) return bad('DATE_PARSE');
  const withoutTime = text.replace(TIME, '').trim();
  const day = withoutTime === '' ? text : withoutTime;
  return readNumeric(day, context) ?? readRelative(day, context) ?? readNamed(day, context) ?? bad('DATE_PARSE');
};

type Time = { readonly text: string; readonly offset: string | null };

const timeOf = (match: RegExpExecArray): Time | null => {
  const [, hourText = '', minute = '', second = '00', fraction = '0', half, offset] = match;
  const hour = (Number(hourText) % (half === undefined ? 24 : 12)) + (half?.toLowerCase() === 'p' ? 12 : 0);
  if (Number(hourText) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const text = `${String(hour).padStart(2, '0')}:${minute}:${second}.${fraction.padEnd(3, '0').slice(0, 3)}`;
  return { text, offset: offset ?? null };
};

/** `fri 10` is ten o'clock, `nov 10` is a day; `10 nov 9` is nine o'clock on one. */
const withMinutes = (text: string, { style }: DateContext): string =>
  text
    .replace(/^(t|t[+-]\d+|\p{L}+\.?) (\d{1,2})$/u, (all, word: string, hour: string) =>
      findName(style.months, word) === null ? `${word} ${hour}:00` : all,
    )
    .replace(/^(\d{1,2}\.? (\p{L}+)\.?) (\d)$/u, (all, day: string, month: string, hour: string) =>
      findName(style.months, month) === null ? all : `${day} ${hour}:00`,
    );

type DayTime = { readonly day: string; readonly time: Time | null };

const readDayTime = (raw: string, context: DateContext): DayTime | { readonly problem: DateProblem } => {
  const text = withMinutes(raw.replace(/\s+/gu, ' ').trim(), context);
  const match = TIME.exec(text);
  const read = readDay(match ? text.slice(0, match.index) : text, context);
  if ('problem' in read) return read;
  const time = match && timeOf(match);
  return match && time === null ? { problem: 'DATE_PARSE' } : { day: read.day, time };
};

/** Reads a day with the time of day on its clock (`10:00`), where one is said. A time that names an offset is none. */
export const readDayClock = (
  raw: string,
  context: DateContext,
): { readonly day: string; readonly clock: string | null } | { readonly problem: DateProblem } => {
  const read = readDayTime(raw, context);
  if ('problem' in read) return read;
  if (read.time !== null && read.time.offset !== null) return { problem: 'DATE_PARSE' };
  return { day: read.day, clock: read.time?.text.slice(0, 5) ?? null };
};

/** Reads a time of day alone, `10:00`, `9.30 am`, `3 pm`: as it stands on a clock of 24 hours, or null. */
export const readClock = (raw: string): string | null => {
  const read = /^(\d{1,2})(?:[:.h](\d{2}))? ?(?:([ap])\.?m\.?)?$/i.exec(raw.trim());
  if (!read || (read[2] === undefined && read[3] === undefined)) return null;
  const [, hour = '', minute = '00', half] = read;
  if (Number(minute) > 59 || Number(hour) > (half === undefined ? 23 : 12)) return null;
  const inHalf = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  return `${String(inHalf).padStart(2, '0')}:${minute}`;
};

/** Reads a moment as UTC milliseconds; without a time it is the start of the day in the zone. */
export const readInstant = (
  raw: string,
  context: DateContext & { readonly zone: string },
): { readonly ms: number } | { readonly problem: DateProblem } => {
  const read = readDayTime(raw, context);
  if ('problem' in read) return read;
  const { day, time } = read;
  if (time === null || time.offset === null) return { ms: instantAt(context.zone, day, time?.text ?? '00:00') };
  const offset = time.offset.toUpperCase().replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
  return { ms: Date.parse(`${day}T${time.text}${offset}`) };
};
