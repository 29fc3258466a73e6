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
  {
    key: 'rates',
    label: 'Rates',
    filter: null,
    table: 'partner_rates',
    sort: [{ field: 'partner_id', dir: 'asc' }],
    columns: { frozenTo: 'partner_id' },
  },
  {
    key: 'papers',
    label: 'Papers',
    filter: null,
    table: 'partner_papers',
    sort: [{ field: 'valid_to', dir: 'asc' }],
    columns: { frozenTo: 'partner_id' },
  },
  { key: 'services', label: 'Services', filter: null, table: 'partner_services', sort: [{ field: 'partner_id', dir: 'asc' }] },
  { key: 'required', label: 'Required papers', filter: null, table: 'required_papers', sort: [{ field: 'kind', dir: 'asc' }] },
  { key: 'attention', label: 'Needs attention', filter: { flag: 'invalid' } },
];

export const PartnersScreen = (): ReactElement => (
  <RegisterScreen screen="partners" table="partners" views={views} sort={[{ field: 'name', dir: 'asc' }]} />
);
