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
  readonly buckets: Buckets;
  /** What the whole ordered quantity comes to, its share of the order's discount taken off. */
  readonly net: bigint;
  /** That share, and what of it stands on invoices. */
  readonly off: bigint;
  readonly offBilled: bigint;
  /** Billed and credited so far. */
  readonly billed: bigint;
  readonly credited: bigint;
};

/** `off`: what of the order's discount is taken off the amount already (M5). */
export type BilledLine = { readonly line: string; readonly qty: bigint; readonly amount: bigint; readonly off: bigint };
type CreditedLine = Omit<BilledLine, 'off'>;

/** What of a line is a quantity's, in proportion: the parts of a line never add up to more than the line. */
const partOf = (whole: bigint, qty: bigint, { buckets }: BillableLine): bigint =>
  buckets.ordered === 0n ? 0n : divideRounded(whole * qty, buckets.ordered);

/** What should have been billed for all that was done, less what was. So rounding never adds up. */
const openAmount = (qty: bigint, line: BillableLine): bigint => {
  const { buckets, billed, net } = line;
  return partOf(net, buckets.invoiced + qty, line) - billed;
};

const openDiscount = (qty: bigint, line: BillableLine): bigint =>
  partOf(line.off, line.buckets.invoiced + qty, line) - line.offBilled;

/** The next invoice: what was done and not billed, by quantity, and amounts billed short. Lines with nothing are left out. */
export const invoiceFor = (lines: readonly BillableLine[]): readonly BilledLine[] =>
  lines
    .map((line) => {
      const qty = billableOf(line.nature, line.buckets);
      return { line: line.id, qty, amount: openAmount(qty, line), off: openDiscount(qty, line) };
    })
    .filter(({ qty, amount }) => qty > 0n || amount > 0n);

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
