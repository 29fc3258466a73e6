/** Returns: what customers ask back, what is on its way, and what waits to be inspected and settled. */
import type { ReactElement } from 'react';
import { usePeek } from '../../state/peek.ts';
import { openRecord } from '../../state/tabs.ts';
import { nameOfRow } from '../record/names.ts';
import type { RegisterView } from '../register/RegisterScreen.tsx';
import { RegisterScreen } from '../register/RegisterScreen.tsx';
import { statusView } from '../register/statusView.ts';
import { ReturnDesk } from '../return/ReturnDesk.tsx';
import { NewReturn } from './NewReturn.tsx';
import '../record/form-page.css';

const views: readonly RegisterView[] = [
  { key: 'open', label: 'Open', filter: { flag: 'open' } },
  statusView('requested', 'To answer'),
  statusView('received', 'To inspect'),
  { key: 'late', label: 'Overdue', filter: { flag: 'late' } },
  { key: 'mine', label: 'Mine', filter: { all: [{ flag: 'open' }, { flag: 'mine' }] } },
  { key: 'all', label: 'All', filter: null },
  { key: 'attention', label: 'Needs attention', filter: { flag: 'invalid' } },
];

const order = [
  'number',
  'account_id',
  'order_id',
  'product_id',
  'status',
  'operation',
  'due_on',
  'qty',
  'authorised',
  'received',
  'accepted',
  'credited',
  'reason',
  'owner_id',
];

export const ReturnsScreen = (): ReactElement => {
  const target = usePeek((state) => (state.target?.table === 'returns' ? state.target.id : null));
  return (
    <div className="form-page" data-where="return">
      <RegisterScreen
        screen="returns"
        table="returns"
        views={views}
        sort={[{ field: 'due_on', dir: 'asc' }]}
        columns={{ order, frozenTo: 'account_id' }}
        create="new.return"
        onOpen={(row) => openRecord('returns', row.id, nameOfRow('returns', row))}
      />
      {target !== null && <ReturnDesk key={target} id={target} />}
      <NewReturn />
    </div>
  );
};
