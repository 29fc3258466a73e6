/** What an invoice is besides its state, said as chips: derived from what is open of it and its day, never stored. */
import type { Chip } from './chips.ts';

/** Days past its day, then amounts: open, in dispute, paid, credited. */
export type InvoiceAmount = 'overdue' | 'open' | 'disputed' | 'paid' | 'credited';

/** The states in which the cell of the status shows the most urgent chip instead of the state. */
export const invoiceChipStates: readonly string[] = ['issued'];

const issued = { states: invoiceChipStates } as const;

export const invoiceChips: readonly Chip<InvoiceAmount>[] = [
  {
    ...issued,
    key: 'overdue',
    label: 'Overdue',
    tone: 'danger',
    icon: 'clock',
    isQuiet: false,
    some: ['overdue'],
    none: [],
    days: 'overdue_days',
  },
  { ...issued, key: 'disputed', label: 'Disputed', tone: 'warning', icon: 'pause', isQuiet: false, some: ['disputed'], none: [] },
  {
    ...issued,
    key: 'part_paid',
    label: 'Part paid',
    tone: 'info',
    icon: 'arr-r',
    isQuiet: true,
    some: ['open', 'paid'],
    none: [],
  },
  { ...issued, key: 'paid', label: 'Paid', tone: 'success', icon: 'tick', isQuiet: true, some: ['paid'], none: ['open'] },
  {
    ...issued,
    key: 'credited',
    label: 'Credited',
    tone: 'neutral',
    icon: 'tick',
    isQuiet: true,
    some: ['credited'],
    none: ['open'],
  },
];
