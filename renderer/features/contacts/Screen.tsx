/** The people at accounts and partners. */
import type { ReactElement } from 'react';
import type { RegisterView } from '../register/RegisterScreen.tsx';
import { RegisterScreen } from '../register/RegisterScreen.tsx';

const views: readonly RegisterView[] = [
  { key: 'all', label: 'All', filter: null },
  { key: 'mine', label: 'Mine', filter: { flag: 'mine' } },
  { key: 'attention', label: 'Needs attention', filter: { flag: 'invalid' } },
];

export const ContactsScreen = (): ReactElement => (
  <RegisterScreen
    screen="contacts"
    table="contacts"
    views={views}
    sort={[{ field: 'name', dir: 'asc' }]}
    columns={{ frozenTo: 'party' }}
  />
);
