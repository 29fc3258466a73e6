/**
 * What is said to have happened: it is not still to come, and it is not from before there was anything to happen to. What a
 * clock of another device is ahead by, and an order that is keyed in days after it was agreed, are no reason to doubt.
 */
import { addDays, addMonths, dayIn } from './dates.ts';

/** A device's clock may be ahead of another's by so much, in milliseconds. */
export const CLOCK_SKEW = 120_000;

/**
 * Days before the day of its order that something may have happened to a booking: orders taken by phone are written down
 * late. What lies further back is of another shipment, whose number the carrier gave out again, or of a mistyped year: it
 * would say "delivered" of goods that never left, so it is refused and kept as it came, and not only warned of.
 */
const EARLY_DAYS = 14;

type Known = {
  /** UTC ms. */
  readonly now: number;
  /** The first day it can be about; null where nothing says. */
  readonly since: string | null;
  readonly zone: string;
};

const judgeEarly = (day: string, since: string | null): string | null =>
  since === null || day >= addDays(since, -EARLY_DAYS)
    ? null
    : `is more than ${EARLY_DAYS} days before it was ordered or booked (${since}): another shipment, or another year`;

/** Why something cannot have happened at a moment, as the end of a sentence; null where it can. @param at UTC ms */
export const judgeHappened = (at: number, { now, since, zone }: Known): string | null => {
  if (at > now + CLOCK_SKEW) return 'is still to come';
  return judgeEarly(dayIn(zone, at), since);
};

/** The same of a day alone. */
export const judgeHappenedOn = (
  day: string,
  { today, since }: { readonly today: string; readonly since: string | null },
): string | null => (day > today ? 'is still to come' : judgeEarly(day, since));

/** Years from today that nothing somebody records or agrees on lies beyond. */
const FAR_YEARS = 10;

/** Why a day of the past or the future is a mistyped one, as the end of a sentence; null where it may be. */
export const judgeFar = (day: string, today: string, years = FAR_YEARS): string | null =>
  day < addMonths(today, -12 * years) || day > addMonths(today, 12 * years)
    ? `is more than ${years} years off: another year`
    : null;
