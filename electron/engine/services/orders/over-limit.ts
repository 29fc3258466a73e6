/**
 * Confirmed orders by which their account is beyond its credit limit, though nobody saw that when they were confirmed: each
 * was within it on its own device, or the limit came down, or an invoice went up (K2). Worked out where it is asked, never
 * written: every device comes to the same. Such an order is as one on hold until the account has room again, or until it is
 * released by who may; one that is held for credit already, or was released for what it comes to, is not held twice, and
 * answers for its part alone: what nobody agreed to when it was released is that of the others.
 */
import { ordersBeyond, unbilledOf, type OrderBeyond, type ReleasedOrder } from '../../../../shared/domain/credit/exposure.ts';
import type { Reader, StoredRow } from '../../store/api.ts';
import { creditNow, roomWith } from '../credit/standing.ts';
import { schedulesOf } from '../fulfilment/schedules.ts';
import { creditReleaseOf, isCreditReleased, standingHolds } from './holds.ts';

type Asked = { readonly today: string; readonly locale: string };

/** Each with its part of what is beyond, in minor units of the currency the account is judged in. */
export type OverLimit = {
  readonly orders: readonly OrderBeyond[];
  readonly currency: string;
  readonly why: string;
};

const hasGoneOut = (order: string, read: Reader): boolean =>
  read
    .children('order_lines', order)
    .some(({ id }) =>
      schedulesOf(id, read).some(({ now: { shipped, delivered, accepted } }) => shipped + delivered + accepted > 0n),
    );

/** What has gone out is owed, held or not: whoever may hold an order frees no other by one that is with its customer. */
const isHeldBack = (order: string, read: Reader, today: string): boolean =>
  standingHolds(order, read, today).some(({ reason }) => reason === 'credit') && !hasGoneOut(order, read);

type Turn = 'held' | 'released' | 'open';

const turnOf = (order: string, read: Reader, today: string): Turn => {
  if (isHeldBack(order, read, today)) return 'held';
  return isCreditReleased(order, read, today) ? 'released' : 'open';
};

type Now = ReturnType<typeof creditNow>;

/** What is open of an order that somebody released once beyond the limit, in its invoices and to be billed: it is owed by that, for whatever day it was. */
const releasedOrders = (orders: Now['orders'], { open, currency }: Now, read: Reader): readonly ReleasedOrder[] => {
  const sums = new Map<string, bigint>();
  const add = (order: unknown, amount: bigint): void => {
    if (typeof order === 'string') sums.set(order, (sums.get(order) ?? 0n) + amount);
  };
  for (const invoice of open) add(read.get('invoices', invoice.id)?.['order_id'], invoice.open);
  for (const order of orders) add(order.id, unbilledOf(order));
  return [...sums].flatMap(([id, amount]) => {
    const release = creditReleaseOf(id, currency, read);
    return release === null ? [] : [{ id, open: amount, ...release }];
  });
};

/** Null where the account has room, or all that is beyond it is held or was agreed to. */
export const overLimitOf = (account: StoredRow, read: Reader, asked: Asked): OverLimit | null => {
  const now = creditNow(account, read, asked);
  const { room } = now.credit;
  if (room === null || room >= 0n) return null;
  const { currency, overWhy: why } = now;
  const turns = now.orders.map((order) => ({ order, turn: turnOf(order.id, read, asked.today) }));
  const of = (wanted: Turn) => turns.flatMap(({ order, turn }) => (turn === wanted ? [order] : []));
  const released = releasedOrders(of('released'), now, read);
  const beyond = ordersBeyond({ held: of('held'), released, open: of('open') }, -room).filter(
    ({ id }) => read.get('orders', id)?.['status'] === 'confirmed',
  );
  return beyond.length === 0 ? null : { orders: beyond, currency, why };
};

/** Why an order is as one on hold, in words; null where it is not. */
export const overLimitHold = (order: StoredRow, read: Reader, asked: Asked): string | null => {
  const account = typeof order['account_id'] === 'string' ? read.get('accounts', order['account_id']) : undefined;
  if (account === undefined || order['status'] !== 'confirmed') return null;
  const found = overLimitOf(account, read, asked);
  return found?.orders.some(({ id }) => id === order.id) === true ? found.why : null;
};

const nothingBeyond = { over: 0n, currency: '' };

/**
 * By how much the limit is passed with an order as if it were confirmed, as whoever releases it agrees to (K2): also with those that were
 * released before it and are yet to be confirmed, and without those that are held, which pass it only once somebody releases them.
 * Minor units.
 */
export const beyondWith = (
  order: StoredRow,
  read: Reader,
  asked: Asked,
): { readonly over: bigint; readonly currency: string } => {
  const [account, own] = [read.get('accounts', String(order['account_id'])), roomWith(order, read, asked)];
  if (account === undefined || own === null) return nothingBeyond;
  const { orders, credit } = creditNow(account, read, asked);
  const owed = new Set(orders.map(({ id }) => id));
  const held = orders
    .filter(({ id }) => id !== order.id && turnOf(id, read, asked.today) === 'held')
    .reduce((sum, one) => sum + unbilledOf(one), 0n);
  const awaited = read
    .match('orders', 'account_id', account.id)
    .filter((id) => id !== order.id && !owed.has(id) && isCreditReleased(id, read, asked.today))
    .reduce((sum, id) => {
      const released = read.get('orders', id);
      const room = released === undefined ? undefined : roomWith(released, read, asked)?.room;
      return sum + (room === undefined ? 0n : (credit.room ?? 0n) - room);
    }, 0n);
  const over = awaited - own.room - held;
  return { over: over > 0n ? over : 0n, currency: own.currency };
};
