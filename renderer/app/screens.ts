/**
 * The screens there are, in the order of the rail, and the page and panel of each kind of record. What is not
 * built is not here, and so not in the rail; a digit stays with its screen.
 */
import type { ComponentType, LazyExoticComponent } from 'react';
import { lazy } from 'react';
import type { CommandId } from '../../shared/commands.ts';
import type { TableName } from '../../shared/model/index.ts';
import { openNewIssue } from '../features/issues/newIssue.ts';
import { wantContact, wantRow } from '../features/register/wanted.ts';
import { askNote, askPromise, askTask } from '../features/tasks/asking.ts';
import type { ScreenId } from '../state/tabs.ts';
import type { IconName } from '../ui/Icon.tsx';

export type Screen = {
  readonly id: ScreenId;
  readonly title: string;
  readonly icon: IconName;
  /** The `Mod` digit that goes there. */
  readonly digit?: number;
  /** The register it shows: its count stands in the rail. */
  readonly table?: TableName;
  /** Tables whose rows are shown in other views of it. */
  readonly more?: readonly TableName[];
  /** Its rows are records, which the panel shows. */
  readonly hasRows?: true;
  /** What `New` makes here. */
  readonly create?: CommandId;
  /** Two or three sentences for F1. */
  readonly about: string;
  readonly Component: LazyExoticComponent<ComponentType>;
};

type OfRecord = LazyExoticComponent<ComponentType<{ readonly id: string }>>;

export const screens: readonly Screen[] = [
  {
    id: 'today',
    title: 'Today',
    icon: 'today',
    digit: 1,
    hasRows: true,
    create: 'new.task',
    about:
      'Every clock that runs out by the end of the week, in one list: what is overdue, due today, due this week, with the most at stake first. Ctrl+Shift+Enter takes the next step, Ctrl+Enter ends a row, Ctrl+T puts it off until a time in words; Space shows its record.',
    Component: lazy(() => import('../features/today/Screen.tsx').then((m) => ({ default: m.TodayScreen }))),
  },
  {
    id: 'accounts',
    title: 'Accounts',
    icon: 'accounts',
    digit: 2,
    table: 'accounts',
    create: 'new.account',
    about:
      'Your customers. Type into a cell to change it; Space shows the account beside its row, Alt+Enter opens its page with timeline, orders, contacts and sites, Alt+B what to know before a visit.',
    Component: lazy(() => import('../features/accounts/Screen.tsx').then((m) => ({ default: m.AccountsScreen }))),
  },
  {
    id: 'quotes',
    title: 'Quotes',
    icon: 'quotes',
    digit: 3,
    table: 'quotes',
    create: 'new.quote',
    about:
      'Every quote and each of its revisions. Lines of one group are alternatives, optional lines count once they are chosen. What was sent is fixed: revise it, or make an order of it when it is accepted.',
    Component: lazy(() => import('../features/quotes/Screen.tsx').then((m) => ({ default: m.QuotesScreen }))),
  },
  {
    id: 'orders',
    title: 'Orders',
    icon: 'orders',
    digit: 4,
    table: 'orders',
    more: ['order_holds'],
    create: 'new.order',
    about:
      'Every order, by view. A new order opens its own page: account, PO reference, then a SKU and a quantity for each line. Confirming lists whatever is in the way; what holds orders back has a view of its own.',
    Component: lazy(() => import('../features/orders/Screen.tsx').then((m) => ({ default: m.OrdersScreen }))),
  },
  {
    id: 'bookings',
    title: 'Bookings',
    icon: 'bookings',
    digit: 5,
    table: 'bookings',
    create: 'new.booking',
    more: ['slots', 'charge_rules', 'tracking_rest'],
    about:
      'Shipments, service visits and campaign slots, from need to proof. Ctrl+Shift+Enter does the next step of the row in focus; events are added and never changed. The board shows the same bookings by how far they are: Ctrl+Shift+Left and Right move a card.',
    Component: lazy(() => import('../features/bookings/Screen.tsx').then((m) => ({ default: m.BookingsScreen }))),
  },
  {
    id: 'invoices',
    title: 'Invoices',
    icon: 'invoices',
    table: 'invoices',
    more: ['credit_notes', 'payments', 'disputes'],
    create: 'new.invoice',
    about:
      'Every invoice, and what is open, late or disputed of it, with its credit notes, payments and billing queries. An invoice is made of what was delivered: open an order and bill it. What was issued is fixed; a credit note takes back what was wrong.',
    Component: lazy(() => import('../features/invoices/Screen.tsx').then((m) => ({ default: m.InvoicesScreen }))),
  },
  {
    id: 'issues',
    title: 'Issues',
    icon: 'issues',
    digit: 6,
    table: 'cases',
    create: 'new.issue',
    about:
      'Every question, complaint and failure, with the time left to answer and to resolve it, counted in working hours. The panel says why a time is due when it is. Pausing asks for the reason; whatever way the customer comes back, the pause ends.',
    Component: lazy(() => import('../features/issues/Screen.tsx').then((m) => ({ default: m.IssuesScreen }))),
  },
  {
    id: 'claims',
    title: 'Claims',
    icon: 'box',
    table: 'claims',
    create: 'new.claim',
    about:
      'Claims on carriers, with what is due next and by when under the terms of each carrier. A claim is made from the booking, order or issue in view; filing it asks for what the carrier needs in writing, and fixes it. The customer’s credit note stays a record of its own: the net loss is the one less the other.',
    Component: lazy(() => import('../features/claims/Screen.tsx').then((m) => ({ default: m.ClaimsScreen }))),
  },
  {
    id: 'returns',
    title: 'Returns',
    icon: 'undo',
    table: 'returns',
    create: 'new.return',
    about:
      'What customers send back, a record for each line. A return is asked for on its order, within the days that Settings says; Ctrl+Shift+Enter takes the next step: answer it, receive it, inspect it, settle it. Settling makes the credit note at the price that was billed, with the fee on a line of its own.',
    Component: lazy(() => import('../features/returns/Screen.tsx').then((m) => ({ default: m.ReturnsScreen }))),
  },
  {
    id: 'tasks',
    title: 'Tasks',
    icon: 'tasks',
    digit: 7,
    table: 'tasks',
    create: 'new.task',
    more: ['commitments'],
    about:
      'What is to be done, by whom and when. Type a task in one line: chase POD @Kestrel fri 10:00 !1. Space on Done ends it; a task that repeats makes the next one. What you promised customers stands in its own view, kept or missed.',
    Component: lazy(() => import('../features/tasks/Screen.tsx').then((m) => ({ default: m.TasksScreen }))),
  },
  {
    id: 'catalogue',
    title: 'Catalogue',
    icon: 'catalogue',
    digit: 8,
    table: 'products',
    create: 'new.product',
    more: ['product_groups', 'product_units', 'product_codes', 'prices', 'price_lists', 'promotions', 'exchange_rates'],
    about:
      'What you sell and for how much: products with their groups, units and other codes, price lists and contracts, their prices by quantity, promotions. “As of” shows what holds on a day; two prices that get in each other’s way are both marked.',
    Component: lazy(() => import('../features/catalogue/Screen.tsx').then((m) => ({ default: m.CatalogueScreen }))),
  },
  {
    id: 'contacts',
    title: 'Contacts',
    icon: 'user',
    table: 'contacts',
    create: 'new.contact',
    about: 'The people at accounts and partners, and when each is due to hear from you.',
    Component: lazy(() => import('../features/contacts/Screen.tsx').then((m) => ({ default: m.ContactsScreen }))),
  },
  {
    id: 'partners',
    title: 'Partners',
    icon: 'partners',
    table: 'partners',
    create: 'new.partner',
    more: ['partner_rates', 'partner_papers', 'partner_services', 'required_papers'],
    about:
      'Carriers, vendors, contractors and venues: their services, rates by lane and weight, and papers with their last day. Who lacks a required paper on the day of a visit is not booked for it.',
    Component: lazy(() => import('../features/partners/Screen.tsx').then((m) => ({ default: m.PartnersScreen }))),
  },
  {
    id: 'import',
    title: 'Import',
    icon: 'import',
    about:
      'Files of other systems, in four steps: choose a file, say what its columns are, check every row and mend what is wrong, apply. Ctrl+Enter goes on; nothing is written before the last step, and that is one undo step.',
    Component: lazy(() => import('../features/import/Screen.tsx').then((m) => ({ default: m.ImportScreen }))),
  },
  {
    id: 'sync',
    title: 'Sync',
    icon: 'sync',
    about:
      'Your team: where it meets, when it was met last, what waits to be sent, what others did, and what two people wrote without knowing of each other. F9 meets now; it also happens by itself. In a conflict, Alt+1 keeps what stands, Alt+2 takes the other value, Alt+3 writes something else.',
    Component: lazy(() => import('../features/sync/Screen.tsx').then((m) => ({ default: m.SyncScreen }))),
  },
  {
    id: 'settings',
    title: 'Settings',
    icon: 'settings',
    about: 'The company, its people, how this computer shows things, every shortcut, and where the data lies.',
    Component: lazy(() => import('../features/settings/Screen.tsx').then((m) => ({ default: m.SettingsScreen }))),
  },
];

/** How each kind of record is made, from anywhere. */
export const creators: Partial<Record<CommandId, () => Promise<void>>> = {
  'new.order': async () => (await import('../features/order/newOrder.ts')).openNewOrder(),
  'new.quote': async () => (await import('../features/order/newOrder.ts')).openNewQuote(),
  'new.booking': async () => (await import('../features/bookings/newBooking.ts')).newBooking(),
  'new.invoice': async () => (await import('../features/invoices/newInvoice.ts')).goBill(),
  'new.issue': openNewIssue,
  'new.claim': async () => (await import('../features/claims/newClaim.ts')).openNewClaim(),
  'new.return': async () => (await import('../features/returns/newReturn.ts')).openNewReturn(),
  'new.account': async () => wantRow('accounts', 'accounts'),
  'new.contact': async () => wantContact(),
  'new.task': async () => askTask(),
  'new.note': async () => askNote(),
  'new.promise': async () => askPromise(),
  'new.product': async () => wantRow('catalogue', 'products'),
  'new.partner': async () => wantRow('partners', 'partners'),
};

/** The full page of a record. Tables without one are shown on their screen with the panel open. */
export const recordPages: Partial<Record<TableName, OfRecord>> = {
  accounts: lazy(() => import('../features/accounts/Page.tsx').then((m) => ({ default: m.AccountPage }))),
  quotes: lazy(() => import('../features/quote/Page.tsx').then((m) => ({ default: m.QuotePage }))),
  bookings: lazy(() => import('../features/booking/Page.tsx').then((m) => ({ default: m.BookingPage }))),
  invoices: lazy(() => import('../features/invoice/Page.tsx').then((m) => ({ default: m.InvoicePage }))),
  claims: lazy(() => import('../features/claim/Page.tsx').then((m) => ({ default: m.ClaimPage }))),
  returns: lazy(() => import('../features/return/Page.tsx').then((m) => ({ default: m.ReturnPage }))),
  cases: lazy(() => import('../features/issue/Page.tsx').then((m) => ({ default: m.IssuePage }))),
  orders: lazy(() => import('../features/order/Page.tsx').then((m) => ({ default: m.OrderPage }))),
};

/** The panel of a record. Tables without one get their fields listed. */
export const recordPanels: Partial<Record<TableName, OfRecord>> = {
  accounts: lazy(() => import('../features/accounts/Panel.tsx').then((m) => ({ default: m.AccountPanel }))),
  contacts: lazy(() => import('../features/contacts/Panel.tsx').then((m) => ({ default: m.ContactPanel }))),
  products: lazy(() => import('../features/catalogue/Panel.tsx').then((m) => ({ default: m.ProductPanel }))),
  partners: lazy(() => import('../features/partners/Panel.tsx').then((m) => ({ default: m.PartnerPanel }))),
  tasks: lazy(() => import('../features/tasks/Panel.tsx').then((m) => ({ default: m.TaskPanel }))),
  commitments: lazy(() => import('../features/tasks/Panel.tsx').then((m) => ({ default: m.PromisePanel }))),
  quotes: lazy(() => import('../features/quotes/Panel.tsx').then((m) => ({ default: m.QuotePanel }))),
  slots: lazy(() => import('../features/bookings/SlotPanel.tsx').then((m) => ({ default: m.SlotPanel }))),
  bookings: lazy(() => import('../features/bookings/Panel.tsx').then((m) => ({ default: m.BookingPanel }))),
  invoices: lazy(() => import('../features/invoices/Panel.tsx').then((m) => ({ default: m.InvoicePanel }))),
  claims: lazy(() => import('../features/claims/Panel.tsx').then((m) => ({ default: m.ClaimPanel }))),
  returns: lazy(() => import('../features/returns/Panel.tsx').then((m) => ({ default: m.ReturnPanel }))),
  cases: lazy(() => import('../features/issues/Panel.tsx').then((m) => ({ default: m.IssuePanel }))),
  orders: lazy(() => import('../features/orders/Panel.tsx').then((m) => ({ default: m.OrderPanel }))),
};

export const screenOf = (id: ScreenId): Screen | undefined => screens.find((screen) => screen.id === id);

export const screenOfTable = (table: string): Screen | undefined =>
  screens.find((screen) => screen.table === table || screen.more?.some((one) => one === table));

/** The icon of a kind of record: that of its screen. */
export const iconOfTable = (table: string): IconName => (table === 'people' ? 'user' : (screenOfTable(table)?.icon ?? 'file'));
