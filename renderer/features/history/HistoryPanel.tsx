/** What happened to a record, newest first, field by field. Any earlier value can be written again. */
import type { ReactElement } from 'react';
import type { FormatContext } from '../../../shared/domain/format.ts';
import { formatCell, formatInstant } from '../../../shared/domain/format.ts';
import type { Scalar } from '../../../shared/domain/kinds.ts';
import type { TableName } from '../../../shared/model/index.ts';
import { fieldOf } from '../../../shared/model/index.ts';
import { useFormat } from '../../client/info.ts';
import { say } from '../../state/toasts.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorBar, messageOf } from '../../ui/ErrorBar.tsx';
import type { IconName } from '../../ui/Icon.tsx';
import { Icon } from '../../ui/Icon.tsx';
import type { Entry } from './useHistory.ts';
import { useHistory } from './useHistory.ts';

const icons: Readonly<Record<Entry['kind'], IconName>> = {
  insert: 'plus',
  update: 'note',
  delete: 'x',
  undelete: 'undo',
  transition: 'arr-r',
};
const kinds: Readonly<Record<Entry['kind'], string>> = {
  insert: 'Made',
  update: 'Changed',
  delete: 'Deleted',
  undelete: 'Brought back',
  transition: 'Moved on',
};

type ChangeProps = {
  readonly table: TableName;
  readonly change: Entry['changes'][number];
  readonly format: FormatContext;
  readonly onRestore: (() => void) | null;
};

const Change = ({ table, change, format, onRestore }: ChangeProps): ReactElement => {
  const field = fieldOf(table, change.field);
  const label = field?.label ?? change.field;
  const shown = (value: Scalar, named: string | null): string =>
    value === null ? 'empty' : (named ?? (field === undefined ? String(value) : formatCell(field, value, format)));
  const before = shown(change.from, change.fromLabel);
  return (
    <li className="hist-c">
      <span className="muted">{label}</span>
      <span>
        {change.from !== null && <del>{before}</del>} <ins>{shown(change.to, change.toLabel)}</ins>
      </span>
      {onRestore !== null && (
        <button type="button" className="link small" onClick={onRestore} aria-label={`Restore ${label} to ${before}`}>
          Restore
        </button>
      )}
    </li>
  );
};

type Props = { readonly table: TableName; readonly id: string };

export const HistoryPanel = ({ table, id }: Props): ReactElement => {
  const { entries, isLoading, error, hasMore, loadMore, restore } = useHistory(table, id);
  const format = useFormat();
  if (error !== null) return <ErrorBar error={error} />;
  if (!isLoading && entries.length === 0) return <EmptyState text="Nothing has happened to this record on this computer yet." />;
  const bringBack = (field: string, stamp: number): void => {
    restore(field, stamp).catch((reason: unknown) => say(messageOf(reason), { tone: 'danger' }));
  };
  return (
    <ol className="hist">
      {entries.map((entry) => (
        <li key={`${entry.stamp}/${entry.device}/${entry.kind}`} className="sec">
          <div className="hist-h">
            <Icon name={icons[entry.kind]} size={14} />
            <b className="grow">{entry.label || kinds[entry.kind]}</b>
            <time className="muted small" dateTime={new Date(entry.at).toISOString()}>
              {formatInstant(entry.at, format)}
            </time>
          </div>
          <p className="muted small">
            {entry.who === entry.device ? `Device ${entry.device}` : `${entry.who} on ${entry.device}`}
            {entry.source === 'edit' ? '' : `, by ${entry.source}`}
          </p>
          {entry.reason !== null && <p className="small">“{entry.reason}”</p>}
          <ul>
            {entry.changes.map((change) => (
              <Change
                key={change.field}
                table={table}
                change={change}
                format={format}
                onRestore={entry.kind === 'update' ? () => bringBack(change.field, entry.stamp) : null}
              />
            ))}
          </ul>
        </li>
      ))}
      {hasMore && (
        <li className="sec">
          <Button onClick={loadMore}>Earlier changes</Button>
        </li>
      )}
    </ol>
  );
};
