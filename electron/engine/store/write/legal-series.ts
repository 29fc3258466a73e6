/**
 * Legal numbers (N1): one series of a whole company without gaps, given by one device. Where another device gives them from
 * now on it goes on after the highest that any document bears here, deleted ones too, and that this file ever met.
 */
import { AppError } from '../../../../shared/contract/define.ts';
import { nextCounter, numberPrefix, readNumber, renderNumber } from '../../../../shared/domain/numbering.ts';
import type { Numbering } from '../../../../shared/domain/numbering.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import type { Db } from '../file/db.ts';
import { layoutOf, quote } from '../file/layout.ts';
import { endOf } from '../read/lookup.ts';
import { prepareLast, prepareRaise } from './series.ts';

/** Where the counter of a legal prefix is kept: apart from those of the device's own numbers, which may look the same. */
const keyOf = (table: TableName, prefix: string): string => `legal ${table} ${prefix}`;

/** Longer ones are no counters of ours. */
const MOST_DIGITS = 15;

const prepareBorne = (db: Db) => {
  const statements = new Map<TableName, ReturnType<typeof prepare>>();
  const prepare = (table: TableName, field: string) =>
    db
      .prepare<{ from: string; end: string; at: number; most: number }, number | null>(
        `SELECT max(CAST(substr(${field}, :at) AS INTEGER)) FROM ${table}
         WHERE ${field} >= :from AND ${field} < :end AND length(${field}) BETWEEN :at AND :at + :most - 1
           AND substr(${field}, :at) NOT GLOB '*[^0-9]*'`,
      )
      .pluck();
  return (table: TableName, prefix: string): number | null => {
    const legal = layoutOf(table).series?.legal;
    if (legal == null) return null;
    const statement = statements.get(table) ?? prepare(table, quote(legal));
    statements.set(table, statement);
    // Code points, as SQLite counts them.
    const at = [...prefix].length + 1;
    return statement.get({ from: prefix, end: endOf(prefix), at, most: MOST_DIGITS }) ?? null;
  };
};

/** The highest counter of a legal prefix that is known here, on any document or given before; null = none. */
export const prepareLastLegal = (db: Db): ((table: TableName, prefix: string) => number | null) => {
  const last = prepareLast(db);
  const borne = prepareBorne(db);
  return (table, prefix) => {
    const known = [last(keyOf(table, prefix)), borne(table, prefix)].filter((one) => one !== null);
    return known.length === 0 ? null : Math.max(...known);
  };
};

type Env = {
  readonly device: () => { readonly id: string; readonly code: string };
  readonly today: () => string;
  readonly numberingOf: (table: TableName) => Numbering;
  /** Whether a record has the number, as its own or as its legal one. */
  readonly isTaken: (table: TableName, number: string) => boolean;
};

export const createLegalSeries = (db: Db, { device, today, numberingOf, isTaken }: Env) => {
  const last = prepareLastLegal(db);
  const raise = prepareRaise(db);
  /** Given since the last change ended, and not yet written. */
  const highest = new Map<string, number>();
  const letterOf = (table: TableName): string => layoutOf(table).series?.letter ?? '';
  return {
    /** @throws AppError `blocked` on every device but the one that is named */
    next(table: TableName): string {
      const { format, start, issuer } = numberingOf(table);
      const { id, code } = device();
      if (issuer !== id) throw new AppError('blocked', 'Another device gives these numbers. Nothing was changed.', { table });
      const prefix = numberPrefix(letterOf(table), today(), code, format);
      const key = keyOf(table, prefix);
      let counter = nextCounter(Math.max(last(table, prefix) ?? 0, highest.get(key) ?? 0), start);
      while (isTaken(table, renderNumber(prefix, counter, format))) counter += 1;
      highest.set(key, counter);
      return renderNumber(prefix, counter, format);
    },
    /** Takes note of a legal number that is being written, whoever gave it: what it is on may go, and another device may be named. */
    note(table: TableName, number: string): void {
      const found = readNumber(number, letterOf(table), numberingOf(table).format);
      if (found !== null) raise(keyOf(table, found.prefix), found.counter);
    },
    settle: (): void => highest.clear(),
  };
};
