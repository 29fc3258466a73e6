/**
 * What is done next with a confirmed or closed order: what is open goes out, what is on its way arrives, what was delivered
 * is billed, services are accepted. The first line that has something open settles it; billing is asked last.
 */
import type { OutputOf } from '../../../../shared/contract/define.ts';
import type { Queries, WorkbenchContract } from '../../../../shared/contract/index.ts';
import { mostFor } from '../../../../shared/domain/fulfil/record.ts';
import type { Reader, StoredRow } from '../../store/api.ts';
import { toBill } from '../billing/billing.ts';
import { schedulesOf, type Schedule } from '../fulfilment/schedules.ts';
import { documentById } from './orders.ts';

type Step = OutputOf<WorkbenchContract['orders.next']>['step'];

const isLeft = (schedules: readonly Schedule[], kind: 'shipped' | 'delivered' | 'accepted'): boolean =>
  schedules.some(({ line, now }) => mostFor(line, now, kind) > 0n);

const stepOf = (order: StoredRow, read: Reader): Step => {
  if (order['status'] !== 'confirmed' && order['status'] !== 'closed') return null;
  const found = { delivered: false, accepted: false };
  for (const line of read.children('order_lines', order.id)) {
    const schedules = schedulesOf(line.id, read);
    // Of a closed order nothing goes out any more.
    // What a customer takes beyond what was ordered is no step that waits.
    const isOpen = schedules.some(({ line: { nature }, now }) => nature === 'goods' && now.open > 0n);
    if (order['status'] === 'confirmed' && isOpen) return 'ship';
    found.delivered ||= isLeft(schedules, 'delivered');
    // Goods that arrived need nobody's acceptance to be billed; what was never sent is a service.
    found.accepted ||= schedules.every(({ now }) => now.shipped === 0n) && isLeft(schedules, 'accepted');
  }
  if (found.delivered) return 'deliver';
  if (toBill(order, read).refusal === null) return 'bill';
  return found.accepted ? 'accept' : null;
};

export const nextQueries = ({ read }: { readonly read: Reader }): Pick<Queries, 'orders.next'> => ({
  'orders.next': ({ id }) => read.together(() => ({ step: stepOf(documentById('orders', read, id), read) })),
});
