/** A closed order that is opened again owes what is left of it once more: it is held where credit does not reach that (K2). */
import type { StorePatch } from '../../store/api.ts';
import { personOf } from '../approval/authority.ts';
import { companyToday } from '../company/company.ts';
import { creditOf } from '../credit/standing.ts';
import { isCreditReleased, standingHolds } from '../orders/holds.ts';
import type { Work } from './work.ts';

export const heldAgain = (id: string, { change, read, deps }: Work): readonly StorePatch[] => {
  const order = read.get('orders', id);
  if (order === undefined || order['status'] !== 'closed') return [];
  const today = companyToday(read, deps.env);
  const isHeld = standingHolds(id, read, today).some(({ reason }) => reason === 'credit');
  if (isHeld || isCreditReleased(id, read, today)) return [];
  const credit = creditOf({ ...order, status: 'confirmed' }, read, { today, locale: deps.env.locale });
  if (credit?.result !== 'hold') return [];
  const why = `${credit.why.replace(/\.$/, '')} since it was opened again`;
  return [
    {
      kind: 'insert',
      table: 'order_holds',
      id: deps.env.ids(),
      values: { order_id: id, reason: 'credit', why, by_rule: 1, held_on: today, held_by: personOf(change.actor, read) },
    },
  ];
};
