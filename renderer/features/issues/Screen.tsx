/** The issues: what is mine, what is over its time, what waits; and what can be done with the one in focus. */
import type { ReactElement } from 'react';
import { usePeek } from '../../state/peek.ts';
import { openRecord } from '../../state/tabs.ts';
import { IssueDeeds } from '../issue/IssueDeeds.tsx';
import { nameOfRow } from '../record/names.ts';
import type { RegisterView } from '../register/RegisterScreen.tsx';
import { statusView } from '../register/statusView.ts';
import { RegisterScreen } from '../register/RegisterScreen.tsx';
import '../issue/issue.css';

const views: readonly RegisterView[] = [
  { key: 'all', label: 'All', filter: null },
  { key: 'mine', label: 'My open', filter: { all: [{ flag: 'open' }, { flag: 'mine' }] } },
  { key: 'open', label: 'Open', filter: { flag: 'open' } },
  { key: 'late', label: 'Breached', filter: { flag: 'late' } },
  statusView('paused', 'Paused', 'waiting'),
];

const order = [
  'number',
  'title',
  'account_id',
  'kind',
  'severity',
  'status',
  'respond_left',
  'resolve_left',
  'owner_id',
  'order_id',
  'waiting_on',
  'opened_at',
];

/** The issue in focus answers its commands, whether its panel is open or not. */
const InFocus = (): ReactElement | null => {
  const target = usePeek(({ target: now }) => now);
  return target?.table === 'cases' ? <IssueDeeds key={target.id} id={target.id} screen="screen:issues" /> : null;
};

export const IssuesScreen = (): ReactElement => (
  <div className="issue-keys" data-where="issue">
    <RegisterScreen
      screen="issues"
      table="cases"
      views={views}
      sort={[{ field: 'resolve_left', dir: 'asc' }]}
      columns={{ order, frozenTo: 'title' }}
      onOpen={(row) => openRecord('cases', row.id, nameOfRow('cases', row))}
    />
    <InFocus />
  </div>
);
