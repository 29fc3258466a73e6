/** A partner beside its row, with its people. */
import type { ReactElement } from 'react';
import { useEngine } from '../../client/cache.ts';
import { Facts, usePanelRecord } from '../record/Facts.tsx';
import { RowList } from '../record/RowList.tsx';

const facts = ['code', 'kind', 'phones', 'email', 'city', 'country', 'insurance_to', 'contract_to', 'active', 'notes'];

export const PartnerPanel = ({ id }: { readonly id: string }): ReactElement => {
  const record = usePanelRecord('partners', id, 'screen:partners');
  const contacts = useEngine(
    'view.first',
    { table: 'contacts', filter: { field: 'party', is: 'eq', value: `partners/${id}` }, limit: 5 },
    { tables: ['contacts'] },
  );
  return (
    <>
      <Facts record={record} fields={facts} />
      <RowList title="Contacts" table="contacts" rows={contacts.data?.rows} show={['name', 'role', 'phones']} />
    </>
  );
};
