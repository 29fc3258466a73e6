/**
 * What the events and charges of bookings come to, kept as the sums of invoices are: whatever was touched is made again by
 * the statement that makes all of them. It says what domain/tracking/events.ts says: what was corrected does not stand.
 */
import type { Database } from 'better-sqlite3';
import { codesFor } from '../../../../shared/domain/tracking/codes.ts';
import { MOVING, PICKED_UP, TROUBLE } from '../../../../shared/domain/tracking/events.ts';
import { readMeta, writeMeta } from '../file/local.ts';
import { createDocumentSums, type KeptSums } from './document-sums.ts';
import { safeSum, type Summaries } from './sums-sql.ts';

type Milestones = Parameters<typeof codesFor>[0];

const inCodes = (milestones: Milestones): string =>
  `e.code IN (${codesFor(milestones)
    .map((code) => `'${code}'`)
    .join(', ')})`;

/** The events of a wanted booking that stand. */
const standing = (what: string, rest = ''): string => `(SELECT ${what} FROM tracking_events e
    WHERE e.booking_id = w.id AND e._alive = 1 AND NOT EXISTS (SELECT 1 FROM tracking_events c
      WHERE c.corrects_id = e.id AND c.booking_id = e.booking_id AND c.id <> e.id AND c._alive = 1) ${rest})`;

const LAST = 'ORDER BY e.happened_at DESC, e.recorded_at DESC, e.id DESC LIMIT 1';
const TOLD = 'AND e.eta IS NOT NULL ORDER BY e.recorded_at';

const sumOf = (amount: string, rest = ''): string =>
  `(SELECT ${safeSum(amount)} FROM booking_charges k WHERE k.booking_id = w.id AND k._alive = 1
    AND (k.tender_id IS NULL OR w.tender IS NULL OR k.tender_id = w.tender) ${rest})`;

/** The tender whose costs count, of those that have some: services/booking/in-force.ts says which. */
const COUNTED = `(SELECT t.id FROM tenders t WHERE t.booking_id = b.id AND t._alive = 1
    AND EXISTS (SELECT 1 FROM booking_charges k WHERE k.booking_id = b.id AND k.tender_id = t.id AND k._alive = 1)
    ORDER BY 4 * (coalesce(t.answer, '') IN ('accepted', 'accepted_exception')) + 2 * (t.answer IS NULL)
      + (t.partner_id IS b.partner_id) DESC, coalesce(t.sent_at, 0) DESC, t.id DESC LIMIT 1)`;

/** Sums of the wanted bookings that are live. */
export const bookingSumsSql = `WITH
  wanted AS MATERIALIZED (SELECT b._n AS n, b.id, ${COUNTED} AS tender FROM json_each(:bookings) j CROSS JOIN bookings b ON b._n = j.value
    WHERE b._alive = 1),
  seen AS MATERIALIZED (SELECT w.n, w.id,
    ${standing('e.eta', `${TOLD}, e.happened_at, e.id LIMIT 1`)} AS first_eta,
    ${standing('e.eta', `${TOLD} DESC, e.happened_at DESC, e.id DESC LIMIT 1`)} AS eta,
    ${standing('e.reason_code', `${TOLD} DESC, e.happened_at DESC, e.id DESC LIMIT 1`)} AS eta_reason,
    ${standing('e.code', LAST)} AS last_code, ${standing('e.happened_at', LAST)} AS last_at, ${standing('e.place', LAST)} AS last_place,
    ${standing('min(e.happened_at)', `AND ${inCodes(PICKED_UP)}`)} AS picked_at,
    ${standing('min(e.happened_at)', `AND ${inCodes(['delivered'])}`)} AS delivered_at,
    ${standing('max(e.happened_at)', `AND ${inCodes(['delivered'])}`)} AS delivered_last,
    ${standing('min(e.happened_at)', `AND ${inCodes(['pod'])}`)} AS proof_at,
    ${standing('count(*) > 0', `AND ${inCodes(MOVING)}`)} AS moving,
    ${standing('e.happened_at', `AND ${inCodes(TROUBLE)} ${LAST}`)} AS trouble_at,
    ${standing('e.code', `AND ${inCodes(TROUBLE)} ${LAST}`)} AS trouble_code,
    ${sumOf('k.cost')} AS cost, ${sumOf('k.charge')} AS charge, ${sumOf('k.cost', 'AND k.charge IS NULL')} AS unbilled
    FROM wanted w)
  SELECT n, first_eta, eta, eta_reason, last_code, last_at, last_place, picked_at, delivered_at, proof_at, moving,
    trouble_at IS NOT NULL AND coalesce(delivered_last <= trouble_at, 1) AS trouble, trouble_code, cost, charge, unbilled
  FROM seen`;

/** Events are never updated. */
const reach: KeptSums['reach'] = {
  bookings: { link: 'id', reads: new Set(['partner_id']) },
  tracking_events: { link: 'booking_id', reads: new Set(['booking_id']) },
  booking_charges: { link: 'booking_id', reads: new Set(['booking_id', 'cost', 'charge', 'tender_id']) },
  tenders: { link: 'booking_id', reads: new Set(['booking_id', 'answer', 'partner_id', 'sent_at']) },
};

export const createBookingSums = (db: Database): Summaries =>
  createDocumentSums(db, { table: 'bookings', into: 'booking_sums', sql: bookingSumsSql, reach });

/** How the sums of bookings are made: raised when that changes, so that a file gets those anew that differ by it. */
const VERSION = 1;

/** Makes the sums again that were made when the costs of two tenders of one booking counted. Call inside a transaction. */
export const refreshBookingSums = (db: Database): void => {
  if (readMeta(db, 'booking_sums') === VERSION) return;
  const twice = db.prepare<[], string>(`SELECT booking_id FROM booking_charges
    WHERE tender_id IS NOT NULL AND booking_id IS NOT NULL AND _alive = 1 GROUP BY booking_id HAVING count(DISTINCT tender_id) > 1`);
  const sums = createBookingSums(db);
  for (const booking of twice.pluck().all()) sums.touch('bookings', booking, undefined, undefined);
  sums.flush();
  writeMeta(db, 'booking_sums', VERSION);
};
