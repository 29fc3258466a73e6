/** Whether several invoices bill one delivery, or one freight (F3): two devices that had not met may each have billed it. */

/** What an invoice bills of an order line, and what of that was credited; quantities in millionths, amounts in minor units. */
export type BilledPart = {
  readonly invoice: string;
  readonly qty: bigint;
  readonly amount: bigint;
  readonly credited: { readonly qty: bigint; readonly amount: bigint };
};

/** What is still billed of it. A part whose whole amount was credited is billed no more, whether its quantity was credited or not. */
export const stillBilled = ({ qty, amount, credited }: BilledPart): bigint =>
  amount > 0n && credited.amount >= amount ? 0n : qty - credited.qty;

/** @param done what was delivered of the order line, or accepted, in millionths */
export const isBilledTwice = (parts: readonly BilledPart[], done: bigint): boolean =>
  new Set(parts.map(({ invoice }) => invoice)).size > 1 && parts.reduce((sum, part) => sum + stillBilled(part), 0n) > done;

/**
 * @param freights what each invoice of an order bills of it @param agreed the freight of the order
 * @param credited by amount alone, of lines that still stand: what else there is to credit has a quantity. Minor units
 */
export const isFreightTwice = (freights: readonly bigint[], agreed: bigint, credited: bigint): boolean =>
  freights.filter((freight) => freight > 0n).length > 1 &&
  freights.reduce((sum, freight) => sum + freight, 0n) > agreed + credited;
