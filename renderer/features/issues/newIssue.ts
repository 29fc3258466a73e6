/** A new issue of the account, order or booking in view: asked over the page; without one, a new row of the register. */
import { create } from 'zustand';
import { client } from '../../client/client.ts';
import { recordInView } from '../../state/inView.ts';
import { nameOfRow } from '../record/names.ts';
import { wantRow } from '../register/wanted.ts';

type Wanted = {
  /** Said above the questions. */
  readonly about: string;
  readonly account: string;
  readonly order: string | null;
  /** What it begins with: of a booking that is late or will be, that. */
  readonly title: string;
  readonly kind: 'question' | 'service_failure';
};

export const useNewIssue = create<{ readonly wanted: Wanted | null }>(() => ({ wanted: null }));

export const dropNewIssue = (): void => useNewIssue.setState({ wanted: null });

const lateWords = async (booking: string, name: string): Promise<Pick<Wanted, 'title' | 'kind'>> => {
  const { late } = await client['bookings.story']({ id: booking });
  if (late === null) return { title: '', kind: 'question' };
  return { title: `${name} ${late.reason.charAt(0).toLowerCase()}${late.reason.slice(1)}`, kind: 'service_failure' };
};

export const openNewIssue = async (): Promise<void> => {
  const target = recordInView();
  const isKnown = target !== null && ['accounts', 'orders', 'bookings'].includes(target.table);
  const row = isKnown ? await client['records.get'](target) : null;
  const account = target?.table === 'accounts' ? target.id : row?.v['account_id'];
  if (target === null || row === null || row.gone !== undefined || typeof account !== 'string') return wantRow('issues', 'cases');
  const order = target.table === 'orders' ? target.id : row.v['order_id'];
  const name = nameOfRow(target.table, row);
  const said = target.table === 'bookings' ? await lateWords(target.id, name) : ({ title: '', kind: 'question' } as const);
  const about = [row.l?.['account_id']?.title ?? '', name].filter((part) => part !== '').join(', ');
  useNewIssue.setState({ wanted: { ...said, about, account, order: typeof order === 'string' ? order : null } });
};
