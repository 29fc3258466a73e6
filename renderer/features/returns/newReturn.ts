/** A new return of the order in view, or of goods nobody ordered: asked on the screen of returns, which is opened for it. */
import { create } from 'zustand';
import { usePeek } from '../../state/peek.ts';
import { activeTab, openScreen, useTabs } from '../../state/tabs.ts';

/** `account`: of whom goods came that nobody ordered, where one is in view. */
type Wanted = { readonly order: string | null; readonly account: string | null };

export const useNewReturn = create<{ readonly wanted: Wanted | null }>(() => ({ wanted: null }));

export const dropNewReturn = (): void => useNewReturn.setState({ wanted: null });

export const openNewReturn = (): Promise<void> => {
  const tab = activeTab(useTabs.getState());
  // The record whose page is in front, else the one in focus.
  const target = tab.kind === 'record' ? { table: tab.table, id: tab.id } : usePeek.getState().target;
  const of = (table: string): string | null => (target?.table === table ? target.id : null);
  useNewReturn.setState({ wanted: { order: of('orders'), account: of('accounts') } });
  openScreen('returns');
  return Promise.resolve();
};
