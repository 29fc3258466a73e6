/** An order as a document: what it says of itself, to whom it goes, and its lines with the figures the screen shows. */
import { fieldOf } from '../../../../shared/model/index.ts';
import type { DocumentData, DocumentFact } from '../../files/document.ts';
import type { Reader, StoredRow } from '../../store/api.ts';
import { cancelledOf, standingLines } from '../orders/cancelled.ts';
import { textOf } from './address.ts';
import {
  contactFact,
  dayFact,
  deliverTo,
  linked,
  paperLine,
  paperMoney,
  paperParty,
  paperSums,
  textFact,
  type PaperMaking,
  type PaperTotals,
} from './parts.ts';

/** Nobody may rely on an order that is not confirmed. */
const marks: Readonly<Record<string, DocumentData['mark']>> = { draft: 'draft', submitted: 'draft', cancelled: 'cancelled' };

const choiceLabel = (order: StoredRow, key: string): string => {
  const field = fieldOf('orders', key);
  return field?.kind === 'choice' ? (field.choices.find((choice) => choice.key === order[key])?.label ?? '') : '';
};

const factsOf = (order: StoredRow, read: Reader): readonly DocumentFact[] => [
  ...dayFact('date', order['ordered_on']),
  ...textFact('reference', textOf(order['po_ref'])),
  ...dayFact('requested', order['requested']),
  ...dayFact('promised', order['promised']),
  ...textFact('terms', textOf(order['terms'])),
  ...textFact('incoterm', textOf(order['incoterm'])),
  ...textFact('carrier', textOf(linked(read, 'partners', order['carrier_id'])?.['name'])),
  ...(order['delivery'] === 'complete' ? textFact('delivery', choiceLabel(order, 'delivery')) : []),
  ...textFact('window', textOf(order['delivery_window'])),
  ...textFact('billTo', textOf(linked(read, 'accounts', order['bill_to_id'])?.['name'])),
  ...contactFact(order, read),
];

/** @param totals what the workbench says the order comes to: the document says the same */
export const orderDocument = (order: StoredRow, totals: PaperTotals, read: Reader, making: PaperMaking): DocumentData => {
  // What was cancelled is not confirmed to anybody: a line of which nothing is left is not on the paper.
  const lines = standingLines(order.id, read)
    .map((line, at) => ({ line, at }))
    .filter(({ line }) => line['qty'] !== 0 || cancelledOf(line.id, read) === 0n)
    .map(({ line, at }) => paperLine(line, at, paperMoney(order, totals), read));
  return {
    ...making,
    ...paperParty({ ...order, bill_to_id: null }, read),
    kind: 'order',
    number: textOf(order['number']) || null,
    mark: marks[textOf(order['status'])] ?? null,
    currency: totals.currency,
    deliverTo: deliverTo(order, read),
    facts: factsOf(order, read),
    wording: null,
    options: [{ title: null, lines, sums: paperSums(totals, lines) }],
    instructions: textOf(order['instructions']) || null,
    notes: textOf(order['notes']) || null,
  };
};
