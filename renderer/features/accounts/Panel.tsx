/** An account beside its row: who to call, what is due, what is on order. */
import type { ReactElement } from 'react';
import { useEngine } from '../../client/cache.ts';
import { openRecord } from '../../state/tabs.ts';
import { Facts, usePanelRecord } from '../record/Facts.tsx';
import { nameOfRow } from '../record/names.ts';
import { RowList } from '../record/RowList.tsx';

const facts = [
  'status',
  'tier',
  'owner_id',
  'next_step',
  'next_step_on',
  'renewal_on',
  'notice_days',
  'terms',
  'currency',
  'city',
  'phones',
  'email',
];

const few = 5;

export const AccountPanel = ({ id }: { readonly id: string }): ReactElement => {
  const record = usePanelRecord('accounts', id, 'screen:accounts');
  const contacts = useEngine(
    'view.first',
    { table: 'contacts', filter: { field: 'party', is: 'eq', value: `accounts/${id}` }, limit: few },
    { tables: ['contacts'] },
  );
  const orders = useEngine(
    'view.first',
    {
      table: 'orders',
      filter: { field: 'account_id', is: 'eq', value: id },
      sort: [{ field: 'ordered_on', dir: 'desc' }],
      limit: few,
    },
    { tables: ['orders', 'order_lines'] },
  );
  return (
    <>
      <Facts record={record} fields={facts} />
      <RowList title="Contacts" table="contacts" rows={contacts.data?.rows} show={['name', 'role', 'phones']} />
      <RowList
        title="Latest orders"
        table="orders"
        rows={orders.data?.rows}
        show={['number', 'status', 'ordered_on', 'net']}
        onOpen={(row) => openRecord('orders', row.id, nameOfRow('orders', row))}
      />
    </>
  );
};
