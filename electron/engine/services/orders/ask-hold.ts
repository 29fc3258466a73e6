import type { StorePatch } from '../../store/api.ts';

/** Asks for a hold where credit does not reach once all before it is written. */
export const askForHold = (order: string, since: string, id: string): StorePatch => ({
  kind: 'insert',
  table: 'order_holds',
  id,
  values: { order_id: order, reason: 'credit', why: since, by_rule: 1 },
});
