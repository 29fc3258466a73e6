/**
 * The one life cycle of shipments, service visits and campaign slots (B1): need, held, requested, answered, confirmed,
 * under way, done, closed; and the ways it goes wrong. What is seen of it on the road (picked up, in transit, exception,
 * proof missing) is derived from events and is no state.
 */

export const bookingStates = [
  { key: 'need', label: 'To book', aliases: ['new', 'planned', 'open'], tone: 'neutral', icon: 'draft', action: 'Back to need' },
  { key: 'hold', label: 'Held', aliases: ['option', 'reserved'], tone: 'waiting', icon: 'pause', action: 'Hold' },
  { key: 'tendered', label: 'Requested', aliases: ['requested', 'offered'], tone: 'info', icon: 'draft', action: 'Tender' },
  { key: 'accepted', label: 'Accepted', tone: 'info', icon: 'tick', action: 'Accept' },
  {
    key: 'accepted_exception',
    label: 'Accepted with exception',
    aliases: ['accepted with change'],
    tone: 'warning',
    icon: 'alert',
    action: 'Accept with exception',
  },
  { key: 'declined', label: 'Declined', aliases: ['rejected'], tone: 'danger', icon: 'x', action: 'Decline' },
  { key: 'confirmed', label: 'Confirmed', aliases: ['booked'], tone: 'info', icon: 'tick', action: 'Confirm', isFrozen: true },
  {
    key: 'in_progress',
    label: 'Under way',
    aliases: ['in transit', 'picked up', 'live', 'dispatched'],
    tone: 'info',
    icon: 'bookings',
    action: 'Start',
    isFrozen: true,
  },
  {
    key: 'done',
    label: 'Delivered',
    aliases: ['completed', 'complete'],
    tone: 'success',
    icon: 'tick',
    action: 'Deliver',
    isFrozen: true,
  },
  { key: 'closed', label: 'Closed', aliases: ['settled'], tone: 'success', icon: 'tick', action: 'Close', isFrozen: true },
  {
    key: 'cancelled',
    label: 'Cancelled',
    aliases: ['canceled', 'void'],
    tone: 'neutral',
    icon: 'x',
    action: 'Cancel',
    isFrozen: true,
  },
  { key: 'no_show', label: 'No show', tone: 'danger', icon: 'x', action: 'No show', isFrozen: true },
  { key: 'failed', label: 'Failed', tone: 'danger', icon: 'x', action: 'Fail', isFrozen: true },
] as const;

export type BookingState = (typeof bookingStates)[number]['key'];

/** States before anybody is bound. */
const LOOSE = ['need', 'hold', 'tendered', 'accepted', 'accepted_exception', 'declined'] as const;

type Step = readonly [from: BookingState, to: BookingState];

const steps: readonly Step[] = [
  ['need', 'hold'],
  ['need', 'tendered'],
  ['hold', 'need'],
  ['hold', 'tendered'],
  ['tendered', 'accepted'],
  ['tendered', 'accepted_exception'],
  ['tendered', 'declined'],
  ['tendered', 'need'],
  ['accepted', 'confirmed'],
  ['accepted', 'need'],
  ['accepted_exception', 'confirmed'],
  ['accepted_exception', 'declined'],
  ['accepted_exception', 'need'],
  ['declined', 'tendered'],
  ['declined', 'need'],
  ['confirmed', 'in_progress'],
  ['confirmed', 'no_show'],
  ['confirmed', 'need'],
  ['in_progress', 'done'],
  ['in_progress', 'confirmed'],
  ['in_progress', 'failed'],
  ['done', 'in_progress'],
  ['done', 'closed'],
  ['closed', 'done'],
  ['no_show', 'need'],
  ['failed', 'need'],
  ...[...LOOSE, 'confirmed' as const].map((from): Step => [from, 'cancelled']),
];

/** States in which its partner, or its slot, is kept for it. */
const KEPT: readonly BookingState[] = [
  'hold',
  'tendered',
  'accepted',
  'accepted_exception',
  'confirmed',
  'in_progress',
  'done',
  'closed',
];

/** Its partner was told by it: asked, or bound. Going back from under way to confirmed tells nobody anew. */
const tells = ([from, to]: Step): boolean => to === 'tendered' || (to === 'confirmed' && from !== 'in_progress');

/** What was kept for it went to others: it is taken again only through the guards of slot and papers (B2, B7). */
const letsGo = ([from, to]: Step): boolean => KEPT.includes(from) && !KEPT.includes(to);

/**
 * What undo takes back (DECISIONS.md 3): a hold, an answer noted, what was told of the road, costs agreed. What a partner was
 * told, or what let a partner or slot go, is not undone; a move of the cycle goes back where one leads there, and is judged.
 */
export const bookingMoves = steps.map((step) => ({ from: step[0], to: step[1], isReversible: !tells(step) && !letsGo(step) }));

/** States from which nothing can be put off any more: whoever came first, the slot was used by it (B2). */
export const BEGUN: readonly string[] = ['in_progress', 'done', 'closed'];

/** Why a hold was let go with the quote it was for (B2): kept with the move. */
export const QUOTE_OVER = 'Its quote came to nothing';

/** Who was at fault where a booking did not happen. */
export const faultParties = [
  { key: 'customer', label: 'Customer' },
  { key: 'partner', label: 'Partner' },
  { key: 'us', label: 'Us' },
  { key: 'nobody', label: 'Nobody' },
] as const;

/** What a move has to come with. */
export type MoveWith = { readonly reason: string | null; readonly fault: string | null; readonly partner: string | null };

/** Why a booking may not move so, for what is missing with it; null where nothing is. */
export const judgeBookingMove = (to: string, { reason, fault, partner }: MoveWith): string | null => {
  const hasReason = reason !== null && reason.trim() !== '';
  if ((to === 'tendered' || to === 'hold') && partner === null) return 'Choose a partner first.';
  if (to === 'declined' && !hasReason) return 'Say why it was declined.';
  if (to === 'accepted_exception' && !hasReason) return 'Say what the exception is.';
  if (to !== 'cancelled' && to !== 'no_show' && to !== 'failed') return null;
  if (!hasReason) return 'Say why.';
  return faultParties.some(({ key }) => key === fault) ? null : 'Say whose fault it was.';
};
