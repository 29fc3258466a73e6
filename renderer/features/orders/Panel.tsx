/** An order beside its row: what it is, and its lines. */
import type { ReactElement } from 'react';
import { useEngine } from '../../client/cache.ts';
import { Facts, usePanelRecord } from '../record/Facts.tsx';
import { RowList } from '../record/RowList.tsx';
import { DocumentSums } from '../order/DocumentSums.tsx';

const facts = ['account_id', 'po_ref', 'ordered_on', 'requested', 'promised', 'site_id', 'carrier_id', 'terms', 'owner_id'];

export const OrderPanel = ({ id }: { readonly id: string }): ReactElement => {
  const record = usePanelRecord('orders', id, 'screen:orders');
  const lines = useEngine('records.children', { table: 'order_lines', owner: id }, { tables: ['order_lines', 'products'] });
  const currency = record.row?.v['currency'];
  return (
    <>
      <Facts record={record} fields={facts} />
      <RowList
        title="Lines"
        table="order_lines"
        rows={lines.data?.rows}
        show={['product_id', 'qty', 'net']}
        currency={typeof currency === 'string' ? currency : null}
      />
      <section className="sec">
        <DocumentSums table="orders" id={id} />
      </section>
    </>
  );
};
