/** The people of the company: owners of accounts, authors of changes. A register like any other. */
import type { ReactElement } from 'react';
import type { RegisterView } from '../register/RegisterScreen.tsx';
import { RegisterScreen } from '../register/RegisterScreen.tsx';

const views: readonly RegisterView[] = [
  { key: 'all', label: 'All', filter: null },
  { key: 'active', label: 'Active', filter: { field: 'active', is: 'eq', value: 1 } },
];

export const PeopleSection = (): ReactElement => (
  <RegisterScreen screen="settings" table="people" views={views} sort={[{ field: 'name', dir: 'asc' }]} />
);
