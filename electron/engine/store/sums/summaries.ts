/**
 * Sums of order lines and orders, kept by the write path inside its transaction. Whatever was touched is made again
 * from its rows by the same statements that make everything again, so that kept sums and recomputed ones are equal by
 * construction. A change costs as much as the orders it touches, whatever the size of the file.
 *
 * A schedule line is open while its quantity is not all shipped, cancelled or closed short (F1); one without a
 * readable quantity is open until anything of that kind happened to it. A service is open until it is accepted or billed. It is late by its last shipment: shipped
 * after the day requested; on that day is on time. An order is open from submission until nothing of it is open.
 */
import type { Database } from 'better-sqlite3';
import type { TableName } from '../../../../shared/model/index.ts';
import { createCaseClocks } from './case-clocks.ts';
import { createClaimClocks } from './claim-clocks.ts';
import { createBookingSums } from './booking-sums.ts';
import { createCreditMarks } from './credit-marks.ts';
import { createCreditSums } from './credit-sums.ts';
import { createInvoiceSums } from './invoice-sums.ts';
import { readMeta, writeMeta } from '../file/local.ts';
import { createQuoteSums } from './quote-sums.ts';
import { createPutWhole, safeSum, wantedOf, type Summaries } from './sums-sql.ts';

const ORDERS = wantedOf('orders');

const DONE = "('shipped', 'cancelled', 'short_closed')";

/** Of a service, what was done of it: accepted or billed, whichever is more (F3). */
const performed = (kind: string): string => `coalesce(${safeSum(`CASE WHEN f.kind = '${kind}' THEN f.qty END`)}, 0)`;

/** Sums of the live lines of the wanted orders. */
export const lineSumsSql = `WITH ${ORDERS},
  parts AS (
    SELECT l._n AS n, s.qty, s.requested, s.promised,
      ${['shipped', 'delivered', 'returned', 'short_closed', 'cancelled']
        .map((kind) => `coalesce(${safeSum(`CASE WHEN f.kind = '${kind}' THEN f.qty END`)}, 0) AS ${kind},`)
        .join('\n      ')}
      coalesce(${safeSum(`CASE WHEN f.kind IN ${DONE} THEN f.qty END`)}, 0)
        + CASE WHEN p.nature = 'service' THEN max(${performed('accepted')}, ${performed('invoiced')}) ELSE 0 END AS done,
      count(*) FILTER (WHERE f.kind IN ${DONE} OR p.nature = 'service' AND f.kind IN ('accepted', 'invoiced')) AS events,
      max(f.happened_on) FILTER (WHERE f.kind = 'shipped') AS shipped_on
    FROM wanted w CROSS JOIN order_lines l ON l.order_id = w.id AND l._alive = 1
      CROSS JOIN schedule_lines s ON s.line_id = l.id AND s._alive = 1
      LEFT JOIN products p ON p.id = l.product_id AND p._alive = 1
      LEFT JOIN fulfilments f ON f.schedule_id = s.id AND f._alive = 1
    GROUP BY l._n, s._n),
  judged AS MATERIALIZED (
    SELECT *, CASE WHEN qty IS NULL THEN events = 0 ELSE qty > done END AS is_open,
      CAST(julianday(shipped_on) - julianday(requested) AS INTEGER) AS days_late
    FROM parts),
  sums AS MATERIALIZED (
    SELECT n, max(is_open) AS is_open,
      coalesce(min(requested) FILTER (WHERE is_open), max(requested)) AS requested,
      coalesce(min(promised) FILTER (WHERE is_open), max(promised)) AS promised,
      min(requested) FILTER (WHERE is_open) AS due_on,
      ${safeSum('max(qty - done, 0)')} AS open_qty, ${safeSum('shipped')} AS shipped_qty,
      ${safeSum('delivered')} AS delivered_qty, ${safeSum('returned')} AS returned_qty,
      ${safeSum('short_closed')} AS closed_qty,
      max(shipped_on) AS shipped_on, max(days_late) AS late_shipped, ${safeSum('cancelled')} AS cancelled_qty
    FROM judged GROUP BY n)
  SELECT l._n AS n, coalesce(s.is_open, 1) AS is_open, s.requested, s.promised, s.due_on, s.open_qty, s.shipped_qty,
    s.delivered_qty, s.returned_qty, s.closed_qty, s.shipped_on, s.late_shipped, s.cancelled_qty
  FROM wanted w CROSS JOIN order_lines l ON l.order_id = w.id AND l._alive = 1 LEFT JOIN sums s ON s.n = l._n`;

/** Sums of the wanted orders that are live, from their lines and the sums of these. `net` is by line, before any discount of the whole and before what was cancelled is taken out. */
export const orderSumsSql = `WITH ${ORDERS}
  SELECT o._n AS n, o.account_id, o.ordered_on, o.currency,
    coalesce(o.status, '') IN ('submitted', 'confirmed') AND (count(l._n) = 0 OR max(s.is_open) = 1) AS is_open,
    coalesce(o.status, '') IN ('confirmed', 'closed') AS is_revenue,
    count(l._n) = 0 OR max(s.is_open) = 1 AS has_open, count(l._n) AS lines, count(l.net_micros) AS counted,
    CASE WHEN count(l.net) = count(l.net_micros) THEN coalesce(${safeSum('l.net')}, 0) END AS net,
    CASE WHEN count(l.net_micros) = 0 THEN 0 ELSE ${safeSum('l.net_micros')} END AS net_micros,
    CASE WHEN count(DISTINCT coalesce(l.uom, '')) < 2 THEN ${safeSum('l.qty - min(coalesce(s.cancelled_qty, 0), l.qty)')} END AS qty,
    ${safeSum('s.open_qty')} AS open_qty, ${safeSum('s.shipped_qty')} AS shipped_qty,
    ${safeSum('s.delivered_qty')} AS delivered_qty, ${safeSum('s.returned_qty')} AS returned_qty,
    ${safeSum('s.closed_qty')} AS closed_qty,
    max(s.requested) AS requested, max(s.promised) AS promised, min(s.due_on) AS due_on,
    CASE WHEN max(s.is_open) = 0 THEN max(s.shipped_on) END AS shipped_on, max(s.late_shipped) AS late_shipped, NULL AS discount
  FROM wanted w CROSS JOIN orders o ON o._n = w.n LEFT JOIN order_lines l ON l.order_id = w.id AND l._alive = 1
    LEFT JOIN line_sums s ON s.n = l._n
  WHERE w._alive = 1 GROUP BY o._n`;

/** Local numbers of the orders that touched rows belong to, now or before. */
const ownersSql = `
  SELECT o._n FROM json_each(:orders) j CROSS JOIN orders o ON o.id = j.value
  UNION SELECT o._n FROM json_each(:lines) j CROSS JOIN order_lines l ON l.id = j.value CROSS JOIN orders o ON o.id = l.order_id
  UNION SELECT o._n FROM json_each(:schedules) j CROSS JOIN schedule_lines s ON s.id = j.value
    CROSS JOIN order_lines l ON l.id = s.line_id CROSS JOIN orders o ON o.id = l.order_id
  UNION SELECT o._n FROM json_each(:products) j CROSS JOIN order_lines l ON l.product_id = j.value
    CROSS JOIN orders o ON o.id = l.order_id
  UNION SELECT o._n FROM json_each(:invoices) j CROSS JOIN invoices i ON i.id = j.value CROSS JOIN orders o ON o.id = i.order_id`;

const CHUNK = 2000;

type Reach = {
  /** The link through which a row reaches its order; null for the order itself. */
  readonly link: string | null;
  readonly kind: 'orders' | 'lines' | 'schedules' | 'products' | 'invoices';
  /** What the statements above read of the row, or what that is derived from. */
  readonly reads: ReadonlySet<string>;
};

const reach: Partial<Record<TableName, Reach>> = {
  orders: {
    link: null,
    kind: 'orders',
    reads: new Set([
      ...['account_id', 'ordered_on', 'currency', 'status', 'rounding', 'line_rounding', 'freight', 'tax_policy'],
      ...['header_discount', 'header_percent'],
    ]),
  },
  order_lines: {
    link: 'order_id',
    kind: 'orders',
    reads: new Set(['order_id', 'product_id', 'qty', 'price', 'discount', 'uom', 'tax_code']),
  },
  schedule_lines: { link: 'line_id', kind: 'lines', reads: new Set(['line_id', 'qty', 'requested', 'promised']) },
  products: { link: null, kind: 'products', reads: new Set(['nature']) },
  invoices: { link: 'order_id', kind: 'orders', reads: new Set(['order_id', 'status', 'freight', 'tax']) },
  invoice_lines: { link: 'invoice_id', kind: 'invoices', reads: new Set(['invoice_id', 'amount']) },
  fulfilments: { link: 'schedule_id', kind: 'schedules', reads: new Set(['schedule_id', 'kind', 'qty', 'happened_on']) },
};

/** Makes the sums of orders anew, by their local numbers. */
const createSum = (db: Database) => {
  const dropLines = db.prepare(`WITH ${ORDERS} DELETE FROM line_sums WHERE n IN
    (SELECT l._n FROM wanted w CROSS JOIN order_lines l ON l.order_id = w.id)`);
  const putLines = db.prepare(`INSERT OR REPLACE INTO line_sums ${lineSumsSql}`);
  const dropOrders = db.prepare('DELETE FROM order_sums WHERE n IN (SELECT value FROM json_each(:orders))');
  const putOrders = db.prepare(`INSERT OR REPLACE INTO order_sums ${orderSumsSql}`);
  const putWhole = createPutWhole(db, 'orders', 'order_sums');
  const putCredit = createCreditSums(db);

  return (numbers: readonly number[]): void => {
    for (let from = 0; from < numbers.length; from += CHUNK) {
      const orders = JSON.stringify(numbers.slice(from, from + CHUNK));
      dropLines.run({ orders });
      putLines.run({ orders });
      dropOrders.run({ orders });
      putOrders.run({ orders });
      putWhole(orders);
      putCredit(orders);
    }
  };
};

/** How the sums of orders are made: raised when that changes, so that a file gets those anew that differ by it. */
const VERSION = 1;

/** Makes the sums again that were made before cancelled quantities left the totals. Call inside a transaction. */
export const refreshOrderSums = (db: Database): void => {
  if (readMeta(db, 'order_sums') === VERSION) return;
  const cancelled = db.prepare<[], number>(`SELECT DISTINCT o._n FROM line_sums s CROSS JOIN order_lines l ON l._n = s.n
    CROSS JOIN orders o ON o.id = l.order_id WHERE s.cancelled_qty > 0`);
  createSum(db)(cancelled.pluck().all());
  writeMeta(db, 'order_sums', VERSION);
};

const createOrderSums = (db: Database): Summaries => {
  const touched = {
    orders: new Set<string>(),
    lines: new Set<string>(),
    schedules: new Set<string>(),
    /** Goods that became a service, or a service that became goods. */
    products: new Set<string>(),
    /** Invoices whose lines were written. */
    invoices: new Set<string>(),
    /** Lines written themselves: one that died, or whose order is not here, has no sums. */
    lineRows: new Set<string>(),
  };
  const owners = db.prepare<[Record<string, string>], number>(ownersSql).pluck();
  const dropGone = db.prepare(
    `DELETE FROM line_sums WHERE n IN (SELECT l._n FROM json_each(?) j CROSS JOIN order_lines l ON l.id = j.value
      WHERE l._alive = 0 OR NOT EXISTS (SELECT 1 FROM orders o WHERE o.id = l.order_id))`,
  );
  const sum = createSum(db);

  return {
    touch: (table, id, before, after) => {
      const way = reach[table];
      if (way === undefined) return;
      const { link, kind } = way;
      if (table === 'order_lines') touched.lineRows.add(id);
      if (table === 'products' && (before?.['nature'] === 'service') === (after?.['nature'] === 'service')) return;
      if (link === null) touched[kind].add(id);
      else for (const row of [before, after]) if (typeof row?.[link] === 'string') touched[kind].add(row[link]);
    },
    reads: (table, fields) => [...fields].some((field) => reach[table]?.reads.has(field) === true),
    flush: () => {
      const { orders, lines, schedules, products, invoices, lineRows } = touched;
      if (Object.values(touched).every((ids) => ids.size === 0)) return;
      const json = (ids: ReadonlySet<string>): string => JSON.stringify([...ids]);
      const numbers = owners.all({
        orders: json(orders),
        lines: json(lines),
        schedules: json(schedules),
        products: json(products),
        invoices: json(invoices),
      });
      dropGone.run(json(lineRows));
      sum(numbers);
      for (const ids of Object.values(touched)) ids.clear();
    },
    rebuild: () => {
      db.exec('DELETE FROM line_sums; DELETE FROM order_sums; DELETE FROM credit_sums');
      sum(db.prepare<[], number>('SELECT _n FROM orders ORDER BY _n').pluck().all());
    },
  };
};

/** The sums of every kind of document, and the clocks of issues and claims. */
export const createSummaries = (db: Database): Summaries => {
  const all = [
    createOrderSums(db),
    createQuoteSums(db),
    createInvoiceSums(db),
    createBookingSums(db),
    createCaseClocks(db),
    createClaimClocks(db),
    createCreditMarks(db),
  ];
  return {
    touch: (...change) => all.forEach((one) => one.touch(...change)),
    reads: (...what) => all.some((one) => one.reads(...what)),
    flush: () => all.forEach((one) => one.flush()),
    rebuild: () => all.forEach((one) => one.rebuild()),
  };
};
