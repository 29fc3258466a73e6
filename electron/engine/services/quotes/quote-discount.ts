/**
 * The discount of a whole quote, as the orders made of it have it (M5, Q5). A percent goes with each of them; of an amount
 * each takes what the lines it takes bear of it, so that all of them together take exactly all.
 */
import { divideRounded } from '../../../../shared/domain/decimal.ts';
import { headerDiscountOf } from '../../../../shared/domain/discount.ts';
import type { OrderedLine, QuotedLine } from '../../../../shared/domain/quote/acceptance.ts';
import type { Reader, StoredRow } from '../../store/api.ts';
import { headerShares } from '../orders/worked.ts';

/** What an order made of a quote has of its amount, in minor units. @param lines of the quote, with what is on order already */
export const discountTaken = (
  quote: StoredRow,
  taken: readonly OrderedLine[],
  lines: readonly QuotedLine[],
  read: Reader,
): { readonly header_discount?: number } => {
  if (headerDiscountOf(quote).amount === null) return {};
  const { shares } = headerShares('quotes', quote, read);
  const amount = taken.reduce((sum, { quoteLine, qty }) => {
    const line = lines.find(({ id }) => id === quoteLine);
    const share = shares.get(quoteLine ?? '') ?? 0n;
    if (line === undefined || line.qty === 0n) return sum;
    const upTo = (to: bigint): bigint => divideRounded(share * to, line.qty);
    return sum + upTo(line.ordered + qty) - upTo(line.ordered);
  }, 0n);
  return { header_discount: Number(amount) };
};

/** Whether what is taken off a whole order is no more than its quote gave for what the order has of it. */
export const isQuotedDiscount = (order: StoredRow, lines: readonly StoredRow[], read: Reader): boolean => {
  const quote = typeof order['quote_id'] === 'string' ? read.get('quotes', order['quote_id']) : undefined;
  if (quote === undefined) return false;
  const [given, quoted] = [headerDiscountOf(order), headerDiscountOf(quote)];
  if (lines.some(({ quote_line_id: line }) => line === null)) return false;
  if (given.amount === null) return quoted.amount === null && (given.percent ?? 0) <= (quoted.percent ?? 0);
  const { shares } = headerShares('quotes', quote, read);
  const most = lines.reduce((sum, { quote_line_id: id, qty }) => {
    const line = typeof id === 'string' ? read.get('quote_lines', id) : undefined;
    const whole = BigInt(line?.['qty'] ?? 0);
    return whole === 0n ? sum : sum + divideRounded((shares.get(String(id)) ?? 0n) * BigInt(qty ?? 0), whole, 'up');
  }, 0n);
  return given.amount <= most;
};
