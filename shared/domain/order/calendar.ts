/** Working days of a place (O3): which days of the week it works, and the days it is closed. */
import { addDays, weekdayOf } from '../dates.ts';

/** `days`: 1 = Monday … 7 = Sunday. */
export type Calendar = { readonly days: readonly number[]; readonly closed: ReadonlySet<string> };

const WEEK: readonly number[] = [1, 2, 3, 4, 5];
const NAMES: readonly string[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** `Mon-Fri`, `Mon, Wed, Sat`: the days of the week a text names; Monday to Friday where it names none. */
const daysIn = (text: string): readonly number[] => {
  const numbers = text
    .toLowerCase()
    .split(/[\s,;]+/)
    .flatMap((part) => {
      const [from = -1, to = from] = part.split(/[-–]/).map((name) => NAMES.indexOf(name.slice(0, 3)));
      if (from < 0 || to < 0) return [];
      return Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, at) => ((from + at) % 7) + 1);
    });
  return numbers.length === 0 ? WEEK : [...new Set(numbers)].toSorted((a, b) => a - b);
};

/** The calendar of a place from what is written of it: the days it works, and the ISO days it is closed. */
export const calendarOf = (days: string | null, closed: string | null): Calendar => ({
  days: daysIn(days ?? ''),
  closed: new Set((closed ?? '').match(/\b\d{4}-\d{2}-\d{2}\b/g) ?? []),
});

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
