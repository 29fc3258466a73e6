/**
 * Days. A date is an ISO day in the company's zone and arithmetic on it knows no zone and no clock; the one place
 * where a moment becomes a day is `dayIn`, and the one source of today is `today`.
 */
import { Temporal } from 'temporal-polyfill';

const DAY = 86_400_000;
const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;

const iso = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const utc = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** The day of a year, month (1 to 12) and day, or null where the calendar has none. */
export const dayOf = (year: number, month: number, day: number): string | null => {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return null;
  const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return new Date(utc(text)).getUTCDate() === day ? text : null;
};

export const isDay = (text: string): boolean => {
  const match = SHAPE.exec(text);
  return match !== null && dayOf(Number(match[1]), Number(match[2]), Number(match[3])) !== null;
};

export const yearOf = (day: string): number => Number(day.slice(0, 4));
export const monthOf = (day: string): number => Number(day.slice(5, 7));

export const addDays = (day: string, days: number): string => iso(utc(day) + days * DAY);

/** Days from `a` to `b`: positive when b is later. */
export const daysBetween = (a: string, b: string): number => Math.round((utc(b) - utc(a)) / DAY);

/** 1 = Monday … 7 = Sunday. */
export const weekdayOf = (day: string): number => new Date(utc(day)).getUTCDay() || 7;

export const startOfMonth = (day: string): string => `${day.slice(0, 7)}-01`;
export const endOfMonth = (day: string): string => iso(Date.UTC(yearOf(day), monthOf(day), 0));

/** The same day so many months on; the last day of the month where that month is shorter. */
export const addMonths = (day: string, months: number): string => {
  const first = iso(Date.UTC(yearOf(day), monthOf(day) - 1 + months, 1));
  const last = endOfMonth(first);
  const same = `${first.slice(0, 8)}${day.slice(8)}`;
  return same < last ? same : last;
};

/** The first day of the week that holds `day`. @param weekStart 1 = Monday … 7 = Sunday */
export const startOfWeek = (day: string, weekStart: number): string => addDays(day, -((weekdayOf(day) - weekStart + 7) % 7));

/** The day a moment (UTC milliseconds) falls on in a zone. */
export const dayIn = (zone: string, ms: number): string =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).toPlainDate().toString();

/** The moment (UTC milliseconds) of a day and a time of day in a zone; a time that a clock change skips moves on. */
export const instantAt = (zone: string, day: string, time: string): number =>
  Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(time) }).epochMilliseconds;

/** What the clocks of a zone are ahead of UTC at a moment, in milliseconds. */
export const offsetAt = (zone: string, ms: number): number =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).offsetNanoseconds / 1_000_000;

/** The moments between two at which the clocks of a zone change, in order. */
export const changesBetween = (zone: string, from: number, to: number): readonly number[] => {
  if (offsetAt(zone, from) === offsetAt(zone, to)) return [];
  const changes: number[] = [];
  for (let at = from; ;) {
    const next = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).getTimeZoneTransition('next');
    if (next === null || next.epochMilliseconds >= to) return changes;
    at = next.epochMilliseconds;
    changes.push(at);
  }
};

/** Today in the company's zone. @param clock UTC milliseconds */
export const today = (zone: string, clock: () => number): string => dayIn(zone, clock());

export const isZone = (zone: string): boolean => {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
};

/** The zone a setting names, from whatever device it came; else the other one. */
export const zoneOf = (setting: unknown, otherwise: string): string =>
  typeof setting === 'string' && isZone(setting) ? setting : otherwise;

const FIRST_INSTANT = utc('0001-01-01');
const LAST_INSTANT = utc('9999-12-31') + DAY - 1;

/** Whether a moment (UTC milliseconds) is on a day that there is: others cannot be shown in any zone. */
export const isInstant = (ms: number): boolean => ms >= FIRST_INSTANT && ms <= LAST_INSTANT;
