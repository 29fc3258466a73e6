/** The same product twice on one order (O2): two lines where day, place or price differ, else one line is offered. */

/** Quantity, price and discount in millionths. */
export type MergeableLine = {
  readonly id: string;
  readonly product: string | null;
  readonly uom: string | null;
  readonly qty: bigint;
  readonly price: number | null;
  readonly discount: number;
  readonly requested: string | null;
  readonly site: string | null;
};

/** Lines that may become one: the first takes the quantity of all. */
export type MergeOffer = { readonly into: string; readonly from: readonly string[]; readonly qty: bigint };

const keyOf = ({ product, uom, price, discount, requested, site }: MergeableLine): string =>
  JSON.stringify([product, uom, price, discount, requested, site]);

/** What may be merged, in the order the lines stand. Only ever an offer. */
export const mergeOffers = (lines: readonly MergeableLine[]): readonly MergeOffer[] => {
  const groups = new Map<string, MergeableLine[]>();
  for (const line of lines) if (line.product !== null) groups.set(keyOf(line), [...(groups.get(keyOf(line)) ?? []), line]);
  return [...groups.values()].flatMap(([into, ...from]) =>
    into === undefined || from.length === 0
      ? []
      : [{ into: into.id, from: from.map(({ id }) => id), qty: from.reduce((sum, { qty }) => sum + qty, into.qty) }],
  );
};
