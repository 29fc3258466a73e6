/** An issue beside its row: its clocks and what to do, why it is due when it is, what is known of it, what happened. */
import type { ReactElement } from 'react';
import { useEngine } from '../../client/cache.ts';
import { openRecord } from '../../state/tabs.ts';
import { Facts, usePanelRecord } from '../record/Facts.tsx';
import { nameOfRow } from '../record/names.ts';
import { RowList } from '../record/RowList.tsx';
import { Clocks } from '../issue/Clocks.tsx';
import { issueFacts } from '../issue/Page.tsx';
import { Thread } from '../issue/Thread.tsx';
import { useStory } from '../issue/useIssue.ts';
import { Why } from '../issue/Why.tsx';
import { ErrorBar } from '../../ui/ErrorBar.tsx';

const Linked = ({ order }: { readonly order: string }): ReactElement => {
  const { data } = useEngine('records.get', { table: 'orders', id: order }, { tables: [['orders', order]] });
  return (
    <RowList
      title="Linked"
      table="orders"
      rows={data ? [data] : undefined}
      show={['number', 'status', 'net']}
      onOpen={(row) => openRecord('orders', row.id, nameOfRow('orders', row))}
    />
  );
};

export const IssuePanel = ({ id }: { readonly id: string }): ReactElement => {
  const record = usePanelRecord('cases', id, 'screen:issues');
  const { story, error, retry } = useStory(id);
  const order = record.row?.v['order_id'];
  return (
    <div data-where="issue">
      <section className="sec">
        <b>{String(record.row?.v['title'] ?? '')}</b>
      </section>
      {error && <ErrorBar error={error} onRetry={retry} />}
      {story && <Clocks story={story} />}
      {story && <Why id={id} story={story} />}
      {typeof order === 'string' && <Linked order={order} />}
      <Facts record={record} fields={issueFacts} />
      {story && <Thread story={story} />}
    </div>
  );
};
