/**
 * Invoices and credit notes from what was done (F3, F5, K1). Quantity and amount are two accounts: a price that changed
 * leaves no quantity unbilled, and an amount billed short leaves something to bill though the quantity is.
 */
import { billableOf, creditableOf } from '../fulfil/complete.ts';
import type { LineNature } from '../fulfil/record.ts';
import type { Buckets } from '../fulfilment.ts';
import { divideRounded } from '../decimal.ts';

/** Quantities in millionths (in the buckets), amounts in minor units. */
export type BillableLine = {
  readonly id: string;
  readonly nature: LineNature;
  /** `ordered` is what is wanted: what was cancelled is not in it. */
  readonly buckets: Buckets;
  /** What the whole wanted quantity comes to, its share of the order's discount taken off. */
  readonly net: bigint;
  /** That share, and what of it stands on invoices. */
  readonly off: bigint;
  readonly offBilled: bigint;
  /** Billed with a quantity, and credited, so far. */
  readonly billed: bigint;
  readonly credited: bigint;
  /** Of the billed quantity, what was credited again. */
  readonly creditedQty: bigint;
  /** The quantities that were billed, in their order, each with what came back of it. */
  readonly pieces: readonly BilledPiece[];
  /** Given back as an amount alone, whatever for: a price that was cut is not given twice. */
  readonly forgiven: bigint;
  /** Differences that were billed without a quantity; below zero what was taken off again since an amendment. */
  readonly adjusted: bigint;
};

/** A quantity as one invoice billed it. Millionths, and minor units. */
export type BilledPiece = { readonly qty: bigint; readonly amount: bigint; readonly creditedQty: bigint };

/** `off`: what of the order's discount is taken off the amount already (M5). Without a quantity it is a difference (O5). */
export type BilledLine = { readonly line: string; readonly qty: bigint; readonly amount: bigint; readonly off: bigint };
type CreditedLine = Omit<BilledLine, 'off'>;

/** What of a line is a quantity's, in proportion: the parts of a line never add up to more than the line. */
const partOf = (whole: bigint, qty: bigint, { buckets }: BillableLine): bigint =>
  buckets.ordered === 0n ? 0n : divideRounded(whole * qty, buckets.ordered);

/** Of the differences, what was of the quantity that came back: each unit has the difference of the invoice it was billed on. */
const differenceGone = (line: BillableLine): bigint => {
  const ofPieces = line.pieces.reduce((sum, { qty }) => sum + qty, 0n);
  // What another system billed comes before what was billed here.
  let before = line.buckets.invoiced - ofPieces;
  return line.pieces.reduce((gone, { qty, amount, creditedQty }) => {
    const due = partOf(line.net, before + qty, line) - partOf(line.net, before, line);
    before += qty;
    return creditedQty === 0n ? gone : gone + divideRounded((due - amount) * creditedQty, qty);
  }, 0n);
};

/**
 * What was billed short, or below zero beyond what the order says by now (O5), of the quantity that was billed and kept: what
 * came back was credited at what it was billed for.
 */
const differenceOf = (line: BillableLine): bigint => {
  const { invoiced } = line.buckets;
  const kept = partOf(line.net, invoiced, line) - line.billed - differenceGone(line);
  const open = kept - line.adjusted;
  if (open >= 0n) return open;
  return open + line.forgiven < 0n ? open + line.forgiven : 0n;
};

/** A difference that adds to a quantity is in its amount, so that rounding never adds up; one that takes off is a line of its own. */
const openOf = (line: BillableLine): readonly BilledLine[] => {
  const { id, buckets, creditedQty, adjusted, off, offBilled } = line;
  const qty = billableOf(line.nature, buckets);
  const difference = differenceOf(line);
  const before = partOf(line.net, buckets.invoiced, line);
  const own = partOf(line.net, buckets.invoiced + qty, line) - before;
  const discount =
    partOf(off, buckets.invoiced + qty, line) - (adjusted === 0n ? offBilled : partOf(off, buckets.invoiced, line));
  if (qty > 0n && difference >= 0n && creditedQty === 0n) return [{ line: id, qty, amount: own + difference, off: discount }];
  const ownDiscount = partOf(off, buckets.invoiced + qty, line) - partOf(off, buckets.invoiced, line);
  return [
    ...(qty > 0n ? [{ line: id, qty, amount: own, off: ownDiscount }] : []),
    ...(difference === 0n ? [] : [{ line: id, qty: 0n, amount: difference, off: discount - ownDiscount }]),
  ];
};

/**
 * The next invoice: what was done and not billed, by quantity, and the differences of what was billed: short, or beyond what
 * the order comes to since it was amended. Lines with nothing are left out.
 */
export const invoiceFor = (lines: readonly BillableLine[]): readonly BilledLine[] => lines.flatMap(openOf);

/**
 * What is billed and what is credited: what was billed beyond the order is taken off the next invoice, and where that would
 * come to less than nothing, it is credited instead.
 * @param totalOf what an invoice of lines comes to, charges and tax with it
 */
export const billNext = (
  lines: readonly BilledLine[],
  totalOf: (lines: readonly BilledLine[]) => bigint,
): { readonly invoice: readonly BilledLine[]; readonly credit: readonly BilledLine[] } =>
  lines.every(({ amount }) => amount >= 0n) || totalOf(lines) >= 0n
    ? { invoice: lines, credit: [] }
    : {
        invoice: lines.filter(({ amount }) => amount >= 0n),
        credit: lines.flatMap((one) => (one.amount < 0n ? [{ ...one, amount: -one.amount }] : [])),
      };

/** The next credit note: what came back after it was billed, at what it was billed for on average. */
export const creditFor = (lines: readonly BillableLine[]): readonly CreditedLine[] =>
  lines
    .map((line) => {
      const qty = creditableOf(line.buckets);
      const { invoiced, credited } = line.buckets;
      const due = invoiced === 0n ? 0n : divideRounded(line.billed * (credited + qty), invoiced) - line.credited;
      return { line: line.id, qty, amount: due };
    })
    .filter(({ qty }) => qty > 0n);

/** Whether a line is billed: by quantity and by amount. */
export const isBilled = (line: BillableLine): boolean => invoiceFor([line]).length === 0;

/** Why a credit may not be given; null where it may. @param open billed and not credited, in minor units */
export const judgeCreditNote = (amount: bigint, open: bigint, reason: string): string | null => {
  if (amount <= 0n) return 'Say what amount is credited.';
  if (amount > open) return 'That is more than was billed and not credited.';
  return reason.trim() === '' ? 'Say why it is credited.' : null;
};
