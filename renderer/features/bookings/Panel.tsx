/** A booking beside its row: what happened first, then what was agreed. */
import type { ReactElement } from 'react';
import { Story } from '../booking/Story.tsx';
import { Facts, usePanelRecord } from '../record/Facts.tsx';

const facts = [
  'account_id',
  'order_id',
  'partner_id',
  'service',
  'tracking',
  'pickup_from',
  'deliver_to',
  'to_city',
  'weight',
  'pieces',
  'problem_owner_id',
  'next_action',
  'told_at',
  'owner_id',
];

export const BookingPanel = ({ id }: { readonly id: string }): ReactElement => {
  const record = usePanelRecord('bookings', id, 'screen:bookings');
  return (
    <div data-where="booking">
      <Story id={id} />
      <Facts record={record} fields={facts} />
    </div>
  );
};
