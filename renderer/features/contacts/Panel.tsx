/** A contact beside its row. */
import type { ReactElement } from 'react';
import { Facts, usePanelRecord } from '../record/Facts.tsx';

const facts = ['party', 'role', 'emails', 'phones', 'next_due_on', 'consent', 'owner_id', 'notes'];

export const ContactPanel = ({ id }: { readonly id: string }): ReactElement => (
  <Facts record={usePanelRecord('contacts', id, 'screen:contacts')} fields={facts} />
);
