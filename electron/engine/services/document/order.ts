/** An order as a document: what it says of itself, to whom it goes, and its lines with the figures the screen shows. */
import type { OutputOf } from '../../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../../shared/contract/index.ts';
import { minorDigits } from '../../../../shared/domain/currency.ts';
import type { Scalar } from '../../../../shared/domain/kinds.ts';
import { lineNet18, roundMinor } from '../../../../shared/domain/money.ts';
import { fieldOf, type TableName } from '../../../../shared/model/index.ts';
import type { DocumentData, DocumentFact, DocumentLine } from '../../files/document.ts';
import type { Reader, StoredRow } from '../../store/api.ts';
import { addressOf, namedAddress, textOf } from './address.ts';

/** What the workbench says an order comes to. */
export type OrderTotals = OutputOf<WorkbenchContract['orders.totals']>;

/** Who makes the document, when, and how it is read. */
export type DocumentMaking = Pick<DocumentData, 'company' | 'author' | 'created' | 'locale'>;

const numberOf = (value: Scalar | undefined): number | null => (typeof value === 'number' ? value : null);

const linked = (read: Reader, table: TableName, id: Scalar | undefined): StoredRow | undefined =>
  typeof id === 'string' ? read.get(table, id) : undefined;

/** Nobody may rely on an order that is not confirmed. */
const marks: Readonly<Record<string, DocumentData['mark']>> = { draft: 'draft', submitted: 'draft', cancelled: 'cancelled' };

const documentLine = (line: StoredRow, at: number, digits: number, read: Reader): DocumentLine => {
  const product = linked(read, 'products', line['product_id']);
  const [qty, price] = [numberOf(line['qty']), numberOf(line['price'])];
  const discount = numberOf(line['discount']);
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
    net: qty === null || price === null ? null : roundMinor(lineNet18(qty, price, discount ?? 0), digits),
    isAlternative: false,
  };
};

const contactOf = (owner: StoredRow | undefined): string =>
  owner === undefined ? '' : [textOf(owner['name']), textOf(owner['email'])].filter((part) => part !== '').join('\n');

const choiceLabel = (order: StoredRow, key: string): string => {
  const field = fieldOf('orders', key);
  return field?.kind === 'choice' ? (field.choices.find((choice) => choice.key === order[key])?.label ?? '') : '';
};

const factsOf = (order: StoredRow, read: Reader): readonly DocumentFact[] => {
  const text = (word: DocumentFact['word'], value: string): readonly DocumentFact[] =>
    value === '' ? [] : [{ word, text: value }];
  const day = (word: DocumentFact['word'], field: string): readonly DocumentFact[] =>
    textOf(order[field]) === '' ? [] : [{ word, day: textOf(order[field]) }];
  return [
    ...day('date', 'ordered_on'),
    ...text('reference', textOf(order['po_ref'])),
    ...day('requested', 'requested'),
    ...day('promised', 'promised'),
    ...text('terms', textOf(order['terms'])),
    ...text('incoterm', textOf(order['incoterm'])),
    ...text('carrier', textOf(linked(read, 'partners', order['carrier_id'])?.['name'])),
    ...(order['delivery'] === 'complete' ? text('delivery', choiceLabel(order, 'delivery')) : []),
    ...text('contact', contactOf(linked(read, 'people', order['owner_id']))),
  ];
};

/** Where the goods go: as written on the order, else the site; nothing where that is the customer's own address. */
const deliverTo = (order: StoredRow, read: Reader): readonly string[] => {
  const written = addressOf(order, 'ship_');
  if (written.length > 0 || textOf(order['ship_name']) !== '') {
    return [textOf(order['ship_name']), ...written].filter((line) => line !== '');
  }
  return namedAddress(linked(read, 'sites', order['site_id']));
};

/** @param totals what the workbench says the order comes to: the document says the same */
export const orderDocument = (order: StoredRow, totals: OrderTotals, read: Reader, making: DocumentMaking): DocumentData => {
  const digits = minorDigits(totals.currency || null);
  const lines = read.children('order_lines', order.id).map((line, at) => documentLine(line, at, digits, read));
  const [net, freight] = [BigInt(totals.net), BigInt(totals.freight)];
  const label = fieldOf('orders', 'freight')?.label ?? '';
  const sums = {
    net,
    rounding: net - lines.reduce((sum, line) => sum + (line.net ?? 0n), 0n),
    discount: 0n,
    charges: freight === 0n ? [] : [{ label, amount: freight }],
    taxes: [],
    isTaxIncluded: false,
    total: BigInt(totals.total),
  };
  return {
    ...making,
    kind: 'order',
    number: textOf(order['number']) || null,
    mark: marks[textOf(order['status'])] ?? null,
    currency: totals.currency,
    party: namedAddress(linked(read, 'accounts', order['account_id'])),
    attention: textOf(linked(read, 'contacts', order['contact_id'])?.['name']) || null,
    deliverTo: deliverTo(order, read),
    facts: factsOf(order, read),
    options: [{ title: null, lines, sums }],
    instructions: textOf(order['instructions']) || null,
    notes: textOf(order['notes']) || null,
  };
};
