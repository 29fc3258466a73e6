/**
 * Holds of an order (O4, K2): records of their own, several at once, each released by somebody at a time. The state a
 * person sees is derived from the decided state, the holds and the lines.
 */
import type { Role } from '../roles.ts';

export const holdReasons = ['credit', 'price', 'approval', 'stock', 'customer'] as const;
export type HoldReason = (typeof holdReasons)[number];

export const isHoldReason = (key: string): key is HoldReason => holdReasons.some((one) => one === key);

const DECIDING: readonly Role[] = ['owner', 'manager'];

/** What costs money is not given away by everybody. */
const releasers: Readonly<Record<HoldReason, readonly Role[]>> = {
  credit: DECIDING,
  price: DECIDING,
  approval: DECIDING,
  stock: ['owner', 'manager', 'member'],
  customer: ['owner', 'manager', 'member'],
};

/** Who may release a hold (O4). Where nobody can read its reason it may be any of them. */
export const releasersOf = (reason: HoldReason | null): readonly Role[] => (reason === null ? DECIDING : releasers[reason]);

export type Hold = {
  readonly id: string;
  readonly reason: HoldReason | null;
  readonly released: {
    readonly by: string;
    readonly at: number;
    readonly why: string;
    /** Of credit: what it was released for, in minor units, and the last day it holds for. */
    readonly amount: bigint | null;
    readonly validTo: string | null;
  } | null;
};

/** What the order needs of a release: its amount now, and today. */
type Now = { readonly today: string; readonly amount: bigint };

/** A release ends by its day, and does not cover more than it was given for. */
const isHeld = ({ released }: Hold, { today, amount }: Now): boolean =>
  released === null ||
  (released.validTo !== null && released.validTo < today) ||
  (released.amount !== null && released.amount < amount);

/** The holds that stand now. */
export const openHolds = (holds: readonly Hold[], now: Now): readonly Hold[] => holds.filter((hold) => isHeld(hold, now));

/** Why a hold may not be released so; null where it may. @param roles the roles that may release holds of its reason */
export const judgeRelease = (
  reason: HoldReason | null,
  {
    role,
    why,
    amount,
    validTo,
    today,
  }: {
    readonly role: string;
    readonly why: string;
    readonly amount: bigint | null;
    readonly validTo: string | null;
    readonly today: string;
  },
  roles: readonly string[],
): string | null => {
  if (!roles.includes(role))
    return reason === null
      ? 'Your role does not release holds without a readable reason.'
      : `Your role does not release ${reason} holds.`;
  if (why.trim() === '') return 'Say why it is released.';
  if (validTo !== null && validTo < today) return 'That day is past: release it to today or to a later day.';
  return reason === 'credit' && (amount === null || validTo === null)
    ? 'Say for what amount, and to which day, the credit is released.'
    : null;
};

type OrderState = 'draft' | 'submitted' | 'on_hold' | 'confirmed' | 'in_fulfilment' | 'completed' | 'closed_short' | 'cancelled';

/** What has become of the lines of an order, taken together. */
export type LineSums = {
  readonly isComplete: boolean;
  /** Anything shipped, accepted or billed. */
  readonly isStarted: boolean;
  /** Anything closed short. */
  readonly isShort: boolean;
};

/** The state of an order in the words of O4. A hold is said until the order is done or cancelled. */
export const orderStateOf = (status: string, isOnHold: boolean, { isComplete, isStarted, isShort }: LineSums): OrderState => {
  if (status === 'cancelled') return 'cancelled';
  if (status === 'closed' || (status === 'confirmed' && isComplete)) return isShort || !isComplete ? 'closed_short' : 'completed';
  if (isOnHold) return 'on_hold';
  if (status === 'confirmed') return isStarted ? 'in_fulfilment' : 'confirmed';
  return status === 'submitted' ? 'submitted' : 'draft';
};
