/** The page of a booking: what was agreed as a form, what happened beside it, its next step as the one primary button. */
import type { ReactElement } from 'react';
import type { CommandId } from '../../../shared/commands.ts';
import { openRecord } from '../../state/tabs.ts';
import { Button } from '../../ui/Button.tsx';
import { ActionMenu } from '../document/ActionMenu.tsx';
import { FormPage } from '../record/FormPage.tsx';
import { settleForm } from '../record/settleForm.ts';
import { useRecord } from '../record/useRecord.ts';
import { useSetting } from '../register/useSetting.ts';
import { BookingDesk } from './BookingDesk.tsx';
import { Story } from './Story.tsx';

const common: readonly string[] = [
  'account_id',
  'order_id',
  'quote_id',
  'partner_id',
  'service',
  'tracking',
  'owner_id',
  'pickup_from',
  'pickup_to',
  'deliver_from',
  'deliver_to',
  'cutoff_at',
  'zone',
];
const exception: readonly string[] = ['problem_owner_id', 'next_action', 'next_action_at', 'told_at'];
const proof: readonly string[] = ['pod_name', 'pod_at', 'pod_note'];

/** What is asked of each kind beside what all have. */
const own: Readonly<Record<string, readonly string[]>> = {
  shipment: [
    'to_name',
    'to_city',
    'to_postcode',
    'to_country',
    'from_city',
    'from_postcode',
    'pieces',
    'weight',
    'volume',
    'chargeable',
    'mode',
    'equipment',
    'temp_min',
    'temp_max',
    'hazard',
    'seal',
    'appointment',
    'appointment_no',
  ],
  visit: ['site_id', 'scope', 'permit', 'drawing', 'result', 'parts_used'],
  campaign: ['slot_id', 'slot_amount', 'live_from', 'live_to', 'units_booked', 'units_delivered', 'make_good_of'],
};

const offered: readonly CommandId[] = [
  'booking.next',
  'booking.tender',
  'booking.answer',
  'booking.event',
  'booking.proof',
  'booking.cost',
  'booking.charge',
  'booking.rebook',
  'booking.make-good',
  'booking.back',
  'booking.end',
  'new.issue',
  'new.claim',
  'record.history',
];

const OVER: readonly string[] = ['closed', 'cancelled', 'no_show', 'failed'];

export const BookingPage = ({ id }: { readonly id: string }): ReactElement => {
  const setting = useSetting();
  const record = useRecord({ table: 'bookings', id, screen: `bookings/${id}`, setting });
  const { row } = record;
  const order = row?.v['order_id'];
  const fields = [...common, ...(own[String(row?.v['kind'] ?? 'shipment')] ?? []), ...exception, ...proof, 'notes'];
  const isOver = OVER.includes(String(row?.v['status']));
  return (
    <FormPage
      {...{ table: 'bookings', id, record, fields, where: 'booking' }}
      acts={
        <>
          {typeof order === 'string' && <Button onClick={() => openRecord('orders', order, 'Order')}>Order</Button>}
          <ActionMenu offered={offered} next={isOver ? null : 'booking.next'} blocked={null} />
        </>
      }
      story={<Story id={id} />}
    >
      <BookingDesk row={row} settle={() => settleForm(record)} />
    </FormPage>
  );
};
