/**
 * Terms as they are kept: a text that is the same for the same terms, so that what did not change is no new version.
 * What is read may come from anywhere; terms that are none are none, and nothing fails of them.
 */
import { canonicalJson } from '../canonical.ts';
import { isZone } from '../dates.ts';
import type { Span } from './hours.ts';
import { clockKeys, type ReopenMode, type Terms } from './types.ts';
import type { Calendar, Holiday } from './work-time.ts';

export const writeTerms = (terms: Terms): string => canonicalJson(terms);

type Loose = Readonly<Record<string, unknown>>;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const looseOf = (value: unknown): Loose => (typeof value === 'object' && value !== null ? (value as Loose) : {});

const readSpan = (value: unknown): Span | null => {
  const { from, to } = looseOf(value);
  return typeof from === 'number' && typeof to === 'number' && from >= 0 && from < to && to <= 1440 ? { from, to } : null;
};

const readDay = (value: unknown): readonly Span[] => (Array.isArray(value) ? value.flatMap((one) => readSpan(one) ?? []) : []);

const readCalendar = (value: unknown): Calendar | null => {
  const { name, zone, week, holidays } = looseOf(value);
  if (typeof zone !== 'string' || !isZone(zone) || !Array.isArray(week) || week.length !== 7) return null;
  const days = Object.entries(looseOf(holidays)).map(([day, one]): [string, Holiday] => {
    const holiday = looseOf(one);
    return [day, { name: textOf(holiday['name']), open: readDay(holiday['open']) }];
  });
  return { name: textOf(name), zone, week: week.map(readDay), holidays: Object.fromEntries(days) };
};

const minutesOf = (value: unknown): number | null => (typeof value === 'number' && value >= 0 ? value : null);

const REOPEN: readonly unknown[] = ['stay_met', 'continue', 'from_start'];

/** Null where the text is no terms. */
export const readTerms = (text: string): Terms | null => {
  try {
    const { policy, targets, reopen, pausesResponse, calendar }: Loose = looseOf(JSON.parse(text));
    const wanted = looseOf(targets);
    const [acknowledge, respond, update, resolve] = clockKeys.map((key) => minutesOf(wanted[key]));
    return {
      policy: textOf(policy),
      targets: {
        acknowledge: acknowledge ?? null,
        respond: respond ?? null,
        update: update ?? null,
        resolve: resolve ?? null,
      },
      reopen: REOPEN.includes(reopen) ? (reopen as ReopenMode) : 'continue',
      pausesResponse: pausesResponse === true,
      calendar: readCalendar(calendar),
    };
  } catch {
    return null;
  }
};
