/** What is asked for over the page in front: a task, a note or a promise about the record in view. */
import { create } from 'zustand';
import { isTableName } from '../../../shared/model/index.ts';
import { activities } from '../../../shared/model/activities.ts';
import { tasks } from '../../../shared/model/tasks.ts';
import { usePeek } from '../../state/peek.ts';
import { activeTab, useTabs } from '../../state/tabs.ts';
import { say } from '../../state/toasts.ts';

export type Asking = { readonly kind: 'task' | 'note' | 'promise'; readonly about: string | null };

export const useAsking = create<{ readonly asking: Asking | null }>(() => ({ asking: null }));

/** The record in view, where such a row can be about it: the page in front, else the row in focus. */
const subjectInView = (tables: readonly string[]): string | null => {
  const tab = activeTab(useTabs.getState());
  const target = tab.kind === 'record' ? { table: tab.table, id: tab.id } : usePeek.getState().target;
  return target !== null && isTableName(target.table) && tables.includes(target.table) ? `${target.table}/${target.id}` : null;
};

const ask = (asking: Asking | null): void => useAsking.setState({ asking });

export const stopAsking = (): void => ask(null);

/** About a record that is named. */
export const askAbout = (kind: Asking['kind'], record: { readonly table: string; readonly id: string } | null): void =>
  ask({ kind, about: record && `${record.table}/${record.id}` });

export const askTask = (): void => ask({ kind: 'task', about: subjectInView(tasks.fields.about.to) });

export const askPromise = (): void => ask({ kind: 'promise', about: subjectInView(tasks.fields.about.to) });

export const askNote = (): void => {
  const about = subjectInView(activities.fields.about.to);
  if (about === null) return say('Go to an account, a contact or an order first: a note is about one of them.');
  ask({ kind: 'note', about });
};
