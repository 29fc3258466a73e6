/** What can be sold: products, and their groups as a second register. */
import type { ReactElement } from 'react';
import type { RegisterView } from '../register/RegisterScreen.tsx';
import { RegisterScreen } from '../register/RegisterScreen.tsx';

const views: readonly RegisterView[] = [
  { key: 'active', label: 'All', filter: null },
  { key: 'discontinued', label: 'Discontinued', filter: { field: 'status', is: 'eq', value: 'discontinued' } },
  { key: 'attention', label: 'Needs attention', filter: { flag: 'invalid' } },
  { key: 'groups', label: 'Groups', filter: null, table: 'product_groups', sort: [{ field: 'name', dir: 'asc' }] },
];

export const CatalogueScreen = (): ReactElement => (
  <RegisterScreen screen="catalogue" title="Catalogue" table="products" views={views} sort={[{ field: 'sku', dir: 'asc' }]} />
);
