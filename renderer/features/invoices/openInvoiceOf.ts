/** Credit notes and billing queries have no page: they open the invoice they hang on. */
import type { GridRow } from '../../../shared/contract/shapes.ts';
import { openRecord } from '../../state/tabs.ts';

export const openInvoiceOf = ({ v, l }: GridRow): void => {
  const { invoice_id: invoice } = v;
  if (typeof invoice === 'string') openRecord('invoices', invoice, l?.['invoice_id']?.code ?? '');
};
