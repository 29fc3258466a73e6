/**
 * Tax of credit notes: of all that was credited of an invoice, less what the notes before gave back, so that the parts of a
 * credit never come to more tax than was billed.
 */
import type { TaxRow } from '../../../../shared/domain/tax.ts';
import { taxesOf } from '../../../../shared/domain/tax-policy.ts';
import type { Reader, StoredRow } from '../../store/api.ts';
import { bigOf, sumOf, textOf } from '../billing/receivables.ts';
import { taxPolicyOf } from '../money/tax.ts';

/** Minor units, by invoice line; of none what a fee takes off, below nothing. */
export type CreditedLine = { readonly line: string | null; readonly amount: bigint };

const taxesOn = (invoice: StoredRow, credits: readonly CreditedLine[], read: Reader) => {
  const policy = taxPolicyOf('invoices', invoice, read);
  const sumFor = (of: string | null): bigint =>
    sumOf(
      credits.filter(({ line }) => line === of),
      ({ amount }) => amount,
    );
  const parts = read
    .children('invoice_lines', invoice.id)
    .map(({ id, tax_code: code }) => ({ code: textOf(code), amount: sumFor(id) }));
  const fees = sumFor(null);
  // Freight and fees have a tax code of their own (M5).
  return taxesOf(fees === 0n ? parts : [...parts, { code: policy.freight, amount: fees }], policy);
};

const creditsIn = (notes: readonly StoredRow[], read: Reader): readonly CreditedLine[] =>
  notes
    .flatMap(({ id }) => read.children('credit_lines', id))
    .map(({ invoice_line_id: line, amount }) => ({ line: textOf(line), amount: bigOf(amount) }));

/** What comes on top of a credit that is about to be given. */
export const creditedTax = (invoice: StoredRow, credits: readonly CreditedLine[], read: Reader): bigint => {
  const notes = read.children('credit_notes', invoice.id);
  return taxesOn(invoice, [...creditsIn(notes, read), ...credits], read).added - sumOf(notes, ({ tax }) => bigOf(tax));
};

/** By code, what a note gave back: all up to it, less all before it. */
export const creditTaxes = (
  note: StoredRow,
  read: Reader,
): { readonly taxes: readonly TaxRow[]; readonly isTaxIncluded: boolean } => {
  const invoice = typeof note['invoice_id'] === 'string' ? read.get('invoices', note['invoice_id']) : undefined;
  if (invoice === undefined) return { taxes: [], isTaxIncluded: false };
  const notes = read.children('credit_notes', invoice.id);
  const at = notes.findIndex(({ id }) => id === note.id);
  const before = taxesOn(invoice, creditsIn(notes.slice(0, at), read), read).rows;
  const after = taxesOn(invoice, creditsIn(notes.slice(0, at + 1), read), read).rows;
  const taxes = after
    .map((row) => {
      const was = before.find(({ code }) => code === row.code);
      return { ...row, base: row.base - (was?.base ?? 0n), tax: row.tax - (was?.tax ?? 0n) };
    })
    .filter(({ base, tax }) => base !== 0n || tax !== 0n);
  return { taxes, isTaxIncluded: taxPolicyOf('invoices', invoice, read).isIncluded };
};
