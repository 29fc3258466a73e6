/** What one record is called in tabs, headings and panels. */
import type { GridRow } from '../../../shared/contract/shapes.ts';
import type { TableName } from '../../../shared/model/index.ts';
import { tableOf } from '../../../shared/model/index.ts';

const textOf = (row: GridRow, field: string): string => {
  const value = row.v[field];
  return typeof value === 'string' ? value.trim() : '';
};

/** An order that has no number yet goes by its account and the customer's own reference. */
const draftOrder = (row: GridRow): string => {
  const label = row.l?.['account_id'];
  const account = label?.title ?? label?.code ?? '';
  if (account === '') return 'New order';
  return `${account} · ${textOf(row, 'po_ref') || 'new order'}`;
};

/** Its title, else its code, else what it is. */
export const nameOfRow = (table: TableName, row: GridRow | null | undefined): string => {
  const { title, code, one } = tableOf(table);
  if (!row) return one;
  const name = textOf(row, title) || (code === undefined ? '' : textOf(row, code));
  return name || (table === 'orders' ? draftOrder(row) : one);
};
