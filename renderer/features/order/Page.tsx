/** The page of an order, and what is done with it. */
import type { ReactElement } from 'react';
import { useState } from 'react';
import { useCommand } from '../../state/commands.ts';
import { openPeek } from '../../state/peek.ts';
import { addPadLines } from './addPadLines.ts';
import { AmendDialog } from './AmendDialog.tsx';
import { amendOrder } from './amendOrder.ts';
import { BookOrderDialog } from '../booking/BookDialog.tsx';
import { nextOfOrder } from '../booking/nextOfOrder.ts';
import { CancelDialog } from './CancelDialog.tsx';
import type { Deed } from './deeds.ts';
import { DocumentPage } from './DocumentPage.tsx';
import { FulfilDialog } from './FulfilDialog.tsx';
import { holdActions } from './holdActions.ts';
import { HoldsDialog } from './HoldsDialog.tsx';
import { ReturnDialog } from '../return/ReturnDialog.tsx';
import { orderKind } from './kinds.ts';
import { OrderNotices } from './OrderNotices.tsx';
import { useNextStep } from './nextStep.ts';
import { OrderActions } from './OrderActions.tsx';
import { PadDialog } from './PadDialog.tsx';
import { padLines } from './padRows.ts';
import { useDocument } from './useDocument.ts';
import { useOrderActions } from './useOrderActions.ts';
import { WhyDialog } from './WhyDialog.tsx';

type Asking = Deed | 'cancel' | 'pad' | 'holds' | 'why' | 'amend' | 'book' | 'return' | null;

export const OrderPage = ({ id }: { readonly id: string }): ReactElement => {
  const order = useDocument(orderKind, id);
  const { record, status, isFrozen, settle } = order;
  const actions = useOrderActions(id, settle);
  const next = useNextStep(id, status);
  const [asking, setAsking] = useState<Asking>(null);
  useCommand('order.confirm', isFrozen ? null : () => actions.confirm());
  useCommand('order.amend', status === 'confirmed' ? () => setAsking('amend') : null);
  useCommand('order.holds', record.isNew ? null : () => setAsking('holds'));
  const account = record.row?.v['account_id'];
  const canPad = typeof account === 'string' && !isFrozen;
  useCommand('order.pad', canPad ? () => setAsking('pad') : null);
  const isOut = status === 'confirmed' || status === 'closed';
  useCommand('order.bill', isOut ? actions.bill : null);
  useCommand('order.return', isOut ? () => setAsking('return') : null);
  const isBookable = status === 'confirmed';
  useCommand('order.book', isBookable ? () => setAsking('book') : null);
  useCommand('order.next', isBookable || status === 'closed' ? () => nextOfOrder(id, settle) : null);
  useCommand('order.duplicate', record.isNew ? null : actions.duplicate);
  useCommand('record.document', record.isNew ? null : actions.document);
  const answer = (act: () => Promise<void>): void => {
    setAsking(null);
    void act();
  };
  return (
    <DocumentPage
      document={order}
      held={{
        ...actions.held,
        ...(actions.held.held.canOverride ? { onOverride: () => setAsking('why') } : {}),
      }}
      actions={
        <OrderActions
          status={status}
          isNew={record.isNew}
          next={next}
          onConfirm={() => void actions.confirm()}
          onRecord={setAsking}
          onCancel={() => setAsking('cancel')}
          onDuplicate={() => void actions.duplicate()}
          onHistory={() => openPeek('history')}
        />
      }
      notice={<OrderNotices {...{ id, status, row: record.row, settle }} isOpen={!record.isNew && !isFrozen} />}
    >
      {asking === 'pad' && canPad && (
        <PadDialog
          account={account}
          order={id}
          onClose={() => setAsking(null)}
          toLines={() => order.grid.current?.focusCell(order.source.addRow(null), 'product_id')}
          onAdd={async (rows, typed) => {
            const refusal = await addPadLines(order, padLines(id, rows, typed));
            if (refusal === null) setAsking(null);
            return refusal;
          }}
        />
      )}
      {asking !== null && typeof asking !== 'string' && (
        <FulfilDialog
          id={id}
          deed={asking}
          onClose={() => setAsking(null)}
          onRecord={async (recorded) => {
            const refusal = await actions.record(asking, recorded);
            if (refusal === null) setAsking(null);
            return refusal;
          }}
        />
      )}
      {asking === 'book' && <BookOrderDialog order={id} onClose={() => setAsking(null)} />}
      {asking === 'return' && <ReturnDialog order={id} onClose={() => setAsking(null)} />}
      {asking === 'holds' && <HoldsDialog id={id} actions={holdActions(id, settle)} onClose={() => setAsking(null)} />}
      {asking === 'amend' && (
        <AmendDialog
          id={id}
          onClose={() => setAsking(null)}
          onAmend={async (asked) => {
            const refusal = await amendOrder(id, 'Order amended.', asked);
            if (refusal === null) setAsking(null);
            return refusal;
          }}
        />
      )}
      {asking === 'why' && (
        <WhyDialog
          found={actions.held.held.blockers.map(({ message }) => message)}
          onClose={() => setAsking(null)}
          onConfirm={(why) => answer(() => actions.confirm(why))}
        />
      )}
      {asking === 'cancel' && (
        <CancelDialog onClose={() => setAsking(null)} onCancel={(why) => answer(() => actions.move('cancelled', why))} />
      )}
    </DocumentPage>
  );
};
