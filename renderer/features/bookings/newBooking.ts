/** A new booking: of the order in view or in focus where there is one, else by itself on the screen of the bookings. */
import { create } from 'zustand';
import { isAvailable, runCommand } from '../../state/commands.ts';
import { usePeek } from '../../state/peek.ts';
import { activeTab, openScreen, useTabs } from '../../state/tabs.ts';
import { accountInView } from '../register/wanted.ts';

type Wanted = { readonly wanted: { readonly account: string | null; readonly order: string | null } | null };

export const useNewBooking = create<Wanted>(() => ({ wanted: null }));

export const dropNewBooking = (): void => useNewBooking.setState({ wanted: null });

/** The order whose row is in focus on the screen in front. */
const orderInFocus = (): string | null => {
  const { target } = usePeek.getState();
  return activeTab(useTabs.getState()).kind === 'screen' && target?.table === 'orders' ? target.id : null;
};

export const newBooking = (): void => {
  if (isAvailable('order.book')) return void runCommand('order.book');
  useNewBooking.setState({ wanted: { account: accountInView(), order: orderInFocus() } });
  openScreen('bookings');
};
