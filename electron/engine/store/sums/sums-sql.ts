/** What the kept sums of all documents have in common: how they add in SQL, and how a whole document is rounded. */
import type { Database } from 'better-sqlite3';
import { minorDigits } from '../../../../shared/domain/currency.ts';
import type { Scalar } from '../../../../shared/domain/kinds.ts';
import { lineExact18, lineWorkOf, orderNet } from '../../../../shared/domain/money.ts';
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

type Amounts = {
  readonly n: number;
  readonly currency: string | null;
  readonly work: string | null;
  readonly qty: number;
  readonly price: number;
  readonly discount: number;
};

/** The net of wanted documents that round once over the whole: that needs the exact values, which no column holds. */
export const createWholeNets = (db: Database, table: DocumentTable) => {
  const { lines, link } = documents[table];
  const amounts = db.prepare<[Record<string, string>], Amounts>(`WITH ${wantedOf(table)}
    SELECT o._n AS n, o.currency, o.line_rounding AS work, l.qty, l.price, coalesce(l.discount, 0) AS discount
    FROM wanted w CROSS JOIN ${table} o ON o._n = w.n AND o.rounding = 'document'
      CROSS JOIN ${lines} l ON l.${link} = w.id AND l._alive = 1 AND l.net_micros IS NOT NULL AND ${countedLines[table]}
    WHERE w._alive = 1`);
  return (wanted: string): ReadonlyMap<number, bigint | null> => {
    const byDocument = new Map<number, { readonly digits: number; readonly lines: bigint[] }>();
    for (const { n, currency, work, ...line } of amounts.all({ [table]: wanted })) {
      const one = byDocument.get(n) ?? { digits: minorDigits(currency), lines: [] };
      one.lines.push(lineExact18(line, lineWorkOf(work), one.digits));
      byDocument.set(n, one);
    }
    return new Map(
      [...byDocument].map(([n, { digits, lines: exact }]) => {
        const net = orderNet(exact, 'document', digits);
        return [n, BigInt.asIntN(64, net) === net ? net : null];
      }),
    );
  };
};
