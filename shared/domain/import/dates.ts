/**
 * Dates of a source. A column has one order, decided by its own cells and never by the file's or the computer's
 * locale: `13/11/2006` proves day first, `11/13/2006` month first, and where no cell proves anything the column
 * is ambiguous and somebody has to say.
 */
import { dayOf } from '../dates.ts';
import { foldText } from '../fold.ts';
import { styleOf, type DateOrder } from '../locale.ts';
import { addTo, nameCell, nameCells, outweighs, tally, type Cell, type Evidence, type Tally } from './evidence.ts';

/** A time of day: milliseconds since midnight, and minutes east of UTC where the text says so. */
export type Time = { readonly ms: number; readonly offset: number | null };

export type DateText =
  /** A day that can be read in one way only. */
  | { readonly kind: 'day'; readonly day: string; readonly time: Time | null }
  /** Three numbers whose order the column decides. */
  | { readonly kind: 'open'; readonly parts: readonly [string, string, string]; readonly time: Time | null }
  /** The source's way to say "no date": 29991212, 00000000. */
  | { readonly kind: 'never' };

/** The languages whose month names are read. A name never depends on the computer's own locale. */
const LANGUAGES = ['en-US', 'en-GB', 'de', 'fr', 'es', 'it', 'nl', 'pt'];
let monthNames: ReadonlyMap<string, number> | undefined;
const monthOf = (name: string): number => {
  monthNames ??= new Map(LANGUAGES.flatMap((language) => [...styleOf(language).months]));
  return monthNames.get(foldText(name)) ?? 0;
};

/** How exports say "no end": the last day of a far year, or any day of these. Another year so far ahead is a slip of somebody's. */
const NEVER_YEARS: readonly number[] = [2999, 9999];
const FAR_YEAR = 2999;
const isNever = (year: number, month: number, day: number): boolean =>
  NEVER_YEARS.includes(year) || (year > FAR_YEAR && year <= 9999 && month === 12 && day === 31);
const HOUR = 3_600_000;

const ISO = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;
const NUMERIC = /^(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})$/;
const DAY_NAMED = /^(\d{1,2})(?:st|nd|rd|th)?[-/. ]*(\p{L}{3,})\.?[-/., ]*'?(\d{4}|\d{2})$/u;
const NAMED_DAY = /^(\p{L}{3,})\.?[-/. ]*(\d{1,2})(?:st|nd|rd|th)?[-/., ]+'?(\d{4}|\d{2})$/u;
const YEAR_NAMED = /^(\d{4})[-/. ]*(\p{L}{3,})\.?[-/. ]*(\d{1,2})$/u;
const WEEKDAY = /^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[,.]?\s+/i;
const TIME =
  /(?:[T ,]\s*|\s)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([AaPp]\.?[Mm]\.?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?$/;

/** A year of two digits is the one from 50 years back to 49 ahead of `now`. */
const fullYear = (text: string, now: number): number => {
  if (text.length !== 2) return Number(text);
  const year = now - (now % 100) + Number(text);
  return year > now + 49 ? year - 100 : year < now - 50 ? year + 100 : year;
};

const readTime = (match: RegExpExecArray): Time | null => {
  const [, hours = '', minutes = '', seconds = '0', part = '', half, zone] = match;
  const isHalf = half !== undefined;
  const twelve = Number(hours);
  if (Number(minutes) > 59 || Number(seconds) > 59 || twelve > (isHalf ? 12 : 23) || (isHalf && twelve === 0)) return null;
  const hour = isHalf ? (twelve % 12) + (half[0]?.toLowerCase() === 'p' ? 12 : 0) : twelve;
  const ms = hour * HOUR + Number(minutes) * 60_000 + Number(seconds) * 1000 + Number(part.padEnd(3, '0').slice(0, 3));
  if (zone === undefined) return { ms, offset: null };
  if (/^[ZUG]/.test(zone)) return { ms, offset: 0 };
  const digits = zone.replace(':', '');
  const east = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3) || 0);
  return { ms, offset: zone.startsWith('-') ? -east : east };
};

const fixed = (year: number, month: number, day: number, time: Time | null): DateText | null => {
  if (isNever(year, month, day)) return { kind: 'never' };
  const found = year > FAR_YEAR ? null : dayOf(year, month, day);
  return found === null ? null : { kind: 'day', day: found, time };
};

/** A far year behind a day and a month, in whichever order they stand. */
const readFar = ([, a, b, year]: RegExpExecArray): DateText | null =>
  isNever(Number(year), Math.min(Number(a), Number(b)), Math.max(Number(a), Number(b))) ? { kind: 'never' } : null;

const readNamed = (text: string, now: number, time: Time | null): DateText | null => {
  const dayFirst = DAY_NAMED.exec(text);
  if (dayFirst) return fixed(fullYear(dayFirst[3] ?? '', now), monthOf(dayFirst[2] ?? ''), Number(dayFirst[1]), time);
  const nameFirst = NAMED_DAY.exec(text);
  if (nameFirst) return fixed(fullYear(nameFirst[3] ?? '', now), monthOf(nameFirst[1] ?? ''), Number(nameFirst[2]), time);
  const yearFirst = YEAR_NAMED.exec(text);
  if (yearFirst) return fixed(Number(yearFirst[1]), monthOf(yearFirst[2] ?? ''), Number(yearFirst[3]), time);
  return null;
};

/**
 * What a text says as a date; null where it is none.
 * @param now the current year, for years of two digits
 */
export const readDate = (raw: string, now: number): DateText | null => {
  const text = raw.trim();
  const first = text.charCodeAt(0);
  if (text.length < 6 || text.length > 60 || (first >= 58 && first <= 64)) return null;
  const clock = text.length > 9 && text.includes(':') ? TIME.exec(text) : null;
  const time = clock ? readTime(clock) : null;
  if (clock && !time) return null;
  const date = clock ? text.slice(0, clock.index).trim() : text;
  const iso = ISO.exec(date) ?? COMPACT.exec(date);
  if (iso) {
    const [year, month, day] = iso.length === 5 ? [iso[1], iso[3], iso[4]] : [iso[1], iso[2], iso[3]];
    return Number(year) === 0 && Number(month) === 0 && Number(day) === 0
      ? { kind: 'never' }
      : fixed(Number(year), Number(month), Number(day), time);
  }
  const numeric = NUMERIC.exec(date);
  if (numeric && Number(numeric[3]) > FAR_YEAR) return readFar(numeric);
  if (numeric) return { kind: 'open', parts: [numeric[1] ?? '', numeric[2] ?? '', numeric[3] ?? ''], time };
  return /\p{L}{3}/u.test(date) ? readNamed(date.replace(WEEKDAY, ''), now, time) : null;
};

/** The ISO day of an open date under an order; null where the calendar has none. */
export const dayUnder = (parts: readonly [string, string, string], order: DateOrder, now: number): string | null => {
  const [a, b, c] = parts;
  if (order === 'ymd') return c.length === 4 || a.length !== 2 ? null : dayOf(fullYear(a, now), Number(b), Number(c));
  const year = fullYear(c, now);
  return order === 'dmy' ? dayOf(year, Number(b), Number(a)) : dayOf(year, Number(a), Number(b));
};

const WORDS: Readonly<Record<DateOrder, string>> = { dmy: 'day first', mdy: 'month first', ymd: 'year first' };
export const orderWords = (order: DateOrder): string => WORDS[order];

export type DateJudgement = Evidence & {
  /** Null where no cell needs one, or where the cells do not settle it. */
  readonly order: DateOrder | null;
  /** Cells that are dates, and the first that are not. */
  readonly dates: number;
  readonly others: Tally;
};

/** A whole number of the days from 1954 to 2064, counted as spreadsheets do from 1900. */
const isSerial = (text: string): boolean => /^[2-5]\d{4}$/.test(text.trim());

/** What is said of day numbers: which system they count in, no cell can tell. */
const serialReason = (cells: readonly Cell[]): readonly string[] => {
  const serial = cells.find(({ text }) => isSerial(text));
  if (!serial) return [];
  const dayFrom = (epoch: number): string => new Date(epoch + Number(serial.text) * 24 * HOUR).toISOString().slice(0, 10);
  const [early, late] = [dayFrom(Date.UTC(1899, 11, 30)), dayFrom(Date.UTC(1904, 0, 1))];
  return [
    `${nameCell(serial)} may be the day number of a spreadsheet, ${early} counted from 1900, ${late} from 1904: show the column as dates there and export it again`,
  ];
};

/** The years that an order gives the cells, while all of them fit it. */
type Years = { isFit: boolean; first: number; last: number };

type Found = {
  readonly only: Record<'dmy' | 'mdy', Tally>;
  readonly both: Tally;
  readonly year: Tally;
  readonly others: Tally;
  readonly years: Record<DateOrder, Years>;
  dates: number;
};

const noYears = (): Years => ({ isFit: true, first: Infinity, last: -Infinity });

const addYear = (years: Years, day: string | null): void => {
  if (day === null) years.isFit = false;
  else {
    const year = Number(day.slice(0, 4));
    years.first = Math.min(years.first, year);
    years.last = Math.max(years.last, year);
  }
};

/**
 * Where the year has two digits, `26-01-15` may begin with it. All cells fit that too in most columns of these years, so it
 * is what the years come to that tells: a column is of few, and the days of a month taken for years are many.
 */
const mayBeginWithYear = ({ years }: Found, other: 'dmy' | 'mdy'): boolean =>
  years.ymd.isFit && years.ymd.last - years.ymd.first <= years[other].last - years[other].first;

const collect = (cells: Iterable<Cell>, now: number): Found => {
  const found: Found = {
    only: { dmy: tally(), mdy: tally() },
    both: tally(),
    year: tally(),
    others: tally(),
    years: { dmy: noYears(), mdy: noYears(), ymd: noYears() },
    dates: 0,
  };
  for (const { row, text } of cells) {
    const date = readDate(text, now);
    if (date?.kind !== 'open') {
      if (date) found.dates += 1;
      else addTo(found.others, row, text);
      continue;
    }
    const dmy = dayUnder(date.parts, 'dmy', now);
    const mdy = dayUnder(date.parts, 'mdy', now);
    const ymd = dayUnder(date.parts, 'ymd', now);
    addYear(found.years.dmy, dmy);
    addYear(found.years.mdy, mdy);
    addYear(found.years.ymd, ymd);
    if (dmy !== null && mdy !== null) {
      if (dmy !== mdy) addTo(found.both, row, text);
    } else if (dmy !== null) addTo(found.only.dmy, row, text);
    else if (mdy !== null) addTo(found.only.mdy, row, text);
    else if (ymd !== null) addTo(found.year, row, text);
    else {
      addTo(found.others, row, text);
      continue;
    }
    found.dates += 1;
  }
  return found;
};

/** Decides the order of a date column from its cells. Blank cells are left out by the caller. */
export const judgeDates = (cells: Iterable<Cell>, now: number): DateJudgement => {
  const found = collect(cells, now);
  const { only, both, year, others, dates } = found;
  const say = (order: DateOrder | null, sure: boolean, because: readonly string[]): DateJudgement => ({
    order,
    sure,
    because: [...because, ...serialReason(others.first)],
    answer: order === null ? (sure ? 'no order needed' : 'not sure') : orderWords(order),
    dates,
    others,
  });
  const { dmy, mdy } = only;
  const proofs = [
    ...(dmy.count > 0 ? [`${nameCells(dmy.first)} can only be day first`] : []),
    ...(mdy.count > 0 ? [`${nameCells(mdy.first)} can only be month first`] : []),
    ...(year.count > 0 ? [`${nameCells(year.first)} can only be year first`] : []),
  ];
  const ruling = (['dmy', 'mdy'] as const).find((order) => {
    const few = only[order === 'dmy' ? 'mdy' : 'dmy'].count + year.count;
    return outweighs(only[order].count, few) && !mayBeginWithYear(found, order);
  });
  if (ruling !== undefined) return say(ruling, false, proofs);
  if (proofs.length > 1) return say(null, false, proofs);
  if (year.count > 0) return both.count > 0 ? say(null, false, [...proofs, fitsBoth(both)]) : say('ymd', true, proofs);
  for (const [order, { count, first }] of [['dmy', dmy] as const, ['mdy', mdy] as const]) {
    if (count === 0) continue;
    if (!mayBeginWithYear(found, order)) return say(order, true, proofs);
    return say(null, false, [
      `${nameCells(first)} can be ${orderWords(order)} or year first, and no cell of the column says which`,
    ]);
  }
  if (both.count > 0) return say(null, false, [`${fitsBoth(both)}, and no cell of the column says which`]);
  return say(null, true, []);
};

const fitsBoth = ({ first }: Tally): string =>
  `${first.map(nameCell).join(', ')} ${first.length === 1 ? 'fits' : 'fit'} both day first and month first`;
