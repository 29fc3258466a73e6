/**
 * Numbers people see (`O26-K7M-0042`). The counter of a rendered prefix moves when a number is written, in the same
 * transaction: a number is never given twice, and one that was never written leaves no gap.
 */
import { nextCounter, numberPrefix, renderNumber, type Numbering } from '../../../../shared/domain/numbering.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import type { Db } from '../file/db.ts';
import { layoutOf } from '../file/layout.ts';

/** The last counter that was written of a prefix on this device; null = none. */
export const prepareLast = (db: Db): ((prefix: string) => number | null) => {
  const last = db.prepare<[string], number>('SELECT last FROM series WHERE prefix = ?').pluck();
  return (prefix) => last.get(prefix) ?? null;
};

/** Raises the last counter of a prefix; it never falls. */
export const prepareRaise = (db: Db): ((prefix: string, counter: number) => void) => {
  const raise = db.prepare<[string, number]>(
    'INSERT INTO series(prefix, last) VALUES(?, ?) ON CONFLICT DO UPDATE SET last = max(last, excluded.last)',
  );
  return (prefix, counter) => void raise.run(prefix, counter);
};

type Env = {
  /** The device's three characters, as they are now. */
  readonly code: () => string;
  /** The day in the company's zone. */
  readonly today: () => string;
  readonly numberingOf: (table: TableName) => Numbering;
  /** Whether a record has the number: formats of two times may come to the same. */
  readonly isTaken: (table: TableName, number: string) => boolean;
};

type Given = { readonly prefix: string; readonly counter: number };

/** The counter at the end of a number of this prefix, or before the place of a record among several; null where it is none of it. */
const counterOf = (number: string, prefix: string): number | null => {
  const rest = number.startsWith(prefix) ? number.slice(prefix.length) : '';
  const counter = /^(\d{1,15})(?:\/\d{1,9})?$/.exec(rest)?.[1];
  return counter === undefined ? null : Number(counter);
};

export const createSeries = (db: Db, { code, today, numberingOf, isTaken }: Env) => {
  const last = prepareLast(db);
  const raise = prepareRaise(db);
  /** Given since the last change ended, and not yet written. */
  const highest = new Map<string, number>();
  const given = new Map<string, Given>();

  const prefixOf = (table: TableName, format: string): string =>
    numberPrefix(layoutOf(table).series?.letter ?? '', today(), code(), format);

  /** A number of this device that came from elsewhere: in the form that is set, or in the shipped one of any year. */
  const recognise = (table: TableName, number: string): Given | null => {
    const prefix = prefixOf(table, numberingOf(table).format);
    const own = counterOf(number, prefix);
    if (own !== null) return { prefix, counter: own };
    const shipped = number.slice(0, number.lastIndexOf('-') + 1);
    const counter = shipped.endsWith(`-${code()}-`) ? counterOf(number, shipped) : null;
    return counter === null ? null : { prefix: shipped, counter };
  };

  return {
    next(table: TableName): string {
      const { format, start } = numberingOf(table);
      const prefix = prefixOf(table, format);
      let counter = nextCounter(Math.max(last(prefix) ?? 0, highest.get(prefix) ?? 0), start);
      while (isTaken(table, renderNumber(prefix, counter, format))) counter += 1;
      const number = renderNumber(prefix, counter, format);
      highest.set(prefix, counter);
      given.set(number, { prefix, counter });
      return number;
    },
    /** Takes note of a number that is being written; one of another device or form is none of ours. */
    note: (table: TableName, number: string): void => {
      // Every form of a device's own numbers has it in it, and most of what comes from elsewhere has another one.
      if (!number.includes(code())) return;
      const found = given.get(number) ?? recognise(table, number);
      if (found !== null) raise(found.prefix, found.counter);
    },
    /** A change ended, well or not: what it did not write is free again. */
    settle(): void {
      highest.clear();
      given.clear();
    },
  };
};
