/** What the record of an amendment brings with it: an order that came to more is held where credit does not reach (K2, O5). */
import type { StorePatch } from '../../store/api.ts';
import { companyToday } from '../company/company.ts';
import { isCreditReleased, standingHolds } from '../orders/holds.ts';
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

/** Of several records of one amendment the first makes the hold: the others find it there. */
export const newOrderChange = (patch: Write, values: Settled, work: Work): readonly StorePatch[] => [
  { ...patch, values },
  ...creditHold(work),
];
