/**
 * The few functions SQL lacks, for the engine's own reading connections only: no stored view or index uses them, so
 * the file opens in any SQLite tool.
 */
import type { Database } from 'better-sqlite3';
import { dayIn } from '../../../shared/domain/dates.ts';
import { foldText } from '../../../shared/domain/fold.ts';

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

/** Adds `fold(text)` (letters as compared by eye) and `local_day(ms, zone)` to a connection. */
export const registerFunctions = (db: Database): void => {
  const fold = remember(foldText);
  db.function('fold', { deterministic: true }, (text: unknown) => (typeof text === 'string' ? fold(text) : null));
  db.function('local_day', { deterministic: true }, createLocalDay());
};
