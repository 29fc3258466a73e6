/** Working days of a place (O3): which days of the week it works, and the days it is closed. */
import { addDays, weekdayOf } from '../dates.ts';

/** `days`: 1 = Monday … 7 = Sunday. */
export type Calendar = { readonly days: readonly number[]; readonly closed: ReadonlySet<string> };

/** A calendar without a working day in as many days has none. */
const LIMIT = 3_660;

const isWorking = (day: string, { days, closed }: Calendar): boolean => days.includes(weekdayOf(day)) && !closed.has(day);

/** The day so many working days after a day; the day itself does not count. Null where the calendar never opens. */
export const addWorkingDays = (day: string, count: number, calendar: Calendar): string | null => {
  let at = day;
  let left = count;
  for (let step = 0; left > 0; step += 1) {
    if (step === LIMIT) return null;
    at = addDays(at, 1);
    if (isWorking(at, calendar)) left -= 1;
  }
  return at;
};
