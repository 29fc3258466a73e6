/**
 * What the record of an amendment brings with it: an order that came to more is held where credit does not reach (K2), and one
 * at other prices where somebody else has to agree to them (A2, O5).
 */
import type { StorePatch } from '../../store/api.ts';
import { companyToday } from '../company/company.ts';
import { isCreditReleased, standingHolds } from '../orders/holds.ts';
import { isApproved, orderToApprove } from '../orders/order-approval.ts';
import { documentTotals } from '../orders/orders.ts';
import { creditOf } from '../credit/standing.ts';
import type { Settled, Work, Write } from './work.ts';

const creditHold = ({ change, read, deps }: Work): readonly StorePatch[] => {
  const { amends } = change;
  const order = amends === undefined ? undefined : read.get('orders', amends.order);
  if (amends === undefined || order === undefined) return [];
  if (BigInt(documentTotals('orders', read, order.id).total) <= amends.total) return [];
  const today = companyToday(read, deps.env);
  const isHeld = standingHolds(order.id, read, today).some(({ reason }) => reason === 'credit');
  if (isHeld || isCreditReleased(order.id, read, today)) return [];
  const credit = creditOf(order, read, { today, locale: deps.env.locale });
  if (credit?.result !== 'hold') return [];
  const values = {
    order_id: order.id,
    reason: 'credit',
    why: `${credit.why.replace(/\.$/, '')} since it was amended`,
    held_on: today,
    held_by: read.get('people', change.actor) ? change.actor : null,
  };
  return [{ kind: 'insert', table: 'order_holds', id: deps.env.ids(), values }];
};

const CHANGING = ['qty', 'price', 'discount'] as const;

/** What whoever amends may not give alone, where nobody agreed to just that and no hold says it already. */
const approvalHold = (values: Settled, { change, read, deps }: Work): readonly StorePatch[] => {
  const order = change.amends === undefined ? undefined : read.get('orders', change.amends.order);
  const isOffered = values['kind'] === 'changed' && CHANGING.some((key) => values[`${key}_before`] !== values[`${key}_after`]);
  if (order === undefined || !isOffered) return [];
  const today = companyToday(read, deps.env);
  const found = orderToApprove(order, change.actor, { read, today });
  const isHeld = standingHolds(order.id, read, today).some(({ reason }) => reason === 'approval');
  if (found === null || isHeld || isApproved(order.id, found.why, read)) return [];
  const held = { order_id: order.id, reason: 'approval', why: found.why, held_on: today };
  return [{ kind: 'insert', table: 'order_holds', id: deps.env.ids(), values: held }];
};

/** Of several records of one amendment the first makes a hold: the others find it there. */
export const newOrderChange = (patch: Write, values: Settled, work: Work): readonly StorePatch[] => [
  { ...patch, values },
  ...creditHold(work),
  ...approvalHold(values, work),
];
