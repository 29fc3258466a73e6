/**
 * Why this due time (L11): every stretch from the start to the due time, what it counted as, and the sum so far, so that
 * a person can add it up by hand. Hours that are closed for the night are left out; holidays and pauses are not.
 */
import { addDays, dayIn } from '../dates.ts';
import type { Clock, Pause } from './types.ts';
import type { Stretch, WorkTime } from './work-time.ts';

export type TraceStep = {
  readonly day: string;
  /** UTC milliseconds; the whole day where it is closed. */
  readonly from: number | null;
  readonly to: number | null;
  readonly counts: 'work' | 'pause' | 'holiday';
  /** Why it does not count. */
  readonly note: string | null;
  /** Working milliseconds, and their sum up to here. */
  readonly work: number;
  readonly sum: number;
};

const MOST = 400;

/** A stretch of open hours cut by the pauses in it. */
const cut = ({ from, to }: Stretch, pauses: readonly Pause[]): readonly (Stretch & { readonly why: string | null })[] => {
  const parts: (Stretch & { readonly why: string | null })[] = [];
  let at = from;
  for (const pause of pauses) {
    const [start, end] = [Math.max(pause.from, at), Math.min(pause.to ?? to, to)];
    if (start >= end) continue;
    if (start > at) parts.push({ from: at, to: start, why: null });
    parts.push({ from: start, to: end, why: pause.why });
    at = end;
  }
  return at < to ? [...parts, { from: at, to, why: null }] : parts;
};

const holidayOn = (day: string, { calendar }: WorkTime): string | null =>
  Object.hasOwn(calendar.holidays, day) ? (calendar.holidays[day]?.name ?? null) : null;

/** The stretches of a clock up to its due time, to its end where that is later, or to now while it has none. */
export const traceClock = ({ start, due, end, pauses }: Clock, time: WorkTime, now: number): readonly TraceStep[] => {
  if (start === null) return [];
  const until = Math.max(due ?? start, due === null ? Math.max(start, end ?? now) : start);
  const { zone } = time.calendar;
  const steps: TraceStep[] = [];
  let sum = 0;
  const last = dayIn(zone, until);
  for (let day = dayIn(zone, start); day <= last && steps.length < MOST; day = addDays(day, 1)) {
    const holiday = holidayOn(day, time);
    if (holiday !== null) steps.push({ day, from: null, to: null, counts: 'holiday', note: holiday, work: 0, sum });
    for (const stretch of time.on(day)) {
      const open = { from: Math.max(stretch.from, start), to: Math.min(stretch.to, until) };
      for (const { from, to, why } of cut(open, pauses)) {
        const work = why === null ? to - from : 0;
        sum += work;
        steps.push({ day, from, to, counts: why === null ? 'work' : 'pause', note: why, work, sum });
      }
    }
  }
  return steps;
};
