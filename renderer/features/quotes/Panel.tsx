/** A quote beside its row: what it is, how it ended, and its lines. */
import type { ReactElement } from 'react';
import { DocumentPanel } from '../order/DocumentPanel.tsx';

const facts = [
  'account_id',
  'subject',
  'valid_to',
  'sent_on',
  'recipient',
  'probability',
  'next_step',
  'next_step_on',
  'decided_on',
  'loss_reason',
  'competitor',
  'revised_from',
  'owner_id',
];

export const QuotePanel = ({ id }: { readonly id: string }): ReactElement => (
  <DocumentPanel table="quotes" id={id} facts={facts} />
);
