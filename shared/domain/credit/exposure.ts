/**
 * What an account owes and is about to owe (K1), and what that means for an order (K2). One figure everywhere: gross of
 * tax, minor units of the limit's currency. A hold never stops anybody from taking the order down.
 */
import { daysBetween } from '../dates.ts';
import { MICRO } from '../kinds.ts';

/** Minor units, gross of tax. `billed` is in the receivables already. */
export type ConfirmedOrder = { readonly id: string; readonly total: bigint; readonly billed: bigint };

/** With the stamp it was confirmed at. */
export type AgreedOrder = ConfirmedOrder & { readonly since: number };

export type ExposureInput = {
  readonly receivables: bigint;
  /** Credits and payments not set against an invoice yet. */
  readonly credits: bigint;
  /** Delivered or not. */
  readonly orders: readonly ConfirmedOrder[];
  /** Delivered without an order, and not billed. */
  readonly deliveries: bigint;
  /** The order that is judged; it is counted once, whether it is confirmed already or not. */
  readonly order: { readonly id: string; readonly total: bigint } | null;
};

/** The parts of the figure as they are shown behind it; `total` is their sum. */
export type Exposure = {
  readonly receivables: bigint;
  readonly credits: bigint;
  readonly unbilled: bigint;
  readonly deliveries: bigint;
  readonly order: bigint;
  readonly total: bigint;
};

/** What is still to be billed of an order. Billed above its total leaves nothing, and takes nothing from the others. */
export const unbilledOf = ({ total, billed }: ConfirmedOrder): bigint => (total > billed ? total - billed : 0n);

export const exposureOf = ({ receivables, credits, orders, deliveries, order }: ExposureInput): Exposure => {
  const unbilled = orders.reduce((sum, one) => sum + unbilledOf(one), 0n);
  const own = order === null || orders.some(({ id }) => id === order.id) ? 0n : order.total;
  return { receivables, credits, unbilled, deliveries, order: own, total: receivables - credits + unbilled + deliveries + own };
};

/** An order by which a limit is passed, and how much of that is its own; minor units. */
export type OrderBeyond = { readonly id: string; readonly part: bigint };

/** What is open of an order that credit was released for, billed or not. */
export type ReleasedOrder = {
  readonly id: string;
  /** The stamp of the release. */
  readonly since: number;
  /** Minor units. */
  readonly open: bigint;
  /** By how much the limit was passed when it was released; null = not known. */
  readonly agreed: bigint | null;
};

type Turn = { readonly id: string; readonly since: number };

/** The latest first; the same on every device. */
const byTurn = (one: Turn, other: Turn): number => other.since - one.since || (one.id < other.id ? 1 : -1);

/** What releases agreed to of what is beyond: of each order its part in its turn, and no more than was beyond when it was released. */
const agreedOf = (released: readonly ReleasedOrder[], open: readonly AgreedOrder[], over: bigint): bigint => {
  const turns = [...released, ...open.map((order) => ({ ...order, open: unbilledOf(order), agreed: 0n }))].toSorted(byTurn);
  const sums = { left: over, agreed: 0n };
  for (const { open: own, agreed } of turns) {
    const part = own < sums.left ? own : sums.left;
    if (part <= 0n) continue;
    sums.left -= part;
    sums.agreed += agreed === null || part < agreed ? part : agreed;
  }
  return sums.agreed;
};

/** Orders of which something is still to be billed: held for credit, and neither that nor released; and those that were released. */
export type OrdersBeside = {
  readonly held: readonly ConfirmedOrder[];
  readonly released: readonly ReleasedOrder[];
  readonly open: readonly AgreedOrder[];
};

/**
 * The orders by which a limit is passed: the latest that were confirmed, as many as it takes, each with its part (K2). Those
 * before them were within it; so every device names the same ones. What a person or a rule has held for credit answers for
 * itself: it is taken off first, and holds up no other. Of what was released only that is which was agreed to.
 * @param over by how much, minor units
 */
export const ordersBeyond = ({ held, released, open }: OrdersBeside, over: bigint): readonly OrderBeyond[] => {
  const beyond: OrderBeyond[] = [];
  const unheld = held.reduce((sum, one) => sum - unbilledOf(one), over);
  let left = unheld - agreedOf(released, open, unheld);
  for (const order of open.toSorted(byTurn)) {
    if (left <= 0n) break;
    const own = unbilledOf(order);
    beyond.push({ id: order.id, part: own < left ? own : left });
    left -= own;
  }
  return beyond;
};

export type CreditLimits = {
  /** Minor units; null = not said there. */
  readonly account: bigint | null;
  readonly group: bigint | null;
  readonly company: bigint | null;
  /** Accounts of the group are not judged by a limit. */
  readonly isBypassed: boolean;
};

/** The limit that holds: the account's, else its group's, else the company's; null = none. Zero is a limit. */
export const limitOf = ({ account, group, company, isBypassed }: CreditLimits): bigint | null =>
  isBypassed ? null : (account ?? group ?? company);

export type CreditPolicy = {
  /** Fraction of the limit, in millionths, from which on it warns. */
  readonly warnAt: number;
  readonly graceDays: number;
};

/** RULES.md 3.15: what the workbench ships with. */
export const defaultCreditPolicy: CreditPolicy = { warnAt: 900_000, graceDays: 15 };

export type CreditResult = {
  readonly result: 'ok' | 'warn' | 'hold';
  /** Why: over the limit, near it, or overdue for too long. Both tests are said. */
  readonly causes: readonly ('over_limit' | 'near_limit' | 'overdue')[];
  readonly limit: bigint | null;
  /** What is left of the limit, below zero where it is passed. */
  readonly room: bigint | null;
  readonly overdueDays: number;
};

/** K2. @param oldestDue the due day of the oldest invoice that is overdue and not in dispute; null = none */
export const judgeCredit = (
  exposure: bigint,
  limits: CreditLimits,
  oldestDue: string | null,
  policy: CreditPolicy,
  today: string,
): CreditResult => {
  const limit = limitOf(limits);
  const overdueDays = oldestDue === null ? 0 : Math.max(0, daysBetween(oldestDue, today));
  const isOver = limit !== null && exposure > limit;
  const isNear = limit !== null && !isOver && exposure > 0n && exposure * BigInt(MICRO) >= limit * BigInt(policy.warnAt);
  const isOverdue = !limits.isBypassed && overdueDays > policy.graceDays;
  return {
    result: isOver || isOverdue ? 'hold' : isNear ? 'warn' : 'ok',
    causes: [
      ...(isOver ? ['over_limit' as const] : []),
      ...(isNear ? ['near_limit' as const] : []),
      ...(isOverdue ? ['overdue' as const] : []),
    ],
    limit,
    room: limit === null ? null : limit - exposure,
    overdueDays,
  };
};

const HOUR = 3_600_000;

/** How old the figures are: `as of 14 h ago`. @param takenAt, now milliseconds UTC */
export const sayAge = (takenAt: number, now: number): string => {
  const hours = Math.max(0, Math.floor((now - takenAt) / HOUR));
  if (hours < 1) return 'as of less than an hour ago';
  return hours < 48 ? `as of ${hours} h ago` : `as of ${Math.floor(hours / 24)} days ago`;
};
