/**
 * What of an order line is left to book: what was ordered, without what was cancelled or closed short, what bookings take,
 * and what went out without one. Goods that go out belong to the bookings made before them, oldest first; of a booking that
 * arrived with less than it took, what went with it counts, so the rest can be booked again. Quantities are millionths.
 */

/** Keys are ids, which stand in the order things were made. */
type Made = { readonly key: string; readonly qty: bigint };
export type Taken = Made & { /** It arrived: nothing more goes with it. */ readonly isOver: boolean };

type Line = {
  readonly ordered: bigint;
  /** Cancelled or closed short. */
  readonly settled: bigint;
  /** Below zero = taken back. */
  readonly shipped: readonly Made[];
  readonly taken: readonly Taken[];
};

type Open = Taken & { went: bigint };

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const byKey = (a: Made, b: Made): number => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);

export const leftToBook = ({ ordered, settled, shipped, taken }: Line): bigint => {
  const bookings: readonly Open[] = taken.toSorted(byKey).map((one) => ({ ...one, went: 0n }));
  let loose = 0n;
  for (const { key, qty } of shipped.toSorted(byKey)) {
    let rest = qty;
    if (rest < 0n) {
      const back = least(loose, -rest);
      [loose, rest] = [loose - back, rest + back];
    }
    const before = bookings.filter((booking) => booking.key < key);
    for (const booking of rest < 0n ? before.toReversed() : before) {
      const part = rest < 0n ? -least(booking.went, -rest) : least(booking.qty - booking.went, rest);
      booking.went += part;
      rest -= part;
    }
    if (rest > 0n) loose += rest;
  }
  const booked = bookings.reduce((sum, { qty, went, isOver }) => sum + (isOver && went > 0n ? went : qty), 0n);
  const left = ordered - settled - loose - booked;
  return left > 0n ? left : 0n;
};
