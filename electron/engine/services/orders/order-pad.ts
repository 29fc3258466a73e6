/** The order pad (O2): what an account usually orders, from its own orders, to be typed into a draft. Reads only. */
import type { Queries } from '../../../../shared/contract/index.ts';
import { orderPad, type Bought, type PadRow } from '../../../../shared/domain/order/pad.ts';
import type { Reader, StoredRow } from '../../store/api.ts';

type Shown = Awaited<ReturnType<Queries['orders.pad']>>['rows'][number];

/** Orders looked at, newest first: what an account bought before is no habit any more. */
const MOST_ORDERS = 200;
/** A draft was not ordered, and what was cancelled was not wanted. */
const NO_HISTORY: readonly unknown[] = ['draft', 'cancelled'];

const dayOf = ({ ordered_on: day }: StoredRow): string => (typeof day === 'string' ? day : '');

const ordersOf = (account: string, read: Reader): readonly StoredRow[] =>
  read
    .match('orders', 'account_id', account)
    .flatMap((id) => read.get('orders', id) ?? [])
    .filter((order) => dayOf(order) !== '' && !NO_HISTORY.includes(order['status']))
    .toSorted((a, b) => (dayOf(a) < dayOf(b) ? 1 : -1))
    .slice(0, MOST_ORDERS);

const boughtOn = (order: StoredRow, read: Reader): readonly Bought[] =>
  read
    .children('order_lines', order.id)
    .flatMap(({ product_id: product, qty }) =>
      typeof product === 'string' && typeof qty === 'number' ? [{ product, on: dayOf(order), qty: BigInt(qty) }] : [],
    );

/** What an account bought, by order, the newest orders first. */
export const boughtBy = (account: string, read: Reader): readonly Bought[] =>
  ordersOf(account, read).flatMap((one) => boughtOn(one, read));

/** Quantities by product, of one order. */
const onOrder = (order: string | null, read: Reader): ReadonlyMap<string, bigint> => {
  const sums = new Map<string, bigint>();
  for (const { product_id: product, qty } of order === null ? [] : read.children('order_lines', order))
    if (typeof product === 'string' && typeof qty === 'number') sums.set(product, (sums.get(product) ?? 0n) + BigInt(qty));
  return sums;
};

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

const show = (row: PadRow, product: StoredRow, here: bigint): Shown => ({
  product: row.product,
  sku: textOf(product['sku']) ?? '',
  name: textOf(product['name']) ?? '',
  uom: textOf(product['uom']),
  last_on: row.lastOn,
  last_qty: String(row.lastQty),
  times: row.times,
  every_days: row.everyDays,
  is_usual: row.isUsual,
  is_not_lately: row.isNotLately,
  is_stopped: product['status'] === 'discontinued',
  suggested: String(row.suggested),
  here: String(here),
});

export const padQueries = ({
  read,
  today,
}: {
  readonly read: Reader;
  readonly today: () => string;
}): Pick<Queries, 'orders.pad'> => ({
  'orders.pad': ({ account, order }) =>
    read.together(() => {
      const bought = boughtBy(account, read);
      const products = new Map(
        [...new Set(bought.map(({ product }) => product))].flatMap((id) => {
          const product = read.get('products', id);
          return product === undefined ? [] : [[id, product] as const];
        }),
      );
      const packs = new Map(
        [...products].flatMap(([id, { pack_qty: pack }]) => (typeof pack === 'number' ? [[id, BigInt(pack)] as const] : [])),
      );
      const here = onOrder(order, read);
      const rows = orderPad(bought, packs, today()).flatMap((row) => {
        const product = products.get(row.product);
        return product === undefined ? [] : [show(row, product, here.get(row.product) ?? 0n)];
      });
      return { rows };
    }),
});
