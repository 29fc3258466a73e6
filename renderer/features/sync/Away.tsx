/** What others did since somebody here last looked, by record. */
import type { ReactElement } from 'react';
import { recordName } from '../../../shared/model/record-name.ts';
import { isTableName, tableNames } from '../../../shared/model/index.ts';
import { useEngine } from '../../client/cache.ts';
import { client } from '../../client/client.ts';
import { openRecord } from '../../state/tabs.ts';
import { say } from '../../state/toasts.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorBar, messageOf } from '../../ui/ErrorBar.tsx';
import { sayChanges, sayMoment } from './words.ts';

export const useAway = (isEnabled: boolean) => useEngine('sync.away', {}, { tables: tableNames, isEnabled });

export const Away = (): ReactElement => {
  const { data, error, refetch } = useAway(true);
  if (error !== null) return <ErrorBar error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <p className="muted">Looking …</p>;
  if (data.records.length === 0 && data.older === 0)
    return <EmptyState text="Others have done nothing that you have not seen." />;
  const seen = (): void =>
    void client['sync.seen']({ upTo: data.upTo }).catch((reason: unknown) => say(messageOf(reason), { tone: 'danger' }));
  return (
    <>
      <div className="row">
        <span className="grow">{`${sayChanges(data.changes + data.older)} of others since you last looked`}</span>
        <Button icon="tick" onClick={seen}>
          Seen
        </Button>
      </div>
      <table className="mini">
        <thead>
          <tr>
            <th scope="col">Record</th>
            <th scope="col">Last change</th>
            <th scope="col">Who</th>
            <th scope="col">When</th>
            <th scope="col" className="num">
              Changes
            </th>
          </tr>
        </thead>
        <tbody>
          {data.records.map(({ table, id, title, who, what, at, changes }) => (
            <tr key={`${table}/${id}`}>
              <td>
                {isTableName(table) && (
                  <button type="button" className="link" onClick={() => openRecord(table, id, title)}>
                    {recordName(table, title)}
                  </button>
                )}
              </td>
              <td>{what}</td>
              <td>{who}</td>
              <td>{sayMoment(at)}</td>
              <td className="num">{changes.toLocaleString()}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {data.more > 0 && <p className="muted">{`${data.more.toLocaleString()} more records are not listed.`}</p>}
      {data.older > 0 && (
        <p className="muted">{`${sayChanges(data.older)} came before these and are not listed: the history of a record has them.`}</p>
      )}
    </>
  );
};
