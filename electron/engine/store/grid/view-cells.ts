/**
 * What stands in the cells of an open list, by position: where a block of filled cells ends, and figures over what is
 * selected. Rows are read in short pieces by their number, so that nobody waits for a million of them.
 */
import type { Database } from 'better-sqlite3';
import type { Scalar } from '../../../../shared/domain/kinds.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import { columnOf, fromOf, type Column } from '../file/column.ts';
import { currencyOf, type ReadContext } from './computed.ts';
import type { Fields } from '../read/fields.ts';
import { isBlank } from './filter-sql.ts';
import { contextParams } from './grid-rows.ts';
import type { Pause } from '../write/order.ts';

/** The rows of an open list, in order, and what they are rows of. */
export type Listed = { readonly table: TableName; readonly fields: Fields; readonly numbers: Uint32Array };

/** Rows looked at in one go: few at first, for most blocks are short. */
const FIRST_PIECE = 500;
const PIECE = 10_000;

/** What is asked of the rows from one position up to, not including, another. */
export type Part = { readonly from: number; readonly to: number; readonly fields: readonly string[] };

/** Figures of one field in one currency ('' where it has none); null and nothing added where it is no number. */
export type Figure = {
  readonly field: string;
  readonly currency: string;
  readonly count: number;
  readonly sum: string;
  readonly min: string | null;
  readonly max: string | null;
};
export type Figures = { readonly filled: number; readonly figures: readonly Figure[] };

/** A cell of a row that is there, with a value or text that could not be read. */
const isFilled = (one: Column): string =>
  `(t._alive = 1 AND (NOT (${isBlank(one)}) OR EXISTS (SELECT 1 FROM cell_issues i
    WHERE i.tbl = :table AND i."row" = t.id AND i.field = '${one.key}' AND i.raw IS NOT NULL)))`;

const listed = (table: TableName): string => `FROM json_each(:list) j CROSS JOIN ${fromOf(table)} WHERE t._n = j.value`;

/** The first of some listed rows whose cell is filled, or is not. */
export const edgeSql = (table: TableName, column: Column, isFilledWanted: boolean): string =>
  `SELECT j.key ${listed(table)} AND ${isFilledWanted ? '' : 'NOT '}${isFilled(column)} ORDER BY j.key LIMIT 1`;

const isPriced = ({ field, kind }: Column): boolean => kind === 'money' || (field.kind === 'decimal' && field.per === 'price');

type Tally = { count: number; sum: bigint; min: bigint | null; max: bigint | null };

const least = (a: bigint | null, b: bigint): bigint => (a === null || b < a ? b : a);
const most = (a: bigint | null, b: bigint): bigint => (a === null || b > a ? b : a);

/** Adds up what the statements of several pieces gave, by field and currency. */
const createTally = () => {
  const tallies = new Map<string, Tally>();
  return {
    add(field: string, currency: string, [count, high, low, min, max]: readonly (Scalar | undefined)[]): void {
      if (typeof count !== 'number' || count === 0) return;
      const key = JSON.stringify([field, currency]);
      const tally = tallies.get(key) ?? { count: 0, sum: 0n, min: null, max: null };
      tally.count += count;
      tally.sum += BigInt(high ?? 0) * 1_000_000n + BigInt(low ?? 0);
      tally.min = least(tally.min, BigInt(min ?? 0));
      tally.max = most(tally.max, BigInt(max ?? 0));
      tallies.set(key, tally);
    },
    figures: (): readonly Figure[] =>
      [...tallies].map(([key, { count, sum, min, max }]) => {
        const [field = '', currency = ''] = JSON.parse(key) as readonly string[];
        return {
          field,
          currency,
          count,
          sum: String(sum),
          min: min === null ? null : String(min),
          max: max === null ? null : String(max),
        };
      }),
  };
};

/** The figures of a part as one statement: filled cells, then five numbers for each column of numbers. */
export const figuresSql = (table: TableName, columns: readonly Column[], numbers: readonly Column[]): string => {
  const filled = columns.map((one) => `coalesce(sum(${isFilled(one)}), 0)`).join(' + ');
  const sums = numbers.flatMap(({ value }) => [
    `count(${value})`,
    `sum((${value}) / 1000000)`,
    `sum((${value}) % 1000000)`,
    `min(${value})`,
    `max(${value})`,
  ]);
  const currency = numbers.some(isPriced) ? currencyOf[table] : undefined;
  const group = currency === undefined ? '' : 'GROUP BY 1';
  return `SELECT ${currency ?? "''"} AS currency, ${[filled, ...sums].join(', ')} ${listed(table)} AND t._alive = 1 ${group}`;
};

export const createViewCells = (db: Database) => {
  const paramsOf = (table: TableName, list: Uint32Array, context: ReadContext) => ({
    ...contextParams(context),
    table,
    list: JSON.stringify([...list]),
  });

  return {
    /**
     * From inside a block of filled cells its last one, else the next filled cell, else the end of the list.
     * @param from a position, @param back towards the beginning
     */
    async edge({ table, fields, numbers }: Listed, key: string, from: number, back: boolean, context: ReadContext, pause: Pause) {
      const column = columnOf(table, fields, key);
      const step = back ? -1 : 1;
      const last = back ? 0 : numbers.length - 1;
      const find = (isWanted: boolean) => db.prepare<[Record<string, Scalar>], number>(edgeSql(table, column, isWanted)).pluck();
      const [anyFilled, anyBlank] = [find(true), find(false)];
      const isFilledAt = (at: number): boolean =>
        anyFilled.get(paramsOf(table, numbers.subarray(at, at + 1), context)) !== undefined;
      if (from === last || from >= numbers.length) return Math.max(0, last);
      const isInBlock = isFilledAt(from) && isFilledAt(from + step);
      const search = isInBlock ? anyBlank : anyFilled;
      let at = from + step;
      for (let size = FIRST_PIECE; at >= 0 && at < numbers.length; size = Math.min(PIECE, size * 4)) {
        const piece = back ? numbers.slice(Math.max(0, at - size + 1), at + 1).reverse() : numbers.subarray(at, at + size);
        const found = search.get(paramsOf(table, piece, context));
        if (found !== undefined) return at + (found - (isInBlock ? 1 : 0)) * step;
        at += piece.length * step;
        await pause();
      }
      return last;
    },

    /** Figures over parts of a list that share no cell. */
    async figures(
      { table, fields, numbers }: Listed,
      parts: readonly Part[],
      context: ReadContext,
      pause: Pause,
    ): Promise<Figures> {
      const tally = createTally();
      let filled = 0;
      for (const part of parts) {
        const columns = part.fields.map((key) => columnOf(table, fields, key));
        const added = columns.filter(({ isInteger }) => isInteger);
        const statement = db.prepare<[Record<string, Scalar>], readonly Scalar[]>(figuresSql(table, columns, added)).raw();
        for (let at = part.from; at < Math.min(part.to, numbers.length); at += PIECE) {
          const list = numbers.subarray(at, Math.min(part.to, at + PIECE));
          for (const [currency, count, ...sums] of statement.all(paramsOf(table, list, context))) {
            filled += Number(count);
            for (const [nth, column] of added.entries())
              tally.add(column.key, isPriced(column) ? String(currency ?? '') : '', sums.slice(nth * 5, nth * 5 + 5));
          }
          await pause();
        }
      }
      return { filled, figures: tally.figures() };
    },
  };
};
