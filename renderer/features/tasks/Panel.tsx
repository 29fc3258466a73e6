/** A task, or a promise, beside its row. */
import type { ReactElement } from 'react';
import { Facts, usePanelRecord } from '../record/Facts.tsx';

const taskFacts = ['account_id', 'about', 'due_on', 'due_time', 'kind', 'priority', 'owner_id', 'repeat', 'status', 'notes'];
const promiseFacts = [
  'account_id',
  'about',
  'contact_id',
  'due_on',
  'due_time',
  'status',
  'made_on',
  'kept_on',
  'owner_id',
  'notes',
];

export const TaskPanel = ({ id }: { readonly id: string }): ReactElement => (
  <Facts record={usePanelRecord('tasks', id, 'screen:tasks')} fields={taskFacts} />
);

export const PromisePanel = ({ id }: { readonly id: string }): ReactElement => (
  <Facts record={usePanelRecord('commitments', id, 'screen:tasks')} fields={promiseFacts} />
);
