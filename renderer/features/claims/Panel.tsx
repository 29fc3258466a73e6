/** A claim beside its row: what is due and what is missing first, then what it says. */
import type { ReactElement } from 'react';
import { ClaimStoryView } from '../claim/Story.tsx';
import { Facts, usePanelRecord } from '../record/Facts.tsx';

const facts = [
  'account_id',
  'partner_id',
  'booking_id',
  'shipment',
  'cause',
  'amount',
  'delivered_on',
  'credit_note_id',
  'owner_id',
  'description',
];

export const ClaimPanel = ({ id }: { readonly id: string }): ReactElement => {
  const record = usePanelRecord('claims', id, 'screen:claims');
  return (
    <div data-where="claim">
      <ClaimStoryView id={id} />
      <Facts record={record} fields={facts} />
    </div>
  );
};
