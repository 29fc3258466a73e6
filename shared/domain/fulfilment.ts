/**
 * What has become of a quantity, from its events (F1, F2). Exact integers, no percentages: 498 of 500 is not
 * complete. Quantities are millionths.
 */
import { daysBetween } from './dates.ts';

const fulfilmentKinds = [
  'shipped',
  'delivered',
  'accepted',
  'returned',
  'cancelled',
  'short_closed',
  'invoiced',
  'credited',
] as const;
type FulfilmentKind = (typeof fulfilmentKinds)[number];

export const isFulfilmentKind = (key: unknown): key is FulfilmentKind => fulfilmentKinds.some((one) => one === key);

export type FulfilmentEvent = { readonly kind: FulfilmentKind; readonly qty: number | bigint };

export type Buckets = Readonly<Record<FulfilmentKind, bigint>> & {
  readonly ordered: bigint;
  /** Still to come: never below zero. */
  readonly open: bigint;
  /** Beyond what was ordered. */
  readonly over: bigint;
};

const atLeastZero = (value: bigint): bigint => (value > 0n ? value : 0n);

/** The buckets of one schedule line. */
export const bucketsOf = (ordered: number | bigint, events: readonly FulfilmentEvent[]): Buckets => {
  const sums: Record<FulfilmentKind, bigint> = {
    shipped: 0n,
    delivered: 0n,
    accepted: 0n,
    returned: 0n,
    cancelled: 0n,
    short_closed: 0n,
    invoiced: 0n,
    credited: 0n,
  };
  for (const { kind, qty } of events) sums[kind] += BigInt(qty);
  const settled = sums.cancelled + sums.short_closed + sums.shipped;
  const total = BigInt(ordered);
  return { ...sums, ordered: total, open: atLeastZero(total - settled), over: atLeastZero(settled - total) };
};

/** The buckets of a line or an order: its schedule lines added, open and over each on its own, so that neither hides the other. */
export const addBuckets = (parts: readonly Buckets[]): Buckets =>
  parts.reduce(
    (sum, part) => {
      const keys = Object.keys(sum) as (keyof Buckets)[];
      return Object.fromEntries(keys.map((key) => [key, sum[key] + part[key]])) as Buckets;
    },
    bucketsOf(0, []),
  );

/**
 * Days a schedule line is or was late, 0 when it is not: by its last shipment once nothing is open, by today while
 * something is. @param due the promised day, else the requested one
 */
export const lateDays = (
  { due, isOpen, shippedOn }: { readonly due: string | null; readonly isOpen: boolean; readonly shippedOn: string | null },
  today: string,
): number => {
  const until = isOpen ? today : shippedOn;
  return due === null || until === null ? 0 : Math.max(0, daysBetween(due, until));
};
