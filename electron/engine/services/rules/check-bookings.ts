/** What the rules say of a booking: two people who had not met may each have asked a partner for it (B1). */
import { levelOf } from '../../../../shared/domain/problems.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import type { Beside, Reader, RuleIssue, StoredRow } from '../../store/api.ts';
import { tendersInForce } from '../booking/in-force.ts';

/** Nobody comes for it any more, whoever was asked. */
const OFF: readonly unknown[] = ['cancelled', 'no_show', 'failed'];

export const checkBooking = (table: TableName, row: StoredRow, read: Reader): readonly RuleIssue[] =>
  table === 'bookings' && !OFF.includes(row['status']) && tendersInForce(row.id, read).length > 1
    ? [{ field: 'partner_id', code: 'TENDERED_TWICE', level: levelOf('TENDERED_TWICE') }]
    : [];

/** The booking that a tender, or a cost that follows from one, is of. */
export const besideTendered = (table: TableName, row: StoredRow): readonly Beside[] =>
  (table === 'tenders' || table === 'booking_charges') && typeof row['booking_id'] === 'string'
    ? [{ table: 'bookings', id: row['booking_id'] }]
    : [];
