/**
 * Numbers people see (`O26-K7M-0042`). The counter of a rendered prefix moves when a number is written, in the same
 * transaction: a number is never given twice, and one that was never written leaves no gap.
 */
import { numberPrefix, renderNumber } from '../../../shared/domain/numbering.ts';
import type { Db } from './db.ts';

export type Series = ReturnType<typeof createSeries>;

/**
 * @param code the device's three characters
 * @param today the day in the company's zone
 */
export const createSeries = (db: Db, code: string, today: () => string) => {
  const last = db.prepare<[string], number>('SELECT last FROM series WHERE prefix = ?').pluck();
  const raise = db.prepare(
    'INSERT INTO series(prefix, last) VALUES(?, ?) ON CONFLICT DO UPDATE SET last = max(last, excluded.last)',
  );
  /** Given since the last change ended, and not yet written. */
  const given = new Map<string, number>();
  return {
    next(letter: string): string {
      const prefix = numberPrefix(letter, today(), code);
      const counter = Math.max(last.get(prefix) ?? 0, given.get(prefix) ?? 0) + 1;
      given.set(prefix, counter);
      return renderNumber(prefix, counter);
    },
    /** Takes note of a number that is being written; one of another device or form is none of ours. */
    note(number: string): void {
      const at = number.lastIndexOf('-') + 1;
      const prefix = number.slice(0, at);
      const counter = number.slice(at);
      if (prefix.endsWith(`-${code}-`) && /^\d{4,15}$/.test(counter)) raise.run(prefix, Number(counter));
    },
    /** A change ended, well or not: what it did not write is free again. */
    settle: (): void => given.clear(),
  };
};
