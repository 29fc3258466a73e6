/**
 * Why a booking may not move or be changed: a partner that is missing, papers that end before the day (B7), what is agreed
 * already.
 */
import { judgePapers } from '../../../../shared/domain/booking/documents.ts';
import { judgeBookingMove } from '../../../../shared/domain/booking/states.ts';
import type { Reader, StorePatch, StoredRow } from '../../store/api.ts';
import { faultsOf, textOf, visitDay } from '../booking/read.ts';

const BINDING: readonly string[] = ['hold', 'tendered', 'confirmed', 'in_progress'];

/** Papers have to hold on the day, unless a named person stepped over them. */
const judgePapersOf = (booking: StoredRow, read: Reader, { today, zone }: Place): string | null => {
  const day = visitDay(booking, zone) ?? today;
  const partner = textOf(booking['partner_id']);
  const faults = faultsOf({ partner, kind: String(booking['kind'] ?? 'shipment'), day }, read);
  return judgePapers(faults, day, { by: textOf(booking['override_by']), reason: textOf(booking['override_reason']) });
};

type Place = { readonly today: string; readonly zone: string };

/** Why a booking may not move to a state yet. */
export const bookingGuard = (booking: StoredRow, to: string, read: Reader, today: string): string | null => {
  const missing = judgeBookingMove(to, {
    reason: textOf(booking['reason']),
    fault: textOf(booking['fault']),
    partner: textOf(booking['partner_id']),
  });
  if (missing !== null || !BINDING.includes(to) || booking['status'] === 'done') return missing;
  const papers = judgePapersOf(booking, read, { today, zone: textOf(read.setting('zone')) ?? 'UTC' });
  return papers === null ? null : `${papers} Nothing was booked. A manager can go on with a reason.`;
};

const BOUND: readonly string[] = ['confirmed', 'in_progress', 'done', 'closed'];
const FIXED: readonly string[] = ['account_id', 'partner_id', 'kind', 'slot_id', 'slot_amount'];
const DAYS: readonly string[] = ['pickup_from', 'deliver_from', 'live_from'];

/** Why a booking that is bound may not be changed so: to somebody else never, to another day only where papers still hold. */
export const refuseBooked = (patch: StorePatch, before: StoredRow | undefined, read: Reader, today: string): string | null => {
  if (patch.kind !== 'update' || before === undefined || !BOUND.includes(String(before['status']))) return null;
  const changed = (field: string): boolean => Object.hasOwn(patch.values, field) && patch.values[field] !== before[field];
  if (FIXED.some(changed))
    return `${textOf(before['number']) ?? 'The booking'} is agreed with its partner. Nothing was changed. Move it back to need to book another.`;
  if (!DAYS.some(changed)) return null;
  const after: Record<string, unknown> = { ...before };
  for (const [field, value] of Object.entries(patch.values))
    if (typeof value === 'number' || typeof value === 'string') after[field] = value;
  // Only plain cells were written over plain cells.
  return judgePapersOf(after as StoredRow, read, { today, zone: textOf(read.setting('zone')) ?? 'UTC' });
};
