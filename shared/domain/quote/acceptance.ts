/**
 * What of a quote was accepted, and what of that became an order (Q5). Order lines keep the line they came from and
 * take its price, discount and tax code exactly as quoted; what goes beyond the quoted quantity is priced anew (P2).
 */
import { isCounted, type OptionLine } from './options.ts';
import { expiredDays } from './validity.ts';

/** Quantities, price and discount in millionths. */
export type QuotedLine = OptionLine & {
  readonly product: string;
  readonly uom: string | null;
  readonly qty: bigint;
  readonly price: number;
  readonly discount: number;
  readonly taxCode: string | null;
  /** Of the quantity, what the customer said yes to; null = nothing was said of this line. */
  readonly accepted: bigint | null;
  readonly ordered: bigint;
};

/** What the customer says of lines: the quantity taken, 0 = no. Lines that are not named are not taken. */
export type Answer = ReadonlyMap<string, bigint>;

type Acceptance = { readonly refusal: string | null; readonly status: 'accepted' | 'partly_accepted' | null };

const refuse = (refusal: string): Acceptance => ({ refusal, status: null });

/** A line is taken whole by its own quantity, or by that of the alternative the customer preferred. */
const isTakenWhole = (line: QuotedLine, lines: readonly QuotedLine[], taken: (line: QuotedLine) => bigint): boolean =>
  lines.some((one) => (one === line || (line.group !== null && one.group === line.group)) && taken(one) === one.qty);

/** Whether an answer takes the whole quote or a part of it; refused where it takes what was not offered. */
export const judgeAnswer = (lines: readonly QuotedLine[], answer: Answer): Acceptance => {
  const taken = (line: QuotedLine): bigint => answer.get(line.id) ?? 0n;
  if ([...answer.keys()].some((id) => !lines.some((line) => line.id === id)))
    return refuse('A line that is not on the quote was named.');
  if (lines.some((line) => taken(line) < 0n)) return refuse('A quantity is below zero.');
  if (lines.some((line) => taken(line) > line.qty))
    return refuse('More than was quoted. The rest is a new line with a price of its own.');
  const groups = lines.filter((line) => taken(line) > 0n && line.group !== null).map(({ group }) => group);
  if (new Set(groups).size < groups.length) return refuse('Two alternatives of one group cannot both be accepted.');
  if (lines.every((line) => taken(line) === 0n)) return refuse('Nothing is accepted. Reject the quote, or name a line.');
  const isWhole = lines.filter(isCounted).every((line) => isTakenWhole(line, lines, taken));
  return { refusal: null, status: isWhole ? 'accepted' : 'partly_accepted' };
};

/** Accepted and not ordered yet. Never below zero: two devices may have ordered the same. */
export const remainingOf = ({ accepted, ordered }: Pick<QuotedLine, 'accepted' | 'ordered'>): bigint => {
  const left = (accepted ?? 0n) - ordered;
  return left > 0n ? left : 0n;
};

/** Why a quote may not become an order; null where it may. */
export const judgeConversion = (
  quote: { readonly status: string; readonly validTo: string | null },
  lines: readonly QuotedLine[],
  today: string,
): string | null => {
  const { status, validTo } = quote;
  if (status === 'superseded') return 'A later revision took its place. Make this one current first.';
  if (expiredDays(status, validTo, today) > 0) return `It was valid to ${validTo} and is expired. Revise it first.`;
  if (status === 'draft' || status === 'in_review' || status === 'approved') return 'It was not sent yet.';
  if (status === 'sent') return 'It was not accepted yet.';
  if (status !== 'accepted' && status !== 'partly_accepted') return `It was ${status}.`;
  return lines.some((line) => remainingOf(line) > 0n) ? null : 'All of it is on order already.';
};

/** An order line made of a quote's: null `quoteLine` = beyond what was quoted, with no price yet. */
export type OrderedLine = {
  readonly quoteLine: string | null;
  readonly product: string;
  readonly uom: string | null;
  readonly qty: bigint;
  readonly price: number | null;
  readonly discount: number | null;
  readonly taxCode: string | null;
};

/**
 * The order lines for what is wanted of a quote. Up to what remains they keep what was quoted; the excess is a line of
 * its own. @param wanted quantity by quote line; null = all that remains
 */
export const convert = (lines: readonly QuotedLine[], wanted: ReadonlyMap<string, bigint> | null): readonly OrderedLine[] =>
  lines.flatMap((line): readonly OrderedLine[] => {
    const remaining = remainingOf(line);
    const qty = wanted === null ? remaining : (wanted.get(line.id) ?? 0n);
    const quoted = qty < remaining ? qty : remaining;
    const { product, uom, price, discount, taxCode } = line;
    return [
      ...(quoted > 0n ? [{ quoteLine: line.id, product, uom, qty: quoted, price, discount, taxCode }] : []),
      ...(qty > quoted ? [{ quoteLine: null, product, uom, qty: qty - quoted, price: null, discount: null, taxCode: null }] : []),
    ];
  });
