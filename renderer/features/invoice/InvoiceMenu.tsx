/** The next step of an invoice as its one primary button, the rest in a menu. */
import type { ReactElement } from 'react';
import type { CommandId } from '../../../shared/commands.ts';
import { openRecord } from '../../state/tabs.ts';
import { Button } from '../../ui/Button.tsx';
import { ActionMenu } from '../document/ActionMenu.tsx';

const offered: readonly CommandId[] = [
  'invoice.issue',
  'invoice.ready',
  'payment.settle',
  'invoice.credit',
  'invoice.dispute',
  'invoice.answer',
  'invoice.close-query',
  'invoice.promise',
  'invoice.plan',
  'invoice.void',
  'record.document',
  'file.export',
  'record.history',
];

type Props = {
  readonly status: string | null;
  readonly order: string | null;
  /** Another device gives the numbers: a draft is made ready for it. */
  readonly isPostedElsewhere: boolean;
};

const nextOf = ({ status, isPostedElsewhere }: Props): CommandId | null => {
  if (status === 'draft') return isPostedElsewhere ? 'invoice.ready' : 'invoice.issue';
  return status === 'issued' ? 'invoice.pay' : null;
};

const OrderButton = ({ order }: { readonly order: string }): ReactElement => (
  <Button onClick={() => openRecord('orders', order, 'Order')}>Order</Button>
);

export const InvoiceMenu = (props: Props): ReactElement => (
  <div className="acts">
    {props.order !== null && <OrderButton order={props.order} />}
    <ActionMenu offered={offered} next={nextOf(props)} blocked={null} />
  </div>
);
