/**
 * Why a booking may not move or be changed: a partner that is missing, papers that end before the day (B7), a slot without
 * room (B2), what is agreed already.
 */
import { judgePapers } from '../../../../shared/domain/booking/documents.ts';
import { judgeBookingMove } from '../../../../shared/domain/booking/states.ts';
import type { Reader, StorePatch, StoredRow } from '../../store/api.ts';
import { tendersInForce } from '../booking/in-force.ts';
import { faultsOf, pictureOfBooking, textOf, visitDay } from '../booking/read.ts';
import { isHolding, judgeSlot } from '../booking/slots.ts';

type About = { readonly read: Reader; readonly today: () => string; readonly now: () => number };

const zoneOf = (read: Reader): string => textOf(read.setting('zone')) ?? 'UTC';

/** Papers have to hold on the day, unless a named person stepped over them. */
const judgePapersOf = (booking: StoredRow, { read, today }: About): string | null => {
  const day = visitDay(booking, zoneOf(read)) ?? today();
  const partner = textOf(booking['partner_id']);
  const faults = faultsOf({ partner, kind: String(booking['kind'] ?? 'shipment'), day }, read);
  return judgePapers(faults, day, { by: textOf(booking['override_by']), reason: textOf(booking['override_reason']) });
};

const BINDING: readonly string[] = ['hold', 'tendered', 'confirmed', 'in_progress'];
const HAPPENED: readonly string[] = ['in_progress', 'done', 'closed'];

/** Whether it is under way, by its state or by what was told of it: what happened is recorded, whatever the papers say. */
const hasBegun = (booking: StoredRow, read: Reader): boolean =>
  HAPPENED.includes(String(booking['status'])) || pictureOfBooking(read, booking.id).pickedUpAt !== null;

/** Why a booking may not move to a state yet. */
export const bookingGuard = (booking: StoredRow, to: string, about: About): string | null => {
  const { read, now } = about;
  const missing = judgeBookingMove(to, {
    reason: textOf(booking['reason']),
    fault: textOf(booking['fault']),
    partner: textOf(booking['partner_id']),
  });
  if (missing !== null || !BINDING.includes(to) || hasBegun(booking, read)) return missing;
  const full = to === 'in_progress' ? null : judgeSlot(booking, read, now(), !isHolding(booking, now()));
  if (full !== null) return `${full} Nothing was booked.`;
  const papers = judgePapersOf(booking, about);
  return papers === null ? null : `${papers} Nothing was booked. A manager can go on with a reason.`;
};

const BOUND: readonly string[] = ['confirmed', 'in_progress', 'done', 'closed'];
const FIXED: readonly string[] = ['account_id', 'partner_id', 'kind', 'slot_id', 'slot_amount'];
const SLOT: readonly string[] = ['slot_id', 'slot_amount'];
/** Its partner was asked or said yes: the tender and its costs are that partner's. */
const ASKED: readonly string[] = ['tendered', 'accepted', 'accepted_exception'];

/** A row as plain cells written over it leave it. */
export const withCells = (before: StoredRow, values: Readonly<Record<string, unknown>>): StoredRow => {
  const after: Record<string, unknown> = { ...before };
  for (const [field, value] of Object.entries(values))
    if (typeof value === 'number' || typeof value === 'string' || value === null) after[field] = value;
  // Only plain cells were written over plain cells.
  return after as StoredRow;
};

/** Whether a change sends somebody else, or sends them on another day: what was overridden was not this (B7). */
export const isOtherVisit = (before: StoredRow, after: StoredRow, zone: string): boolean =>
  before['partner_id'] !== after['partner_id'] || visitDay(before, zone) !== visitDay(after, zone);

/**
 * Why a booking may not be changed so: one that was tendered goes to nobody else, one that is bound to another day only where
 * papers hold on it; one that is held takes no more of a slot than there is.
 */
export const refuseBooked = (patch: StorePatch, before: StoredRow | undefined, about: About): string | null => {
  if (patch.kind !== 'update' || before === undefined) return null;
  const { read, now } = about;
  const changed = (field: string): boolean => Object.hasOwn(patch.values, field) && patch.values[field] !== before[field];
  const after = withCells(before, patch.values);
  const status = String(before['status']);
  const isAskedToo = (): boolean =>
    tendersInForce(before.id, read).some(({ partner_id: partner }) => partner === patch.values['partner_id']);
  if (ASKED.includes(status) && before['partner_id'] !== null && changed('partner_id') && !isAskedToo())
    return `${textOf(before['number']) ?? 'The booking'} was tendered to its partner. Nothing was changed. Move it back to need to tender it to another.`;
  if (!BOUND.includes(status)) {
    const full = SLOT.some(changed) && isHolding(before, now()) ? judgeSlot(after, read, now(), true) : null;
    return full === null ? null : `${full} Nothing was changed.`;
  }
  if (FIXED.some(changed))
    return `${textOf(before['number']) ?? 'The booking'} is agreed with its partner. Nothing was changed. Move it back to need to book another.`;
  if (hasBegun(before, read) || !isOtherVisit(before, after, zoneOf(read))) return null;
  const papers = judgePapersOf({ ...after, override_by: null }, about);
  return papers === null ? null : `${papers} Nothing was changed. Move it back to need to book that day with a reason.`;
};
