/** The next step of an invoice as its one primary button, the rest in a menu. */
import type { ReactElement } from 'react';
import type { CommandId } from '../../../shared/commands.ts';
import { openRecord } from '../../state/tabs.ts';
import { Button } from '../../ui/Button.tsx';
import { ActionMenu } from '../document/ActionMenu.tsx';

const offered: readonly CommandId[] = [
  'invoice.issue',
  'invoice.ready',
  'invoice.unready',
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

type Standing = {
  readonly status: string | null;
  /** Another device gives the numbers: a draft is made ready for it. */
  readonly isPostedElsewhere: boolean;
  readonly isReady: boolean;
};

type Props = Standing & { readonly order: string | null };

/** Null where nothing is left to do here, as of a draft that waits on another device. */
export const nextOf = ({ status, isPostedElsewhere, isReady }: Standing): CommandId | null => {
  if (status === 'draft' && isPostedElsewhere) return isReady ? null : 'invoice.ready';
  if (status === 'draft') return 'invoice.issue';
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
