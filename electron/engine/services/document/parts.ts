/** What the papers of orders and quotes say alike: their lines, who writes, what is said in words, and what they come to. */
import type { OutputOf } from '../../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../../shared/contract/index.ts';
import { minorDigits } from '../../../../shared/domain/currency.ts';
import type { Scalar } from '../../../../shared/domain/kinds.ts';
import { lineNet, lineWorkOf, type LineWork } from '../../../../shared/domain/money.ts';
import { fieldOf, type TableName } from '../../../../shared/model/index.ts';
import type { DocumentData, DocumentFact, DocumentLine, DocumentSums } from '../../files/document.ts';
import type { Reader, StoredRow } from '../../store/api.ts';
import { addressOf, namedAddress, textOf } from './address.ts';

/** What the workbench says a document comes to. */
export type PaperTotals = OutputOf<WorkbenchContract['orders.totals']>;

/** Who makes the document, when, and how it is read. */
export type PaperMaking = Pick<DocumentData, 'company' | 'author' | 'created' | 'locale'>;

export const numberOf = (value: Scalar | undefined): number | null => (typeof value === 'number' ? value : null);

export const linked = (read: Reader, table: TableName, id: Scalar | undefined): StoredRow | undefined =>
  typeof id === 'string' ? read.get(table, id) : undefined;

/** By what the lines of a document are worked out. */
type PaperMoney = { readonly currency: string; readonly work: LineWork };

export const paperMoney = (document: StoredRow, { currency }: PaperTotals): PaperMoney => ({
  currency,
  work: lineWorkOf(document['line_rounding']),
});

/** A line as it is on any paper. @param at its place where it has none */
export const paperLine = (line: StoredRow, at: number, { currency, work }: PaperMoney, read: Reader): DocumentLine => {
  const product = linked(read, 'products', line['product_id']);
  const [qty, price] = [numberOf(line['qty']), numberOf(line['price'])];
  const discount = numberOf(line['discount']);
  const digits = minorDigits(currency || null);
  return {
    position: numberOf(line['position']) ?? at + 1,
    sku: textOf(product?.['sku']),
    description: textOf(line['description']) || textOf(product?.['name']),
    note: textOf(line['note']) || null,
    qty,
    uom: textOf(line['uom']),
    list: null,
    price,
    discount,
    net: qty === null || price === null ? null : lineNet({ qty, price, discount: discount ?? 0 }, work, digits),
    offer: null,
  };
};

/** @param lines those that count */
export const paperSums = (totals: PaperTotals, lines: readonly DocumentLine[]): DocumentSums => {
  const [discount, freight] = [BigInt(totals.discount), BigInt(totals.freight)];
  const net = BigInt(totals.net) + discount;
  const label = fieldOf('orders', 'freight')?.label ?? '';
  return {
    net,
    rounding: net - lines.reduce((sum, line) => sum + (line.net ?? 0n), 0n),
    discount,
    charges: freight === 0n ? [] : [{ label, amount: freight }],
    taxes: totals.taxes.map(({ code, rate, base, tax }) => ({ code, rate, base: BigInt(base), tax: BigInt(tax) })),
    isTaxIncluded: totals.is_tax_included,
    total: BigInt(totals.total),
  };
};

export const textFact = (word: DocumentFact['word'], value: string): readonly DocumentFact[] =>
  value === '' ? [] : [{ word, text: value }];

export const dayFact = (word: DocumentFact['word'], value: Scalar | undefined): readonly DocumentFact[] =>
  textOf(value) === '' ? [] : [{ word, day: textOf(value) }];

/** Characters of a mail address that stand on one line of their place. */
const MAIL_WIDTH = 28;

/** A long mail address breaks behind its sign, not in the middle of a word. */
const breakMail = (mail: string): string => (mail.length > MAIL_WIDTH ? mail.replace('@', '@\n') : mail);

/** Who of us to ask: the owner of the document. */
export const contactFact = (document: StoredRow, read: Reader): readonly DocumentFact[] => {
  const owner = linked(read, 'people', document['owner_id']);
  const lines = [textOf(owner?.['name']), breakMail(textOf(owner?.['email']))];
  return textFact('contact', lines.filter((line) => line !== '').join('\n'));
};

/** To whom it goes, by name and address, and to which person there: who pays it, where that is somebody else. */
export const paperParty = (document: StoredRow, read: Reader): Pick<DocumentData, 'party' | 'attention'> => ({
  party: namedAddress(linked(read, 'accounts', document['bill_to_id'] ?? document['account_id'])),
  attention: textOf(linked(read, 'contacts', document['contact_id'])?.['name']) || null,
});

/** Where the goods go: as written on the document, else the site; nothing where that is the customer's own address. */
export const deliverTo = (document: StoredRow, read: Reader): readonly string[] => {
  const written = addressOf(document, 'ship_');
  if (written.length > 0 || textOf(document['ship_name']) !== '') {
    return [textOf(document['ship_name']), ...written].filter((line) => line !== '');
  }
  return namedAddress(linked(read, 'sites', document['site_id']));
};
