/**
 * Lines of one product on one order (O2): one line is offered where nothing tells them apart, and never made by itself. A
 * line that was quoted, that has several days, or of which anything happened stays as it is.
 */
import { AppError } from '../../../../shared/contract/define.ts';
import type { Commands, Queries } from '../../../../shared/contract/index.ts';
import { isFrozen } from '../../../../shared/domain/lifecycle.ts';
import { mergeOffers, type MergeableLine, type MergeOffer } from '../../../../shared/domain/order/merge.ts';
import type { Reader, StorePatch, StoredRow, WriteStore } from '../../store/api.ts';
import { productOf } from '../fulfilment/fulfilment.ts';
import { documentById, nameOfOrder } from './orders.ts';
import { textOf } from '../billing/receivables.ts';
import { dayOfLine } from '../rules/schedules.ts';
import { applyStep } from '../access/step.ts';

const isPlain = (line: StoredRow, read: Reader): boolean => {
  const schedules = read.children('schedule_lines', line.id);
  const isAlone = schedules.length < 2 && schedules.every(({ id }) => read.children('fulfilments', id).length === 0);
  return (
    isAlone && line['quote_line_id'] === null && read.issues('order_lines', line.id).every(({ origin }) => origin !== 'parse')
  );
};

/** What else tells two lines apart stands with the unit. */
const mergeableOf = (line: StoredRow, read: Reader): readonly MergeableLine[] => {
  const { qty, price, discount } = line;
  if (typeof qty !== 'number' || !isPlain(line, read)) return [];
  const own = [
    line['uom'],
    line['tax_code'],
    line['by_hand'],
    line['description'],
    line['note'],
    dayOfLine(line.id, 'promised', read),
  ];
  return [
    {
      id: line.id,
      product: textOf(line['product_id']),
      uom: JSON.stringify(own),
      qty: BigInt(qty),
      price: typeof price === 'number' ? price : null,
      discount: typeof discount === 'number' ? discount : 0,
      requested: dayOfLine(line.id, 'requested', read),
      site: null,
    },
  ];
};

const offersOf = (order: StoredRow, read: Reader): readonly MergeOffer[] =>
  isFrozen('order', String(order['status']))
    ? []
    : mergeOffers(read.children('order_lines', order.id).flatMap((line) => mergeableOf(line, read)));

export const mergeQueries = ({ read }: { readonly read: Reader }): Pick<Queries, 'orders.mergeable'> => ({
  'orders.mergeable': ({ id }) => ({
    offers: offersOf(documentById('orders', read, id), read).map(({ into, from, qty }) => {
      const line = read.get('order_lines', into);
      return { into, from: [...from], product: line === undefined ? '' : productOf(line, read), qty: String(qty) };
    }),
  }),
});

export const mergeCommands = ({ store }: { readonly store: WriteStore }): Pick<Commands, 'orders.merge'> => ({
  'orders.merge': ({ id, into, screen }, context) => {
    const order = documentById('orders', store, id);
    const offers = offersOf(order, store).filter((one) => into === null || into.includes(one.into));
    if (offers.length === 0 || (into !== null && offers.length < into.length))
      throw new AppError('blocked', 'These lines are not the same any more: nothing was merged.', { id });
    const patches = offers.flatMap((offer): readonly StorePatch[] => [
      { kind: 'update', table: 'order_lines', id: offer.into, values: { qty: Number(offer.qty) } },
      ...offer.from.map((line): StorePatch => ({ kind: 'delete', table: 'order_lines', id: line })),
    ]);
    return applyStep(store, context, { label: `Merge lines of ${nameOfOrder(order)}`, screen }, patches);
  },
});
