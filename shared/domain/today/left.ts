/** Clocks in words: `28 m left`, `Over by 2 h 2 m`, `Over by 3 d`. */
import { daysBetween } from '../dates.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Beyond two days nobody counts hours. */
const HOURS_SAID = 2 * DAY;

const sizeOf = (ms: number): string => {
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} m`;
  if (ms >= HOURS_SAID) return `${Math.floor(ms / DAY)} d`;
  const minutes = Math.floor((ms % HOUR) / MINUTE);
  return minutes === 0 ? `${Math.floor(ms / HOUR)} h` : `${Math.floor(ms / HOUR)} h ${minutes} m`;
};

/** @param at when it is due; both UTC milliseconds */
export const sayLeft = (at: number, now: number): string =>
  at > now ? `${sizeOf(at - now)} left` : `Over by ${sizeOf(now - at)}`;

/**
 * What is due on a day is over by days of the calendar, as registers and pages count them, whatever time it is.
 * @param at the end of the day; UTC milliseconds, as now
 */
export const sayDaysLeft = (due: string, today: string, at: number, now: number): string => {
  const days = daysBetween(today, due);
  if (days === 0) return sayLeft(at, now);
  return days > 0 ? `${days} d left` : `Over by ${-days} d`;
};
