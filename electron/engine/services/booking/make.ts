/** A booking made: what an order has left to book and what that weighs, then tendered or held as was asked (B1 to B3). */
import { AppError } from '../../../../shared/contract/define.ts';
import type { Commands, Queries } from '../../../../shared/contract/index.ts';
import { dayIn, instantAt } from '../../../../shared/domain/dates.ts';
import { leftToBook } from '../../../../shared/domain/booking/left.ts';
import { divideRounded } from '../../../../shared/domain/decimal.ts';
import type { CellInput } from '../../../../shared/domain/kinds.ts';
import type { Reader, StorePatch, StoredRow } from '../../store/api.ts';
import { companyZone } from '../company/company.ts';
import { natureOf } from '../fulfilment/fulfil-terms.ts';
import { documentById } from '../orders/orders.ts';
import { bigOf, rowsBy } from '../billing/receivables.ts';
import { applyStep } from '../access/step.ts';
import { textOf, type BookingDeps } from './read.ts';
import { moveTo, overridePatch, tenderPatches } from './tender.ts';

const MICRO = 1_000_000n;
const NEVER_WENT: readonly string[] = ['declined', 'cancelled', 'no_show', 'failed'];
const ARRIVED: readonly string[] = ['done', 'closed'];

type Left = { readonly line: StoredRow; readonly qty: bigint };
type Kind = Parameters<Commands['bookings.book']>[0]['kind'];

const takenOf = (line: string, read: Reader) =>
  rowsBy('booking_lines', 'order_line_id', line, read).flatMap(({ id, booking_id: booking, qty }) => {
    const status = read.get('bookings', String(booking ?? ''))?.['status'];
    const isTaken = typeof status === 'string' && !NEVER_WENT.includes(status);
    return isTaken ? [{ key: id, qty: bigOf(qty), isOver: ARRIVED.includes(status) }] : [];
  });

/** What of an order's lines is left to book: goods for a shipment, services for a visit or a campaign (F3). */
const leftOf = (order: string, kind: Kind, read: Reader): readonly Left[] =>
  read.children('order_lines', order).flatMap((line): readonly Left[] => {
    if ((natureOf(line, read) === 'goods') !== (kind === 'shipment')) return [];
    const events = read.children('schedule_lines', line.id).flatMap(({ id }) => read.children('fulfilments', id));
    const sumOf = (...kinds: readonly string[]): bigint =>
      events.reduce((sum, { kind: of, qty }) => (kinds.includes(String(of)) ? sum + bigOf(qty) : sum), 0n);
    const qty = leftToBook({
      ordered: bigOf(line['qty']),
      settled: sumOf('cancelled', 'short_closed'),
      shipped: events.filter((one) => one['kind'] === 'shipped').map((one) => ({ key: one.id, qty: bigOf(one['qty']) })),
      taken: takenOf(line.id, read),
    });
    return qty > 0n ? [{ line, qty }] : [];
  });

/** Of goods that all say what they weigh: millionths; null where one does not. */
const sumOfUnits = (lines: readonly Left[], field: 'weight' | 'volume', read: Reader): bigint | null => {
  const each = lines.map(({ line, qty }) => {
    const unit = bigOf(read.get('products', String(line['product_id'] ?? ''))?.[field]);
    return unit === 0n ? null : divideRounded(unit * qty, MICRO);
  });
  return each.length === 0 ? null : each.reduce((sum, one) => (sum === null || one === null ? null : sum + one), 0n);
};

const refusalOf = (order: StoredRow, kind: Kind, lines: readonly Left[]): string | null => {
  if (order['status'] !== 'confirmed') return 'Only a confirmed order is booked.';
  return kind === 'shipment' && lines.length === 0 ? 'All goods of this order are booked already, shipped or cancelled.' : null;
};

const proposalOf = (order: StoredRow, kind: Kind, read: Reader) => {
  const lines = leftOf(order.id, kind, read);
  const pieces = lines.reduce((sum, { qty }) => sum + qty, 0n) / MICRO;
  const weight = sumOfUnits(lines, 'weight', read);
  const volume = sumOfUnits(lines, 'volume', read);
  return {
    account: textOf(order['account_id']),
    partner: textOf(order['carrier_id']),
    weight: weight === null ? null : String(weight),
    volume: volume === null ? null : String(volume),
    pieces: pieces > 0n && pieces < 1_000_000n ? Number(pieces) : null,
    ready_on: textOf(order['promised']) ?? textOf(order['requested']),
    lines: lines.map(({ line, qty }) => ({ line: line.id, qty: String(qty) })),
    refusal: refusalOf(order, kind, lines),
  };
};

export const proposalQuery =
  (read: Reader): Queries['bookings.proposal'] =>
  ({ order }) =>
    proposalOf(documentById('orders', read, order), 'shipment', read);

/** The place goods go to: the order's own words, else its site. */
const destination = (order: StoredRow, read: Reader): Record<string, CellInput> => {
  const site = typeof order['site_id'] === 'string' ? read.get('sites', order['site_id']) : undefined;
  const account = read.get('accounts', String(order['account_id'] ?? ''));
  const first = (own: string, field: string): CellInput =>
    textOf(order[own]) ?? textOf(site?.[field]) ?? textOf(account?.[field]) ?? null;
  return {
    to_name: first('ship_name', 'name'),
    to_city: first('ship_city', 'city'),
    to_postcode: first('ship_postcode', 'postcode'),
    to_country: first('ship_country', 'country'),
  };
};

/** Cells as a row has them: what is not plain is nothing yet. */
const plainCells = (cells: Record<string, CellInput>): Record<string, string | number | null> =>
  Object.fromEntries(
    Object.entries(cells).map(([key, value]): [string, string | number | null] => [
      key,
      typeof value === 'string' || typeof value === 'number' ? value : null,
    ]),
  );

type Asked = Parameters<Commands['bookings.book']>[0];

/** The time of day goods have to be ready by for a service, on the day of pickup. */
const cutoffOf = (asked: Asked, read: Reader, zone: string): number | null => {
  if (asked.partner === null || asked.pickup === null) return null;
  const services = read.children('partner_services', asked.partner);
  const own = services.find(({ name }) => name === asked.service) ?? services[0];
  const time = textOf(own?.['cutoff']);
  return time !== null && /^([01]\d|2[0-3]):[0-5]\d$/.test(time) ? instantAt(zone, dayIn(zone, asked.pickup), time) : null;
};

/** The end of the window where none was asked: the day the order was promised for, at its close. */
const windowEnd = (asked: Pick<Asked, 'deliver'>, order: StoredRow | undefined, zone: string): number | null => {
  if (asked.deliver !== null) return asked.deliver;
  const day = textOf(order?.['promised']) ?? textOf(order?.['requested']);
  return day === null ? null : instantAt(zone, day, '17:00');
};

const defined = (values: Record<string, CellInput>): Record<string, CellInput> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));

const headOf = (asked: Asked, order: StoredRow | undefined, { store, env }: BookingDeps): Record<string, CellInput> => {
  const zone = companyZone(store, env);
  const proposal = order === undefined ? null : proposalOf(order, asked.kind, store);
  const services = asked.partner === null ? [] : store.children('partner_services', asked.partner);
  return defined({
    order_id: asked.order,
    account_id: asked.account ?? proposal?.account ?? null,
    partner_id: asked.partner,
    service: asked.service ?? textOf(services[0]?.['name']),
    kind: asked.kind,
    pickup_from: asked.pickup,
    deliver_to: windowEnd(asked, order, zone),
    cutoff_at: cutoffOf(asked, store, zone),
    weight: proposal?.weight === undefined || proposal.weight === null ? null : Number(proposal.weight),
    volume: proposal?.volume === undefined || proposal.volume === null ? null : Number(proposal.volume),
    pieces: proposal?.pieces ?? null,
    slot_id: asked.slot,
    slot_amount: asked.slot === null ? null : asked.amount,
    ...(order === undefined ? {} : destination(order, store)),
  });
};

/** What a booking of an order would be, before it is one: on the day it was promised for, until another is said. */
export const draftOf = (id: string, read: Reader, zone: string): StoredRow => {
  const order = documentById('orders', read, id);
  const { weight, volume, pieces } = proposalOf(order, 'shipment', read);
  const number = (text: string | null): number | null => (text === null ? null : Number(text));
  const { currency = null, account_id: account = null } = order;
  const own = {
    id,
    account_id: account,
    currency,
    kind: 'shipment',
    weight: number(weight),
    volume: number(volume),
    pieces,
    deliver_to: windowEnd({ deliver: null }, order, zone),
  };
  return { ...own, ...plainCells(destination(order, read)) };
};

const linesOf = (booking: string, order: StoredRow | undefined, kind: Kind, { store, env }: BookingDeps): readonly StorePatch[] =>
  order === undefined
    ? []
    : leftOf(order.id, kind, store).map(({ line, qty }) => ({
        kind: 'insert',
        table: 'booking_lines',
        id: env.ids(),
        values: { booking_id: booking, order_line_id: line.id, qty: Number(qty) },
      }));

/** What follows at once: nothing, a hold, or a tender at the partner's rate. */
const followed = (id: string, head: Record<string, CellInput>, asked: Asked, deps: BookingDeps): readonly StorePatch[] => {
  if (asked.stage === 'need') return [];
  if (asked.stage === 'hold') return [moveTo(id, 'hold', null)];
  return tenderPatches({ ...plainCells(head), id }, { partner: asked.partner, cost: null, override: [] }, deps);
};

export const book =
  (deps: BookingDeps): Commands['bookings.book'] =>
  (asked, context) => {
    const { store, env } = deps;
    const order = asked.order === null ? undefined : documentById('orders', store, asked.order);
    const refusal = order === undefined ? null : proposalOf(order, asked.kind, store).refusal;
    if (refusal !== null) throw new AppError('blocked', refusal, { id: asked.order });
    const id = env.ids();
    const head = headOf(asked, order, deps);
    if (head['account_id'] === undefined) throw new AppError('blocked', 'Choose an account first.', {});
    const number = store.nextNumber('bookings');
    const currency = textOf(order?.['currency']) ?? textOf(store.get('accounts', textOf(head['account_id']) ?? '')?.['currency']);
    const values = defined({ ...head, number, currency: currency ?? textOf(store.setting('currency')) });
    const done = applyStep(store, context, { label: `Book ${number}`, screen: asked.screen, reason: asked.override }, [
      { kind: 'insert', table: 'bookings', id, values },
      ...linesOf(id, order, asked.kind, deps),
      ...overridePatch(id, asked.override, context, deps),
      ...followed(id, values, asked, deps),
    ]);
    return { ...done, id };
  };
