/**
 * What invoices come to and what of them is open, kept as the sums of orders are: whatever was touched is made again by the
 * statement that makes all of them. Only what was issued is owed; a closed query disputes nothing.
 */
import type { Database } from 'better-sqlite3';
import { createDocumentSums, type KeptSums } from './document-sums.ts';
import { safeSum, type Summaries } from './sums-sql.ts';

const sumOf = (amount: string, from: string): string => `coalesce((SELECT ${safeSum(amount)} FROM ${from}), 0)`;

/** Sums of the wanted invoices that are live. */
export const invoiceSumsSql = `WITH
  wanted AS MATERIALIZED (SELECT i._n AS n, i.id, i.status, coalesce(i.freight, 0) + coalesce(i.tax, 0) AS extra
    FROM json_each(:invoices) j CROSS JOIN invoices i ON i._n = j.value WHERE i._alive = 1),
  parts AS MATERIALIZED (SELECT w.n, w.status,
    (SELECT count(*) FROM invoice_lines l WHERE l.invoice_id = w.id AND l._alive = 1) AS lines,
    w.extra + ${sumOf('l.amount', 'invoice_lines l WHERE l.invoice_id = w.id AND l._alive = 1')} AS total,
    ${sumOf('coalesce(p.settled, p.amount)', 'allocations p WHERE p.invoice_id = w.id AND p._alive = 1')} AS paid,
    ${sumOf(
      'c.amount',
      `credit_notes k CROSS JOIN credit_lines c ON c.credit_note_id = k.id AND c._alive = 1
      WHERE k.invoice_id = w.id AND k._alive = 1`,
    )} + ${sumOf('k.tax', 'credit_notes k WHERE k.invoice_id = w.id AND k._alive = 1 AND k.tax IS NOT NULL')} AS credited,
    ${sumOf('d.amount', "disputes d WHERE d.invoice_id = w.id AND d._alive = 1 AND d.status <> 'closed'")} AS disputed
    FROM wanted w),
  owed AS (SELECT *, CASE WHEN status = 'issued' THEN total - paid - credited ELSE 0 END AS open FROM parts)
  SELECT n, lines, total, paid, credited, open, min(disputed, max(open, 0)) AS disputed FROM owed`;

const reach: KeptSums['reach'] = {
  invoices: { link: 'id', reads: new Set(['status', 'freight', 'tax']) },
  invoice_lines: { link: 'invoice_id', reads: new Set(['invoice_id', 'amount']) },
  credit_notes: { link: 'invoice_id', reads: new Set(['invoice_id', 'tax']) },
  credit_lines: { link: 'credit_note_id', reads: new Set(['credit_note_id', 'amount']) },
  allocations: { link: 'invoice_id', reads: new Set(['invoice_id', 'amount', 'settled']) },
  disputes: { link: 'invoice_id', reads: new Set(['invoice_id', 'amount', 'status']) },
};

/** Local numbers of the invoices that touched rows belong to; a credit line knows only its credit note. */
const owners = `SELECT i._n FROM json_each(:ids) j CROSS JOIN invoices i ON i.id = j.value
  UNION SELECT i._n FROM json_each(:ids) j CROSS JOIN credit_notes k ON k.id = j.value CROSS JOIN invoices i ON i.id = k.invoice_id`;

export const createInvoiceSums = (db: Database): Summaries =>
  createDocumentSums(db, { table: 'invoices', into: 'invoice_sums', sql: invoiceSumsSql, reach, owners });
