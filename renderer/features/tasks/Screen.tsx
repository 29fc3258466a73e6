/** The tasks: one line makes one, Space on Done ends it, a series goes on by itself. Promises stand in a view beside them. */
import type { ReactElement } from 'react';
import type { RegisterView } from '../register/RegisterScreen.tsx';
import { statusView } from '../register/statusView.ts';
import { RegisterScreen } from '../register/RegisterScreen.tsx';
import { TaskEntry } from './TaskEntry.tsx';

const order = ['done', 'what', 'account_id', 'due_on', 'due_time', 'kind', 'about', 'priority', 'owner_id', 'repeat', 'status'];

const promiseOrder = [
  'what',
  'account_id',
  'due_on',
  'due_time',
  'status',
  'about',
  'contact_id',
  'made_on',
  'owner_id',
  'kept_on',
];

const views: readonly RegisterView[] = [
  { key: 'open', label: 'Open', filter: { flag: 'open' } },
  { key: 'mine', label: 'Mine', filter: { all: [{ flag: 'open' }, { flag: 'mine' }] } },
  { key: 'overdue', label: 'Overdue', filter: { flag: 'late' } },
  statusView('waiting', 'Waiting'),
  { key: 'all', label: 'All', filter: null },
  {
    key: 'promises',
    label: 'Promises',
    filter: null,
    table: 'commitments',
    columns: { order: promiseOrder, frozenTo: 'what' },
  },
];

export const TasksScreen = (): ReactElement => (
  <RegisterScreen
    screen="tasks"
    table="tasks"
    views={views}
    sort={[{ field: 'due_on', dir: 'asc' }]}
    columns={{ order, frozenTo: 'what' }}
    create="new.task"
    Entry={TaskEntry}
  />
);
