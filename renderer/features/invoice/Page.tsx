/** The page of an invoice, and what is done with it: issued, credited, paid, disputed. */
import type { ReactElement } from 'react';
import { useState } from 'react';
import { client } from '../../client/client.ts';
import { useInfo } from '../../client/info.ts';
import { useCommand } from '../../state/commands.ts';
import { markSaved } from '../../state/status.ts';
import { say } from '../../state/toasts.ts';
import { messageOf } from '../../ui/ErrorBar.tsx';
import { makeDocument } from '../document/makeDocument.ts';
import { DocumentPage } from '../order/DocumentPage.tsx';
import { useInvoiceTotals } from '../order/DocumentSums.tsx';
import { invoiceKind } from '../order/kinds.ts';
import { useDocument } from '../order/useDocument.ts';
import { useHeld, type Held } from '../order/useHeld.ts';
import { useSetting } from '../register/useSetting.ts';
import { AskDialog } from './AskDialog.tsx';
import { asksNow, type About, type Ask } from './asks.ts';
import { CreditDialog } from './CreditDialog.tsx';
import { InvoiceMenu } from './InvoiceMenu.tsx';
import { StoryList, useStory } from './StoryList.tsx';
import { useIssuer } from './useIssuer.ts';
import { sayUndoable } from '../../state/undoable.ts';
import { useSettling } from '../payments/useSettling.tsx';

const AskCommand = ({ ask, onAsk }: { readonly ask: Ask; readonly onAsk: (ask: Ask) => void }): null => {
  useCommand(ask.command, () => onAsk(ask));
  return null;
};

/** Issues or voids; what is in the way is listed, or said. */
const useMoves = (id: string, settle: () => Promise<void>) => {
  const held = useHeld('invoices', id);
  const lookAtIssuing = async (): Promise<Held> => {
    const { blockers } = await client['invoices.blockers']({ id });
    return { what: 'Not issued.', blockers, canOverride: false };
  };
  const attempt = async (done: string, canUndo: boolean, act: () => Promise<unknown>): Promise<void> => {
    await settle();
    try {
      await act();
      markSaved(Date.now());
      held.dismiss();
      (canUndo ? sayUndoable : say)(done);
    } catch (error) {
      const isListed = await held.hold(lookAtIssuing).catch(() => false);
      if (!isListed) say(messageOf(error), { tone: 'danger' });
    }
  };
  const screen = `invoices/${id}`;
  const document = async (): Promise<void> => {
    await settle();
    await makeDocument('invoices', id, held.holdDocument).catch((error: unknown) => say(messageOf(error), { tone: 'danger' }));
  };
  return {
    document,
    held,
    issue: () => attempt('Invoice issued. It is fixed from now on.', false, () => client['invoices.issue']({ id, screen })),
    ready: (isReady: boolean) =>
      attempt(isReady ? 'Ready to post: it waits for its number.' : 'No longer ready to post.', true, () =>
        client['invoices.ready']({ id, isReady, screen }),
      ),
    void: () => attempt('Invoice voided.', true, () => client['invoices.void']({ id, screen })),
  };
};

/** Does what was asked for; why it was refused, in words, or null. */
const attemptAsk = async (done: string, canUndo: boolean, act: () => Promise<unknown>): Promise<string | null> => {
  try {
    await act();
  } catch (error) {
    return messageOf(error);
  }
  markSaved(Date.now());
  (canUndo ? sayUndoable : say)(done);
  return null;
};

export const InvoicePage = ({ id }: { readonly id: string }): ReactElement => {
  const invoice = useDocument(invoiceKind, id);
  const { record, status, settle } = invoice;
  const moves = useMoves(id, settle);
  const [asking, setAsking] = useState<Ask | 'credit' | null>(null);
  const story = useStory(id, !record.isNew);
  const totals = useInvoiceTotals(id, !record.isNew);
  const { today, locale } = useSetting();
  const person = useInfo().data?.person ?? null;
  const account = record.row?.v['account_id'];
  const order = record.row?.v['order_id'];
  const isDraft = status === 'draft' && !record.isNew;
  const isReady = typeof record.row?.v['ready_on'] === 'string';
  const posting = useIssuer('invoices');
  const payer = status === 'issued' && typeof account === 'string' ? account : null;
  const { box } = useSettling(payer, id, `invoices/${id}`);
  useCommand('record.document', record.isNew ? null : moves.document);
  useCommand('invoice.issue', isDraft ? moves.issue : null);
  useCommand('invoice.ready', isDraft && !isReady && posting !== null ? () => moves.ready(true) : null);
  useCommand('invoice.unready', isDraft && isReady ? () => moves.ready(false) : null);
  useCommand('invoice.void', isDraft ? moves.void : null);
  useCommand('invoice.credit', status === 'issued' ? () => setAsking('credit') : null);
  const about: About | null =
    story && totals && typeof account === 'string' ? { id, account, story, totals, today, locale, person } : null;
  const close = (): void => setAsking(null);
  const finish = (refusal: string | null): string | null => {
    if (refusal === null) close();
    return refusal;
  };
  return (
    <DocumentPage
      document={invoice}
      held={moves.held}
      actions={
        <InvoiceMenu
          status={status}
          order={typeof order === 'string' ? order : null}
          isPostedElsewhere={posting !== null && !posting.is_here}
          isReady={isReady}
        />
      }
    >
      {asksNow(status, story).map((ask) => (
        <AskCommand key={ask.command} ask={ask} onAsk={setAsking} />
      ))}
      <StoryList id={id} isEnabled={!record.isNew} />
      {box}
      {asking === 'credit' && about && (
        <CreditDialog
          story={about.story}
          onClose={close}
          onCredit={async (lines, reason) =>
            finish(
              await attemptAsk('Credit note given.', false, () =>
                client['invoices.credit']({ id, lines: [...lines], reason, screen: `invoices/${id}` }),
              ),
            )
          }
        />
      )}
      {asking !== null && asking !== 'credit' && about && (
        <AskDialog
          title={asking.title}
          questions={asking.questions(about)}
          currency={about.totals.currency}
          onClose={close}
          onDone={async (answers) => finish(await attemptAsk(asking.done, true, () => asking.run(about, answers)))}
        />
      )}
    </DocumentPage>
  );
};
