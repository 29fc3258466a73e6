/** Tenders: to whom a booking went and at what cost, the answer, and the costs that follow from its rate (B1, B4). */
import { AppError, type CallContext } from '../../../../shared/contract/define.ts';
import type { Commands } from '../../../../shared/contract/index.ts';
import { proposeCharge, type ChargeRule } from '../../../../shared/domain/booking/charges.ts';
import type { CellInput } from '../../../../shared/domain/kinds.ts';
import type { Reader, StorePatch, StoredRow } from '../../store/api.ts';
import { companyToday, companyZone } from '../company/company.ts';
import { actorOf } from '../access/identity.ts';
import { applyStep } from '../access/step.ts';
import { chargeableOf, offersOf } from './offers.ts';
import { bigOrNull, bookingById, nameOfBooking, textOf, visitDay, type BookingDeps } from './read.ts';

export const moveTo = (id: string, to: string, why: string | null): StorePatch => ({
  kind: 'transition',
  table: 'bookings',
  id,
  field: 'status',
  to,
  why,
});

export const setBooking = (id: string, values: Record<string, CellInput>): StorePatch => ({
  kind: 'update',
  table: 'bookings',
  id,
  values,
});

/** A named person steps over papers that do not hold, with the reason. */
export const overridePatch = (
  id: string,
  reason: string | null,
  context: CallContext,
  { store }: BookingDeps,
): readonly StorePatch[] => {
  if (reason === null || reason.trim() === '') return [];
  const actor = actorOf(store, context);
  if (store.get('people', actor) === undefined)
    throw new AppError('blocked', 'Nobody is known to sit here: say who you are before you override papers.', { id });
  return [setBooking(id, { override_reason: reason.trim(), override_by: actor })];
};

const ruleOf = (row: StoredRow): ChargeRule => ({
  code: String(row['code'] ?? ''),
  account: textOf(row['account_id']),
  markup: bigOrNull(row['markup']),
  fixed: bigOrNull(row['fixed']),
  validFrom: textOf(row['valid_from']),
  validTo: textOf(row['valid_to']),
});

/** Over, or its costs agreed: what its customer pays was settled without what comes now. */
const SETTLED: readonly unknown[] = ['closed', 'cancelled', 'no_show', 'failed'];

/**
 * A cost with what the customer is charged for it: by the contract of its day, by hand, or by nobody yet. A cost that comes after a
 * booking is settled is charged by nobody: a person sees it on the list of unbilled costs and says what becomes of it (B4).
 */
export const chargePatch = (
  booking: StoredRow,
  {
    code,
    cost,
    charge,
    note,
    tender: of = null,
  }: {
    readonly code: string;
    readonly cost: bigint | null;
    readonly charge: bigint | null;
    readonly note: string | null;
    /** The tender it comes from; null where a person entered it. */
    readonly tender?: string | null;
  },
  { store, env }: BookingDeps,
): StorePatch => {
  const rules = store.match('charge_rules', 'code', code).flatMap((id) => store.get('charge_rules', id) ?? []);
  const day = visitDay(booking, companyZone(store, env)) ?? companyToday(store, env);
  const asked = { code, cost: cost ?? 0n, account: textOf(booking['account_id']) ?? '', day };
  const proposal =
    cost === null || SETTLED.includes(booking['status'])
      ? { charge: null, by: 'unbilled' as const }
      : proposeCharge(asked, rules.map(ruleOf));
  const final = charge ?? proposal.charge;
  const values = {
    booking_id: booking.id,
    code,
    cost: cost === null ? null : Number(cost),
    charge: final === null ? null : Number(final),
    source: charge === null ? proposal.by : 'hand',
    tender_id: of,
    note,
  };
  return { kind: 'insert', table: 'booking_charges', id: env.ids(), values };
};

const openTender = (booking: string, read: Reader): StoredRow | undefined =>
  read.children('tenders', booking).findLast(({ answer }) => answer === null);

const answered = (tender: StoredRow | undefined, answer: string, reason: string | null, now: number): readonly StorePatch[] =>
  tender === undefined ? [] : [{ kind: 'update', table: 'tenders', id: tender.id, values: { answer, answered_at: now, reason } }];

type AskedOf = {
  readonly partner: string | null;
  readonly cost: number | null;
  /** What steps over papers of this partner on this day. */
  readonly override: readonly StorePatch[];
};

/**
 * The patches of a tender: who is asked, at what cost, and the costs by charge code that follow from the rate. Those of
 * the tender before it go; what a person entered stays.
 */
export const tenderPatches = (booking: StoredRow, asked: AskedOf, deps: BookingDeps): readonly StorePatch[] => {
  const { store, env } = deps;
  const partner = asked.partner ?? textOf(booking['partner_id']);
  if (partner === null) throw new AppError('blocked', 'Choose a partner first.', { id: booking.id });
  const about = { read: store, zone: companyZone(store, env), today: companyToday(store, env) };
  const offer = offersOf(booking, about, partner)[0];
  const now = env.clock();
  const old = store.children('booking_charges', booking.id).filter(({ tender_id: of }) => textOf(of) !== null);
  const costs =
    asked.cost !== null
      ? [{ code: offer?.rate.chargeCode ?? 'FRT', cost: BigInt(asked.cost) }]
      : offer === undefined || offer.cost === null
        ? []
        : [
            { code: offer.rate.chargeCode, cost: offer.cost.base },
            ...(offer.cost.fuel > 0n ? [{ code: 'FUE', cost: offer.cost.fuel }] : []),
          ];
  const total = costs.reduce((sum, { cost }) => sum + cost, 0n);
  const id = env.ids();
  const chargeable = chargeableOf(booking, offer?.rate);
  const tender = {
    booking_id: booking.id,
    partner_id: partner,
    rate_id: offer?.rate.id ?? null,
    cost: costs.length === 0 ? null : Number(total),
    sent_at: now,
  };
  return [
    ...answered(openTender(booking.id, store), 'withdrawn', null, now),
    setBooking(booking.id, { partner_id: partner, chargeable: chargeable === null ? null : Number(chargeable) }),
    ...asked.override,
    { kind: 'insert', table: 'tenders', id, values: tender },
    ...old.map((one): StorePatch => ({ kind: 'delete', table: 'booking_charges', id: one.id })),
    ...costs.map(({ code, cost }) => chargePatch(booking, { code, cost, charge: null, note: null, tender: id }, deps)),
    moveTo(booking.id, 'tendered', null),
  ];
};

export const tender =
  (deps: BookingDeps): Commands['bookings.tender'] =>
  ({ id, partner, cost, override, screen }, context) => {
    const booking = bookingById(deps.store, id);
    const asked = { partner, cost, override: overridePatch(id, override, context, deps) };
    const label = `Tender ${nameOfBooking(booking)}`;
    return applyStep(deps.store, context, { label, screen, reason: override }, tenderPatches(booking, asked, deps));
  };

const LABELS = { accepted: 'accepted', accepted_exception: 'accepted with exception', declined: 'declined' } as const;

export const answer =
  (deps: BookingDeps): Commands['bookings.answer'] =>
  ({ id, answer: said, reason, tracking, screen }, context) => {
    const { store, env } = deps;
    const booking = bookingById(store, id);
    const label = `${nameOfBooking(booking)} ${LABELS[said]}`;
    return applyStep(store, context, { label, screen, reason }, [
      ...answered(openTender(id, store), said, reason, env.clock()),
      setBooking(id, { reason: said === 'accepted' ? null : reason, ...(tracking === null ? {} : { tracking }) }),
      moveTo(id, said, reason),
    ]);
  };

/** A tender that nobody answered is taken back with its booking. */
export const withdrawn = (booking: string, { store, env }: BookingDeps): readonly StorePatch[] =>
  answered(openTender(booking, store), 'withdrawn', null, env.clock());
