/** An order beside its row: what it is, and its lines. */
import type { ReactElement } from 'react';
import { DocumentPanel } from '../order/DocumentPanel.tsx';

const facts = ['account_id', 'po_ref', 'ordered_on', 'requested', 'promised', 'site_id', 'carrier_id', 'terms', 'owner_id'];

export const OrderPanel = ({ id }: { readonly id: string }): ReactElement => (
  <DocumentPanel table="orders" id={id} facts={facts} />
);
