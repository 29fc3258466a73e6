/**
 * The invoices: what waits to be issued, what is owed, what is late and what is disputed; beside them the credit notes, the
 * payments, and the billing queries with who sees to each. Those are made on their invoice, and open it.
 */
import type { ReactElement } from 'react';
import type { GridRow } from '../../../shared/contract/shapes.ts';
import { openRecord } from '../../state/tabs.ts';
import { nameOfRow } from '../record/names.ts';
import { PostingNotice } from './PostingNotice.tsx';
import { openInvoiceOf } from './openInvoiceOf.ts';
import type { RegisterView } from '../register/RegisterScreen.tsx';
import { RegisterScreen } from '../register/RegisterScreen.tsx';

const toAccount = ({ v, l }: GridRow): void => {
  const { account_id: account } = v;
  if (typeof account === 'string') openRecord('accounts', account, l?.['account_id']?.title ?? '');
};

const queries = {
  table: 'disputes',
  made: 'A query is opened on its invoice.',
  onOpen: openInvoiceOf,
  sort: [{ field: 'due_on', dir: 'asc' }],
  columns: {
    order: [
      'number',
      'account_id',
      'invoice_id',
      'status',
      'reason',
      'amount',
      'opened_on',
      'age_days',
      'due_on',
      'processor_id',
      'coordinator_id',
      'responsible_id',
      'outcome',
      'credit_note_id',
    ],
    frozenTo: 'account_id',
  },
} as const;

const credits = {
  table: 'credit_notes',
  sort: [{ field: 'credited_on', dir: 'desc' }],
  columns: {
    order: ['number', 'legal_number', 'account_id', 'invoice_id', 'credited_on', 'amount', 'reason'],
    frozenTo: 'account_id',
  },
  made: 'A credit note is made from its invoice.',
  onOpen: openInvoiceOf,
} as const;

const views: readonly RegisterView[] = [
  { key: 'all', label: 'All', filter: null },
  { key: 'drafts', label: 'To issue', filter: { flag: 'draft' } },
  { key: 'ready', label: 'Ready to post', filter: { all: [{ flag: 'draft' }, { field: 'ready_on', empty: false }] } },
  { key: 'open', label: 'Open', filter: { flag: 'open' } },
  { key: 'late', label: 'Overdue', filter: { flag: 'late' } },
  { key: 'disputed', label: 'Disputed', filter: { field: 'disputed', is: 'gt', value: 0 } },
  { key: 'attention', label: 'Needs attention', filter: { flag: 'invalid' } },
  {
    key: 'credits',
    label: 'Credit notes',
    filter: null,
    ...credits,
  },
  {
    key: 'ready-credits',
    label: 'Credit notes to post',
    filter: { field: 'ready_on', empty: false },
    ...credits,
  },
  {
    key: 'payments',
    label: 'Payments',
    filter: null,
    table: 'payments',
    sort: [{ field: 'received_on', dir: 'desc' }],
    columns: {
      order: ['received_on', 'account_id', 'amount', 'unapplied', 'method', 'reference', 'note'],
      frozenTo: 'account_id',
    },
    made: 'A payment is recorded on the invoice it is for.',
    onOpen: toAccount,
  },
  { key: 'queries', label: 'Open queries', filter: { field: 'status', in: ['open', 'answered'] }, ...queries },
  { key: 'all-queries', label: 'All queries', filter: null, ...queries },
];

const order = [
  'number',
  'legal_number',
  'account_id',
  'order_id',
  'po_ref',
  'status',
  'issued_on',
  'due_on',
  'total',
  'open',
  'overdue_days',
  'disputed',
  'terms',
  'owner_id',
];

export const InvoicesScreen = (): ReactElement => (
  <>
    <PostingNotice />
    <RegisterScreen
      screen="invoices"
      table="invoices"
      views={views}
      sort={[{ field: 'due_on', dir: 'desc' }]}
      columns={{ order, frozenTo: 'account_id' }}
      create="new.invoice"
      onOpen={(row) => openRecord('invoices', row.id, nameOfRow('invoices', row))}
    />
  </>
);
