/**
 * Confirmed orders by which their account is beyond its credit limit, though nobody saw that when they were confirmed: each
 * was within it on its own device, or the limit came down, or an invoice went up (K2). Worked out where it is asked, never
 * written: every device comes to the same. Such an order is as one on hold until the account has room again, or until it is
 * released by who may; one that is held for credit already, or was released for what it comes to, is not held twice, and
 * answers for its part alone.
 */
import { ordersBeyond, type OrderBeyond } from '../../../../shared/domain/credit/exposure.ts';
import type { Reader, StoredRow } from '../../store/api.ts';
import { creditNow } from '../credit/standing.ts';
import { schedulesOf } from '../fulfilment/schedules.ts';
import { isCreditReleased, LIFTED, standingHolds } from './holds.ts';

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

const isHeldOrReleased = (order: string, read: Reader, today: string): boolean =>
  isHeldBack(order, read, today) || isCreditReleased(order, read, today);

/** Whether somebody agreed once that an order goes out beyond the limit: what was billed of it is owed by that, for whatever day it was. */
const wasReleased = (order: unknown, read: Reader): boolean =>
  typeof order === 'string' &&
  read
    .children('order_holds', order)
    .some(({ reason, released_on: on, release_why: why }) => reason === 'credit' && typeof on === 'string' && why !== LIFTED);

/** Null where the account has room, or all that is beyond it is held or was released. */
export const overLimitOf = (account: StoredRow, read: Reader, asked: Asked): OverLimit | null => {
  const { credit, currency, orders, open, overWhy: why } = creditNow(account, read, asked);
  if (credit.room === null || credit.room >= 0n) return null;
  // What was billed of a released order left the orders, and is beyond the limit as agreed all the same.
  const over = open
    .filter(({ id }) => wasReleased(read.get('invoices', id)?.['order_id'], read))
    .reduce((left, invoice) => left - invoice.open, -credit.room);
  const beyond = ordersBeyond(orders, over, (id) => isHeldOrReleased(id, read, asked.today)).filter(
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
