/** The next step of a quote as its one primary button, the rest in a menu. */
import type { ReactElement } from 'react';
import type { CommandId } from '../../../shared/commands.ts';
import { ActionMenu } from '../document/ActionMenu.tsx';
import type { Approval } from './ApprovalBar.tsx';

type Props = { readonly status: string | null; readonly isNew: boolean; readonly approval: Approval | undefined };

const offered: readonly CommandId[] = [
  'quote.send',
  'quote.ask',
  'quote.approve',
  'quote.decline',
  'quote.recall',
  'quote.order',
  'quote.accept',
  'quote.reject',
  'quote.withdraw',
  'quote.revise',
  'quote.current',
  'quote.charge',
  'quote.duplicate',
  'record.document',
  'price.reprice',
  'file.export',
  'record.history',
];

/** What is done next with a quote in a state. */
const nextStep = (status: string | null, approval: Approval | undefined): CommandId | null => {
  if (status === 'draft' && (approval?.missing ?? null) !== null) return 'quote.ask';
  if (status === 'in_review') return approval?.may.decide === true ? 'quote.approve' : null;
  if (status === null || status === 'draft' || status === 'approved') return 'quote.send';
  if (status === 'sent' || status === 'accepted' || status === 'partly_accepted') return 'quote.order';
  return status === 'superseded' ? 'quote.current' : 'quote.revise';
};

export const QuoteMenu = ({ status, isNew, approval }: Props): ReactElement => (
  <div className="acts">
    <ActionMenu offered={offered} next={nextStep(status, approval)} blocked={isNew ? 'Choose an account first.' : null} />
  </div>
);
