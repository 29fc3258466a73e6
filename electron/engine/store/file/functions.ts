/**
 * The few functions SQL lacks, for the engine's own reading connections only: no stored view or index uses them, so
 * the file opens in any SQLite tool.
 */
import type { Database } from 'better-sqlite3';
import { dayIn } from '../../../../shared/domain/dates.ts';
import { foldText } from '../../../../shared/domain/fold.ts';
import { workTimeOf } from '../../../../shared/domain/sla/clocks.ts';
import { readTerms } from '../../../../shared/domain/sla/terms.ts';
import type { WorkTime } from '../../../../shared/domain/sla/work-time.ts';

/** Offsets have been whole quarters of an hour since 1972, so a quarter's day is the day of all its moments. */
const QUARTER = 900_000;
const MEMO_LIMIT = 100_000;

/** Remembers results: columns hold the same few texts and days many times over. */
const remember = (make: (key: string) => string): ((key: string) => string) => {
  const memo = new Map<string, string>();
  return (key) => {
    const known = memo.get(key);
    if (known !== undefined) return known;
    if (memo.size >= MEMO_LIMIT) memo.clear();
    const made = make(key);
    memo.set(key, made);
    return made;
  };
};

const createLocalDay = () => {
  const dayOfQuarter = remember((key) => {
    const at = key.indexOf(' ');
    return dayIn(key.slice(at + 1), Number(key.slice(0, at)) * QUARTER);
  });
  return (ms: unknown, zone: unknown): string | null => {
    if (typeof ms !== 'number' || typeof zone !== 'string') return null;
    if (ms < 63_072_000_000) return dayIn(zone, ms);
    return dayOfQuarter(`${Math.floor(ms / QUARTER)} ${zone}`);
  };
};

/** Working milliseconds between two moments by the terms of a version; 0 where they have no calendar. */
const createWorkBetween = () => {
  const times = new Map<string, WorkTime | null>();
  const timeOf = (terms: string): WorkTime | null => {
    const known = times.get(terms);
    if (known !== undefined) return known;
    const calendar = readTerms(terms)?.calendar ?? null;
    const time = calendar === null ? null : workTimeOf(calendar);
    times.set(terms, time);
    return time;
  };
  return (terms: unknown, from: unknown, to: unknown): number =>
    typeof terms === 'string' && typeof from === 'number' && typeof to === 'number' ? (timeOf(terms)?.between(from, to) ?? 0) : 0;
};

/** Adds `fold(text)` (letters as compared by eye), `local_day(ms, zone)` and `work_between(terms, from, to)` to a connection. */
export const registerFunctions = (db: Database): void => {
  const fold = remember(foldText);
  db.function('fold', { deterministic: true }, (text: unknown) => (typeof text === 'string' ? fold(text) : null));
  db.function('local_day', { deterministic: true }, createLocalDay());
  db.function('work_between', { deterministic: true }, createWorkBetween());
};
