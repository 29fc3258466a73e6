/** An invoice and a credit note as papers: what was billed or given back, by the amounts that stand on their lines. */
import type { DocumentData, DocumentFact, DocumentLine, DocumentSums } from '../../files/document.ts';
import type { Reader, StoredRow } from '../../store/api.ts';
import { numberingOf } from '../company/issuing.ts';
import { creditTaxes } from '../credit/credit-tax.ts';
import { bigOf, creditAmount } from '../billing/receivables.ts';
import { textOf } from './address.ts';
import {
  contactFact,
  dayFact,
  linked,
  numberOf,
  paperLine,
  paperParty,
  paperSums,
  textFact,
  type PaperMaking,
  type PaperTotals,
} from './parts.ts';

/** Whether a document has no paper yet, since the device that gives the legal numbers has not given it one (N1). */
export const isWaiting = (table: 'invoices' | 'credit_notes', row: StoredRow, read: Reader): boolean =>
  textOf(row['ready_on']) !== '' && textOf(row['legal_number']) === '' && numberingOf(table, read).issuer !== null;

/** Nobody owes what was not issued. */
const marks: Readonly<Record<string, DocumentData['mark']>> = { draft: 'draft', void: 'cancelled' };

const blank = { deliverTo: [], wording: null, instructions: null } as const;

/** What is billed of a line is its amount, whatever its price says; the discount of the whole stands below the lines. */
const billedLine = (line: StoredRow, at: number, currency: string, read: Reader): DocumentLine => ({
  ...paperLine(line, at, { currency, work: 'line' }, read),
  // A difference is no price times a quantity.
  ...(line['qty'] === 0 ? { qty: null, uom: '', price: null, discount: null } : {}),
  net: bigOf(line['amount']) + bigOf(line['header_discount']),
});

const factsOf = (invoice: StoredRow, read: Reader): readonly DocumentFact[] => [
  ...dayFact('date', invoice['issued_on']),
  ...dayFact('due', invoice['due_on']),
  ...textFact('reference', textOf(invoice['po_ref'])),
  ...textFact('order', textOf(linked(read, 'orders', invoice['order_id'])?.['number'])),
  ...textFact('terms', textOf(invoice['terms'])),
  ...contactFact(invoice, read),
];

/** @param totals what the workbench says the invoice comes to: the paper says the same */
export const invoiceDocument = (invoice: StoredRow, totals: PaperTotals, read: Reader, making: PaperMaking): DocumentData => {
  const lines = read.children('invoice_lines', invoice.id).map((line, at) => billedLine(line, at, totals.currency, read));
  return {
    ...making,
    ...paperParty(invoice, read),
    ...blank,
    kind: 'invoice',
    number: textOf(invoice['legal_number']) || textOf(invoice['number']) || null,
    mark: marks[textOf(invoice['status'])] ?? null,
    currency: totals.currency,
    facts: factsOf(invoice, read),
    options: [{ title: null, lines, sums: paperSums(totals, lines) }],
    notes: textOf(invoice['notes']) || null,
  };
};

const creditLine = (credit: StoredRow, at: number, currency: string, read: Reader): DocumentLine => {
  const billed = linked(read, 'invoice_lines', credit['invoice_line_id']);
  const line = billed === undefined ? null : paperLine(billed, at, { currency, work: 'line' }, read);
  const qty = numberOf(credit['qty']);
  return {
    position: line?.position ?? at + 1,
    sku: line?.sku ?? '',
    description: textOf(credit['description']) || (line?.description ?? ''),
    note: null,
    qty: qty === 0 ? null : qty,
    uom: qty === 0 ? '' : (line?.uom ?? ''),
    list: null,
    // An amount that was given back is no price times a quantity.
    price: null,
    discount: null,
    net: bigOf(credit['amount']),
    offer: null,
  };
};

const creditSums = (note: StoredRow, lines: readonly DocumentLine[], read: Reader): DocumentSums => ({
  net: lines.reduce((sum, { net }) => sum + (net ?? 0n), 0n),
  rounding: 0n,
  discount: 0n,
  charges: [],
  ...creditTaxes(note, read),
  total: creditAmount(note, read),
});

export const creditDocument = (note: StoredRow, currency: string, read: Reader, making: PaperMaking): DocumentData => {
  const invoice = linked(read, 'invoices', note['invoice_id']);
  const lines = read.children('credit_lines', note.id).map((line, at) => creditLine(line, at, currency, read));
  return {
    ...making,
    ...paperParty({ ...note, contact_id: invoice?.['contact_id'] ?? null, bill_to_id: invoice?.['bill_to_id'] ?? null }, read),
    ...blank,
    kind: 'credit_note',
    number: textOf(note['legal_number']) || textOf(note['number']) || null,
    // It counts, but nobody is handed a paper whose number it does not have yet.
    mark: isWaiting('credit_notes', note, read) ? 'draft' : null,
    currency,
    facts: [
      ...dayFact('date', note['credited_on']),
      ...textFact('invoice', textOf(invoice?.['legal_number']) || textOf(invoice?.['number'])),
      ...textFact('reference', textOf(invoice?.['po_ref'])),
    ],
    wording: textOf(note['reason']) || null,
    options: [{ title: null, lines, sums: creditSums(note, lines, read) }],
    notes: null,
  };
};
