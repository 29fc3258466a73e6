/** An invoice beside its row: what it is, its lines, and what hangs on it. */
import type { ReactElement } from 'react';
import { StoryList } from '../invoice/StoryList.tsx';
import { DocumentPanel } from '../order/DocumentPanel.tsx';

const facts = [
  'account_id',
  'order_id',
  'po_ref',
  'issued_on',
  'due_on',
  'open',
  'disputed',
  'terms',
  'legal_number',
  'ready_on',
  'owner_id',
];

export const InvoicePanel = ({ id }: { readonly id: string }): ReactElement => (
  <>
    <DocumentPanel table="invoices" id={id} facts={facts} />
    <StoryList id={id} />
  </>
);
