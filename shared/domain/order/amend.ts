/**
 * Changes of a confirmed order (O5): numbered, with before and after, never a typed-over cell. What was promised first
 * stays for measuring; what was sent cannot be ordered away.
 */
import type { Buckets } from '../fulfilment.ts';

/** Quantities, price and discount in millionths. */
export type AmendedValues = {
  readonly qty: bigint;
  readonly price: number;
  readonly discount: number;
  readonly promised: string | null;
};

export type AmendableLine = AmendedValues & {
  readonly id: string;
  readonly promisedOriginal: string | null;
  /** Of a line at the price of a quote: what that quote holds for it (P2). */
  readonly quoted: bigint | null;
  readonly buckets: Buckets;
};

export type Amendment = {
  readonly id: string;
  readonly line: string;
  /** Counted by order, from 1. */
  readonly number: number;
  readonly before: AmendedValues;
  readonly after: AmendedValues;
  /** A code; a change of the promised day needs one. */
  readonly reason: string | null;
};

export type AmendRefusal =
  | { readonly code: 'NO_CHANGE' | 'BELOW_SHIPPED' | 'NO_REASON' | 'NEGATIVE' | 'DISCOUNT' | 'NO_DAY'; readonly least: bigint }
  | { readonly code: 'QUOTE_EXCESS'; readonly quoted: bigint };

/** 100 %, in millionths. */
const ALL = 1_000_000;

const settledOf = ({ shipped, cancelled, short_closed, accepted, invoiced }: Buckets): bigint => {
  const done = [shipped, accepted, invoiced].reduce((most, one) => (one > most ? one : most), 0n);
  return done + cancelled + short_closed;
};

const isSame = (a: AmendedValues, b: AmendedValues): boolean =>
  a.qty === b.qty && a.price === b.price && a.discount === b.discount && a.promised === b.promised;

const valuesOf = ({ qty, price, discount, promised }: AmendedValues): AmendedValues => ({ qty, price, discount, promised });

/** Whether a line comes to be further beyond its quote, at the price that was quoted for less (P2). */
export const extendsQuote = (line: Pick<AmendableLine, 'qty' | 'price' | 'quoted'>, after: AmendedValues): boolean =>
  line.quoted !== null && after.qty > line.quoted && after.qty > line.qty && after.price === line.price;

/** Why a line may not be changed so; null where it may. `least`: the quantity that is settled already. */
export const judgeAmendment = (line: AmendableLine, after: AmendedValues, reason: string | null): AmendRefusal | null => {
  const least = settledOf(line.buckets);
  if (isSame(line, after)) return { code: 'NO_CHANGE', least };
  if (after.qty < 0n || after.price < 0) return { code: 'NEGATIVE', least };
  if (after.discount < 0 || after.discount > ALL) return { code: 'DISCOUNT', least };
  if (after.promised === null && line.promised !== null) return { code: 'NO_DAY', least };
  // More than was ordered may have gone out: that is no reason to leave the price as it is.
  if (after.qty < least && after.qty < line.qty) return { code: 'BELOW_SHIPPED', least };
  if ((reason ?? '').trim() !== '') return null;
  if (after.promised !== line.promised) return { code: 'NO_REASON', least };
  return line.quoted !== null && extendsQuote(line, after) ? { code: 'QUOTE_EXCESS', quoted: line.quoted } : null;
};

/** The next amendment of an order. @param all those it has, of any of its lines */
export const amend = (
  all: readonly Amendment[],
  line: AmendableLine,
  after: AmendedValues,
  { id, reason }: { readonly id: string; readonly reason: string | null },
): Amendment => ({
  id,
  line: line.id,
  number: all.reduce((most, { number }) => Math.max(most, number), 0) + 1,
  before: valuesOf(line),
  after: valuesOf(after),
  reason,
});

/** A change of quantity, price or discount is looked at again as if it were offered (A2); a day alone is not. */
export const needsApproval = ({ before, after }: Pick<Amendment, 'before' | 'after'>): boolean =>
  before.qty !== after.qty || before.price !== after.price || before.discount !== after.discount;

type Amended = {
  readonly values: AmendedValues;
  readonly promisedOriginal: string | null;
  /** Made on something else than what stood: somebody else was earlier. For review. */
  readonly review: readonly Amendment[];
};

/** A line after its amendments, in the order of their numbers, then ids. The last one holds, a crossing is listed. */
export const applyAmendments = (
  confirmed: AmendedValues & { readonly promisedOriginal: string | null },
  amendments: readonly Amendment[],
): Amended => {
  const ordered = amendments.toSorted((a, b) => a.number - b.number || (a.id < b.id ? -1 : 1));
  const review: Amendment[] = [];
  let values = valuesOf(confirmed);
  for (const one of ordered) {
    if (!isSame(one.before, values)) review.push(one);
    values = valuesOf(one.after);
  }
  return { values, promisedOriginal: confirmed.promisedOriginal ?? confirmed.promised, review };
};
