/** The page of a return: what it says as a form, what it comes to beside it, its next step as the one primary button. */
import type { ReactElement } from 'react';
import type { CommandId } from '../../../shared/commands.ts';
import { openRecord } from '../../state/tabs.ts';
import { Button } from '../../ui/Button.tsx';
import { ActionMenu } from '../document/ActionMenu.tsx';
import { FormPage } from '../record/FormPage.tsx';
import { settleForm } from '../record/settleForm.ts';
import { useRecord } from '../record/useRecord.ts';
import { useSetting } from '../register/useSetting.ts';
import { ReturnDesk } from './ReturnDesk.tsx';
import { ReturnStoryView } from './Story.tsx';

const fields: readonly string[] = [
  'account_id',
  'order_id',
  'product_id',
  'operation',
  'reason',
  'qty',
  'authorised',
  'received',
  'accepted',
  'fee_share',
  'due_on',
  'owner_id',
  'shipment',
  'finding',
  'override',
  'replacement_id',
  'requested_on',
  'received_on',
  'settled_on',
  'description',
];

const offered: readonly CommandId[] = [
  'return.next',
  'return.authorise',
  'return.label',
  'return.receive',
  'return.inspect',
  'return.settle',
  'record.history',
];

const OVER: readonly string[] = ['denied', 'settled'];

export const ReturnPage = ({ id }: { readonly id: string }): ReactElement => {
  const setting = useSetting();
  const record = useRecord({ table: 'returns', id, screen: `returns/${id}`, setting });
  const { row } = record;
  const order = row?.v['order_id'];
  const isOver = OVER.includes(String(row?.v['status']));
  return (
    <FormPage
      {...{ table: 'returns', id, record, fields, where: 'return' }}
      acts={
        <>
          {typeof order === 'string' && <Button onClick={() => openRecord('orders', order, 'Order')}>Order</Button>}
          <ActionMenu offered={offered} next={isOver ? null : 'return.next'} blocked={null} />
        </>
      }
      story={<ReturnStoryView id={id} />}
    >
      <ReturnDesk id={id} settle={() => settleForm(record)} />
    </FormPage>
  );
};
