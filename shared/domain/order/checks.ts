/**
 * What is looked at when an order is confirmed, beside cells that cannot be read (O3). Every finding is data: what it
 * is, how serious, which cell to go to, and whether somebody may go on with a reason.
 */
import { canonicalJson } from '../canonical.ts';
import { matchKey } from '../fold.ts';
import { addWorkingDays, type Calendar } from './calendar.ts';

type CheckCode =
  | 'PO_DUPLICATE'
  | 'BASKET_REPEAT'
  | 'PACK_MULTIPLE'
  | 'MIN_ORDER'
  | 'DISCONTINUED'
  | 'STOCK_SHORT'
  | 'PROMISE_EARLY'
  | 'PROMISE_NEVER'
  | 'QUOTE_EXCESS';

/** A finding. `block` keeps the order from being confirmed unless `canOverride` and a reason is given. */
export type Finding = {
  readonly code: CheckCode;
  readonly level: 'block' | 'warn';
  /** The order itself, or one of its lines. */
  readonly line: string | null;
  readonly field: string;
  readonly canOverride: boolean;
  /** What it is about: another order, the quantity to round up to, a successor, a day. Quantities in millionths. */
  readonly about: Readonly<Record<string, string>>;
};

/** Quantities and the pack in millionths. */
export type CheckedLine = {
  readonly id: string;
  readonly product: string;
  readonly uom: string | null;
  readonly qty: bigint;
  /** Of a line at the price of a quote: what that quote still holds (P2). */
  readonly quoted: bigint | null;
  /** What it is sold in; null = any quantity. */
  readonly pack: bigint | null;
  readonly isDiscontinued: boolean;
  readonly successor: string | null;
  /** What there was to send, as of a moment; null = not known. */
  readonly stock: { readonly qty: bigint; readonly asOf: string } | null;
  readonly promised: string | null;
  /** Working days it takes to get there. */
  readonly leadDays: number;
};

export type CheckedOrder = {
  readonly id: string;
  readonly account: string;
  readonly po: string | null;
  /** Minor units. */
  readonly net: bigint;
  readonly lines: readonly CheckedLine[];
  /** Milliseconds UTC. */
  readonly at: number;
};

/** Another order of the same account. */
export type OtherOrder = Pick<CheckedOrder, 'id' | 'po' | 'at'> & {
  readonly number: string;
  readonly isCancelled: boolean;
  readonly lines: readonly Pick<CheckedLine, 'product' | 'uom' | 'qty'>[];
};

export type CheckSettings = {
  readonly today: string;
  readonly calendar: Calendar;
  /** Minor units; null = none. */
  readonly minimum: bigint | null;
};

const REPEAT_MS = 24 * 3_600_000;
const poKey = (po: string | null): string => matchKey(po ?? '');

/** Goods and quantities of an order as one text: the same basket however its lines are split and ordered. */
const basketOf = (lines: OtherOrder['lines']): string => {
  const sums = new Map<string, bigint>();
  for (const { product, uom, qty } of lines) {
    const key = canonicalJson([product, uom]);
    sums.set(key, (sums.get(key) ?? 0n) + qty);
  }
  return canonicalJson(Object.fromEntries([...sums].map(([key, qty]) => [key, String(qty)])));
};

const ofOthers = (order: CheckedOrder, others: readonly OtherOrder[]): readonly Finding[] => {
  const live = others.filter(({ id, isCancelled }) => id !== order.id && !isCancelled);
  const duplicate = poKey(order.po) === '' ? undefined : live.find(({ po }) => poKey(po) === poKey(order.po));
  const basket = basketOf(order.lines);
  const repeat =
    order.lines.length === 0
      ? undefined
      : live.find(({ at, lines }) => Math.abs(order.at - at) < REPEAT_MS && basketOf(lines) === basket);
  const about = ({ id, number }: OtherOrder): Finding['about'] => ({ order: id, number });
  return [
    ...(duplicate
      ? [
          {
            code: 'PO_DUPLICATE',
            level: 'block',
            line: null,
            field: 'po_ref',
            canOverride: true,
            about: about(duplicate),
          } as const,
        ]
      : []),
    ...(repeat
      ? [
          {
            code: 'BASKET_REPEAT',
            level: 'warn',
            line: null,
            field: 'line_count',
            canOverride: true,
            about: about(repeat),
          } as const,
        ]
      : []),
  ];
};

/** The next whole number of packs. */
export const roundUpToPack = (qty: bigint, pack: bigint | null): bigint =>
  pack === null || pack <= 0n ? qty : ((qty + pack - 1n) / pack) * pack;

const ofPromise = (line: CheckedLine, { today, calendar }: CheckSettings): readonly Finding[] => {
  const { id, promised, leadDays } = line;
  if (promised === null) return [];
  const earliest = addWorkingDays(today, leadDays, calendar);
  const at = { level: 'warn', line: id, field: 'promised', canOverride: true } as const;
  if (earliest === null) return [{ ...at, code: 'PROMISE_NEVER', level: 'block', about: {} }];
  return promised < earliest ? [{ ...at, code: 'PROMISE_EARLY', about: { earliest } }] : [];
};

const ofLine = (line: CheckedLine, settings: CheckSettings): readonly Finding[] => {
  const { id, qty, quoted, pack, stock, successor } = line;
  const up = roundUpToPack(qty, pack);
  const found = (code: CheckCode, level: Finding['level'], field: string, about: Finding['about']): Finding => ({
    code,
    level,
    line: id,
    field,
    canOverride: true,
    about,
  });
  return [
    ...(line.isDiscontinued ? [found('DISCONTINUED', 'block', 'product_id', successor === null ? {} : { successor })] : []),
    ...(up === qty ? [] : [found('PACK_MULTIPLE', 'block', 'qty', { up: String(up), pack: String(pack) })]),
    ...(quoted !== null && quoted < qty ? [found('QUOTE_EXCESS', 'block', 'qty', { quoted: String(quoted) })] : []),
    ...(stock !== null && stock.qty < qty
      ? [found('STOCK_SHORT', 'warn', 'qty', { stock: String(stock.qty), asOf: stock.asOf })]
      : []),
    ...ofPromise(line, settings),
  ];
};

/** Everything found, the order first, then line by line as they stand. */
export const checkOrder = (order: CheckedOrder, others: readonly OtherOrder[], settings: CheckSettings): readonly Finding[] => {
  const { minimum } = settings;
  return [
    ...ofOthers(order, others),
    ...(minimum !== null && order.net < minimum
      ? [
          {
            code: 'MIN_ORDER',
            level: 'block',
            line: null,
            field: 'net',
            canOverride: true,
            about: { minimum: String(minimum) },
          } as const,
        ]
      : []),
    ...order.lines.flatMap((line) => ofLine(line, settings)),
  ];
};

/** What somebody decided to go on in spite of, and why. */
export type Override = { readonly code: string; readonly line: string | null; readonly reason: string };

/** The findings that still keep an order from being confirmed. */
export const blockingOf = (findings: readonly Finding[], overrides: readonly Override[]): readonly Finding[] =>
  findings.filter(
    ({ code, line, level, canOverride }) =>
      level === 'block' &&
      !(canOverride && overrides.some((one) => one.code === code && one.line === line && one.reason.trim() !== '')),
  );
