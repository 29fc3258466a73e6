/** Which other tables the figures of a table are made from: what is shown of a row changes when they do. */
import type { TableName } from '../../shared/model/index.ts';

const behind: Readonly<Partial<Record<TableName, readonly TableName[]>>> = {
  accounts: ['orders', 'order_lines', 'fulfilments', 'activities'],
  contacts: ['activities'],
  quotes: ['quote_lines'],
  quote_lines: ['order_lines', 'orders'],
  orders: ['order_lines', 'schedule_lines', 'fulfilments'],
  order_lines: ['schedule_lines', 'fulfilments'],
};

export const tablesBehind = (table: TableName): readonly TableName[] => behind[table] ?? [];
