/** Booking what an order has left, or something by itself: carrier and pickup, the rest is filled in. Tendered at once. */
import type { ReactElement } from 'react';
import { client } from '../../client/client.ts';
import { useEngine } from '../../client/cache.ts';
import { markSaved } from '../../state/status.ts';
import { openRecord } from '../../state/tabs.ts';
import { sayUndoable } from '../../state/undoable.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorBar, messageOf } from '../../ui/ErrorBar.tsx';
import { AskDialog, type Answers, type Question } from '../invoice/AskDialog.tsx';
import { useSetting } from '../register/useSetting.ts';
import { OVERRIDE } from './asks.ts';
import { Offers } from './Offers.tsx';

const text = (value: Answers[string] | undefined): string | null => (value == null || value === '' ? null : String(value));
const moment = (value: Answers[string] | undefined): number | null => (typeof value === 'number' ? value : null);

const kinds = [
  { value: 'shipment', label: 'Shipment' },
  { value: 'visit', label: 'Visit' },
  { value: 'campaign', label: 'Campaign' },
] as const;

const rest: readonly Question[] = [
  { key: 'service', label: 'Service', kind: 'text', isOptional: true },
  { key: 'deliver', label: 'Deliver by', kind: 'moment', isOptional: true },
  OVERRIDE,
];

type Made = { readonly order: string | null; readonly account: string | null };

/** Books and opens the booking; why it was refused, in words, or null. */
const book = async ({ order, account }: Made, answers: Answers): Promise<string | null> => {
  const partner = text(answers['partner']);
  try {
    const made = await client['bookings.book']({
      order,
      account,
      partner,
      service: text(answers['service']),
      kind: kinds.find(({ value }) => value === answers['kind'])?.value ?? 'shipment',
      pickup: moment(answers['pickup']),
      deliver: moment(answers['deliver']),
      stage: partner === null ? 'need' : 'tender',
      override: text(answers['override']),
      screen: order === null ? 'screen:bookings' : `orders/${order}`,
    });
    markSaved(Date.now());
    openRecord('bookings', made.id, 'Booking');
    sayUndoable(partner === null ? 'Booking made.' : 'Booked and tendered.');
    return null;
  } catch (error) {
    return messageOf(error);
  }
};

/** @param order whose open lines are booked; `name` is said in the title */
export const BookOrderDialog = ({
  order,
  onClose,
}: {
  readonly order: string;
  readonly onClose: () => void;
}): ReactElement | null => {
  const { data, error, refetch } = useEngine(
    'bookings.proposal',
    { order },
    { tables: ['orders', 'order_lines', 'booking_lines', 'bookings'] },
  );
  const { currency } = useSetting();
  const partner = data?.partner ?? null;
  const names = useEngine(
    'records.labels',
    { table: 'partners', ids: partner === null ? [] : [partner] },
    { tables: ['partners'], isEnabled: partner !== null },
  ).data;
  if (error)
    return (
      <Dialog title="Book order" onClose={onClose}>
        <ErrorBar error={error} onRetry={() => void refetch()} />
      </Dialog>
    );
  if (data === undefined || (partner !== null && names === undefined)) return null;
  const name = partner === null ? null : (names?.labels[partner]?.title ?? '');
  const questions: readonly Question[] = [
    {
      key: 'partner',
      label: 'Carrier',
      kind: 'person',
      table: 'partners',
      ...(partner === null || name === null ? {} : { start: partner, startName: name }),
    },
    { key: 'pickup', label: 'Pickup', kind: 'moment' },
    ...rest,
  ];
  return (
    <AskDialog
      title="Book order"
      questions={questions}
      currency={currency ?? ''}
      {...(data.refusal === null ? {} : { note: data.refusal })}
      onClose={onClose}
      onDone={async (answers) => {
        const refusal = await book({ order, account: null }, answers);
        if (refusal === null) onClose();
        return refusal;
      }}
    >
      <Offers of={{ order }} />
    </AskDialog>
  );
};

export const NewBookingDialog = ({
  account,
  name,
  onClose,
}: {
  readonly account: string | null;
  readonly name: string;
  readonly onClose: () => void;
}): ReactElement => {
  const { currency } = useSetting();
  const questions: readonly Question[] = [
    {
      key: 'account',
      label: 'Account',
      kind: 'person',
      table: 'accounts',
      ...(account === null ? {} : { start: account, startName: name }),
    },
    { key: 'kind', label: 'Kind', kind: 'choice', options: kinds, start: 'shipment' },
    { key: 'partner', label: 'Partner', kind: 'person', table: 'partners', isOptional: true },
    { key: 'pickup', label: 'Pickup or visit', kind: 'moment', isOptional: true },
    ...rest,
  ];
  return (
    <AskDialog
      title="New booking"
      questions={questions}
      currency={currency ?? ''}
      onClose={onClose}
      onDone={async (answers) => {
        const refusal = await book({ order: null, account: text(answers['account']) }, answers);
        if (refusal === null) onClose();
        return refusal;
      }}
    />
  );
};
