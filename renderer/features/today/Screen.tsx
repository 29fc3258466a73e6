/** Today: what needs a person now, most at stake first; each row is brought to its end, its next step, or put off. */
import type { ReactElement } from 'react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { isTableName } from '../../../shared/model/index.ts';
import { useFormat } from '../../client/info.ts';
import { DataGrid } from '../../grid/DataGrid.tsx';
import type { GridHandle } from '../../grid/handle.ts';
import { runCommand, useCommand } from '../../state/commands.ts';
import { setPeekTarget } from '../../state/peek.ts';
import { setStatus } from '../../state/status.ts';
import { say } from '../../state/toasts.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorBar, messageOf } from '../../ui/ErrorBar.tsx';
import { isFocusInUse } from '../register/useRegisterFocus.ts';
import { useSetting } from '../register/useSetting.ts';
import type { RegisterView } from '../register/Views.tsx';
import { Views } from '../register/Views.tsx';
import { dayWithName } from '../tasks/understood.ts';
import { todayColumns } from './columns.ts';
import { finish, goOn, wake } from './deeds.ts';
import type { TodayList, TodayRow } from './rows.ts';
import { TodaySource } from './rows.ts';
import { SnoozeDialog } from './SnoozeDialog.tsx';
import { useToday } from './useToday.ts';
import { sayReason } from './words.ts';
import './today.css';

const views: readonly RegisterView[] = [
  { key: 'mine', label: 'Mine', filter: null },
  { key: 'all', label: 'Everyone', filter: null },
  { key: 'snoozed', label: 'Snoozed', filter: null },
];

const failed = (error: unknown): void => say(messageOf(error), { tone: 'danger' });

/** The rows as they come, and the focus on the row it was on, or on what took its place. */
const useRows = (list: TodayList | undefined) => {
  const [source] = useState(() => new TodaySource());
  const grid = useRef<GridHandle>(null);
  const place = useRef(0);
  useEffect(() => {
    if (list === undefined) return undefined;
    const had = grid.current?.focused()?.row.id ?? null;
    source.show(list);
    if (had !== null && source.row(had) !== undefined) return undefined;
    const timer = requestAnimationFrame(() => {
      const next = source.nearest(place.current);
      if (next !== null && (had !== null || !isFocusInUse())) grid.current?.focusCell(next, 'item');
    });
    return () => cancelAnimationFrame(timer);
  }, [list, source]);
  const moved = (id: string): void => {
    place.current = source.indexOf(id);
  };
  return { source, grid, moved };
};

const Clear = ({ list, isOff }: { readonly list: TodayList; readonly isOff: boolean }): ReactElement => {
  const setting = useSetting();
  const { next } = list;
  if (isOff) return <EmptyState text="Nothing is put off." />;
  const coming =
    next && `Next: ${[next.item, next.account, dayWithName(next.due_on, setting)].filter((part) => part !== null).join(', ')}.`;
  return (
    <EmptyState text={['Clear.', coming].filter((part) => part !== null).join(' ')}>
      <Button icon="tasks" command="new.task" onClick={() => void runCommand('new.task')}>
        New task
      </Button>
    </EmptyState>
  );
};

export const TodayScreen = (): ReactElement => {
  const [view, setView] = useState('mine');
  const isOff = view === 'snoozed';
  const { data: list, error, refetch } = useToday(view === 'mine' ? 'mine' : 'all', isOff ? 'snoozed' : 'due');
  const { source, grid, moved } = useRows(list);
  const setting = useSetting();
  const format = useFormat();
  const columns = useMemo(() => todayColumns(source, setting, isOff), [source, setting, isOff]);
  const [snoozing, setSnoozing] = useState<TodayRow | null>(null);
  const rowInFocus = (): TodayRow | undefined => source.row(grid.current?.focused()?.row.id ?? '');
  const onRow = (act: (row: TodayRow) => Promise<void> | void) => (): void | false => {
    const row = rowInFocus();
    if (row === undefined || row.record === null) return false;
    void Promise.resolve(act(row)).catch(failed);
  };
  useCommand('today.next', onRow(goOn));
  useCommand('today.done', onRow(finish));
  useCommand('today.snooze', onRow(setSnoozing));
  useCommand('today.wake', isOff ? onRow((row) => wake([row.key])) : null);
  useCommand('new.here', () => void runCommand('new.task'));
  const total = list && (isOff ? list.counts.snoozed : list.counts.overdue + list.counts.today + list.counts.week);
  useEffect(() => {
    if (list === undefined || total === undefined) return;
    const late = list.counts.overdue;
    setStatus({ rows: { shown: total, noun: 'open' }, note: late === 0 || isOff ? null : `${late} overdue` });
  }, [list, total, isOff]);
  return (
    <div className="today-page" data-where="today" data-testid="today-page">
      <div className="viewbar" data-region="bar">
        <h1>Today</h1>
        <Views views={views} current={view} count={total ?? null} isChanged={false} onChoose={setView} />
        <div className="acts">
          {isOff && (
            <Button icon="undo" command="today.wake" onClick={() => void runCommand('today.wake')}>
              Bring back
            </Button>
          )}
          <Button icon="clock" command="today.snooze" onClick={() => void runCommand('today.snooze')}>
            Snooze
          </Button>
          <Button icon="tick" command="today.done" onClick={() => void runCommand('today.done')}>
            Done
          </Button>
        </div>
      </div>
      {error && <ErrorBar error={error} onRetry={() => void refetch()} />}
      <div className="grid-area" data-region="rows">
        <DataGrid
          ref={grid}
          source={source}
          columns={columns}
          setting={setting}
          label="Today"
          sort={[]}
          canAdd={false}
          walks={false}
          onFocus={(cell) => {
            if (!cell) return;
            moved(cell.row.id);
            const row = source.row(cell.row.id);
            const record = row?.record ?? null;
            const said = source.said();
            if (row === undefined || record === null || said === null || !isTableName(record.table)) return setPeekTarget(null);
            setPeekTarget({ table: record.table, id: record.id, why: sayReason(row, said, format) });
          }}
          onOpen={() => void runCommand('record.open')}
        />
        {list?.rows.length === 0 && (
          <div className="grid-empty">
            <Clear list={list} isOff={isOff} />
          </div>
        )}
      </div>
      {snoozing && <SnoozeDialog row={snoozing} onClose={() => setSnoozing(null)} />}
    </div>
  );
};
