/**
 * Working time counted minute by minute on the wall clock of a zone, by the platform's own calendar and nothing of the
 * engine: what the engine's answers are held against.
 */
import type { Calendar } from '../../shared/domain/sla/work-time.ts';

const MINUTE = 60_000;
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

const formats = new Map<string, Intl.DateTimeFormat>();

const wallClock = (zone: string, ms: number) => {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      weekday: 'short',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
  formats.set(zone, format);
  const part = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, value]));
  return {
    day: `${part['year']}-${part['month']}-${part['day']}`,
    weekday: WEEKDAYS.indexOf(part['weekday'] ?? ''),
    minute: Number(part['hour']) * 60 + Number(part['minute']),
  };
};

type Wall = ReturnType<typeof wallClock>;
const QUARTER = 15 * MINUTE;
const quarters = new Map<string, Wall>();

/** Clocks change at whole quarters of an hour, so the minutes of one follow each other. */
const wallMinute = (zone: string, ms: number): Wall => {
  const from = Math.floor(ms / QUARTER) * QUARTER;
  const key = `${zone} ${from}`;
  const known = quarters.get(key) ?? wallClock(zone, from);
  quarters.set(key, known);
  return { ...known, minute: known.minute + (ms - from) / MINUTE };
};

/** Whether the minute that begins at a moment is worked. */
export const isWorked = ({ zone, week, holidays }: Calendar, ms: number): boolean => {
  const { day, weekday, minute } = wallMinute(zone, ms);
  const spans = holidays[day]?.open ?? week[weekday] ?? [];
  return spans.some(({ from, to }) => from <= minute && minute < to);
};

type Gap = { readonly from: number; readonly to: number };

const isIn = (gaps: readonly Gap[], ms: number): boolean => gaps.some(({ from, to }) => from <= ms && ms < to);

/** Minutes worked between two moments, both whole minutes, without the gaps. */
export const countMinutes = (calendar: Calendar, from: number, to: number, gaps: readonly Gap[] = []): number => {
  let count = 0;
  for (let at = from; at < to; at += MINUTE) if (isWorked(calendar, at) && !isIn(gaps, at)) count += 1;
  return count;
};

/** The end of the minute with which so many were worked. */
export const dueByCounting = (calendar: Calendar, from: number, minutes: number, gaps: readonly Gap[] = []): number => {
  let [at, left] = [from, minutes];
  for (; left > 0; at += MINUTE) if (isWorked(calendar, at) && !isIn(gaps, at)) left -= 1;
  return at;
};
