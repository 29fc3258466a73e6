/**
 * What an order is besides its state, said as chips: derived from its quantities and days, never stored (O4). The
 * table stands in order of urgency, which is the order they are shown and sorted in.
 */
import type { Buckets } from './fulfilment.ts';
import type { Tone } from './lifecycle.ts';

type OrderFacts = {
  readonly status: string;
  readonly quantities: Pick<Buckets, 'ordered' | 'shipped' | 'delivered' | 'returned' | 'short_closed' | 'open'>;
  /** Days the latest line is late: still open, or shipped after its day. */
  readonly lateDays: number;
};

type Chip = {
  readonly key: string;
  readonly label: string;
  readonly tone: Tone;
  readonly icon: string;
  /** Informs and asks for nothing: shown without a fill. */
  readonly isQuiet: boolean;
  readonly isTrue: (facts: OrderFacts) => boolean;
};

const isLive = ({ status }: OrderFacts): boolean => status === 'submitted' || status === 'confirmed';
const isAllOut = ({ quantities: { open, shipped } }: OrderFacts): boolean => open === 0n && shipped > 0n;
const isAllThere = (facts: OrderFacts): boolean =>
  isAllOut(facts) && facts.quantities.delivered >= facts.quantities.shipped - facts.quantities.returned;

export const orderChips: readonly Chip[] = [
  {
    key: 'late',
    label: 'Late',
    tone: 'danger',
    icon: 'clock',
    isQuiet: false,
    isTrue: (facts) => isLive(facts) && facts.quantities.open > 0n && facts.lateDays > 0,
  },
  {
    key: 'part_shipped',
    label: 'Part shipped',
    tone: 'info',
    icon: 'arr-r',
    isQuiet: true,
    isTrue: (facts) => facts.status !== 'cancelled' && facts.quantities.shipped > 0n && facts.quantities.open > 0n,
  },
  {
    key: 'shipped_late',
    label: 'Shipped late',
    tone: 'warning',
    icon: 'clock',
    isQuiet: true,
    isTrue: (facts) => isAllOut(facts) && facts.lateDays > 0,
  },
  {
    key: 'closed_short',
    label: 'Closed short',
    tone: 'neutral',
    icon: 'tick',
    isQuiet: true,
    isTrue: ({ status, quantities: { short_closed, open } }) => status !== 'cancelled' && short_closed > 0n && open === 0n,
  },
  {
    key: 'in_fulfilment',
    label: 'In fulfilment',
    tone: 'info',
    icon: 'box',
    isQuiet: true,
    isTrue: ({ status, quantities: { open, shipped } }) => status === 'confirmed' && open > 0n && shipped === 0n,
  },
  {
    key: 'shipped',
    label: 'Shipped',
    tone: 'info',
    icon: 'arr-r',
    isQuiet: true,
    isTrue: (facts) => facts.status !== 'cancelled' && isAllOut(facts) && !isAllThere(facts),
  },
  {
    key: 'delivered',
    label: 'Delivered',
    tone: 'success',
    icon: 'tick',
    isQuiet: true,
    isTrue: (facts) => facts.status === 'confirmed' && isAllThere(facts),
  },
  {
    key: 'completed',
    label: 'Completed',
    tone: 'success',
    icon: 'tick',
    isQuiet: true,
    isTrue: ({ status, quantities: { open, short_closed } }) => status === 'closed' && open === 0n && short_closed === 0n,
  },
];

/** The chips of an order, most urgent first. */
export const chipsOf = (facts: OrderFacts): readonly string[] =>
  orderChips.filter(({ isTrue }) => isTrue(facts)).map(({ key }) => key);
