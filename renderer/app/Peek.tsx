/** The side panel: the row in focus, or its history. It follows; it never takes the focus by itself. */
import type { ReactElement } from 'react';
import { Suspense } from 'react';
import { useQueryErrorResetBoundary } from '@tanstack/react-query';
import { fieldOf } from '../../shared/model/index.ts';
import { chipOf } from '../grid/chips.ts';
import { Chip } from '../ui/Chip.tsx';
import { HistoryPanel } from '../features/history/HistoryPanel.tsx';
import { useRecordName, useRow } from '../features/record/useRow.ts';
import { TracePanel } from '../features/prices/TracePanel.tsx';
import type { PeekMode, PeekTarget } from '../state/peek.ts';
import { closePeek, openPeek, usePeek } from '../state/peek.ts';
import type { Tab } from '../state/tabs.ts';
import { openRecord } from '../state/tabs.ts';
import { IconButton } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Boundary } from './Boundary.tsx';
import { RecordFields } from './RecordFields.tsx';
import { recordPages, recordPanels } from './screens.ts';

/** How the record stands, where its kind has a status that says so. */
const Status = ({ table, id }: PeekTarget): ReactElement | null => {
  const field = fieldOf(table, 'status');
  const { data } = useRow(table, id);
  const chip = field === undefined || !data ? null : chipOf(field, data, 'status');
  return chip === null ? null : (
    <Chip tone={chip.tone} icon={chip.icon} isQuiet={chip.isQuiet}>
      {chip.label}
    </Chip>
  );
};

type ShownProps = { readonly target: PeekTarget; readonly mode: PeekMode; readonly isOwnPage: boolean };

const Shown = ({ target, mode, isOwnPage }: ShownProps): ReactElement => {
  const title = useRecordName(target.table, target.id);
  const { table, id } = target;
  const Panel = recordPanels[table];
  const { reset } = useQueryErrorResetBoundary();
  return (
    <>
      <div className="peek-head">
        <h2 title={title}>{title}</h2>
        <Status table={table} id={id} />
        <div className="acts">
          <IconButton
            icon="history"
            label="History"
            command="record.history"
            isOn={mode === 'history'}
            onClick={() => openPeek(mode === 'history' ? 'record' : 'history')}
          />
          {recordPages[table] !== undefined && !isOwnPage && (
            <IconButton icon="open" label="Open page" command="record.open" onClick={() => openRecord(table, id, title)} />
          )}
          <IconButton icon="x" label="Close panel" command="peek.show" onClick={closePeek} />
        </div>
      </div>
      <div className="peek-body" key={`${table}/${id}/${mode}`}>
        {target.why !== undefined && mode === 'record' && <p className="sec peek-why">{target.why}</p>}
        <Boundary onRetry={reset}>
          {mode === 'history' ? (
            <HistoryPanel table={table} id={id} />
          ) : Panel === undefined ? (
            <RecordFields table={table} id={id} />
          ) : (
            <Suspense fallback={<RecordFields table={table} id={id} />}>
              <Panel id={id} />
            </Suspense>
          )}
        </Boundary>
      </div>
    </>
  );
};

/** On the page of a record the panel shows its history, or another record: never the same one twice. */
const isDouble = (tab: Tab, { mode, target }: Pick<ReturnType<typeof usePeek.getState>, 'mode' | 'target'>): boolean =>
  tab.kind === 'record' && mode === 'record' && (target === null || (target.table === tab.table && target.id === tab.id));

export const Peek = ({ tab }: { readonly tab: Tab }): ReactElement | null => {
  const { isOpen, mode: asked, target, line } = usePeek();
  const { reset } = useQueryErrorResetBoundary();
  // A price is explained where there are lines: elsewhere the panel shows what it always does.
  const mode = asked === 'price' && line === null ? 'record' : asked;
  if (isOpen && mode === 'price' && line !== null)
    return (
      <aside className="peek" aria-label="Price" data-region="peek">
        <Boundary key={`${line.table}/${line.id}`} onRetry={reset}>
          <TracePanel table={line.table} id={line.id} onClose={closePeek} />
        </Boundary>
      </aside>
    );
  if (!isOpen || isDouble(tab, { mode, target })) return null;
  return (
    <aside className="peek" aria-label={mode === 'history' ? 'History' : 'Panel'} data-region="peek">
      {target === null ? (
        <EmptyState text="Move to a row, or type into a new one, to see it here." />
      ) : (
        <Shown target={target} mode={mode} isOwnPage={tab.kind === 'record' && tab.id === target.id} />
      )}
    </aside>
  );
};
