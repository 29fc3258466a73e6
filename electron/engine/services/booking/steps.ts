/** What is done with a booking along its way: the next step, how it ended, events, proof, costs, a make-good. */
import { AppError } from '../../../../shared/contract/define.ts';
import type { Commands } from '../../../../shared/contract/index.ts';
import { allocate } from '../../../../shared/domain/allocate.ts';
import { proposeMakeGood } from '../../../../shared/domain/booking/campaign.ts';
import { judgeHappened } from '../../../../shared/domain/plausible.ts';
import { codeLabel, milestoneOf, moveCodes } from '../../../../shared/domain/tracking/codes.ts';
import type { Reader, StorePatch, StoredRow } from '../../store/api.ts';
import { companyToday, companyZone } from '../company/company.ts';
import { actorOf } from '../access/identity.ts';
import { bigOf, rowsBy } from '../billing/receivables.ts';
import { applyStep } from '../access/step.ts';
import { countedCharges } from './in-force.ts';
import { bookingById, nameOfBooking, pictureOfBooking, sayMoment, sinceOf, textOf, type BookingDeps } from './read.ts';
import { answerOf, chargePatch, moveTo, overridePatch, setBooking, tenderPatches, withdrawn } from './tender.ts';

/** The state the next step leads to, by the state a booking is in. */
const NEXT: Readonly<Record<string, string>> = {
  need: 'tendered',
  hold: 'tendered',
  declined: 'tendered',
  tendered: 'accepted',
  accepted: 'confirmed',
  accepted_exception: 'confirmed',
  confirmed: 'in_progress',
  in_progress: 'done',
  done: 'closed',
};

export const advance =
  (deps: BookingDeps): Commands['bookings.advance'] =>
  ({ id, override, screen }, context) => {
    const { store } = deps;
    const booking = bookingById(store, id);
    const to = NEXT[String(booking['status'])];
    if (to === undefined) throw new AppError('blocked', 'There is no next step: it is over.', { id });
    const label = `${nameOfBooking(booking)}: next step`;
    const stepped = overridePatch(id, override, context, deps);
    const patches =
      to === 'tendered'
        ? tenderPatches(booking, { partner: null, cost: null, override: stepped }, deps)
        : [
            ...stepped,
            ...(to === 'accepted' ? answerOf(booking, { said: to, reason: null, named: null }, deps).patches : []),
            moveTo(id, to, null),
          ];
    return applyStep(store, context, { label, screen, reason: override }, patches);
  };

export const end =
  (deps: BookingDeps): Commands['bookings.end'] =>
  ({ id, to, reason, fault, screen }, context) => {
    const booking = bookingById(deps.store, id);
    const label = `${nameOfBooking(booking)} ${to === 'no_show' ? 'no show' : to}`;
    return applyStep(deps.store, context, { label, screen, reason }, [
      ...withdrawn(id, deps),
      setBooking(id, { reason: reason.trim() === '' ? null : reason.trim(), fault, hold_until: null }),
      moveTo(id, to, reason),
    ]);
  };

/** How an event moves its booking along, where it does: picked up, delivered. */
export const movesBy = (status: string, code: string): readonly string[] => {
  const milestone = milestoneOf(code);
  const isUnderWay = ['loaded', 'departed', 'terminal', 'en_route', 'at_delivery', 'attempted'].includes(milestone);
  if (milestone === 'delivered') {
    if (status === 'confirmed') return ['in_progress', 'done'];
    return status === 'in_progress' ? ['done'] : [];
  }
  return isUnderWay && status === 'confirmed' ? ['in_progress'] : [];
};

type EventValues = Parameters<Commands['bookings.event']>[0];

const eventValues = (asked: EventValues, actor: string | null, { store, env }: BookingDeps) => {
  const now = env.clock();
  return {
    booking_id: asked.id,
    code: asked.code,
    reason_code: asked.reason,
    happened_at: asked.at ?? now,
    recorded_at: now,
    zone: companyZone(store, env),
    eta: asked.eta,
    place: asked.place,
    note: asked.note,
    temperature: asked.temperature,
    corrects_id: asked.corrects,
    source: 'person',
    person_id: actor,
  };
};

/** @throws AppError where it is still to come, or from before there was anything to happen to */
const refuseUnlikely = (booking: StoredRow, code: string, at: number, { store, env }: BookingDeps): void => {
  // An appointment is of a day to come.
  if (milestoneOf(code) === 'appointment') return;
  const zone = companyZone(store, env);
  const doubt = judgeHappened(at, { now: env.clock(), since: sinceOf(booking, store, zone), zone });
  if (doubt === null) return;
  throw new AppError('blocked', `${codeLabel(code)} on ${sayMoment(at, zone)} ${doubt}. Nothing was changed.`, {
    id: booking.id,
    at,
  });
};

export const addEvent =
  (deps: BookingDeps): Commands['bookings.event'] =>
  (asked, context) => {
    const { store, env } = deps;
    const booking = bookingById(store, asked.id);
    if (asked.corrects !== null && store.get('tracking_events', asked.corrects)?.['booking_id'] !== asked.id)
      throw new AppError('not-found', 'The event to correct is not of this booking.', { id: asked.corrects });
    if (asked.at !== null) refuseUnlikely(booking, asked.code, asked.at, deps);
    const actor = actorOf(store, context);
    const person = store.get('people', actor) === undefined ? null : actor;
    const label = `${nameOfBooking(booking)}: ${codeLabel(asked.code).toLowerCase()}`;
    return applyStep(store, context, { label, screen: asked.screen }, [
      { kind: 'insert', table: 'tracking_events', id: env.ids(), values: eventValues(asked, person, deps) },
      ...movesBy(String(booking['status']), asked.code).map((to) => moveTo(asked.id, to, null)),
    ]);
  };

const NOTED_BEFORE = ' · before: ';

/** What was noted stays, whoever signs again: the latest first. */
const allNoted = (note: string | null, before: string | null): string | null => {
  if (note === null || before === null) return note ?? before;
  return before.split(NOTED_BEFORE).includes(note) ? before : `${note}${NOTED_BEFORE}${before}`;
};

export const prove =
  (deps: BookingDeps): Commands['bookings.proof'] =>
  ({ id, name, at, note, file, screen }, context) => {
    const { store, env } = deps;
    const booking = bookingById(store, id);
    if (name.trim() === '') throw new AppError('blocked', 'Say who signed for it.', { id });
    if (!['in_progress', 'done', 'closed'].includes(String(booking['status'])))
      throw new AppError('blocked', 'Only what was delivered is signed for.', { id });
    const signed = at ?? env.clock();
    refuseUnlikely(booking, 'POD', signed, deps);
    const eventAt = (code: string, more: { readonly note: string | null; readonly place: string | null }): StorePatch => {
      const rest = { reason: null, eta: null, temperature: null, corrects: null, screen };
      const values = eventValues({ id, code, at: signed, ...more, ...rest }, null, deps);
      return { kind: 'insert', table: 'tracking_events', id: env.ids(), values };
    };
    // Who signs at a time has it by then: a delivery that nobody recorded was that.
    const isDelivered = pictureOfBooking(store, id).deliveredAt !== null;
    return applyStep(store, context, { label: `Proof of ${nameOfBooking(booking)}`, screen }, [
      ...(isDelivered ? [] : [eventAt(moveCodes.done(booking['kind']), { note: null, place: null })]),
      eventAt('POD', { note, place: name.trim() }),
      ...(booking['status'] === 'in_progress' ? [moveTo(id, 'done', null)] : []),
      setBooking(id, {
        pod_name: name.trim(),
        pod_at: signed,
        pod_note: allNoted(textOf(note), textOf(booking['pod_note'])),
        pod_file: textOf(file) ?? textOf(booking['pod_file']),
      }),
    ]);
  };

export const addCost =
  (deps: BookingDeps): Commands['bookings.cost'] =>
  ({ id, code, cost, charge, note, screen }, context) => {
    const booking = bookingById(deps.store, id);
    if (code.trim() === '') throw new AppError('blocked', 'Say the charge code.', { id, field: 'code' });
    if (cost === null && charge === null) throw new AppError('blocked', 'Say what it costs or what is charged.', { id });
    const one = {
      code: code.trim().toUpperCase(),
      cost: cost === null ? null : BigInt(cost),
      charge: charge === null ? null : BigInt(charge),
      note,
    };
    return applyStep(deps.store, context, { label: `Cost of ${nameOfBooking(booking)}`, screen }, [
      chargePatch(booking, one, deps),
    ]);
  };

/** Takes the costs nobody is charged for off their list: charged, or borne for a reason that is said (B4). */
export const chargeCosts =
  ({ store }: BookingDeps): Commands['bookings.charge'] =>
  ({ id, charge, note, screen }, context) => {
    const booking = bookingById(store, id);
    const open = countedCharges(booking, store).filter((row) => row['charge'] === null && bigOf(row['cost']) !== 0n);
    if (open.length === 0) throw new AppError('blocked', 'Every cost of it is charged or borne already.', { id });
    const why = note?.trim() ?? '';
    if (charge === 0 && why === '')
      throw new AppError('blocked', 'Say in the note why nobody is charged for it.', { id, field: 'note' });
    const shares = allocate(
      BigInt(charge),
      open.map((row) => ({ id: row.id, net: bigOf(row['cost']) })),
    );
    const patches = open.map((row): StorePatch => {
      const values = { charge: Number(shares.get(row.id) ?? 0n), source: 'hand', ...(why === '' ? {} : { note: why }) };
      return { kind: 'update', table: 'booking_charges', id: row.id, values };
    });
    return applyStep(store, context, { label: `Charge costs of ${nameOfBooking(booking)}`, screen, reason: note }, patches);
  };

/** The days and units of a campaign; null where it says none. */
export const flightOf = (booking: StoredRow) => {
  const [from, to] = [textOf(booking['live_from']), textOf(booking['live_to'])];
  if (from === null || to === null || typeof booking['units_booked'] !== 'number') return null;
  return { booked: bigOf(booking['units_booked']), delivered: bigOf(booking['units_delivered']), from, to };
};

/** What to make good of a campaign that is over; null where there is nothing. */
export const shortOf = (booking: StoredRow, read: Reader, today: string) => {
  const flight = flightOf(booking);
  if (flight === null) return null;
  const made = rowsBy('bookings', 'make_good_of', booking.id, read)
    .filter(({ status }) => status !== 'cancelled')
    .map((one) => bigOf(one['units_booked']));
  return proposeMakeGood(booking.id, flight, { today, made });
};

export const makeGood =
  (deps: BookingDeps): Commands['bookings.make-good'] =>
  ({ id, screen }, context) => {
    const { store, env } = deps;
    const booking = bookingById(store, id);
    const proposal = shortOf(booking, store, companyToday(store, env));
    if (proposal === null) throw new AppError('blocked', 'There is nothing to make good.', { id });
    const made = env.ids();
    const values = {
      number: store.nextNumber('bookings'),
      account_id: booking['account_id'] ?? null,
      partner_id: booking['partner_id'] ?? null,
      order_id: booking['order_id'] ?? null,
      currency: booking['currency'] ?? null,
      kind: 'campaign',
      units_booked: Number(proposal.amount),
      make_good_of: id,
      make_good_reason: proposal.reason,
    };
    const done = applyStep(store, context, { label: `Make good ${nameOfBooking(booking)}`, screen }, [
      { kind: 'insert', table: 'bookings', id: made, values },
    ]);
    return { ...done, id: made };
  };
