/**
 * The discount of a whole quote, as the orders made of it have it (M5, Q5). A percent goes with each of them; of an amount
 * each takes what the lines it takes bear of it, so that all of them together take exactly all.
 */
import { divideRounded } from '../../../../shared/domain/decimal.ts';
import { headerDiscountOf } from '../../../../shared/domain/discount.ts';
import type { OrderedLine, QuotedLine } from '../../../../shared/domain/quote/acceptance.ts';
import { isCounted } from '../../../../shared/domain/quote/options.ts';
import type { Reader, StoredRow } from '../../store/api.ts';
import { standingLine } from '../orders/cancelled.ts';
import { headerShares } from '../orders/worked.ts';
import { discountGiven, optionOf } from './quote-rows.ts';

/** What of a quote its customer takes: what counts in it, with the alternatives and options that were accepted in place of it. */
const borneBy = (quote: StoredRow, accepted: ReadonlyMap<string, bigint | null>, read: Reader): readonly StoredRow[] => {
  const lines = read.children('quote_lines', quote.id);
  const isTaken = ({ id }: StoredRow): boolean => (accepted.get(id) ?? 0n) > 0n;
  const settled = new Set(lines.filter(isTaken).flatMap((line) => optionOf(line).group ?? []));
  return lines.filter((line) => {
    const option = optionOf(line);
    return isTaken(line) || (isCounted(option) && (option.group === null || !settled.has(option.group)));
  });
};

/** What each line of a quote bears of its discount, of the lines that were really taken (M5). */
const sharesOf = (quote: StoredRow, accepted: ReadonlyMap<string, bigint | null>, read: Reader): ReadonlyMap<string, bigint> =>
  headerShares('quotes', quote, read, borneBy(quote, accepted, read)).shares;

/**
 * What an order made of a quote has of its amount, in minor units: the part of what it takes, and never more than the orders
 * before it left. @param lines of the quote as accepted, with what is on order already
 */
export const discountTaken = (
  quote: StoredRow,
  taken: readonly OrderedLine[],
  lines: readonly QuotedLine[],
  read: Reader,
): { readonly header_discount?: number } => {
  if (headerDiscountOf(quote).amount === null) return {};
  const shares = sharesOf(quote, new Map(lines.map(({ id, accepted }) => [id, accepted])), read);
  const upTo = ({ id, qty }: QuotedLine, to: bigint): bigint =>
    qty === 0n ? 0n : divideRounded((shares.get(id) ?? 0n) * to, qty);
  const takenOf = (id: string): bigint => taken.reduce((sum, { quoteLine, qty }) => (quoteLine === id ? sum + qty : sum), 0n);
  const [before, after] = lines.reduce(
    ([was, is], line) => [was + upTo(line, line.ordered), is + upTo(line, line.ordered + takenOf(line.id))],
    [0n, 0n],
  );
  // Of an order that was cut by hand the whole discount may be left on it: then it was given.
  const left = after - discountGiven(quote.id, read);
  const own = after - before;
  return { header_discount: Number(left < 0n ? 0n : left < own ? left : own) };
};

/** Whether what is taken off a whole order is no more than its quote gave for what the order has of it. */
export const isQuotedDiscount = (order: StoredRow, lines: readonly StoredRow[], read: Reader): boolean => {
  const quote = typeof order['quote_id'] === 'string' ? read.get('quotes', order['quote_id']) : undefined;
  if (quote === undefined) return false;
  const [given, quoted] = [headerDiscountOf(order), headerDiscountOf(quote)];
  if (lines.some(({ quote_line_id: line }) => line === null)) return false;
  if (given.amount === null) return quoted.amount === null && (given.percent ?? 0) <= (quoted.percent ?? 0);
  const accepted = read.children('quote_lines', quote.id).map(({ id, accepted_qty: qty }) => [id, BigInt(qty ?? 0)] as const);
  const shares = sharesOf(quote, new Map(accepted), read);
  const most = lines.reduce((sum, ordered) => {
    const { quote_line_id: id, qty } = standingLine(ordered, read);
    const line = typeof id === 'string' ? read.get('quote_lines', id) : undefined;
    const whole = BigInt(line?.['qty'] ?? 0);
    return whole === 0n ? sum : sum + divideRounded((shares.get(String(id)) ?? 0n) * BigInt(qty ?? 0), whole, 'up');
  }, 0n);
  return given.amount <= most;
};
