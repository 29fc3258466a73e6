/** Tenders: to whom a booking went and at what cost, the answer, and the costs that follow from its rate (B1, B4). */
import { AppError, type CallContext } from '../../../../shared/contract/define.ts';
import type { Commands } from '../../../../shared/contract/index.ts';
import { judgeBookingMove } from '../../../../shared/domain/booking/states.ts';
import { proposeCharge, type ChargeRule } from '../../../../shared/domain/booking/charges.ts';
import type { CellInput } from '../../../../shared/domain/kinds.ts';
import type { Reader, StorePatch, StoredRow } from '../../store/api.ts';
import { companyToday, companyZone } from '../company/company.ts';
import { actorOf } from '../access/identity.ts';
import { applyStep } from '../access/step.ts';
import { chargeableOf, offersOf } from './offers.ts';
import { openTenders, tendersInForce } from './in-force.ts';
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

const answered = (tenders: readonly StoredRow[], answer: string, reason: string | null, now: number): readonly StorePatch[] =>
  tenders.map(({ id }) => ({ kind: 'update', table: 'tenders', id, values: { answer, answered_at: now, reason } }));

/** A tender that nobody answered is taken back with its booking. */
export const withdrawn = (booking: string, { store, env }: BookingDeps): readonly StorePatch[] =>
  answered(openTenders(booking, store), 'withdrawn', null, env.clock());

/** The costs that follow from tenders go with them. */
const withoutCosts = (booking: string, isOver: (tender: string) => boolean, read: Reader): readonly StorePatch[] =>
  read.children('booking_charges', booking).flatMap(({ id, tender_id: of }): readonly StorePatch[] => {
    const tender = textOf(of);
    return tender !== null && isOver(tender) ? [{ kind: 'delete', table: 'booking_charges', id }] : [];
  });

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
    ...withdrawn(booking.id, deps),
    setBooking(booking.id, { partner_id: partner, chargeable: chargeable === null ? null : Number(chargeable) }),
    ...asked.override,
    { kind: 'insert', table: 'tenders', id, values: tender },
    ...withoutCosts(booking.id, () => true, store),
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

/** The tender that is answered: the one named, else that of the booking's partner, else the last that is open. */
const answeredTender = (booking: StoredRow, named: string | null, read: Reader): StoredRow | undefined => {
  const open = openTenders(booking.id, read);
  if (named === null) return open.findLast(({ partner_id: of }) => of === booking['partner_id']) ?? open.at(-1);
  const found = open.find(({ id }) => id === named);
  if (found !== undefined) return found;
  throw new AppError('blocked', 'That tender of the booking is not open. Nothing was changed.', {
    id: booking.id,
    tender: named,
  });
};

type Answer = { readonly said: keyof typeof LABELS; readonly reason: string | null; readonly named: string | null };

/**
 * What an answer does to the tenders of a booking. Where two partners were asked apart, whoever takes it has it: the others are
 * withdrawn, and their costs go. Where one declines, the other has it, and the booking waits for that answer.
 */
export const answerOf = (
  booking: StoredRow,
  { said, reason, named }: Answer,
  { store, env }: BookingDeps,
): { readonly patches: readonly StorePatch[]; readonly isAskedStill: boolean } => {
  const own = answeredTender(booking, named, store);
  const others = tendersInForce(booking.id, store).filter(({ id }) => id !== own?.id);
  const isAskedStill = said === 'declined' && own !== undefined && others.length > 0;
  const missing = isAskedStill ? judgeBookingMove(said, { reason, fault: null, partner: null }) : null;
  if (missing !== null) throw new AppError('blocked', missing, { id: booking.id });
  const partner = textOf((isAskedStill ? others.at(-1) : own)?.['partner_id']);
  const over = new Set((isAskedStill ? [own] : said === 'declined' ? [] : others).map(({ id }) => id));
  const now = env.clock();
  return {
    isAskedStill,
    patches: [
      // Before its tender is answered: a booking goes only to a partner that is asked.
      ...(partner === null || partner === booking['partner_id'] ? [] : [setBooking(booking.id, { partner_id: partner })]),
      ...answered(own === undefined ? [] : [own], said, reason, now),
      ...(said === 'declined' ? [] : answered(others, 'withdrawn', null, now)),
      ...withoutCosts(booking.id, (tender) => over.has(tender), store),
    ],
  };
};

const LABELS = { accepted: 'accepted', accepted_exception: 'accepted with exception', declined: 'declined' } as const;

export const answer =
  (deps: BookingDeps): Commands['bookings.answer'] =>
  ({ id, answer: said, reason, tracking, tender: named, screen }, context) => {
    const { store } = deps;
    const booking = bookingById(store, id);
    const label = `${nameOfBooking(booking)} ${LABELS[said]}`;
    const { patches, isAskedStill } = answerOf(booking, { said, reason, named }, deps);
    if (isAskedStill) return applyStep(store, context, { label, screen, reason }, patches);
    return applyStep(store, context, { label, screen, reason }, [
      ...patches,
      setBooking(id, { reason: said === 'accepted' ? null : reason, ...(tracking === null ? {} : { tracking }) }),
      moveTo(id, said, reason),
    ]);
  };
