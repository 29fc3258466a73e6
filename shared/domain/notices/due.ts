/**
 * When somebody is told of what is due (L10): once for each clock and step, in their working hours, at once where it is
 * critical. What has been due for a working day is no news any more: it stands on Today, and the badge counts it.
 */
import type { WorkTime } from '../sla/work-time.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Working time after which a notice is not given any more. */
const NEWS = 8 * HOUR;
/** Whatever the hours, nothing older is looked at. */
const OLDEST = 60 * DAY;
/** Keys that are remembered; the oldest are forgotten first. */
const MOST_TOLD = 2_000;
/** More at a time are told as one. */
const MOST_SINGLE = 3;

export const noticeModes = [
  { key: 'all', label: 'Shown, and counted at the badge' },
  { key: 'badge', label: 'Only counted at the badge' },
  { key: 'off', label: 'Off' },
] as const;
export type NoticeMode = (typeof noticeModes)[number]['key'];

/** Where nobody says their hours and no calendar does. */
export const DEFAULT_HOURS = 'Mon-Fri 08:00-18:00';

export type Due = {
  /** The clock, its run and its step: told once. */
  readonly key: string;
  /** Since when it can be told, UTC milliseconds. */
  readonly at: number;
  readonly isCritical: boolean;
};

/** What was told, and when. */
export type Told = Readonly<Record<string, number>>;

type Asked = { readonly told: Told; readonly hours: WorkTime; readonly now: number };

/** What is to be told now, critical things first, then the oldest. @param now UTC milliseconds */
export const dueNotices = <D extends Due>(all: readonly D[], { told, hours, now }: Asked): readonly D[] => {
  const isOpen = hours.openAt(now) === now;
  const isNews = ({ at }: D): boolean => at <= now && at > now - OLDEST && hours.between(at, now) <= NEWS;
  const found = new Map<string, D>();
  for (const due of all) {
    const isNew = !Object.hasOwn(told, due.key) && !found.has(due.key);
    if (isNew && (due.isCritical || isOpen) && isNews(due)) found.set(due.key, due);
  }
  return [...found.values()].toSorted(
    (a, b) => Number(b.isCritical) - Number(a.isCritical) || a.at - b.at || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0),
  );
};

/** What was told before, with more of it, and without what cannot come again. */
export const rememberTold = (told: Told, keys: readonly string[], now: number): Told => {
  const all = { ...told, ...Object.fromEntries(keys.map((key) => [key, now])) };
  const kept = Object.entries(all)
    .filter(([, at]) => at > now - 2 * OLDEST)
    .toSorted(([a, at], [b, other]) => other - at || (a < b ? -1 : 1))
    .slice(0, MOST_TOLD);
  return Object.fromEntries(kept);
};

export type Notice = { readonly title: string; readonly body: string };

/** A few notices stand alone; more are one, with the first of them in its text. */
export const asOneNotice = (notices: readonly Notice[]): Notice | null => {
  if (notices.length <= MOST_SINGLE) return null;
  const first = notices.slice(0, MOST_SINGLE).map(({ title }) => title);
  return { title: `${notices.length} things are due`, body: `${first.join('; ')} and ${notices.length - first.length} more` };
};
