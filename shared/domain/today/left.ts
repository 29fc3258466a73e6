/** Clocks in words: `28 m left`, `Over by 2 h 2 m`, `Over by 3 d`. */

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
