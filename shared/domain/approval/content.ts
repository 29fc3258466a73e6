/**
 * What an approval is an approval of (A3): the commercial content of a document as one text, the same on every device
 * and in whatever order its lines come. The engine hashes it; any change gives another text and voids what was agreed.
 */
import { canonicalJson } from '../canonical.ts';

/** Quantity, price and discount in millionths. */
export type CommercialLine = {
  readonly id: string;
  readonly product: string;
  readonly description: string | null;
  readonly qty: number;
  readonly uom: string | null;
  readonly price: number | null;
  readonly discount: number;
  readonly taxCode: string | null;
  /** What can be chosen by it; null where there is nothing to choose. */
  readonly option: { readonly group: string | null; readonly isOptional: boolean; readonly isChosen: boolean } | null;
};

export type CommercialContent = {
  readonly account: string;
  readonly currency: string;
  readonly terms: string | null;
  readonly incoterm: string | null;
  readonly validTo: string | null;
  /** Minor units. */
  readonly discount: number;
  readonly charges: readonly { readonly code: string; readonly amount: number | null }[];
  /** Wording that is not the standard one. */
  readonly text: string | null;
  /** Left out where each line is rounded as a whole, as content was hashed before there was a choice (M2). */
  readonly work?: 'unit';
  readonly lines: readonly CommercialLine[];
};

const byKey = <T>(list: readonly T[], keyOf: (one: T) => string): readonly T[] =>
  list.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0));

/** The text that is hashed. Throws a RangeError on an amount that is no exact integer. */
export const commercialText = (content: CommercialContent): string =>
  canonicalJson({
    ...content,
    charges: byKey(content.charges, ({ code, amount }) => `${code} ${amount}`),
    lines: byKey(content.lines, ({ id }) => id),
  });
