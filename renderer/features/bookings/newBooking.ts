/** A new booking: of the order in view where there is one, else by itself on the screen of the bookings. */
import { create } from 'zustand';
import { isAvailable, runCommand } from '../../state/commands.ts';
import { openScreen } from '../../state/tabs.ts';
import { accountInView } from '../register/wanted.ts';

type Wanted = { readonly wanted: { readonly account: string | null } | null };

export const useNewBooking = create<Wanted>(() => ({ wanted: null }));

export const dropNewBooking = (): void => useNewBooking.setState({ wanted: null });

export const newBooking = (): void => {
  if (isAvailable('order.book')) return void runCommand('order.book');
  useNewBooking.setState({ wanted: { account: accountInView() } });
  openScreen('bookings');
};
