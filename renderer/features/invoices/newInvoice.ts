/** Invoices are not typed: they are made of what was delivered. Whoever asks for a new one is taken to the orders. */
import { openScreen } from '../../state/tabs.ts';
import { say } from '../../state/toasts.ts';

export const goBill = (): void => {
  openScreen('orders');
  say('An invoice is made of what was delivered: open the order and choose Bill order.');
};
