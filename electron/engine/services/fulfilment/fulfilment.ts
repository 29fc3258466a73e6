/**
 * What happens to the lines of an order after it is confirmed: shipped in parts, delivered, accepted, returned,
 * cancelled, closed short, opened again (RULES 3.6). Events are only added, one per schedule line; what cannot have
 * happened is refused in words, and nothing of the command is written.
 */
import { AppError } from '../../../../shared/contract/define.ts';
import type { Commands, Queries } from '../../../../shared/contract/index.ts';
import { isWithinUnder, outstandingOf } from '../../../../shared/domain/fulfil/complete.ts';
import { judgeFulfilment, mostFor } from '../../../../shared/domain/fulfil/record.ts';
import { sayFulfilmentRefusal, sayNothing } from '../../../../shared/domain/fulfil/words.ts';
import { addBuckets, type FulfilmentEvent } from '../../../../shared/domain/fulfilment.ts';
import type { EngineEnv } from '../../env.ts';
import type { Reader, StorePatch, StoredRow, WriteStore } from '../../store/api.ts';
import { companyToday } from '../company/company.ts';
import { sayHold, standingHolds } from '../orders/holds.ts';
import { overLimitHold } from '../orders/over-limit.ts';
import { schedulesOf, type Schedule } from './schedules.ts';
import { changeBy } from '../access/identity.ts';
import { askForHold } from '../orders/ask-hold.ts';
import { documentById, nameOfOrder } from '../orders/orders.ts';
import { substitutesOf, insteadOf } from '../orders/substitutes.ts';

type Env = Pick<EngineEnv, 'ids' | 'clock' | 'zone' | 'locale'>;
type Input = Parameters<Commands['orders.fulfil']>[0];
type Kind = Input['kind'];
/** Also what billing records. */
type EventKind = FulfilmentEvent['kind'];

const kinds: readonly Kind[] = ['shipped', 'delivered', 'accepted', 'returned', 'cancelled', 'short_closed'];
/** What may also be recorded of an order that was closed. */
const afterClose: readonly Kind[] = ['delivered', 'accepted', 'returned'];
/** What nobody would understand later without a reason. */
const needsReason: readonly Kind[] = ['returned', 'cancelled', 'short_closed'];

/** The most that may be recorded of a schedule line, or taken back of it. */
const mostOf = ({ line, now }: Schedule, kind: EventKind, isBack: boolean): bigint =>
  isBack ? now[kind] : mostFor(line, now, kind);

const sumOf = (schedules: readonly Schedule[], kind: EventKind, isBack = false): bigint =>
  schedules.reduce((sum, schedule) => sum + mostOf(schedule, kind, isBack), 0n);

/** What there is to record where nobody says how much: the tolerance is what may go out beyond it, and not what does (F4). */
const usualOf = (schedules: readonly Schedule[], kind: EventKind): bigint => {
  const most = sumOf(schedules, kind);
  const open = schedules.reduce((sum, { now }) => sum + now.open, 0n);
  return kind === 'shipped' && open < most ? open : most;
};

type Part = { readonly schedule: string; readonly qty: bigint };
type LinePart = Part & { readonly line: string };

/** A quantity of a line over its schedule lines, in their order; beyond what was ordered only once all of that went (F4). */
export const spread = (schedules: readonly Schedule[], kind: EventKind, qty: bigint): readonly Part[] => {
  const isBack = qty < 0n;
  let left = isBack ? -qty : qty;
  const given = new Map<string, bigint>(schedules.map(({ id }) => [id, 0n]));
  const give = (room: (schedule: Schedule) => bigint): void => {
    for (const schedule of schedules) {
      const had = given.get(schedule.id) ?? 0n;
      const most = room(schedule) - had;
      const part = most < left ? most : left;
      if (part <= 0n) continue;
      left -= part;
      given.set(schedule.id, had + part);
    }
  };
  if (kind === 'shipped' && !isBack) give((schedule) => (mostOf(schedule, kind, false) > 0n ? schedule.now.open : 0n));
  give((schedule) => mostOf(schedule, kind, isBack));
  return [...given].flatMap(([schedule, part]) => (part > 0n ? [{ schedule, qty: isBack ? -part : part }] : []));
};

type Happened = {
  readonly kind: EventKind;
  readonly line: string;
  /** Millionths; below nothing it takes back. */
  readonly qty: bigint;
  readonly on: string;
  readonly by: 'us' | 'customer';
  readonly reason: string | null;
  readonly source: string | null;
};

/** Events on the schedule lines of a line, of a quantity that was judged before. */
export const lineEvents = (
  { kind, line, qty, on, by, reason, source }: Happened,
  { read, ids }: { readonly read: Reader; readonly ids: () => string },
): readonly StorePatch[] =>
  spread(schedulesOf(line, read), kind, qty).map((part) => ({
    kind: 'insert',
    table: 'fulfilments',
    id: ids(),
    values: { schedule_id: part.schedule, kind, qty: Number(part.qty), happened_on: on, done_by: by, reason, source },
  }));

/** Why a quantity cannot be recorded of a line, with the line's place; null where it can. */
export const refusalOf = (
  line: StoredRow,
  place: number,
  schedules: readonly Schedule[],
  kind: Kind,
  qty: bigint,
): string | null => {
  const now = addBuckets(schedules.map((one) => one.now));
  const whole = schedules.map((one) => one.line)[0];
  const refusal = whole === undefined ? null : judgeFulfilment({ ...whole, ordered: now.ordered }, now, { kind, qty });
  const most = sumOf(schedules, kind, qty < 0n);
  const isTooMuch = (qty < 0n ? -qty : qty) > most;
  if (refusal === null && !isTooMuch) return null;
  const said = refusal === null || refusal.code === 'TOO_MUCH' ? { code: 'TOO_MUCH' as const, most } : refusal;
  return `Line ${line['position'] ?? place}: ${sayFulfilmentRefusal({ kind, qty }, said)}.`;
};

const partsOf = ({ id, kind, lines }: Input, read: Reader): readonly LinePart[] => {
  const ofLine = (line: string, parts: readonly Part[]): readonly LinePart[] => parts.map((part) => ({ ...part, line }));
  const own = read.children('order_lines', id);
  if (lines === null)
    return own.flatMap((line) => {
      const schedules = schedulesOf(line.id, read);
      return ofLine(line.id, spread(schedules, kind, usualOf(schedules, kind)));
    });
  if (new Set(lines.map(({ line }) => line)).size < lines.length) throw new AppError('blocked', 'A line is named twice.', { id });
  return lines.flatMap(({ line, qty }) => {
    const at = own.findIndex((one) => one.id === line);
    const row = own[at];
    if (row === undefined)
      throw new AppError('not-found', 'A line is not on this order any more.', { table: 'order_lines', id: line });
    const schedules = schedulesOf(line, read);
    const refusal = refusalOf(row, at + 1, schedules, kind, BigInt(qty));
    if (refusal !== null) throw new AppError('blocked', refusal, { table: 'order_lines', id: line, field: 'qty' });
    return ofLine(line, spread(schedules, kind, BigInt(qty)));
  });
};

/** Refuses what may not be recorded of an order as it stands. */
export const refuseState = (order: StoredRow, kind: Kind): void => {
  const { status, id } = order;
  if (status === 'confirmed' || (status === 'closed' && afterClose.includes(kind))) return;
  const message =
    status === 'closed'
      ? 'The order is closed. Open it again first: set its status back to confirmed.'
      : kind === 'shipped'
        ? 'Only a confirmed order can go out. Confirm it first.'
        : 'Nothing is recorded of an order that is not confirmed. Confirm it first.';
  throw new AppError('blocked', message, { id });
};

/** Nothing goes out while a hold stands; what went out before is still recorded. */
const refuseHeld = (order: StoredRow, kind: Kind, read: Reader, env: Env): void => {
  const today = companyToday(read, env);
  const [hold] = kind === 'shipped' ? standingHolds(order.id, read, today) : [];
  const over = kind === 'shipped' && !hold ? overLimitHold(order, read, { today, locale: env.locale }) : null;
  const held = hold ? sayHold(hold) : over === null ? null : `Credit: ${over}`;
  if (held !== null) throw new AppError('blocked', `The order is on hold. ${held}. Release it first.`, { id: order.id });
};

/** An order that ships complete leaves nothing of its goods open when something goes out (O1). */
const refusePart = (order: StoredRow, kind: Kind, parts: readonly LinePart[], read: Reader): void => {
  if (kind !== 'shipped' || order['delivery'] !== 'complete') return;
  const isLeft = ({ line, now, id }: Schedule): boolean => {
    const goes = parts.reduce((sum, { schedule, qty }) => (schedule === id ? sum + qty : sum), 0n);
    return line.nature === 'goods' && now.open > goes;
  };
  const own = read.children('order_lines', order.id);
  const at = own.findIndex(({ id }) => schedulesOf(id, read).some(isLeft));
  const line = own[at];
  if (line === undefined) return;
  const why = `Line ${line['position'] ?? at + 1}: this order ships complete, and some of it would stay open.`;
  const out = 'Ship all of it, close the rest short first, or set the delivery of the order to partials allowed.';
  throw new AppError('blocked', `${why} ${out}`, { table: 'order_lines', id: line.id, field: 'qty' });
};

/**
 * An amount taken off the whole order is borne by what is left of it: where less is left it is another offer, which an
 * amendment looks at (O5, A2).
 */
const refuseDiscounted = (order: StoredRow, kind: Kind, parts: readonly LinePart[], read: Reader): void => {
  const { header_discount: amount } = order;
  if (kind !== 'cancelled' || typeof amount !== 'number' || amount <= 0) return;
  const gone = parts.reduce((sum, { qty }) => sum + qty, 0n);
  const schedules = read.children('order_lines', order.id).flatMap(({ id }) => schedulesOf(id, read));
  const wanted = schedules.reduce((sum, { now }) => sum + now.ordered - now.cancelled, 0n);
  if (gone > 0n && gone < wanted)
    throw new AppError(
      'blocked',
      'An amount is taken off the whole order, and would weigh on less. Amend the order instead: then it is looked at again.',
      { id: order.id },
    );
};

const verbs: Readonly<Record<Kind, string>> = {
  shipped: 'Ship',
  delivered: 'Deliver',
  accepted: 'Accept',
  returned: 'Return of',
  cancelled: 'Cancel remainder of',
  short_closed: 'Close short',
};

/** What is said of what was closed short within what the customer takes less (F4). */
const WITHIN = 'Within the tolerance';

/** The line as a whole: what it was to be, and what became of it. */
const wholeOf = (schedules: readonly Schedule[]): Pick<Schedule, 'line' | 'now'> | null => {
  const [first] = schedules;
  const now = addBuckets(schedules.map((one) => one.now));
  return first === undefined ? null : { line: { ...first.line, ordered: now.ordered }, now };
};

const isWithinOf = (line: string, read: Reader): boolean => {
  const whole = wholeOf(schedulesOf(line, read));
  return whole !== null && isWithinUnder(whole.line, whole.now);
};

/** Whether so little is missing of every line that it is closed short without asking. */
const isWithin = (kind: Kind, parts: readonly LinePart[], read: Reader): boolean =>
  kind === 'short_closed' && parts.every(({ line }) => isWithinOf(line, read));

const fulfil =
  (store: WriteStore, env: Env): Commands['orders.fulfil'] =>
  (input, context) => {
    const { id, kind, on, by, reason, screen } = input;
    const order = documentById('orders', store, id);
    refuseState(order, kind);
    refuseHeld(order, kind, store, env);
    const parts = partsOf(input, store);
    if (parts.length === 0) throw new AppError('blocked', sayNothing(kind), { id });
    refusePart(order, kind, parts, store);
    refuseDiscounted(order, kind, parts, store);
    const isBack = parts.some(({ qty }) => qty < 0n);
    const why = reason?.trim() || (isWithin(kind, parts, store) ? WITHIN : null);
    if (!isBack && needsReason.includes(kind) && why === null)
      throw new AppError('blocked', 'Say why: it stands in the history of the order.', { id, field: 'reason' });
    const substitutes = substitutesOf(input, store);
    const patches = parts.map(({ line, schedule, qty }): StorePatch => {
      const substitute = substitutes.get(line);
      const values = { schedule_id: schedule, kind, qty: Number(qty), happened_on: on, done_by: by, reason: why };
      const instead = { substitute_id: substitute ?? null, consent: input.consent?.trim() ?? null };
      return {
        kind: 'insert',
        table: 'fulfilments',
        id: env.ids(),
        values: substitute === undefined ? values : { ...values, ...instead },
      };
    });
    // What was cancelled or closed is owed again once it is open.
    const asked = isBack && needsReason.includes(kind) ? [askForHold(id, 'since some of it was opened again', env.ids())] : [];
    const label = `${isBack ? 'Open again' : verbs[kind]} ${nameOfOrder(order)}`;
    const { inverse: _, ...changed } = store.apply(
      [...patches, ...asked],
      changeBy(store, context, { label, screen, isCommand: true }),
    );
    return changed;
  };

const byKind = (amountOf: (kind: Kind) => bigint): Record<Kind, string> =>
  Object.fromEntries(kinds.map((kind) => [kind, String(amountOf(kind))])) as Record<Kind, string>;

/** What a line is of, in words. */
export const productOf = (line: StoredRow, read: Reader): string => {
  const product = typeof line['product_id'] === 'string' ? read.get('products', line['product_id']) : undefined;
  return [product?.['sku'], line['description']].filter((text) => typeof text === 'string' && text !== '').join(' · ');
};

export const fulfilmentQueries = ({ read }: { readonly read: Reader }): Pick<Queries, 'orders.fulfilment'> => ({
  'orders.fulfilment': ({ id }) => {
    const order = documentById('orders', read, id);
    return {
      is_complete_only: order['delivery'] === 'complete',
      lines: read.children('order_lines', id).map((line) => {
        const schedules = schedulesOf(line.id, read);
        const now = addBuckets(schedules.map((one) => one.now));
        return {
          id: line.id,
          position: typeof line['position'] === 'number' ? line['position'] : null,
          product: productOf(line, read),
          uom: typeof line['uom'] === 'string' ? line['uom'] : null,
          ordered: String(now.ordered),
          open: String(schedules.reduce((sum, one) => sum + outstandingOf(one.line.nature, one.now), 0n)),
          over: String(now.over),
          is_within_under: isWithinOf(line.id, read),
          ...insteadOf(line, read),
          recorded: byKind((kind) => now[kind]),
          most: byKind((kind) => sumOf(schedules, kind)),
          usual: byKind((kind) => usualOf(schedules, kind)),
        };
      }),
    };
  },
});

export const fulfilmentCommands = ({
  store,
  env,
}: {
  readonly store: WriteStore;
  readonly env: Env;
}): Pick<Commands, 'orders.fulfil'> => ({ 'orders.fulfil': fulfil(store, env) });
