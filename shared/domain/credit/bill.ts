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
  /** What the whole ordered quantity comes to. */
  readonly net: bigint;
  /** Billed and credited so far. */
  readonly billed: bigint;
  readonly credited: bigint;
};

export type BilledLine = { readonly line: string; readonly qty: bigint; readonly amount: bigint };

/** What a quantity of a line comes to, in proportion: the parts of a line never add up to more than the line. */
const amountFor = (qty: bigint, { net, buckets }: BillableLine): bigint =>
  buckets.ordered === 0n ? 0n : divideRounded(net * qty, buckets.ordered);

/** What should have been billed for all that was done, less what was. So rounding never adds up. */
const openAmount = (qty: bigint, line: BillableLine): bigint => {
  const { buckets, billed } = line;
  return amountFor(buckets.invoiced + qty, line) - billed;
};

/** The next invoice: what was done and not billed, by quantity, and amounts billed short. Lines with nothing are left out. */
export const invoiceFor = (lines: readonly BillableLine[]): readonly BilledLine[] =>
  lines
    .map((line) => {
      const qty = billableOf(line.nature, line.buckets);
      return { line: line.id, qty, amount: openAmount(qty, line) };
    })
    .filter(({ qty, amount }) => qty > 0n || amount > 0n);

/** The next credit note: what came back after it was billed, at what it was billed for on average. */
export const creditFor = (lines: readonly BillableLine[]): readonly BilledLine[] =>
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
