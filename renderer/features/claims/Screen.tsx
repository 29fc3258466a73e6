/** Claims on carriers: what has to be filed in time, what carriers have to answer, and what was paid. */
import type { ReactElement } from 'react';
import { useState } from 'react';
import { runCommand, useCommand } from '../../state/commands.ts';
import { usePeek } from '../../state/peek.ts';
import { openRecord } from '../../state/tabs.ts';
import { Button } from '../../ui/Button.tsx';
import { ClaimDesk } from '../claim/ClaimDesk.tsx';
import { nameOfRow } from '../record/names.ts';
import type { RegisterView } from '../register/RegisterScreen.tsx';
import { RegisterScreen } from '../register/RegisterScreen.tsx';
import { statusView } from '../register/statusView.ts';
import { Losses } from './Losses.tsx';
import { NewClaim } from './NewClaim.tsx';
import '../record/form-page.css';

const views: readonly RegisterView[] = [
  { key: 'open', label: 'Open', filter: { flag: 'open' } },
  statusView('draft', 'To file'),
  { key: 'late', label: 'Overdue', filter: { flag: 'late' } },
  { key: 'mine', label: 'Mine', filter: { all: [{ flag: 'open' }, { flag: 'mine' }] } },
  { key: 'all', label: 'All', filter: null },
  { key: 'attention', label: 'Needs attention', filter: { flag: 'invalid' } },
];

const order = [
  'number',
  'account_id',
  'partner_id',
  'booking_id',
  'status',
  'cause',
  'next_step',
  'next_due',
  'amount',
  'paid',
  'credited',
  'net_loss',
  'owner_id',
];

export const ClaimsScreen = (): ReactElement => {
  const target = usePeek((state) => (state.target?.table === 'claims' ? state.target.id : null));
  const [isShowingLosses, setIsShowingLosses] = useState(false);
  useCommand('claim.losses', () => setIsShowingLosses(true));
  return (
    <div className="form-page" data-where="claim">
      <RegisterScreen
        screen="claims"
        table="claims"
        views={views}
        sort={[{ field: 'next_due', dir: 'asc' }]}
        columns={{ order, frozenTo: 'account_id' }}
        create="new.claim"
        onOpen={(row) => openRecord('claims', row.id, nameOfRow('claims', row))}
        acts={
          <Button icon="kpis" command="claim.losses" onClick={() => void runCommand('claim.losses')}>
            Net loss
          </Button>
        }
      />
      {target !== null && <ClaimDesk key={target} id={target} />}
      <NewClaim />
      {isShowingLosses && <Losses onClose={() => setIsShowingLosses(false)} />}
    </div>
  );
};
