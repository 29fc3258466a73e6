/**
 * Which tenders of a booking are in force, and whose costs count (B1, B4). One at a time is, but two people who have not met may
 * ask for one booking each: then both are, until somebody says which.
 */
import type { Reader, StoredRow } from '../../store/api.ts';
import { numberOf } from './read.ts';

const TAKEN: readonly unknown[] = ['accepted', 'accepted_exception'];

export const openTenders = (booking: string, read: Reader): readonly StoredRow[] =>
  read.children('tenders', booking).filter(({ answer }) => answer === null);

/** Those nobody answered, and those taken. One that was taken before it was tendered anew has no costs any more. */
export const tendersInForce = (booking: string, read: Reader): readonly StoredRow[] => {
  const costed = new Set(read.children('booking_charges', booking).map((row) => row['tender_id']));
  return read
    .children('tenders', booking)
    .filter(({ id, answer }) => answer === null || (TAKEN.includes(answer) && costed.has(id)));
};

/**
 * The costs that count: those a person entered, and of those that follow from tenders the ones of a single tender. One that was
 * taken goes before one that is open, then that of the booking's own partner, then the last. The sums say it too
 * (store/sums/booking-sums.ts).
 */
export const countedCharges = (booking: StoredRow, read: Reader): readonly StoredRow[] => {
  const charges = read.children('booking_charges', booking.id);
  const costed = new Set(charges.map((row) => row['tender_id']));
  const rank = ({ answer, partner_id: partner }: StoredRow): number =>
    (TAKEN.includes(answer) ? 4 : 0) + (answer === null ? 2 : 0) + (partner === booking['partner_id'] ? 1 : 0);
  const sent = (row: StoredRow): number => numberOf(row['sent_at']) ?? 0;
  const counted = read
    .children('tenders', booking.id)
    .filter(({ id }) => costed.has(id))
    .toSorted((a, b) => rank(a) - rank(b) || sent(a) - sent(b) || (a.id < b.id ? -1 : 1))
    .at(-1);
  return charges.filter(({ tender_id: of }) => of === null || counted === undefined || of === counted.id);
};
