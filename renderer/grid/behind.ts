/** Which other tables the figures of a table are made from: what is shown of a row changes when they do. */
import type { TableName } from '../../shared/model/index.ts';

const behind: Readonly<Partial<Record<TableName, readonly TableName[]>>> = {
  accounts: ['orders', 'order_lines', 'fulfilments', 'activities'],
  contacts: ['activities'],
  quotes: ['quote_lines'],
  quote_lines: ['order_lines', 'orders'],
  invoices: ['invoice_lines', 'credit_notes', 'credit_lines', 'allocations', 'disputes'],
  invoice_lines: ['credit_lines'],
  credit_notes: ['credit_lines'],
  payments: ['allocations'],
  bookings: ['tracking_events', 'booking_charges'],
  slots: ['bookings'],
  claims: ['claim_evidence', 'credit_notes', 'credit_lines', 'partners'],
  returns: ['credit_notes', 'credit_lines'],
  orders: ['order_lines', 'schedule_lines', 'fulfilments', 'order_holds'],
  order_lines: ['schedule_lines', 'fulfilments', 'order_holds'],
};

export const tablesBehind = (table: TableName): readonly TableName[] => behind[table] ?? [];
