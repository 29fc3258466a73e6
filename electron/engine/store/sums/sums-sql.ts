/** What the kept sums of all documents have in common: how they add in SQL, and how a whole document is rounded. */
import type { Database } from 'better-sqlite3';
import { minorDigits } from '../../../../shared/domain/currency.ts';
import type { Scalar } from '../../../../shared/domain/kinds.ts';
import { tenTo } from '../../../../shared/domain/decimal.ts';
import { headerDiscount, headerDiscountOf } from '../../../../shared/domain/discount.ts';
import { lineExact18, lineWorkOf, netMicros, orderNet } from '../../../../shared/domain/money.ts';
import { documents, type DocumentTable } from '../../../../shared/model/documents.ts';
import type { TableName } from '../../../../shared/model/index.ts';

type Row = Readonly<Record<string, Scalar>>;

export type Summaries = {
  /** Notes that a row changed; `undefined` = it was not there, or is not any more. */
  touch(table: TableName, id: string, before: Row | undefined, after: Row | undefined): void;
  /** Whether a sum hangs on one of these fields of a row. */
  reads(table: TableName, fields: ReadonlySet<string>): boolean;
  /** Brings the sums of all that was touched up to date. Call before the transaction commits. */
  flush(): void;
  rebuild(): void;
};

/** A sum that never fails: null where it does not fit 64 bits. */
export const safeSum = (value: string): string => {
  const whole = `(sum((${value}) / 1000000) * 1000000 + sum((${value}) % 1000000))`;
  return `CASE WHEN typeof(${whole}) = 'integer' THEN ${whole} END`;
};

/** The documents to sum, by local number: those of the JSON list bound under the table's own name. */
export const wantedOf = (table: DocumentTable): string =>
  `wanted AS MATERIALIZED (SELECT o._n AS n, o.id, o._alive FROM json_each(:${table}) j CROSS JOIN ${table} o ON o._n = j.value)`;

/** Which lines `l` are in the total: of a quote, those that are no open choice (Q3). */
export const countedLines: Readonly<Record<DocumentTable, string>> = {
  orders: '1',
  quotes: `(coalesce(l.option_group, '') = '' AND coalesce(l.optional, 0) = 0 OR coalesce(l.chosen, 0) = 1)`,
};

/** What of a line `l` was cancelled, by its own sums: only of orders something is. */
const cancelledLines: Readonly<Record<DocumentTable, { readonly qty: string; readonly join: string; readonly any: string }>> = {
  orders: {
    qty: 'coalesce(s.cancelled_qty, 0)',
    join: 'LEFT JOIN line_sums s ON s.n = l._n',
    any: `EXISTS (SELECT 1 FROM order_lines c CROSS JOIN line_sums k ON k.n = c._n AND k.cancelled_qty > 0
      WHERE c.order_id = w.id AND c._alive = 1)`,
  },
  quotes: { qty: '0', join: '', any: '0' },
};

type Amounts = {
  readonly n: number;
  readonly currency: string | null;
  readonly rounding: string | null;
  readonly header_discount: number | null;
  readonly header_percent: number | null;
  readonly work: string | null;
  readonly qty: number;
  readonly price: number;
  readonly discount: number;
  readonly cancelled: number;
};

/** Minor units; null where they do not fit. `off`: discount and what was cancelled, in millionths, to take off `net_micros`. */
export type WholeNet = { readonly net: bigint | null; readonly discount: bigint | null; readonly off: bigint };

/** `gone`: what was cancelled of its lines, in millionths of the currency. */
type Whole = { readonly of: Amounts; readonly digits: number; readonly lines: bigint[]; gone: bigint };

const wholeNet = ({ of, digits, lines, gone }: Whole): WholeNet => {
  const before = orderNet(lines, of.rounding === 'document' ? 'document' : 'line', digits);
  const header = headerDiscountOf(of);
  const discount = headerDiscount(before, header);
  const net = before - discount;
  const isWithin = [before, discount * tenTo(6 - digits)].every((value) => BigInt.asIntN(64, value) === value);
  if (!isWithin) return { net: null, discount: null, off: 0n };
  return {
    net,
    discount: header.amount === null && header.percent === null ? null : discount,
    off: discount * tenTo(6 - digits) + gone,
  };
};

/** What a line comes to in 10^-18 once what was cancelled of it is taken out, and what that was in millionths. */
const standing = (line: Amounts, digits: number): { readonly exact: bigint; readonly gone: bigint } => {
  const work = lineWorkOf(line.work);
  const whole = lineExact18(line, work, digits);
  if (line.cancelled <= 0) return { exact: whole, gone: 0n };
  const exact = lineExact18({ ...line, qty: Math.max(0, line.qty - line.cancelled) }, work, digits);
  return { exact, gone: netMicros(whole) - netMicros(exact) };
};

/**
 * What wanted documents come to that round once over the whole, have a discount of the whole (M5) or had something cancelled:
 * that needs the exact values, which no column holds. Of orders, call with the sums of their lines up to date.
 */
export const createWholeNets = (db: Database, table: DocumentTable) => {
  const { lines, link } = documents[table];
  const cancelled = cancelledLines[table];
  const amounts = db.prepare<[Record<string, string>], Amounts>(`WITH ${wantedOf(table)}
    SELECT o._n AS n, o.currency, o.rounding, o.header_discount, o.header_percent, o.line_rounding AS work,
      l.qty, l.price, coalesce(l.discount, 0) AS discount, ${cancelled.qty} AS cancelled
    FROM wanted w CROSS JOIN ${table} o ON o._n = w.n AND (o.rounding = 'document' OR o.header_discount IS NOT NULL
        OR o.header_percent IS NOT NULL OR ${cancelled.any})
      CROSS JOIN ${lines} l ON l.${link} = w.id AND l._alive = 1 AND l.net_micros IS NOT NULL AND ${countedLines[table]}
      ${cancelled.join}
    WHERE w._alive = 1`);
  return (wanted: string): ReadonlyMap<number, WholeNet> => {
    const byDocument = new Map<number, Whole>();
    for (const line of amounts.all({ [table]: wanted })) {
      const one = byDocument.get(line.n) ?? { of: line, digits: minorDigits(line.currency), lines: [], gone: 0n };
      const { exact, gone } = standing(line, one.digits);
      one.lines.push(exact);
      one.gone += gone;
      byDocument.set(line.n, one);
    }
    return new Map([...byDocument].map(([n, whole]) => [n, wholeNet(whole)]));
  };
};

/** Writes them over what the lines alone come to. Call with the rows of the documents made. */
export const createPutWhole = (db: Database, table: DocumentTable, into: string) => {
  const wholeNets = createWholeNets(db, table);
  const put = db.prepare(`UPDATE ${into} SET net = :net, discount = :discount, net_micros = net_micros - :off WHERE n = :n`);
  return (wanted: string): void => {
    for (const [n, whole] of wholeNets(wanted)) put.run({ n, ...whole });
  };
};
