/** How long something is put off, in words: `2h`, `45m`, `t+1`, `mon`, `mon 14:00`, `16:30`, `2d`. */
import { addDays, dayIn, instantAt } from '../dates.ts';
import { readClock, readDayClock, type DateContext } from '../parse/date.ts';
import { readDuration } from '../parse/duration.ts';

export type SnoozeContext = Omit<DateContext, 'today'> & {
  readonly zone: string;
  /** UTC milliseconds. */
  readonly now: number;
};

/** A day without a time begins with the working day. */
const MORNING = '08:00';
const FURTHEST_DAYS = 730;

type Snoozed = { readonly until: number } | { readonly why: string };

const untilOf = (raw: string, { zone, now, style }: SnoozeContext): number | null => {
  const text = raw.trim().replace(/^(?:in|until|till|for) /i, '');
  const today = dayIn(zone, now);
  const days = /^(\d{1,3}) ?(d|w)(?:ays?|eeks?)?$/i.exec(text);
  if (days) return instantAt(zone, addDays(today, Number(days[1]) * (days[2]?.toLowerCase() === 'w' ? 7 : 1)), MORNING);
  const clock = readClock(text);
  if (clock !== null) {
    const at = instantAt(zone, today, clock);
    return at > now ? at : instantAt(zone, addDays(today, 1), clock);
  }
  const length = readDuration(text);
  if (length !== null) return now + length;
  const read = readDayClock(text, { today, style });
  return 'day' in read ? instantAt(zone, read.day, read.clock ?? MORNING) : null;
};

/** The moment something comes back, or why the words say none. */
export const readSnooze = (raw: string, context: SnoozeContext): Snoozed => {
  const until = untilOf(raw, context);
  if (until === null) return { why: `“${raw.trim()}” is no time to come back: type 2h, t+1, mon or mon 14:00.` };
  if (until <= context.now) return { why: `“${raw.trim()}” is over already.` };
  if (until > context.now + FURTHEST_DAYS * 86_400_000) return { why: `“${raw.trim()}” is more than two years away.` };
  return { until };
};
