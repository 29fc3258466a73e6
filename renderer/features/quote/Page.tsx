/** The page of a quote, and what is done with it: approved, sent, revised, answered, made an order of. */
import type { ReactElement } from 'react';
import { useState } from 'react';
import { canRevise } from '../../../shared/domain/quote/revisions.ts';
import { useCommand } from '../../state/commands.ts';
import { DocumentPage } from '../order/DocumentPage.tsx';
import { quoteKind } from '../order/kinds.ts';
import { useDocument } from '../order/useDocument.ts';
import { ApprovalBar, useApproval, type Approval } from './ApprovalBar.tsx';
import { Questions, type Asking } from './Questions.tsx';
import { QuoteMenu } from './QuoteMenu.tsx';
import type { QuoteActions } from './useQuoteActions.ts';
import { useQuoteActions } from './useQuoteActions.ts';

type Commanded = {
  readonly status: string | null;
  readonly isNew: boolean;
  readonly approval: Approval | undefined;
  readonly actions: QuoteActions;
  readonly ask: (asking: Asking) => void;
};

const useApprovalCommands = ({ status, isNew, approval, actions, ask }: Commanded): void => {
  const isDraft = status === 'draft' && !isNew;
  const mayDecide = status === 'in_review' && approval?.may.decide === true;
  useCommand('quote.ask', isDraft && approval !== undefined && approval.status !== 'free' ? () => ask('ask') : null);
  useCommand('quote.approve', mayDecide ? () => ask('approve') : null);
  useCommand('quote.decline', mayDecide ? () => ask('decline') : null);
  useCommand('quote.recall', status === 'in_review' && approval?.may.recall === true ? actions.recall : null);
};

const useQuoteCommands = (commanded: Commanded): void => {
  const { status, isNew, actions, ask } = commanded;
  const isOf = (...states: readonly string[]): boolean => status !== null && !isNew && states.includes(status);
  const send = async (): Promise<void> => {
    const offered = await actions.sending();
    if (offered !== null) ask({ send: offered });
  };
  useApprovalCommands(commanded);
  useCommand('quote.send', isOf('draft', 'in_review', 'approved') ? send : null);
  useCommand('quote.revise', status !== null && !isNew && canRevise(status) ? actions.revise : null);
  useCommand('quote.current', isOf('superseded') ? actions.makeCurrent : null);
  useCommand('quote.accept', isOf('sent') ? () => ask('accept') : null);
  useCommand('quote.reject', isOf('sent') ? () => ask('reject') : null);
  useCommand('quote.withdraw', isOf('draft', 'in_review', 'approved', 'sent') ? actions.withdraw : null);
  useCommand('quote.order', isNew ? null : () => ask('order'));
  useCommand('quote.charge', isOf('draft') ? () => ask('charge') : null);
  useCommand('quote.duplicate', isNew ? null : actions.duplicate);
  useCommand('record.document', isNew ? null : actions.document);
};

export const QuotePage = ({ id }: { readonly id: string }): ReactElement => {
  const quote = useDocument(quoteKind, id);
  const { record, status, settle } = quote;
  const actions = useQuoteActions(id, settle);
  const approval = useApproval(id, record.row !== undefined && !record.isNew);
  const [asking, setAsking] = useState<Asking | null>(null);
  useQuoteCommands({ status, isNew: record.isNew, approval, actions, ask: setAsking });
  return (
    <DocumentPage
      document={quote}
      held={actions.held}
      actions={<QuoteMenu status={status} isNew={record.isNew} approval={approval} />}
      notice={<ApprovalBar approval={approval} status={status} />}
    >
      {asking !== null && (
        <Questions
          asking={asking}
          id={id}
          status={status}
          approval={approval}
          actions={actions}
          onClose={() => setAsking(null)}
        />
      )}
    </DocumentPage>
  );
};
