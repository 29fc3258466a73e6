/** What is asked over the page of a quote before something is done with it. */
import type { ReactElement } from 'react';
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';
import type { Approval } from './ApprovalBar.tsx';
import { ChargeDialog } from './ChargeDialog.tsx';
import { LinesSheet } from './LinesSheet.tsx';
import { NoteDialog } from './NoteDialog.tsx';
import { RejectDialog } from './RejectDialog.tsx';
import { SendDialog } from './SendDialog.tsx';
import type { QuoteActions } from './useQuoteActions.ts';

export type Asking =
  | 'order'
  | 'accept'
  | 'reject'
  | 'ask'
  | 'approve'
  | 'decline'
  | 'charge'
  | { readonly send: OutputOf<WorkbenchContract['quotes.sending']> };

type Props = {
  readonly asking: Asking;
  readonly id: string;
  readonly status: string | null;
  readonly approval: Approval | undefined;
  readonly actions: QuoteActions;
  readonly onClose: () => void;
};

type Of<A> = Omit<Props, 'asking'> & { readonly asking: A };

const LinesQuestion = ({ asking, id, status, actions, onClose }: Of<'order' | 'accept'>): ReactElement => (
  <LinesSheet
    id={id}
    title={asking === 'order' ? 'Create order' : 'Accept lines'}
    canChoose={asking === 'accept' || status === 'sent'}
    onClose={onClose}
    onDone={(lines) => {
      onClose();
      void actions[asking](lines);
    }}
  />
);

const notes = {
  ask: { title: 'Ask for approval', label: 'What speaks for it', required: null },
  approve: { title: 'Approve quote', label: 'Reason', required: null },
  decline: { title: 'Decline quote', label: 'Why', required: 'Say why: whoever asked has to know what to change.' },
} as const;

const NoteQuestion = ({ asking, approval, actions, onClose }: Of<keyof typeof notes>): ReactElement => {
  const { title, label, required } = notes[asking];
  const isReasoned = asking === 'approve' && approval?.may.needsReason === true;
  return (
    <NoteDialog
      title={title}
      label={label}
      required={isReasoned ? 'Say why: this step needs a reason.' : required}
      reasons={approval?.blockers.map(({ message }) => message) ?? []}
      onClose={onClose}
      onDone={(note) => {
        onClose();
        void actions[asking](note);
      }}
    />
  );
};

export const Questions = (props: Props): ReactElement => {
  const { asking, actions, onClose } = props;
  if (asking === 'order' || asking === 'accept') return <LinesQuestion {...props} asking={asking} />;
  if (asking === 'ask' || asking === 'approve' || asking === 'decline') return <NoteQuestion {...props} asking={asking} />;
  if (asking === 'charge') {
    return (
      <ChargeDialog
        onClose={onClose}
        onCharge={(mode) => {
          onClose();
          void actions.charge(mode);
        }}
      />
    );
  }
  if (asking === 'reject') {
    return (
      <RejectDialog
        onClose={onClose}
        onReject={(reason, competitor) => {
          onClose();
          void actions.reject(reason, competitor);
        }}
      />
    );
  }
  return (
    <SendDialog
      offered={asking.send}
      onClose={onClose}
      onSend={(sending) => {
        onClose();
        void actions.send(sending);
      }}
    />
  );
};
