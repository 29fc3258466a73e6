/**
 * What of an order somebody may not give on their own (A2, O3): prices set by hand and discounts, that of the whole order
 * too, and terms of payment longer than the account's, by the limits that hold for quotes. What a quote gave was agreed on
 * with the quote, and what the lists say is the company's own.
 */
import { sayTrigger } from '../../../../shared/domain/approval/say.ts';
import type { Step } from '../../../../shared/domain/approval/steps.ts';
import { minorDigits } from '../../../../shared/domain/currency.ts';
import { judgeMargin } from '../../../../shared/domain/margin.ts';
import { lineWorkOf } from '../../../../shared/domain/money.ts';
import { sha256 } from '../../files/sha256.ts';
import type { Reader, StoredRow } from '../../store/api.ts';
import { authority } from '../approval/authority.ts';
import { marginLine, termDays, type Asking } from '../approval/judge.ts';
import { placeOf } from './blockers.ts';
import { currencyOf } from '../records/fields.ts';
import { costIn } from '../money/fx.ts';
import { isQuotedDiscount } from '../quotes/quote-discount.ts';
import { quotedFor } from '../quotes/quote-rows.ts';
import { headerShares } from './worked.ts';

/** @param isLess something is taken off the whole order that no quote gave */
const isGiven = (line: StoredRow, isLess: boolean, read: Reader): boolean =>
  isLess ||
  (quotedFor(line, read) === null && (line['by_hand'] === 1 || (typeof line['discount'] === 'number' && line['discount'] > 0)));

/** `line`: null where it is the order as a whole. */
export type ToApprove = { readonly line: string | null; readonly why: string; readonly levels: readonly Step['level'][] };

/** The lines of an order that give something nobody gave before, with the discount of the whole. */
const givenLines = (order: StoredRow, read: Reader) => {
  const all = read.children('order_lines', order.id);
  const header = headerShares('orders', order, read);
  const isLess = header.fraction > 0 && !isQuotedDiscount(order, all, read);
  return { all, header, given: all.filter((line) => isGiven(line, isLess, read)) };
};

/** Terms of payment that are neither the account's nor of its quote; null where there are none. */
const givenTerms = (order: StoredRow, read: Reader): string | null => {
  const { terms } = order;
  if (typeof terms !== 'string' || terms.trim() === '') return null;
  const isOf = (table: 'accounts' | 'quotes', id: unknown): boolean =>
    typeof id === 'string' && read.get(table, id)?.['terms'] === terms;
  return isOf('accounts', order['account_id']) || isOf('quotes', order['quote_id']) ? null : terms;
};

const OFFER = ['id', 'product_id', 'qty', 'uom', 'price', 'discount'] as const;

/** What is given of an order, as one hash: whoever agreed agreed to just that (A3). */
export const givenContent = (order: StoredRow, read: Reader): string => {
  const { given, header } = givenLines(order, read);
  const lines = given.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map((line) => OFFER.map((key) => line[key] ?? null));
  const terms = givenTerms(order, read);
  return sha256(JSON.stringify([order['currency'] ?? null, header.fraction, lines, ...(terms === null ? [] : [terms])]));
};

/** The first line that somebody else has to agree to, and why in words, all lines of it; null = the order is free to go. */
export const orderToApprove = (order: StoredRow, actor: string, { read, today }: Asking): ToApprove | null => {
  const { limits } = authority(actor, read);
  const { all, header, given } = givenLines(order, read);
  const terms = termDays(givenTerms(order, read));
  if (limits === null || (given.length === 0 && terms === null)) return null;
  const digits = minorDigits(currencyOf('orders', order, read) ?? null);
  const money = { digits, work: lineWorkOf(order['line_rounding']), header };
  const document = {
    lines: given.map((line) => {
      const product = typeof line['product_id'] === 'string' ? read.get('products', line['product_id']) : undefined;
      return marginLine(line, costIn('orders', order, product, read), money, read);
    }),
    termDays: terms,
    validDays: null,
    hasOwnText: false,
  };
  const { triggers, lines } = judgeMargin(document, limits, today);
  // Of the order as a whole only its terms are given: what it earns is judged by the lines that somebody set.
  const own = triggers.filter(({ cause, line }) => cause === 'terms' || line !== null);
  const said = own.flatMap((trigger): readonly Omit<ToApprove, 'levels'>[] => {
    if (trigger.line === null)
      return [{ line: null, why: sayTrigger(trigger, { margin: undefined, discount: 0, document, limits }) }];
    const at = all.findIndex(({ id }) => id === trigger.line);
    const line = all[at];
    if (line === undefined) return [];
    const discount = document.lines.find(({ id }) => id === line.id)?.discount ?? 0;
    return [
      {
        line: line.id,
        why: `${placeOf(line, at + 1)}${sayTrigger(trigger, { margin: lines.get(line.id), discount, document, limits })}`,
      },
    ];
  });
  const [first] = said;
  const levels = [...new Set(triggers.map(({ approver }) => approver))];
  return first === undefined ? null : { line: first.line, why: said.map(({ why }) => why).join('. '), levels };
};
