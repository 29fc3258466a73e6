/** Today's list, read again when a record changes and as the minutes pass. */
import { useEffect } from 'react';
import type { TableName } from '../../../shared/model/index.ts';
import { useEngine } from '../../client/cache.ts';

/** What clocks are read from. */
const tables: readonly TableName[] = [
  'tasks',
  'commitments',
  'cases',
  'case_events',
  'snoozes',
  'accounts',
  'contacts',
  'people',
  'quotes',
  'quote_lines',
  'price_lists',
  'orders',
  'order_lines',
  'schedule_lines',
  'fulfilments',
  'invoices',
  'invoice_lines',
  'credit_notes',
  'credit_lines',
  'allocations',
  'promises',
  'disputes',
  'bookings',
  'booking_lines',
  'tracking_events',
  'booking_charges',
  'claims',
  'returns',
  'partners',
  'partner_papers',
  'settings',
];

const MINUTE = 60_000;

export const useToday = (who: 'mine' | 'all', show: 'due' | 'snoozed') => {
  const read = useEngine('today.list', { who, show }, { tables, isKept: true });
  const { refetch } = read;
  useEffect(() => {
    const timer = setInterval(() => void refetch(), MINUTE);
    return () => clearInterval(timer);
  }, [refetch]);
  return read;
};
