/** A quote beside its row: what it is, how it ended, and its lines. */
import type { ReactElement } from 'react';
import { useEngine } from '../../client/cache.ts';
import { DocumentSums } from '../order/DocumentSums.tsx';
import { Facts, usePanelRecord } from '../record/Facts.tsx';
import { RowList } from '../record/RowList.tsx';

const facts = [
  'account_id',
  'subject',
  'valid_to',
  'sent_on',
  'recipient',
  'probability',
  'next_step',
  'next_step_on',
  'decided_on',
  'loss_reason',
  'competitor',
  'revised_from',
  'owner_id',
];

export const QuotePanel = ({ id }: { readonly id: string }): ReactElement => {
  const record = usePanelRecord('quotes', id, 'screen:quotes');
  const lines = useEngine('records.children', { table: 'quote_lines', owner: id }, { tables: ['quote_lines', 'products'] });
  const currency = record.row?.v['currency'];
  return (
    <>
      <Facts record={record} fields={facts} />
      <RowList
        title="Lines"
        table="quote_lines"
        rows={lines.data?.rows}
        show={['product_id', 'qty', 'net']}
        currency={typeof currency === 'string' ? currency : null}
      />
      <section className="sec">
        <DocumentSums table="quotes" id={id} />
      </section>
    </>
  );
};
