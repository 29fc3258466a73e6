/** What is done next with a confirmed or closed order, as the command that does it. */
import type { CommandId } from '../../../shared/commands.ts';
import { useEngine } from '../../client/cache.ts';

const tables = ['orders', 'order_lines', 'schedule_lines', 'fulfilments', 'invoices', 'invoice_lines', 'products'] as const;

const commands = {
  ship: 'order.ship',
  deliver: 'order.deliver',
  bill: 'order.bill',
  accept: 'order.accept',
} as const satisfies Readonly<Record<string, CommandId>>;

/** Null once there is nothing to do; undefined while it is not known. */
export const useNextStep = (id: string, status: string | null): CommandId | null | undefined => {
  const isEnabled = status === 'confirmed' || status === 'closed';
  const { data } = useEngine('orders.next', { id }, { tables, isEnabled, isKept: true });
  if (!isEnabled) return null;
  return data && (data.step === null ? null : commands[data.step]);
};
