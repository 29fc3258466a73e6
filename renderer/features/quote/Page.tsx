/** The page of a quote, and what is done with it: sent, revised, answered, made an order of. */
import type { ReactElement } from 'react';
import { useState } from 'react';
import { canRevise } from '../../../shared/domain/quote/revisions.ts';
import { useCommand } from '../../state/commands.ts';
import { DocumentPage } from '../order/DocumentPage.tsx';
import { quoteKind } from '../order/kinds.ts';
import { useDocument } from '../order/useDocument.ts';
import { LinesSheet } from './LinesSheet.tsx';
import { QuoteMenu } from './QuoteMenu.tsx';
import { RejectDialog } from './RejectDialog.tsx';
import type { QuoteActions } from './useQuoteActions.ts';
import { useQuoteActions } from './useQuoteActions.ts';

type Asking = 'order' | 'accept' | 'reject' | null;

const useQuoteCommands = (status: string | null, isNew: boolean, actions: QuoteActions, ask: (asking: Asking) => void): void => {
  const isOf = (...states: readonly string[]): boolean => status !== null && !isNew && states.includes(status);
  useCommand('quote.send', isOf('draft', 'in_review', 'approved') ? actions.send : null);
  useCommand('quote.revise', status !== null && !isNew && canRevise(status) ? actions.revise : null);
  useCommand('quote.current', isOf('superseded') ? actions.makeCurrent : null);
  useCommand('quote.accept', isOf('sent') ? () => ask('accept') : null);
  useCommand('quote.reject', isOf('sent') ? () => ask('reject') : null);
  useCommand('quote.withdraw', isOf('draft', 'in_review', 'approved', 'sent') ? actions.withdraw : null);
  useCommand('quote.order', isNew ? null : () => ask('order'));
  useCommand('quote.duplicate', isNew ? null : actions.duplicate);
  useCommand('record.document', isNew ? null : actions.document);
};

export const QuotePage = ({ id }: { readonly id: string }): ReactElement => {
  const quote = useDocument(quoteKind, id);
  const { record, status, settle } = quote;
  const actions = useQuoteActions(id, settle);
  const [asking, setAsking] = useState<Asking>(null);
  useQuoteCommands(status, record.isNew, actions, setAsking);
  const close = (): void => setAsking(null);
  const answer = (act: () => Promise<void>): void => {
    close();
    void act();
  };
  return (
    <DocumentPage
      document={quote}
      held={{ ...actions.held, dismiss: actions.dismiss }}
      actions={<QuoteMenu status={status} isNew={record.isNew} />}
    >
      {asking === 'order' && (
        <LinesSheet
          id={id}
          title="Create order"
          canChoose={status === 'sent'}
          onClose={close}
          onDone={(lines) => answer(() => actions.order(lines))}
        />
      )}
      {asking === 'accept' && (
        <LinesSheet
          id={id}
          title="Accept lines"
          canChoose
          onClose={close}
          onDone={(lines) => answer(() => actions.accept(lines))}
        />
      )}
      {asking === 'reject' && (
        <RejectDialog onClose={close} onReject={(reason, competitor) => answer(() => actions.reject(reason, competitor))} />
      )}
    </DocumentPage>
  );
};
