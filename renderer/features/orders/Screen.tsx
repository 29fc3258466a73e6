/** The orders: what is open, what is late, what needs attention. */
import type { ReactElement } from 'react';
import { openRecord } from '../../state/tabs.ts';
import { nameOfRow } from '../record/names.ts';
import type { RegisterView } from '../register/RegisterScreen.tsx';
import { RegisterScreen } from '../register/RegisterScreen.tsx';

const views: readonly RegisterView[] = [
  { key: 'all', label: 'All', filter: null },
  { key: 'open', label: 'Open', filter: { flag: 'open' } },
  { key: 'late', label: 'Late', filter: { flag: 'late' } },
  { key: 'shipped_late', label: 'Shipped late', filter: { chip: 'shipped_late' } },
  { key: 'drafts', label: 'Drafts', filter: { flag: 'draft' } },
  { key: 'attention', label: 'Needs attention', filter: { flag: 'invalid' } },
  {
    key: 'holds',
    label: 'Holds',
    filter: { field: 'released_on', empty: true },
    table: 'order_holds',
    sort: [{ field: 'held_on', dir: 'asc' }],
    columns: { order: ['order_id', 'reason', 'why', 'held_on', 'held_by'], frozenTo: 'order_id' },
    made: 'An order is put on hold on its page.',
    onOpen: ({ v, l }) => {
      const { order_id: order } = v;
      if (typeof order === 'string') openRecord('orders', order, l?.['order_id']?.code ?? '');
    },
  },
];

/** What is worth seeing of every order fits a narrow window beside the rail: the rest stands to the right of it. */
const order = [
  'number',
  'account_id',
  'po_ref',
  'status',
  'ordered_on',
  'requested',
  'promised',
  'net',
  'line_count',
  'late_days',
  'shipped_on',
];

export const OrdersScreen = (): ReactElement => (
  <RegisterScreen
    screen="orders"
    table="orders"
    views={views}
    sort={[{ field: 'ordered_on', dir: 'desc' }]}
    columns={{ order, frozenTo: 'account_id' }}
    create="new.order"
    onOpen={(row) => openRecord('orders', row.id, nameOfRow('orders', row))}
  />
);
