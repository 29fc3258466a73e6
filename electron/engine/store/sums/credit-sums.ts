/**
 * What confirmed orders are worth and what of it is billed (K1), kept for those of which something is still to be billed:
 * an account that has ordered for years owes for a few of them. A closed order that was never billed here was billed
 * elsewhere.
 */
import type { Database } from 'better-sqlite3';
import { goneOf, lineNets, wantedTotal } from '../../../../shared/domain/credit/unbilled.ts';
import { minorDigits } from '../../../../shared/domain/currency.ts';
import { lineNet, lineWorkOf } from '../../../../shared/domain/money.ts';
import { noTax, readTaxPolicy } from '../../../../shared/domain/tax-policy.ts';
import { readMeta, writeMeta } from '../file/local.ts';
import { safeSum, wantedOf } from './sums-sql.ts';

const ORDERS = wantedOf('orders');

const issued = (what: string): string =>
  `(SELECT ${what} FROM invoices i WHERE i.order_id = o.id AND i._alive = 1 AND i.status = 'issued')`;
const ofInvoice = `coalesce(i.freight, 0) + coalesce(i.tax, 0)
  + coalesce((SELECT ${safeSum('l.amount')} FROM invoice_lines l WHERE l.invoice_id = i.id AND l._alive = 1), 0)`;

const headsSql = `WITH ${ORDERS}, heads AS MATERIALIZED (
    SELECT o._n AS n, o.account_id AS account, o.currency, o.line_rounding AS work, o.freight, o.tax_policy AS policy, o.status,
      CASE WHEN o.rounding = 'document' THEN q.net + coalesce(q.discount, 0) END AS whole, coalesce(q.discount, 0) AS discount,
      ${issued('count(*)')} AS invoices,
      (SELECT ${safeSum('b.amount')} FROM (SELECT ${ofInvoice} AS amount FROM invoices i
        WHERE i.order_id = o.id AND i._alive = 1 AND i.status = 'issued') b) AS billed
    FROM wanted w CROSS JOIN orders o ON o._n = w.n LEFT JOIN order_sums q ON q.n = o._n
    WHERE w._alive = 1 AND o.account_id IS NOT NULL AND o.status IN ('confirmed', 'closed'))
  SELECT * FROM heads WHERE status = 'confirmed' OR invoices > 0`;

const ofSchedules = (what: string, from: string): string =>
  `coalesce((SELECT ${safeSum(what)} FROM schedule_lines s ${from} WHERE s.line_id = l.id AND s._alive = 1 AND s.qty IS NOT NULL), 0)`;

const ofEvents = (kind: 'cancelled' | 'short_closed' | 'delivered' | 'returned' | 'invoiced'): string =>
  ofSchedules('f.qty', `CROSS JOIN fulfilments f ON f.schedule_id = s.id AND f._alive = 1 AND f.kind = '${kind}'`);

const linesSql = `WITH ${ORDERS}
  SELECT o._n AS n, l.id, coalesce(l.net, 0) AS net, l.tax_code AS code, l.qty, l.price, coalesce(l.discount, 0) AS off,
    ${ofSchedules('s.qty', '')} AS ordered, ${ofEvents('short_closed')} AS short, ${ofEvents('cancelled')} AS cancelled, ${ofEvents('delivered')} AS delivered,
    ${ofEvents('returned')} AS returned, ${ofEvents('invoiced')} AS invoiced
  FROM wanted w CROSS JOIN orders o ON o._n = w.n AND o.status IN ('confirmed', 'closed')
    CROSS JOIN order_lines l ON l.order_id = w.id AND l._alive = 1
  WHERE w._alive = 1`;

type Head = {
  readonly n: bigint;
  readonly account: string;
  readonly currency: string | null;
  readonly work: string | null;
  readonly freight: bigint | null;
  readonly policy: string | null;
  /** Before the discount of the whole. */
  readonly whole: bigint | null;
  readonly discount: bigint;
  readonly billed: bigint | null;
};

type Line = {
  readonly n: bigint;
  readonly id: string;
  readonly net: bigint;
  readonly code: string | null;
  readonly qty: bigint | null;
  readonly price: bigint | null;
  readonly off: bigint;
  readonly ordered: bigint;
  readonly short: bigint;
  readonly delivered: bigint;
  readonly returned: bigint;
  readonly invoiced: bigint;
  readonly cancelled: bigint;
};

/** An order of which something is still to be billed. Minor units of its currency. */
type CreditRow = Pick<Head, 'n' | 'account' | 'currency'> & { readonly total: bigint; readonly billed: bigint };

/** A line as if what was cancelled of it had never been ordered. */
const standing = (line: Line, { currency, work }: Head): Line => {
  const { qty, price, off: discount, cancelled, ordered } = line;
  if (cancelled <= 0n || qty === null || price === null) return line;
  const left = { qty: qty > cancelled ? qty - cancelled : 0n, price, discount };
  return { ...line, net: lineNet(left, lineWorkOf(work), minorDigits(currency)), ordered: ordered - cancelled };
};

const totalOf = (head: Head, all: readonly Line[]): bigint => {
  const { whole, discount, freight, policy } = head;
  const lines = all.map((line) => standing(line, head));
  const nets = lineNets(lines, { whole, discount });
  const wanted = lines.map((line) => ({ ...line, net: nets.get(line.id)?.net ?? 0n, gone: goneOf(line) }));
  return wantedTotal(wanted, freight ?? 0n, readTaxPolicy(policy) ?? noTax);
};

/** Makes the rows of the orders whose local numbers a JSON list names. */
export const createCreditRows = (db: Database) => {
  const heads = db.prepare<[{ orders: string }], Head>(headsSql).safeIntegers(true);
  const lines = db.prepare<[{ orders: string }], Line>(linesSql).safeIntegers(true);
  return (orders: string): readonly CreditRow[] => {
    const wanted = heads.all({ orders });
    const byOrder = new Map<bigint, Line[]>(wanted.map(({ n }) => [n, []]));
    for (const line of wanted.length === 0 ? [] : lines.all({ orders })) byOrder.get(line.n)?.push(line);
    return wanted.flatMap((head) => {
      const { n, account, currency } = head;
      const total = totalOf(head, byOrder.get(n) ?? []);
      const billed = head.billed ?? 0n;
      return total > billed ? [{ n, account, currency, total, billed }] : [];
    });
  };
};

/** Keeps them. Call with the sums of the orders up to date: where a whole order is rounded once its net is read there, and its discount. */
export const createCreditSums = (db: Database) => {
  const rows = createCreditRows(db);
  const drop = db.prepare('DELETE FROM credit_sums WHERE n IN (SELECT value FROM json_each(?))');
  const put = db.prepare('INSERT INTO credit_sums(n, account_id, currency, total, billed) VALUES(?, ?, ?, ?, ?)');
  return (orders: string): void => {
    drop.run(orders);
    for (const { n, account, currency, total, billed } of rows(orders)) put.run(n, account, currency, total, billed);
  };
};

/** How the rows are made: raised when that changes, so that a file gets them anew. */
const VERSION = 3;
/** Orders a statement. */
const CHUNK = 2000;

/** Makes the rows of a file that has none, or old ones. Call inside a transaction. */
export const refreshCreditSums = (db: Database): void => {
  if (readMeta(db, 'credit_sums') === VERSION) return;
  const keep = createCreditSums(db);
  const numbers = db.prepare<[], number>('SELECT _n FROM orders ORDER BY _n').pluck().all();
  for (let from = 0; from < numbers.length; from += CHUNK) keep(JSON.stringify(numbers.slice(from, from + CHUNK)));
  writeMeta(db, 'credit_sums', VERSION);
};
