/**
 * What needs a person first. Clocks fall into three bands: overdue, due today, due within the next seven days. Within a band
 * they stand by points, most first:
 *
 *   three for each digit of the money at stake (in whole units; a promise or a task of high priority counts as four digits),
 *   less one for each doubling of the hours left (an hour or less takes nothing off),
 *   plus one for each doubling of the days over (a day over gives one, three days two, a week three).
 *
 * So ten times the money weighs as much as an eighth of the time. Equal points go by the earlier moment, then by key: the
 * same clocks give the same list on every device. An amount is compared as it stands, whatever its currency: it only
 * orders, it is never added up.
 */
import { addDays, dayIn, instantAt } from '../dates.ts';

/** Why a row is on the list, with its icon of the one set. */
export const whys = [
  { key: 'sla', label: 'SLA', icon: 'clock' },
  { key: 'late', label: 'Late', icon: 'alert' },
  { key: 'due', label: 'Due', icon: 'today' },
  { key: 'task', label: 'Task', icon: 'tasks' },
  { key: 'promise', label: 'Promise', icon: 'note' },
  { key: 'payment', label: 'Payment', icon: 'invoices' },
  { key: 'query', label: 'Query', icon: 'reply' },
  { key: 'claim', label: 'Claim', icon: 'box' },
  { key: 'return', label: 'Return', icon: 'undo' },
  { key: 'expiry', label: 'Expiry', icon: 'renew' },
  { key: 'exception', label: 'Exception', icon: 'alert' },
  { key: 'proof', label: 'Proof', icon: 'pause' },
  { key: 'contact', label: 'Contact', icon: 'phone' },
  { key: 'step', label: 'Next step', icon: 'arr-r' },
  { key: 'failed', label: 'Failed', icon: 'alert' },
] as const;

export type Why = (typeof whys)[number]['key'];

export const bands = ['overdue', 'today', 'week'] as const;
export type Band = (typeof bands)[number];

/** The last day of the third band. */
export const weekEnd = (today: string): string => addDays(today, 6);

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const PER_DIGIT = 3;

type Clock = {
  readonly key: string;
  /** The moment it is due, UTC milliseconds. */
  readonly at: number;
  /** In whole units of its currency; 0 where no money is at stake. */
  readonly amount: number;
  /** Digits where it is not money that is at stake. */
  readonly stake: number;
};

export type Ranked<C> = C & { readonly band: Band; readonly points: number };

const digitsOf = (amount: number): number => {
  const whole = Math.floor(Math.abs(amount));
  return whole < 1 ? 0 : String(whole).length;
};

const doublings = (count: number): number => Math.floor(Math.log2(Math.max(1, count)));

/** @param now UTC milliseconds */
export const pointsOf = ({ at, amount, stake }: Omit<Clock, 'key'>, now: number): number => {
  const left = at - now;
  const near = left > 0 ? -doublings(left / HOUR) : doublings(1 + Math.floor(-left / DAY));
  return PER_DIGIT * Math.max(digitsOf(amount), stake) + near;
};

/** Where a moment stands today: over, still to come, or later. @param dayEnd the end of today */
const bandOf = (at: number, now: number, dayEnd: number): Band => (at <= now ? 'overdue' : at <= dayEnd ? 'today' : 'week');

/** The clocks with their band and points, first things first. @param now UTC milliseconds */
export const rankClocks = <C extends Clock>(clocks: readonly C[], now: number, zone: string): readonly Ranked<C>[] => {
  const dayEnd = instantAt(zone, addDays(dayIn(zone, now), 1), '00:00');
  return clocks
    .map((clock) => ({ ...clock, band: bandOf(clock.at, now, dayEnd), points: pointsOf(clock, now) }))
    .toSorted(
      (a, b) =>
        bands.indexOf(a.band) - bands.indexOf(b.band) ||
        b.points - a.points ||
        a.at - b.at ||
        (a.key < b.key ? -1 : a.key > b.key ? 1 : 0),
    );
};

const CLOCK = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

/** The moment a day, or a time on it, is due: a day lasts to its end. Kept, as thousands of clocks share a few days. */
export const createMoments = (zone: string): ((day: string, time: string | null) => number) => {
  // A file may bring a time that is none: the day holds.
  const isTime = (time: string | null): time is string => time !== null && CLOCK.test(time);
  const known = new Map<string, number>();
  return (day, time) => {
    const key = `${day} ${time ?? ''}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const at = isTime(time) ? instantAt(zone, day, time) : instantAt(zone, addDays(day, 1), '00:00');
    known.set(key, at);
    return at;
  };
};
