/** What happened to a record and its parts, newest first, field by field. Any earlier value can be written again. */
import type { ReactElement } from 'react';
import type { FormatContext } from '../../../shared/domain/format.ts';
import { formatInstant } from '../../../shared/domain/format.ts';
import type { Scalar } from '../../../shared/domain/kinds.ts';
import type { TableName } from '../../../shared/model/index.ts';
import { fieldOf, tableOf } from '../../../shared/model/index.ts';
import { useFormat } from '../../client/info.ts';
import { say } from '../../state/toasts.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorBar, messageOf } from '../../ui/ErrorBar.tsx';
import type { IconName } from '../../ui/Icon.tsx';
import { Icon } from '../../ui/Icon.tsx';
import type { Entry } from './useHistory.ts';
import { useHistory } from './useHistory.ts';
import { writtenOut } from '../../../shared/domain/written-out.ts';

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
    value === null ? 'empty' : (named ?? (field === undefined ? String(value) : writtenOut(field, value, format)));
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

/** Entries of one change, told under one heading. */
const groupsOf = (entries: readonly Entry[]): readonly (readonly Entry[])[] =>
  entries.reduce<Entry[][]>((groups, entry) => {
    const last = groups.at(-1);
    if (last?.[0]?.change === entry.change && last[0].device === entry.device) last.push(entry);
    else groups.push([entry]);
    return groups;
  }, []);

/** `Order line 3, Crate lid`: what an entry about a part of the record is about. */
const nameOfPart = ({ table, number, title }: NonNullable<Entry['part']>): string => {
  const { one } = tableOf(table as TableName);
  return [number === null ? one : `${one} ${number}`, title].filter(Boolean).join(', ');
};

type EventProps = {
  readonly table: TableName;
  readonly id: string;
  readonly entry: Entry;
  readonly format: FormatContext;
  readonly restore: (table: TableName, id: string, field: string, stamp: number) => void;
};

const Event = ({ table, id, entry, format, restore }: EventProps): ReactElement => {
  const { part, kind, changes, stamp } = entry;
  const where = part === null ? { table, id } : { table: part.table as TableName, id: part.id };
  return (
    <>
      {part !== null && (
        <h4 className="hist-p">
          {nameOfPart(part)}
          {kind !== 'update' && <span className="muted"> {kinds[kind].toLowerCase()}</span>}
        </h4>
      )}
      <ul>
        {changes.map((change) => (
          <Change
            key={change.field}
            table={where.table}
            change={change}
            format={format}
            onRestore={kind === 'update' ? () => restore(where.table, where.id, change.field, stamp) : null}
          />
        ))}
      </ul>
    </>
  );
};

/** So many parts of one change stand open; the others are a click away. */
const OPEN_PARTS = 4;

const isSameChange = (a: Entry, b: Entry): boolean =>
  a !== b &&
  a.part?.number === b.part?.number &&
  a.changes.every(({ field, to }) => b.changes.some((other) => other.field === field && other.to === to));

/**
 * The parts a change touched, by number, a line before what hangs on it. What a line handed down to its schedule is told
 * of the line alone.
 */
const partsOf = (group: readonly Entry[]): readonly Entry[] => {
  const parts = group.filter(({ part }) => part !== null);
  const isLine = ({ part }: Entry): boolean => part !== null && fieldOf(part.table as TableName, 'position') !== undefined;
  return parts
    .filter((entry) => isLine(entry) || !parts.some((line) => isLine(line) && isSameChange(entry, line)))
    .toSorted((a, b) => (a.part?.number ?? 0) - (b.part?.number ?? 0) || Number(isLine(b)) - Number(isLine(a)));
};

type GroupProps = {
  readonly group: readonly Entry[];
  readonly format: FormatContext;
  readonly tell: (entry: Entry) => ReactElement;
};

/** One change: what it was called, who made it when, and what it did to the record and to its parts. */
const Group = ({ group, format, tell }: GroupProps): ReactElement | null => {
  const own = group.find(({ part }) => part === null);
  const head = own ?? group[0];
  if (head === undefined) return null;
  const parts = partsOf(group);
  const [shown, folded] = [parts.slice(0, OPEN_PARTS), parts.slice(OPEN_PARTS)];
  return (
    <li className="sec">
      <div className="hist-h">
        <Icon name={icons[head.kind]} size={14} />
        <b className="grow">{head.label || kinds[head.kind]}</b>
        <time className="muted small" dateTime={new Date(head.at).toISOString()}>
          {formatInstant(head.at, format)}
        </time>
      </div>
      <p className="muted small">
        {head.who === head.device ? `Device ${head.device}` : `${head.who} on ${head.device}`}
        {head.source === 'edit' ? '' : `, by ${head.source}`}
      </p>
      {head.reason !== null && <p className="small">“{head.reason}”</p>}
      {own !== undefined && tell(own)}
      {shown.map(tell)}
      {folded.length > 0 && (
        <details className="more">
          <summary>{folded.length} more in this change</summary>
          {folded.map(tell)}
        </details>
      )}
    </li>
  );
};

type Props = { readonly table: TableName; readonly id: string };

export const HistoryPanel = ({ table, id }: Props): ReactElement => {
  const { entries, isLoading, error, hasMore, loadMore, restore, retry } = useHistory(table, id);
  const format = useFormat();
  if (error !== null) return <ErrorBar error={error} onRetry={retry} />;
  if (isLoading) return <EmptyState text="Reading the history …" />;
  if (entries.length === 0)
    return <EmptyState text="Nothing has happened to this record on this computer yet. What you change is listed here." />;
  const bringBack: EventProps['restore'] = (...what) => {
    restore(...what).catch((reason: unknown) => say(messageOf(reason), { tone: 'danger' }));
  };
  const tell = (entry: Entry): ReactElement => (
    <Event
      key={`${entry.stamp}/${entry.device}/${entry.part?.id ?? ''}/${entry.kind}`}
      table={table}
      id={id}
      entry={entry}
      format={format}
      restore={bringBack}
    />
  );
  return (
    <ol className="hist">
      {groupsOf(entries).map((group) => (
        <Group key={`${group[0]?.change}/${group[0]?.stamp}/${group[0]?.device}`} group={group} format={format} tell={tell} />
      ))}
      {hasMore && (
        <li className="sec">
          <Button onClick={loadMore}>Earlier changes</Button>
        </li>
      )}
    </ol>
  );
};
