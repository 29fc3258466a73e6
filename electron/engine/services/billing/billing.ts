/**
 * What of an order can be billed (F3): what was delivered and kept, less what invoices have already. A draft counts as
 * billed, so that two drafts never bill the same; a void one does not. Quantity and amount stand apart.
 */
import { billNext, invoiceFor, type BillableLine, type BilledLine } from '../../../../shared/domain/credit/bill.ts';
import { lineNets } from '../../../../shared/domain/credit/unbilled.ts';
import { minorDigits } from '../../../../shared/domain/currency.ts';
import { divideRounded } from '../../../../shared/domain/decimal.ts';
import { headerDiscountOf } from '../../../../shared/domain/discount.ts';
import { addBuckets } from '../../../../shared/domain/fulfilment.ts';
import { lineNet, lineWorkOf } from '../../../../shared/domain/money.ts';
import { taxesOf } from '../../../../shared/domain/tax-policy.ts';
import type { Reader, StoredRow } from '../../store/api.ts';
import { schedulesOf } from '../fulfilment/schedules.ts';
import { taxPolicyOf } from '../money/tax.ts';
import { cancelledOf } from '../orders/cancelled.ts';
import { documentTotals } from '../orders/orders.ts';
import { currencyOf } from '../records/fields.ts';
import { bigOf, creditedOf, owedOf, rowsBy, sumOf, textOf } from './receivables.ts';

/** The state of the invoice a line is on. */
const stateOf = (line: StoredRow, read: Reader): unknown =>
  typeof line['invoice_id'] === 'string' ? read.get('invoices', line['invoice_id'])?.['status'] : null;

/** A line with what it comes to as it stands: what was cancelled of it is not in it. */
const standing = (order: StoredRow, line: StoredRow, digits: number, read: Reader) => {
  const { qty, price, discount } = line;
  const cancelled = cancelledOf(line.id, read);
  if (cancelled <= 0n || typeof qty !== 'number' || typeof price !== 'number') return { id: line.id, net: bigOf(line['net']) };
  const left = { qty: BigInt(qty) > cancelled ? BigInt(qty) - cancelled : 0n, price };
  const off = typeof discount === 'number' ? discount : 0;
  return { id: line.id, net: lineNet({ ...left, discount: off }, lineWorkOf(order['line_rounding']), digits) };
};

/** What the lines of an order come to, in minor units: with its discount and its rounding they add up to it. */
const netsOf = (order: StoredRow, lines: readonly StoredRow[], read: Reader): ReturnType<typeof lineNets> => {
  const isWhole = order['rounding'] === 'document';
  const { amount, percent } = headerDiscountOf(order);
  const totals = isWhole || amount !== null || percent !== null ? documentTotals('orders', read, order.id) : null;
  const discount = BigInt(totals?.discount ?? 0);
  const digits = minorDigits(currencyOf('orders', order, read) ?? null);
  return lineNets(
    lines.map((line) => standing(order, line, digits, read)),
    { whole: isWhole && totals !== null ? BigInt(totals.net) + discount : null, discount },
  );
};

/** What was credited of the invoice lines of an order line. */
const creditsOf = (billed: readonly StoredRow[], read: Reader) => {
  const credits = billed.flatMap(({ id }) => rowsBy('credit_lines', 'invoice_line_id', id, read));
  const amountOf = (isOne: (credit: StoredRow) => boolean): bigint => sumOf(credits.filter(isOne), ({ amount }) => bigOf(amount));
  const isTakenBack = ({ order_line_id: line }: StoredRow): boolean => line !== null;
  return {
    credited: amountOf(() => true),
    creditedQty: sumOf(credits, ({ qty }) => bigOf(qty)),
    forgiven: amountOf((one) => !isTakenBack(one) && bigOf(one['qty']) === 0n),
    takenBack: amountOf(isTakenBack),
  };
};

const billableLine = (
  line: StoredRow,
  { net, off }: Pick<BillableLine, 'net' | 'off'>,
  without: string | null,
  read: Reader,
): BillableLine => {
  const schedules = schedulesOf(line.id, read);
  const now = addBuckets(schedules.map((one) => one.now));
  const wanted = now.ordered > now.cancelled ? now.ordered - now.cancelled : 0n;
  const billed = rowsBy('invoice_lines', 'order_line_id', line.id, read)
    .filter(({ invoice_id: invoice }) => invoice !== without)
    .filter((one) => stateOf(one, read) !== 'void');
  const issued = billed.filter((one) => stateOf(one, read) === 'issued');
  const qty = sumOf(billed, (one) => bigOf(one['qty']));
  // What another system billed has no lines here; it was billed at the price of the order.
  const elsewhere = now.invoiced - sumOf(issued, (one) => bigOf(one['qty']));
  const others = elsewhere > 0n ? elsewhere : 0n;
  const elsewhereOf = (whole: bigint): bigint => (wanted === 0n ? 0n : divideRounded(whole * others, wanted));
  const isOfQty = (one: StoredRow): boolean => bigOf(one['qty']) !== 0n;
  const { takenBack, ...credits } = creditsOf(billed, read);
  return {
    id: line.id,
    nature: schedules[0]?.line.nature ?? 'goods',
    buckets: { ...now, ordered: wanted, cancelled: 0n, invoiced: qty + others },
    net,
    off,
    pieces: billed.filter(isOfQty).map((one) => ({
      qty: bigOf(one['qty']),
      amount: bigOf(one['amount']),
      creditedQty: creditedOf(one.id, read).qty,
    })),
    billed: sumOf(billed.filter(isOfQty), (one) => bigOf(one['amount'])) + elsewhereOf(net),
    offBilled: sumOf(billed, (one) => bigOf(one['header_discount'])) + elsewhereOf(off),
    ...credits,
    adjusted:
      sumOf(
        billed.filter((one) => !isOfQty(one)),
        (one) => bigOf(one['amount']),
      ) - takenBack,
  };
};

/** The lines of an order as billing sees them. @param without an invoice that is left out of what was billed */
export const billableLines = (order: StoredRow, read: Reader, without: string | null = null): readonly BillableLine[] => {
  const lines = read.children('order_lines', order.id);
  const nets = netsOf(order, lines, read);
  return lines.map((line) => billableLine(line, nets.get(line.id) ?? { net: 0n, off: 0n }, without, read));
};

/** What of the freight of an order stands on invoices, in minor units. */
export const billedFreight = (order: string, read: Reader): number =>
  Number(sumOf(invoicesOf(order, read), ({ freight }) => bigOf(freight)));

/** Freight goes on the first invoice of an order, and what an amendment added on the next. Minor units, null = none. */
const freightToBill = (order: StoredRow, read: Reader): number | null => {
  const { freight } = order;
  const left = typeof freight === 'number' ? freight - billedFreight(order.id, read) : 0;
  return left > 0 ? left : null;
};

/** The invoices of an order that were not voided. */
export const invoicesOf = (order: string, read: Reader): readonly StoredRow[] =>
  read
    .match('invoices', 'order_id', order)
    .flatMap((id) => read.get('invoices', id) ?? [])
    .filter(({ status }) => status !== 'void');

/** What an invoice of lines of an order comes to: freight, where it is not billed yet, and tax with it. Minor units. */
export const billOf = (order: StoredRow, lines: readonly BilledLine[], read: Reader) => {
  const freight = freightToBill(order, read);
  const policy = taxPolicyOf('orders', order, read);
  const parts = lines.map(({ line, amount }) => ({ code: textOf(read.get('order_lines', line)?.['tax_code']), amount }));
  const { added } = taxesOf([...parts, { code: policy.freight, amount: BigInt(freight ?? 0) }], policy);
  return { freight, policy, tax: added, total: sumOf(lines, ({ amount }) => amount) + BigInt(freight ?? 0) + added };
};

/** What of an invoice line is credited because an order line comes to less by now. Minor units. */
type TakenBack = { readonly invoice: string; readonly line: string; readonly of: string; readonly amount: bigint };

/** The invoice lines, the latest first, that an amount of an order line is taken back of: none more than is left of it. */
const takeBack = ({ line, amount }: BilledLine, read: Reader): readonly TakenBack[] => {
  let left = amount;
  return rowsBy('invoice_lines', 'order_line_id', line, read)
    .filter((one) => stateOf(one, read) === 'issued')
    .toReversed()
    .flatMap((one) => {
      const open = bigOf(one['amount']) - creditedOf(one.id, read).amount;
      const part = open < left ? open : left;
      if (part <= 0n) return [];
      left -= part;
      return [{ invoice: String(one['invoice_id']), line: one.id, of: line, amount: part }];
    });
};

type ToBill = {
  readonly refusal: string | null;
  readonly lines: readonly BilledLine[];
  readonly credit: readonly TakenBack[];
  /** Something is billed: lines, or freight alone. */
  readonly isBill: boolean;
};

const refused = (refusal: string): ToBill => ({ refusal, lines: [], credit: [], isBill: false });

/** What the next invoice of an order has on it and what is credited with it, or in words why there is neither. */
export const toBill = (order: StoredRow, read: Reader): ToBill => {
  const { status } = order;
  if (status !== 'confirmed' && status !== 'closed') return refused('Only a confirmed order is billed. Confirm it first.');
  const open = invoiceFor(billableLines(order, read));
  const { invoice, credit } = billNext(open, (lines) => billOf(order, lines, read).total);
  const takenBack = credit.flatMap((one) => takeBack(one, read));
  const hasDraft = invoicesOf(order.id, read).some((one) => one['status'] === 'draft');
  if (hasDraft && sumOf(takenBack, ({ amount }) => amount) < sumOf(credit, ({ amount }) => amount))
    return refused('A draft invoice bills more than the order comes to since it was amended: void it and bill again.');
  // Freight alone is billed where goods were before it: else it goes with the first of them.
  const isFreightLeft =
    freightToBill(order, read) !== null && invoicesOf(order.id, read).some(({ status: its }) => its === 'issued');
  const isBill = invoice.length > 0 || isFreightLeft;
  if (isBill || takenBack.length > 0) return { refusal: null, lines: invoice, credit: takenBack, isBill };
  return refused(
    hasDraft
      ? 'Everything delivered is billed: a draft invoice of this order waits to be issued.'
      : 'Nothing is to be billed: what was delivered is billed, or nothing was delivered yet.',
  );
};

/** By order line. */
const sumsOf = (lines: readonly { readonly line: string; readonly qty: bigint; readonly amount: bigint }[]) => {
  const sums = new Map<string, { readonly qty: bigint; readonly amount: bigint }>();
  for (const { line, qty, amount } of lines) {
    const before = sums.get(line) ?? { qty: 0n, amount: 0n };
    sums.set(line, { qty: before.qty + qty, amount: before.amount + amount });
  }
  return sums;
};

const AGAIN = 'Void this draft and bill the order again';

/** Why an invoice of an order may not be issued as it stands: goods came back, another bills them, or the order comes to less. */
const judgeOrdered = (invoice: StoredRow, order: StoredRow, read: Reader): string | null => {
  const lines = read.children('invoice_lines', invoice.id);
  const able = sumsOf(invoiceFor(billableLines(order, read, invoice.id)));
  const billed = sumsOf(
    lines.map((one) => ({ line: String(one['order_line_id']), qty: bigOf(one['qty']), amount: bigOf(one['amount']) })),
  );
  for (const { order_line_id: line, position } of lines) {
    const [may, does] = [able.get(String(line)), billed.get(String(line))];
    if (does === undefined) continue;
    if (does.qty > (may?.qty ?? 0n)) return `Line ${position ?? 1} bills more than was delivered and kept. ${AGAIN}.`;
    if (does.amount > (may?.amount ?? 0n))
      return `Line ${position ?? 1} bills more than the order comes to since it was amended. ${AGAIN}.`;
  }
  return null;
};

/** Why an invoice may not be issued as it stands. Null where it may. */
export const judgeBilled = (invoice: StoredRow, read: Reader): string | null => {
  const { total, freight } = owedOf(invoice, read);
  if (total < 0n) return `It comes to less than nothing. ${AGAIN}: what was billed too much becomes a credit note.`;
  const isEmpty = read
    .children('invoice_lines', invoice.id)
    .every(({ qty, amount }) => bigOf(qty) === 0n && bigOf(amount) === 0n);
  if (isEmpty && freight === 0n) return 'There is nothing on it: no quantity and no amount. Void this draft.';
  const order = typeof invoice['order_id'] === 'string' ? read.get('orders', invoice['order_id']) : undefined;
  return order === undefined ? null : judgeOrdered(invoice, order, read);
};
