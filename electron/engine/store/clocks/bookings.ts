/** Clocks of bookings and of the papers of partners (B2, B6, B7). Few bookings are open, so they are found by their status. */
import { PAPER_ALERTS } from '../../../../shared/domain/booking/documents.ts';
import { BEGUN, QUOTE_OVER } from '../../../../shared/domain/booking/states.ts';
import { statusCodes } from '../../../../shared/domain/tracking/codes.ts';
import { TROUBLE } from '../../../../shared/domain/tracking/events.ts';
import { fieldOf } from '../../../../shared/model/index.ts';
import { alertDay, sayEnd } from './alerts.ts';
import type { ClockSource } from './source.ts';

/** The order behind it, else what the customer is charged, else what it costs. */
const AT_STAKE = `coalesce((SELECT q.net FROM orders o JOIN order_sums q ON q.n = o._n WHERE o.id = t.order_id AND o._alive = 1),
  s.charge, s.cost)`;

const NOT_BOUND = "'need', 'hold', 'tendered', 'accepted', 'accepted_exception', 'declined'";
const UNBOUND = `t.status IN (${NOT_BOUND})`;
const UNDER_WAY = "t.status IN ('confirmed', 'in_progress') AND s.delivered_at IS NULL";
const OPEN_UNTIL = 'coalesce(t.cutoff_at, t.pickup_from)';

/** Nothing is left to carry: its order was cancelled, or all of each line it is for. */
const SETTLED = `(SELECT coalesce(sum(f.qty), 0) FROM schedule_lines d CROSS JOIN fulfilments f ON f.schedule_id = d.id
    AND f.kind IN ('cancelled', 'short_closed') AND f._alive = 1 WHERE d.line_id = l.id AND d._alive = 1)`;
const OF_NOTHING = `(EXISTS (SELECT 1 FROM orders o WHERE o.id = t.order_id AND o.status = 'cancelled' AND o._alive = 1)
  OR EXISTS (SELECT 1 FROM booking_lines b WHERE b.booking_id = t.id AND b._alive = 1)
    AND NOT EXISTS (SELECT 1 FROM booking_lines b CROSS JOIN order_lines l ON l.id = b.order_line_id AND l._alive = 1
      WHERE b.booking_id = t.id AND b._alive = 1 AND l.qty > ${SETTLED}))`;

const ofBooking = {
  table: 'bookings',
  from: 'bookings t LEFT JOIN booking_sums s ON s.n = t._n',
  money: AT_STAKE,
  currency: 't.currency',
  owner: 't.owner_id',
  account: 't.account_id',
} as const;

const named = (what: string): string => `coalesce(t.number, 'Booking') || '${what}'`;

/** What of a booking's slot is taken by it now, as the rule has it (domain/booking/holds.ts). */
const takes = (b: string): string =>
  `${b}.status NOT IN ('need', 'declined', 'cancelled', 'no_show', 'failed')
    AND (${b}.status <> 'hold' OR ${b}.hold_until IS NULL OR ${b}.hold_until > :now)`;
const stampIn = (b: string, field: string): string => `coalesce(json_extract(${b}._x, '$.${field}[0]'), ${b}._h)`;
/** Its place among those that want the slot and have not begun. */
const place = (b: string): string =>
  `(max(${stampIn(b, 'held_at')}, ${stampIn(b, 'slot_id')}),
    (SELECT v.id FROM devices v WHERE v.idx = coalesce(json_extract(${b}._x, '$.held_at[1]'), ${b}._d)))`;

const HAS_BEGUN = `b.status IN (${BEGUN.map((status) => `'${status}'`).join(', ')})`;

/** Somebody was first, as the log tells by now, or has begun: until it has another slot, or is let go. */
export const lostSlots: ClockSource = {
  ...ofBooking,
  // Somebody has to hear of it: of a booking that is nobody's, whoever has its account.
  owner: 'coalesce(t.owner_id, (SELECT a.owner_id FROM accounts a WHERE a.id = t.account_id AND a._alive = 1))',
  key: 'slot_lost',
  label: 'Bookings whose slot is taken',
  why: 'exception',
  where: `t.status IN ('hold', 'tendered', 'accepted', 'accepted_exception', 'confirmed') AND t.slot_id IS NOT NULL AND t._alive = 1
    AND ${takes('t')} AND coalesce(t.slot_amount, 1) + coalesce((SELECT sum(coalesce(b.slot_amount, 1)) FROM bookings b
      WHERE b.slot_id = t.slot_id AND b.id <> t.id AND b._alive = 1 AND ${takes('b')} AND (${HAS_BEGUN} OR ${place('b')} < ${place('t')})), 0)
      > (SELECT coalesce(l.capacity, 0) FROM slots l WHERE l.id = t.slot_id AND l._alive = 1)`,
  due: ':today',
  stake: '3',
  item: `coalesce(t.number, 'Booking') || ', ' || coalesce((SELECT l.name FROM slots l WHERE l.id = t.slot_id), 'its slot') || ' is taken'`,
  next: "'Rebook'",
};

/** Whether a quote stands: as it is, or by a revision that took its place. */
const STANDS = `q.status NOT IN ('rejected', 'withdrawn', 'superseded') OR q.status = 'superseded' AND EXISTS (SELECT 1 FROM quotes r
  WHERE r.base_number = q.base_number AND r._alive = 1 AND r.status IN ('sent', 'accepted', 'partly_accepted'))`;

/**
 * Let go because its quote came to nothing, and that did not stand: somebody accepted the quote first, elsewhere, or the answer
 * was taken back. The place may be another's by now, so a person holds it again (B2).
 */
export const heldNoMore: ClockSource = {
  ...ofBooking,
  key: 'hold_let_go',
  label: 'Holds let go of quotes that stand',
  why: 'exception',
  where: `t.status = 'need' AND t.quote_id IS NOT NULL AND t._alive = 1
    AND EXISTS (SELECT 1 FROM quotes q WHERE q.id = t.quote_id AND q._alive = 1 AND (${STANDS}))
    AND '${QUOTE_OVER}' = (SELECT m.why FROM trans m JOIN devices v ON v.idx = m.d
      WHERE m."row" = t.id AND m.field = 'status' AND m.ok = 1 ORDER BY m.h DESC, v.id DESC LIMIT 1)`,
  due: ':today',
  stake: '3',
  item: named(', hold let go, but its quote stands'),
  next: "'Hold again or cancel'",
};

export const slotHolds: ClockSource = {
  ...ofBooking,
  key: 'slot_hold',
  label: 'Holds that end',
  why: 'expiry',
  where: `t.status = 'hold' AND t.hold_until <= :end AND t._alive = 1 AND NOT ${OF_NOTHING}`,
  at: 't.hold_until',
  item: `coalesce(t.number, 'Booking') || CASE WHEN t.hold_until > :now THEN ', hold ends' ELSE ', hold is over' END`,
  next: "CASE WHEN t.hold_until > :now THEN 'Tender or let go' ELSE 'Rebook or let go' END",
};

/** Nobody is bound yet and it is to be handed over: by the cut-off, else by the pickup. */
export const cutOffs: ClockSource = {
  ...ofBooking,
  key: 'cut_off',
  label: 'Bookings to confirm',
  why: 'due',
  whyLate: 'late',
  where: `${UNBOUND} AND ${OPEN_UNTIL} <= :end AND t._alive = 1 AND NOT ${OF_NOTHING}`,
  at: OPEN_UNTIL,
  item: named(', not confirmed'),
  next: "CASE t.status WHEN 'tendered' THEN 'Get the answer' WHEN 'accepted' THEN 'Confirm' WHEN 'accepted_exception' THEN 'Confirm' ELSE 'Tender' END",
};

const EXPECTED_LATE = 's.eta > t.deliver_to';

/**
 * The customer knows of what is expected now: told since it was, to the minute that is typed, or an issue of its order
 * answered since.
 */
const TOLD = `max(coalesce(t.told_at, 0),
    coalesce((SELECT max(c.responded_at) FROM cases c WHERE c.order_id = t.order_id AND c._alive = 1), 0)) / 60000
  >= (SELECT max(e.recorded_at) / 60000 FROM tracking_events e
    WHERE e.booking_id = t.id AND e.eta IS NOT NULL AND e._alive = 1)`;

/** What is in trouble is told as that. */
export const deliveries: ClockSource = {
  ...ofBooking,
  key: 'delivery',
  label: 'Deliveries that are due',
  why: 'due',
  whyLate: 'late',
  where: `${UNDER_WAY} AND s.trouble = 0 AND t.deliver_to <= :end AND t._alive = 1 AND NOT ${OF_NOTHING}`,
  at: 't.deliver_to',
  item: `coalesce(t.number, 'Booking') || CASE WHEN ${EXPECTED_LATE} THEN ', expected after its window' ELSE ', to be delivered' END`,
  next: `CASE WHEN ${EXPECTED_LATE} AND NOT ${TOLD} THEN 'Tell customer' ELSE 'Chase carrier' END`,
};

/** A booking outlives its order: nobody tells the carrier but a person, and until then it comes and costs. */
export const ofNothing: ClockSource = {
  ...ofBooking,
  key: 'order_cancelled',
  label: 'Bookings of cancelled orders',
  why: 'exception',
  where: `t.status IN (${NOT_BOUND}, 'confirmed', 'in_progress') AND s.delivered_at IS NULL AND t._alive = 1 AND ${OF_NOTHING}`,
  due: ':today',
  /** What it costs so far: the order is worth nothing any more. */
  money: 's.cost',
  stake: '3',
  item: named(', its order was cancelled'),
  next: `CASE t.status WHEN 'need' THEN 'Cancel the booking' WHEN 'declined' THEN 'Cancel the booking'
    WHEN 'in_progress' THEN 'Stop it with the carrier' ELSE 'Cancel it with the carrier' END`,
};

export const exceptions: ClockSource = {
  ...ofBooking,
  key: 'exception',
  label: 'Exceptions on the way',
  why: 'exception',
  where: `${UNDER_WAY} AND s.trouble = 1 AND coalesce(t.next_action_at, s.last_at) <= :end AND t._alive = 1`,
  at: 'coalesce(t.next_action_at, s.last_at)',
  owner: 'coalesce(t.problem_owner_id, t.owner_id)',
  item: named(', exception'),
  next: "coalesce(t.next_action, CASE WHEN t.problem_owner_id IS NULL THEN 'Name an owner' ELSE 'Say what is next' END)",
};

const troubleWords = statusCodes
  .flatMap(({ code, label, milestone }) => (TROUBLE.includes(milestone) ? [`WHEN '${code}' THEN '${label.toLowerCase()}'`] : []))
  .join(' ');

/** Somebody has it in hand and said what is next. */
const IN_HAND = 't.problem_owner_id IS NOT NULL AND t.next_action IS NOT NULL';

/**
 * It came, and something is wrong with it: until somebody has it and says what is next (then by when), or it is claimed or an
 * issue of its order since. Closing agrees on its costs, and ends it.
 */
export const damages: ClockSource = {
  ...ofBooking,
  key: 'damage',
  label: 'Damage found after arrival',
  why: 'exception',
  where: `t.status IN ('confirmed', 'in_progress', 'done') AND s.delivered_at IS NOT NULL AND s.trouble = 1
    AND (NOT (${IN_HAND}) OR t.next_action_at <= :end) AND t._alive = 1
    AND NOT EXISTS (SELECT 1 FROM claims c WHERE c.booking_id = t.id AND c.status <> 'withdrawn' AND c._alive = 1)
    AND NOT EXISTS (SELECT 1 FROM cases c WHERE c.order_id = t.order_id AND c.opened_at >= s.delivered_at AND c._alive = 1)`,
  at: `CASE WHEN ${IN_HAND} THEN t.next_action_at ELSE s.last_at END`,
  owner: 'coalesce(t.problem_owner_id, t.owner_id)',
  item: `coalesce(t.number, 'Booking') || ', ' || CASE s.trouble_code ${troubleWords} ELSE 'exception' END || ' after arrival'`,
  next: "coalesce(t.next_action, CASE WHEN t.problem_owner_id IS NULL THEN 'Name an owner' ELSE 'Say what is next' END)",
};

export const proofs: ClockSource = {
  ...ofBooking,
  key: 'proof',
  label: 'Proofs of delivery that are missing',
  why: 'proof',
  where: "t.status = 'done' AND s.proof_at IS NULL AND t.pod_due_on <= :upto AND t._alive = 1",
  due: 't.pod_due_on',
  item: named(', proof of delivery missing'),
  next: "'Get the proof'",
};

/** Days that the end of a paper stays on the list; the booking itself is stopped by it longer. */
const PAST_DAYS = 30;

const types = fieldOf('partner_papers', 'type');
const typeWords = (types?.kind === 'choice' ? types.choices : [])
  .map(({ key, label }) => `WHEN '${key}' THEN '${label.replaceAll("'", "''")}'`)
  .join(' ');

const FIRST_ALERT = Math.max(...PAPER_ALERTS);

/** A paper that ends and that no later one of its kind carries on: due on the day of each alert, until it is renewed (B7). */
export const papers: ClockSource = {
  key: 'paper',
  label: 'Papers of partners that end',
  why: 'expiry',
  table: 'partner_papers',
  from: 'partner_papers t CROSS JOIN partners p ON p.id = t.partner_id',
  where: `t.valid_to <= date(:upto, '+${FIRST_ALERT} days') AND t.valid_to >= date(:today, '-${PAST_DAYS} days')
    AND t._alive = 1 AND p._alive = 1
    AND coalesce(p.active, 1) = 1 AND NOT EXISTS (SELECT 1 FROM partner_papers n WHERE n.partner_id = t.partner_id
      AND n.type = t.type AND n._alive = 1 AND (n.valid_to IS NULL OR n.valid_to > t.valid_to))`,
  due: alertDay('t.valid_to', PAPER_ALERTS),
  stake: '3',
  owner: 'NULL',
  account: 'NULL',
  item: `coalesce(p.name, 'Partner') || ', ' || CASE t.type ${typeWords} ELSE 'paper' END
    || ' ' || ${sayEnd('t.valid_to')}`,
  next: "'Ask for the new one'",
  record: { table: 'partners', id: 't.partner_id' },
};
