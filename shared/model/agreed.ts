/**
 * What was agreed with a customer and no longer changes: once an order is confirmed (O5), a quote was sent (Q6), an invoice
 * was issued. The engine refuses it, forms and grids show it as locked; both say so in the words that stand here.
 */
import { isFrozen, stateOf } from '../domain/lifecycle.ts';
import { OFFERED } from '../domain/quote/offered.ts';
import { isPaperTable, paperOfLines, papers, type PaperTable } from './documents.ts';

const AGREED: Readonly<Record<string, readonly string[]>> = {
  ...OFFERED,
  orders: [
    'account_id',
    'currency',
    'rounding',
    'line_rounding',
    'header_discount',
    'header_percent',
    'freight',
    'terms',
    'tax_policy',
    'fx_policy',
  ],
  order_lines: ['qty', 'price', 'discount', 'product_id', 'uom', 'order_id', 'tax_code'],
  schedule_lines: ['qty', 'line_id'],
  invoices: [
    'account_id',
    'currency',
    'order_id',
    'issued_on',
    'due_on',
    'freight',
    'tax',
    'tax_policy',
    'fx_policy',
    'terms',
    'bill_to_id',
    'po_ref',
    'number',
    'legal_number',
  ],
  invoice_lines: [
    'invoice_id',
    'product_id',
    'qty',
    'uom',
    'price',
    'discount',
    'amount',
    'header_discount',
    'tax_code',
    'description',
    'order_line_id',
  ],
};

/** Whether a field of a document, or of its lines, is part of what was agreed. */
export const isAgreed = (table: string, field: string): boolean => AGREED[table]?.includes(field) === true;

const WAYS_OUT: Readonly<Record<PaperTable, (state: string) => string>> = {
  orders: (state) =>
    state === 'confirmed'
      ? 'Amend it, so that both stay on record.'
      : 'Duplicate it to order again, or undo the step that ended it.',
  quotes: (state) => (state === 'sent' ? 'Revise it to offer something else.' : 'Duplicate it to quote again.'),
  invoices: (state) => (state === 'issued' ? 'Credit what is wrong.' : 'Bill the order again.'),
};

const ONE = { orders: 'Order', quotes: 'Quote', invoices: 'Invoice' } as const;

const WHAT = {
  lines: { orders: 'its quantities, prices and products', quotes: 'its lines', invoices: 'its lines' },
  head: {
    orders: 'its account, currency and rounding, its discount, freight and terms',
    quotes: 'its account, days and terms',
    invoices: 'its account, days and terms',
  },
} as const;

/** What is wrong with a cell; `raw` is the text that could not be read, null where a value is there or missing. */
type Issue = { readonly raw: string | null; readonly code: string };

/** Nothing stands there, or what no amendment could have put there. A line that was amended to nothing was agreed on. */
const NEVER: readonly string[] = ['REQUIRED', 'NUM_RANGE', 'PRICE_NONE', 'PRICE_CONFLICT'];

/** Whether a cell was never agreed on, whatever the state of its document: it may be typed right. */
export const isNeverAgreed = ({ raw, code }: Issue): boolean => raw !== null || NEVER.includes(code);

/** A document's fields; its `status` and, where it has one, its `number` matter here. */
type Document = Readonly<Record<string, unknown>>;

/** @param part what of it: its head, its lines, or other words for it */
export const sayFrozen = (table: PaperTable, document: Document, part: 'head' | 'lines' | { readonly what: string }): string => {
  const { status, number } = document;
  const state = String(status);
  const label = stateOf(papers[table].lifecycle, state)?.label.toLowerCase() ?? '';
  const name = typeof number === 'string' ? `${ONE[table]} ${number}` : `This ${ONE[table].toLowerCase()}`;
  const what = typeof part === 'string' ? WHAT[part][table] : part.what;
  return `${name} is ${label}: ${what} no longer change here. ${WAYS_OUT[table](state)}`;
};

/**
 * Why a field cannot be typed into because of what was agreed, or null.
 * @param table of the document or of its lines
 * @param document whose field it is, or whose line
 * @param issue what is wrong with the cell
 */
export const agreedReason = (table: string, field: string, document: Document | undefined, issue?: Issue): string | null => {
  if (issue !== undefined && isNeverAgreed(issue)) return null;
  const paper = paperOfLines(table) ?? (isPaperTable(table) ? table : undefined);
  if (paper === undefined || document === undefined || !isAgreed(table, field)) return null;
  const { status } = document;
  if (typeof status !== 'string' || !isFrozen(papers[paper].lifecycle, status)) return null;
  return sayFrozen(paper, document, paper === table ? 'head' : 'lines');
};
