/**
 * Orders of the sample, day by day over eighteen months: seasons, baskets that come again, late and part deliveries,
 * and what has not gone out yet. Only a day's orders exist at a time, whatever the size.
 */
import { addDays, daysBetween, monthOf, weekdayOf, yearOf } from '../../../../shared/domain/dates.ts';
import type { CellInput } from '../../../../shared/domain/kinds.ts';
import { numberPrefix, renderNumber } from '../../../../shared/domain/numbering.ts';
import type { StorePatch } from '../../store/api.ts';
import type { Making, Masters, SampleAccount, SampleItem } from './masters.ts';
import type { Random } from './random.ts';

/** What becomes of a line: shares of its quantity, on days. */
type Delivery = { readonly on: string; readonly share: number };

export type SampleLine = {
  readonly id: string;
  readonly qty: number;
  readonly deliveries: readonly Delivery[];
  readonly isDelivered: boolean;
};
export type SampleOrder = { readonly patches: readonly StorePatch[]; readonly lines: readonly SampleLine[] };

const DAYS = 548;
const MICRO = 1_000_000;
const CENT = 10_000;
/** January to December: quiet summers, a busy autumn. */
const SEASON = [0.85, 0.8, 1, 1, 1.05, 0.95, 0.75, 0.7, 1.15, 1.3, 1.35, 1.1];
const WEEKDAY = [1.1, 1.2, 1.15, 1.05, 0.9, 0.1, 0.05];
/** The device code of numbers made here: no device of a person bears it. */
export const DEVICE = 'DEM';
const DISCOUNT = { a: 100_000, b: 50_000, c: 0 };

type Day = { readonly day: string; readonly orders: number };

/** Spreads the orders over the days by season, weekday and a slow growth, to the last one. */
const calendarOf = ({ today, size }: Making): readonly Day[] => {
  const days = Array.from({ length: DAYS }, (_, at) => addDays(today, at - DAYS + 1));
  const weights = days.map(
    (day, at) => (SEASON[monthOf(day) - 1] ?? 1) * (WEEKDAY[weekdayOf(day) - 1] ?? 1) * (1 + (at / DAYS) * 0.4),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let due = 0;
  let given = 0;
  return days.map((day, at) => {
    due += ((weights[at] ?? 0) / total) * size.orders;
    const orders = (at === DAYS - 1 ? size.orders : Math.round(due)) - given;
    given += orders;
    return { day, orders };
  });
};

/** A working day, that one or the next. */
const workday = (day: string): string => (weekdayOf(day) > 5 ? addDays(day, 8 - weekdayOf(day)) : day);

type Fate = { readonly status: string; readonly deliveries: readonly Delivery[] };

/** What has become of an order by today. */
const fateOf = (random: Random, ordered: string, promised: string, today: string): Fate => {
  const age = daysBetween(ordered, today);
  if (random.chance(0.025)) return { status: 'cancelled', deliveries: [] };
  if (age <= 4 && random.chance(0.6)) return { status: random.chance(0.6) ? 'draft' : 'submitted', deliveries: [] };
  const late = random.chance(0.1) ? random.int(1, 9) : -random.int(0, 2);
  const wanted = workday(addDays(promised, late));
  const on = wanted < ordered ? ordered : wanted;
  const isSplit = random.chance(0.07);
  const second = workday(addDays(on, random.int(3, 8)));
  const all = isSplit
    ? [
        { on, share: 0.6 },
        { on: second, share: 0.4 },
      ]
    : [{ on, share: 1 }];
  const deliveries = all.filter((delivery) => delivery.on <= today);
  const isWhole = deliveries.length === all.length;
  return { status: isWhole && daysBetween(on, today) > 14 ? 'closed' : 'confirmed', deliveries };
};

/** Prices of an account in other money: the list at a set rate, to the cent. */
export const priceFor = ({ currency }: SampleAccount, item: SampleItem, base: string): number =>
  currency === base ? item.product.price : Math.round((item.product.price * 1.17) / CENT) * CENT;

const itemsOf = (random: Random, account: SampleAccount, masters: Masters, most: number): readonly SampleItem[] => {
  const count = random.int(1, most);
  const chosen = new Map<string, SampleItem>();
  for (let at = 0; at < count * 3 && chosen.size < count; at += 1) {
    const isUsual = random.chance(0.75);
    const product = isUsual ? null : random.pickEarly(masters.products);
    const item = product === null ? random.pick(account.basket) : { product, qty: product.lot * random.int(1, 8) };
    chosen.set(item.product.id, { ...item, qty: Math.max(item.product.lot, item.qty + item.product.lot * random.int(-1, 2)) });
  }
  return [...chosen.values()];
};

type Draw = {
  readonly making: Making;
  readonly masters: Masters;
  readonly random: Random;
  readonly numbers: Map<string, number>;
};

const nextNumber = ({ numbers }: Draw, day: string): string => {
  const prefix = numberPrefix('O', day, DEVICE);
  const counter = (numbers.get(prefix) ?? 0) + 1;
  numbers.set(prefix, counter);
  return renderNumber(prefix, counter);
};

const makeLine = (
  draw: Draw,
  order: string,
  account: SampleAccount,
  item: SampleItem,
  position: number,
): { readonly id: string; readonly values: Record<string, CellInput> } => {
  const { making, random } = draw;
  const price = priceFor(account, item, making.currency);
  return {
    id: making.ids(),
    values: {
      order_id: order,
      position,
      product_id: item.product.id,
      qty: item.qty * MICRO,
      price: random.chance(0.06) ? Math.round((price * 0.97) / CENT) * CENT : price,
      discount: DISCOUNT[account.tier] === 0 ? null : DISCOUNT[account.tier],
    },
  };
};

const makeOrder = (draw: Draw, ordered: string): SampleOrder => {
  const { making, masters, random } = draw;
  const account = random.pickEarly(masters.accounts);
  const requested = workday(addDays(ordered, random.int(5, 21)));
  const promised = random.chance(0.85) ? requested : workday(addDays(requested, random.int(1, 5)));
  const { status, deliveries } = fateOf(random, ordered, promised, making.today);
  const id = making.ids();
  const items = itemsOf(random, account, masters, making.size.mostLines);
  const lines = items.map((item, at) => makeLine(draw, id, account, item, at + 1));
  const isNumbered = status !== 'draft';
  const values = {
    number: isNumbered ? nextNumber(draw, ordered) : null,
    account_id: account.id,
    po_ref: random.chance(0.8) ? `PO ${yearOf(ordered) % 100}${String(random.int(1, 9999)).padStart(4, '0')}` : null,
    status,
    ordered_on: ordered,
    requested,
    promised: isNumbered && status !== 'submitted' ? promised : null,
    currency: account.currency,
    site_id: account.site,
    carrier_id: random.pick(masters.carriers),
    owner_id: account.owner,
    freight: random.chance(0.6) ? random.int(12, 95) * 50 : null,
    terms: '30 days',
  };
  return {
    patches: [
      { kind: 'insert', table: 'orders', id, values },
      ...lines.map((line): StorePatch => ({ kind: 'insert', table: 'order_lines', ...line })),
    ],
    lines: lines.map((line, at) => ({
      id: line.id,
      qty: (items[at]?.qty ?? 0) * MICRO,
      deliveries,
      isDelivered: status === 'closed',
    })),
  };
};

/** The orders of the sample in the order they were placed. The same seed and day give the same orders. */
export function* makeOrders(making: Making, masters: Masters): Generator<SampleOrder> {
  const draw: Draw = { making, masters, random: making.random.fork('orders'), numbers: new Map() };
  for (const { day, orders } of calendarOf(making)) {
    for (let at = 0; at < orders; at += 1) yield makeOrder(draw, day);
  }
}

/** The events of a line on its schedule line. Whole pieces go out: the first share rounds, the last takes the rest. */
export const deliveryPatches = (line: SampleLine, schedule: string, ids: () => string): readonly StorePatch[] => {
  let left = line.qty;
  return line.deliveries.flatMap(({ on, share }, at) => {
    const isLast = share === 1 || at === 1;
    const qty = isLast ? left : Math.max(MICRO, Math.round((line.qty * share) / MICRO) * MICRO);
    left -= qty;
    if (qty <= 0) return [];
    const event = (kind: string, happenedOn: string): StorePatch => ({
      kind: 'insert',
      table: 'fulfilments',
      id: ids(),
      values: { schedule_id: schedule, kind, qty, happened_on: happenedOn, done_by: kind === 'shipped' ? 'us' : 'carrier' },
    });
    return line.isDelivered ? [event('shipped', on), event('delivered', addDays(on, 1))] : [event('shipped', on)];
  });
};
