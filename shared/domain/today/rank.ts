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
  { key: 'post', label: 'To post', icon: 'invoices' },
  { key: 'query', label: 'Query', icon: 'reply' },
  { key: 'claim', label: 'Claim', icon: 'box' },
  { key: 'return', label: 'Return', icon: 'undo' },
  { key: 'expiry', label: 'Expiry', icon: 'renew' },
  { key: 'exception', label: 'Exception', icon: 'alert' },
  { key: 'proof', label: 'Proof', icon: 'pause' },
  { key: 'contact', label: 'Contact', icon: 'phone' },
  { key: 'price', label: 'Price', icon: 'catalogue' },
  { key: 'credit', label: 'Credit', icon: 'pause' },
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

const byTime = (a: Clock, b: Clock): number => a.at - b.at || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);

export type Ranking<C> = {
  /** First things first, no more than asked for of each band. */
  readonly first: readonly Ranked<C>[];
  /** How many there are of each, shown or not. */
  readonly counts: Readonly<Record<Band, number>>;
};

/**
 * The clocks with their band and points. Tens of thousands share some forty points, so they are laid in heaps by them and
 * only the heaps that are shown are put in order.
 *
 * @param now UTC milliseconds
 * @param most of each band
 */
export const rankClocks = <C extends Clock>(clocks: readonly C[], now: number, zone: string, most = Infinity): Ranking<C> => {
  const dayEnd = instantAt(zone, addDays(dayIn(zone, now), 1), '00:00');
  const counts: Record<Band, number> = { overdue: 0, today: 0, week: 0 };
  const heaps: Record<Band, Map<number, C[]>> = { overdue: new Map(), today: new Map(), week: new Map() };
  for (const clock of clocks) {
    const band = bandOf(clock.at, now, dayEnd);
    const points = pointsOf(clock, now);
    const heap = heaps[band].get(points);
    if (heap === undefined) heaps[band].set(points, [clock]);
    else heap.push(clock);
    counts[band] += 1;
  }
  const first = bands.flatMap((band) => {
    const taken: Ranked<C>[] = [];
    for (const [points, heap] of [...heaps[band]].toSorted(([a], [b]) => b - a)) {
      if (taken.length >= most) break;
      for (const clock of heap.toSorted(byTime).slice(0, most - taken.length)) taken.push({ ...clock, band, points });
    }
    return taken;
  });
  return { first, counts };
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
