/** What is open of an account, from the sums that are kept: credit is judged by it at every confirmation (K1). */
import type { Open } from '../api.ts';
import type { Db } from '../file/db.ts';
import { safeSum } from './sums-sql.ts';

const ordersSql = `SELECT o.id, s.currency, s.total, s.billed, coalesce((SELECT max(t.h) FROM trans t
    WHERE t."row" = o.id AND t.field = 'status' AND t.dst = 'confirmed' AND t.ok = 1), 0) AS since FROM credit_sums s CROSS JOIN orders o ON o._n = s.n
  WHERE s.account_id = ?`;

/** A sum that did not fit is looked at again. */
const invoicesSql = `SELECT i.id FROM live_invoices i JOIN invoice_sums s ON s.n = i._n
  WHERE i.account_id = ? AND i.status = 'issued' AND s.open IS NOT 0`;

const paymentsSql = `SELECT p.id FROM live_payments p WHERE p.account_id = ? AND coalesce(p.amount, 0) IS NOT
  coalesce((SELECT ${safeSum('a.amount')} FROM allocations a WHERE a.payment_id = p.id AND a._alive = 1), 0)`;

export const createOpenReader = (db: Db) => {
  const orders = db.prepare<[string], Open['orders'][number]>(ordersSql);
  const invoices = db.prepare<[string], string>(invoicesSql).pluck();
  const payments = db.prepare<[string], string>(paymentsSql).pluck();
  return {
    openOf: (account: string): Open => ({
      orders: orders.all(account),
      invoices: invoices.all(account),
      payments: payments.all(account),
    }),
  };
};
