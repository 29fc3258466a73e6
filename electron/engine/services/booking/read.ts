/** Bookings and what hangs on them, from their rows to the values the rules of shared/domain know. */
import type { PartnerPaper, PaperFault, Requirement } from '../../../../shared/domain/booking/documents.ts';
import { paperFaults } from '../../../../shared/domain/booking/documents.ts';
import { dayIn } from '../../../../shared/domain/dates.ts';
import { pictureOf, type Picture, type TrackingEvent } from '../../../../shared/domain/tracking/events.ts';
import { AppError } from '../../../../shared/contract/define.ts';
import { fieldOf } from '../../../../shared/model/index.ts';
import type { EngineEnv } from '../../env.ts';
import { clockIn } from '../tasks/task-line.ts';
import type { Reader, StoredRow, WriteStore } from '../../store/api.ts';

export type BookingDeps = {
  readonly store: WriteStore;
  readonly env: Pick<EngineEnv, 'ids' | 'clock' | 'zone' | 'locale'>;
};

export const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
export const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);
export const bigOrNull = (value: unknown): bigint | null => (typeof value === 'number' ? BigInt(value) : null);

/** A booking that is here, or the error that says it is not. */
export const bookingById = (read: Reader, id: string): StoredRow => {
  const booking = read.get('bookings', id);
  if (booking) return booking;
  throw new AppError('not-found', 'The booking is not here or was deleted.', { table: 'bookings', id });
};

export const nameOfBooking = (booking: StoredRow): string => textOf(booking['number']) ?? 'the booking';

const eventOf = (row: StoredRow): TrackingEvent => ({
  id: row.id,
  code: String(row['code'] ?? ''),
  reason: textOf(row['reason_code']),
  happenedAt: numberOf(row['happened_at']) ?? 0,
  recordedAt: numberOf(row['recorded_at']) ?? 0,
  place: textOf(row['place']),
  eta: numberOf(row['eta']),
  corrects: textOf(row['corrects_id']),
});

export const eventsOf = (read: Reader, booking: string): readonly TrackingEvent[] =>
  read.children('tracking_events', booking).map(eventOf);

export const pictureOfBooking = (read: Reader, booking: string): Picture => pictureOf(eventsOf(read, booking));

/** A moment for a sentence, on the clocks of its zone. */
export const sayMoment = (at: number, zone: string): string => `${dayIn(zone, at)} ${clockIn(zone, at)}`;

/** The first day a booking can be about: that of its order, or when a partner was first asked; null where neither says. */
export const sinceOf = (booking: StoredRow, read: Reader, zone: string): string | null => {
  const ordered = textOf(read.get('orders', textOf(booking['order_id']) ?? '')?.['ordered_on']);
  const asked = read.children('tenders', booking.id).flatMap(({ sent_at: at }) => numberOf(at) ?? []);
  const tendered = asked.length === 0 ? null : dayIn(zone, Math.min(...asked));
  if (ordered === null || tendered === null) return ordered ?? tendered;
  return ordered < tendered ? ordered : tendered;
};

/** The day somebody comes: papers have to hold on it (B7). */
export const visitDay = (booking: StoredRow, zone: string): string | null => {
  const at = numberOf(booking['pickup_from']) ?? numberOf(booking['deliver_from']) ?? numberOf(booking['deliver_to']);
  return at === null ? textOf(booking['live_from']) : dayIn(zone, at);
};

const paperOf = (row: StoredRow): PartnerPaper => ({
  type: String(row['type'] ?? ''),
  validFrom: textOf(row['valid_from']),
  validTo: textOf(row['valid_to']),
  cover: bigOrNull(row['cover']),
});

const typeLabel = (type: string): string => {
  const field = fieldOf('required_papers', 'type');
  return (field?.kind === 'choice' ? field.choices.find(({ key }) => key === type)?.label : undefined) ?? type;
};

const requirementOf = (row: StoredRow): Requirement => {
  const type = String(row['type'] ?? '');
  return { type, label: typeLabel(type), cover: bigOrNull(row['cover']) };
};

/** What keeps a partner from being booked for such a thing on a day. */
export const faultsOf = (
  { partner, kind, day }: { readonly partner: string | null; readonly kind: string; readonly day: string | null },
  read: Reader,
): readonly PaperFault[] => {
  if (partner === null || day === null) return [];
  const required = read.match('required_papers', 'kind', kind).flatMap((id) => read.get('required_papers', id) ?? []);
  if (required.length === 0) return [];
  return paperFaults(required.map(requirementOf), read.children('partner_papers', partner).map(paperOf), day);
};
