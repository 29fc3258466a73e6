/**
 * The page of a document: its head as a form, its lines as a grid, what it comes to, and what can be done with it.
 * Everything typed is saved at once; only the step that leaves the house asks for everything to be right.
 */
import type { ReactElement, ReactNode } from 'react';
import { useEffect } from 'react';
import { goneText } from '../../../shared/domain/gone.ts';
import { tableOf } from '../../../shared/model/index.ts';
import { setPeekLine, setPeekTarget } from '../../state/peek.ts';
import { openRecord, titleTab } from '../../state/tabs.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorBar } from '../../ui/ErrorBar.tsx';
import { nameOfRow, newName } from '../record/names.ts';
import { LinePrices } from '../prices/LinePrices.tsx';
import { RecordStatus } from '../record/RecordStatus.tsx';
import type { RecordHandle } from '../record/useRecord.ts';
import { Blockers } from './Blockers.tsx';
import { DocumentSums } from './DocumentSums.tsx';
import { pricedKind } from './kinds.ts';
import { HeaderForm } from './HeaderForm.tsx';
import { Lines } from './Lines.tsx';
import type { useDocument } from './useDocument.ts';
import type { useHeld } from './useHeld.ts';
import { useWalk } from './useWalk.ts';
import '../record/record.css';

/** Beside the number; a document without one is called by its account already. */
const AccountName = ({ record }: { readonly record: RecordHandle }): ReactElement | null => {
  const column = record.columns.get('account_id');
  if (!record.row?.v['number']) return null;
  const account = record.row.v['account_id'];
  const name = column ? record.display.cell(column, record.row).text : '';
  if (typeof account !== 'string') return <span className="t2 head-sub">{name}</span>;
  return (
    <button
      type="button"
      className="link head-sub"
      title="Open the account"
      onClick={() => openRecord('accounts', account, name)}
    >
      {name}
    </button>
  );
};

type Props = {
  readonly document: ReturnType<typeof useDocument>;
  /** What kept it from moving on when that was last tried. */
  readonly held: Pick<ReturnType<typeof useHeld>, 'held' | 'fresh' | 'dismiss'> & {
    /** Goes on with a reason, where one is enough. */
    readonly onOverride?: () => void;
  };
  readonly actions: ReactNode;
  /** What is to be known before the lines are read. */
  readonly notice?: ReactNode;
  /** Questions over the page. */
  readonly children: ReactNode;
};

export const DocumentPage = ({ document, held, actions, notice, children }: Props): ReactElement => {
  const { kind, id, record, kept, source, grid, lineFilter, isFrozen, isStarted, currency } = document;
  const { table, where } = kind;
  const priced = pricedKind(kind);
  const { goTo, toLines } = useWalk({ ...document, inTheWay: held.fresh });
  const name = record.isNew ? newName(table) : nameOfRow(table, record.row);
  const isLoaded = record.row !== undefined;
  useEffect(() => {
    if (isLoaded) titleTab(table, id, name);
  }, [table, id, name, isLoaded]);
  useEffect(() => setPeekTarget(record.isNew ? null : { table, id }), [table, id, record.isNew]);
  if (record.error) return <ErrorBar error={record.error} onRetry={record.retry} />;
  if (record.row?.gone) return <EmptyState text={goneText(record.row.gone, tableOf(table).one)} />;
  return (
    <div className="order-page" data-where={where} data-testid={`${where}-page`}>
      <div className="viewbar" data-region="bar">
        <h1 title={name}>{name}</h1>
        <RecordStatus record={record} />
        <AccountName record={record} />
        <DocumentSums table={table} id={id} isEnabled={isLoaded && !record.isNew} />
        {actions}
      </div>
      <HeaderForm kind={kind} record={record} onDone={toLines} hasFocus={record.isNew} />
      <div className="fill" data-region="lines">
        {notice}
        <Blockers
          {...held.held}
          onGo={goTo}
          onDismiss={held.dismiss}
          {...(held.onOverride ? { onOverride: held.onOverride } : {})}
        />
        {kept && (
          <Lines
            kind={kind}
            grid={grid}
            filter={lineFilter}
            id={id}
            source={source}
            kept={kept}
            currency={currency}
            isFrozen={isFrozen}
            head={record.row}
            isNew={record.isNew}
            takesFocus={!isStarted}
            name={name}
            onLine={(line) => setPeekLine({ table: kind.lines, id: line })}
          />
        )}
      </div>
      {priced && <LinePrices document={{ ...document, kind: priced }} />}
      {children}
    </div>
  );
};
