/** What is asked for over the page in front: a task, a note or a promise about the record in view. */
import { create } from 'zustand';
import { activities } from '../../../shared/model/activities.ts';
import { tasks } from '../../../shared/model/tasks.ts';
import { client } from '../../client/client.ts';
import { recordInView } from '../../state/inView.ts';
import { say } from '../../state/toasts.ts';

export type Asking = { readonly kind: 'task' | 'note' | 'promise'; readonly about: string | null };

export const useAsking = create<{ readonly asking: Asking | null }>(() => ({ asking: null }));

/** The record in view, where such a row can be about it; else the order it has, else its account. */
const subjectInView = async (tables: readonly string[]): Promise<string | null> => {
  const target = recordInView();
  if (target === null) return null;
  if (tables.includes(target.table)) return `${target.table}/${target.id}`;
  const row = await client['records.get'](target);
  const [order, account] = [row?.v['order_id'], row?.v['account_id']];
  if (typeof order === 'string') return `orders/${order}`;
  return typeof account === 'string' ? `accounts/${account}` : null;
};

const ask = (asking: Asking | null): void => useAsking.setState({ asking });

export const stopAsking = (): void => ask(null);

/** About a record that is named. */
export const askAbout = (kind: Asking['kind'], record: { readonly table: string; readonly id: string } | null): void =>
  ask({ kind, about: record && `${record.table}/${record.id}` });

export const askTask = async (): Promise<void> => ask({ kind: 'task', about: await subjectInView(tasks.fields.about.to) });

export const askPromise = async (): Promise<void> => ask({ kind: 'promise', about: await subjectInView(tasks.fields.about.to) });

export const askNote = async (): Promise<void> => {
  const about = await subjectInView(activities.fields.about.to);
  if (about === null) return say('Go to an account, a contact or an order first: a note is about one of them.');
  ask({ kind: 'note', about });
};
