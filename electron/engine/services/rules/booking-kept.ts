/**
 * What even undo leaves of a booking: what its partner was told and what let a partner or slot go (B1, B2, B7). A move that
 * stays (domain/booking/states.ts) keeps what came with it: the tender, its costs, its lines, the reason it ended.
 */
import { fieldOf } from '../../../../shared/model/index.ts';
import type { Reader, StoredRow } from '../../store/api.ts';

const LOOSE: readonly unknown[] = ['need', 'hold'];
const AGREED: readonly unknown[] = ['tendered', 'accepted', 'accepted_exception', 'confirmed', 'in_progress', 'done', 'closed'];
const OVER: readonly unknown[] = ['declined', 'cancelled', 'no_show', 'failed'];
const LET_GO: readonly unknown[] = ['declined', 'withdrawn'];

const OF_TENDER = ['partner_id', 'chargeable', 'override_reason', 'override_by'];
/** Whoever gave room of a slot back takes it again where there is some: by the command, which looks. */
const OF_SLOT = ['slot_id', 'slot_amount'];
const OF_HOLD = ['hold_until', 'held_at'];
const OF_END = ['reason', 'fault'];

const isBookingKept = ({ status }: StoredRow, field: string | null): boolean => {
  if (field === null) return !LOOSE.includes(status);
  if (OF_HOLD.includes(field)) return status !== 'hold';
  if (OF_TENDER.includes(field)) return AGREED.includes(status);
  if (OF_SLOT.includes(field)) return status === 'hold' || AGREED.includes(status);
  return OF_END.includes(field) && OVER.includes(status);
};

const bookingOf = (row: StoredRow, read: Reader): StoredRow | undefined =>
  typeof row['booking_id'] === 'string' ? read.get('bookings', row['booking_id']) : undefined;

/** @param field null = the row as such */
export const isKeptOfBooking = (
  table: 'bookings' | 'booking_lines' | 'tenders' | 'booking_charges',
  row: StoredRow,
  field: string | null,
  read: Reader,
): boolean => {
  if (table === 'bookings') return isBookingKept(row, field);
  // Whether there is a row at all is no field of the model.
  const isWhole = field === null || fieldOf(table, field) === undefined;
  if (table === 'tenders') return isWhole || LET_GO.includes(row['answer']);
  if (table === 'booking_charges') return isWhole && row['tender_id'] !== null;
  const booking = bookingOf(row, read);
  return isWhole && booking !== undefined && AGREED.includes(booking['status']);
};
