/** The firms we work with, by what they do for us. */
import type { ReactElement } from 'react';
import type { RegisterView } from '../register/RegisterScreen.tsx';
import { RegisterScreen } from '../register/RegisterScreen.tsx';

const kind = (value: string, label: string): RegisterView => ({
  key: value,
  label,
  filter: { field: 'kind', is: 'eq', value },
});

const views: readonly RegisterView[] = [
  { key: 'all', label: 'All', filter: null },
  kind('carrier', 'Carriers'),
  kind('vendor', 'Vendors'),
  kind('contractor', 'Contractors'),
  { key: 'attention', label: 'Needs attention', filter: { flag: 'invalid' } },
];

export const PartnersScreen = (): ReactElement => (
  <RegisterScreen screen="partners" table="partners" views={views} sort={[{ field: 'name', dir: 'asc' }]} />
);
