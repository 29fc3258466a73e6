/**
 * The few functions SQL lacks, for the engine's own reading connections only: no stored view or index uses them, so
 * the file opens in any SQLite tool.
 */
import type { Database } from 'better-sqlite3';
import { dayIn } from '../../../shared/domain/dates.ts';
import { foldText } from '../../../shared/domain/fold.ts';

/** Offsets have been whole quarters of an hour since 1972, so a quarter's day is the day of all its moments. */
const QUARTER = 900_000;
const MEMO_LIMIT = 200_000;

const createLocalDay = () => {
  const memo = new Map<string, string>();
  return (ms: unknown, zone: unknown): string | null => {
    if (typeof ms !== 'number' || typeof zone !== 'string') return null;
    if (ms < 63_072_000_000) return dayIn(zone, ms);
    const key = `${Math.floor(ms / QUARTER)} ${zone}`;
    const known = memo.get(key);
    if (known !== undefined) return known;
    if (memo.size >= MEMO_LIMIT) memo.clear();
    const day = dayIn(zone, ms);
    memo.set(key, day);
    return day;
  };
};

/** Adds `fold(text)` (letters as compared by eye) and `local_day(ms, zone)` to a connection. */
export const registerFunctions = (db: Database): void => {
  db.function('fold', { deterministic: true }, (text: unknown) => (typeof text === 'string' ? foldText(text) : null));
  db.function('local_day', { deterministic: true }, createLocalDay());
};
