/** The page of a claim: what it says as a form, its deadlines and evidence beside it, its next step as the one primary button. */
import type { ReactElement } from 'react';
import type { CommandId } from '../../../shared/commands.ts';
import { openRecord } from '../../state/tabs.ts';
import { Button } from '../../ui/Button.tsx';
import { ActionMenu } from '../document/ActionMenu.tsx';
import { FormPage } from '../record/FormPage.tsx';
import { settleForm } from '../record/settleForm.ts';
import { useRecord } from '../record/useRecord.ts';
import { useSetting } from '../register/useSetting.ts';
import { ClaimDesk } from './ClaimDesk.tsx';
import { ClaimStoryView } from './Story.tsx';

const fields: readonly string[] = [
  'account_id',
  'partner_id',
  'booking_id',
  'shipment',
  'cause',
  'amount',
  'delivered_on',
  'is_concealed',
  'told_on',
  'is_liable',
  'owner_id',
  'order_id',
  'case_id',
  'credit_note_id',
  'offered',
  'paid',
  'reason',
  'description',
];

const offered: readonly CommandId[] = [
  'claim.next',
  'claim.file',
  'claim.answer',
  'claim.evidence',
  'claim.withdraw',
  'record.history',
];

const OVER: readonly string[] = ['paid', 'withdrawn'];

export const ClaimPage = ({ id }: { readonly id: string }): ReactElement => {
  const setting = useSetting();
  const record = useRecord({ table: 'claims', id, screen: `claims/${id}`, setting });
  const { row } = record;
  const booking = row?.v['booking_id'];
  const isOver = OVER.includes(String(row?.v['status']));
  return (
    <FormPage
      {...{ table: 'claims', id, record, fields, where: 'claim' }}
      acts={
        <>
          {typeof booking === 'string' && <Button onClick={() => openRecord('bookings', booking, 'Booking')}>Booking</Button>}
          <ActionMenu offered={offered} next={isOver ? null : 'claim.next'} blocked={null} />
        </>
      }
      story={<ClaimStoryView id={id} />}
    >
      <ClaimDesk id={id} settle={() => settleForm(record)} />
    </FormPage>
  );
};
