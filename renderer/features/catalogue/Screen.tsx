/**
 * What can be sold and for how much: products, their groups and units, and every price list, contract, price and
 * promotion. Each is a register of its own table; `on:` and the field beside the filter ask what holds on a day.
 */
import type { ReactElement } from 'react';
import type { RegisterColumns } from '../register/useColumns.ts';
import { statusView } from '../register/statusView.ts';
import type { RegisterView } from '../register/RegisterScreen.tsx';
import { RegisterScreen } from '../register/RegisterScreen.tsx';

const byCode = [{ field: 'code', dir: 'asc' }] as const;

/** A list, its goods, and their steps in quantity. */
const ladder = [
  { field: 'list_id', dir: 'asc' },
  { field: 'product_id', dir: 'asc' },
  { field: 'min_qty', dir: 'asc' },
] as const;

const price: RegisterColumns = {
  order: ['list_id', 'product_id', 'group_id', 'min_qty', 'uom', 'price', 'currency', 'valid_from', 'valid_to', 'notes'],
  frozenTo: 'product_id',
};
const promotion: RegisterColumns = {
  order: ['code', 'name', 'percent', 'valid_from', 'valid_to', 'applies', 'combines_with', 'account_id', 'tier'],
};
const unit: RegisterColumns = { order: ['product_id', 'uom', 'holds'], frozenTo: 'product_id' };

const views: readonly RegisterView[] = [
  { key: 'active', label: 'All', filter: null },
  statusView('discontinued', 'Discontinued'),
  { key: 'attention', label: 'Needs attention', filter: { flag: 'invalid' } },
  { key: 'groups', label: 'Groups', filter: null, table: 'product_groups', sort: [{ field: 'name', dir: 'asc' }] },
  {
    key: 'units',
    label: 'Units',
    filter: null,
    table: 'product_units',
    sort: [{ field: 'product_id', dir: 'asc' }],
    columns: unit,
  },
  {
    key: 'codes',
    label: 'Codes',
    filter: null,
    table: 'product_codes',
    sort: [{ field: 'code', dir: 'asc' }],
    columns: { order: ['code', 'product_id', 'kind', 'account_id'], frozenTo: 'code' },
  },
  { key: 'prices', label: 'Prices', filter: null, table: 'prices', sort: ladder, columns: price },
  { key: 'lists', label: 'Price lists', filter: null, table: 'price_lists', sort: byCode },
  {
    key: 'contracts',
    label: 'Contracts',
    filter: { field: 'kind', is: 'eq', value: 'contract' },
    table: 'price_lists',
    sort: [{ field: 'valid_to', dir: 'asc' }],
  },
  { key: 'promotions', label: 'Promotions', filter: null, table: 'promotions', sort: byCode, columns: promotion },
  {
    key: 'rates',
    label: 'Exchange rates',
    filter: null,
    table: 'exchange_rates',
    sort: [{ field: 'rated_on', dir: 'desc' }],
  },
];

export const CatalogueScreen = (): ReactElement => (
  <RegisterScreen screen="catalogue" title="Catalogue" table="products" views={views} sort={[{ field: 'sku', dir: 'asc' }]} />
);
