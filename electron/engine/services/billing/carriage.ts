/** What the customer of an order is charged for its bookings (B4), beside the freight that its invoices carry. */
import type { Queries } from '../../../../shared/contract/index.ts';
import type { Reader, StoredRow } from '../../store/api.ts';
import { countedCharges } from '../booking/in-force.ts';
import { documentById } from '../orders/orders.ts';
import { currencyOf } from '../records/fields.ts';
import { bigOf, rowsBy, sumOf, textOf } from './receivables.ts';

type Carriage = {
  readonly currency: string;
  /** The bookings somebody is charged for, by number. */
  readonly bookings: readonly string[];
  /** Minor units, all three; `missing` is what is charged beyond the freight and so on no invoice. */
  readonly charged: bigint;
  readonly freight: bigint;
  readonly missing: bigint;
};

/** A booking that was cancelled charges nothing, and other money than the order's is not added to it. */
export const carriageOf = (order: StoredRow, read: Reader): Carriage => {
  const currency = currencyOf('orders', order, read) ?? '';
  const charges = rowsBy('bookings', 'order_id', order.id, read)
    .filter((booking) => booking['status'] !== 'cancelled' && (currencyOf('bookings', booking, read) ?? '') === currency)
    .map((booking) => ({
      number: textOf(booking['number']) ?? 'a booking',
      charge: sumOf(countedCharges(booking, read), ({ charge }) => bigOf(charge)),
    }))
    .filter(({ charge }) => charge !== 0n);
  const charged = sumOf(charges, ({ charge }) => charge);
  const freight = bigOf(order['freight']);
  return {
    currency,
    bookings: charges.map(({ number }) => number),
    charged,
    freight,
    missing: charged > freight ? charged - freight : 0n,
  };
};

export const carriageQueries = ({ read }: { readonly read: Reader }): Pick<Queries, 'orders.carriage'> => ({
  'orders.carriage': ({ id }) => {
    const { charged, freight, missing, ...of } = carriageOf(documentById('orders', read, id), read);
    return { ...of, bookings: [...of.bookings], charged: String(charged), freight: String(freight), missing: String(missing) };
  },
});
