/**
 * What may be recorded of a schedule line (F1 to F5). Events are only ever added, in any order, on several devices: each
 * is judged by what stands when it comes, and one that would be wrong is refused, kept for review and changes nothing.
 * So `delivered <= shipped` and the rest of F1 hold through any sequence. A negative quantity reopens what was cancelled
 * or closed short; nothing else is taken back but by a return.
 */
import { bucketsOf, type Buckets, type FulfilmentEvent } from '../fulfilment.ts';
import { shareOf, type Tolerance } from './tolerance.ts';

/** Goods are delivered; a service is complete by acceptance or invoice and is never shipped (F3). */
export type LineNature = 'goods' | 'service';

/** Quantity in millionths. */
export type FulfilmentLine = { readonly ordered: bigint; readonly nature: LineNature; readonly tolerance: Tolerance };

export type FulfilmentRefusal = {
  readonly code: 'ZERO' | 'NEGATIVE' | 'SERVICE' | 'TOO_MUCH';
  /** The most that may be recorded now; of a reopening, the most that may be taken back. */
  readonly most: bigint;
};

const atLeastZero = (value: bigint): bigint => (value > 0n ? value : 0n);

/** What may still go out: what is open, and what the customer takes beyond it; of what was cancelled whole, nothing. */
const shippable = ({ ordered, tolerance }: FulfilmentLine, now: Buckets): bigint => {
  const wanted = atLeastZero(ordered - now.cancelled);
  return atLeastZero(wanted + shareOf(wanted, tolerance.over) - now.shipped - now.short_closed);
};

/** What there is to accept and to bill: of goods what went out, of a service all that is still wanted. */
const performed = ({ ordered, nature }: FulfilmentLine, now: Buckets): bigint =>
  nature === 'goods' ? now.shipped : atLeastZero(ordered - now.cancelled - now.short_closed);

/** Nobody cancels what was done: of a service, what was accepted or billed. */
const cancellable = ({ nature }: FulfilmentLine, now: Buckets): bigint => {
  const done = now.accepted > now.invoiced ? now.accepted : now.invoiced;
  return nature === 'goods' ? now.open : atLeastZero(now.open - done);
};

const mostOf = (line: FulfilmentLine, now: Buckets, kind: FulfilmentEvent['kind']): bigint => {
  switch (kind) {
    case 'shipped':
      return shippable(line, now);
    case 'delivered':
      return now.shipped - now.delivered;
    case 'accepted':
      return (line.nature === 'goods' ? now.delivered : performed(line, now)) - now.accepted;
    case 'returned':
      return now.delivered - now.returned;
    case 'cancelled':
    case 'short_closed':
      return cancellable(line, now);
    case 'invoiced':
      return performed(line, now) - now.invoiced;
    case 'credited':
      return now.invoiced - now.credited;
  }
};

const isGoodsOnly = (kind: FulfilmentEvent['kind']): boolean => kind === 'shipped' || kind === 'delivered' || kind === 'returned';

/** The most of a kind that may be recorded now. */
export const mostFor = (line: FulfilmentLine, now: Buckets, kind: FulfilmentEvent['kind']): bigint =>
  line.nature === 'service' && isGoodsOnly(kind) ? 0n : atLeastZero(mostOf(line, now, kind));

/** Why an event may not be recorded; null where it may. */
export const judgeFulfilment = (line: FulfilmentLine, now: Buckets, { kind, qty }: FulfilmentEvent): FulfilmentRefusal | null => {
  const amount = BigInt(qty);
  if (amount === 0n) return { code: 'ZERO', most: 0n };
  if (line.nature === 'service' && isGoodsOnly(kind)) return { code: 'SERVICE', most: 0n };
  if (amount < 0n) {
    if (kind !== 'cancelled' && kind !== 'short_closed') return { code: 'NEGATIVE', most: 0n };
    return -amount > now[kind] ? { code: 'TOO_MUCH', most: now[kind] } : null;
  }
  const most = mostFor(line, now, kind);
  return amount > most ? { code: 'TOO_MUCH', most } : null;
};

/** The buckets of a line after its events in the order of their stamps, and those that were wrong where they stood. */
export const foldFulfilments = (
  line: FulfilmentLine,
  events: readonly FulfilmentEvent[],
): { readonly buckets: Buckets; readonly refused: readonly FulfilmentEvent[] } => {
  const taken: FulfilmentEvent[] = [];
  const refused: FulfilmentEvent[] = [];
  let buckets = bucketsOf(line.ordered, []);
  for (const event of events) {
    if (judgeFulfilment(line, buckets, event) !== null) refused.push(event);
    else {
      taken.push(event);
      buckets = bucketsOf(line.ordered, taken);
    }
  }
  return { buckets, refused };
};
