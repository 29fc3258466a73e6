/**
 * Working time of a calendar: how much of it lies between two moments, and when so much of it has passed. A minute
 * counts when its wall clock lies in the hours of its day, so a day that a clock change makes shorter or longer counts
 * as long as it is (L4). Days are walked in the calendar's zone; each is worked out once and kept.
 */
import { addDays, changesBetween, dayIn, instantAt, offsetAt, weekdayOf } from '../dates.ts';
import type { Span, Week } from './hours.ts';

export type Holiday = { readonly name: string; /** Empty = closed all day. */ readonly open: readonly Span[] };

export type Calendar = {
  readonly name: string;
  readonly zone: string;
  readonly week: Week;
  /** By ISO day. */
  readonly holidays: Readonly<Record<string, Holiday>>;
};

/** UTC milliseconds, `from` before `to`. */
export type Stretch = { readonly from: number; readonly to: number };

const MINUTE = 60_000;
/** Offsets have been whole quarters of an hour since 1972, so the day of a quarter's begin is the day of all of it. */
const QUARTER = 15 * MINUTE;
/** A calendar that is not open in so many days is not open. */
const LIMIT = 3_660;

/** The hours of a day: those of a holiday, else those of its weekday. */
const spansOn = ({ week, holidays }: Calendar, day: string): readonly Span[] =>
  Object.hasOwn(holidays, day) ? (holidays[day]?.open ?? []) : (week[weekdayOf(day) - 1] ?? []);

/** The hours of a day as moments. Between two clock changes the wall clock runs with the time. */
const stretchesOn = (calendar: Calendar, day: string): readonly Stretch[] => {
  const spans = spansOn(calendar, day);
  if (spans.length === 0) return [];
  const { zone } = calendar;
  const [start, end] = [instantAt(zone, day, '00:00'), instantAt(zone, addDays(day, 1), '00:00')];
  const cuts = [start, ...changesBetween(zone, start, end), end];
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const found = cuts.slice(1).flatMap((to, at): readonly Stretch[] => {
    const from = cuts[at] ?? start;
    const local = midnight - offsetAt(zone, from);
    return spans
      .map((span) => ({ from: Math.max(from, local + span.from * MINUTE), to: Math.min(to, local + span.to * MINUTE) }))
      .filter((stretch) => stretch.from < stretch.to);
  });
  return found.toSorted((a, b) => a.from - b.from);
};

export type WorkTime = {
  readonly calendar: Calendar;
  /** The hours of a day, in order. */
  on(day: string): readonly Stretch[];
  /** Working milliseconds from a moment to a later one; 0 where it is not later. */
  between(from: number, to: number): number;
  /** When so many working milliseconds have passed since a moment; null where the calendar is never open so long. */
  after(from: number, work: number): number | null;
  /** The first moment at or after one at which it is open; null where there is none. */
  openAt(at: number): number | null;
  /** The same time of day so many days later on which it is open; null where there is none. */
  daysAfter(at: number, count: number): number | null;
};

/** The days of a calendar, each worked out once. */
const createDays = (calendar: Calendar) => {
  const { zone } = calendar;
  const hours = new Map<string, readonly Stretch[]>();
  const days = new Map<number, string>();
  const on = (day: string): readonly Stretch[] => {
    const kept = hours.get(day) ?? stretchesOn(calendar, day);
    hours.set(day, kept);
    return kept;
  };
  const dayOf = (at: number): string => {
    const quarter = Math.floor(at / QUARTER);
    const day = days.get(quarter) ?? dayIn(zone, quarter * QUARTER);
    days.set(quarter, day);
    return day;
  };
  /** The hours from a moment on, the first of them cut to it. */
  function* from(at: number): Generator<Stretch> {
    let day = dayOf(at);
    for (let step = 0; step < LIMIT; step += 1) {
      for (const stretch of on(day)) if (stretch.to > at) yield { from: Math.max(stretch.from, at), to: stretch.to };
      day = addDays(day, 1);
    }
  }
  return { on, dayOf, from };
};

export const createWorkTime = (calendar: Calendar): WorkTime => {
  const { on, dayOf, from } = createDays(calendar);
  return {
    calendar,
    on,
    between(start, end) {
      if (end <= start) return 0;
      let sum = 0;
      const last = dayOf(end);
      for (let day = dayOf(start); day <= last; day = addDays(day, 1))
        for (const stretch of on(day)) sum += Math.max(0, Math.min(stretch.to, end) - Math.max(stretch.from, start));
      return sum;
    },
    after(start, work) {
      if (work <= 0) return start;
      let left = work;
      for (const stretch of from(start)) {
        const length = stretch.to - stretch.from;
        if (left <= length) return stretch.from + left;
        left -= length;
      }
      return null;
    },
    openAt(at) {
      const [first] = from(at);
      return first?.from ?? null;
    },
    daysAfter(at, count) {
      const time = new Date(at + offsetAt(calendar.zone, at)).toISOString().slice(11, 23);
      let day = dayOf(at);
      for (let [left, step] = [count, 0]; left > 0; step += 1) {
        if (step === LIMIT) return null;
        day = addDays(day, 1);
        if (on(day).length > 0) left -= 1;
      }
      return instantAt(calendar.zone, day, time);
    },
  };
};
