/**
 * Every open clock of bookings and partners (B2, B6, B7): holds that end, cut-offs, deliveries due or expected too late,
 * exceptions, proof that is missing, papers that end. One row each, for whoever ranks them: `source`, the record `tbl`/`id`
 * and what it is called, its account, when it is due (`due_at` UTC ms, or the ISO day `due_on`), the reason in words, and
 * what is at stake in minor units of `currency`. Reads by the index of the status; nothing here knows the time.
 */

const AT_STAKE = `coalesce((SELECT q.net FROM orders o JOIN order_sums q ON q.n = o._n WHERE o.id = b.order_id AND o._alive = 1),
  s.charge, s.cost)`;

const clock = (source: string, due: string, reason: string, where: string): string => `SELECT '${source}' AS source,
  'bookings' AS tbl, b.id, b.number AS title, b.account_id, b.owner_id, ${due} AS due_at, NULL AS due_on, ${reason} AS reason,
  ${AT_STAKE} AS amount, b.currency
  FROM bookings b LEFT JOIN booking_sums s ON s.n = b._n WHERE b._alive = 1 AND ${where}`;

const UNDER_WAY = "b.status IN ('confirmed', 'in_progress')";
const UNBOUND = "b.status IN ('need', 'hold', 'tendered', 'accepted', 'accepted_exception', 'declined')";

export const bookingClocksSql = [
  clock('slot_hold', 'b.hold_until', "'Hold ends'", "b.status = 'hold' AND b.hold_until IS NOT NULL"),
  clock('cut_off', 'b.cutoff_at', "'Cut-off, not confirmed'", `${UNBOUND} AND b.cutoff_at IS NOT NULL`),
  clock(
    'predicted_late',
    'b.deliver_to',
    "'Expected after its window'",
    `${UNDER_WAY} AND s.delivered_at IS NULL AND s.eta > b.deliver_to`,
  ),
  clock(
    'delivery',
    'b.deliver_to',
    "'Delivery due'",
    `${UNDER_WAY} AND s.delivered_at IS NULL AND b.deliver_to IS NOT NULL AND (s.eta IS NULL OR s.eta <= b.deliver_to)`,
  ),
  clock(
    'exception',
    'coalesce(b.next_action_at, s.last_at)',
    "coalesce(b.next_action, CASE WHEN b.problem_owner_id IS NULL THEN 'Exception without an owner' ELSE 'Exception without a next action' END)",
    `${UNDER_WAY} AND s.trouble = 1`,
  ),
  `SELECT 'proof_missing' AS source, 'bookings' AS tbl, b.id, b.number AS title, b.account_id, b.owner_id, NULL AS due_at,
  b.pod_due_on AS due_on, 'Proof of delivery missing' AS reason, ${AT_STAKE} AS amount, b.currency
  FROM bookings b LEFT JOIN booking_sums s ON s.n = b._n
  WHERE b._alive = 1 AND b.status = 'done' AND s.proof_at IS NULL AND b.pod_due_on IS NOT NULL`,
  `SELECT 'paper_ends' AS source, 'partners' AS tbl, p.id, p.name AS title, NULL AS account_id, NULL AS owner_id, NULL AS due_at,
  d.valid_to AS due_on, 'Paper ends: ' || d.type AS reason, NULL AS amount, NULL AS currency
  FROM partner_papers d JOIN partners p ON p.id = d.partner_id AND p._alive = 1 AND coalesce(p.active, 1) = 1
  WHERE d._alive = 1 AND d.valid_to IS NOT NULL AND NOT EXISTS (SELECT 1 FROM partner_papers n WHERE n.partner_id = d.partner_id
    AND n.type = d.type AND n._alive = 1 AND (n.valid_to IS NULL OR n.valid_to > d.valid_to))`,
].join('\nUNION ALL\n');
