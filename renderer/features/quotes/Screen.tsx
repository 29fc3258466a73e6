/** The quotes: what waits for an answer, what expired, what was won and lost. */
import type { ReactElement } from 'react';
import { openRecord } from '../../state/tabs.ts';
import { nameOfRow } from '../record/names.ts';
import type { RegisterView } from '../register/RegisterScreen.tsx';
import { statusView } from '../register/statusView.ts';
import { RegisterScreen } from '../register/RegisterScreen.tsx';

const views: readonly RegisterView[] = [
  { key: 'all', label: 'All', filter: null },
  { key: 'open', label: 'Open', filter: { flag: 'open' } },
  statusView('sent', 'Sent'),
  { key: 'expired', label: 'Expired', filter: { chip: 'expired' } },
  { key: 'won', label: 'Won', filter: { field: 'status', in: ['accepted', 'partly_accepted'] } },
  { key: 'lost', label: 'Lost', filter: { field: 'status', in: ['rejected', 'withdrawn'] } },
  { key: 'attention', label: 'Needs attention', filter: { flag: 'invalid' } },
];

const order = [
  'number',
  'account_id',
  'subject',
  'status',
  'net',
  'margin',
  'valid_to',
  'sent_on',
  'probability',
  'next_step_on',
  'revision',
  'owner_id',
];

export const QuotesScreen = (): ReactElement => (
  <RegisterScreen
    screen="quotes"
    table="quotes"
    views={views}
    sort={[{ field: 'valid_to', dir: 'asc' }]}
    columns={{ order, frozenTo: 'account_id' }}
    create="new.quote"
    onOpen={(row) => openRecord('quotes', row.id, nameOfRow('quotes', row))}
  />
);
