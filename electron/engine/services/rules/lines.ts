/** What a line of any document brings with it: its place, and its product's words, price and cost. */
import type { CellValue } from '../../../../shared/domain/kinds.ts';
import { initialOf } from '../../../../shared/domain/lifecycle.ts';
import { documents, type DocumentTable } from '../../../../shared/model/documents.ts';
import { fieldOf } from '../../../../shared/model/index.ts';
import type { Reader, StoredRow } from '../../store/api.ts';
import { companyToday } from '../company.ts';
import { currencyOf, plain } from '../fields.ts';
import { fill, type Settled, type Work } from './work.ts';

type Defaults = Readonly<Record<string, CellValue | undefined>>;

/** The product's words and amounts, these where they are in the document's money. A file's price is the file's, or missing. */
const fromProduct = (
  table: DocumentTable,
  product: StoredRow | undefined,
  document: StoredRow | undefined,
  isFromFile = false,
): Defaults => {
  if (product === undefined) return {};
  const words = { description: product['name'], uom: product['uom'] };
  const isSameMoney = product['currency'] === null || product['currency'] === (document?.['currency'] ?? null);
  const cost = isSameMoney && fieldOf(documents[table].lines, 'cost') !== undefined ? { cost: product['cost'] } : {};
  return isFromFile ? { ...words, ...cost } : { ...words, price: isSameMoney ? product['list_price'] : undefined, ...cost };
};

const productOf = (values: Settled, read: Reader): StoredRow | undefined =>
  typeof values['product_id'] === 'string' ? read.get('products', values['product_id']) : undefined;

/** The document a line says it belongs to, where it is here. */
export const documentOf = (
  table: DocumentTable,
  line: Readonly<Record<string, unknown>> | undefined,
  read: Reader,
): StoredRow | undefined => {
  const id = line?.[documents[table].link];
  return typeof id === 'string' ? read.get(table, id) : undefined;
};

/** One behind the last line of a document. */
const nextPlace = (table: DocumentTable, document: StoredRow | undefined, read: Reader): number =>
  (document === undefined ? [] : read.children(documents[table].lines, document.id)).reduce(
    (last, line) => Math.max(last, Number(line['position'] ?? 0)),
    0,
  ) + 1;

/** A new line with its place and what its product says. */
export const filledLine = (table: DocumentTable, values: Settled, { read, change }: Work): Settled => {
  const document = documentOf(table, values, read);
  return fill(values, {
    position: values['position'] ?? nextPlace(table, document, read),
    ...fromProduct(table, productOf(values, read), document, change.source === 'import'),
  });
};

/** Another product on a line brings its words and price, unless they are written in the same change. */
export const changedProduct = (
  table: DocumentTable,
  line: StoredRow | undefined,
  values: Settled,
  { read, change }: Work,
): Settled => {
  const product = productOf(values, read);
  if (product === undefined || change.source === 'import' || line?.['product_id'] === product.id) return values;
  return fill(values, fromProduct(table, product, documentOf(table, line, read)));
};

/** What a document that is made here starts with. */
export const newDocument = (table: DocumentTable, day: string, values: Settled, { read, change, deps }: Work): Settled => {
  const account = typeof values['account_id'] === 'string' ? read.get('accounts', values['account_id']) : undefined;
  return fill(values, {
    [day]: companyToday(read, deps.env),
    currency: currencyOf(table, values, read),
    owner_id: read.get('people', change.actor) ? change.actor : undefined,
    terms: account?.['terms'],
  });
};

/** An account chosen on a draft without lines brings its money. */
export const chosenAccount = (table: DocumentTable, before: StoredRow | undefined, values: Settled, { read }: Work): Settled => {
  const { lines, lifecycle } = documents[table];
  const isEmptyDraft =
    before?.['status'] === initialOf(lifecycle) && (before === undefined || read.children(lines, before.id).length === 0);
  if (values['account_id'] === undefined || !isEmptyDraft) return values;
  return fill(values, { currency: currencyOf(table, { account_id: plain(values['account_id']) }, read) });
};
