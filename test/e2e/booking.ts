/** What the specs of bookings begin with. */
import { uuidv7 } from 'uuidv7';
import type { Workbench } from './app.ts';

type Wanted = { readonly account: string; readonly product: string; readonly promised: string };

const insert = (table: string, values: Readonly<Record<string, string | number>>) =>
  ({ kind: 'insert', table, id: uuidv7(), values }) as const;

/** A confirmed order of 50 crates, two carriers of which one has a rate. @returns the order */
export const bookable = async (workbench: Workbench, { account, product, promised }: Wanted): Promise<string> => {
  const order = insert('orders', { account_id: account, promised });
  const line = insert('order_lines', { order_id: order.id, product_id: product, qty: 50_000_000 });
  const northline = insert('partners', { code: 'NLF', name: 'Northline', kind: 'carrier' });
  const coastway = insert('partners', { code: 'CST', name: 'Coastway', kind: 'carrier' });
  const rate = { partner_id: northline.id, kind: 'contract', code: 'FRT', basis: 'piece', price: 4_000_000, currency: 'GBP' };
  const patches = [order, line, northline, coastway, insert('partner_rates', rate)];
  await workbench.call('records.apply', { label: 'Fill', patches });
  await workbench.call('orders.confirm', { id: order.id });
  return order.id;
};
