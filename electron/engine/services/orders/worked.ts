/** A document worked out by the one engine there is (M1 to M6): its lines, the discount of the whole, charges and tax. */
import { minorDigits } from '../../../../shared/domain/currency.ts';
import { headerDiscount, headerDiscountOf, headerFraction } from '../../../../shared/domain/discount.ts';
import { lineWorkOf } from '../../../../shared/domain/money.ts';
import { isCounted } from '../../../../shared/domain/quote/options.ts';
import { isTaxed, noTax, type TaxPolicy } from '../../../../shared/domain/tax-policy.ts';
import {
  documentNet,
  documentTotals,
  type DocumentLine,
  type DocumentPolicy,
  type DocumentTotals,
} from '../../../../shared/domain/totals.ts';
import { documents, type DocumentTable } from '../../../../shared/model/documents.ts';
import type { Reader, StoredRow } from '../../store/api.ts';
import { currencyOf } from '../records/fields.ts';
import { standingLines } from './cancelled.ts';
import { optionOf } from '../quotes/quote-rows.ts';

/** How a document is worked out: by what stands on it, and nothing else (M6). */
export const policyOf = (document: StoredRow, currency: string, tax: TaxPolicy): DocumentPolicy => ({
  digits: minorDigits(currency || null),
  mode: 'half_up',
  work: lineWorkOf(document['line_rounding']),
  rounding: document['rounding'] === 'document' ? 'document' : 'line',
  tax: tax.scope,
  taxMode: tax.mode,
  isTaxIncluded: tax.isIncluded,
  taxTable: tax.version,
  fx: null,
});

export const lineOf = (line: StoredRow, isWorked: boolean): DocumentLine => ({
  id: line.id,
  qty: Number(line['qty']),
  price: Number(line['price']),
  discount: typeof line['discount'] === 'number' ? line['discount'] : 0,
  taxCode: isWorked && typeof line['tax_code'] === 'string' ? line['tax_code'] : null,
});

/** The lines that count of a document: of a quote without those that nobody chose (Q3), of an order without what was cancelled. */
export const countedOf = (table: DocumentTable, id: string, read: Reader): readonly StoredRow[] =>
  table === 'orders'
    ? standingLines(id, read)
    : read.children(documents[table].lines, id).filter((line) => isCounted(optionOf(line)));

/** @param lines those that count and can be read */
export const workOut = (document: StoredRow, currency: string, lines: readonly StoredRow[], tax: TaxPolicy): DocumentTotals => {
  const isWorked = isTaxed(tax);
  const freight = BigInt(document['freight'] ?? 0);
  const charges = freight === 0n ? [] : [{ id: 'freight', amount: freight, taxCode: isWorked ? tax.freight : null }];
  const policy = policyOf(document, currency, tax);
  const worked = lines.map((line) => lineOf(line, isWorked));
  const input = {
    lines: worked,
    discount: headerDiscount(documentNet(worked, policy), headerDiscountOf(document)),
    charges,
    rates: new Map(Object.entries(tax.rates)),
  };
  return documentTotals(input, policy);
};

/** The discount of a whole document as its lines bear it (M5): minor units by line, and what is taken of each unit of money. */
export type HeaderShares = {
  readonly shares: ReadonlyMap<string, bigint>;
  /** Millionths. */
  readonly fraction: number;
};

const NONE: HeaderShares = { shares: new Map(), fraction: 0 };

/**
 * @param document its row, or what it is going to be
 * @param counted the lines that bear it, where those are others than count in its total
 */
export const headerShares = (
  table: DocumentTable,
  document: StoredRow,
  read: Reader,
  counted: readonly StoredRow[] = countedOf(table, document.id, read),
): HeaderShares => {
  const header = headerDiscountOf(document);
  if (header.amount === null && header.percent === null) return NONE;
  const { lines, net } = workOut(document, currencyOf(table, document, read) ?? '', counted, noTax);
  return {
    shares: new Map(lines.map(({ id, discount }) => [id, discount])),
    fraction: headerFraction(net, header),
  };
};
