/** From screen to screen, record to record, problem to problem. */
import { both, mod } from '../chords.ts';
import { inMenu, none } from './command.ts';

const inGo = inMenu('go');
export const go = [
  inGo('go.today', 'Today', 'global', mod('1'), 'Go to what needs you now.'),
  inGo('go.accounts', 'Accounts', 'global', mod('2'), 'Go to the accounts.'),
  inGo('go.quotes', 'Quotes', 'global', mod('3'), 'Go to the quotes.'),
  inGo('go.orders', 'Orders', 'global', mod('4'), 'Go to the orders.'),
  inGo('go.bookings', 'Bookings', 'global', mod('5'), 'Go to shipments, visits and campaign slots.'),
  inGo('go.invoices', 'Invoices', 'global', none, 'Go to the invoices.'),
  inGo('go.issues', 'Issues', 'global', mod('6'), 'Go to the issues and their clocks.'),
  inGo('go.claims', 'Claims', 'global', none, 'Go to the claims on carriers and their deadlines.'),
  inGo('go.returns', 'Returns', 'global', none, 'Go to the returns and what waits for us.'),
  inGo('go.tasks', 'Tasks', 'global', mod('7'), 'Go to what is to be done, and to what was promised.'),
  inGo('go.catalogue', 'Catalogue', 'global', mod('8'), 'Go to the products and their prices.'),
  inGo(
    'catalogue.prices',
    'Prices of lists and contracts',
    'global',
    none,
    'The catalogue at its prices: every list, step of quantity and day.',
  ),
  inGo('go.contacts', 'Contacts', 'global', none, 'Go to the people at your accounts.'),
  inGo('go.partners', 'Partners', 'global', none, 'Go to carriers, contractors and vendors.'),
  inGo('go.import', 'Import', 'global', none, 'Bring in files from other systems.'),
  inGo('go.sync', 'Sync', 'global', none, 'Go to your team: what was met, what waits, what two people wrote.'),
  inGo(
    'go.settings',
    'Settings',
    'global',
    { win: ['Ctrl+,'], mac: ['Meta+,'] },
    'Company, people, appearance, shortcuts, data.',
  ),
  inGo('go.back', 'Back', 'global', { win: ['Alt+ArrowLeft'], mac: ['Meta+['] }, 'The page before this one.'),
  inGo('go.forward', 'Forward', 'global', { win: ['Alt+ArrowRight'], mac: ['Meta+]'] }, 'The page after this one.'),
  inGo('problem.next', 'Next problem', 'global', both('F8'), 'The next cell that needs attention.'),
  inGo('problem.previous', 'Previous problem', 'global', both('Shift+F8'), 'The one before.'),
  inGo('problem.first', 'First problem anywhere', 'global', none, 'The first record that needs a fix, on whichever screen.'),
] as const;
