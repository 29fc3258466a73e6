/** A product beside its row: what it is, what it costs by list and quantity, and what else it goes by. */
import type { ReactElement } from 'react';
import { useEngine } from '../../client/cache.ts';
import { Facts, usePanelRecord } from '../record/Facts.tsx';
import { RowList } from '../record/RowList.tsx';

const facts = [
  'sku',
  'group_id',
  'uom',
  'pack',
  'list_price',
  'cost',
  'floor_price',
  'currency',
  'stock',
  'lead_days',
  'supplier_id',
  'status',
  'substitute_id',
  'notes',
];

/** Steps of a list below one another. */
const ladder = [
  { field: 'list_id', dir: 'asc' },
  { field: 'min_qty', dir: 'asc' },
] as const;
const many = 50;

export const ProductPanel = ({ id }: { readonly id: string }): ReactElement => {
  const filter = { field: 'product_id', is: 'eq', value: id } as const;
  const prices = useEngine(
    'view.first',
    { table: 'prices', filter, sort: [...ladder], limit: many },
    { tables: ['prices', 'price_lists'] },
  );
  const codes = useEngine(
    'view.first',
    { table: 'product_codes', filter, limit: many },
    { tables: ['product_codes', 'accounts'] },
  );
  return (
    <>
      <Facts record={usePanelRecord('products', id, 'screen:catalogue')} fields={facts} />
      <RowList
        title="Prices"
        table="prices"
        rows={prices.data?.rows}
        show={['list_id', 'min_qty', 'uom', 'price', 'currency', 'valid_to']}
      />
      <RowList title="Other codes" table="product_codes" rows={codes.data?.rows} show={['code', 'kind', 'account_id']} />
    </>
  );
};
