/**
 * What of an order can be billed (F3): what was delivered and kept, less what invoices have already. A draft counts as
 * billed, so that two drafts never bill the same; a void one does not. Quantity and amount stand apart.
 */
import { invoiceFor, type BillableLine, type BilledLine } from '../../../../shared/domain/credit/bill.ts';
import { lineNets } from '../../../../shared/domain/credit/unbilled.ts';
import { divideRounded } from '../../../../shared/domain/decimal.ts';
import { headerDiscountOf } from '../../../../shared/domain/discount.ts';
import { addBuckets } from '../../../../shared/domain/fulfilment.ts';
import type { Reader, StoredRow } from '../../store/api.ts';
import { schedulesOf } from '../fulfilment/fulfilment.ts';
import { documentTotals } from '../orders/orders.ts';
import { bigOf, creditedOf, rowsBy, sumOf } from './receivables.ts';

/** The state of the invoice a line is on. */
const stateOf = (line: StoredRow, read: Reader): unknown =>
  typeof line['invoice_id'] === 'string' ? read.get('invoices', line['invoice_id'])?.['status'] : null;

/** What the lines of an order come to, in minor units: with its discount and its rounding they add up to it. */
const netsOf = (order: StoredRow, lines: readonly StoredRow[], read: Reader): ReturnType<typeof lineNets> => {
  const isWhole = order['rounding'] === 'document';
  const { amount, percent } = headerDiscountOf(order);
  const totals = isWhole || amount !== null || percent !== null ? documentTotals('orders', read, order.id) : null;
  const discount = BigInt(totals?.discount ?? 0);
  return lineNets(
    lines.map(({ id, net }) => ({ id, net: bigOf(net) })),
    { whole: isWhole && totals !== null ? BigInt(totals.net) + discount : null, discount },
  );
};

const billableLine = (
  line: StoredRow,
  { net, off }: Pick<BillableLine, 'net' | 'off'>,
  without: string | null,
  read: Reader,
): BillableLine => {
  const schedules = schedulesOf(line.id, read);
  const buckets = addBuckets(schedules.map(({ now }) => now));
  const billed = rowsBy('invoice_lines', 'order_line_id', line.id, read)
    .filter(({ invoice_id: invoice }) => invoice !== without)
    .filter((one) => stateOf(one, read) !== 'void');
  const issued = billed.filter((one) => stateOf(one, read) === 'issued');
  const qty = sumOf(billed, (one) => bigOf(one['qty']));
  // What another system billed has no lines here; it was billed at the price of the order.
  const elsewhere = buckets.invoiced - sumOf(issued, (one) => bigOf(one['qty']));
  const others = elsewhere > 0n ? elsewhere : 0n;
  const elsewhereOf = (whole: bigint): bigint => (buckets.ordered === 0n ? 0n : divideRounded(whole * others, buckets.ordered));
  return {
    id: line.id,
    nature: schedules[0]?.line.nature ?? 'goods',
    buckets: { ...buckets, invoiced: qty + others },
    net,
    off,
    billed: sumOf(billed, (one) => bigOf(one['amount'])) + elsewhereOf(net),
    offBilled: sumOf(billed, (one) => bigOf(one['header_discount'])) + elsewhereOf(off),
    credited: sumOf(billed, (one) => creditedOf(one.id, read).amount),
  };
};

/** The lines of an order as billing sees them. @param without an invoice that is left out of what was billed */
export const billableLines = (order: StoredRow, read: Reader, without: string | null = null): readonly BillableLine[] => {
  const lines = read.children('order_lines', order.id);
  const nets = netsOf(order, lines, read);
  return lines.map((line) => billableLine(line, nets.get(line.id) ?? { net: 0n, off: 0n }, without, read));
};

/** Freight goes on the first invoice of an order. Minor units, null where it is billed or there is none. */
export const freightToBill = (order: StoredRow, read: Reader): number | null => {
  const { freight } = order;
  const isBilled = invoicesOf(order.id, read).some((one) => typeof one['freight'] === 'number');
  return typeof freight === 'number' && freight > 0 && !isBilled ? freight : null;
};

/** The invoices of an order that were not voided. */
export const invoicesOf = (order: string, read: Reader): readonly StoredRow[] =>
  read
    .match('invoices', 'order_id', order)
    .flatMap((id) => read.get('invoices', id) ?? [])
    .filter(({ status }) => status !== 'void');

type ToBill = { readonly refusal: string | null; readonly lines: readonly BilledLine[] };

/** What the next invoice of an order has on it, or in words why there is none. */
export const toBill = (order: StoredRow, read: Reader): ToBill => {
  const { status } = order;
  if (status !== 'confirmed' && status !== 'closed')
    return { refusal: 'Only a confirmed order is billed. Confirm it first.', lines: [] };
  const lines = invoiceFor(billableLines(order, read));
  if (lines.length > 0) return { refusal: null, lines };
  const hasDraft = invoicesOf(order.id, read).some((one) => one['status'] === 'draft');
  return {
    refusal: hasDraft
      ? 'Everything delivered is billed: a draft invoice of this order waits to be issued.'
      : 'Nothing is to be billed: what was delivered is billed, or nothing was delivered yet.',
    lines,
  };
};

/** Why an invoice may not be issued as it stands: goods came back, or another bills them. Null where it may. */
export const judgeBilled = (invoice: StoredRow, read: Reader): string | null => {
  const order = typeof invoice['order_id'] === 'string' ? read.get('orders', invoice['order_id']) : undefined;
  if (order === undefined) return null;
  const able = new Map(invoiceFor(billableLines(order, read, invoice.id)).map((one) => [one.line, one]));
  const wrong = read
    .children('invoice_lines', invoice.id)
    .find(({ order_line_id: line, qty }) => bigOf(qty) > (able.get(String(line))?.qty ?? 0n));
  return wrong === undefined
    ? null
    : `Line ${wrong['position'] ?? 1} bills more than was delivered and kept. Void this draft and bill the order again.`;
};
