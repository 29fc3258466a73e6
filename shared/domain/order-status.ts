/**
 * What an order is besides its state, said as chips: derived from its quantities and days, never stored (O4).
 */
import { chipsThatHold, type Chip } from './chips.ts';

/**
 * Holds that stand; quantities still to come, sent, sent and not yet there (nor come back), closed short; whether some of what is to
 * come was wanted before today; and days late, now or when it was sent.
 */
export type OrderAmount = 'held' | 'open' | 'shipped' | 'underway' | 'short' | 'overdue' | 'late';
type OrderFacts = { readonly status: string; readonly amounts: Readonly<Record<OrderAmount, bigint>> };

const notCancelled = ['draft', 'submitted', 'confirmed', 'closed'];

/** The states in which the cell of the status shows the most urgent chip instead of the state. */
export const chipStates: readonly string[] = ['submitted', 'confirmed', 'closed'];

export const orderChips: readonly Chip<OrderAmount>[] = [
  {
    key: 'on_hold',
    label: 'On hold',
    tone: 'waiting',
    icon: 'pause',
    isQuiet: false,
    states: ['draft', 'submitted', 'confirmed'],
    some: ['held', 'open'],
    none: [],
  },
  {
    key: 'late',
    label: 'Late',
    tone: 'danger',
    icon: 'clock',
    isQuiet: false,
    states: ['submitted', 'confirmed'],
    some: ['open', 'overdue'],
    none: [],
  },
  {
    key: 'part_shipped',
    label: 'Part shipped',
    tone: 'info',
    icon: 'arr-r',
    isQuiet: true,
    states: notCancelled,
    some: ['shipped', 'open'],
    none: [],
  },
  {
    key: 'shipped_late',
    label: 'Shipped late',
    tone: 'warning',
    icon: 'clock',
    isQuiet: true,
    states: null,
    some: ['shipped', 'late'],
    none: ['open'],
  },
  {
    key: 'closed_short',
    label: 'Closed short',
    tone: 'neutral',
    icon: 'tick',
    isQuiet: true,
    states: notCancelled,
    some: ['short'],
    none: ['open'],
  },
  {
    key: 'in_fulfilment',
    label: 'In fulfilment',
    tone: 'info',
    icon: 'box',
    isQuiet: true,
    states: ['confirmed'],
    some: ['open'],
    none: ['shipped'],
  },
  {
    key: 'shipped',
    label: 'Shipped',
    tone: 'info',
    icon: 'arr-r',
    isQuiet: true,
    states: notCancelled,
    some: ['shipped', 'underway'],
    none: ['open'],
  },
  {
    key: 'delivered',
    label: 'Delivered',
    tone: 'success',
    icon: 'tick',
    isQuiet: true,
    states: ['confirmed'],
    some: ['shipped'],
    none: ['open', 'underway'],
  },
  {
    key: 'completed',
    label: 'Completed',
    tone: 'success',
    icon: 'tick',
    isQuiet: true,
    states: ['closed'],
    some: [],
    none: ['open', 'short'],
  },
];

/** The chips of an order, most urgent first. */
export const chipsOf = (facts: OrderFacts): readonly string[] => chipsThatHold(orderChips, facts);
