/** A return beside its row: what is to do and what it comes to first, then what it says. */
import type { ReactElement } from 'react';
import { Facts, usePanelRecord } from '../record/Facts.tsx';
import { ReturnStoryView } from '../return/Story.tsx';

const facts = [
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
  'finding',
  'owner_id',
  'description',
];

export const ReturnPanel = ({ id }: { readonly id: string }): ReactElement => {
  const record = usePanelRecord('returns', id, 'screen:returns');
  return (
    <div data-where="return">
      <ReturnStoryView id={id} />
      <Facts record={record} fields={facts} />
    </div>
  );
};
