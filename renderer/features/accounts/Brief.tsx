/** What to know of an account before going in: what happened since the last visit, and what is open. Up and Down go through it. */
import type { KeyboardEvent, ReactElement } from 'react';
import { useEffect, useId, useRef, useState } from 'react';
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';
import { briefAmount, briefIntro, briefMore, briefParts } from '../../../shared/domain/brief.ts';
import { addDays } from '../../../shared/domain/dates.ts';
import { formatDate } from '../../../shared/domain/format.ts';
import { isTableName } from '../../../shared/model/index.ts';
import { useEngine } from '../../client/cache.ts';
import { useCommand } from '../../state/commands.ts';
import { peekAt } from '../../state/peek.ts';
import { openRecord } from '../../state/tabs.ts';
import { say } from '../../state/toasts.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorBar, messageOf } from '../../ui/ErrorBar.tsx';
import { Select } from '../../ui/Select.tsx';
import { isFocusInUse } from '../register/useRegisterFocus.ts';
import { useSetting } from '../register/useSetting.ts';
import { hasPage } from './AccountTab.tsx';
import { makeBrief } from './makeBrief.ts';
import './brief.css';

type Read = OutputOf<WorkbenchContract['accounts.brief']>;
type Part = Read['parts'][number];
type Row = Part['rows'][number];

const spans = [
  { value: 'visit', label: 'Since the last visit' },
  { value: '7', label: 'The last 7 days' },
  { value: '30', label: 'The last 30 days' },
  { value: '90', label: 'The last 90 days' },
  { value: '365', label: 'The last year' },
] as const;
type Span = (typeof spans)[number]['value'];

/** What the brief is made of: it is read again when one of them changes. */
const tables = [
  'accounts',
  'activities',
  'orders',
  'order_lines',
  'fulfilments',
  'quotes',
  'invoices',
  'payments',
  'cases',
  'claims',
  'returns',
  'disputes',
  'bookings',
  'tracking_events',
  'tasks',
  'commitments',
  'contacts',
  'price_lists',
  'prices',
] as const;

const openRow = ({ record: { table, id } }: Row): void => {
  if (!isTableName(table)) return;
  if (hasPage(table)) return openRecord(table, id);
  peekAt({ table, id });
};

const BriefRow = ({ row, isFirst }: { readonly row: Row; readonly isFirst: boolean }): ReactElement => {
  const { locale } = useSetting();
  return (
    <li>
      <button type="button" className={`brief-row ${row.tone}`} tabIndex={isFirst ? 0 : -1} onClick={() => openRow(row)}>
        <span className="on t2">{row.on === null ? '' : formatDate(row.on, locale)}</span>
        <span className="what">
          {row.what}
          {row.note !== null && row.note !== '' && <span className="note t2">{row.note}</span>}
        </span>
        <span className="amount">{briefAmount(row, locale)}</span>
      </button>
    </li>
  );
};

const BriefPart = ({ part, first }: { readonly part: Part; readonly first: Row | undefined }): ReactElement => {
  const id = useId();
  const { label, none } = briefParts.find(({ key }) => key === part.key) ?? { label: part.key, none: '' };
  const more = briefMore(part);
  return (
    <section className="brief-part" aria-labelledby={id} data-part={part.key}>
      <h2 id={id}>
        {label}
        {part.total > 0 && <span className="t2"> {part.total}</span>}
      </h2>
      {part.failed !== null && <ErrorBar error={new Error(`This could not be read: ${part.failed}`)} />}
      {part.rows.length === 0 && part.failed === null && <p className="t2">{none}</p>}
      <ul>
        {part.rows.map((row) => (
          // Two rows may be about one record: what was delivered of an order and the order.
          <BriefRow key={[row.record.id, row.on, row.what, row.note].join('/')} row={row} isFirst={row === first} />
        ))}
      </ul>
      {more !== '' && <p className="t2">{more}</p>}
    </section>
  );
};

/** Up and Down go from row to row, Home and End to the first and the last. */
const moveBy = (event: KeyboardEvent<HTMLDivElement>): void => {
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('.brief-row')];
  const at = rows.findIndex((row) => row === document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
  if (at === -1 || to === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  rows[Math.max(0, Math.min(to, rows.length - 1))]?.focus();
};

export const Brief = ({ account }: { readonly account: string }): ReactElement => {
  const [span, setSpan] = useState<Span>('visit');
  const { today, locale } = useSetting();
  const since = span === 'visit' ? null : addDays(today, -Number(span));
  const { data, error, refetch } = useEngine('accounts.brief', { of: { id: account }, since }, { tables, isKept: true });
  const list = useRef<HTMLDivElement>(null);
  const print = (): Promise<void> => makeBrief(account, since).catch((why: unknown) => say(messageOf(why), { tone: 'danger' }));
  useCommand('record.document', print);
  const isRead = data !== undefined;
  useEffect(() => {
    const of = (what: string): HTMLElement | null => list.current?.querySelector<HTMLElement>(what) ?? null;
    if (isRead && !isFocusInUse()) (of('.brief-row') ?? of('select'))?.focus();
  }, [isRead]);
  if (error) return <ErrorBar error={error} onRetry={() => void refetch()} />;
  const happened = data?.parts.filter(({ key }) => key === 'since') ?? [];
  const open = data?.parts.filter(({ key }) => key !== 'since') ?? [];
  const first = data?.parts.find(({ rows }) => rows.length > 0)?.rows[0];
  const shown = (part: Part): ReactElement => <BriefPart key={part.key} part={part} first={first} />;
  return (
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- it only hears the keys of the rows in it
    <div className="brief" ref={list} data-testid="brief" onKeyDown={moveBy}>
      <div className="brief-head">
        <p>{data === undefined ? '' : briefIntro(data, locale)}</p>
        <span className="grow" />
        <Select label="Time looked at" value={span} options={spans} onChange={(value) => value && setSpan(value)} />
        <Button icon="print" command="record.document" onClick={() => void print()}>
          Print or save as PDF
        </Button>
      </div>
      <div className="brief-body">
        {/* What happened stands beside what is open, below it where there is no room. */}
        <div>{happened.map(shown)}</div>
        <div>{open.map(shown)}</div>
      </div>
    </div>
  );
};
