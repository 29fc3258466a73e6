/**
 * The order pad (O2): what an account usually buys, what it has not bought lately, and how much of it to offer. Made of
 * the account's own orders only, by rules that can be said in one sentence each.
 */
import { daysBetween } from '../dates.ts';
import { roundUpToPack } from './checks.ts';

/** One product on one order. Quantity in millionths. */
export type Bought = { readonly product: string; readonly on: string; readonly qty: bigint };

export type PadRow = {
  readonly product: string;
  readonly lastOn: string;
  readonly lastQty: bigint;
  /** Orders it was on. */
  readonly times: number;
  /** Days it usually takes from one order of it to the next; null = ordered once. */
  readonly everyDays: number | null;
  /** On at least half of the account's last orders. */
  readonly isUsual: boolean;
  /** Overdue by its own rhythm: half as long again as it usually takes. */
  readonly isNotLately: boolean;
  readonly suggested: bigint;
};

/** Orders that count for the usual basket and the suggested quantity. */
const LAST = 5;

/** The rules above, as the pad says them. */
export const padRules = {
  usual: `On at least half of the last ${LAST} orders`,
  notLately: 'Not ordered for half as long again as it usually takes',
  suggested: `The middle quantity of its last ${LAST} orders, rounded up to full packs`,
} as const;

/** The middle value; of an even number of values the higher of the two in the middle. */
const middle = <T extends bigint | number>(values: readonly T[]): T | undefined =>
  values.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))[Math.floor(values.length / 2)];

/** One entry per day, the newest first. */
const byDay = (bought: readonly Bought[]): readonly Bought[] => {
  const days = new Map<string, Bought>();
  for (const one of bought) days.set(one.on, { ...one, qty: one.qty + (days.get(one.on)?.qty ?? 0n) });
  return [...days.values()].toSorted((a, b) => (a.on < b.on ? 1 : -1));
};

const rowOf = (
  product: string,
  all: readonly Bought[],
  lastDays: readonly string[],
  { today, pack }: { readonly today: string; readonly pack: bigint | null },
): PadRow | null => {
  const orders = byDay(all);
  const [last] = orders;
  if (last === undefined) return null;
  const gaps = orders.slice(1).map((one, at) => daysBetween(one.on, orders[at]?.on ?? one.on));
  const every = middle(gaps) ?? null;
  const hits = orders.filter(({ on }) => lastDays.includes(on)).length;
  return {
    product,
    lastOn: last.on,
    lastQty: last.qty,
    times: orders.length,
    everyDays: every,
    isUsual: hits * 2 >= lastDays.length,
    isNotLately: every !== null && daysBetween(last.on, today) * 2 > every * 3,
    suggested: roundUpToPack(middle(orders.slice(0, LAST).map(({ qty }) => qty)) ?? last.qty, pack),
  };
};

/** The pad of an account: the usual basket first, then by how often, then by product. @param packs by product, in millionths */
export const orderPad = (bought: readonly Bought[], packs: ReadonlyMap<string, bigint>, today: string): readonly PadRow[] => {
  const past = bought.filter(({ on, qty }) => on <= today && qty > 0n);
  const lastDays = [...new Set(past.map(({ on }) => on))].toSorted().slice(-LAST);
  const products = [...new Set(past.map(({ product }) => product))];
  return products
    .map((product) =>
      rowOf(
        product,
        past.filter((one) => one.product === product),
        lastDays,
        { today, pack: packs.get(product) ?? null },
      ),
    )
    .filter((row) => row !== null)
    .toSorted((a, b) => Number(b.isUsual) - Number(a.isUsual) || b.times - a.times || (a.product < b.product ? -1 : 1));
};
