/**
 * The screen of a register: its views, the quick filter, the grid, and what to say when there is nothing, nothing
 * that matches, or something went wrong. Accounts, contacts, products, partners and orders are this with their
 * own columns and views.
 */
import type { KeyboardEvent, ReactElement } from 'react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { GridRow } from '../../../shared/contract/shapes.ts';
import type { CommandId } from '../../../shared/commands.ts';
import type { Filter } from '../../../shared/domain/filter.ts';
import { noFilter } from '../../../shared/domain/filter-text.ts';
import type { TableName } from '../../../shared/model/index.ts';
import { tableOf } from '../../../shared/model/index.ts';
import { ColumnChooser } from '../../grid/ColumnChooser.tsx';
import { DataGrid } from '../../grid/DataGrid.tsx';
import { FilterBar } from '../../grid/FilterBar.tsx';
import type { GridHandle } from '../../grid/handle.ts';
import { both } from '../../grid/filters.ts';
import { useRegister, useSourceState } from '../../grid/useSource.ts';
import type { Sort } from '../../grid/window/register.ts';
import { runCommand, useCommand } from '../../state/commands.ts';
import { setPeekTarget } from '../../state/peek.ts';
import { setStatus } from '../../state/status.ts';
import type { ScreenId } from '../../state/tabs.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorBar } from '../../ui/ErrorBar.tsx';
import type { RegisterColumns } from './useColumns.ts';
import { useColumns } from './useColumns.ts';
import { recall, remember } from './remembered.ts';
import { useFilters } from './useFilters.ts';
import { usePerson, useSetting } from './useSetting.ts';
import { useTotals } from './useTotals.ts';
import { dropWanted, useWanted } from './wanted.ts';

export type RegisterView = {
  readonly key: string;
  readonly label: string;
  readonly filter: Filter | null;
  readonly sort?: Sort;
  /** Another table, where a screen holds two registers. */
  readonly table?: TableName;
};

type Props = {
  readonly screen: ScreenId;
  readonly table: TableName;
  readonly views: readonly RegisterView[];
  readonly sort: Sort;
  readonly columns?: RegisterColumns;
  /** What makes a new record here. Left out: a row at the top of the grid. */
  readonly create?: CommandId;
  /** Opens a record's page; left out, its panel. */
  readonly onOpen?: (row: GridRow) => void;
};

const Views = ({
  views,
  current,
  count,
  onChoose,
}: {
  readonly views: readonly RegisterView[];
  readonly current: string;
  readonly count: number | null;
  readonly onChoose: (key: string) => void;
}): ReactElement => (
  <nav className="views" aria-label="Views">
    {views.map(({ key, label }) => (
      <button
        key={key}
        type="button"
        className={key === current ? 'view on' : 'view'}
        aria-current={key === current || undefined}
        onClick={() => onChoose(key)}
      >
        {label}
        {key === current && count !== null && <span className="n">{count.toLocaleString()}</span>}
      </button>
    ))}
  </nav>
);

const Register = ({
  view,
  screen,
  columns: wantedColumns,
  sort,
  create,
  onOpen,
  views,
  table,
  onView,
}: Omit<Props, 'views' | 'table'> & {
  readonly view: RegisterView;
  readonly views: readonly RegisterView[];
  readonly table: TableName;
  readonly onView: (key: string) => void;
}): ReactElement => {
  const { one, many } = tableOf(table);
  const name = `${screen}.${table}`;
  const setting = useSetting();
  const person = usePerson();
  const kept = useColumns(name, table, setting, wantedColumns);
  const columns = kept?.columns;
  const filters = useFilters(kept?.all, setting, person);
  const [query, setQuery] = useState(() => recall(name).query);
  const [firstSort] = useState(() => recall(name).sort ?? view.sort ?? sort);
  const filter = useMemo(() => both(view.filter, query.filter), [view.filter, query.filter]);
  const source = useRegister({ table, screen: `screen:${screen}`, filter, sort: firstSort, setting });
  const state = useSourceState(source);
  const totals = useTotals(source, state, columns ?? [], setting);
  const grid = useRef<GridHandle>(null);
  const [isChoosing, setIsChoosing] = useState(false);

  const addRow = (): void => {
    if (!source) return;
    grid.current?.commitOpen();
    grid.current?.focusCell(source.addRow(null), null);
  };
  useCommand('new.here', create === undefined ? addRow : () => void runCommand(create));
  const wanted = useWanted((s) => s.wanted);
  useEffect(() => {
    if (!source || wanted?.table !== table || !columns) return;
    dropWanted();
    const id = source.addRow(null);
    requestAnimationFrame(() => grid.current?.focusCell(id, null));
    const cells = Object.entries(wanted.values).flatMap(([key, value]) => {
      const column = columns.find((c) => c.key === key);
      return column ? [{ row: id, column, entry: { text: value, taken: { value, code: null, title: null } } }] : [];
    });
    void source.commit(cells);
  }, [source, wanted, table, columns]);

  useEffect(() => {
    if (query.sort.length > 0) grid.current?.sortBy(query.sort);
    remember(name, { query });
  }, [query, name]);
  useEffect(() => {
    setStatus({
      rows: state.count === null ? null : { shown: state.count, noun: (state.count === 1 ? one : many).toLowerCase() },
      note: state.isStale ? 'The order or filter no longer holds for some rows' : null,
      selection: totals.stats,
    });
  }, [state.count, state.isStale, totals.stats, one, many]);

  // The first row takes the focus when the rows are there, or the row that had it when the screen was left.
  const isReady = source !== null && columns !== undefined && (state.count ?? 0) > 0;
  useEffect(() => {
    if (!isReady || !source) return;
    const { focus } = recall(name);
    const isElsewhere =
      document.activeElement?.closest('[data-region="page"]') === null && document.activeElement !== document.body;
    if (isElsewhere) return;
    void (focus ? source.find(focus.id) : Promise.resolve(null)).then((index) => {
      if (document.activeElement?.closest('.filterbar, .ag-root')) return;
      grid.current?.focusIndex(index ?? 0);
    });
  }, [isReady, source, name]);

  const isEmpty = state.count === 0 && state.drafts === 0 && !state.isLoading;
  const isFiltered = filter !== null;
  const clear = (): void => {
    if (query.filter !== null) setQuery(noFilter);
    else onView(views[0]?.key ?? view.key);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && isEmpty && isFiltered) clear();
  };
  const open = (row: GridRow): void => onOpen?.(row);
  useCommand(
    'record.open',
    onOpen
      ? () => {
          const cell = grid.current?.focused();
          if (!cell || grid.current?.isEditing() === true || source?.isDraft(cell.row.id) === true) return false;
          return open(cell.row);
        }
      : null,
  );
  const chooseColumns = (): void => setIsChoosing(true);
  useCommand('view.columns', chooseColumns);

  return (
    <>
      <div className="viewbar">
        <h1>{many}</h1>
        <Views views={views} current={view.key} count={state.count} onChoose={onView} />
        <div className="acts">
          <IconButton icon="columns" label="Columns" command="view.columns" onClick={chooseColumns} />
          <Button icon="plus" command="new.here" onClick={() => void runCommand('new.here')}>
            {one}
          </Button>
        </div>
      </div>
      {filters && (
        <FilterBar filters={filters} query={query} onChange={setQuery} onLeave={() => grid.current?.focus()}>
          {state.isStale && (
            <Button kind="flat" icon="undo" onClick={() => void runCommand('filter.apply')}>
              Re-apply
            </Button>
          )}
        </FilterBar>
      )}
      {state.error && <ErrorBar error={state.error} onRetry={() => void source?.reapply()} />}
      <div className="grid-area" onKeyDown={onKeyDown}>
        {source && columns && (
          <DataGrid
            ref={grid}
            source={source}
            columns={columns}
            setting={setting}
            label={`${many}: ${view.label}`}
            sort={firstSort}
            totals={totals.row}
            onFocus={(cell) => {
              if (!cell) return;
              remember(name, { focus: { id: cell.row.id, column: cell.column.key } });
              setPeekTarget(source.isDraft(cell.row.id) ? null : { table, id: cell.row.id });
            }}
            onSort={(next) => remember(name, { sort: next })}
            onLayout={kept.save}
            onOpen={open}
          />
        )}
        {isEmpty && (
          <div className="grid-empty">
            {isFiltered ? (
              <EmptyState
                text={`No ${many.toLowerCase()} match this ${query.filter === null ? 'view' : 'filter'}. Esc clears it.`}
              >
                <Button onClick={clear}>{query.filter === null ? 'Show all' : 'Clear filter'}</Button>
              </EmptyState>
            ) : (
              <EmptyState text={`No ${many.toLowerCase()} yet.`}>
                <Button kind="primary" icon="plus" command="new.here" onClick={() => void runCommand('new.here')}>
                  New {one.toLowerCase()}
                </Button>
                <Button icon="import" onClick={() => void runCommand('go.import')}>
                  Import from files
                </Button>
              </EmptyState>
            )}
          </div>
        )}
      </div>
      {isChoosing && kept && (
        <ColumnChooser
          columns={kept.columns}
          onShow={(key, isShown) => grid.current?.show(key, isShown)}
          onMove={(key, by) => grid.current?.move(key, by)}
          onReset={() => {
            kept.reset();
            setIsChoosing(false);
          }}
          onClose={() => setIsChoosing(false)}
        />
      )}
    </>
  );
};

export const RegisterScreen = (props: Props): ReactElement => {
  const { screen, table, views } = props;
  const [key, setKey] = useState(() => recall(screen).view || (views[0]?.key ?? ''));
  const view = views.find((one) => one.key === key) ?? views[0];
  const choose = (next: string): void => {
    remember(screen, { view: next });
    setKey(next);
  };
  if (!view) return <EmptyState text="There is no view here." />;
  const shown = view.table ?? table;
  return <Register {...props} key={shown} view={view} table={shown} onView={choose} />;
};
