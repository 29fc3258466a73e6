/** Everything that hangs on a booking, as its page shows it: events, tenders, charges, what is in the way and what is late. */
import type { OutputOf } from '../../../../shared/contract/define.ts';
import type { Queries, WorkbenchContract } from '../../../../shared/contract/index.ts';
import { pacing } from '../../../../shared/domain/booking/campaign.ts';
import { chargeFaults } from '../../../../shared/domain/booking/charges.ts';
import { paperAlert, sayFaults } from '../../../../shared/domain/booking/documents.ts';
import { codeLabel, reasonLabel } from '../../../../shared/domain/tracking/codes.ts';
import { etaHistory, pictureOf, standingEvents } from '../../../../shared/domain/tracking/events.ts';
import { exceptionLack, lateOf } from '../../../../shared/domain/tracking/late.ts';
import { excursionsOf } from '../../../../shared/domain/tracking/temperature.ts';
import type { Reader, StoredRow } from '../../store/api.ts';
import { currencyOf } from '../records/fields.ts';
import { bigOrNull, bookingById, eventsOf, faultsOf, numberOf, textOf, visitDay } from './read.ts';
import { countedCharges } from './in-force.ts';
import { scoreOf } from './offers.ts';
import { holdIn, wantsOf } from './slots.ts';
import { flightOf, shortOf } from './steps.ts';

type Story = OutputOf<WorkbenchContract['bookings.story']>;
export type StoryDeps = {
  readonly read: Reader;
  readonly now: () => number;
  readonly today: () => string;
  readonly zone: () => string;
};

/** How long a temperature may be outside its range, in milliseconds. */
const ALLOWANCE = 30 * 60_000;

const eventsIn = (booking: StoredRow, read: Reader): Story['events'] => {
  const events = eventsOf(read, booking.id);
  const standing = new Set(standingEvents(events).map(({ id }) => id));
  const steps = etaHistory(events);
  return events
    .toSorted((a, b) => b.happenedAt - a.happenedAt || b.recordedAt - a.recordedAt)
    .map((event) => {
      const row = read.get('tracking_events', event.id);
      const step = steps.find(({ at, to }) => at === event.recordedAt && to === event.eta);
      return {
        id: event.id,
        code: event.code,
        label: codeLabel(event.code),
        reason: reasonLabel(event.reason),
        at: event.happenedAt,
        recorded_at: event.recordedAt,
        eta: event.eta,
        eta_before: step?.from ?? null,
        place: event.place,
        source: textOf(row?.['source_name']) ?? textOf(row?.['source']) ?? 'person',
        note: textOf(row?.['note']),
        is_corrected: !standing.has(event.id),
      };
    });
};

const chargesIn = (booking: StoredRow, read: Reader): Story['charges'] => {
  const items = countedCharges(booking, read).map((row) => ({
    id: row.id,
    code: String(row['code'] ?? ''),
    cost: bigOrNull(row['cost']),
    charge: bigOrNull(row['charge']),
  }));
  const faults = new Map(chargeFaults(items).map(({ id, fault }) => [id, fault]));
  return items.map(({ id, code, cost, charge }) => ({
    id,
    code,
    cost: cost === null ? null : String(cost),
    charge: charge === null ? null : String(charge),
    fault: faults.get(id) ?? null,
  }));
};

const UNDER_WAY: readonly string[] = ['confirmed', 'in_progress', 'done', 'closed'];

const lateIn = (booking: StoredRow, { read, now }: StoryDeps): Pick<Story, 'late' | 'lacks'> => {
  const events = eventsOf(read, booking.id);
  const picture = pictureOf(events);
  const windows = { pickupTo: numberOf(booking['pickup_to']), deliverTo: numberOf(booking['deliver_to']) };
  const isUnderWay = UNDER_WAY.includes(String(booking['status']));
  const late = isUnderWay ? lateOf(picture, windows, now(), etaHistory(events).at(-1)?.reason ?? null) : null;
  const isException = isUnderWay && picture.deliveredAt === null && (picture.trouble !== null || late !== null);
  const lacks = exceptionLack({
    owner: textOf(booking['problem_owner_id']),
    nextAction: textOf(booking['next_action']),
    customerToldAt: numberOf(booking['told_at']),
  });
  return { late: late === null ? null : { kind: late.kind, reason: late.reason }, lacks: isException ? lacks : null };
};

const excursionsIn = (booking: StoredRow, read: Reader): Story['excursions'] => {
  const [min, max] = [numberOf(booking['temp_min']), numberOf(booking['temp_max'])];
  if (min === null && max === null) return [];
  const readings = read.children('tracking_events', booking.id).flatMap(({ happened_at: at, temperature }) => {
    const value = numberOf(temperature);
    return value === null ? [] : [{ at: numberOf(at) ?? 0, temperature: value }];
  });
  return excursionsOf(readings, { min, max, allowance: ALLOWANCE }).map(({ from, to, worst }) => ({ from, to, worst }));
};

const campaignIn = (booking: StoredRow, { read, today }: StoryDeps): Pick<Story, 'pacing' | 'short'> => {
  const flight = flightOf(booking);
  const pace = flight === null ? null : pacing(flight, today());
  const short = shortOf(booking, read, today());
  return { pacing: pace === null ? null : String(pace), short: short === null ? null : String(short.amount) };
};

const papersIn = (booking: StoredRow, { read, zone, today }: StoryDeps): Story['papers'] => {
  const day = visitDay(booking, zone()) ?? today();
  const kind = textOf(booking['kind']) ?? 'shipment';
  const said = sayFaults(faultsOf({ partner: textOf(booking['partner_id']), kind, day }, read), day);
  return said === null ? [] : [said];
};

const storyOf = (booking: StoredRow, deps: StoryDeps): Story => {
  const { read } = deps;
  const { id } = booking;
  return {
    currency: currencyOf('bookings', booking, read) ?? '',
    events: eventsIn(booking, read),
    tenders: read.children('tenders', id).map((row) => ({
      id: row.id,
      partner: textOf(read.get('partners', String(row['partner_id'] ?? ''))?.['name']) ?? '',
      cost: row['cost'] === null ? null : String(row['cost']),
      sent_at: numberOf(row['sent_at']),
      answer: textOf(row['answer']),
      reason: textOf(row['reason']),
    })),
    charges: chargesIn(booking, read),
    stops: read.children('booking_stops', id).map((row) => ({
      id: row.id,
      name: [textOf(row['name']), textOf(row['city'])].filter((part) => part !== null).join(', '),
      window: numberOf(row['window_to']) ?? numberOf(row['window_from']),
    })),
    lines: read.children('booking_lines', id).length,
    deliverables: read.children('booking_deliverables', id).map((row) => ({
      id: row.id,
      name: textOf(row['name']) ?? '',
      due_on: textOf(row['due_on']),
      is_done: textOf(row['done_on']) !== null,
    })),
    ...lateIn(booking, deps),
    papers: papersIn(booking, deps),
    excursions: excursionsIn(booking, read),
    ...campaignIn(booking, deps),
    ...holdIn(booking, read, deps.now()),
  };
};

/** A partner as its panel shows it. */
const deskOf = (partner: string, { read, today }: StoryDeps): OutputOf<WorkbenchContract['partners.desk']> => {
  const { onTime, acceptance } = scoreOf(partner, read);
  const open = read.match('bookings', 'partner_id', partner).filter((id) => {
    const status = String(read.get('bookings', id)?.['status'] ?? '');
    return ['hold', 'tendered', 'accepted', 'accepted_exception', 'confirmed', 'in_progress'].includes(status);
  });
  return {
    on_time: onTime,
    acceptance,
    open: open.length,
    services: read.children('partner_services', partner).map((row) => textOf(row['name']) ?? ''),
    rates: read.children('partner_rates', partner).length,
    papers: read.children('partner_papers', partner).map((row) => {
      const to = textOf(row['valid_to']);
      return { id: row.id, type: textOf(row['type']) ?? '', to, alert: to === null ? null : paperAlert(to, today()) };
    }),
  };
};

export const storyQueries = (deps: StoryDeps): Pick<Queries, 'bookings.story' | 'bookings.slot' | 'partners.desk'> => ({
  'bookings.slot': ({ id }) => {
    const slot = deps.read.get('slots', id);
    return { wants: slot === undefined ? [] : wantsOf(slot, deps.read, deps.now()) };
  },
  'bookings.story': ({ id }) => storyOf(bookingById(deps.read, id), deps),
  'partners.desk': ({ id }) => deskOf(id, deps),
});
