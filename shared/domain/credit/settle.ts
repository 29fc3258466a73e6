/** What a payment settles of an invoice that is in other money (M6). Minor units, each of its own currency. */

/** Money of a payment as money of an invoice, and the other way, by the rates of one day. */
export type Exchange = { readonly there: (amount: bigint) => bigint; readonly back: (amount: bigint) => bigint };

/** `taken` of the payment, `settled` of the invoice. */
export type Settled = { readonly taken: bigint; readonly settled: bigint };

/** What an amount of a payment settles of what is open: no more than that, and where it is enough all of it, to the last unit. */
export const settleOpen = (amount: bigint, open: bigint, { there, back }: Exchange): Settled => {
  const whole = back(open);
  if (amount >= whole) return { taken: whole, settled: open };
  const worth = there(amount);
  return { taken: amount, settled: worth < open ? worth : open };
};
