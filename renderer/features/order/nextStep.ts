/**
 * What is done next with a confirmed or closed order: what is open goes out, what is on its way arrives, services are
 * accepted, what was delivered is billed; null once there is nothing of these.
 */
import type { CommandId } from '../../../shared/commands.ts';
import { useEngine } from '../../client/cache.ts';
import { deeds, mostOf, type FulfilmentLine } from './deeds.ts';

const tables = ['orders', 'order_lines', 'schedule_lines', 'fulfilments', 'invoices', 'invoice_lines', 'products'] as const;

const isLeft = (command: CommandId, lines: readonly FulfilmentLine[]): boolean => {
  const deed = deeds.find((one) => one.command === command);
  return deed !== undefined && lines.some((line) => mostOf(deed, line) > 0n);
};

/** Goods that arrived need nobody's acceptance to be billed; what was never sent is a service. */
const isService = ({ recorded }: FulfilmentLine): boolean => (recorded.shipped ?? '0') === '0';

const nextOf = (lines: readonly FulfilmentLine[], isBillable: boolean): CommandId | null => {
  if (isLeft('order.ship', lines)) return 'order.ship';
  if (isLeft('order.deliver', lines)) return 'order.deliver';
  if (isBillable) return 'order.bill';
  return isLeft('order.accept', lines.filter(isService)) ? 'order.accept' : null;
};

/** Undefined while it is not known. */
export const useNextStep = (id: string, status: string | null): CommandId | null | undefined => {
  const isEnabled = status === 'confirmed' || status === 'closed';
  const options = { tables, isEnabled, isKept: true };
  const { data: fulfilment } = useEngine('orders.fulfilment', { id }, options);
  const { data: billable } = useEngine('orders.billable', { id }, options);
  if (!isEnabled) return null;
  return fulfilment && billable && nextOf(fulfilment.lines, billable.refusal === null);
};
