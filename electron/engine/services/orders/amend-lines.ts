/** Lines of a confirmed order as they may be changed (O5), and what a change of one writes. */
import { addBuckets, bucketsOf } from '../../../../shared/domain/fulfilment.ts';
import type { AmendableLine, AmendedValues } from '../../../../shared/domain/order/amend.ts';
import type { Reader, StorePatch, StoredRow } from '../../store/api.ts';
import { schedulesOf } from '../fulfilment/schedules.ts';
import { quotedFor } from '../quotes/quote-rows.ts';
import { dayOfLine } from '../rules/schedules.ts';

const amount = (value: unknown): number => (typeof value === 'number' ? value : 0);

export const amendableOf = (line: StoredRow, read: Reader): AmendableLine => {
  const schedules = read.children('schedule_lines', line.id);
  const [first] = schedules.flatMap(({ promised_original: day }) => (typeof day === 'string' ? [day] : [])).toSorted();
  return {
    id: line.id,
    qty: BigInt(amount(line['qty'])),
    price: amount(line['price']),
    discount: amount(line['discount']),
    promised: dayOfLine(line.id, 'promised', read),
    promisedOriginal: first ?? null,
    quoted: quotedFor(line, read),
    buckets: addBuckets([bucketsOf(0, []), ...schedulesOf(line.id, read).map(({ now }) => now)]),
  };
};

/**
 * The schedule lines of a line that has several, so that they come to its new quantity: more is wanted with the last of
 * those that are open, less is taken from the last ones first. One alone follows its line by itself.
 */
const schedulePatches = (line: string, qty: bigint, read: Reader): readonly StorePatch[] => {
  const all = schedulesOf(line, read);
  const open = all.filter(({ now }) => now.open > 0n);
  const last = open.at(-1) ?? all.at(-1);
  if (all.length < 2 || open.length === 1 || last === undefined) return [];
  let change = qty - all.reduce((sum, { now }) => sum + now.ordered, 0n);
  const set = (id: string, value: bigint): StorePatch => ({
    kind: 'update',
    table: 'schedule_lines',
    id,
    values: { qty: Number(value) },
  });
  if (change > 0n) return [set(last.id, last.now.ordered + change)];
  return open.toReversed().flatMap(({ id, now }) => {
    const less = now.open < -change ? now.open : -change;
    change += less;
    return less > 0n ? [set(id, now.ordered - less)] : [];
  });
};

/** What of a line is written for it to stand as agreed now. */
export const linePatches = (before: AmendedValues, after: AmendedValues, line: string, read: Reader): readonly StorePatch[] => {
  const values = {
    ...(after.qty === before.qty ? {} : { qty: Number(after.qty) }),
    // A price that was agreed is nobody's to make anew.
    ...(after.price === before.price ? {} : { price: after.price, by_hand: 1 }),
    ...(after.discount === before.discount ? {} : { discount: after.discount }),
    ...(after.promised === before.promised ? {} : { promised: after.promised }),
  };
  return [
    { kind: 'update', table: 'order_lines', id: line, values },
    ...(after.qty === before.qty ? [] : schedulePatches(line, after.qty, read)),
  ];
};
