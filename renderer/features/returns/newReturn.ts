/** A new return of the order in view, or of goods nobody ordered: asked on the screen of returns, which is opened for it. */
import { create } from 'zustand';
import { inViewOf } from '../../state/inView.ts';
import { openScreen } from '../../state/tabs.ts';

/** `account`: of whom goods came that nobody ordered, where one is in view. */
type Wanted = { readonly order: string | null; readonly account: string | null };

export const useNewReturn = create<{ readonly wanted: Wanted | null }>(() => ({ wanted: null }));

export const dropNewReturn = (): void => useNewReturn.setState({ wanted: null });

export const openNewReturn = (): Promise<void> => {
  useNewReturn.setState({ wanted: { order: inViewOf('orders'), account: inViewOf('accounts') } });
  openScreen('returns');
  return Promise.resolve();
};
