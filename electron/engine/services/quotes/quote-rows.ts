/** Stored rows of quotes as the pure rules see them: lines with their options, a quote among its revisions. */
import type { OptionLine } from '../../../../shared/domain/quote/options.ts';
import type { Revision } from '../../../../shared/domain/quote/revisions.ts';
import type { Reader, StoredRow } from '../../store/api.ts';
import { standingLine, standingLines } from '../orders/cancelled.ts';

const textOf = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value.trim() : null);

export const optionOf = (line: { readonly id: string; readonly [field: string]: unknown }): OptionLine => ({
  id: line.id,
  group: textOf(line['option_group']),
  isOptional: line['optional'] === 1,
  isChosen: line['chosen'] === 1,
});

const revisionOf = (quote: StoredRow): Revision => ({
  id: quote.id,
  base: textOf(quote['base_number']),
  revision: typeof quote['revision'] === 'number' ? quote['revision'] : 1,
  from: textOf(quote['revised_from']),
  status: String(quote['status']),
  validTo: textOf(quote['valid_to']),
});

/** A quote and the others of its base number. */
export const revisionsOf = (quote: StoredRow, read: Reader): readonly Revision[] => {
  const base = textOf(quote['base_number']);
  const ids = base === null ? [] : read.match('quotes', 'base_number', base).filter((id) => id !== quote.id);
  return [quote, ...ids.flatMap((id) => read.get('quotes', id) ?? [])].map(revisionOf);
};

/** Of the others of its base number, those in one of these states. */
const othersIn = (quote: StoredRow, states: readonly string[], read: Reader): readonly string[] =>
  revisionsOf(quote, read)
    .filter(({ id, status }) => id !== quote.id && states.includes(status))
    .map(({ id }) => id);

const bookingsOf = (quotes: readonly string[], read: Reader): readonly StoredRow[] =>
  quotes.flatMap((id) => read.match('bookings', 'quote_id', id)).flatMap((id) => read.get('bookings', id) ?? []);

/** The bookings it rests on: its own, and those of the revisions that it replaced or replaces when it is sent (B2, Q2). */
export const bookingsBehind = (quote: StoredRow, read: Reader): readonly StoredRow[] =>
  bookingsOf([quote.id, ...othersIn(quote, ['sent', 'superseded'], read)], read);

/** The bookings that are for nobody once it comes to nothing: what it replaced goes with it, unless another revision still stands. */
export const bookingsGivenUp = (quote: StoredRow, read: Reader): readonly StoredRow[] => {
  const isAnotherStanding = othersIn(quote, ['sent', 'accepted', 'partly_accepted'], read).length > 0;
  return bookingsOf([quote.id, ...(isAnotherStanding ? [] : othersIn(quote, ['superseded'], read))], read);
};

/** The order lines of a quote line, on orders that were not cancelled. */
const takenBy = (line: string, read: Reader): readonly StoredRow[] =>
  read
    .match('order_lines', 'quote_line_id', line)
    .flatMap((id) => read.get('order_lines', id) ?? [])
    .filter(({ order_id: order }) => typeof order === 'string' && read.get('orders', order)?.['status'] !== 'cancelled');

const qtyOf = ({ qty }: StoredRow): bigint => (typeof qty === 'number' ? BigInt(qty) : 0n);

/** What stands of a quote line on orders that were not cancelled. @param isGone what was cancelled of a line counts too */
export const orderedOf = (line: string, read: Reader, isGone = false): bigint =>
  takenBy(line, read).reduce((sum, row) => sum + qtyOf(isGone ? row : standingLine(row, read)), 0n);

/** What was taken off the orders made of a quote, those apart of which nothing is wanted any more: minor units. */
export const discountGiven = (quote: string, read: Reader): bigint =>
  read
    .match('orders', 'quote_id', quote)
    .flatMap((id) => read.get('orders', id) ?? [])
    .filter(({ id, status }) => status !== 'cancelled' && standingLines(id, read).some((line) => qtyOf(line) > 0n))
    .reduce((sum, { header_discount: off }) => sum + BigInt(off ?? 0), 0n);

/** A line of an order, as far as its quote is concerned. */
type OfQuote = Readonly<{ id?: unknown; quote_line_id?: unknown; uom?: unknown; order_id?: unknown }>;

/** What a quote holds for a line that is at its price: a price that somebody set is no longer the quote's (P2). */
export const quotedFor = (line: StoredRow, read: Reader): bigint | null =>
  line['by_hand'] === 1 ? null : quoteHolds(line, read);

/**
 * What a quote line holds for the order line that came of it (P2): what was accepted of it, less what other orders have.
 * Millionths; null where there is no quote line, or the two are in different units.
 */
export const quoteHolds = (line: OfQuote, read: Reader): bigint | null => {
  const { quote_line_id: id, uom, order_id: order } = line;
  const quoted = typeof id === 'string' ? read.get('quote_lines', id) : undefined;
  if (quoted === undefined || (quoted['uom'] ?? null) !== (uom ?? null)) return null;
  const own = typeof line.id === 'string' ? read.get('order_lines', line.id) : undefined;
  const isLive = own !== undefined && typeof order === 'string' && read.get('orders', order)?.['status'] !== 'cancelled';
  const others = orderedOf(quoted.id, read) - (isLive ? qtyOf(standingLine(own, read)) : 0n);
  const left = BigInt(quoted['accepted_qty'] ?? quoted['qty'] ?? 0) - others;
  return left > 0n ? left : 0n;
};
