/**
 * A quote as the rules of approval see it (A1, A2): what each line brings and costs, how long it is valid and to be paid,
 * and its commercial content as the hash an approval is bound to (A3).
 */
import { sha256 } from '../../files/sha256.ts';
import { commercialText, type CommercialContent } from '../../../../shared/domain/approval/content.ts';
import { daysBetween } from '../../../../shared/domain/dates.ts';
import { minorDigits } from '../../../../shared/domain/currency.ts';
import { divideRounded } from '../../../../shared/domain/decimal.ts';
import { discountOnTop } from '../../../../shared/domain/discount.ts';
import { MICRO } from '../../../../shared/domain/kinds.ts';
import { costOf, type MarginDocument, type MarginLine } from '../../../../shared/domain/margin.ts';
import { lineExact18, lineWorkOf, roundMinor, type LineWork } from '../../../../shared/domain/money.ts';
import { isCounted } from '../../../../shared/domain/quote/options.ts';
import type { Reader, StoredRow } from '../../store/api.ts';
import { headerShares, type HeaderShares } from '../orders/worked.ts';
import { optionOf } from '../quotes/quote-rows.ts';

/** @param today ISO day */
export type Asking = { readonly read: Reader; readonly today: string };

export type Judged = {
  readonly hash: string;
  readonly document: MarginDocument;
  readonly lines: readonly StoredRow[];
};

const textOf = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value.trim() : null);
const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0);
const ONE = BigInt(MICRO);

/** `30 days`, `net 60`: the days that terms of payment name; null where they name none. */
export const termDays = (terms: string | null): number | null => {
  const found = /\d{1,4}/.exec(terms ?? '')?.[0];
  return found === undefined ? null : Number(found);
};

/** What is taken off in all: a price somebody set below the list's is a discount too. Millionths, rounded up. */
const discountOf = ({ price, discount, engine_price: says }: StoredRow): number => {
  const own = numberOf(discount);
  if (typeof says !== 'number' || typeof price !== 'number' || says <= price) return own;
  const left = divideRounded(BigInt(price) * (ONE - BigInt(own)), BigInt(says), 'down');
  return Number(ONE - left);
};

/** What lines are judged by: the money of their document, and its discount (M5). */
type Judging = { readonly digits: number; readonly work: LineWork; readonly header: HeaderShares };

/** @param cost of one unit, in millionths of the document's money; null = not known */
export const marginLine = (
  line: StoredRow,
  cost: number | null,
  { digits, work, header: { shares, fraction } }: Judging,
  read: Reader,
): MarginLine => {
  const product = typeof line['product_id'] === 'string' ? read.get('products', line['product_id']) : undefined;
  const { qty, price, discount } = line;
  const net = roundMinor(
    lineExact18({ qty: numberOf(qty), price: numberOf(price), discount: numberOf(discount) }, work, digits),
    digits,
  );
  // What is offered aside bears no share yet: it will, once it is chosen.
  const share = shares.get(line.id) ?? divideRounded(net * BigInt(fraction), ONE);
  return {
    id: line.id,
    net: net - share,
    cost: cost === null ? null : costOf(numberOf(qty), cost, digits),
    costOn: textOf(product?.['cost_on']),
    discount: discountOnTop(discountOf(line), fraction),
    isAside: !isCounted(optionOf(line)),
  };
};

const contentOf = (quote: StoredRow, lines: readonly StoredRow[], { shares }: HeaderShares): CommercialContent => ({
  account: textOf(quote['account_id']) ?? '',
  currency: textOf(quote['currency']) ?? '',
  terms: textOf(quote['terms']),
  incoterm: textOf(quote['incoterm']),
  validTo: textOf(quote['valid_to']),
  discount: Number([...shares.values()].reduce((sum, share) => sum + share, 0n)),
  charges: [],
  text: textOf(quote['wording']),
  ...(lineWorkOf(quote['line_rounding']) === 'unit' ? { work: 'unit' as const } : {}),
  lines: lines.map((line) => {
    const { id, ...option } = optionOf(line);
    return {
      id,
      product: textOf(line['product_id']) ?? '',
      description: textOf(line['description']),
      qty: numberOf(line['qty']),
      uom: textOf(line['uom']),
      price: typeof line['price'] === 'number' ? line['price'] : null,
      discount: numberOf(line['discount']),
      taxCode: textOf(line['tax_code']),
      option: option.group === null && !option.isOptional ? null : option,
    };
  }),
});

/** The hash of what is offered. @param quote its row, or what it is going to be */
export const judgeQuote = (quote: StoredRow, { read, today }: Asking): Judged => {
  const lines = read.children('quote_lines', quote.id);
  const header = headerShares('quotes', quote, read);
  const money = { digits: minorDigits(textOf(quote['currency'])), work: lineWorkOf(quote['line_rounding']), header };
  const validTo = textOf(quote['valid_to']);
  return {
    hash: sha256(commercialText(contentOf(quote, lines, header))),
    document: {
      lines: lines.map((line) => marginLine(line, typeof line['cost'] === 'number' ? line['cost'] : null, money, read)),
      termDays: termDays(textOf(quote['terms'])),
      validDays: validTo === null ? null : daysBetween(today, validTo),
      hasOwnText: textOf(quote['wording']) !== null,
    },
    lines,
  };
};
