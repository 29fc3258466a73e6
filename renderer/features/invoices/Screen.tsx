/** The invoices: what waits to be issued, what is owed, what is late and what is disputed. */
import type { ReactElement } from 'react';
import { openRecord } from '../../state/tabs.ts';
import { nameOfRow } from '../record/names.ts';
import type { RegisterView } from '../register/RegisterScreen.tsx';
import { RegisterScreen } from '../register/RegisterScreen.tsx';

const views: readonly RegisterView[] = [
  { key: 'all', label: 'All', filter: null },
  { key: 'drafts', label: 'To issue', filter: { flag: 'draft' } },
  { key: 'open', label: 'Open', filter: { flag: 'open' } },
  { key: 'late', label: 'Overdue', filter: { flag: 'late' } },
  { key: 'disputed', label: 'Disputed', filter: { field: 'disputed', is: 'gt', value: 0 } },
  { key: 'attention', label: 'Needs attention', filter: { flag: 'invalid' } },
];

const order = [
  'number',
  'account_id',
  'order_id',
  'po_ref',
  'status',
  'issued_on',
  'due_on',
  'total',
  'open',
  'overdue_days',
  'disputed',
  'terms',
  'owner_id',
];

export const InvoicesScreen = (): ReactElement => (
  <RegisterScreen
    screen="invoices"
    table="invoices"
    views={views}
    sort={[{ field: 'due_on', dir: 'desc' }]}
    columns={{ order, frozenTo: 'account_id' }}
    create="new.invoice"
    onOpen={(row) => openRecord('invoices', row.id, nameOfRow('invoices', row))}
  />
);
