/** The chips of every life cycle that has some: what a status cell may show in place of its state. */
import { bookingChips, bookingChipStates } from './booking/chips.ts';
import type { Chip } from './chips.ts';
import { invoiceChips, invoiceChipStates } from './invoice-status.ts';
import { chipStates, orderChips } from './order-status.ts';
import { quoteChips, quoteChipStates } from './quote-status.ts';

type StatusChips = {
  /** The states in which the most urgent chip is shown instead. */
  readonly shownIn: readonly string[];
  /** In order of urgency. */
  readonly chips: readonly Chip[];
};

const byLifecycle: Readonly<Record<string, StatusChips>> = {
  order: { shownIn: chipStates, chips: orderChips },
  booking: { shownIn: bookingChipStates, chips: bookingChips },
  invoice: { shownIn: invoiceChipStates, chips: invoiceChips },
  quote: { shownIn: quoteChipStates, chips: quoteChips },
};

const NONE: StatusChips = { shownIn: [], chips: [] };

export const statusChips = (lifecycle: string | undefined): StatusChips =>
  lifecycle !== undefined && Object.hasOwn(byLifecycle, lifecycle) ? (byLifecycle[lifecycle] ?? NONE) : NONE;
