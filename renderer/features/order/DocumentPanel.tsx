/** A document beside its row: what it is, its lines, and what they come to. */
import type { ReactElement } from 'react';
import { papers, type PaperTable } from '../../../shared/model/documents.ts';
import { useEngine } from '../../client/cache.ts';
import { Facts, usePanelRecord } from '../record/Facts.tsx';
import { RowList } from '../record/RowList.tsx';
import { DocumentSums } from './DocumentSums.tsx';

type Props = { readonly table: PaperTable; readonly id: string; readonly facts: readonly string[] };

export const DocumentPanel = ({ table, id, facts }: Props): ReactElement => {
  const record = usePanelRecord(table, id, `screen:${table}`);
  const { lines } = papers[table];
  const { data } = useEngine('records.children', { table: lines, owner: id }, { tables: [lines, 'products'] });
  const currency = record.row?.v['currency'];
  return (
    <>
      <Facts record={record} fields={facts} />
      <RowList
        title="Lines"
        table={lines}
        rows={data?.rows}
        show={['product_id', 'qty', table === 'invoices' ? 'amount' : 'net']}
        currency={typeof currency === 'string' ? currency : null}
      />
      <section className="sec">
        <DocumentSums table={table} id={id} />
      </section>
    </>
  );
};
