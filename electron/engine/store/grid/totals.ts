/** Sums over all rows of a register: exact, by currency where they are money, and never failing for their size. */
import type { Database } from 'better-sqlite3';
import { columnOf, type Column } from '../file/column.ts';
import { currencyOf, type ReadContext } from './computed.ts';
import type { Conditions } from './found-words.ts';
import type { Pause } from '../write/order.ts';
import type { RegisterRows } from './register-read.ts';
import { soleCurrencySql, sumsSql, whereOf, type What } from './register-sql.ts';

/** By field, then by currency ('' where the field has none): decimal text in stored units. */
export type Sums = Record<string, Record<string, string>>;

const isMoney = ({ kind }: Column): boolean => kind === 'money';
const isOfOrders = ({ table }: What): boolean => table === 'orders' || table === 'order_lines';

const createAdder = (columns: readonly Column[]) => {
  const totals = columns.map(() => new Map<string, bigint>());
  return {
    /** Adds sums that came in two parts each: millions, and what is left. */
    add(unit: string, parts: readonly unknown[]): void {
      for (const [at, column] of columns.entries()) {
        const [high, low] = [parts[at * 2], parts[at * 2 + 1]];
        if (typeof high !== 'number' || typeof low !== 'number') continue;
        const key = isMoney(column) ? unit : '';
        totals[at]?.set(key, (totals[at]?.get(key) ?? 0n) + BigInt(high) * 1_000_000n + BigInt(low));
      }
    },
    sums: (): Sums =>
      Object.fromEntries(
        columns.map(({ key }, at) => [
          key,
          Object.fromEntries([...(totals[at] ?? [])].map(([unit, sum]) => [unit, String(sum)])),
        ]),
      ),
  };
};

export const createTotals = (db: Database, readRows: RegisterRows, conditionOf: Conditions) => {
  const soleCurrency = db.prepare<[], string | null>(soleCurrencySql).pluck();
  return async (what: What, keys: readonly string[], context: ReadContext, pause: Pause): Promise<Sums> => {
    const columns = keys.map((key) => columnOf(what.table, what.fields, key)).filter(({ isInteger }) => isInteger);
    const where = await conditionOf(what.table, what.fields, whereOf(what, context), pause);
    const adder = createAdder(columns);
    let sole: string | null = null;
    /** One currency in the whole file spares asking each of many rows for its own. */
    const currencySql = (isWhole: boolean): string | null => {
      if (!columns.some(isMoney)) return null;
      if (!isWhole && isOfOrders(what)) sole = soleCurrency.get() ?? null;
      return sole === null ? (currencyOf[what.table] ?? null) : null;
    };
    await readRows(
      {
        what,
        where,
        sqlOf: (isWhole) => sumsSql(what, where.sql, columns, currencySql(isWhole), isWhole),
        take: (rows) => {
          for (const [unit, ...parts] of rows) adder.add(sole ?? String(unit ?? ''), parts);
        },
      },
      pause,
    );
    return adder.sums();
  };
};
