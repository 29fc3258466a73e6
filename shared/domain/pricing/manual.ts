/**
 * Prices that a person set (P8). They stay, whatever changes on the line; what the prices would say now stands beside
 * them, to be taken over with one key. All other prices follow.
 */
import type { Trace } from './trace.ts';

/** Who a line's price is by: a person, or the prices; null = it came with the line and is left as it is. */
export type PricedBy = 'hand' | 'engine' | null;

export type LinePrice = {
  readonly price: number | null;
  readonly by: PricedBy;
  /** What the prices say, where a person said something else. */
  readonly enginePrice: number | null;
};

/** What a line's price is after its product, quantity, customer, date or unit has changed. */
export const settlePrice = (line: LinePrice, { price }: Pick<Trace, 'price'>): LinePrice => {
  if (line.by === 'engine') return { price, by: 'engine', enginePrice: null };
  return line.by === 'hand' ? { ...line, enginePrice: price } : line;
};

/** A price somebody typed, or took away; writing what the prices say anyway is leaving it to them. */
export const typedPrice = (price: number | null, { price: says }: Pick<Trace, 'price'>): LinePrice =>
  price === says ? { price, by: 'engine', enginePrice: null } : { price, by: 'hand', enginePrice: says };

/** “The prices now say X”, where that differs from what stands on the line; else null. */
export const engineSays = ({ price, by, enginePrice }: LinePrice): number | null =>
  by === 'hand' && enginePrice !== null && enginePrice !== price ? enginePrice : null;
