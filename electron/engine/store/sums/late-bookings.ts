/** Bookings of a person that will be late by the last estimate of their events (B6). Few are under way: found by status. */
import type { Database } from 'better-sqlite3';

type LateBooking = {
  readonly id: string;
  readonly number: string | null;
  readonly account_id: string | null;
  /** UTC milliseconds: the end of its window, and when that was told. */
  readonly deliver_to: number;
  readonly told_at: number | null;
};

export type LateBookings = (owner: string) => readonly LateBooking[];

export const createLateBookings = (db: Database): LateBookings => {
  const find = db.prepare<[string], LateBooking>(`SELECT t.id, t.number, t.account_id, t.deliver_to,
      (SELECT max(e.recorded_at) FROM tracking_events e
        WHERE e.booking_id = t.id AND e.eta IS NOT NULL AND e._alive = 1) AS told_at
    FROM bookings t JOIN booking_sums s ON s.n = t._n
    WHERE t.status IN ('confirmed', 'in_progress') AND t.owner_id = ? AND s.delivered_at IS NULL AND s.eta > t.deliver_to
      AND t._alive = 1 ORDER BY t.id`);
  return (owner) => find.all(owner);
};
