/** Lines of an order as they are still wanted: what was cancelled is in no total and on no paper (F1). */
import { eventsOf } from '../rules/schedules.ts';
import type { Reader, StoredRow } from '../../store/api.ts';

/** What of a line was cancelled, in millionths. */
export const cancelledOf = (line: string, read: Reader): bigint =>
  read
    .children('schedule_lines', line)
    .flatMap((schedule) => eventsOf(schedule, read))
    .reduce((sum, { kind, qty }) => (kind === 'cancelled' ? sum + BigInt(qty) : sum), 0n);

/** A line with the quantity that is left of it; nothing where all of it was cancelled. */
export const standingLine = (line: StoredRow, read: Reader): StoredRow => {
  const { qty } = line;
  const gone = typeof qty === 'number' && qty > 0 ? Number(cancelledOf(line.id, read)) : 0;
  return gone > 0 && typeof qty === 'number' ? { ...line, qty: Math.max(0, qty - gone) } : line;
};

/** The lines of an order as they stand. Nothing is cancelled of one that was never confirmed. */
export const standingLines = (order: string, read: Reader): readonly StoredRow[] => {
  const lines = read.children('order_lines', order);
  const status = read.get('orders', order)?.['status'];
  return status === 'draft' || status === 'submitted' ? lines : lines.map((line) => standingLine(line, read));
};
