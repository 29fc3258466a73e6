/** The next step of an invoice as its one primary button, the rest in a menu. */
import type { ReactElement } from 'react';
import type { CommandId } from '../../../shared/commands.ts';
import { openRecord } from '../../state/tabs.ts';
import { Button } from '../../ui/Button.tsx';
import { ActionMenu } from '../document/ActionMenu.tsx';

const offered: readonly CommandId[] = [
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

type Props = { readonly status: string | null; readonly order: string | null };

export const InvoiceMenu = ({ status, order }: Props): ReactElement => (
  <div className="acts">
    {order !== null && <Button onClick={() => openRecord('orders', order, 'Order')}>Order</Button>}
    <ActionMenu
      offered={offered}
      next={status === 'draft' ? 'invoice.issue' : status === 'issued' ? 'invoice.pay' : null}
      blocked={null}
    />
  </div>
);
