/** One register on its screen: filter, grid, totals, and what to say when there is nothing to show. */
import type { ComponentType, ReactElement, ReactNode } from 'react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { GridRow } from '../../../shared/contract/shapes.ts';
import type { CommandId } from '../../../shared/commands.ts';
import type { FilterQuery } from '../../../shared/domain/filter-text.ts';
import { noFilter } from '../../../shared/domain/filter-text.ts';
import { inSentence } from '../../../shared/domain/in-sentence.ts';
import type { TableName } from '../../../shared/model/index.ts';
import { tableOf } from '../../../shared/model/index.ts';
import { useCounts } from '../../client/info.ts';
import { ColumnChooser } from '../../grid/ColumnChooser.tsx';
import { DataGrid } from '../../grid/DataGrid.tsx';
import { FilterBar } from '../../grid/FilterBar.tsx';
import type { GridHandle } from '../../grid/handle.ts';
import { both } from '../../grid/filters.ts';
import type { Layout } from '../../grid/layout.ts';
import type { SourceState } from '../../grid/source.ts';
import { staleNote } from '../../grid/source.ts';
import { useRegister, useSourceState } from '../../grid/useSource.ts';
import type { Sort } from '../../grid/window/register.ts';
import { runCommand, useCommand } from '../../state/commands.ts';
import type { Stat } from '../../state/status.ts';
import { setStatus } from '../../state/status.ts';
import { say } from '../../state/toasts.ts';
import type { ScreenId } from '../../state/tabs.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorBar } from '../../ui/ErrorBar.tsx';
import { followRow } from '../record/followRow.ts';
import { AsOf } from './AsOf.tsx';
import { EmptyRegister } from './EmptyRegister.tsx';
import { NameDialog } from './NameDialog.tsx';
import { RegisterBar } from './RegisterBar.tsx';
import { recall, remember } from './remembered.ts';
import type { SavedView } from './saved.ts';
import { useArrangement, useTold } from './useArrangement.ts';
import type { RegisterColumns } from './useColumns.ts';
import { useColumns } from './useColumns.ts';
import { savedRow, useExport } from '../export/useExport.ts';
import { importText } from '../import/handOver.ts';
import { useFilterRow } from './useFilterRow.ts';
import { useFilters } from './useFilters.ts';
import { useFirstFocus, useWantedRow } from './useRegisterFocus.ts';
import { usePerson, useSetting } from './useSetting.ts';
import { useSpokenCount } from './useSpokenCount.ts';
import { useTotals } from './useTotals.ts';
import type { RegisterView } from './Views.tsx';

export type RegisterProps = {
  readonly screen: ScreenId;
  readonly table: TableName;
  /** What the page is called, where that is not the name of its rows. */
  readonly title?: string;
  readonly views: readonly RegisterView[];
  readonly sort: Sort;
  readonly columns?: RegisterColumns;
  /** What makes a new record here. Left out: a row at the top of the grid. */
  readonly create?: CommandId;
  /** A line above the rows that takes a new record; leaving it goes to the rows. */
  readonly Entry?: ComponentType<{ readonly onLeave: () => void }>;
  /** Opens a record's page; left out, its panel. */
  readonly onOpen?: (row: GridRow) => void;
  /** Beside the actions every register has. */
  readonly acts?: ReactNode;
};

export type RegisterInView = RegisterProps & {
  readonly view: RegisterView;
  readonly onView: (key: string) => void;
  /** A view was saved under a new name. */
  readonly onMade: (id: string) => void;
  /** Opens a view by its name; false where there is none. */
  readonly onNamed: (name: string) => boolean;
  readonly onReset: () => void;
};

type Props = RegisterInView & { readonly name: string; readonly saved: SavedView | null };

const useRegisterStatus = (
  table: TableName,
  state: SourceState,
  stats: readonly Stat[],
  isFiltered: boolean,
  total: number | undefined,
): void => {
  const { count, isStale } = state;
  useEffect(() => {
    const { one, many } = tableOf(table);
    const noun = inSentence(((isFiltered ? total : undefined) ?? count) === 1 ? one : many);
    const rows = count === null ? null : { shown: count, noun, ...(isFiltered && total !== undefined ? { total } : {}) };
    setStatus({ rows, note: isStale ? staleNote : null, selection: stats });
  }, [table, count, isStale, stats, total, isFiltered]);
};

/** Everything a register is made of, for its table and view. */
const useParts = (props: Props) => {
  const { name, saved, screen, table, view, sort, onMade, onReset } = props;
  const wanted = view.columns ?? props.columns;
  const setting = useSetting();
  const told = useTold(name, view.sort ?? sort, saved);
  const kept = useColumns(name, table, setting, wanted, saved && { layout: told.layout, save: told.tellLayout });
  const filters = useFilters(table, kept?.all, setting, usePerson());
  const [query, setQuery] = useState<FilterQuery>(() => recall(name).query);
  const [firstSort] = useState(told.sort);
  const filter = useMemo(() => both(view.filter, query.filter), [view.filter, query.filter]);
  const source = useRegister({ table, screen: `screen:${screen}`, filter, sort: firstSort, setting });
  const state = useSourceState(source);
  const totals = useTotals(source, state, filter, kept?.columns, setting);
  const grid = useRef<GridHandle>(null);
  useEffect(() => {
    if (query.sort.length > 0) grid.current?.sortBy(query.sort);
    remember(name, { query });
  }, [query, name]);
  const total = useCounts()[table];
  useRegisterStatus(table, state, totals.stats, filter !== null, total);
  useSpokenCount(state, filter, total, inSentence(tableOf(table).many));
  useFirstFocus(name, source, grid, kept !== null && (state.count ?? 0) > 0);
  useWantedRow(table, source, kept?.columns, grid);
  const arrangement = useArrangement({
    ...{ screen, table, saved, kept, filters, query, onMade, onReset },
    base: view.filter,
    sort: told.sort,
    layout: told.layout,
    typed: told.typed,
  });
  return { setting, kept, filters, query, setQuery, firstSort, filter, source, state, total, totals, grid, told, arrangement };
};

type Parts = ReturnType<typeof useParts>;

/** Rows of another table have a page of their own, or none. */
const openerOf = ({ view, onOpen }: Pick<Props, 'view' | 'onOpen'>): Props['onOpen'] =>
  view.onOpen ?? (view.table === undefined || view.isSaved ? onOpen : undefined);

const useCommands = (
  { table, view, create, ...props }: Props,
  { kept, filter, told, source, grid }: Parts,
  chooseColumns: () => void,
): void => {
  const onOpen = openerOf({ view, ...props });
  const { made } = view;
  const addRow = (): void => {
    grid.current?.commitOpen();
    grid.current?.focusCell(source.addRow(), null);
  };
  const open = (): void | false => {
    const cell = grid.current?.focused();
    if (!cell || grid.current?.isEditing() === true || source.isDraft(cell.row.id)) return false;
    return onOpen?.(cell.row);
  };
  const make = create === undefined ? addRow : () => void runCommand(create);
  useCommand('new.here', made === undefined ? make : () => say(made));
  useCommand('record.open', onOpen ? open : null);
  useCommand('view.columns', chooseColumns);
  useExport(() => {
    grid.current?.commitOpen();
    return (
      kept && {
        table,
        label: view.label,
        filter,
        sort: told.sort,
        fields: kept.shown(),
        count: source.state().count,
        row: savedRow(grid, source),
      }
    );
  });
};

const Reapply = (): ReactElement => (
  <Button kind="flat" icon="undo" onClick={() => void runCommand('filter.apply')}>
    Re-apply
  </Button>
);

export const Register = (props: Props): ReactElement => {
  const { name, saved, table, title, views, view, onView, onNamed, Entry } = props;
  const onOpen = openerOf(props);
  const { one, many } = tableOf(table);
  const parts = useParts(props);
  const { setting, kept, filters, query, setQuery, filter, source, state, total, totals, grid, told, arrangement } = parts;
  const [isChoosing, setIsChoosing] = useState(false);
  const [isUnread, setIsUnread] = useState(false);
  const filterRow = useFilterRow(filters, query, setQuery, grid);
  const toRows = (): void => grid.current?.focus();
  const chooseColumns = (): void => setIsChoosing(true);
  const keepLayout = (layout: Layout): void => {
    // Of a saved view it is told once: it has no other place.
    kept?.save(layout);
    if (!saved) told.tellLayout(layout);
  };
  useCommands(props, parts, chooseColumns);
  const isEmpty = state.count === 0 && state.drafts === 0 && !state.isLoading;
  // Everything there is has the count the rail has: new rows are counted before they have their place.
  const shownCount = filter === null && state.count !== null ? (total ?? state.count) : state.count;
  const clear = (): void => (query.filter === null ? onView(views[0]?.key ?? view.key) : setQuery(noFilter));
  return (
    <>
      <RegisterBar
        {...{ one, view, views, onView }}
        acts={props.acts}
        title={title ?? many}
        count={shownCount}
        isChanged={arrangement.isChanged}
        onColumns={chooseColumns}
      />
      {Entry && <Entry onLeave={toRows} />}
      {filters && (
        <FilterBar
          filters={filters}
          query={query}
          first={recall(name).unread}
          onChange={(next, text) => {
            told.tellTyped(next, text);
            setQuery(next);
          }}
          onView={onNamed}
          onLeave={toRows}
          onUnread={setIsUnread}
        >
          <AsOf filters={filters} query={query} setting={setting} onChange={setQuery} onLeave={toRows} />
          {state.isStale && <Reapply />}
        </FilterBar>
      )}
      {state.error && <ErrorBar error={state.error} onRetry={() => void source.reapply()} />}
      <div className={isUnread ? 'grid-area is-old' : 'grid-area'} data-region="rows">
        {kept && (
          <DataGrid
            ref={grid}
            source={source}
            columns={kept.columns}
            setting={setting}
            label={`${many}: ${view.label}`}
            sort={parts.firstSort}
            density={arrangement.density}
            canAdd={view.made === undefined}
            filterRow={filterRow}
            totals={totals.row}
            onTooMuch={importText}
            onFocus={(cell) => {
              if (!cell) return;
              remember(name, { focus: { id: cell.row.id, column: cell.column.key } });
              followRow(table, source.isDraft(cell.row.id) ? null : cell.row);
            }}
            onSort={told.tellSort}
            onLayout={keepLayout}
            onOpen={(row) => onOpen?.(row)}
          />
        )}
        {isEmpty && (
          <div className="grid-empty">
            <EmptyRegister
              table={table}
              made={view.made ?? null}
              hiddenBy={query.filter === null ? (filter === null ? null : 'view') : 'filter'}
              onClear={clear}
            />
          </div>
        )}
      </div>
      {arrangement.naming && <NameDialog {...arrangement} what={arrangement.naming} view={view} views={views} />}
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
