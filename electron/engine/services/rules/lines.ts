/** What a line of any document brings with it: its place, and its product's words, price and cost. */
import type { CellValue } from '../../../../shared/domain/kinds.ts';
import { initialOf } from '../../../../shared/domain/lifecycle.ts';
import { documents, papers, type DocumentTable, type PaperTable } from '../../../../shared/model/documents.ts';
import { fieldOf } from '../../../../shared/model/index.ts';
import type { Reader, StorePatch, StoredRow } from '../../store/api.ts';
import { companyToday } from '../company/company.ts';
import { currencyOf, plain } from '../records/fields.ts';
import { costIn } from '../money/fx.ts';
import { lineRoundingFor } from '../orders/line-rounding.ts';
import type { Asking } from '../pricing/price-book.ts';
import { changedDocumentPrices, changedLinePrice, groupPrices, newLinePrice } from './line-price.ts';
import { fill, type Settled, type Work } from './work.ts';

const hasCost = (table: DocumentTable): boolean => fieldOf(documents[table].lines, 'cost') !== undefined;

type Defaults = Readonly<Record<string, CellValue | undefined>>;

/** The product's words, and its cost in the document's money. */
const fromProduct = (
  table: DocumentTable,
  product: StoredRow | undefined,
  document: StoredRow | undefined,
  read: Reader,
): Defaults => {
  if (product === undefined) return {};
  const cost = hasCost(table) ? { cost: costIn(table, document, product, read) } : {};
  return { description: product['name'], uom: product['uom'], tax_code: product['tax_code'], ...cost };
};

const productOf = (values: Settled, read: Reader): StoredRow | undefined =>
  typeof values['product_id'] === 'string' ? read.get('products', values['product_id']) : undefined;

/** The document a line says it belongs to, where it is here. */
export const documentOf = (
  table: PaperTable,
  line: Readonly<Record<string, unknown>> | undefined,
  read: Reader,
): StoredRow | undefined => {
  const id = line?.[papers[table].link];
  return typeof id === 'string' ? read.get(table, id) : undefined;
};

/** One behind the last line of a document. */
const nextPlace = (table: DocumentTable, document: StoredRow | undefined, read: Reader): number =>
  (document === undefined ? [] : read.children(documents[table].lines, document.id)).reduce(
    (last, line) => Math.max(last, Number(line['position'] ?? 0)),
    0,
  ) + 1;

const askingOf = ({ read, deps }: Work): Asking => ({ read, today: companyToday(read, deps.env) });

/** A new line with its place, what its product says, and its price. A file's price is the file's, or missing. */
export const filledLine = (table: DocumentTable, values: Settled, work: Work): Settled => {
  const { read, change } = work;
  const document = documentOf(table, values, read);
  const filled = fill(values, {
    position: values['position'] ?? nextPlace(table, document, read),
    ...fromProduct(table, productOf(values, read), document, read),
  });
  return change.source === 'import' ? filled : newLinePrice(filled, document, askingOf(work));
};

/** What a change of a line brings: another product its words, and all that a price hangs on the price. */
export const changedLine = (table: DocumentTable, line: StoredRow | undefined, values: Settled, work: Work): Settled => {
  const { read, change } = work;
  if (change.source === 'import' || line === undefined) return values;
  const document = documentOf(table, line, read);
  const product = productOf(values, read);
  const isOther = product !== undefined && line['product_id'] !== product.id;
  // Other goods are taxed as they are: also by no code at all.
  const taxed = isOther ? { tax_code: product['tax_code'] ?? null, ...values } : values;
  const filled = isOther ? fill(taxed, fromProduct(table, product, document, read)) : values;
  return changedLinePrice(line, filled, { table, document, asking: askingOf(work) });
};

/** What the lines of a document cost, where it comes to be in other money. */
const changedCosts = (table: DocumentTable, document: StoredRow, values: Settled, read: Reader): readonly StorePatch[] => {
  const after = { ...document, currency: plain(values['currency'] ?? null) };
  if (values['currency'] === undefined || after.currency === document['currency'] || !hasCost(table)) return [];
  const { lines } = documents[table];
  return read.children(lines, document.id).flatMap((line): readonly StorePatch[] => {
    const product = typeof line['product_id'] === 'string' ? read.get('products', line['product_id']) : undefined;
    if (product === undefined) return [];
    return [{ kind: 'update', table: lines, id: line.id, values: { cost: costIn(table, after, product, read) } }];
  });
};

/** The prices and costs of a document's lines, where they change with it. */
export const changedPrices = (
  table: DocumentTable,
  document: StoredRow | undefined,
  values: Settled,
  work: Work,
): readonly StorePatch[] =>
  document === undefined || work.change.source === 'import'
    ? []
    : [...changedDocumentPrices(table, document, values, askingOf(work)), ...changedCosts(table, document, values, work.read)];

/** The prices of the lines of a document, where they change with what is written of one. */
export const pricesBeside = (
  table: DocumentTable,
  id: string,
  patches: readonly StorePatch[],
  work: Work,
): readonly StorePatch[] => {
  const { read, change } = work;
  if (change.source === 'import') return [];
  const { lines } = documents[table];
  const written = patches.find((patch) => patch.kind === 'insert' && patch.id === id);
  const line = written !== undefined && 'values' in written ? written.values : read.getAny(lines, id);
  return groupPrices({ table, document: documentOf(table, line, read), asking: askingOf(work) }, patches);
};

/** The order of work a document takes over from its account or list (M2). */
const roundingFor = (table: DocumentTable, values: Settled, { read, deps }: Work): string | null => {
  const account = typeof values['account_id'] === 'string' ? read.get('accounts', values['account_id']) : undefined;
  if (account === undefined) return null;
  const day = companyToday(read, deps.env);
  return lineRoundingFor({ account, site: values['site_id'], currency: currencyOf(table, values, read), day }, read);
};

/** What a document that is made here starts with. */
export const newDocument = (table: DocumentTable, day: string, values: Settled, work: Work): Settled => {
  const { read, change, deps } = work;
  const account = typeof values['account_id'] === 'string' ? read.get('accounts', values['account_id']) : undefined;
  return fill(values, {
    [day]: companyToday(read, deps.env),
    currency: currencyOf(table, values, read),
    owner_id: read.get('people', change.actor) ? change.actor : undefined,
    terms: account?.['terms'],
    sales_channel: account?.['sales_channel'],
    line_rounding: roundingFor(table, values, work),
  });
};

/** An account chosen on a draft without lines brings its money. */
export const chosenAccount = (table: DocumentTable, before: StoredRow | undefined, values: Settled, work: Work): Settled => {
  const { read } = work;
  const { lines, lifecycle } = documents[table];
  const isEmptyDraft =
    before?.['status'] === initialOf(lifecycle) && (before === undefined || read.children(lines, before.id).length === 0);
  if (values['account_id'] === undefined || !isEmptyDraft) return values;
  const currency = currencyOf(table, { account_id: plain(values['account_id']) }, read);
  const account = typeof values['account_id'] === 'string' ? read.get('accounts', values['account_id']) : undefined;
  return fill(values, {
    currency,
    line_rounding: roundingFor(table, { ...before, currency, ...values }, work),
    sales_channel: account?.['sales_channel'],
  });
};
