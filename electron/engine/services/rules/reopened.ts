/** What is opened again, an order that was closed or a quantity that was cancelled, is owed once more: held where credit does not reach that (K2). */
import type { StorePatch } from '../../store/api.ts';
import { personOf } from '../approval/authority.ts';
import { companyToday } from '../company/company.ts';
import { creditOf } from '../credit/standing.ts';
import { isCreditReleased, standingHolds } from '../orders/holds.ts';
import type { Settled, Work, Write } from './work.ts';

/** @param asked the hold, where it is asked for by a row that says since when @returns nothing where credit reaches */
const heldFor = (id: string, since: string, asked: string, { change, read, deps }: Work): readonly StorePatch[] => {
  const order = read.get('orders', id);
  if (order === undefined) return [];
  const today = companyToday(read, deps.env);
  const isHeld = standingHolds(id, read, today).some(({ reason }) => reason === 'credit');
  if (isHeld || isCreditReleased(id, read, today)) return [];
  const credit = creditOf({ ...order, status: 'confirmed' }, read, { today, locale: deps.env.locale });
  if (credit?.result !== 'hold') return [];
  const why = `${credit.why.replace(/\.$/, '')} ${since}`;
  const by = { by_rule: 1, held_on: today, held_by: personOf(change.actor, read) };
  return [{ kind: 'insert', table: 'order_holds', id: asked, values: { order_id: id, reason: 'credit', why, ...by } }];
};

/** A closed order on its way back to confirmed. */
export const heldAgain = (id: string, work: Work): readonly StorePatch[] =>
  work.read.get('orders', id)?.['status'] === 'closed' ? heldFor(id, 'since it was opened again', work.deps.env.ids(), work) : [];

/** A hold as it was put on; one that is only asked for is of no day, and judged now. */
export const newHold = (patch: Write, values: Settled, work: Work): readonly StorePatch[] => {
  const { order_id: order, by_rule: byRule, held_on: day, why } = values;
  const isAsked = byRule === 1 && day === undefined && typeof order === 'string' && typeof why === 'string';
  return isAsked ? heldFor(order, why, patch.id, work) : [{ ...patch, values }];
};
