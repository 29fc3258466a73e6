/** The part that is in front on the page of each account, so that a page that comes back stands as it was left. */
import { create } from 'zustand';
import { openRecord } from '../../state/tabs.ts';

export const useAccountTab = create<{ readonly front: Readonly<Record<string, string>> }>(() => ({ front: {} }));

export const showAccountTab = (account: string, tab: string): void =>
  useAccountTab.setState(({ front }) => ({ front: { ...front, [account]: tab } }));

/** The brief of an account, wherever one was. */
export const openBrief = (account: string, name = ''): void => {
  showAccountTab(account, 'brief');
  openRecord('accounts', account, name);
};
