/** From a quote to an order (Q5): what was accepted, what of it is not on order yet, and the lines that say so. */
import { AppError } from '../../../../shared/contract/define.ts';
import type { Queries } from '../../../../shared/contract/index.ts';
import {
  convert,
  judgeConversion,
  remainingOf,
  type judgeAnswer,
  type QuotedLine,
} from '../../../../shared/domain/quote/acceptance.ts';
import { isCounted } from '../../../../shared/domain/quote/options.ts';
import { stateOf } from '../../../../shared/domain/lifecycle.ts';
import type { Reader, StorePatch, StoredRow } from '../../store/api.ts';
import { copiedCells } from '../orders/copies.ts';
import { discountTaken } from './quote-discount.ts';
import { optionOf, orderedOf } from './quote-rows.ts';

type Orderable = Awaited<ReturnType<Queries['quotes.orderable']>>['lines'][number];

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);

/** The lines of a quote as they stand. */
export const lineRows = (quote: string, read: Reader): readonly StoredRow[] =>
  read.children('quote_lines', quote).toSorted((a, b) => Number(a['position'] ?? 0) - Number(b['position'] ?? 0));

const isPast = (quote: StoredRow, today: string): boolean => {
  const until = textOf(quote['valid_to']);
  return until !== null && until < today;
};

/** @param isOver its quote holds no longer: what of an order was cancelled since is not taken again */
const quotedOf = (line: StoredRow, read: Reader, isOver: boolean): QuotedLine => ({
  ...optionOf(line),
  product: String(line['product_id'] ?? ''),
  uom: textOf(line['uom']),
  qty: BigInt(line['qty'] ?? 0),
  price: numberOf(line['price']) ?? 0,
  discount: numberOf(line['discount']) ?? 0,
  taxCode: textOf(line['tax_code']),
  accepted: line['accepted_qty'] === null ? null : BigInt(line['accepted_qty'] ?? 0),
  ordered: orderedOf(line.id, read, isOver),
});

/** The quote as accepted: what is asked of one that was only sent is whether it could be. */
const asAccepted = (quote: StoredRow, lines: readonly QuotedLine[]): readonly QuotedLine[] =>
  quote['status'] === 'sent' ? lines.map((line) => ({ ...line, accepted: isCounted(line) ? line.qty : 0n })) : lines;

/** Why no order can be made of a quote, in words; null where one can. One that was sent is accepted with it. */
export const orderRefusal = (quote: StoredRow, read: Reader, today: string): string | null => {
  const lines = asAccepted(
    quote,
    lineRows(quote.id, read).map((line) => quotedOf(line, read, isPast(quote, today))),
  );
  const validTo = textOf(quote['valid_to']);
  const status = String(quote['status']);
  const unexpired = judgeConversion({ status, validTo }, lines, today);
  if (status !== 'sent' || (validTo !== null && validTo < today)) return unexpired;
  return judgeConversion({ status: 'accepted', validTo }, lines, today);
};

export const orderableLines = (quote: StoredRow, read: Reader, today: string): readonly Orderable[] =>
  lineRows(quote.id, read).map((row) => {
    const quoted = quotedOf(row, read, isPast(quote, today));
    const [line = quoted] = asAccepted(quote, [quoted]);
    const product = read.get('products', line.product);
    const now = product?.['currency'] === quote['currency'] ? numberOf(product?.['list_price']) : null;
    return {
      id: line.id,
      sku: textOf(product?.['sku']),
      description: textOf(row['description']),
      quoted: String(line.qty),
      ordered: String(line.ordered),
      remaining: String(remainingOf(line)),
      is_counted: isCounted(line),
      price: numberOf(row['price']),
      discount: numberOf(row['discount']),
      list_now: now === numberOf(row['price']) ? null : now,
    };
  });

const say = (state: string): string => stateOf('quote', state)?.label.toLowerCase() ?? state;

/** The answer of a customer as patches: what each line was accepted for, and the move. @param lines null = the total */
export const acceptAnswer = (
  quote: StoredRow,
  lines: readonly string[] | null,
  read: Reader,
  judge: typeof judgeAnswer,
): readonly StorePatch[] => {
  if (quote['status'] !== 'sent')
    throw new AppError('illegal-transition', `It is ${say(String(quote['status']))}: only what was sent is accepted.`, {});
  const all = lineRows(quote.id, read).map((line) => quotedOf(line, read, false));
  const taken = all.filter((line) => (lines === null ? isCounted(line) : lines.includes(line.id)));
  const { refusal, status } = judge(all, new Map(taken.map(({ id, qty }) => [id, qty])));
  if (refusal !== null || status === null) throw new AppError('blocked', refusal ?? 'Nothing is accepted.', { id: quote.id });
  const said = all.map(({ id, qty }): StorePatch => {
    const accepted = taken.some((line) => line.id === id) ? Number(qty) : 0;
    return { kind: 'update', table: 'quote_lines', id, values: { accepted_qty: accepted } };
  });
  return [...said, { kind: 'transition', table: 'quotes', id: quote.id, field: 'status', to: status, why: null }];
};

/** What an order takes over from its quote. */
const TAKEN: readonly string[] = [
  ...['account_id', 'currency', 'site_id', 'contact_id', 'owner_id', 'terms', 'incoterm'],
  ...['rounding', 'line_rounding', 'header_percent', 'sales_channel'],
];

/**
 * A draft order with a line for everything that remains; price and discount as quoted, to the last digit.
 * @param isNew the quote is accepted in the same step: its rows do not say so yet
 */
export const orderPatches = (
  quote: StoredRow,
  { lines, isNew, today }: { readonly lines: readonly string[] | null; readonly isNew: boolean; readonly today: string },
  read: Reader,
  ids: () => string,
): { readonly id: string; readonly patches: readonly StorePatch[] } => {
  const rows = lineRows(quote.id, read);
  const all = rows.map((line) => quotedOf(line, read, isPast(quote, today)));
  const isTaken = (line: QuotedLine): boolean => (lines === null ? isCounted(line) : lines.includes(line.id));
  const accepted = isNew ? all.map((line) => ({ ...line, accepted: isTaken(line) ? line.qty : 0n })) : all;
  const wanted = isNew || lines === null ? accepted : accepted.filter(({ id }) => lines.includes(id));
  const id = ids();
  const converted = convert(wanted, null);
  const values = {
    ...Object.fromEntries(TAKEN.map((field) => [field, quote[field] ?? null])),
    ...discountTaken(quote, converted, accepted, read),
    requested: quote['requested'] ?? null,
    po_ref: quote['customer_ref'] ?? null,
    quote_id: quote.id,
  };
  const made = converted.map(({ quoteLine, qty }): StorePatch => {
    const row = rows.find((line) => line.id === quoteLine);
    const cells = row ? copiedCells('quote_lines', row, LEFT, read) : {};
    return {
      kind: 'insert',
      table: 'order_lines',
      id: ids(),
      values: { ...cells, order_id: id, qty: Number(qty), quote_line_id: quoteLine },
    };
  });
  if (made.length === 0) throw new AppError('blocked', 'All of it is on order already.', { id: quote.id });
  return { id, patches: [{ kind: 'insert', table: 'orders', id, values }, ...made] };
};

/** What of a quote line is not an order line's. */
const LEFT: readonly string[] = [
  'id',
  'quote_id',
  'position',
  'net',
  'qty',
  'option_group',
  'optional',
  'chosen',
  'cost',
  'accepted_qty',
];
