/** A product beside its row. */
import type { ReactElement } from 'react';
import { Facts, usePanelRecord } from '../record/Facts.tsx';

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
  'notes',
];

export const ProductPanel = ({ id }: { readonly id: string }): ReactElement => (
  <Facts record={usePanelRecord('products', id, 'screen:catalogue')} fields={facts} />
);
