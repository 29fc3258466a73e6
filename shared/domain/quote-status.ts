/** What a quote is besides its state, said as chips: derived from its days, never stored (Q1). */
import type { Chip } from './chips.ts';

/** Days since the last one it could be accepted on. */
export type QuoteAmount = 'expired';

/** The states in which the cell of the status shows the most urgent chip instead of the state. */
export const quoteChipStates: readonly string[] = ['approved', 'sent'];

export const quoteChips: readonly Chip<QuoteAmount>[] = [
  {
    key: 'expired',
    label: 'Expired',
    tone: 'warning',
    icon: 'clock',
    isQuiet: false,
    states: quoteChipStates,
    some: ['expired'],
    none: [],
    days: 'expired_days',
  },
];
